import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundedQuantileClasses } from "../../src/figures/classes.ts";

describe("rounded classes of a map", () => {
  test("bounds are round, labels are French", () => {
    const { bounds, labels, labelOf } = roundedQuantileClasses(
      [12.31, 15.2, 22.7, 31.4, 33.3, 41.9, 44.2, 51.8, 55.1, 62.6],
      { unit: "%" },
    );
    expect(bounds.every((bound) => Number.isInteger(bound))).toBe(true);
    expect(labels[0]).toMatch(/^moins de \d+\u202f%$/);
    expect(labelOf(null)).toBe("non diffusé");
    expect(labelOf(62.6)).toBe(labels.at(-1));
  });

  test("no class singles out one area, and the bounds do not give the extremes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 6, maxLength: 120 }),
        (values) => {
          const { labels, labelOf } = roundedQuantileClasses(values, { unit: "km" });
          const sizes = labels.map((label) => values.filter((value) => labelOf(value) === label).length);
          expect(sizes.reduce((a, b) => a + b, 0)).toBe(values.length);
          for (const size of sizes) expect(size).toBeGreaterThanOrEqual(2);
        },
      ),
      { seed: 11, numRuns: 400 },
    );
  });
});

describe("skewed values", () => {
  test("one very large place does not make all the others one class", () => {
    const values = [...Array.from({ length: 99 }, (_, i) => i * 4), 50_000];
    const { labels, bounds } = roundedQuantileClasses(values, { unit: "emplois" });
    expect(labels).toHaveLength(5);
    expect(bounds).toEqual([80, 160, 240, 320]);
  });
});

describe("classes no narrower than what the estimates can tell apart", () => {
  const spread = Array.from({ length: 60 }, (_, i) => 20 + i / 3);

  test("fewer classes where they would be narrower, down to one; none changed when nothing is asked", () => {
    const counts = [0, 3, 5, 8, 12].map(
      (leastWidth) => roundedQuantileClasses(spread, { unit: "%", leastWidth }).labels.length,
    );
    expect(counts).toEqual([5, 5, 3, 2, 1]);
    expect(roundedQuantileClasses(spread, { unit: "%", leastWidth: 0 }).bounds).toEqual(
      roundedQuantileClasses(spread, { unit: "%" }).bounds,
    );
    expect(roundedQuantileClasses(spread, { unit: "%", leastWidth: 12 }).labels).toEqual(["toutes valeurs"]);
    for (const leastWidth of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => roundedQuantileClasses(spread, { unit: "%", leastWidth })).toThrow(/Largeur de classe/);
  });

  test("whatever the values, each class is as wide as asked and holds two places", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 2, maxLength: 120 }),
        fc.double({ min: 0.01, max: 60, noNaN: true }),
        (values, leastWidth) => {
          const { bounds, labels, labelOf } = roundedQuantileClasses(values, { unit: "%", leastWidth });
          const stops = [Math.min(...values), ...bounds, Math.max(...values)];
          if (bounds.length > 0)
            stops.slice(1).forEach((stop, i) => {
              expect(stop - (stops[i] ?? 0)).toBeGreaterThanOrEqual(leastWidth * (1 - 1e-6));
            });
          for (const label of labels)
            expect(values.filter((value) => labelOf(value) === label).length).toBeGreaterThanOrEqual(2);
        },
      ),
      { seed: 12, numRuns: 400 },
    );
  });
});
