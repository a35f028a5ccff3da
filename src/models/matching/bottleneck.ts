import { flowsOf, type TransportFlows, transport } from "./transport.ts";
import type { TransportProblem } from "./transport-problem.ts";

/** A plan whose worst-off seeker travels as little as possible. */
export interface BottleneckPlan {
  /** The cheapest plan among those; its pairs are those of the problem, in its order. */
  readonly plan: TransportFlows;
  /** Cost of the worst pair that any plan placing as many must use; null when nobody can be placed. */
  readonly worstCost: number | null;
}

/**
 * Bottleneck (max-min) plan: as many placed as possible, then the smallest worst cost, then the smallest total. The fairest plan in the sense of Rawls, to be compared
 * with the cheapest by `priceOfFairness`. By bisection over the distinct costs, each step a maximum flow. O(log arcs) runs of `transport`.
 */
export function bottleneck(problem: TransportProblem): BottleneckPlan {
  const { arcs } = problem;
  const placed = transport(problem, "fewest").assignedCount;
  const costs = Float64Array.from(new Set(arcs.cost)).sort();
  const within = (most: number): TransportProblem & { readonly kept: Int32Array } => {
    const kept = Int32Array.from(arcs.cost.keys()).filter((k) => arcs.cost[k] <= most);
    const pick = (from: Int32Array): Int32Array => kept.map((k) => from[k]);
    const cost = Float64Array.from(kept, (k) => arcs.cost[k]);
    return { ...problem, kept, arcs: { cell: pick(arcs.cell), offer: pick(arcs.offer), cost } };
  };
  const places = (most: number): number => {
    const limited = within(most);
    return transport({ ...limited, arcs: { ...limited.arcs, cost: limited.arcs.cost.map(() => 0) } }, "fewest")
      .assignedCount;
  };
  let low = 0;
  let high = costs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places(costs[middle]) === placed) high = middle;
    else low = middle + 1;
  }
  const limited = within(placed > 0 ? costs[low] : -1);
  const { flow: some } = transport(limited, "fewest");
  const flow = new Float64Array(arcs.cost.length);
  for (let k = 0; k < limited.kept.length; k++) flow[limited.kept[k]] = some[k];
  return { plan: flowsOf(problem, flow), worstCost: placed > 0 ? costs[low] : null };
}
