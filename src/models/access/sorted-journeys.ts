import type { CostMatrix } from "../matching/cost-matrix.ts";
import { countingSort } from "./counting-sort.ts";
import { distinctCosts } from "./distinct-costs.ts";
import type { GroupedHomes } from "./home-points.ts";

/** Journeys of one group from each home to each place, cheapest first: sorted once, read for every level, family and way to count. */
export interface SortedJourneys {
  readonly costs: Float64Array;
  /** Row of the home in the columns of `GroupedHomes`. */
  readonly home: Int32Array;
  readonly place: Int32Array;
}

/** Sorts the journeys of a group to some places; equal costs stay in the order of homes then places. O(homes x places) when costs are rounded, with a log otherwise. */
export function sortedJourneys(
  { values, columns }: CostMatrix,
  { starts, point }: GroupedHomes,
  group: number,
  places: Int32Array,
): SortedJourneys {
  const [start, end] = [starts[group], starts[group + 1]];
  const costs = new Float64Array((end - start) * places.length);
  for (let home = start, at = 0; home < end; home++)
    for (const place of places) costs[at++] = values[point[home] * columns + place];
  const { values: distinct, codes } = distinctCosts(costs);
  const order = countingSort(codes, distinct.length, null);
  return {
    costs: Float64Array.from(order, (at) => costs[at]),
    home: order.map((at) => start + Math.floor(at / places.length)),
    place: order.map((at) => places[at % places.length]),
  };
}

/** The journeys to the places that weigh something, in the same order. O(journeys), without a branch that a processor could guess wrong. */
export function restrictJourneys({ costs, home, place }: SortedJourneys, placeWeight: Float64Array): SortedJourneys {
  const weighs = Uint8Array.from(placeWeight, (weight) => (weight > 0 ? 1 : 0));
  const kept = new Int32Array(costs.length + 1);
  let length = 0;
  for (let at = 0; at < costs.length; at++) {
    kept[length] = at;
    length += weighs[place[at]];
  }
  const restricted = { costs: new Float64Array(length), home: new Int32Array(length), place: new Int32Array(length) };
  for (let k = 0; k < length; k++) {
    const at = kept[k];
    restricted.costs[k] = costs[at];
    restricted.home[k] = home[at];
    restricted.place[k] = place[at];
  }
  return restricted;
}

/**
 * Weighted quantiles of sorted journeys, by the convention of `weightedQuantiles`; a journey weighs (share of the home) x (weight of the place), and `beyond` weighs
 * at Infinity. Infinity when nothing weighs. `probabilities` in any order. O(journeys), no sort.
 */
export function journeyQuantiles(
  { costs, home, place }: SortedJourneys,
  homeShare: Float64Array,
  placeWeight: Float64Array,
  beyond: number,
  probabilities: readonly number[],
): Float64Array {
  const quantiles = new Float64Array(probabilities.length).fill(Number.POSITIVE_INFINITY);
  const total = placeWeight.reduce((sum, weight) => sum + weight, beyond);
  if (!(total > 0)) return quantiles;
  const tolerance = 1e-12 * total;
  const slots = [...probabilities.keys()].sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0));
  const targets = Float64Array.from(slots, (slot) => (probabilities[slot] ?? 0) * total);
  let next = 0;
  let tied = 0;
  let cumulated = 0;
  let last = Number.POSITIVE_INFINITY;
  const meet = (cost: number): void => {
    while (next < targets.length && targets[next] < cumulated - tolerance) quantiles[slots[next++] ?? 0] = cost;
    tied = next;
    while (next < targets.length && targets[next] <= cumulated + tolerance) next++;
  };
  for (let at = 0; at < costs.length; at++) {
    const weight = placeWeight[place[at]];
    if (weight === 0) continue;
    // A target met exactly by what came before is the mean of that value and of this one.
    for (; tied < next; tied++) quantiles[slots[tied] ?? 0] = (last + costs[at]) / 2;
    if (tied === targets.length) return quantiles;
    cumulated += homeShare[home[at]] * weight;
    last = costs[at];
    if (targets[next] <= cumulated + tolerance) meet(last);
  }
  if (beyond > 0) {
    for (; tied < next; tied++) quantiles[slots[tied] ?? 0] = Number.POSITIVE_INFINITY;
    last = Number.POSITIVE_INFINITY;
  }
  // Nothing heavier came: the last value, also where rounding leaves a target a hair above the whole.
  for (; tied < targets.length; tied++) quantiles[slots[tied] ?? 0] = last;
  return quantiles;
}
