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
import type { TravelMatrix } from "./travel-matrix.ts";

export interface RaamSchemeInput extends RaamInput {
  readonly cycles?: number;
  /** Largest part of an origin's people that moves in a cycle; halves every `halfLife` cycles down to `minStep`. */
  readonly initialStep?: number;
  readonly minStep?: number;
  readonly halfLife?: number;
  /** Cycles in which a place does not let in more than it holds. */
  readonly limitInitial?: number;
}

/**
 * Rational agent access model (Saxon and Snow 2020) by the scheme of PySAL access 1.1, to compare with what it printed: everybody starts at the nearest
 * place; each cycle, every origin moves whole people from its dearest used place to its cheapest one. The cost is the one at the start of the last cycle. It
 * is not an equilibrium (`regret` says how far) and depends on the order of places when costs tie: `raamEquilibrium` does not. O(cycles × pairs).
 */
export function raamScheme(matrix: TravelMatrix, input: RaamSchemeInput): RaamAccess {
  const { cycles = 150, initialStep = 0.2, minStep = 0.005, halfLife = 50, limitInitial = 20 } = input;
  const market = raamMarket(matrix, input);
  const { demand } = market;
  const assigned = nearestAssignment(market);
  const cheapest = new Int32Array(demand.length);
  const dearest = new Int32Array(demand.length);
  const moved = new Float64Array(demand.length);
  let crowding = crowdingOf(market, loadsOf(market, assigned));
  for (let cycle = 0; cycle < cycles; cycle++) {
    const loads = loadsOf(market, assigned);
    crowding = crowdingOf(market, loads);
    const step = Math.max(minStep, initialStep * 0.5 ** (cycle / halfLife));
    for (let origin = 0; origin < demand.length; origin++) {
      moved[origin] = 0;
      if (demand[origin] === 0) continue;
      findExtremes(market, assigned, crowding, origin, cheapest, dearest);
      if (cheapest[origin] !== dearest[origin])
        moved[origin] = Math.trunc(
          Math.min(equalizing(market, assigned, loads, cheapest[origin], dearest[origin]), step * demand[origin]),
        );
    }
    if (cycle < limitInitial) slowRush(market, moved, cheapest);
    for (let origin = 0; origin < demand.length; origin++) {
      if (moved[origin] === 0) continue;
      assigned[cheapest[origin]] += moved[origin];
      assigned[dearest[origin]] -= moved[origin];
    }
  }
  const loads = loadsOf(market, assigned);
  const { regrets } = settle(market, assigned, crowdingOf(market, loads));
  return {
    access: settle(market, assigned, crowding).access,
    assignment: amongAllPairs(market, assigned),
    loads,
    crowding: crowdingOf(market, loads),
    regret: regrets.reduce((worst, regret) => Math.max(worst, regret), 0),
  };
}

/** Everybody at the nearest place, the first one when several are as near. */
export function nearestAssignment({ starts, travel, demand }: RaamMarket): Float64Array {
  const assigned = new Float64Array(travel.length);
  for (let origin = 0; origin < demand.length; origin++) {
    if (demand[origin] === 0) continue;
    let nearest = starts[origin];
    for (let entry = nearest + 1; entry < starts[origin + 1]; entry++)
      if (travel[entry] < travel[nearest]) nearest = entry;
    assigned[nearest] = demand[origin];
  }
  return assigned;
}

function findExtremes(
  { starts, destinations, travel }: RaamMarket,
  assigned: Float64Array,
  crowding: Float64Array,
  origin: number,
  cheapest: Int32Array,
  dearest: Int32Array,
): void {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let entry = starts[origin]; entry < starts[origin + 1]; entry++) {
    const cost = crowding[destinations[entry]] + travel[entry];
    if (cost < low) {
      low = cost;
      cheapest[origin] = entry;
    }
    if (cost > high && assigned[entry] !== 0) {
      high = cost;
      dearest[origin] = entry;
    }
  }
}

/** People to move from the dearest to the cheapest place so that both cost the same, at most those who are there. */
function equalizing(
  { destinations, travel, capacity }: RaamMarket,
  assigned: Float64Array,
  loads: Float64Array,
  cheapest: number,
  dearest: number,
): number {
  const [at, from] = [destinations[cheapest], destinations[dearest]];
  const own = assigned[cheapest] + assigned[dearest];
  const [othersAt, othersFrom] = [loads[at] - assigned[cheapest], loads[from] - assigned[dearest]];
  const wanted =
    ((capacity[at] * capacity[from]) / (capacity[at] + capacity[from])) *
    (travel[dearest] - travel[cheapest] + (own + othersFrom) / capacity[from] - othersAt / capacity[at]);
  return Math.min(wanted - assigned[cheapest], assigned[dearest]);
}

/** No place lets in more people in a cycle than it holds: moves are scaled down, to the nearest whole number, halves to even. */
function slowRush({ destinations, capacity }: RaamMarket, moved: Float64Array, cheapest: Int32Array): void {
  const inflow = new Float64Array(capacity.length);
  for (let origin = 0; origin < moved.length; origin++)
    if (moved[origin] !== 0) inflow[destinations[cheapest[origin]]] += moved[origin];
  for (let origin = 0; origin < moved.length; origin++) {
    if (moved[origin] === 0) continue;
    const place = destinations[cheapest[origin]];
    moved[origin] = roundHalfToEven(moved[origin] / Math.max(inflow[place] / capacity[place], 1));
  }
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const part = value - below;
  return part < 0.5 || (part === 0.5 && below % 2 === 0) ? below : below + 1;
}
