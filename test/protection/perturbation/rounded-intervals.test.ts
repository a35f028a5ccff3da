import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundList } from "../../../src/protection/perturbation/controlled-rounding.ts";
import { narrowIntervals } from "../../../src/protection/perturbation/narrow-intervals.ts";
import { noiseTable } from "../../../src/protection/perturbation/noise-table.ts";
import { noisedIntervals } from "../../../src/protection/perturbation/noised-intervals.ts";
import { intervalOfRounded, roundedIntervals } from "../../../src/protection/perturbation/rounded-intervals.ts";
import { roundNearest } from "../../../src/protection/perturbation/rounding.ts";
import { crossed, linesOf, listOf } from "./crossed.ts";

describe("attack 14: independent rounding with totals", () => {
  test("four cells of 7 and their total 28, each rounded to 5: all known exactly", () => {
    const shown = [...roundNearest([7, 7, 7, 7, 28], 5)];
    expect(shown).toEqual([5, 5, 5, 5, 30]);
    const lines = [{ total: 4, parts: [0, 1, 2, 3] }];
    expect(roundedIntervals(shown, lines, 5, { rounding: "nearest" })).toEqual([
      ...Array.from({ length: 4 }, () => ({ least: 7, greatest: 7 })),
      { least: 28, greatest: 28 },
    ]);
  });

  test("the same table with controlled rounding leaves each cell its whole interval", () => {
    const rounded = roundList([7, 7, 7, 7], 5);
    const shown = [...(rounded?.parts ?? []), rounded?.total ?? 0];
    const left = roundedIntervals(shown, [{ total: 4, parts: [0, 1, 2, 3] }], 5, { rounding: "either" });
    shown.forEach((value, i) => {
      expect(left[i]).toEqual(intervalOfRounded(value, 5, "either"));
    });
  });

  test("intervals hold the truth and are those of an exhaustive attacker", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }).map((cells) => crossed(2, 2, cells)),
        fc.constantFrom(3, 5),
        (counts, base) => {
          const truth = listOf(counts);
          const lines = linesOf(counts);
          const shown = [...roundNearest(truth, base)];
          const own = shown.map((value) => intervalOfRounded(value, base, "nearest"));
          const seen = truth.map(() => ({ least: Number.POSITIVE_INFINITY, greatest: Number.NEGATIVE_INFINITY }));
          const walk = (cells: number[]): void => {
            const next = own[cells.length];
            if (cells.length < 4 && next) {
              for (let value = next.least; value <= next.greatest; value++) walk([...cells, value]);
              return;
            }
            const all = listOf(crossed(2, 2, cells));
            if (all.some((value, i) => value < (own[i]?.least ?? 0) || value > (own[i]?.greatest ?? 0))) return;
            all.forEach((value, i) => {
              const interval = seen[i];
              if (!interval) return;
              interval.least = Math.min(interval.least, value);
              interval.greatest = Math.max(interval.greatest, value);
            });
          };
          walk([]);
          expect(roundedIntervals(shown, lines, base, { rounding: "nearest" })).toEqual(seen);
        },
      ),
      { numRuns: 80, seed: 9 },
    );
  });

  test("numbers that no table gives are refused; a hidden cell is bounded by its line", () => {
    expect(() => roundedIntervals([5, 5, 25], [{ total: 2, parts: [0, 1] }], 5, { rounding: "nearest" })).toThrow(
      /ne peuvent pas venir/,
    );
    expect(() => roundedIntervals([4], [], 5, { rounding: "nearest" })).toThrow(/multiple de 5/);
    expect(roundedIntervals([5, Number.NaN, 10], [{ total: 2, parts: [0, 1] }], 5, { rounding: "nearest" })[1]).toEqual(
      { least: 1, greatest: 9 },
    );
    expect(roundedIntervals([Number.NaN], [], 5, { rounding: "nearest" })).toEqual([
      { least: 0, greatest: Number.POSITIVE_INFINITY },
    ]);
  });

  test("noised totals narrow too: the truth stays inside, a number that no count gives is refused", () => {
    const noise = noiseTable({ greatest: 2, variance: 1 });
    expect(noisedIntervals([5, 5, 5, 5, 26], [{ total: 4, parts: [0, 1, 2, 3] }], noise)[0]).toEqual({
      least: 3,
      greatest: 7,
    });
    // Four cells at their lowest and a total at its highest: each count is known.
    expect(noisedIntervals([5, 5, 5, 5, 30], [{ total: 4, parts: [0, 1, 2, 3] }], noise)).toEqual([
      ...Array.from({ length: 4 }, () => ({ least: 7, greatest: 7 })),
      { least: 28, greatest: 28 },
    ]);
    expect(() => noisedIntervals([5, 5, 5, 5, 31], [{ total: 4, parts: [0, 1, 2, 3] }], noise)).toThrow(
      /ne peuvent pas venir/,
    );
    expect(() => noisedIntervals([1], [], noiseTable({ greatest: 5, variance: 3, smallest: 2 }))).toThrow(
      /table de bruit/,
    );
    expect(noisedIntervals([Number.NaN], [], noise)[0]?.greatest).toBe(Number.POSITIVE_INFINITY);
  });

  test("above the size for linear programming, intervals are wider and still hold the truth", () => {
    const counts = crossed(3, 3, [7, 2, 7, 2, 7, 7, 12, 2, 3]);
    const truth = listOf(counts);
    const own = [...roundNearest(truth, 5)].map((value) => intervalOfRounded(value, 5, "nearest"));
    const whole = narrowIntervals(own, linesOf(counts));
    narrowIntervals(own, linesOf(counts), { most: 0 }).forEach(({ least, greatest }, i) => {
      expect(least).toBeLessThanOrEqual(whole[i]?.least ?? Number.NaN);
      expect(greatest).toBeGreaterThanOrEqual(whole[i]?.greatest ?? Number.NaN);
      expect(whole[i]?.least).toBeLessThanOrEqual(truth[i] ?? Number.NaN);
      expect(whole[i]?.greatest).toBeGreaterThanOrEqual(truth[i] ?? Number.NaN);
    });
  });
});
