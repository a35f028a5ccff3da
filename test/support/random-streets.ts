import fc from "fast-check";
import type { StreetGraph } from "../../src/models/streets/street-graph.ts";

/** An arc of a drawn graph: tail, head, seconds, metres. */
export type DrawnArc = readonly [tail: number, head: number, seconds: number, metres: number];

/** A graph from a list of arcs, in any order; nodes on a line of the equator. */
export function graphOf(nodes: number, arcs: readonly DrawnArc[]): StreetGraph {
  const sorted = [...arcs].sort(([a], [b]) => a - b);
  const starts = new Int32Array(nodes + 1);
  for (const [tail] of sorted) starts[tail + 1]++;
  for (let node = 0; node < nodes; node++) starts[node + 1] += starts[node];
  return {
    mode: "car",
    lon: Float64Array.from({ length: nodes }, (_, node) => node / 1000),
    lat: new Float64Array(nodes),
    starts,
    heads: Int32Array.from(sorted, ([, head]) => head),
    seconds: Float64Array.from(sorted, ([, , seconds]) => seconds),
    metres: Float64Array.from(sorted, ([, , , metres]) => metres),
  };
}

/** The same streets, each in the other direction. */
export function reversed(graph: StreetGraph): StreetGraph {
  const arcs: DrawnArc[] = [];
  for (let node = 0; node < graph.starts.length - 1; node++)
    for (let arc = graph.starts[node]; arc < graph.starts[node + 1]; arc++)
      arcs.push([graph.heads[arc], node, graph.seconds[arc], graph.metres[arc]]);
  return graphOf(graph.starts.length - 1, arcs);
}

/** A cost: often nothing, often the same small number (ties), else any length. */
const cost = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 3 }),
  fc.double({ min: 0, max: 1000, noNaN: true, noDefaultInfinity: true }),
);

/** Small graphs of every kind: parts without a link, parallel arcs, arcs from a node to itself, one-way arcs, arcs of no cost. */
export const streets: fc.Arbitrary<StreetGraph> = fc.integer({ min: 1, max: 24 }).chain((nodes) => {
  const node = fc.integer({ min: 0, max: nodes - 1 });
  return fc.array(fc.tuple(node, node, cost, cost), { maxLength: nodes * 4 }).map((arcs) => graphOf(nodes, arcs));
});

/** A planar grid of streets, some of them one-way: witnesses, ties and deep hierarchies, as in a city. */
export const cities: fc.Arbitrary<StreetGraph> = fc
  .tuple(fc.integer({ min: 2, max: 9 }), fc.infiniteStream(fc.tuple(cost, cost, fc.integer({ min: 0, max: 3 }))))
  .map(([side, draws]) => {
    const arcs: DrawnArc[] = [];
    const join = (a: number, b: number): void => {
      const [seconds, metres, kind] = draws.next().value ?? [1, 1, 0];
      if (kind !== 1) arcs.push([a, b, seconds, metres]);
      if (kind !== 2) arcs.push([b, a, seconds, metres]);
    };
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        if (x + 1 < side) join(y * side + x, y * side + x + 1);
        if (y + 1 < side) join(y * side + x, (y + 1) * side + x);
      }
    return graphOf(side * side, arcs);
  });
