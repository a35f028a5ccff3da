import { QuartiersError } from "../../codes/errors.ts";
import {
  amongAllPairs,
  crowdingOf,
  loadsOf,
  type RaamAccess,
  type RaamInput,
  type RaamMarket,
  raamMarket,
  settle,
} from "./raam-market.ts";
import { nearestAssignment } from "./raam-scheme.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

export interface RaamEquilibriumInput extends RaamInput {
  /** Largest regret accepted, in mean crowdings. */
  readonly tolerance?: number;
  readonly maxSweeps?: number;
}

export interface RaamEquilibrium extends RaamAccess {
  readonly sweeps: number;
  /**
   * What people pay beyond the cheapest place they could go to, all together, over what they pay: the duality gap of the convex programme. Loads are unique;
   * 0 proves them.
   */
  readonly excess: number;
}

/**
 * Equilibrium of the rational agent access model (Saxon and Snow 2020): no one would pay less elsewhere. It minimises the convex Σ_j D_j² / (2 ρ S_j) + Σ_ij x_ij t_ij / τ,
 * origin after origin: the best answer of one origin to the loads of others is found exactly, by filling the cheapest places up to a common cost. Stops when the
 * worst regret is at most `tolerance`: that is the certificate, checked on the loads computed anew. Refuses to answer without it. O(sweeps × pairs).
 */
export function raamEquilibrium(matrix: TravelMatrix, input: RaamEquilibriumInput): RaamEquilibrium {
  const { tolerance = 1e-9, maxSweeps = 100_000 } = input;
  const market = raamMarket(matrix, input);
  const assigned = nearestAssignment(market);
  const costs = new Float64Array(market.travel.length);
  const all: Choices = { starts: market.starts, entries: Int32Array.from(market.travel, (_, entry) => entry) };
  for (let sweeps = 1; sweeps <= maxSweeps; sweeps++) {
    const loads = loadsOf(market, assigned);
    let before = sweep(market, assigned, loads, all, costs);
    if (before > tolerance) {
      // Most places are too far for most origins: between two sweeps over all of them, sweep over the others only.
      const near = nearChoices(market, assigned, loads, before);
      const goal = Math.max(before / 1000, tolerance / 2);
      for (let left = innerSweeps; left > 0 && before > goal && sweeps < maxSweeps; left--, sweeps++)
        before = sweep(market, assigned, loads, near, costs);
    }
    const exact = loadsOf(market, assigned);
    const crowding = crowdingOf(market, exact);
    const { access, regrets } = settle(market, assigned, crowding);
    const regret = regrets.reduce((worst, value) => Math.max(worst, value), 0);
    if (regret > tolerance) continue;
    return {
      access,
      assignment: amongAllPairs(market, assigned),
      loads: exact,
      crowding,
      regret,
      sweeps,
      excess: excessOf(market, crowding, access),
    };
  }
  throw new QuartiersError({
    what: `Équilibre non atteint après ${maxSweeps} passages`,
    value: `tolérance ${tolerance}`,
    expected: "un regret au plus égal à la tolérance",
    remedy: "augmenter maxSweeps ou la tolérance",
  });
}

/** Sweeps over near places between two sweeps over all. */
const innerSweeps = 200;

/** The usable pairs that each origin looks at. */
interface Choices {
  readonly starts: Int32Array;
  readonly entries: Int32Array;
}

/** Every origin answers in turn; returns the worst regret that one had before its answer. */
function sweep(
  market: RaamMarket,
  assigned: Float64Array,
  loads: Float64Array,
  choices: Choices,
  costs: Float64Array,
): number {
  let worst = 0;
  for (let origin = 0; origin < market.demand.length; origin++)
    if (market.demand[origin] > 0) worst = Math.max(worst, fill(market, assigned, loads, choices, origin, costs));
  return worst;
}

/** Places that an origin uses, or that are dearer than the cheapest one by at most `slack`. */
function nearChoices(market: RaamMarket, assigned: Float64Array, loads: Float64Array, slack: number): Choices {
  const { starts, destinations, travel, capacity } = market;
  const nearStarts = new Int32Array(starts.length);
  const entries = new Int32Array(travel.length);
  let length = 0;
  for (let origin = 0; origin + 1 < starts.length; origin++) {
    let cheapest = Number.POSITIVE_INFINITY;
    for (let entry = starts[origin]; entry < starts[origin + 1]; entry++)
      cheapest = Math.min(cheapest, loads[destinations[entry]] / capacity[destinations[entry]] + travel[entry]);
    for (let entry = starts[origin]; entry < starts[origin + 1]; entry++)
      if (
        assigned[entry] > 0 ||
        loads[destinations[entry]] / capacity[destinations[entry]] + travel[entry] <= cheapest + slack
      )
        entries[length++] = entry;
    nearStarts[origin + 1] = length;
  }
  return { starts: nearStarts, entries: entries.subarray(0, length) };
}

/**
 * Best answer of one origin: x_j = k_j (λ - c_j) where the cost c_j without it is under λ, with λ such that all its people are placed. Starts from all its choices
 * and leaves out those dearer than λ until none is (Michelot 1986). Returns the regret that the origin had before.
 */
function fill(
  { destinations, travel, capacity, demand }: RaamMarket,
  assigned: Float64Array,
  loads: Float64Array,
  { starts, entries }: Choices,
  origin: number,
  costs: Float64Array,
): number {
  const [start, end] = [starts[origin], starts[origin + 1]];
  let [cheapest, dearest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [room, spent] = [0, demand[origin]];
  for (let i = start; i < end; i++) {
    const entry = entries[i];
    const place = destinations[entry];
    const own = assigned[entry];
    const hold = capacity[place];
    const cost = loads[place] / hold + travel[entry];
    if (cost < cheapest) cheapest = cost;
    if (own > 0) {
      if (cost > dearest) dearest = cost;
      loads[place] -= own;
      costs[i] = loads[place] / hold + travel[entry];
    } else costs[i] = cost;
    room += hold;
    spent += hold * costs[i];
  }
  let level = spent / room;
  for (let previous = Number.POSITIVE_INFINITY; level < previous; ) {
    previous = level;
    [room, spent] = [0, demand[origin]];
    for (let i = start; i < end; i++) {
      if (costs[i] >= previous) continue;
      const hold = capacity[destinations[entries[i]]];
      room += hold;
      spent += hold * costs[i];
    }
    level = spent / room;
  }
  for (let i = start; i < end; i++) {
    const entry = entries[i];
    const place = destinations[entry];
    const own = costs[i] < level ? capacity[place] * (level - costs[i]) : 0;
    assigned[entry] = own;
    loads[place] += own;
  }
  return dearest - cheapest;
}

function excessOf(
  { starts, destinations, travel, demand }: RaamMarket,
  crowding: Float64Array,
  access: Float64Array,
): number {
  let [paid, least] = [0, 0];
  for (let origin = 0; origin < demand.length; origin++) {
    if (demand[origin] === 0) continue;
    let cheapest = Number.POSITIVE_INFINITY;
    for (let entry = starts[origin]; entry < starts[origin + 1]; entry++)
      cheapest = Math.min(cheapest, crowding[destinations[entry]] + travel[entry]);
    paid += demand[origin] * access[origin];
    least += demand[origin] * cheapest;
  }
  return paid > 0 ? (paid - least) / paid : 0;
}
