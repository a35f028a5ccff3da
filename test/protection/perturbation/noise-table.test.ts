import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { perturbationReport } from "../../../src/protection/perturbation/accuracy.ts";
import { maximumEntropy, varianceRange } from "../../../src/protection/perturbation/maximum-entropy.ts";
import { noiseTable, perturbCounts } from "../../../src/protection/perturbation/noise-table.ts";
import { reference } from "../../reference/reference.ts";

interface Law {
  readonly support: readonly number[];
  readonly variance: number | null;
  readonly probabilities: readonly number[];
}
interface RTable {
  readonly greatest: number;
  readonly variance: number;
  readonly smallest: number;
  readonly rows: readonly { readonly deviations: readonly number[]; readonly probabilities: readonly number[] }[];
}

const moments = (deviations: readonly number[], p: ArrayLike<number>): number[] =>
  [0, 1, 2].map((order) => deviations.reduce((sum, v, i) => sum + p[i] * v ** order, 0));

describe("maximum entropy", () => {
  test.each(reference<{ laws: readonly Law[] }>("maximum-entropy").laws)(
    "as found by scipy on the probabilities themselves: $support, variance $variance",
    ({ support, variance, probabilities }) => {
      // An unreachable variance leaves the law of mean 0 alone, which scipy was asked for.
      const law = maximumEntropy(support, variance ?? 1000);
      probabilities.forEach((p, i) => {
        expect(law?.probabilities[i]).toBeCloseTo(p, 5);
      });
      expect(law?.reached).toBe(variance !== null);
    },
  );

  test.each(reference<{ tables: readonly RTable[] }>("noise-tables").tables)(
    "as R ptable's table of counts: D = $greatest, V = $variance, js = $smallest",
    (expected) => {
      const made = noiseTable(expected);
      expect(made.rows.length).toBe(expected.rows.length);
      expected.rows.forEach((row, n) => {
        const law = made.rows[n];
        expect(law?.deviations).toEqual(row.deviations);
        row.probabilities.forEach((p, i) => {
          expect(Math.abs((law?.probabilities[i] ?? 2) - p)).toBeLessThan(1e-6);
        });
      });
    },
  );

  test.each([
    [2, 1, 0],
    [5, 3, 0],
    [5, 3, 2],
    [8, 3, 2],
    [10, 5, 1],
    [20, 50, 0],
    [10, 90, 0],
  ])(
    "D = %i, V = %d, js = %i: sum 1, mean 0, variance V where it can be, support allowed",
    (greatest, variance, smallest) => {
      const table = noiseTable({ greatest, variance, smallest });
      table.rows.forEach(({ deviations, probabilities, reached, variance: own }, n) => {
        const [sum, mean, second] = moments(deviations, probabilities);
        expect(sum).toBeCloseTo(1, 12);
        expect(mean).toBeCloseTo(0, 10);
        if (n > 0 && reached) expect(second).toBeCloseTo(variance, 9);
        else expect(own).toBeLessThan(variance);
        expect(second).toBeCloseTo(own, 10);
        for (const v of deviations) expect(n + v === 0 || n + v > smallest, `${n} ${v}`).toBe(true);
      });
    },
  );

  test("any support, any variance it can reach, up to a thousand-millionth of either end: moments to 1e-11", () => {
    const random = seededRandom(17);
    let checked = 0;
    for (let trial = 0; trial < 400; trial++) {
      const support = Array.from({ length: 17 }, (_, i) => i - 8).filter(() => random() < 0.5);
      const range = varianceRange(support);
      if (range === null || range.least === range.greatest) continue;
      for (const share of [0, 1e-9, 1e-6, 0.001, 0.5, 0.999, 1 - 1e-6, 1 - 1e-9, 1]) {
        const variance = range.least + share * (range.greatest - range.least);
        const law = maximumEntropy(support, variance);
        const [sum, mean, second] = moments(support, law?.probabilities ?? []);
        for (const [value, expected] of [
          [sum, 1],
          [mean, 0],
          [second, variance],
        ]) {
          expect(Math.abs((value ?? Number.NaN) - (expected ?? 0)), `${support} ${variance}`).toBeLessThan(1e-11);
        }
        checked++;
      }
      expect(maximumEntropy(support, range.least - 1e-9)).toBeNull();
      expect(maximumEntropy(support, range.greatest + 1e-9)?.reached).toBe(false);
    }
    expect(checked).toBeGreaterThan(2000);
  });

  test("rows that cannot reach V are told, and stay unbiased", () => {
    const table = noiseTable({ greatest: 5, variance: 6 });
    expect(table.short).toEqual([1]);
    expect(table.findings).toEqual([
      expect.stringMatching(
        /^Un effectif de 1 ne peut pas recevoir toute la variance demandée\u00a0: la sienne est de \d,\d\d\.$/,
      ),
    ]);
    expect(varianceRange([-1, 0, 1, 2, 3, 4, 5])).toEqual({ least: 0, greatest: 5 });
    // At the very end of the range the law stands on two points.
    expect([...(maximumEntropy([-1, 0, 1], 1)?.probabilities ?? [])]).toEqual([0.5, 0, 0.5]);
    // A count of 3 has no deviation below 0: no noise at all, and it is told.
    const still = noiseTable({ greatest: 2, variance: 2, smallest: 2 });
    expect(still.short).toEqual([3]);
    expect(still.rows[3]).toMatchObject({ variance: 0, reached: false });
  });

  test("D, V, js without solution are refused with the row", () => {
    expect(() => noiseTable({ greatest: 2, variance: 1, smallest: 4 })).toThrow(/Un effectif de 1 .* D d'au moins 4/);
    expect(() => noiseTable({ greatest: 5, variance: 1, smallest: 2 })).toThrow(/Un effectif de 1 .* V d'au moins 2/);
    expect(() => noiseTable({ greatest: 3, variance: 10 })).toThrow(/variance d'au plus 9/);
    expect(() => noiseTable({ greatest: 0, variance: 1 })).toThrow(/D entier/);
    expect(() => noiseTable({ greatest: 3, variance: 0 })).toThrow(/V positive/);
  });
});

describe("counts with noise", () => {
  test("unbiased and of variance V over 100 000 seeded keys: mean within 4 standard errors, variance within 3 %", () => {
    const random = seededRandom(11);
    const draws = 100_000;
    const keys = Uint32Array.from({ length: draws }, () => Math.floor(random() * 2 ** 32));
    for (const [smallest, n] of [
      [0, 1],
      [0, 3],
      [0, 250],
      [2, 2],
      [2, 4],
    ] as const) {
      const noise = noiseTable({ greatest: 5, variance: 3, smallest });
      const shown = perturbCounts(new Float64Array(draws).fill(n), keys, noise);
      const mean = shown.reduce((sum, value) => sum + value - n, 0) / draws;
      const variance = shown.reduce((sum, value) => sum + (value - n) ** 2, 0) / draws;
      expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(3 / draws));
      expect(Math.abs(variance / 3 - 1)).toBeLessThan(0.03);
      expect(shown.some((value) => value < 0 || (value > 0 && value <= smallest))).toBe(false);
    }
  });

  test("what is not a count is refused, what is missing stays so", () => {
    const noise = noiseTable({ greatest: 2, variance: 1 });
    expect(perturbCounts([Number.NaN], Uint32Array.of(9), noise)[0]).toBeNaN();
    expect(() => perturbCounts([1.5], Uint32Array.of(9), noise)).toThrow(/n'est pas un effectif/);
    expect(() => perturbCounts([-1], Uint32Array.of(9), noise)).toThrow(/n'est pas un effectif/);
    expect(() => perturbCounts([1, 2], Uint32Array.of(9), noise)).toThrow(/une clé par cellule/);
  });
});

describe("accuracy report", () => {
  test("by hand", () => {
    const report = perturbationReport(
      [4, 9, 0, 13, Number.NaN],
      [5, 9, 0, 12, 3],
      [
        { total: 3, parts: [0, 1, 2] },
        { total: 3, parts: [0, 4] },
      ],
    );
    expect(report).toMatchObject({
      cells: 4,
      changedShare: 0.5,
      vanishedShare: 0,
      meanAbsolute: 0.5,
      medianAbsolute: 0.5,
      bias: 0,
    });
    expect(report.greatestAbsolute).toBe(1);
    expect(report.meanRelative).toBeCloseTo((1 / 4 + 1 / 13) / 3, 14);
    expect(report.meanRootDistance).toBeCloseTo((Math.sqrt(5) - 2 + Math.sqrt(13) - Math.sqrt(12)) / 4, 14);
    expect(report.additivity).toEqual({ lines: 2, brokenShare: 1, meanGap: 3, greatestGap: 4 });
  });

  test("nothing to compare is NaN, a line on absent cells is refused", () => {
    expect(perturbationReport([], []).meanAbsolute).toBeNaN();
    expect(() => perturbationReport([1], [1], [{ total: 1, parts: [0] }])).toThrow(/cellule absente/);
    expect(() => perturbationReport([1], [1, 2])).toThrow(/même longueur/);
  });
});
