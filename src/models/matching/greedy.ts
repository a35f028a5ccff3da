import { flowsOf, type TransportFlows } from "./transport.ts";
import { checkTransport, sortArcs, type TransportProblem } from "./transport-problem.ts";

/**
 * Greedy nearest: the cheapest pair first, as many seekers as it can hold, then the next, until nothing is left to pair. The baseline of the other methods: what
 * first come, first served does when the nearest come first. Never cheaper than `transport` with the same cost of an unassigned seeker.
 *
 * Equal costs: by the id of the cell, then of the offer. Pairs dearer than `mostCost` are not made. Refuses what `transport` refuses. O(arcs log arcs).
 * @example
 * ```ts
 * const problem = {
 *   cellIds: ["a", "b"], seekers: Float64Array.of(1, 1), offerIds: ["x", "y"], posts: Float64Array.of(1, 1),
 *   arcs: { cell: Int32Array.of(0, 0, 1, 1), offer: Int32Array.of(0, 1, 0, 1), cost: Float64Array.of(1, 2, 2, 9) },
 * };
 * [[...greedy(problem).flow], greedy(problem).total] // [ [ 1, 0, 0, 1 ], 10 ]
 * ```
 */
export function greedy(problem: TransportProblem, mostCost: number = Number.POSITIVE_INFINITY): TransportFlows {
  checkTransport(problem);
  const { arcs, seekers, posts } = problem;
  const { order } = sortArcs(problem);
  const ranks = Int32Array.from(order.keys()).sort((a, b) => arcs.cost[order[a]] - arcs.cost[order[b]] || a - b);
  const left = seekers.slice();
  const room = posts.slice();
  const flow = new Float64Array(order.length);
  for (const rank of ranks) {
    const arc = order[rank];
    if (arcs.cost[arc] > mostCost) break;
    const placed = Math.min(left[arcs.cell[arc]], room[arcs.offer[arc]]);
    flow[arc] = placed;
    left[arcs.cell[arc]] -= placed;
    room[arcs.offer[arc]] -= placed;
  }
  return flowsOf(problem, flow);
}
