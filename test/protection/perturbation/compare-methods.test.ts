import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import type { AdditiveLine } from "../../../src/protection/perturbation/accuracy.ts";
import { keyedCells, recordKeys } from "../../../src/protection/perturbation/cell-keys.ts";
import { attackerSentence, compareMethods } from "../../../src/protection/perturbation/compare-methods.ts";
import { roundCrossed } from "../../../src/protection/perturbation/controlled-rounding.ts";
import { discreteLaplace } from "../../../src/protection/perturbation/discrete-laplace.ts";
import { keyedWords } from "../../../src/protection/perturbation/keyed-words.ts";
import { methodCostRows } from "../../../src/protection/perturbation/method-cost-rows.ts";
import { noiseTable, perturbCounts } from "../../../src/protection/perturbation/noise-table.ts";
import { roundedIntervals } from "../../../src/protection/perturbation/rounded-intervals.ts";
import { roundNearest } from "../../../src/protection/perturbation/rounding.ts";

const key = "00112233445566778899aabbccddeeff";
const rows = 12;
const columns = 4;
const inner = rows * columns;

/** Invented people of twelve neighbourhoods and four ages, and every cell and margin they are counted in. */
const random = seededRandom(21);
const people = Array.from(
  { length: 1500 },
  () => Math.floor(random() ** 2 * rows) * columns + Math.floor(random() * columns),
);
const records = recordKeys(
  key,
  people.map((_, i) => `P${i}`),
);
const groups = [
  keyedCells(people, records, inner),
  keyedCells(
    people.map((cell) => Math.floor(cell / columns)),
    records,
    rows,
  ),
  keyedCells(
    people.map((cell) => cell % columns),
    records,
    columns,
  ),
  keyedCells(
    people.map(() => 0),
    records,
    1,
  ),
] as const;
const truth = groups.flatMap(({ counts }) => [...counts]);
const keys = Uint32Array.from(groups.flatMap((group) => [...group.keys]));
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const lines: AdditiveLine[] = [
  ...range(rows).map((r) => ({ total: inner + r, parts: range(columns).map((c) => r * columns + c) })),
  ...range(columns).map((c) => ({ total: inner + rows + c, parts: range(rows).map((r) => r * columns + c) })),
  { total: inner + rows + columns, parts: range(rows).map((r) => inner + r) },
];

describe("what each method costs", () => {
  const controlled = roundCrossed(
    {
      rows,
      columns,
      cells: truth.slice(0, inner),
      rowTotals: truth.slice(inner, inner + rows),
      columnTotals: truth.slice(inner + rows, -1),
      total: truth.at(-1) ?? 0,
    },
    5,
  );
  if (controlled === null) throw new Error("aucun arrondi");
  const kept = [...controlled.cells, ...controlled.rowTotals, ...controlled.columnTotals, controlled.total];
  const nearest = [...roundNearest(truth, 5)];
  const noisy = perturbCounts(truth, keys, noiseTable({ greatest: 5, variance: 3 }));
  const laplace = truth.map(
    (value, cell) => value + discreteLaplace(keyedWords(key, `essai, cellule ${cell}`), { milliEpsilon: 100 }),
  );
  const costs = compareMethods(
    truth,
    [
      {
        method: "Masquage",
        published: truth.map((value) => (value > 0 && value < 24 ? Number.NaN : value)),
        attacker: attackerSentence.suppression,
      },
      { method: "Bruit par clés", published: noisy, attacker: attackerSentence.cellKeys(5) },
      {
        method: "Arrondi au plus proche",
        published: nearest,
        intervals: roundedIntervals(nearest, lines, 5, { rounding: "nearest" }),
        attacker: attackerSentence.nearest(5),
      },
      {
        method: "Arrondi contrôlé",
        published: kept,
        intervals: roundedIntervals(kept, lines, 5, { rounding: "either" }),
        attacker: attackerSentence.controlled(5),
      },
      { method: "Laplace", published: laplace, attacker: attackerSentence.laplace(100) },
    ],
    { lines, minUnits: 24 },
  );
  const [hidden, cellKeys, nearestCost, controlledCost, laplaceCost] = costs;

  test("suppression costs cells and no error; noise costs errors and no cell", () => {
    expect(hidden?.hiddenShare).toBeGreaterThan(0.1);
    expect(hidden?.meanAbsolute).toBe(0);
    expect(cellKeys?.hiddenShare).toBe(0);
    // Mean absolute deviation of a law of variance 3 on -5..5 is near 1.4.
    expect(cellKeys?.meanAbsolute).toBeGreaterThan(1);
    expect(cellKeys?.meanAbsolute).toBeLessThan(1.8);
    // Laplace at 0.1 has a mean absolute deviation near 10.
    expect(laplaceCost?.meanAbsolute).toBeGreaterThan(6);
  });

  test("only controlled rounding keeps the sums", () => {
    expect(controlledCost?.brokenShare).toBe(0);
    expect(cellKeys?.brokenShare).toBeGreaterThan(0.5);
    expect(nearestCost?.brokenShare).toBeGreaterThan(0);
    expect(controlledCost?.meanAbsolute).toBeGreaterThanOrEqual(nearestCost?.meanAbsolute ?? 0);
  });

  test("error falls with the size of the cell, and an attacker is left more counts by controlled rounding", () => {
    const [small, middle, large] = cellKeys?.bySize.map(({ meanRelative }) => meanRelative) ?? [];
    expect(small).toBeGreaterThan(middle ?? 0);
    expect(middle).toBeGreaterThan(large ?? 0);
    expect(controlledCost?.meanPossible).toBeGreaterThan(nearestCost?.meanPossible ?? 0);
    expect(controlledCost?.exactShare).toBe(0);
    expect(cellKeys?.meanPossible).toBeNaN();
  });

  test("a mean over few cells is not written: it would be their noise", () => {
    const [cost] = compareMethods([4, 20, 24], [{ method: "Bruit", published: [5, 20, 25], attacker: "" }], {
      minUnits: 11,
    });
    expect(cost?.meanAbsolute).toBeNaN();
    expect(cost?.bySize.map(({ meanRelative }) => meanRelative)).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect(cost?.bySize.map(({ size }) => size)).toEqual(["1 à 10", "11 à 49", "50 à 199", "200 et plus"]);
  });

  test("rows of the book: the same headings for all, a dash where nothing can be written", () => {
    const printed = methodCostRows(costs);
    expect(new Set(printed.map((row) => Object.keys(row).join("|"))).size).toBe(1);
    expect(printed[0]).toMatchObject({
      Méthode: "Masquage",
      "Écart moyen": "0,0",
      "Petits effectifs connus exactement": "—",
    });
    expect(printed[3]).toMatchObject({
      "Cellules masquées": "0,0\u202f%",
      "Totaux qui ne tiennent plus": "0,0\u202f%",
    });
    expect(printed.flatMap((row) => Object.values(row)).join(" ")).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("intervals of another table are refused", () => {
    expect(() =>
      compareMethods(truth, [{ method: "Arrondi", published: nearest, intervals: [], attacker: "" }], { minUnits: 11 }),
    ).toThrow(/un intervalle par cellule/);
  });
});
