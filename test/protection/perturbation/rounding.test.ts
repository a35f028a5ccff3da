import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { roundCrossed, roundList } from "../../../src/protection/perturbation/controlled-rounding.ts";
import { roundLines } from "../../../src/protection/perturbation/controlled-search.ts";
import { roundNearest, roundRandomly } from "../../../src/protection/perturbation/rounding.ts";
import { crossed, linesOf, listOf } from "./crossed.ts";

const bases = [3, 5, 10] as const;

const anyTable = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc
      .array(fc.nat(40), { minLength: rows * columns, maxLength: rows * columns })
      .map((cells) => crossed(rows, columns, cells)),
  );

describe("rounding cell by cell", () => {
  test("random rounding is unbiased (60 000 seeded keys, within 4 standard errors) and the same for the same cell", () => {
    const random = seededRandom(5);
    const draws = 60_000;
    const keys = Uint32Array.from({ length: draws }, () => Math.floor(random() * 2 ** 32));
    for (const base of bases) {
      for (let n = 0; n < base; n++) {
        const shown = roundRandomly(new Float64Array(draws).fill(20 * base + n), keys, base);
        expect(roundRandomly(new Float64Array(draws).fill(20 * base + n), keys, base)).toEqual(shown);
        const mean = shown.reduce((sum, value) => sum + value, 0) / draws;
        expect(Math.abs(mean - 20 * base - n)).toBeLessThanOrEqual(4 * Math.sqrt((n * (base - n)) / draws));
        expect(shown.every((value) => value % base === 0 && Math.abs(value - 20 * base - n) < base)).toBe(true);
      }
    }
  });

  test("bad input", () => {
    expect(() => roundNearest([1], 1)).toThrow(/base/);
    expect(() => roundNearest([1], 2.5)).toThrow(/base/);
    expect(() => roundNearest([-3], 5)).toThrow(/effectif/);
    expect(() => roundRandomly([3], new Uint32Array(2), 5)).toThrow(/une clé par cellule/);
    expect([...roundNearest([Number.NaN, 12.0], 5)]).toEqual([Number.NaN, 10]);
  });
});

describe("controlled rounding", () => {
  test("every crossed table has one: sums exact, each value within the base, multiples kept, inputs untouched", () => {
    fc.assert(
      fc.property(anyTable, fc.constantFrom(...bases), (counts, base) => {
        const before = JSON.stringify(counts);
        const rounded = roundCrossed(counts, base);
        if (rounded === null) throw new Error("aucun arrondi");
        const truth = listOf(counts);
        const shown = listOf({ ...counts, ...rounded });
        expect(JSON.stringify(counts)).toBe(before);
        for (const { total, parts } of linesOf(counts))
          expect(parts.reduce((sum, part) => sum + (shown[part] ?? 0), 0)).toBe(shown[total]);
        shown.forEach((value, i) => {
          expect(value % base).toBe(0);
          expect(Math.abs(value - (truth[i] ?? 0))).toBeLessThan(base);
        });
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  test("the distance is the least: as exhaustive search on small tables", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(30), { minLength: 6, maxLength: 6 }).map((cells) => crossed(2, 3, cells)),
        fc.constantFrom(...bases),
        (counts, base) => {
          const truth = listOf(counts);
          const cells = Array.from(counts.cells);
          let least = Number.POSITIVE_INFINITY;
          for (let mask = 0; mask < 64; mask++) {
            const inner = cells.map((value, i) => base * (Math.floor(value / base) + ((mask >> i) & 1)));
            const shown = listOf(crossed(2, 3, inner));
            if (shown.some((value, i) => Math.abs(value - (truth[i] ?? 0)) >= base)) continue;
            least = Math.min(
              least,
              shown.reduce((sum, value, i) => sum + Math.abs(value - (truth[i] ?? 0)), 0),
            );
          }
          expect(roundCrossed(counts, base)?.distance).toBe(least);
          const searched = roundLines(truth, linesOf(counts), base);
          expect(searched?.reduce((sum, value, i) => sum + Math.abs(value - (truth[i] ?? 0)), 0)).toBe(least);
        },
      ),
      { numRuns: 200, seed: 8 },
    );
  });

  test("a table of 78 by 20", () => {
    const random = seededRandom(2);
    const counts = crossed(
      78,
      20,
      Array.from({ length: 1560 }, () => Math.floor(random() ** 3 * 400)),
    );
    const rounded = roundCrossed(counts, 10);
    expect(rounded && Array.from(rounded.cells).reduce((a, b) => a + b, 0)).toBe(rounded?.total);
    expect(Math.abs((rounded?.total ?? 0) - counts.total)).toBeLessThan(10);
  });

  test("margins already published are kept, or it is said that none exists", () => {
    const counts = crossed(2, 2, [1, 1, 1, 1]);
    expect(roundCrossed(counts, 5, { rowTotals: [5, 0], columnTotals: [0, 5], total: 5 })?.cells).toEqual(
      Float64Array.of(0, 5, 0, 0),
    );
    expect(roundCrossed(counts, 5, { rowTotals: [5, 5], total: 5 })).toBeNull();
    expect(roundList([1, 1], 5, 15)).toBeNull();
    expect(roundList([1, 1], 5, 10)?.parts).toEqual(Float64Array.of(5, 5));
    expect(() => roundCrossed(counts, 5, { total: 4 })).toThrow(/multiple de 5/);
  });

  test("a table whose sums do not hold is refused", () => {
    expect(() => roundCrossed({ ...crossed(2, 2, [1, 2, 3, 4]), total: 11 }, 5)).toThrow(/somme de ses cellules/);
    expect(() => roundCrossed({ ...crossed(1, 2, [1, 2]), cells: [1, Number.NaN] }, 5)).toThrow(/cellules absentes/);
    expect(() => roundLines([1, 2, 4], [{ total: 2, parts: [0, 1] }], 5)).toThrow(/somme de ses cellules/);
  });

  test("a three-way table may have none, and it is said", () => {
    // Cells 0 or 1 of a 2 x 2 x 2 or 3 x 3 x 3 table with all its two-way margins, base 2: a seeded walk meets both answers.
    const threeWay = (
      size: number,
      cells: readonly number[],
    ): { counts: number[]; lines: { total: number; parts: number[] }[] } => {
      const counts = [...cells];
      const lines: { total: number; parts: number[] }[] = [];
      const at = (i: number, j: number, k: number): number => (i * size + j) * size + k;
      const range = Array.from({ length: size }, (_, i) => i);
      for (const i of range)
        for (const j of range)
          for (const parts of [
            range.map((k) => at(i, j, k)),
            range.map((k) => at(i, k, j)),
            range.map((k) => at(k, i, j)),
          ]) {
            lines.push({ total: counts.length, parts });
            counts.push(parts.reduce((sum, part) => sum + (cells[part] ?? 0), 0));
          }
      return { counts, lines };
    };
    const random = seededRandom(4);
    let none = 0;
    let some = 0;
    for (let trial = 0; trial < 60; trial++) {
      const { counts, lines } = threeWay(
        3,
        Array.from({ length: 27 }, () => (random() < 0.45 ? 1 : 0)),
      );
      const rounded = roundLines(counts, lines, 2);
      if (rounded === null) none++;
      else {
        some++;
        for (const { total, parts } of lines)
          expect(parts.reduce((sum, part) => sum + rounded[part], 0)).toBe(rounded[total]);
      }
    }
    expect(some).toBeGreaterThan(0);
    expect(none).toBeGreaterThan(0);
  });

  test("a search that is too long stops with what to do", () => {
    const counts = crossed(
      6,
      6,
      Array.from({ length: 36 }, (_, i) => 1 + (i % 4)),
    );
    expect(() => roundLines(listOf(counts), linesOf(counts), 5, { most: 10 })).toThrow(/trop long.*roundCrossed/);
  });
});
