import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { weightedMean, weightedQuantiles } from "../../../src/models/access/weighted-quantile.ts";
import { expectNear, reference } from "../../reference/reference.ts";

const { weighted } = reference<{
  weighted: { values: number[]; weights: number[]; probabilities: number[]; expected: number[] }[];
}>("quantiles");

test.each(weighted.map((c, i) => [i + 1, c] as const))(
  "equals R quantile(type = 2) on repeated rows, or laeken, case %i",
  (_, { values, weights, probabilities, expected }) => {
    const column = Float64Array.from(values);
    const found = weightedQuantiles(column, Float64Array.from(weights), probabilities);
    expected.forEach((value, i) => {
      expectNear(found[i], value, 1e-12, `p = ${probabilities[i]}`);
    });
    expect([...column]).toEqual(values);
  },
);

describe("laws", () => {
  const rows = fc
    .array(fc.record({ value: fc.integer({ min: -20, max: 20 }), weight: fc.integer({ min: 0, max: 6 }) }), {
      minLength: 1,
      maxLength: 80,
    })
    .filter((list) => list.some(({ weight }) => weight > 0));
  const columns = (list: readonly { value: number; weight: number }[]) =>
    [Float64Array.from(list, ({ value }) => value), Float64Array.from(list, ({ weight }) => weight)] as const;
  const probabilities = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 });

  test("a weight of k is k equal rows, and a brute sort agrees", () => {
    fc.assert(
      fc.property(rows, probabilities, (list, ps) => {
        const [values, weights] = columns(list);
        const repeated = Float64Array.from(list.flatMap(({ value, weight }) => Array<number>(weight).fill(value)));
        expect([...weightedQuantiles(values, weights, ps)]).toEqual([...weightedQuantiles(repeated, null, ps)]);
        const sorted = repeated.slice().sort();
        const brute = ps.map((p) => {
          const rank = p * sorted.length;
          const at = sorted.findIndex((_, i) => i + 1 >= rank - 1e-12 * sorted.length);
          return Math.abs(at + 1 - rank) <= 1e-12 * sorted.length && at + 1 < sorted.length
            ? (sorted[at] + sorted[at + 1]) / 2
            : sorted[at];
        });
        expect([...weightedQuantiles(values, weights, ps)]).toEqual(brute);
      }),
      { numRuns: 300 },
    );
  });
  test("never decreases with p, stays within the values, ignores the order of rows and the scale of weights", () => {
    fc.assert(
      fc.property(rows, probabilities, (list, ps) => {
        const sortedPs = [...ps].sort((a, b) => a - b);
        const [values, weights] = columns(list);
        const quantiles = [...weightedQuantiles(values, weights, sortedPs)];
        for (let i = 1; i < quantiles.length; i++)
          expect(quantiles[i]).toBeGreaterThanOrEqual(quantiles[i - 1] as number);
        const [reversed, reversedWeights] = columns([...list].reverse());
        expect([
          ...weightedQuantiles(
            reversed,
            reversedWeights.map((w) => w * 8),
            sortedPs,
          ),
        ]).toEqual(quantiles);
      }),
    );
  });
});

describe("edge cases", () => {
  test("nothing to order", () => {
    expect([...weightedQuantiles(new Float64Array(0), null, [0, 0.5, 1])]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
    expect([...weightedQuantiles(Float64Array.of(3, 4), Float64Array.of(0, 0), [0.5])]).toEqual([Number.NaN]);
    expect([...weightedQuantiles(Float64Array.of(Number.NaN, Number.NaN), null, [0.5])]).toEqual([Number.NaN]);
    expect(weightedMean(Float64Array.of(1), Float64Array.of(0))).toBeNaN();
  });
  test("one row, equal rows, rows out of reach", () => {
    expect([...weightedQuantiles(Float64Array.of(5), Float64Array.of(0.2), [0, 0.3, 1])]).toEqual([5, 5, 5]);
    expect([...weightedQuantiles(new Float64Array(999).fill(2), null, [0, 0.3, 1])]).toEqual([2, 2, 2]);
    expect([...weightedQuantiles(Float64Array.of(1, Infinity, Infinity), null, [0.2, 0.5])]).toEqual([1, Infinity]);
    expect(weightedMean(Float64Array.of(1, Infinity), null)).toBe(Infinity);
  });
  test("a missing row is not a zero", () => {
    expect([...weightedQuantiles(Float64Array.of(4, Number.NaN, 6), null, [0.5])]).toEqual([5]);
    expect(weightedMean(Float64Array.of(4, Number.NaN, 6), Float64Array.of(1, 9, 3))).toBe(5.5);
  });
  test("refuses impossible weights and probabilities", () => {
    expect(() => weightedQuantiles(Float64Array.of(1, 2), Float64Array.of(1, -1), [0.5])).toThrow(/ligne 2/);
    expect(() => weightedQuantiles(Float64Array.of(1), Float64Array.of(Infinity), [0.5])).toThrow(/ligne 1/);
    expect(() => weightedQuantiles(Float64Array.of(1), Float64Array.of(1, 1), [0.5])).toThrow(/longueurs/);
    expect(() => weightedQuantiles(Float64Array.of(1), null, [50])).toThrow(/50/);
  });
});
