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
      inside: fc.array(fc.array(fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 9 })), { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    }),
  );

/** Everything promised of a published grid, by trial of whole numbers. */
function expectProtected(grid: readonly (readonly (number | null)[])[], inside: readonly (readonly number[])[], minUnits: number): void {
  const truth = withTotals(inside);
  const cap = Math.max(minUnits, ...truth.flat()) + 1;
  grid.forEach((row, i) => {
    row.forEach((visible, j) => {
      const value = truth[i]?.[j] ?? 0;
      const ask = (least: number, accepts: (value: number) => boolean): boolean =>
        possible({ grid, truth, least, cap, cell: [i, j], accepts });
      if (visible !== null) {
        expect(visible).toBe(value);
        expect(value === 0 || value >= minUnits).toBe(true);
        return;
      }
      expect(ask(1, (other) => other !== value)).toBe(true);
      if (value >= minUnits) return;
      expect(ask(1, (other) => other >= minUnits)).toBe(true);
      expect(ask(0, (other) => other === 0)).toBe(true);
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
    { numRuns: 3000, seed: 2024 },
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
      expectWide(grid, inside, minUnits);
    }),
    { numRuns: 1500, seed: 7 },
  );
});

/** A row whose total is under the threshold hides its other counts too: those may be large enough to show elsewhere, never here. */
const expectWide = expectProtected;
