import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { roundList } from "../../../src/protection/perturbation/controlled-rounding.ts";
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
});
