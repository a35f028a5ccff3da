import { countingSort } from "./counting-sort.ts";
import { distinctCosts } from "./distinct-costs.ts";
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
  const used = usedPlaces(market, assigned);
  const cheapestFor = cheapestPlaces(market, nearFirst(market, input.cost));
  const loads = loadsOf(market, assigned);
  let crowding = crowdingOf(market, loads);
  for (let cycle = 0; cycle < cycles; cycle++) {
    crowding = crowdingOf(market, loads);
    const cheapestOf = cheapestFor(crowding);
    const step = Math.max(minStep, initialStep * 0.5 ** (cycle / halfLife));
    for (let origin = 0; origin < demand.length; origin++) {
      moved[origin] = 0;
      if (demand[origin] === 0) continue;
      cheapest[origin] = cheapestOf(origin);
      dearest[origin] = used.dearestOf(crowding, origin);
      if (cheapest[origin] !== dearest[origin])
        moved[origin] = Math.trunc(
          Math.min(equalizing(market, assigned, loads, cheapest[origin], dearest[origin]), step * demand[origin]),
        );
    }
    if (cycle < limitInitial) slowRush(market, moved, cheapest);
    for (let origin = 0; origin < demand.length; origin++) {
      if (moved[origin] === 0) continue;
      used.add(origin, cheapest[origin]);
      assigned[cheapest[origin]] += moved[origin];
      assigned[dearest[origin]] -= moved[origin];
      loads[market.destinations[cheapest[origin]]] += moved[origin];
      loads[market.destinations[dearest[origin]]] -= moved[origin];
      used.removeEmpty(origin);
    }
  }
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

/** The usable pairs of each origin, nearest first; as near, in their own order. */
interface NearFirst {
  readonly entries: Int32Array;
  readonly travel: Float64Array;
  readonly destinations: Int32Array;
}

function nearFirst({ starts, pairs, travel, destinations }: RaamMarket, cost: Float64Array): NearFirst {
  const { values, codes } = distinctCosts(cost);
  const usable = new Int32Array(pairs.length);
  for (let entry = 0; entry < usable.length; entry++) usable[entry] = codes[pairs[entry]];
  const entries = new Int32Array(pairs.length);
  const longest = starts.reduce((most, start, i) => Math.max(most, i > 0 ? start - starts[i - 1] : 0), 0);
  if (values.length <= 4 * longest)
    for (let origin = 0; origin + 1 < starts.length; origin++) {
      // One origin at a time: what it sorts stays in the cache.
      const order = countingSort(usable.subarray(starts[origin], starts[origin + 1]), values.length, null);
      for (let i = 0; i < order.length; i++) entries[starts[origin] + i] = starts[origin] + order[i];
    }
  else {
    const origins = new Int32Array(pairs.length);
    for (let origin = 0; origin + 1 < starts.length; origin++) origins.fill(origin, starts[origin], starts[origin + 1]);
    entries.set(countingSort(origins, starts.length - 1, countingSort(usable, values.length, null)));
  }
  const sorted = { entries, travel: new Float64Array(entries.length), destinations: new Int32Array(entries.length) };
  for (let slot = 0; slot < entries.length; slot++) {
    sorted.travel[slot] = travel[entries[slot]];
    sorted.destinations[slot] = destinations[entries[slot]];
  }
  return sorted;
}

/** Places looked at first, whatever their distance: the least crowded ones. */
const FEW = 16;

/** Finds the cheapest place of an origin, the first one when several are as cheap, for the crowdings of one cycle. */
type CheapestOf = (origin: number) => number;

/**
 * The search of the cheapest place. The few least crowded places are tried first, wherever they are; the others, nearest first, until travel and the crowding that they all
 * have at least cost more than what was found. Without the few, a place that hardly anyone uses would make every search go far.
 */
function cheapestPlaces(
  { starts, destinations, capacity }: RaamMarket,
  near: NearFirst,
): (crowding: Float64Array) => CheapestOf {
  const origins = starts.length - 1;
  const places = capacity.length;
  // Entry of each pair, by origin and place, where a table of them is not much larger than the pairs.
  const entryOf = origins * places <= 4 * destinations.length ? new Int32Array(origins * places).fill(-1) : null;
  if (entryOf)
    for (let origin = 0; origin < origins; origin++)
      for (let entry = starts[origin]; entry < starts[origin + 1]; entry++)
        entryOf[origin * places + destinations[entry]] = entry;
  const travelOf = new Float64Array(entryOf ? destinations.length : 0);
  if (entryOf) for (let slot = 0; slot < travelOf.length; slot++) travelOf[near.entries[slot]] = near.travel[slot];
  const open = Int32Array.from(capacity.keys()).filter((place) => capacity[place] > 0);
  return (crowding) => {
    const sorted = open.slice().sort((a, b) => crowding[a] - crowding[b]);
    const few = sorted.subarray(0, entryOf ? FEW : 0);
    const least = few.length < sorted.length ? crowding[sorted[few.length]] : Number.POSITIVE_INFINITY;
    return (origin) => {
      const end = starts[origin + 1];
      let best = -1;
      let low = Number.POSITIVE_INFINITY;
      if (entryOf)
        for (let k = 0; k < few.length; k++) {
          const entry = entryOf[origin * places + few[k]];
          if (entry < 0) continue;
          const cost = crowding[few[k]] + travelOf[entry];
          if (cost < low || (cost === low && entry < best)) {
            low = cost;
            best = entry;
          }
        }
      for (let slot = starts[origin]; slot < end && near.travel[slot] + least <= low; slot++) {
        const cost = crowding[near.destinations[slot]] + near.travel[slot];
        if (cost < low || (cost === low && near.entries[slot] < best)) {
          low = cost;
          best = near.entries[slot];
        }
      }
      return best;
    };
  };
}

/** The few places that each origin uses, in order, in the slots of its own pairs. */
interface UsedPlaces {
  /** The dearest of them; the first one when several are as dear. */
  readonly dearestOf: (crowding: Float64Array, origin: number) => number;
  readonly add: (origin: number, entry: number) => void;
  readonly removeEmpty: (origin: number) => void;
}

function usedPlaces({ starts, destinations, travel, demand }: RaamMarket, assigned: Float64Array): UsedPlaces {
  const slots = new Int32Array(travel.length);
  const ends = starts.slice(0, demand.length);
  for (let origin = 0; origin < demand.length; origin++)
    for (let entry = starts[origin]; entry < starts[origin + 1]; entry++)
      if (assigned[entry] > 0) slots[ends[origin]++] = entry;
  return {
    dearestOf: (crowding, origin) => {
      let dearest = slots[starts[origin]];
      let high = Number.NEGATIVE_INFINITY;
      for (let slot = starts[origin]; slot < ends[origin]; slot++) {
        const entry = slots[slot];
        const cost = crowding[destinations[entry]] + travel[entry];
        if (cost > high) {
          high = cost;
          dearest = entry;
        }
      }
      return dearest;
    },
    add: (origin, entry) => {
      let slot = ends[origin];
      while (slot > starts[origin] && slots[slot - 1] > entry) slot--;
      if (slot > starts[origin] && slots[slot - 1] === entry) return;
      slots.copyWithin(slot + 1, slot, ends[origin]++);
      slots[slot] = entry;
    },
    removeEmpty: (origin) => {
      let kept = starts[origin];
      for (let slot = kept; slot < ends[origin]; slot++) if (assigned[slots[slot]] > 0) slots[kept++] = slots[slot];
      ends[origin] = kept;
    },
  };
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
