import { frenchCount, frenchNumber } from "../../codes/french.ts";
import type { BundledFigure } from "../../notebook/bundle.ts";
import type { GateFinding } from "../../protection/gate-finding.ts";
import { markdownTable } from "../transparency/markdown-table.ts";
import type { TransparencyPart } from "../transparency/part.ts";
import type { LedgerEdition } from "./append-book.ts";

/** What the gate recorded of a table, as it travels with its figure. */
interface GateRecord {
  readonly basis: "counts" | "published";
  readonly hidden: number;
  readonly inherited: number;
  readonly minUnits: number;
  readonly findings: readonly GateFinding[];
}

/** What the gate did to the tables of the book, and what the ledger holds. */
export function ledgerPart(figures: readonly BundledFigure[], edition: LedgerEdition): TransparencyPart {
  const records = figures.map(({ id, title, release }) => ({ id, title, ...(release as unknown as GateRecord) }));
  const counted = records.filter(({ basis }) => basis === "counts");
  const changed = counted.filter(({ hidden }) => hidden > 0);
  const { publications, numbers, hidden, atoms, public: known } = edition.overview;
  return {
    markdown: [
      "## Ce que la porte a contrôlé",
      `Rien ne sort du laboratoire sans passer par une porte : un programme qui juge chaque tableau avant qu’il devienne une figure, un chiffre ou un fichier. Dans ce livre, elle a jugé ${frenchNumber(records.length)} figures et tableaux ; sa carte compte en plus les visionneuses et ses propres réglages. Pour ${frenchNumber(counted.length)} d’entre eux, elle a contrôlé ligne par ligne les effectifs sur lesquels ils s’appuient ; les autres ne reprennent que des données déjà publiées ou inventées pour une leçon, dont les trous restent des trous.`,
      changed.length > 0
        ? `Dans ${changed.length > 1 ? `${frenchCount(changed.length)} d’entre eux` : "l’un d’eux"}, des cellules sont masquées : parce qu’elles comptent trop peu de personnes, ou parce qu’elles permettraient de retrouver celles-là par soustraction. Le compte ne dit pas lesquelles le sont pour quelle raison : cela aiderait un curieux.`
        : "Elle n’y a rien masqué : aucune cellule ne compte trop peu de personnes.",
      ...(changed.length > 0
        ? [
            markdownTable(
              ["Figure ou tableau", "Seuil", "Cellules masquées"],
              changed.map((one) => [one.title, frenchNumber(one.minUnits), frenchNumber(one.hidden)]),
              { caption: "Figures et tableaux dont des cellules sont masquées", widths: [70, 12, 18] },
            ),
          ]
        : []),
      "## Registre des publications",
      `Deux tableaux inoffensifs peuvent, mis ensemble, désigner quelqu’un : un total de commune moins ceux de ses quartiers laisse le reste. Le registre garde donc, sous forme d’équations, les effectifs que les tableaux déclarent compter exactement dans une zone ou un groupe de zones, et chaque nouveau tableau est attaqué avec tous les précédents : si un lecteur pouvait en tirer un petit effectif par différence, il serait refusé. Le registre compte ${frenchCount(publications)} ${publications > 1 ? "tableaux" : "tableau"} et ${frenchCount(numbers)} ${numbers > 1 ? "nombres" : "nombre"}, dont ${hidden === 0 ? "aucun n’est masqué" : `${frenchCount(hidden)} masqué${hidden > 1 ? "s" : ""}`}, sur ${frenchCount(atoms)} ${atoms > 1 ? "morceaux" : "morceau"} de population (les plus petites parties que ces nombres séparent). Rien n’en est retiré : chaque ligne porte l’empreinte de la précédente, et la commande \`quartiers verify\` dit si un caractère a changé.`,
      `Les estimations (parts, intervalles, résultats de modèles) n’y entrent pas : elles ne comptent personne exactement. Un tableau tiré des seules publications officielles n’apprend rien de plus qu’elles : s’il est inscrit, c’est comme connu de tous, pour que les suivants soient attaqués avec lui (${known === 0 ? "il n’y en a aucun ici" : `il y en a ${frenchCount(known)} ici`}).`,
      ...(edition.notes.length > 0
        ? [`Ce qui a été admis et doit être dit :\n\n${edition.notes.map((note) => `- ${note}`).join("\n")}`]
        : []),
    ].join("\n\n"),
    files: new Map([
      [
        "porte.json",
        `${JSON.stringify(
          records.map(({ id, basis, minUnits, hidden: own, inherited, findings }) => ({
            figure: id,
            basis,
            minUnits,
            hidden: own,
            inherited,
            findings,
          })),
          null,
          1,
        )}\n`,
      ],
    ]),
  };
}
