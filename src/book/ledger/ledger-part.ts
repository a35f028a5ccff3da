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
  const { publications, numbers, hidden, atoms } = edition.overview;
  return {
    markdown: [
      "## Ce que la porte a contrôlé",
      `Rien ne sort du laboratoire sans passer par une porte : un programme qui juge chaque tableau avant qu’il devienne une figure, un chiffre ou un fichier. Dans ce livre, elle a jugé ${frenchNumber(records.length)} figures et tableaux. ${frenchNumber(counted.length)} viennent d’effectifs qu’elle a comptés ligne par ligne ; les autres ne reprennent que des données déjà publiées, dont les trous restent des trous.`,
      changed.length > 0
        ? `Dans ${frenchCount(changed.length)} d’entre eux, des cellules sont masquées : parce qu’elles comptent trop peu de personnes, ou parce qu’elles permettraient de retrouver celles-là par soustraction. Le compte ne dit pas lesquelles le sont pour quelle raison : cela aiderait un curieux.`
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
      "## Le registre des publications",
      `Deux tableaux inoffensifs peuvent, mis ensemble, désigner quelqu’un : un total de commune moins ceux de ses quartiers laisse le reste. Le registre garde donc tout nombre de personnes que le livre publie sur une zone qu’il nomme, sous forme d’équation, et chaque nouveau tableau est attaqué avec tous les précédents. Le registre compte ${frenchNumber(publications)} tableaux, ${frenchNumber(numbers)} nombres (dont ${frenchNumber(hidden)} masqués) sur ${frenchNumber(atoms)} morceaux de population. Il ne s’efface pas : chaque ligne porte l’empreinte de la précédente, et \`quartiers verify\` dit si un octet a changé.`,
      "Les estimations (parts, intervalles, résultats de modèles) n’entrent pas au registre : elles ne comptent personne exactement. Les tableaux qui reprennent des publications officielles y entrent comme connus de tous.",
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
