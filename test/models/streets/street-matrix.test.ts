import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contractStreets } from "../../../src/models/streets/contract-streets.ts";
import { type StreetCost, shortestCosts, shortestPath } from "../../../src/models/streets/shortest-path.ts";
import type { StreetGraph } from "../../../src/models/streets/street-graph.ts";
import { eachStreetRow, streetMatrix, streetTargets } from "../../../src/models/streets/street-matrix.ts";
import { streetReach } from "../../../src/models/streets/street-reach.ts";
import { cities, graphOf, reversed, streets } from "../../support/random-streets.ts";

/** The textbook's Dijkstra (1959): no heap, the nearest of all nodes each time. */
function textbook(graph: StreetGraph, from: number, cost: StreetCost = "seconds"): number[] {
  const count = graph.starts.length - 1;
  const costs = new Array<number>(count).fill(Infinity);
  const settled = new Set<number>();
  costs[from] = 0;
  for (;;) {
    let nearest = -1;
    for (let node = 0; node < count; node++)
      if (!settled.has(node) && costs[node] < (nearest === -1 ? Infinity : costs[nearest])) nearest = node;
    if (nearest === -1) return costs;
    settled.add(nearest);
    for (let arc = graph.starts[nearest]; arc < graph.starts[nearest + 1]; arc++) {
      const head = graph.heads[arc];
      costs[head] = Math.min(costs[head], costs[nearest] + graph[cost][arc]);
    }
  }
}

const nodesOf = (graph: StreetGraph): Int32Array => Int32Array.from({ length: graph.starts.length - 1 }, (_, i) => i);
const near = (a: number, b: number): boolean => a === b || Math.abs(a - b) <= 1e-6;
const anyStreets = fc.oneof(streets, cities);

describe("on drawn graphs", () => {
  test("the matrix is the textbook's, in time and in length", () => {
    fc.assert(
      fc.property(anyStreets, fc.constantFrom<StreetCost>("seconds", "metres"), (graph, cost) => {
        const all = nodesOf(graph);
        const matrix = streetMatrix(contractStreets(graph, { cost }), all, all);
        for (const from of all) {
          const expected = textbook(graph, from, cost);
          const found = matrix.subarray(from * all.length, (from + 1) * all.length);
          for (const to of all) if (!near(found[to], expected[to])) expect([from, to, found[to]]).toBe(expected[to]);
          expect(found[from]).toBe(0);
          const own = shortestCosts(graph, from, { cost });
          for (const to of all) if (!near(own[to], expected[to])) expect([from, to, own[to]]).toBe(expected[to]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("no detour is shorter than the way: the matrix holds the triangle inequality", () => {
    fc.assert(
      fc.property(anyStreets, (graph) => {
        const all = nodesOf(graph);
        const n = all.length;
        const matrix = streetMatrix(contractStreets(graph), all, all);
        for (let a = 0; a < n; a++)
          for (let b = 0; b < n; b++)
            for (let c = 0; c < n; c++)
              if (matrix[a * n + c] > matrix[a * n + b] + matrix[b * n + c] + 1e-6)
                expect([a, b, c]).toBe("un détour plus court");
      }),
      { numRuns: 100 },
    );
  });

  test("the way back on reversed streets is the transposed matrix", () => {
    fc.assert(
      fc.property(anyStreets, (graph) => {
        const all = nodesOf(graph);
        const n = all.length;
        const there = streetMatrix(contractStreets(graph), all, all);
        const back = streetMatrix(contractStreets(reversed(graph)), all, all);
        for (let a = 0; a < n; a++)
          for (let b = 0; b < n; b++)
            if (!near(there[a * n + b], back[b * n + a])) expect([a, b, there[a * n + b]]).toBe(back[b * n + a]);
      }),
      { numRuns: 100 },
    );
  });

  test("some origins and destinations, in any order and repeated, give their part of the whole matrix, bit for bit", () => {
    const some = fc.array(fc.nat(), { maxLength: 30 });
    fc.assert(
      fc.property(anyStreets, some, some, (graph, a, b) => {
        const n = graph.starts.length - 1;
        const pick = (draws: number[]): Int32Array => Int32Array.from(draws, (draw) => (draw % (n + 1)) - 1);
        const [from, to] = [pick(a), pick(b)];
        const hierarchy = contractStreets(graph);
        const whole = streetMatrix(hierarchy, nodesOf(graph), nodesOf(graph));
        const expected = Array.from(from, (i) => Array.from(to, (j) => (i < 0 || j < 0 ? Infinity : whole[i * n + j])));
        expect(Array.from(streetMatrix(hierarchy, from, to))).toEqual(expected.flat());
        const visited: number[] = [];
        eachStreetRow(hierarchy, streetTargets(hierarchy, to), from, (origin, row) => {
          visited.push(origin);
          expect(Array.from(row)).toEqual(expected[origin]);
        });
        expect(visited.sort((x, y) => x - y)).toEqual(Array.from(from, (_, i) => i));
      }),
      { numRuns: 200 },
    );
  });

  test("the reach is the matrix within its radius, from the graph and from the hierarchy", () => {
    const radius = fc.oneof(fc.constantFrom(0, 1, Infinity), fc.double({ min: 0, max: 2000, noNaN: true }));
    fc.assert(
      fc.property(anyStreets, radius, fc.array(fc.nat(), { maxLength: 20 }), (graph, maxSeconds, draws) => {
        const n = graph.starts.length - 1;
        const to = Int32Array.from(draws, (draw) => (draw % (n + 1)) - 1);
        const from = Int32Array.of(-1, ...nodesOf(graph));
        const matrix = streetMatrix(contractStreets(graph), from, to);
        for (const network of [graph, contractStreets(graph)]) {
          const { starts, targets, seconds } = streetReach(network, from, to, maxSeconds);
          for (let i = 0; i < from.length; i++) {
            const row = new Map<number, number>();
            for (let k = starts[i]; k < starts[i + 1]; k++) row.set(targets[k], seconds[k]);
            expect([...row.keys()]).toEqual([...row.keys()].sort((x, y) => x - y));
            expect(row.size).toBe(starts[i + 1] - starts[i]);
            for (let j = 0; j < to.length; j++) {
              const time = matrix[i * to.length + j];
              if (Math.abs(time - maxSeconds) <= 1e-6) continue;
              expect(row.has(j)).toBe(time < Infinity && time <= maxSeconds);
              if (row.has(j)) expect(near(row.get(j) ?? Number.NaN, time)).toBe(true);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test("the path that explains a time is made of streets, and costs that time", () => {
    fc.assert(
      fc.property(anyStreets, fc.nat(), fc.nat(), (graph, a, b) => {
        const n = graph.starts.length - 1;
        const [from, to] = [a % n, b % n];
        const expected = textbook(graph, from)[to];
        const path = shortestPath(graph, from, to);
        if (path === null) {
          expect(expected).toBe(Infinity);
          return;
        }
        expect(path.seconds).toBeCloseTo(expected, 6);
        expect([path.nodes[0], path.nodes[path.nodes.length - 1]]).toEqual([from, to]);
        let sum = 0;
        for (let i = 1; i < path.nodes.length; i++) {
          const arcs = [];
          for (let arc = graph.starts[path.nodes[i - 1]]; arc < graph.starts[path.nodes[i - 1] + 1]; arc++)
            if (graph.heads[arc] === path.nodes[i]) arcs.push(graph.seconds[arc]);
          sum += Math.min(...arcs);
        }
        expect(sum).toBeCloseTo(expected, 6);
      }),
      { numRuns: 300 },
    );
  });

  test("the same graph gives the same hierarchy", () => {
    fc.assert(
      fc.property(anyStreets, (graph) => {
        expect(contractStreets(graph)).toEqual(contractStreets(graph));
      }),
    );
  });
});

describe("edges of the input", () => {
  const street = graphOf(4, [
    [0, 1, 60, 80],
    [1, 2, 30, 20],
    [1, 0, 60, 80],
  ]);

  test("no street, no origin, no destination", () => {
    const empty = contractStreets(graphOf(0, []));
    expect(streetMatrix(empty, Int32Array.of(-1), Int32Array.of(-1, -1))).toEqual(Float64Array.of(Infinity, Infinity));
    const hierarchy = contractStreets(street);
    expect(streetMatrix(hierarchy, new Int32Array(0), Int32Array.of(1))).toEqual(new Float64Array(0));
    expect(streetMatrix(hierarchy, Int32Array.of(1), new Int32Array(0))).toEqual(new Float64Array(0));
    expect(streetReach(street, new Int32Array(0), Int32Array.of(1), 60).starts).toEqual(Int32Array.of(0));
    expect(shortestCosts(street, -1)).toEqual(new Float64Array(4).fill(Infinity));
    expect(shortestPath(street, 0, -1)).toBeNull();
  });

  test("a node without a way is at Infinity, a one-way street has no way back", () => {
    const matrix = streetMatrix(contractStreets(street), Int32Array.of(0, 2), Int32Array.of(0, 2, 3));
    expect(matrix).toEqual(Float64Array.of(0, 90, Infinity, Infinity, 0, Infinity));
  });

  test("a search stops at its limit, bound included, or at its targets", () => {
    expect(shortestCosts(street, 0, { maxCost: 60 })).toEqual(Float64Array.of(0, 60, Infinity, Infinity));
    expect(shortestCosts(street, 0, { targets: [1, 0, 1] })).toEqual(Float64Array.of(0, 60, Infinity, Infinity));
    expect(shortestPath(street, 0, 2, { maxCost: 89 })).toBeNull();
    expect(shortestPath(street, 0, 2)).toEqual({ nodes: Int32Array.of(0, 1, 2), seconds: 90, metres: 100 });
  });

  test("numbers that are not nodes are refused, with their rank", () => {
    const hierarchy = contractStreets(street);
    expect(() => streetMatrix(hierarchy, Int32Array.of(0, 4), Int32Array.of(0))).toThrow(
      "«\u202f4\u202f». Lieu\u00a0: départs, rang 1",
    );
    expect(() => streetMatrix(hierarchy, Int32Array.of(0), Int32Array.of(-2))).toThrow("un entier de 0 à 3, ou -1");
    expect(() => streetReach(street, Int32Array.of(7), Int32Array.of(0), 60)).toThrow("départs");
    expect(() => shortestCosts(street, 0.5)).toThrow("0.5");
    expect(() => shortestPath(street, 0, 9)).toThrow("arrivée");
  });

  test("impossible costs, limits and units are refused", () => {
    for (const bad of [-1, Number.NaN, Infinity])
      expect(() => contractStreets(graphOf(2, [[0, 1, bad, 1]]))).toThrow("Coût d'un tronçon de rue impossible");
    for (const bad of [-1, Number.NaN])
      expect(() => streetReach(street, Int32Array.of(0), Int32Array.of(0), bad)).toThrow("Limite de trajet impossible");
    expect(() =>
      streetReach(contractStreets(street, { cost: "metres" }), Int32Array.of(0), Int32Array.of(0), 1),
    ).toThrow("secondes");
  });
});
