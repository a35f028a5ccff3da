import { numberColumn, type Table, table, textColumn } from "../../codes/table.ts";
import { countBars } from "../../figures/count-bars.ts";
import type { Figure } from "../../figures/figure.ts";
import type { Publication } from "../../protection/ledger/publication.ts";
import { release } from "../../protection/release.ts";
import { attack } from "./attack-lesson.ts";
import { inventedRef, inventedTable, lessonThreshold } from "./invented-table.ts";
import { ledgerAnswers } from "./ledger-answers.ts";
import { lessonTable } from "./lesson-table.ts";

/** Three charts without any small number, and what they say together. */
export interface ThreeChartsCase {
  readonly bySex: Figure;
  readonly byAge: Figure;
  readonly womenByAge: Figure;
  readonly together: Figure;
  readonly ledger: Figure;
  readonly table: Table;
}

const ref = inventedRef("trois-graphiques", "Stagiaires par sexe et âge", [55, 49, 37, 67, 30, 25]);
const champ = "104 stagiaires inventés de 18 ans ou plus";

/** Women 55, men 49; 18-29 years 37, 30 and more 67; women of 18-29 years 30: there are 7 men of 18-29 years. */
export async function threeChartsCase(): Promise<ThreeChartsCase> {
  const bars = (id: string, title: string, by: string, labels: readonly string[], values: readonly number[]): Figure =>
    countBars(
      release(
        table(
          {
            groupe: textColumn(labels, { label: by }),
            n: numberColumn(values, { label: "Stagiaires", unit: "personnes", summable: true }),
          },
          [ref],
        ),
        { name: id, open: ["groupe"] },
      ),
      {
        id,
        title,
        subtitle: `Nombre de stagiaires, ${by.toLowerCase()}`,
        alt: `Barres horizontales : ${labels.map((label, i) => `${label.toLowerCase()} ${values[i]}`).join(", ")}.`,
        champ: `${values.reduce((sum, value) => sum + value, 0)} stagiaires inventés de 18 ans ou plus`,
        lecture: `« ${labels[0]} » : ${values[0]} stagiaires.`,
        label: "groupe",
        value: "n",
        axisTitle: "Stagiaires",
      },
    );
  const joined = inventedTable({
    id: "trois-graphiques",
    title: "Stagiaires par sexe et âge",
    rows: { label: "Sexe", values: ["Femmes", "Hommes", "Ensemble"] },
    columns: { label: "Âge", values: ["18 à 29 ans", "30 ans et plus", "Ensemble"] },
    cells: [
      [30, 25, 55],
      [null, null, 49],
      [37, 67, 104],
    ],
  });
  return {
    bySex: bars(
      "protection-graphique-sexe",
      "Un peu plus de femmes que d’hommes",
      "Par sexe",
      ["Femmes", "Hommes"],
      [55, 49],
    ),
    byAge: bars(
      "protection-graphique-age",
      "Près de deux stagiaires sur trois ont 30 ans ou plus",
      "Par âge",
      ["18 à 29 ans", "30 ans et plus"],
      [37, 67],
    ),
    womenByAge: bars(
      "protection-graphique-femmes",
      "Plus d’une femme sur deux a moins de 30 ans",
      "Parmi les femmes, par âge",
      ["Femmes de 18 à 29 ans", "Femmes de 30 ans et plus"],
      [30, 25],
    ),
    together: await attack(joined, {
      id: "protection-trois-ensemble",
      title: "Ensemble, les trois graphiques donnent les hommes de 18 à 29 ans",
    }),
    ledger: await ledgerTable(),
    table: joined,
  };
}

/** The same three charts as the ledger of publications receives them, one after the other. */
export const threeCharts: readonly Publication[] = [
  chart("graphique par sexe", [
    ["femmes", 55],
    ["hommes", 49],
  ]),
  chart("graphique par âge", [
    ["18 à 29 ans", 37],
    ["30 ans et plus", 67],
  ]),
  chart("graphique des femmes par âge", [
    ["femmes de 18 à 29 ans", 30],
    ["femmes de 30 ans et plus", 25],
  ]),
];

function chart(id: string, counts: readonly (readonly [string, number])[]): Publication {
  const members: Readonly<Record<string, readonly string[]>> = {
    femmes: ["f-jeunes", "f-autres"],
    hommes: ["h-jeunes", "h-autres"],
    "18 à 29 ans": ["f-jeunes", "h-jeunes"],
    "30 ans et plus": ["f-autres", "h-autres"],
    "femmes de 18 à 29 ans": ["f-jeunes"],
    "femmes de 30 ans et plus": ["f-autres"],
  };
  return {
    id,
    date: "2026-11-24",
    origin: "release",
    secrecy: { unit: "personne", minUnits: lessonThreshold },
    universes: counts.map(([name]) => ({ name, members: members[name] ?? [] })),
    numbers: counts.map(([name, value]) => ({
      id: name,
      kind: "count",
      population: "stagiaires, une date",
      measure: "stagiaires",
      universe: name,
      value,
    })),
    totals: [],
  };
}

async function ledgerTable(): Promise<Figure> {
  const answers = await ledgerAnswers(threeCharts);
  return lessonTable(
    [ref],
    {
      publication: { label: "Publication", values: answers.map(({ id }) => id) },
      reponse: { label: "Réponse du registre", values: answers.map(({ answer }) => answer) },
      chaine: { label: "Nombres qu’un lecteur combinerait", values: answers.map(({ chain }) => chain || "—") },
    },
    {
      id: "protection-registre-trois",
      title: "Le registre accepte les deux premiers graphiques et refuse le troisième",
      subtitle: "Chaque publication est attaquée avec toutes celles qui la précèdent",
      alt: "Tableau de trois publications : les deux premières sont acceptées, la troisième est refusée, avec les nombres que combinerait un lecteur.",
      champ,
      lecture: "seul le troisième graphique est refusé : rien n’est retiré de ce qui est déjà publié.",
    },
  );
}
