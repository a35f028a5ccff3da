import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { numberColumn, table, textColumn } from "../../../src/codes/table.ts";
import { Refusal } from "../../../src/protection/refusal.ts";
import { highsSolver } from "../../../src/protection/solver/highs.ts";
import { type AdditiveSystem, additiveSystem } from "../../../src/protection/suppression/additive-system.ts";
import {
  crossedSystem,
  type Dimension,
  dimensionWithTotal,
  withSums,
} from "../../../src/protection/suppression/crossed-system.ts";
import { hiddenUnions, protectUnions } from "../../../src/protection/suppression/hidden-unions.ts";
import { minimumSuppression } from "../../../src/protection/suppression/minimum-suppression.ts";
import { smallCounts } from "../../../src/protection/suppression/primaries.ts";
import { suppressLargeTable } from "../../../src/protection/suppression/suppress-large-table.ts";
import { systemOfTable } from "../../../src/protection/suppression/table-system.ts";
import { unsafePrimaries } from "../../../src/protection/suppression/unsafe-primaries.ts";
import { withoutWitness } from "../../../src/protection/suppression/witness.ts";

/** Six neighbourhoods in three communes, one of which has a single neighbourhood. */
const communes: Dimension = {
  labels: ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "C1", "C2", "C3", "Ensemble"],
  hierarchy: [
    { total: 6, parts: [0, 1, 2] },
    { total: 7, parts: [3, 4] },
    { total: 8, parts: [5] },
    { total: 9, parts: [6, 7, 8] },
  ],
};
/** Six ages under two groupings that overlap: two tables that share cells. */
const ages: Dimension = {
  labels: ["15", "20", "25", "30", "40", "50", "15-24", "25 et plus", "15-29", "30 et plus", "Ensemble"],
  hierarchy: [
    { total: 6, parts: [0, 1] },
    { total: 7, parts: [2, 3, 4, 5] },
    { total: 8, parts: [0, 1, 2] },
    { total: 9, parts: [3, 4, 5] },
    { total: 10, parts: [6, 7] },
    { total: 10, parts: [8, 9] },
  ],
};

function drawn(dimensions: readonly Dimension[], seed: number, scale: number): AdditiveSystem {
  const random = seededRandom(seed);
  const size = dimensions.reduce((product, { labels }) => product * labels.length, 1);
  const inner = Float64Array.from({ length: size }, () =>
    random() < 0.08 ? 0 : Math.floor(scale * random() ** 2) + 1,
  );
  return crossedSystem(dimensions, withSums(dimensions, inner));
}

describe("a table treated at scale", () => {
  const shapes: readonly (readonly [string, readonly Dimension[], number])[] = [
    ["two ways", [dimensionWithTotal([..."abcdefghijkl"]), dimensionWithTotal([..."ABCDEFGH"])], 150],
    ["hierarchy and linked groupings", [communes, ages], 200],
    [
      "three ways",
      [dimensionWithTotal([..."abcd"]), dimensionWithTotal([..."ABC"]), dimensionWithTotal(["F", "H"])],
      150,
    ],
  ];
  test.each(shapes)(
    "%s: what it proves by substitution, linear programs find too",
    { timeout: 120_000 },
    async (_, dimensions, scale) => {
      const solver = await highsSolver();
      for (let seed = 1; seed <= 6; seed++) {
        const system = drawn(dimensions, seed, scale);
        const primaries = smallCounts(system, 11);
        const pattern = await suppressLargeTable(system, primaries);
        expect(withoutWitness(system, primaries, pattern.hide, pattern.witnesses)).toEqual([]);
        expect(pattern.unprotected).toEqual([]);
        expect(unsafePrimaries(system, primaries, pattern.hide, solver)).toEqual([]);
        expect(pattern.bound).toBeLessThanOrEqual(pattern.cost + 1e-9);
        expect(pattern.hide.every((cell) => system.open[cell] === 0)).toBe(true);
        expect((await suppressLargeTable(system, primaries)).hide).toEqual(pattern.hide);
      }
    },
  );

  test("a witness that does not hold is seen", async () => {
    const system = drawn([dimensionWithTotal([..."abcdef"]), dimensionWithTotal([..."ABCDE"])], 4, 120);
    const primaries = smallCounts(system, 11);
    const { hide, witnesses } = await suppressLargeTable(system, primaries);
    const [first] = witnesses;
    if (!first) throw new Error("une table sans témoin");
    const others = witnesses.slice(1);
    const seen = (above: typeof first.above, shown = hide): readonly number[] =>
      withoutWitness(system, primaries, shown, [{ ...first, above }, ...others]);
    const { cells, changes } = first.above;
    expect(seen(first.above)).toEqual([]);
    expect(seen({ cells, changes: changes.map((change) => change / 2) })).toEqual([first.cell]);
    expect(seen({ cells: cells.slice(1), changes: changes.slice(1) })).toEqual([first.cell]);
    expect(seen({ cells, changes: changes.map((change) => change * 1e6) })).toEqual([first.cell]);
    expect(
      seen(
        first.above,
        hide.filter((cell) => cell !== cells[1]),
      ),
    ).toContain(first.cell);
    expect(withoutWitness(system, primaries, hide, others)).toEqual([first.cell]);
  });

  test("bad input is refused, by name and without a value", () => {
    const refused = (make: () => unknown): string => {
      try {
        make();
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
        return (error as Error).message;
      }
      return "accepted";
    };
    expect(refused(() => additiveSystem([4, -1, 3], []))).toContain("négatif");
    const contradicted = refused(() =>
      additiveSystem([417, 20, 500], [{ total: 2, parts: [0, 1] }], {
        label: (cell) => ["F", "H", "Ensemble"][cell] ?? "",
      }),
    );
    expect(contradicted).toContain("Ensemble");
    expect(contradicted).not.toMatch(/417|500/);
    expect(refused(() => additiveSystem([4, 8], [{ total: 1, parts: [0, 0] }]))).toContain("deux fois la même");
    expect(refused(() => additiveSystem([4, 4], [{ total: 1, parts: [7] }]))).toContain("cellule absente");
  });

  test("a table of ours is one system, and the pattern speaks of its cells", async () => {
    const counts = [4, 20, 24, 15, 30, 45, 19, 50, 69];
    const source = table(
      {
        quartier: textColumn(["A", "A", "A", "B", "B", "B", "T", "T", "T"], { label: "Quartier" }),
        sexe: textColumn(["F", "H", "T", "F", "H", "T", "F", "H", "T"], { label: "Sexe" }),
        n: numberColumn(counts, { label: "Habitants", unit: "personnes" }),
      },
      [],
    );
    const { system, cells } = systemOfTable(source, {
      name: "essai",
      margins: [{ column: "n", by: ["quartier", "sexe"], totalLabel: "T" }],
      labels: ["quartier", "sexe"],
    });
    const { hide } = await minimumSuppression(system, smallCounts(system, 11));
    const hidden = [...hide].map((cell) => cells[cell]?.row).sort();
    expect(hidden).toHaveLength(4);
    expect(hidden).toContain(0);
    expect(system.label(0)).toMatch(/ × Habitants$/);
  });
});

describe("attack 16: what hidden cells make together", () => {
  // Amounts of four cells; one enterprise makes 90 % of the second. The first two hidden together leave their sum to the reader.
  const system = additiveSystem([100, 400, 5000, 6000, 11_500], [{ total: 4, parts: [0, 1, 2, 3] }], {
    open: [4],
    whole: false,
  });
  const primaries = [{ cell: 0, up: 10, down: 10 }];
  const greatest = [40, 380, 900, 1000];
  const breaks = (cells: readonly number[]): boolean =>
    100 * Math.max(...cells.map((cell) => greatest[cell] ?? 0)) >
    70 * cells.reduce((sum, cell) => sum + system.values[cell], 0);

  test("the minimum alone leaves the sum of two cells, which one contributor dominates", async () => {
    const { hide } = await minimumSuppression({ ...system, costs: system.values }, primaries);
    const unions = hiddenUnions(system, hide);
    expect(unions).toEqual([[0, 1]]);
    expect(unions.some(breaks)).toBe(true);
  });

  test.each([["exact", minimumSuppression] as const, ["at scale", suppressLargeTable] as const])(
    "%s: the sum is protected like an amount",
    async (_, suppress) => {
      const found = await protectUnions(
        { ...system, costs: system.values },
        primaries,
        { breaks, amountPercent: 10 },
        suppress,
      );
      expect(found.unprotected).toEqual([]);
      expect(found.unions).toEqual([[0, 1]]);
      expect(hiddenUnions(system, found.hide).some(breaks)).toBe(false);
      expect([...found.hide]).toEqual([0, 2]);
    },
  );
});

describe("attack 23: the pattern is information", () => {
  test("who runs the minimum again on every table that fits excludes some of them, never down to less than the threshold here", async () => {
    const rows = dimensionWithTotal(["A", "B"]);
    const of = (first: number): AdditiveSystem =>
      crossedSystem([rows, rows], [first, 24 - first, 24, 19 - first, 26 + first, 45, 19, 50, 69]);
    const published = (await minimumSuppression(of(4), smallCounts(of(4), 11))).hide;
    const left: number[] = [];
    for (let first = 0; first <= 19; first++) {
      const again = of(first);
      const { hide } = await minimumSuppression(again, smallCounts(again, 11));
      if (hide.join() === published.join()) left.push(first);
    }
    expect(left.length).toBeLessThan(20);
    expect(left[0]).toBeLessThanOrEqual(4);
    expect(left.at(-1)).toBeGreaterThanOrEqual(11);
  });
});
