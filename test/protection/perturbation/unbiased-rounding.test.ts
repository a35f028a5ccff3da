import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyedWords } from "../../../src/protection/perturbation/keyed-words.ts";
import { roundCrossedUnbiased } from "../../../src/protection/perturbation/unbiased-rounding.ts";
import { crossed, linesOf, listOf } from "./crossed.ts";

const key = "0f0e0d0c0b0a09080706050403020100";

describe("unbiased controlled rounding", () => {
  test("sums exact, each value within the base, multiples kept", () => {
    fc.assert(
      fc.property(
        fc
          .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
          .chain(([rows, columns]) =>
            fc
              .array(fc.nat(40), { minLength: rows * columns, maxLength: rows * columns })
              .map((cells) => crossed(rows, columns, cells)),
          ),
        fc.constantFrom(3, 5, 10),
        fc.string(),
        (counts, base, name) => {
          const truth = listOf(counts);
          const shown = listOf({ ...counts, ...roundCrossedUnbiased(counts, base, keyedWords(key, name)) });
          for (const { total, parts } of linesOf(counts))
            expect(parts.reduce((sum, part) => sum + (shown[part] ?? 0), 0)).toBe(shown[total]);
          shown.forEach((value, i) => {
            expect(value % base).toBe(0);
            expect(Math.abs(value - (truth[i] ?? 0))).toBeLessThan(base);
          });
        },
      ),
      { numRuns: 300, seed: 12 },
    );
  });

  test("every cell and margin keeps its expectation: 8 000 keyed roundings, within 4.5 standard errors", () => {
    const counts = crossed(3, 4, [1, 2, 0, 4, 3, 1, 1, 7, 2, 2, 6, 1]);
    const truth = listOf(counts);
    const runs = 8000;
    const sums = new Float64Array(truth.length);
    for (let run = 0; run < runs; run++) {
      listOf({ ...counts, ...roundCrossedUnbiased(counts, 5, keyedWords(key, `essai ${run}`)) }).forEach((value, i) => {
        sums[i] += value;
      });
    }
    truth.forEach((value, i) => {
      const rest = value % 5;
      expect(Math.abs(sums[i] / runs - value), `cellule ${i}`).toBeLessThanOrEqual(
        4.5 * Math.sqrt((rest * (5 - rest)) / runs),
      );
    });
  });

  test("the same key and name round alike, another name otherwise", () => {
    const counts = crossed(
      5,
      5,
      Array.from({ length: 25 }, (_, i) => (7 * i) % 11),
    );
    const round = (name: string): Float64Array => roundCrossedUnbiased(counts, 5, keyedWords(key, name)).cells;
    expect(round("tableau 1")).toEqual(round("tableau 1"));
    expect(round("tableau 1")).not.toEqual(round("tableau 2"));
  });

  test("a table whose sums do not hold is refused", () => {
    expect(() => roundCrossedUnbiased({ ...crossed(2, 2, [1, 2, 3, 4]), total: 9 }, 5, keyedWords(key, ""))).toThrow(
      /somme de ses cellules/,
    );
  });
});
