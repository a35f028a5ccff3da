import { QuartiersError } from "../../codes/errors.ts";
import { flowsOf, type TransportFlows } from "./transport.ts";
import { checkTransport, type TransportProblem } from "./transport-problem.ts";

/** What a plan gives to one group of cells (QPV, outside, a level of diploma, one neighbourhood). */
export interface GroupOutcome {
  readonly group: string;
  readonly seekers: number;
  readonly assigned: number;
  /** Share of its seekers without an offer. */
  readonly unassignedShare: number;
  /** Mean cost of those placed; null when none is. */
  readonly meanCost: number | null;
  /** Mean rank of the offer obtained among those the cell reaches, 1 for its nearest; offers of equal cost share a rank. null when none is placed. */
  readonly meanRank: number | null;
  /** Mean cost of all its seekers, those without an offer at the stated cost: what groups are compared on. */
  readonly meanBurden: number;
}

/** Outcomes in the order of the groups' names. */
export interface Fairness {
  readonly groups: readonly GroupOutcome[];
  /** The group of the highest mean burden (the first by name when equal), and how far it is above the lowest one. */
  readonly worst: GroupOutcome;
  readonly spread: number;
}

/**
 * Compares groups under a plan. `groupOfCell` gives one label a cell: cells are counts, so groups are too, and a small group is to be protected like any table
 * of counts. Refuses a label missing, a cost of an unassigned seeker that is not one. O(arcs log arcs).
 */
export function fairness(
  problem: TransportProblem,
  { flow }: Pick<TransportFlows, "flow">,
  groupOfCell: readonly string[],
  unassignedCost: number,
): Fairness {
  checkTransport(problem);
  const { seekers, arcs } = problem;
  const { unassigned } = flowsOf(problem, flow);
  if (groupOfCell.length !== seekers.length || !(unassignedCost >= 0 && unassignedCost < Number.POSITIVE_INFINITY)) {
    throw new QuartiersError({
      what: "Comparaison de groupes impossible",
      value: `${groupOfCell.length} groupes, non-affecté à ${unassignedCost}`,
      expected: `${seekers.length} groupes (un par cellule) et un coût fini, positif ou nul`,
    });
  }
  const ranks = ranksOfArcs(problem);
  const sums = new Map<string, { seekers: number; unassigned: number; cost: number; rank: number }>();
  const sumOf = (cell: number): { seekers: number; unassigned: number; cost: number; rank: number } => {
    const group = groupOfCell[cell] ?? "";
    const sum = sums.get(group) ?? { seekers: 0, unassigned: 0, cost: 0, rank: 0 };
    sums.set(group, sum);
    return sum;
  };
  for (let cell = 0; cell < seekers.length; cell++) {
    const sum = sumOf(cell);
    sum.seekers += seekers[cell];
    sum.unassigned += unassigned[cell];
  }
  for (let k = 0; k < flow.length; k++) {
    if (flow[k] === 0) continue;
    const sum = sumOf(arcs.cell[k]);
    sum.cost += flow[k] * arcs.cost[k];
    sum.rank += flow[k] * ranks[k];
  }
  const groups = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, sum]): GroupOutcome => {
      const assigned = sum.seekers - sum.unassigned;
      return {
        ...{ group, seekers: sum.seekers, assigned, unassignedShare: sum.unassigned / sum.seekers },
        meanCost: assigned > 0 ? sum.cost / assigned : null,
        meanRank: assigned > 0 ? sum.rank / assigned : null,
        meanBurden: (sum.cost + unassignedCost * sum.unassigned) / sum.seekers,
      };
    });
  const worst = groups.reduce((most, group) => (group.meanBurden > most.meanBurden ? group : most));
  return { groups, worst, spread: worst.meanBurden - Math.min(...groups.map(({ meanBurden }) => meanBurden)) };
}

/** For each pair, 1 + the number of offers that its cell reaches at a strictly smaller cost. */
function ranksOfArcs({ arcs }: TransportProblem): Float64Array {
  const { cell, cost } = arcs;
  const order = Int32Array.from(cost.keys()).sort((a, b) => cell[a] - cell[b] || cost[a] - cost[b]);
  const ranks = new Float64Array(cost.length);
  let start = 0;
  for (let k = 0; k < order.length; k++) {
    const [arc, before] = [order[k], order[k - 1]];
    if (k > 0 && cell[arc] !== cell[before]) start = k;
    ranks[arc] = k > start && cost[arc] === cost[before] ? ranks[before] : k - start + 1;
  }
  return ranks;
}

/** What a fairer plan costs more than the cheapest one, both with their unassigned at the same stated cost. */
export interface PriceOfFairness {
  readonly extraCost: number;
  /** As a share of the cheapest; null when the cheapest costs nothing. */
  readonly share: number | null;
}

/** Price of fairness (Bertsimas, Farias, Trichakis 2011): extra total cost of a plan over the cheapest one. */
export function priceOfFairness(
  cheapest: TransportFlows,
  fairer: TransportFlows,
  unassignedCost: number,
): PriceOfFairness {
  const full = ({ total, unassignedCount }: TransportFlows): number => total + unassignedCost * unassignedCount;
  const extraCost = full(fairer) - full(cheapest);
  return { extraCost, share: full(cheapest) > 0 ? extraCost / full(cheapest) : null };
}
