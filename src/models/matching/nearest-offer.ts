import { checkTransport, sortArcs, type TransportProblem } from "./transport-problem.ts";

/** Everybody sent to the nearest offer, as if nobody else were looking: more than one may be sent to the same post. */
export interface NearestOffers {
  /** Seekers sent along each pair of the problem. */
  readonly flow: Float64Array;
  /** Seekers sent to each offer: the input of `congestion`. */
  readonly recommended: Float64Array;
  /** Seekers who reach no offer. */
  readonly unreachedCount: number;
  readonly reachedCount: number;
  /** Sum of their costs: no assignment of the same seekers costs less. */
  readonly total: number;
}

/**
 * The nearest matching offer of each cell, ignoring competition: what a recommender that knows distances alone would say, and a lower bound of every
 * assignment. Equal costs: the smallest offer id. Pairs dearer than `mostCost` do not count. O(arcs).
 */
export function nearestOffers(problem: TransportProblem, mostCost: number = Number.POSITIVE_INFINITY): NearestOffers {
  checkTransport(problem);
  const { arcs, seekers, posts } = problem;
  const nearest = new Int32Array(seekers.length).fill(-1);
  for (const arc of sortArcs(problem).order) {
    const cell = arcs.cell[arc];
    const cost = arcs.cost[arc];
    if (cost <= mostCost && (nearest[cell] < 0 || cost < arcs.cost[nearest[cell]])) nearest[cell] = arc;
  }
  const flow = new Float64Array(arcs.cost.length);
  const recommended = new Float64Array(posts.length);
  let [unreachedCount, reachedCount, total] = [0, 0, 0];
  for (let cell = 0; cell < seekers.length; cell++) {
    const arc = nearest[cell];
    if (arc < 0) {
      unreachedCount += seekers[cell];
      continue;
    }
    flow[arc] = seekers[cell];
    recommended[arcs.offer[arc]] += seekers[cell];
    reachedCount += seekers[cell];
    total += seekers[cell] * arcs.cost[arc];
  }
  return { flow, recommended, unreachedCount, reachedCount, total };
}
