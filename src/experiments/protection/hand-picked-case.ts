import { frenchNumber } from "../../codes/french.ts";
import type { Table } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { release } from "../../protection/release.ts";
import { crossedSystem, dimensionWithTotal } from "../../protection/suppression/crossed-system.ts";
import { type MinimumPattern, minimumSuppression } from "../../protection/suppression/minimum-suppression.ts";
import { smallCounts } from "../../protection/suppression/primaries.ts";
import { attackedCells } from "./attack-lesson.ts";
import { inventedRef, inventedTable, lessonThreshold } from "./invented-table.ts";
import { lessonTable } from "./lesson-table.ts";
import { readerVerdict } from "./reader-verdict.ts";

const zones = ["Quartier A", "Quartier B", "Quartier C", "Quartier D"] as const;
const ages = ["18 à 29 ans", "30 à 54 ans", "55 ans et plus"] as const;
const counts: readonly (readonly number[])[] = [
  [4, 38, 21],
  [33, 7, 45],
  [52, 61, 40],
  [18, 29, 36],
];

/** A choice of cells to hide, by line and column of the table, totals last. */
export type HandPicked = readonly (readonly [line: number, column: number])[];

/** Patterns that people choose by hand on the lesson's table: the small cells alone, the rectangle that they make, one rectangle around each. */
export const handPicked: Readonly<Record<string, HandPicked>> = {
  "les petites cases seules": [
    [0, 0],
    [1, 1],
  ],
  "le rectangle des deux petites cases": [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  "un rectangle autour de chacune": [
    [0, 0],
    [0, 1],
    [2, 0],
    [2, 1],
    [1, 1],
    [1, 2],
    [3, 1],
    [3, 2],
  ],
};

/** Patterns chosen by hand, beside the least one. */
export interface HandPickedCase {
  /** The whole table, small cells included. */
  readonly whole: Figure;
  readonly figure: Figure;
  readonly minimum: MinimumPattern;
  readonly judged: readonly JudgedPattern[];
}

/** What a pattern costs, and how many of the small cells it leaves to find or to narrow. */
export interface JudgedPattern {
  readonly name: string;
  readonly hidden: number;
  /** People in the hidden cells. */
  readonly people: number;
  readonly found: number;
  readonly narrowed: number;
}

/** The lesson's table with its totals, and null where a pattern hides. */
function gridOf(hidden: HandPicked): readonly (readonly (number | null)[])[] {
  const lines = [...counts, ages.map((_, age) => counts.reduce((sum, line) => sum + (line[age] ?? 0), 0))];
  const grid = lines.map((line) => [...line, line.reduce((sum, count) => sum + count, 0)]);
  return grid.map((line, i) =>
    line.map((count, j) => (hidden.some(([own, column]) => own === i && column === j) ? null : count)),
  );
}

/** The lesson's table as printed with those cells hidden. */
export const handPickedTable = (hidden: HandPicked): Table =>
  inventedTable({
    id: "motifs",
    title: "Demandeurs par quartier et âge",
    rows: { label: "Quartier", values: [...zones, "Ensemble"] },
    columns: { label: "Âge", values: [...ages, "Ensemble"] },
    cells: gridOf(hidden),
  });

/** Attacks a pattern, and counts what it hides. Only the small cells are judged: the others are hidden to protect them. */
export async function judgePattern(name: string, hidden: HandPicked): Promise<JudgedPattern> {
  const cells = await attackedCells(handPickedTable(hidden));
  const valueAt = ([line, column]: HandPicked[number]): number => gridOf([])[line]?.[column] ?? 0;
  const small = cells.filter(({ cell: { row, column } }) => {
    const value = valueAt([row, Number(column.slice(1)) - 1]);
    return value > 0 && value < lessonThreshold;
  });
  const verdicts = small.map((cell) => readerVerdict(cell, lessonThreshold));
  return {
    name,
    hidden: hidden.length,
    people: hidden.reduce((sum, cell) => sum + valueAt(cell), 0),
    found: verdicts.filter((verdict) => verdict === "found").length,
    narrowed: verdicts.filter((verdict) => verdict !== "found" && verdict !== "safe").length,
  };
}

/** Attacks the patterns chosen by hand, then the one that is proven to be the least. */
export async function handPickedCase(): Promise<HandPickedCase> {
  const system = crossedSystem([dimensionWithTotal(zones), dimensionWithTotal(ages)], gridOf([]).flat().map(Number));
  const minimum = await minimumSuppression(system, smallCounts(system, lessonThreshold));
  const width = ages.length + 1;
  const least = Array.from(minimum.hide, (cell) => [Math.floor(cell / width), cell % width] as const);
  const patterns: readonly (readonly [string, HandPicked])[] = [
    ...Object.entries(handPicked),
    [minimum.proven ? "le plus petit, prouvé" : "le plus petit trouvé", least],
  ];
  const judged: JudgedPattern[] = [];
  for (const [name, hidden] of patterns) judged.push(await judgePattern(name, hidden));
  return {
    whole: wholeTable(),
    figure: patternTable(judged),
    minimum,
    judged,
  };
}

const wholeTable = (): Figure =>
  dataTable(release(handPickedTable([]), { name: "tableau à protéger", open: ["ligne"] }), {
    id: "protection-a-proteger",
    title: "Le tableau à protéger : deux cases comptent moins de onze personnes",
    subtitle: "Demandeurs d’emploi par quartier et par âge, avant tout masquage",
    alt: "Tableau de quatre quartiers par trois âges avec leurs totaux ; deux cases, 4 et 7, sont sous le seuil de onze.",
    champ: "table inventée pour la leçon",
    lecture: "le quartier A compte 4 demandeurs de 18 à 29 ans.",
  });

const patternTable = (judged: readonly JudgedPattern[]): Figure => {
  const words = (pick: (one: JudgedPattern) => string): readonly string[] => judged.map(pick);
  return lessonTable(
    [inventedRef("motifs", "Demandeurs par quartier et âge", counts)],
    {
      motif: { label: "Cases masquées", values: words(({ name }) => name) },
      cases: { label: "Nombre de cases", values: words(({ hidden }) => frenchNumber(hidden)) },
      personnes: { label: "Personnes dans ces cases", values: words(({ people }) => frenchNumber(people)) },
      retrouvees: { label: "Petites cases retrouvées", values: words(({ found }) => frenchNumber(found)) },
      resserrees: { label: "Petites cases resserrées", values: words(({ narrowed }) => frenchNumber(narrowed)) },
    },
    {
      id: "protection-motifs",
      title: "À la main, on masque trop ou trop peu ; le plus petit motif se prouve",
      subtitle: "Motifs choisis à la main, puis celui qu’un programme en nombres entiers prouve être le plus petit",
      alt: "Tableau de quatre motifs de masquage : nombre de cases, personnes masquées, petites cases retrouvées et resserrées ; le dernier, prouvé, n’en laisse aucune.",
      champ: "quatre quartiers inventés, trois âges, tous les totaux publiés",
      lecture: `le plus petit motif masque ${frenchNumber(judged.at(-1)?.hidden ?? 0)} cases et n’en laisse retrouver aucune.`,
    },
  );
};
