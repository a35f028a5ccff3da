import type { CostMatrix } from "../matching/cost-matrix.ts";
import type { OfferCells } from "../matching/match-costs.ts";
import type { GroupedHomes } from "./home-points.ts";
import type { MatchWeights } from "./match-weights.ts";
import { nearestPosts } from "./nearest-posts.ts";
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

/** The profile of the seekers that `weights` speak of, by one mode, counted one way. O(homes of the group x places). */
export function profileOf(
  grouped: GroupedHomes,
  group: number,
  weights: MatchWeights,
  { minutes, km = null }: ModeTravel,
  offers: OfferCells,
  counting: Counting,
  { limitsMinutes, nearest, sharesToReach }: ProfileSettings,
): ProfileNumbers {
  const { starts, point, share: homeShare } = grouped;
  const bySeeker = counting === "seekers";
  const spread = bySeeker ? weights.mixture : weights.union;
  const counted = bySeeker ? weights.meanPosts : weights.union;
  const places = Int32Array.from([...spread.keys()].filter((place) => spread[place] > 0));
  const time = new WeightedValues();
  const length = new WeightedValues();
  const reached = new Float64Array(limitsMinutes.length);
  const near = new Float64Array(limitsMinutes.length);
  const matching = places.reduce((sum, place) => sum + counted[place], 0);
  for (let home = starts[group]; home < starts[group + 1]; home++) {
    const row = point[home] * minutes.columns;
    for (const place of places) {
      const cost = minutes.values[row + place];
      const weight = homeShare[home] * spread[place];
      time.add(cost, weight);
      if (km) length.add(km.values[row + place], weight);
      for (let limit = 0; limit < limitsMinutes.length; limit++) {
        if (cost > (limitsMinutes[limit] ?? 0)) continue;
        near[limit] += weight;
        reached[limit] += homeShare[home] * counted[place];
      }
    }
  }
  const without = bySeeker ? weights.withoutOffer : 0;
  const everything = bySeeker ? weights.seekers : matching;
  time.add(Number.POSITIVE_INFINITY, without);
  if (km) length.add(Number.POSITIVE_INFINITY, without);
  // One search for all: the least value that reaches a share is the quantile a thousand-millionth below it, where no tie calls for a mean.
  const times = time.quantiles([...quarters, ...sharesToReach.map((share) => share * (1 - 1e-9))]);
  const closest = nearestOf(grouped, group, weights, { minutes, km }, offers, bySeeker, nearest);
  return {
    ...{ matching, reached },
    // Rounding of the homes' shares must not give more than all.
    share: near.map((weight) => (everything > 0 ? Math.min(1, weight / everything) : 0)),
    minutes: times.subarray(0, quarters.length),
    km: length.quantiles(quarters),
    nearestMinutes: closest.time.quantiles(quarters),
    nearestKm: closest.length.quantiles(quarters),
    minutesToReach: times.subarray(quarters.length),
  };
}

/** Times and lengths to the nearest posts: of the row as a whole, or of each seeker's own occupation. */
function nearestOf(
  { starts, point, share }: GroupedHomes,
  group: number,
  { occupations, withoutOffer }: MatchWeights,
  { minutes, km }: { readonly minutes: CostMatrix; readonly km: CostMatrix | null },
  { posts, destination }: OfferCells,
  bySeeker: boolean,
  nearest: number,
): { readonly time: WeightedValues; readonly length: WeightedValues } {
  const [time, length] = [new WeightedValues(), new WeightedValues()];
  const select = nearestPosts(nearest);
  const sets = bySeeker
    ? occupations
    : [{ seekers: 1, offers: Int32Array.from(new Set(occupations.flatMap(({ offers }) => [...offers]))).sort() }];
  for (let home = starts[group]; home < starts[group + 1]; home++) {
    const row = point[home] * minutes.columns;
    for (const { seekers, offers } of sets) {
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
  if (bySeeker) {
    time.add(Number.POSITIVE_INFINITY, withoutOffer);
    if (km) length.add(Number.POSITIVE_INFINITY, withoutOffer);
  }
  return { time, length };
}
