import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { congestion, flowByOffer } from "../../../src/models/matching/congestion.ts";
import "../../support/seed.ts";

describe("congestion", () => {
  test.each([
    ["even", [3, 3, 3], { congestion: 0, coverage: 1, gini: 0 }],
    ["all on one of four", [0, 8, 0, 0], { congestion: 1, coverage: 0.25, gini: 0.75 }],
    ["half of the offers", [4, 0, 4, 0], { congestion: 0.5, coverage: 0.5, gini: 0.5 }],
    ["a single offer", [5], { congestion: 0, coverage: 1, gini: 0 }],
    ["nothing recommended", [0, 0], { congestion: null, coverage: null, gini: null }],
  ])("%s", (_, counts, expected) => {
    const found = congestion(Float64Array.from(counts));
    for (const key of ["congestion", "coverage", "gini"] as const) {
      if (expected[key] === null) expect(found[key]).toBeNull();
      else expect(found[key]).toBeCloseTo(expected[key], 12);
    }
  });
  test("by hand: shares 1/2, 1/4, 1/4", () => {
    const found = congestion(Float64Array.of(2, 1, 1));
    expect(found.congestion).toBeCloseTo(1 - (1.5 * Math.log(2)) / Math.log(3), 12);
    expect(found.gini).toBeCloseTo(1 / 6, 12);
  });
  test("between 0 and 1, whatever the order and the scale", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        (counts, scale) => {
          const found = congestion(Float64Array.from(counts));
          const other = congestion(Float64Array.from(counts, (n) => n * scale).reverse());
          for (const key of ["congestion", "coverage", "gini"] as const) {
            const [a, b] = [found[key], other[key]];
            if (a === null || b === null) {
              expect(counts.every((n) => n === 0)).toBe(true);
              continue;
            }
            expect(a).toBeGreaterThanOrEqual(0);
            expect(a).toBeLessThanOrEqual(1);
            expect(Math.abs(a - b)).toBeLessThan(1e-12);
          }
        },
      ),
    );
  });
  test("the counts of a plan", () => {
    expect([...flowByOffer(Float64Array.of(2, 3, 1), Int32Array.of(0, 2, 0), 3)]).toEqual([3, 0, 3]);
  });
  test.each([
    ["no offer", [], /Aucune offre/],
    ["a negative count", [1, -1], /n° 2.*-1/],
    ["a missing count", [Number.NaN], /NaN/],
    ["an infinite count", [Number.POSITIVE_INFINITY], /Infinity/],
  ])("%s is refused", (_, counts, message) => expect(() => congestion(Float64Array.from(counts))).toThrow(message));
});
