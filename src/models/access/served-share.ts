import { greatCircleMatrixKm, type Points } from "./great-circle.ts";

export interface ServedShareInput {
  /** Where people live, degrees. */
  readonly origins: Points;
  /** People at each origin. */
  readonly population: Float64Array;
  /** Where the facilities are, degrees; NaN where the place is not known (such a facility serves nobody). */
  readonly places: Points;
  readonly thresholdsKm: readonly number[];
}

/**
 * Share (0 to 1) of people with at least one facility within each great-circle distance, in the order of the thresholds. NaN without people.
 * It never decreases with the threshold. O(origins × places).
 *
 * @example
 * ```ts
 * const origins = { lon: Float64Array.of(-1.6778, -1.5536), lat: Float64Array.of(48.1173, 47.2184) };
 * const places = { lon: Float64Array.of(-1.6778), lat: Float64Array.of(48.12) };
 * [...servedShare({ origins, population: Float64Array.of(30, 70), places, thresholdsKm: [1, 150] })] // [ 0.3, 1 ]
 * ```
 */
export function servedShare({ origins, population, places, thresholdsKm }: ServedShareInput): Float64Array {
  const km = greatCircleMatrixKm(origins, places);
  const columns = places.lon.length;
  const served = new Float64Array(thresholdsKm.length);
  let total = 0;
  for (let origin = 0; origin < population.length; origin++) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let place = 0; place < columns; place++)
      nearest = Math.min(
        nearest,
        Number.isNaN(km[origin * columns + place]) ? Number.POSITIVE_INFINITY : km[origin * columns + place],
      );
    total += population[origin];
    for (let t = 0; t < served.length; t++)
      if (nearest <= (thresholdsKm[t] ?? Number.NaN)) served[t] += population[origin];
  }
  return served.map((people) => (total > 0 ? people / total : Number.NaN));
}
