import fc from "fast-check";
import { expect, test } from "vitest";
import { release } from "../../src/protection/release.ts";
import { possible } from "./brute-force.ts";
import { crossed, crossedMargin, seen, wide, withTotals } from "./support.ts";

const smallTables = fc
  .tuple(fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 3 }), fc.integer({ min: 2, max: 5 }))
  .chain(([rows, columns, minUnits]) =>
    fc.record({
      minUnits: fc.constant(minUnits),
      inside: fc.array(
        fc.array(fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 9 })), {
          minLength: columns,
          maxLength: columns,
        }),
        {
          minLength: rows,
          maxLength: rows,
        },
      ),
    }),
  );

const asked = { yes: 0, no: 0, undecided: 0 };

/** Everything promised of a published grid, by trial of whole numbers. */
function expectProtected(
  grid: readonly (readonly (number | null)[])[],
  inside: readonly (readonly number[])[],
  minUnits: number,
): void {
  const truth = withTotals(inside);
  const cap = Math.max(minUnits, ...truth.flat()) + 1;
  grid.forEach((row, i) => {
    row.forEach((visible, j) => {
      const value = truth[i]?.[j] ?? 0;
      const ask = (least: number, accepts: (value: number) => boolean): string => {
        const answer = possible({ grid, truth, least, cap, cell: [i, j], accepts });
        asked[answer]++;
        return answer;
      };
      if (visible !== null) {
        expect(visible).toBe(value);
        expect(value === 0 || value >= minUnits).toBe(true);
        return;
      }
      expect(ask(1, (other) => other !== value)).not.toBe("no");
      if (value >= minUnits) return;
      expect(ask(1, (other) => other >= minUnits)).not.toBe("no");
      expect(ask(0, (other) => other === 0)).not.toBe("no");
    });
  });
}

test("no hidden cell of a crossed table is recovered, nor known to be small, by trying every whole number", () => {
  fc.assert(
    fc.property(smallTables, ({ inside, minUnits }) => {
      const out = release(crossed(inside, minUnits), { name: "essai", counts: "n", margins: [crossedMargin] });
      const flat = seen(out, "n");
      const width = (inside[0]?.length ?? 0) + 1;
      const grid = Array.from({ length: inside.length + 1 }, (_, i) => flat.slice(i * width, (i + 1) * width));
      expectProtected(grid, inside, minUnits);
    }),
    { numRuns: 1000, seed: 2024 },
  );
});

test("the same holds when column sums and margins are linked", () => {
  fc.assert(
    fc.property(smallTables, ({ inside, minUnits }) => {
      const t = wide(inside, minUnits);
      const names = Object.keys(t.columns);
      const parts = names.filter((name) => name !== "total");
      const rows = inside.map((_, i) => i);
      const out = release(t, {
        name: "essai",
        counts: names,
        columnSums: [{ total: "total", parts }],
        margins: names.map((column) => ({ column, total: inside.length, parts: rows })),
      });
      const columns = names.map((name) => seen(out, name));
      const grid = Array.from({ length: inside.length + 1 }, (_, i) => columns.map((values) => values[i] ?? null));
      expectProtected(grid, inside, minUnits);
    }),
    { numRuns: 500, seed: 7 },
  );
});

test("nearly every question above was decided", () => {
  console.log(asked);
  expect(asked.no).toBe(0);
  expect(asked.yes).toBeGreaterThan(5000);
  expect(asked.undecided / asked.yes).toBeLessThan(0.03);
});

test("the attacker by trial finds what must be found: one hidden cell, or two of one row", () => {
  const truth = withTotals([
    [4, 20],
    [15, 30],
  ]);
  const hiding = (...cells: string[]): (number | null)[][] =>
    truth.map((row, i) => row.map((n, j) => (cells.includes(`${i}${j}`) ? null : n)));
  const other = (grid: (number | null)[][]): string =>
    possible({ grid, truth, least: 0, cap: 70, cell: [0, 0], accepts: (n) => n !== 4 });
  expect([other(hiding("00")), other(hiding("00", "01")), other(hiding("00", "01", "10", "11"))]).toEqual([
    "no",
    "no",
    "yes",
  ]);
});
