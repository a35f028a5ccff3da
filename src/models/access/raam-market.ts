import { QuartiersError } from "../../codes/errors.ts";
import { checkColumns } from "./pair-sums.ts";
import { pairCount, type TravelMatrix } from "./travel-matrix.ts";

export interface RaamInput {
  /** Cost of each pair, in the unit of `tau`. */
  readonly cost: Float64Array;
  readonly demand: Float64Array;
  readonly opportunities: Float64Array;
  /** Travel cost worth one mean crowding: 60 minutes in the paper. */
  readonly tau?: number;
  /** Mean people an opportunity; by default all people over all opportunities, so that the mean crowding is 1. */
  readonly rho?: number;
}

/** Where people go in a rational agent access model, and what it costs them. */
export interface RaamAccess {
  /**
   * Travel plus crowding of each origin, in mean crowdings: LOW is good. Where nobody lives, what a person who came would pay; Infinity where no
   * opportunity can be reached.
   */
  readonly access: Float64Array;
  /** People of each pair. */
  readonly assignment: Float64Array;
  /** People at each destination. */
  readonly loads: Float64Array;
  /** Loads over rho × opportunities; 0 where there is no opportunity. */
  readonly crowding: Float64Array;
  /** The worst regret left: how much dearer the dearest place that someone uses is than the cheapest one. 0 at equilibrium. */
  readonly regret: number;
}

/** The pairs that people may use, and what a place can hold. */
export interface RaamMarket {
  readonly matrix: TravelMatrix;
  readonly starts: Int32Array;
  readonly destinations: Int32Array;
  /** Place of each usable pair among the pairs of the matrix. */
  readonly pairs: Int32Array;
  /** Cost over tau. */
  readonly travel: Float64Array;
  /** Opportunities times rho. */
  readonly capacity: Float64Array;
  /** People of the origins that have a usable pair; 0 for others. */
  readonly demand: Float64Array;
}

/** Keeps the pairs to places with opportunities, at a finite cost. Refuses a model without people or opportunities. O(pairs). */
export function raamMarket(matrix: TravelMatrix, input: RaamInput): RaamMarket {
  const { cost, demand, opportunities, tau = 60 } = input;
  checkColumns(matrix, { byOrigin: { demand }, byDestination: { opportunities } });
  const people = sum(demand);
  const supply = sum(opportunities);
  const rho = input.rho ?? people / supply;
  if (cost.length !== pairCount(matrix) || !(tau > 0) || !(rho > 0 && rho < Number.POSITIVE_INFINITY))
    throw new QuartiersError({
      what: "Modèle RAAM impossible",
      value: `${cost.length} coûts, tau ${tau}, rho ${rho}, ${people} personnes, ${supply} opportunités`,
      expected: `${pairCount(matrix)} coûts, tau et rho positifs, des personnes et des opportunités`,
    });
  const starts = new Int32Array(matrix.originIds.length + 1);
  const pairs = new Int32Array(cost.length);
  const heads = new Int32Array(cost.length);
  let length = 0;
  for (let origin = 0; origin < matrix.originIds.length; origin++) {
    const start = matrix.starts[origin];
    for (let pair = start; pair < matrix.starts[origin + 1]; pair++) {
      const destination = matrix.destinations ? matrix.destinations[pair] : pair - start;
      if (opportunities[destination] === 0 || !(cost[pair] < Number.POSITIVE_INFINITY)) continue;
      pairs[length] = pair;
      heads[length++] = destination;
    }
    starts[origin + 1] = length;
  }
  const usable = pairs.subarray(0, length);
  const travel = new Float64Array(length);
  for (let entry = 0; entry < length; entry++) travel[entry] = cost[usable[entry]] / tau;
  return {
    matrix,
    starts,
    destinations: heads.subarray(0, length),
    pairs: usable,
    travel,
    capacity: opportunities.map((count) => count * rho),
    demand: demand.map((count, origin) => (starts[origin + 1] > starts[origin] ? count : 0)),
  };
}

/** Loads of the destinations under an assignment of the usable pairs. */
export function loadsOf({ destinations, capacity }: RaamMarket, assigned: Float64Array): Float64Array {
  const loads = new Float64Array(capacity.length);
  for (let entry = 0; entry < assigned.length; entry++) loads[destinations[entry]] += assigned[entry];
  return loads;
}

export const crowdingOf = ({ capacity }: RaamMarket, loads: Float64Array): Float64Array =>
  loads.map((load, place) => (capacity[place] > 0 ? load / capacity[place] : 0));

/** What each origin pays for an assignment at given crowdings, and its worst regret. O(usable pairs). */
export function settle(
  market: RaamMarket,
  assigned: Float64Array,
  crowding: Float64Array,
): { readonly access: Float64Array; readonly regrets: Float64Array } {
  const { starts, destinations, travel, demand } = market;
  const access = new Float64Array(demand.length);
  const regrets = new Float64Array(demand.length);
  for (let origin = 0; origin < demand.length; origin++) {
    let [cheapest, dearest, paid] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    for (let entry = starts[origin]; entry < starts[origin + 1]; entry++) {
      const cost = crowding[destinations[entry]] + travel[entry];
      if (cost < cheapest) cheapest = cost;
      if (assigned[entry] > 0) {
        paid += cost * assigned[entry];
        if (cost > dearest) dearest = cost;
      }
    }
    access[origin] = demand[origin] > 0 ? paid / demand[origin] : cheapest;
    if (demand[origin] > 0) regrets[origin] = dearest - cheapest;
  }
  return { access, regrets };
}

/** Values of the usable pairs put back among all the pairs. */
export function amongAllPairs({ matrix, pairs }: RaamMarket, assigned: Float64Array): Float64Array {
  const values = new Float64Array(pairCount(matrix));
  for (let entry = 0; entry < assigned.length; entry++) values[pairs[entry]] = assigned[entry];
  return values;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
