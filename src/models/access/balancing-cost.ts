import { QuartiersError } from "../../codes/errors.ts";
import { eachCostOrder } from "./cost-order.ts";
import type { CostColumn } from "./distinct-costs.ts";
import { checkColumns } from "./pair-sums.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

export interface BalancingCostInput {
  readonly cost: CostColumn;
  readonly opportunities: Float64Array;
  /** People at each origin. */
  readonly demand: Float64Array;
  /** Costs are looked at 0, increment, 2 × increment...; null gives the exact cost. */
  readonly increment?: number | null;
}

/**
 * Balancing cost (Barboza, Carneiro, Falavigna, Luz and Orrico 2021): the smallest cost within which opportunities are more numerous than the people of the
 * origin, on the grid of `increment` (1 by default, as in R accessibility). 0 where nobody lives; Infinity where it never balances (R: NA).
 * O(pairs × log of the longest row).
 */
export function balancingCost(matrix: TravelMatrix, input: BalancingCostInput): Float64Array {
  const { cost, opportunities, demand, increment = 1 } = input;
  checkColumns(matrix, { byDestination: { opportunities }, byOrigin: { demand } });
  if (increment !== null && !(increment > 0))
    throw new QuartiersError({
      what: "Pas de coût impossible",
      value: String(increment),
      expected: "un nombre positif, ou null pour le coût exact",
    });
  const balanced = demand.map((people) => (people === 0 ? 0 : Number.POSITIVE_INFINITY));
  eachCostOrder(matrix, cost, opportunities, true, (origin, { costs, cumulated, length }) => {
    if (demand[origin] === 0) return;
    for (let i = 0; i < length; i++)
      if (cumulated[i] > demand[origin]) {
        balanced[origin] = increment === null ? costs[i] : onGrid(costs[i], increment);
        return;
      }
  });
  return balanced;
}

/** The first multiple of the increment that is at least the cost. */
function onGrid(cost: number, increment: number): number {
  let steps = Math.ceil(cost / increment);
  if (steps > 0 && (steps - 1) * increment >= cost) steps--;
  return steps * increment;
}
