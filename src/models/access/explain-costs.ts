import { QuartiersError } from "../../codes/errors.ts";
import { checkColumns } from "./pair-sums.ts";
import type { RaamAccess } from "./raam-market.ts";
import { pairCount, type TravelMatrix } from "./travel-matrix.ts";

/** A destination with opportunities, in order of cost from one origin. */
export interface CostStep {
  readonly id: string;
  readonly cost: number;
  readonly opportunities: number;
  /** Opportunities at this cost or under: what a cumulative measure, a cost to the k-th closest and a balancing cost read. */
  readonly within: number;
}

/**
 * What an origin finds as its cost grows: explains cumulative opportunities at every cut-off, the cost to the k-th closest (the first step whose `within` is at
 * least k) and the balancing cost (the first one that exceeds the people). Equal costs share their `within`. O(pairs of the origin, log).
 */
export function explainCosts(
  matrix: TravelMatrix,
  input: { readonly cost: Float64Array; readonly opportunities: Float64Array; readonly id: string },
): CostStep[] {
  const { cost, opportunities, id } = input;
  checkColumns(matrix, { weights: cost, byDestination: { opportunities } });
  const steps = pairsFrom(matrix, id)
    .filter(({ pair, destination }) => opportunities[destination] > 0 && cost[pair] < Number.POSITIVE_INFINITY)
    .sort((a, b) => cost[a.pair] - cost[b.pair]);
  let within = 0;
  let counted = 0;
  return steps.map(({ pair, destination }) => {
    for (; counted < steps.length; counted++) {
      const next = steps[counted];
      if (!next || cost[next.pair] > cost[pair]) break;
      within += opportunities[next.destination];
    }
    return {
      id: matrix.destinationIds[destination] ?? "",
      cost: cost[pair],
      opportunities: opportunities[destination],
      within,
    };
  });
}

/** A place that people of one origin use in a rational agent access model. */
export interface RaamStep {
  readonly id: string;
  readonly people: number;
  /** Cost over tau. */
  readonly travel: number;
  readonly crowding: number;
  /** travel + crowding: the same for all places used, at equilibrium. */
  readonly total: number;
}

/** Where the people of one origin go, and what it costs them, most people first. O(pairs of the origin). */
export function explainRaam(
  matrix: TravelMatrix,
  raam: RaamAccess,
  input: { readonly cost: Float64Array; readonly tau?: number; readonly id: string },
): RaamStep[] {
  const { cost, tau = 60, id } = input;
  if (cost.length !== pairCount(matrix) || raam.assignment.length !== cost.length)
    throw new QuartiersError({
      what: "Coûts ou affectation d'une autre matrice",
      value: `${cost.length} et ${raam.assignment.length}`,
      expected: `${pairCount(matrix)} couples`,
    });
  return pairsFrom(matrix, id)
    .filter(({ pair }) => raam.assignment[pair] > 0)
    .map(({ pair, destination }) => ({
      id: matrix.destinationIds[destination] ?? "",
      people: raam.assignment[pair],
      travel: cost[pair] / tau,
      crowding: raam.crowding[destination],
      total: cost[pair] / tau + raam.crowding[destination],
    }))
    .sort((a, b) => b.people - a.people);
}

function pairsFrom(matrix: TravelMatrix, id: string): { readonly pair: number; readonly destination: number }[] {
  const origin = matrix.originIds.indexOf(id);
  if (origin < 0) throw new QuartiersError({ what: "Origine inconnue", value: id, expected: "un lieu de la matrice" });
  const start = matrix.starts[origin];
  return Array.from({ length: matrix.starts[origin + 1] - start }, (_, k) => ({
    pair: start + k,
    destination: matrix.destinations ? matrix.destinations[start + k] : k,
  }));
}
