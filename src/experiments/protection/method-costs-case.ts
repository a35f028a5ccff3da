import { frenchNumber } from "../../codes/french.ts";
import type { SourceRef } from "../../codes/lineage.ts";
import { seededRandom } from "../../codes/random.ts";
import { type NumberColumn, numberColumn, numbers, type Table, table, textColumn } from "../../codes/table.ts";
import type { Figure } from "../../figures/figure.ts";
import type { AdditiveLine } from "../../protection/perturbation/accuracy.ts";
import { keyedCells, recordKeys } from "../../protection/perturbation/cell-keys.ts";
import {
  attackerSentence,
  compareMethods,
  type MethodCost,
  type ProtectedCounts,
} from "../../protection/perturbation/compare-methods.ts";
import { roundCrossed } from "../../protection/perturbation/controlled-rounding.ts";
import { laplaceCounts } from "../../protection/perturbation/laplace-counts.ts";
import { noiseTable, perturbCounts } from "../../protection/perturbation/noise-table.ts";
import { noisedIntervals } from "../../protection/perturbation/noised-intervals.ts";
import { openAccount } from "../../protection/perturbation/privacy-account.ts";
import { roundedIntervals } from "../../protection/perturbation/rounded-intervals.ts";
import { roundNearest } from "../../protection/perturbation/rounding.ts";
import { release } from "../../protection/release.ts";
import { inventedRef, lessonThreshold } from "./invented-table.ts";
import { lessonTable, type WordColumn } from "./lesson-table.ts";
import { possibleValues } from "./possible-values.ts";
import { readerRelations } from "./reader-relations.ts";

/** What each way of protecting costs on one invented table. */
export interface MethodCostsCase {
  readonly figure: Figure;
  readonly learned: Figure;
  readonly costs: readonly MethodCost[];
}

const keyedMethod = "Bruit par clé";
const zones = 10;
const ages = ["18 à 24 ans", "25 à 39 ans", "40 à 54 ans", "55 ans et plus"] as const;
const base = 5;
const greatest = 4;
const lessonKey = "ffeeddccbbaa99887766554433221100";
const milliEpsilon = 500;
/** A person stands in four cells: its own, its line's total, its column's, and the whole. */
const cellsPerPerson = 4;

/** Every total included: the last line and column of the grid. */
interface Invented {
  readonly grid: readonly (readonly number[])[];
  /** For each person, the line and column of the cell. */
  readonly people: readonly (readonly [zone: number, age: number])[];
}

/** Suppression, rounding, cell keys and Laplace on the same table, with what a reader makes of each. */
export async function methodCostsCase(seed: number): Promise<MethodCostsCase> {
  const invented = inventedPeople(seed);
  const truth = invented.grid.flat();
  const lines = additiveLines();
  const methods = [
    await suppressed(invented),
    nearest(truth, lines),
    controlled(invented, lines),
    keyed(invented, lines),
    laplace(truth),
  ];
  const costs = compareMethods(truth, methods, { lines, minUnits: lessonThreshold });
  const ref = inventedRef("couts", "Personnes par quartier et âge", invented.grid);
  return { figure: costTable(ref, costs), learned: learnedTable(ref, costs), costs };
}

/** One line a cost, one column a method. */
function costTable(ref: SourceRef, costs: readonly MethodCost[]): Figure {
  const number = (value: number): string => (Number.isNaN(value) ? "—" : frenchNumber(value, { decimals: 1 }));
  const percent = (share: number): string =>
    Number.isNaN(share) ? "—" : frenchNumber(100 * share, { decimals: 1, unit: "%" });
  const measures: readonly (readonly [label: string, of: (cost: MethodCost) => string])[] = [
    ["Cases masquées", ({ hiddenShare }) => percent(hiddenShare)],
    ["Cases modifiées", ({ changedShare }) => percent(changedShare)],
    ["Écart moyen, en personnes", ({ meanAbsolute }) => number(meanAbsolute)],
    ...(costs[0]?.bySize ?? []).map(
      ({ size }, i) =>
        [
          `Écart, cases de ${size}`,
          ({ bySize }: MethodCost) => percent(bySize[i]?.meanRelative ?? Number.NaN),
        ] as const,
    ),
    ["Totaux qui ne tiennent plus", ({ brokenShare }) => percent(brokenShare)],
    ["Valeurs possibles d’une petite case", ({ meanPossible }) => number(meanPossible)],
  ];
  const columns = costs.map((cost, i): [string, WordColumn] => [
    `m${i + 1}`,
    { label: cost.method, values: measures.map(([, of]) => of(cost)) },
  ]);
  const [hidden, keys] = [costs[0], costs.find(({ method }) => method === keyedMethod)];
  return lessonTable(
    [ref],
    {
      mesure: { label: "Ce que coûte la protection", values: measures.map(([label]) => label) },
      ...Object.fromEntries(columns),
    },
    {
      id: "protection-couts",
      title: "Chaque protection a son prix : des trous, des écarts, ou des totaux qui ne tiennent plus",
      subtitle: `Un même tableau de ${zones} quartiers par âge, protégé de cinq façons ; écarts en pourcentage du vrai nombre`,
      alt: "Tableau de cinq protections en colonnes : cases masquées ou modifiées, écarts par taille, totaux qui ne tiennent plus, valeurs possibles d’une petite case.",
      champ: `${zones} quartiers inventés, quatre âges, avec tous les totaux ; seuil de ${lessonThreshold} ; arrondis à ${base} près ; bruit par clé d’au plus ${greatest} ; Laplace discret, ε = ${frenchNumber(milliEpsilon / 1000, { decimals: 1 })} par case`,
      lecture: `le masquage cache ${percent(hidden?.hiddenShare ?? Number.NaN)} des cases et ne change aucun nombre montré ; le bruit par clé les montre toutes, mais ${percent(keys?.brokenShare ?? Number.NaN)} des totaux ne sont plus la somme de leurs cases.`,
    },
  );
}

function learnedTable(ref: SourceRef, costs: readonly MethodCost[]): Figure {
  return lessonTable(
    [ref],
    {
      methode: { label: "Protection", values: costs.map(({ method }) => method) },
      appris: { label: "Ce qu’un lecteur apprend quand même", values: costs.map(({ attacker }) => attacker) },
    },
    {
      id: "protection-appris",
      title: "Aucune protection ne laisse le lecteur sans rien",
      subtitle: "Ce qu’un lecteur apprend de chaque protection, s’il sait comment elle est faite",
      alt: "Tableau de cinq protections, avec ce qu’un lecteur averti apprend de chacune : un intervalle, un arrondi, ou un gain de chances borné.",
      champ: "le même tableau inventé",
      lecture: `${costs[0]?.method.toLowerCase()} : ${costs[0]?.attacker.replace(/^Un/, "un")}`,
    },
  );
}

function inventedPeople(seed: number): Invented {
  const random = seededRandom(seed);
  const inside = Array.from({ length: zones }, (_, zone) =>
    ages.map((_, age) => Math.floor((3 + 5 * zone + 4 * age) * (0.4 + 1.2 * random()))),
  );
  const lines = [...inside, ages.map((_, age) => inside.reduce((sum, line) => sum + (line[age] ?? 0), 0))];
  const grid = lines.map((line) => [...line, line.reduce((sum, count) => sum + count, 0)]);
  const people = inside.flatMap((line, zone) =>
    line.flatMap((count, age) => Array.from({ length: count }, () => [zone, age] as const)),
  );
  return { grid, people };
}

const width = ages.length + 1;

/** Every line and column of the grid, as cells that add up. */
function additiveLines(): readonly AdditiveLine[] {
  const line = (start: number, step: number, count: number): AdditiveLine => ({
    total: start + step * count,
    parts: Array.from({ length: count }, (_, i) => start + step * i),
  });
  return [
    ...Array.from({ length: zones + 1 }, (_, zone) => line(zone * width, 1, ages.length)),
    ...Array.from({ length: width }, (_, age) => line(age, width, zones)),
  ];
}

async function suppressed({ grid }: Invented): Promise<ProtectedCounts> {
  const cells = grid.flatMap((line, zone) =>
    line.map((count, age) => ({
      zone: zone === zones ? "Ensemble" : `Quartier ${zone + 1}`,
      age: ages[age] ?? "Ensemble",
      count,
    })),
  );
  const guarded = { ...inventedRef("couts", "Personnes par quartier et âge", grid), published: false };
  const t: Table = table(
    {
      zone: textColumn(
        cells.map(({ zone }) => zone),
        { label: "Quartier" },
      ),
      age: textColumn(
        cells.map(({ age }) => age),
        { label: "Âge" },
      ),
      n: numberColumn(
        cells.map(({ count }) => count),
        { label: "Personnes", unit: "personnes", summable: true },
      ),
    },
    [guarded],
  );
  const released = release(t, {
    name: "coûts de la protection",
    counts: "n",
    margins: [{ column: "n", by: ["zone", "age"], totalLabel: "Ensemble" }],
  });
  const shown: NumberColumn = numbers(released, "n");
  const intervals = Array.from(shown.values, (value) => ({ least: value, greatest: value }));
  for (const { cell, least, greatest } of (await possibleValues(released, readerRelations(released))) ?? [])
    intervals[cell.row] = { least, greatest };
  return { method: "Masquage", published: shown.values, intervals, attacker: attackerSentence.suppression };
}

function nearest(truth: readonly number[], lines: readonly AdditiveLine[]): ProtectedCounts {
  const published = roundNearest(truth, base);
  return {
    method: "Arrondi au plus proche",
    published,
    intervals: roundedIntervals(published, lines, base, { rounding: "nearest" }),
    attacker: attackerSentence.nearest(base),
  };
}

function controlled({ grid }: Invented, lines: readonly AdditiveLine[]): ProtectedCounts {
  const inner = grid.slice(0, zones).map((line) => line.slice(0, ages.length));
  const bottom = grid[zones] ?? [];
  const rounded = roundCrossed(
    {
      rows: zones,
      columns: ages.length,
      cells: inner.flat(),
      rowTotals: grid.slice(0, zones).map((line) => line[ages.length] ?? 0),
      columnTotals: bottom.slice(0, ages.length),
      total: bottom[ages.length] ?? 0,
    },
    base,
  );
  if (rounded === null) throw new Error("A crossed table whose sums hold always has a controlled rounding.");
  const published = Array.from({ length: zones }, (_, zone) => [
    ...rounded.cells.slice(zone * ages.length, (zone + 1) * ages.length),
    rounded.rowTotals[zone],
  ]).flat();
  published.push(...rounded.columnTotals, rounded.total);
  return {
    method: "Arrondi contrôlé",
    published,
    intervals: roundedIntervals(published, lines, base, { rounding: "either" }),
    attacker: attackerSentence.controlled(base),
  };
}

function keyed({ grid, people }: Invented, lines: readonly AdditiveLine[]): ProtectedCounts {
  const noise = noiseTable({ greatest, variance: 3 });
  const records = recordKeys(
    lessonKey,
    people.map((_, i) => `personne inventée ${i + 1}`),
  );
  const places = (zone: number, age: number): readonly number[] =>
    [zone, zones].flatMap((line) => [age, ages.length].map((column) => line * width + column));
  const keys = new Uint32Array(grid.length * width);
  for (let place = 0; place < cellsPerPerson; place++) {
    const cells = keyedCells(
      people.map(([zone, age]) => places(zone, age)[place] ?? -1),
      records,
      keys.length,
    );
    cells.keys.forEach((key, cell) => {
      keys[cell] += key;
    });
  }
  const published = perturbCounts(grid.flat(), keys, noise);
  return {
    method: keyedMethod,
    published,
    intervals: noisedIntervals(published, lines, noise),
    attacker: attackerSentence.cellKeys(noise.greatest),
  };
}

function laplace(truth: readonly number[]): ProtectedCounts {
  const { published } = laplaceCounts(truth, openAccount(cellsPerPerson * milliEpsilon), {
    key: lessonKey,
    names: truth.map((_, cell) => `lecon-couts 2026 ${cell}`),
    label: "coûts de la protection",
    milliEpsilon,
    cellsPerUnit: cellsPerPerson,
  });
  return {
    method: "Bruit de Laplace",
    published,
    attacker: attackerSentence.laplace(milliEpsilon, cellsPerPerson),
  };
}
