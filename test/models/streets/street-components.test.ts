import fc from "fast-check";
import { expect, test } from "vitest";
import { streetComponents } from "../../../src/models/streets/street-components.ts";

/** Rows of a graph from pairs of nodes. */
function rows(count: number, arcs: readonly (readonly [number, number])[]): { starts: Int32Array; heads: Int32Array } {
  const sorted = [...arcs].sort(([a], [b]) => a - b);
  const starts = Int32Array.from({ length: count + 1 }, (_, node) => sorted.filter(([tail]) => tail < node).length);
  return { starts, heads: Int32Array.from(sorted, ([, head]) => head) };
}

test("two nodes are together when each reaches the other: the closure says the same", () => {
  const graph = fc
    .integer({ min: 1, max: 9 })
    .chain((count) =>
      fc.tuple(
        fc.constant(count),
        fc.array(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), { maxLength: 16 }),
      ),
    );
  fc.assert(
    fc.property(graph, ([count, arcs]) => {
      const reach = Array.from({ length: count }, (_, a) => Array.from({ length: count }, (_, b) => a === b));
      for (const [a, b] of arcs) reach[a][b] = true;
      for (let via = 0; via < count; via++)
        for (let a = 0; a < count; a++) for (let b = 0; b < count; b++) reach[a][b] ||= reach[a][via] && reach[via][b];
      const { of, sizes, largest } = streetComponents(rows(count, arcs));
      for (let a = 0; a < count; a++) {
        for (let b = 0; b < count; b++) expect(of[a] === of[b]).toBe(reach[a][b] && reach[b][a]);
        expect(sizes[of[a]]).toBe(of.filter((piece) => piece === of[a]).length);
        expect(sizes[of[a]]).toBeLessThanOrEqual(sizes[largest]);
      }
    }),
    { numRuns: 500 },
  );
});

test("a street of half a million nodes in a row breaks no stack", () => {
  const count = 500_000;
  const starts = Int32Array.from({ length: count + 1 }, (_, node) => node);
  const round = streetComponents({
    starts,
    heads: Int32Array.from({ length: count }, (_, node) => (node + 1) % count),
  });
  expect([...round.sizes]).toEqual([count]);
  const line = streetComponents({
    starts: starts.map((start) => Math.min(start, count - 1)),
    heads: Int32Array.from({ length: count - 1 }, (_, node) => node + 1),
  });
  expect(line.sizes.length).toBe(count);
});

test("no node", () => {
  expect(streetComponents({ starts: Int32Array.of(0), heads: new Int32Array(0) }).largest).toBe(-1);
});
