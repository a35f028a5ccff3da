import { QuartiersError } from "../../codes/errors.ts";
import { InfeasibleAssignmentError } from "./infeasible.ts";
import { checkTransport, sortArcs, type TransportProblem } from "./transport-problem.ts";
import { transportSimplex } from "./transport-simplex.ts";

/**
 * What an unassigned seeker counts: a stated cost each (a pair dearer than that is not worth making); "fewest": as many seekers placed as possible
 * first, then the cheapest way; "none": everybody must be placed, or the group that cannot be is named.
 */
export type UnassignedRule = { readonly cost: number } | "fewest" | "none";

/** Who goes where, in counts. */
export interface TransportFlows {
  /** Seekers on each pair of the problem, whole numbers. */
  readonly flow: Float64Array;
  /** Seekers of each cell left without an offer. */
  readonly unassigned: Float64Array;
  /** Posts of each offer left without a seeker. */
  readonly spare: Float64Array;
  readonly assignedCount: number;
  readonly unassignedCount: number;
  /** Cost of the pairs alone, in the unit of the costs; the mean cost of those placed is `total / assignedCount`. */
  readonly total: number;
}

/** The cheapest flows, with the prices that prove it (`certifyTransport`). */
export interface TransportPlan extends TransportFlows {
  /** What each unassigned seeker counts in the objective: as stated, or more than any change of pairs can save ("fewest", "none"). */
  readonly unassignedCost: number;
  /** total + unassignedCost x unassignedCount, the number made smallest. */
  readonly objective: number;
  /** u and v of the dual: u_i <= unassignedCost, v_j <= 0, u_i + v_j <= c_ij. */
  readonly cellDuals: Float64Array;
  readonly offerDuals: Float64Array;
}

/**
 * Capacitated assignment: cells of several seekers to offers of several posts, at the smallest cost (transportation problem, by the network simplex; see
 * `transportSimplex`). Integer flows. Equal plans: pairs are taken in the order of the ids of their cell and offer, so the answer does not depend on the
 * order of the tables.
 *
 * Refuses empty sides, counts that are not whole and positive, repeated pairs, negative, missing or infinite costs. Under "none", throws
 * `InfeasibleAssignmentError` with a group of cells from which none can be taken away without its posts being enough.
 * @example
 * ```ts
 * const plan = transport({
 *   cellIds: ["QP1 G1602", "QP2 G1602"], seekers: Float64Array.of(3, 2), offerIds: ["a", "b"], posts: Float64Array.of(2, 2),
 *   arcs: { cell: Int32Array.of(0, 0, 1), offer: Int32Array.of(0, 1, 0), cost: Float64Array.of(1, 8, 2) },
 * }, "fewest");
 * [[...plan.flow], plan.total, plan.unassignedCount] // [ [ 1, 2, 1 ], 19, 1 ]
 * ```
 */
export function transport(problem: TransportProblem, rule: UnassignedRule): TransportPlan {
  checkTransport(problem);
  const { seekers, posts, cellIds, offerIds } = problem;
  const unassignedCost = unassignedCostOf(problem, rule);
  const { order, arcs, cells, offers } = sortArcs(problem);
  const sortedSeekers = Float64Array.from(cells, (cell) => seekers[cell]);
  const sortedPosts = Float64Array.from(offers, (offer) => posts[offer]);
  const found = transportSimplex(sortedSeekers, sortedPosts, arcs, unassignedCost);
  const flow = new Float64Array(order.length);
  order.forEach((arc, rank) => {
    flow[arc] = found.flow[rank];
  });
  const cellDuals = new Float64Array(cellIds.length);
  const offerDuals = new Float64Array(offerIds.length);
  cells.forEach((cell, rank) => {
    cellDuals[cell] = found.cellDuals[rank];
  });
  offers.forEach((offer, rank) => {
    offerDuals[offer] = found.offerDuals[rank];
  });
  const flows = flowsOf(problem, flow);
  if (rule === "none" && flows.unassignedCount > 0) throw unplaced(problem, flows);
  const objective = flows.total + unassignedCost * flows.unassignedCount;
  return { ...flows, unassignedCost, objective, cellDuals, offerDuals };
}

/** Totals of flows that are whole numbers and respect both sides; refuses others. Serves every method of the same problem. O(arcs). */
export function flowsOf(
  { cellIds, seekers, offerIds, posts, arcs }: TransportProblem,
  flow: Float64Array,
): TransportFlows {
  const unassigned = seekers.slice();
  const spare = posts.slice();
  let total = 0;
  let assignedCount = 0;
  for (let k = 0; k < flow.length; k++) {
    if (flow[k] === 0) continue;
    unassigned[arcs.cell[k]] -= flow[k];
    spare[arcs.offer[k]] -= flow[k];
    total += flow[k] * arcs.cost[k];
    assignedCount += flow[k];
  }
  const wrong = flow.findIndex((value) => !(Number.isInteger(value) && value >= 0));
  const cell = unassigned.findIndex((left) => left < 0);
  const offer = spare.findIndex((left) => left < 0);
  if (flow.length !== arcs.cost.length || wrong >= 0 || cell >= 0 || offer >= 0) {
    throw new QuartiersError({
      what: "Ce n'est pas un plan d'affectation",
      value: wrong >= 0 ? String(flow[wrong]) : (cellIds[cell] ?? offerIds[offer] ?? `${flow.length} flux`),
      expected:
        "un flux entier par paire, sans plus de demandeurs que la cellule n'en compte ni que l'offre n'a de postes",
    });
  }
  let unassignedCount = 0;
  for (const left of unassigned) unassignedCount += left;
  return { flow, unassigned, spare, assignedCount, unassignedCount, total };
}

/** "fewest": one more placed changes at most n + 1 pairs, n the smaller number of nodes; a whole number, so that whole costs stay exact. */
function unassignedCostOf({ seekers, posts, arcs }: TransportProblem, rule: UnassignedRule): number {
  if (typeof rule === "object") {
    if (rule.cost >= 0 && rule.cost < Number.POSITIVE_INFINITY) return rule.cost;
    throw new QuartiersError({
      what: "Coût d'un non-affecté impossible",
      value: String(rule.cost),
      expected: "un nombre fini, positif ou nul, dans l'unité des coûts",
      remedy:
        "\u00ab\u202ffewest\u202f» place le plus de monde possible, \u00ab\u202fnone\u202f» exige de placer tout le monde",
    });
  }
  let largest = 0;
  for (const cost of arcs.cost) if (cost > largest) largest = cost;
  return Math.ceil((Math.min(seekers.length, posts.length) + 2) * (largest + 1));
}

/** Cells that can trade places with an unplaced one, reduced until none can be taken away. O(rounds x arcs). */
function unplaced(
  { cellIds, seekers, offerIds, posts, arcs }: TransportProblem,
  { flow, unassigned }: TransportFlows,
): InfeasibleAssignmentError {
  const byName = (a: number, b: number): number => ((cellIds[a] ?? "") < (cellIds[b] ?? "") ? -1 : 1);
  const start = [...unassigned.keys()].filter((cell) => unassigned[cell] > 0).sort(byName)[0] ?? 0;
  const group = new Set([start]);
  const reached = new Set<number>();
  for (let grew = true; grew; ) {
    grew = false;
    for (let k = 0; k < flow.length; k++) {
      const [cell, offer] = [arcs.cell[k], arcs.offer[k]];
      if (group.has(cell) && !reached.has(offer)) grew = Boolean(reached.add(offer));
      if (flow[k] > 0 && reached.has(offer) && !group.has(cell)) grew = Boolean(group.add(cell));
    }
  }
  const offersOf = new Map<number, number[]>([...group].map((cell) => [cell, []]));
  const timesReached = new Map<number, number>();
  for (let k = 0; k < flow.length; k++) {
    if (!group.has(arcs.cell[k])) continue;
    offersOf.get(arcs.cell[k])?.push(arcs.offer[k]);
    timesReached.set(arcs.offer[k], (timesReached.get(arcs.offer[k]) ?? 0) + 1);
  }
  let excess = 0;
  for (const cell of group) excess += seekers[cell];
  for (const offer of reached) excess -= posts[offer];
  for (let shrank = true; shrank; ) {
    shrank = false;
    for (const cell of [...group].sort(byName).reverse()) {
      const own = (offersOf.get(cell) ?? []).filter((offer) => timesReached.get(offer) === 1);
      const change = own.reduce((sum, offer) => sum + posts[offer], 0) - seekers[cell];
      if (group.size === 1 || excess + change <= 0) continue;
      excess += change;
      shrank = group.delete(cell);
      for (const offer of offersOf.get(cell) ?? []) timesReached.set(offer, (timesReached.get(offer) ?? 0) - 1);
      for (const offer of own) reached.delete(offer);
    }
  }
  const names = (ids: readonly string[], set: ReadonlySet<number>): string[] =>
    [...set].map((i) => ids[i] ?? "").sort();
  const needed = [...group].reduce((sum, cell) => sum + seekers[cell], 0);
  return new InfeasibleAssignmentError(
    { members: names(cellIds, group), reached: names(offerIds, reached), needed, available: needed - excess },
    "seekers",
  );
}
