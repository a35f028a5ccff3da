import type { CostMatrix } from "../matching/cost-matrix.ts";
import type { OfferCells } from "../matching/match-costs.ts";
import type { GroupedHomes } from "./home-points.ts";
import type { MatchWeights } from "./match-weights.ts";
import { nearestPosts } from "./nearest-posts.ts";
import { journeyQuantiles, type SortedJourneys } from "./sorted-journeys.ts";
import { WeightedValues } from "./weighted-values.ts";

/** Journeys by one mode: home points (rows) to places of work (columns). */
export interface ModeTravel {
  readonly mode: string;
  readonly minutes: CostMatrix;
  /** Length of the same journeys, where it is known. */
  readonly km?: CostMatrix | null;
}

/** Two ways to count, never mixed: every matching offer once, whoever seeks it; or every seeker once, whatever the number of offers. */
export type Counting = "offers" | "seekers";

/** The numbers of one row of `matchProfile`: quartiles in order, values in the order of the limits and shares asked for. */
export interface ProfileNumbers {
  readonly matching: number;
  readonly reached: Float64Array;
  readonly share: Float64Array;
  readonly minutes: Float64Array;
  readonly km: Float64Array;
  readonly nearestMinutes: Float64Array;
  readonly nearestKm: Float64Array;
  readonly minutesToReach: Float64Array;
}

/** What is asked of each row. */
export interface ProfileSettings {
  readonly limitsMinutes: readonly number[];
  readonly nearest: number;
  readonly sharesToReach: readonly number[];
}

const quarters = [0.25, 0.5, 0.75];

/** The journeys of one group by one mode to the places that match, sorted by minutes and by kilometres. */
export interface GroupJourneys {
  readonly minutes: SortedJourneys;
  readonly km: SortedJourneys | null;
}

/** The profile of the seekers that `weights` speak of, by one mode, counted one way. O(homes of the group x places). */
export function profileOf(
  grouped: GroupedHomes,
  group: number,
  weights: MatchWeights,
  { minutes, km = null }: ModeTravel,
  journeys: GroupJourneys,
  offers: OfferCells,
  counting: Counting,
  { limitsMinutes, nearest, sharesToReach }: ProfileSettings,
): ProfileNumbers {
  const homeShare = grouped.share;
  const bySeeker = counting === "seekers";
  const spread = bySeeker ? weights.mixture : weights.union;
  const counted = bySeeker ? weights.meanPosts : weights.union;
  const reached = new Float64Array(limitsMinutes.length);
  const near = new Float64Array(limitsMinutes.length);
  const matching = counted.reduce((sum, posts) => sum + posts, 0);
  const last = Math.max(...limitsMinutes);
  const { costs, home, place } = journeys.minutes;
  for (let at = 0; at < costs.length && costs[at] <= last; at++) {
    const share = homeShare[home[at]];
    for (let limit = 0; limit < limitsMinutes.length; limit++) {
      if (costs[at] > (limitsMinutes[limit] ?? 0)) continue;
      near[limit] += share * spread[place[at]];
      reached[limit] += share * counted[place[at]];
    }
  }
  const without = bySeeker ? weights.withoutOffer : 0;
  const everything = bySeeker ? weights.seekers : matching;
  // One pass for all: the least value that reaches a share is the quantile a thousand-millionth below it, where no tie calls for a mean.
  const wanted = [...quarters, ...sharesToReach.map((share) => share * (1 - 1e-9))];
  const times = journeyQuantiles(journeys.minutes, homeShare, spread, without, wanted);
  const closest = bySeeker
    ? nearestOfEach(grouped, group, weights, { minutes, km }, offers, nearest)
    : nearestOfAll(grouped, group, weights, journeys.minutes, km, nearest);
  return {
    ...{ matching, reached },
    // Rounding of the homes' shares must not give more than all.
    share: near.map((weight) => (everything > 0 ? Math.min(1, weight / everything) : 0)),
    minutes: times.subarray(0, quarters.length),
    km: journeys.km
      ? journeyQuantiles(journeys.km, homeShare, spread, without, quarters)
      : new Float64Array(quarters.length),
    nearestMinutes: closest.time.quantiles(quarters),
    nearestKm: closest.length.quantiles(quarters),
    minutesToReach: times.subarray(quarters.length),
  };
}

interface Nearest {
  readonly time: WeightedValues;
  readonly length: WeightedValues;
}

/** Times and lengths to the k nearest of all matching posts, home by home: read from the sorted journeys until every home has its k. Equal times: in the order of places. */
function nearestOfAll(
  { starts, point, share }: GroupedHomes,
  group: number,
  { union }: MatchWeights,
  { costs, home, place }: SortedJourneys,
  km: CostMatrix | null,
  nearest: number,
): Nearest {
  const [time, length] = [new WeightedValues(), new WeightedValues()];
  const [start, end] = [starts[group], starts[group + 1]];
  const left = new Float64Array(end - start).fill(nearest);
  let waiting = left.length;
  for (let at = 0; at < costs.length && waiting > 0; at++) {
    const own = home[at] - start;
    const taken = Math.min(left[own], union[place[at]]);
    if (taken === 0) continue;
    left[own] -= taken;
    if (left[own] === 0) waiting--;
    time.add(costs[at], share[home[at]] * taken);
    if (km) length.add(km.values[point[home[at]] * km.columns + place[at]], share[home[at]] * taken);
  }
  return { time, length };
}

/** Times and lengths to the k nearest posts of each seeker's own occupation. */
function nearestOfEach(
  { starts, point, share }: GroupedHomes,
  group: number,
  { occupations, withoutOffer }: MatchWeights,
  { minutes, km }: { readonly minutes: CostMatrix; readonly km: CostMatrix | null },
  { posts, destination }: OfferCells,
  nearest: number,
): Nearest {
  const [time, length] = [new WeightedValues(), new WeightedValues()];
  const select = nearestPosts(nearest);
  for (let home = starts[group]; home < starts[group + 1]; home++) {
    const row = point[home] * minutes.columns;
    for (const { seekers, offers } of occupations) {
      const found = select(offers, posts, destination, minutes.values, row);
      let taken = 0;
      for (let at = 0; at < found.length; at++) taken += found.taken[at];
      for (let at = 0; at < found.length; at++) {
        const place = row + destination[found.offers[at]];
        const weight = (share[home] * seekers * found.taken[at]) / taken;
        time.add(minutes.values[place], weight);
        if (km) length.add(km.values[place], weight);
      }
    }
  }
  time.add(Number.POSITIVE_INFINITY, withoutOffer);
  if (km) length.add(Number.POSITIVE_INFINITY, withoutOffer);
  return { time, length };
}
