import { QuartiersError } from "../../codes/errors.ts";
import { cumulativeOpportunities } from "./cumulative-opportunities.ts";
import { greatCircleMatrixKm, type Points } from "./great-circle.ts";
import { weightedMean, weightedQuantiles } from "./weighted-quantile.ts";

/** "reached": at least one destination can be reached; "out-of-reach": destinations exist, none can; "no-destination", "no-origin": nothing to measure. */
export type ProfileStatus = "reached" | "out-of-reach" | "no-destination" | "no-origin";

/** How far a set of destinations (posts) is from an origin, in kilometres. */
export interface DistanceProfile {
  readonly status: ProfileStatus;
  /** Number of destinations whose place is known and whose weight is positive, whatever the weight. */
  readonly count: number;
  /** Their weight: the number of posts. */
  readonly total: number;
  /** Weight of destinations whose place is not known: they take no part in the distances. */
  readonly unlocated: number;
  /** Infinity, like the quartiles and the mean, when there is nothing to reach. */
  readonly minKm: number;
  readonly firstQuartileKm: number;
  readonly medianKm: number;
  readonly thirdQuartileKm: number;
  readonly meanKm: number;
  readonly thresholdsKm: readonly number[];
  /** Posts within each threshold. */
  readonly within: Float64Array;
  /** Share of posts (0 to 1) within each threshold; NaN when there is no post. */
  readonly shareWithin: Float64Array;
}

export interface DistanceProfileInput {
  /** Where people live: one point, or several with weights (populated squares, addresses). */
  readonly origins: Points;
  readonly originWeights?: Float64Array | null;
  readonly destinations: Points;
  /** Posts at each destination; 1 each when absent. */
  readonly destinationWeights?: Float64Array | null;
  readonly thresholdsKm?: readonly number[];
}

/** 5, 10 and 20 km: the thresholds of the white book. */
export const DEFAULT_THRESHOLDS_KM: readonly number[] = [5, 10, 20];

/**
 * Distances as the crow flies from one set of origins to weighted destinations: every pair counts for (weight of the origin) x (posts at the
 * destination). Quartiles follow `weightedQuantiles`. O(origins x destinations).
 * @example
 * ```ts
 * const home = { lon: Float64Array.of(3), lat: Float64Array.of(46) };
 * const shops = { lon: Float64Array.of(3, 3), lat: Float64Array.of(46, 46.1) };
 * distanceProfile({ origins: home, destinations: shops }).shareWithin // Float64Array(3) [ 0.5, 0.5, 1 ]
 * ```
 */
export function distanceProfile(input: DistanceProfileInput): DistanceProfile {
  const { origins, originWeights = null, destinations, destinationWeights = null } = input;
  const home = placed(origins, originWeights);
  const work = placed(destinations, destinationWeights);
  const km = greatCircleMatrixKm(home.points, work.points);
  const weights = new Float64Array(km.length);
  for (let origin = 0; origin < home.weights.length; origin++) {
    const share = home.weights[origin] / home.total;
    for (let destination = 0; destination < work.weights.length; destination++) {
      weights[origin * work.weights.length + destination] = share * work.weights[destination];
    }
  }
  const profile = distanceProfileFromKm(km, weights, input.thresholdsKm);
  const status = home.weights.length === 0 ? "no-origin" : profile.status;
  return { ...profile, status, count: work.weights.length, total: work.total, unlocated: work.unlocated };
}

/**
 * The same profile from distances already known (a travel matrix, or straight lines): one distance and one weight a destination. Infinity is a
 * destination out of reach: it counts in the total and in the quartiles. NaN is a place not known: counted apart. O(n).
 */
export function distanceProfileFromKm(
  distancesKm: Float64Array,
  weights: Float64Array | null,
  thresholdsKm: readonly number[] = DEFAULT_THRESHOLDS_KM,
): DistanceProfile {
  const { within, shareWithin, total } = cumulativeOpportunities(distancesKm, weights, thresholdsKm);
  let count = 0;
  let unlocated = 0;
  let minKm = Number.POSITIVE_INFINITY;
  for (let i = 0; i < distancesKm.length; i++) {
    const weight = weights ? weights[i] : 1;
    if (!(weight > 0)) continue;
    if (Number.isNaN(distancesKm[i])) unlocated += weight;
    else {
      count++;
      minKm = Math.min(minKm, distancesKm[i]);
    }
  }
  const [firstQuartileKm = 0, medianKm = 0, thirdQuartileKm = 0] =
    count > 0 ? weightedQuantiles(distancesKm, weights, [0.25, 0.5, 0.75]) : [minKm, minKm, minKm];
  const meanKm = count > 0 ? weightedMean(distancesKm, weights) : minKm;
  const status = count === 0 ? "no-destination" : minKm === Number.POSITIVE_INFINITY ? "out-of-reach" : "reached";
  return {
    status,
    count,
    total,
    unlocated,
    minKm,
    firstQuartileKm,
    medianKm,
    thirdQuartileKm,
    meanKm,
    thresholdsKm,
    within,
    shareWithin,
  };
}

interface Placed {
  readonly points: Points;
  readonly weights: Float64Array;
  readonly total: number;
  readonly unlocated: number;
}

/** Keeps the points that have a place and a positive weight. */
function placed({ lon, lat }: Points, weights: Float64Array | null): Placed {
  if (lon.length !== lat.length || (weights && weights.length !== lon.length)) {
    throw new QuartiersError({
      what: "Longitudes, latitudes et poids de longueurs différentes",
      value: `${lon.length}, ${lat.length}, ${weights?.length ?? "aucun"}`,
      expected: "des colonnes de même longueur",
    });
  }
  const kept: number[] = [];
  let total = 0;
  let unlocated = 0;
  for (let i = 0; i < lon.length; i++) {
    const weight = weights ? weights[i] : 1;
    if (weight < 0)
      throw new QuartiersError({
        what: `Poids négatif à la ligne ${i + 1}`,
        value: String(weight),
        expected: "un nombre positif ou nul",
      });
    if (!(weight > 0)) continue;
    if (Number.isNaN(lon[i] + lat[i])) unlocated += weight;
    else {
      kept.push(i);
      total += weight;
    }
  }
  return {
    points: { lon: Float64Array.from(kept, (i) => lon[i]), lat: Float64Array.from(kept, (i) => lat[i]) },
    weights: Float64Array.from(kept, (i) => (weights ? weights[i] : 1)),
    total,
    unlocated,
  };
}
