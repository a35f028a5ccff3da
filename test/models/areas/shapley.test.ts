import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areaDecomposition } from "../../../src/models/areas/area-decomposition.ts";
import { shapley } from "../../../src/models/areas/shapley.ts";
import { roundedParts } from "../../../src/models/areas/shapley-rounding.ts";
import { compensatedSum } from "../../../src/models/areas/shapley-sum.ts";
import { expectNear } from "../../reference/reference.ts";

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => `facteur ${i}`);
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });

/** Any game: a value a coalition. */
const game = fc.integer({ min: 1, max: 6 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    values: fc.array(number, { minLength: 1 << count, maxLength: 1 << count }),
  }),
);

/** The definition itself: the mean over all orders. */
function byOrders(count: number, value: (mask: number) => number): readonly number[] {
  const parts = new Array<number>(count).fill(0);
  let orders = 0;
  const walk = (mask: number, gains: readonly (readonly [number, number])[]): void => {
    if (gains.length === count) {
      orders++;
      for (const [factor, gain] of gains) parts[factor] = (parts[factor] ?? 0) + gain;
      return;
    }
    for (let factor = 0; factor < count; factor++)
      if ((mask & (1 << factor)) === 0)
        walk(mask | (1 << factor), [...gains, [factor, value(mask | (1 << factor)) - value(mask)]]);
  };
  walk(0, []);
  return parts.map((part) => part / orders);
}

describe("Shapley values", () => {
  test("efficiency: the parts add up to the change, to the last digits", () => {
    fc.assert(
      fc.property(game, ({ count, values }) => {
        const { parts, none, all } = shapley(names(count), (mask) => values[mask] ?? 0);
        const left = compensatedSum([none[0], ...parts.map(([part]) => part ?? 0), -all[0]]);
        expect(Math.abs(left)).toBeLessThan(1e-9);
      }),
    );
  });

  test("the mean over all orders, by going through them", () => {
    fc.assert(
      fc.property(game, ({ count, values }) => {
        const { parts } = shapley(names(count), (mask) => values[mask] ?? 0);
        byOrders(count, (mask) => values[mask] ?? 0).forEach((part, i) => {
          expectNear(parts[i]?.[0] ?? Number.NaN, part, 1e-8);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("dummy: a factor that changes nothing has exactly 0, and the others what they had without it", () => {
    fc.assert(
      fc.property(game, ({ count, values }) => {
        const own = (1 << count) - 1;
        const { parts } = shapley(names(count + 1), (mask) => values[mask & own] ?? 0);
        expect(parts[count]?.[0]).toBe(0);
        const alone = shapley(names(count), (mask) => values[mask] ?? 0).parts;
        alone.forEach((part, i) => {
          expectNear(part[0], parts[i]?.[0] ?? Number.NaN, 1e-8);
        });
      }),
    );
  });

  test("symmetry: two factors that act alike have the same part", () => {
    fc.assert(
      fc.property(game, ({ count, values }) => {
        // Of two more factors only how many are at work counts.
        const value = (mask: number): number => {
          const both = ((mask >> count) & 1) + ((mask >> (count + 1)) & 1);
          return (values[mask & ((1 << count) - 1)] ?? 0) * (1 + both) ** 2;
        };
        const { parts } = shapley(names(count + 2), value);
        expectNear(parts[count]?.[0] ?? Number.NaN, parts[count + 1]?.[0] ?? Number.NaN, 1e-7);
      }),
      { numRuns: 60 },
    );
  });

  test("additivity: the parts of a sum of games are the sums of the parts", () => {
    fc.assert(
      fc.property(game, game, (one, two) => {
        const factors = names(Math.max(one.count, two.count));
        const at = ({ count, values }: { count: number; values: number[] }, mask: number): number =>
          values[mask & ((1 << count) - 1)] ?? 0;
        const both = shapley(factors, (mask) => at(one, mask) + at(two, mask)).parts;
        const [first, second] = [one, two].map((game) => shapley(factors, (mask) => at(game, mask)).parts);
        both.forEach((part, i) => {
          expectNear(part[0], (first?.[i]?.[0] ?? 0) + (second?.[i]?.[0] ?? 0), 1e-7);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("a column of areas: each as if alone, one call a coalition, one buffer for all, a missing area stays alone", () => {
    const buffer = new Float64Array(3);
    let calls = 0;
    const { parts, all } = shapley(names(8), (mask) => {
      calls++;
      buffer.set([mask, mask ** 2, mask === 17 ? Number.NaN : mask]);
      return buffer;
    });
    expect(calls).toBe(256);
    expect(parts.map((part) => part[0])).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
    expectNear(compensatedSum(parts.map((part) => part[1])), all[1], 1e-9);
    expect(parts.every((part) => Number.isNaN(part[2]))).toBe(true);
  });

  test("the textbook glove game (one left, two right)", () => {
    const { parts } = shapley(["gauche", "droite", "autre droite"], (mask) => (mask & 1 && mask & 6 ? 1 : 0));
    expectNear(parts[0][0], 2 / 3, 1e-15);
    expectNear(parts[1][0], 1 / 6, 1e-15);
  });

  test("refuses no factor, too many, two of one name, and columns of two lengths", () => {
    expect(() => shapley([], () => 0)).toThrow(/Nombre de facteurs/);
    expect(() => shapley(names(13), () => 0)).toThrow(/regrouper/);
    expect(() => shapley(["a", "a"], () => 0)).toThrow(/même nom/);
    expect(() => shapley(["a"], (mask) => new Float64Array(mask + 1))).toThrow(/même nombre de territoires/);
  });
});

describe("published parts", () => {
  const step = fc.constantFrom(0.01, 0.1, 0.5, 1, 5, 10);
  test("start + parts = end in whole steps, start and end rounded for themselves, no part moved by more than a step", () => {
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 8 }), number, step, (parts, from, size) => {
        const rounded = roundedParts(Float64Array.from(parts), { step: size, from });
        if (!rounded) throw new Error("arrondi attendu");
        expect(rounded.fromUnits + rounded.units.reduce((sum, unit) => sum + unit, 0)).toBe(rounded.toUnits);
        expect(rounded.fromUnits).toBe(Math.round(from / size) + 0);
        expect(Math.abs(rounded.to - compensatedSum([from, ...parts]))).toBeLessThanOrEqual(size / 2 + 1e-6);
        parts.forEach((part, i) => {
          expect(Math.abs((rounded.values[i] ?? 0) - part)).toBeLessThanOrEqual(size * (1 + 1e-6));
        });
      }),
    );
  });
  test("a tenth is a tenth; a missing part gives no parts; a step must be positive", () => {
    expect(roundedParts(Float64Array.of(0.31, -0.11), { step: 0.1 })?.values).toEqual(Float64Array.of(0.3, -0.1));
    expect(roundedParts(Float64Array.of(1, Number.NaN), { step: 1 })).toBeNull();
    expect(roundedParts(Float64Array.of(1), { step: 1, from: Number.NaN })).toBeNull();
    expect(() => roundedParts(Float64Array.of(1), { step: 0 })).toThrow(/Pas d'arrondi/);
  });
});

describe("why areas differ from the region", () => {
  test("reference + parts = value for every area to 1e-9, printed parts add up, areas without a value are named", () => {
    const areas = 40;
    // Eligible = persons x P(income) x size, with interactions: not additive.
    const column = (own: number, region: number) => (mask: number, bit: number, area: number) =>
      mask & (1 << bit) ? own * (1 + area / 10) : region;
    const income = column(0.3, 0.25);
    const size = column(2.1, 1.8);
    const households = column(900, 1200);
    const {
      areas: found,
      leftOut,
      largestError,
    } = areaDecomposition({
      codes: Array.from({ length: areas }, (_, i) => `QN${i}`),
      factors: ["revenu", "taille", "ménages"],
      step: 10,
      valueWith: (mask) =>
        Float64Array.from({ length: areas }, (_, area) =>
          area === 7 ? Number.NaN : income(mask, 0, area) * size(mask, 1, area) * households(mask, 2, area),
        ),
    });
    expect(leftOut).toEqual(["QN7"]);
    expect(largestError).toBeLessThan(1e-9);
    for (const { code, published, value } of found) {
      if (code === "QN7") continue;
      const total =
        (published?.from ?? 0) + (published?.values ?? new Float64Array()).reduce((sum, part) => sum + part, 0);
      expect(total).toBe(Math.round(value / 10) * 10);
    }
    expect(() =>
      areaDecomposition({ codes: ["QN1"], factors: ["a"], step: 1, valueWith: () => new Float64Array(2) }),
    ).toThrow(/autant de valeurs/);
  });

  test("a base that all areas share is printed once, even on a half; each level is rounded for itself, and all add up", () => {
    const gaps = fc.array(fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 3, maxLength: 3 }), {
      minLength: 2,
      maxLength: 30,
    });
    const noise = fc.array(fc.double({ min: -1e-13, max: 1e-13, noNaN: true }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(gaps, noise, fc.integer({ min: 0, max: 1000 }), (own, noises, halves) => {
        const base = halves / 10 + 0.05; // the worst case: a half of the step
        const { areas } = areaDecomposition({
          codes: own.map((_, i) => `QN${i}`),
          factors: ["revenu", "taille", "âge"],
          step: 0.1,
          valueWith: (mask) =>
            Float64Array.from(own, (parts, area) =>
              parts.reduce((sum, part, k) => sum + (mask & (1 << k) ? part : 0), base * (1 + (noises[area] ?? 0) / 10)),
            ),
        });
        expect(new Set(areas.map(({ published }) => published?.fromUnits)).size).toBe(1);
        for (const { published, value, parts } of areas) {
          if (!published) throw new Error("arrondi attendu");
          expect(published.toUnits).toBe(Math.round(value / 0.1) + 0);
          expect(published.fromUnits + published.units.reduce((sum, unit) => sum + unit, 0)).toBe(published.toUnits);
          parts.forEach((part, k) => {
            expect(Math.abs((published.values[k] ?? 0) - part)).toBeLessThanOrEqual(0.1 * (1 + 1e-6));
          });
        }
      }),
      { seed: 21 },
    );
    // Bases that do differ stay what they are.
    const apart = areaDecomposition({
      codes: ["QN1", "QN2"],
      factors: ["revenu"],
      step: 1,
      valueWith: () => Float64Array.of(17, 18),
    });
    expect(apart.areas.map(({ published }) => published?.from)).toEqual([17, 18]);
  });
});
