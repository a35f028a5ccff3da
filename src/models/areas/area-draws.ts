import { checkConfidence } from "../uncertainty/replicate-interval.ts";

/** Draws of all areas together, as simulation gives them: `values[draw * areas + area]`. */
export interface AreaDraws {
  readonly areas: number;
  readonly draws: number;
  readonly values: Float64Array;
}

/** One value an area. */
export interface AreaIntervals {
  readonly mean: Float64Array;
  readonly standardDeviation: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Mean, standard deviation and interval of each area from its draws. The ends are the draws that leave as many of them out on both sides.
 * NaN where an area has a missing draw. O(areas x draws x log draws).
 * @example
 * ```ts
 * areaIntervals({ areas: 1, draws: 4, values: Float64Array.of(3, 1, 2, 4) }, 0.5).low // Float64Array(1) [ 2 ]
 * ```
 */
export function areaIntervals({ areas, draws, values }: AreaDraws, confidence = 0.9): AreaIntervals {
  checkConfidence(confidence);
  const empty = (): Float64Array => new Float64Array(areas).fill(Number.NaN);
  const result = { mean: empty(), standardDeviation: empty(), low: empty(), high: empty() };
  const own = new Float64Array(draws);
  const left = Math.floor(((1 - confidence) / 2) * draws + 1e-9);
  for (let area = 0; area < areas; area++) {
    let sum = 0;
    for (let draw = 0; draw < draws; draw++) {
      own[draw] = values[draw * areas + area];
      sum += own[draw];
    }
    if (Number.isNaN(sum)) continue;
    const mean = sum / draws;
    let squares = 0;
    for (const value of own) squares += (value - mean) ** 2;
    own.sort();
    result.mean[area] = mean;
    result.standardDeviation[area] = Math.sqrt(squares / (draws - 1));
    result.low[area] = own[left];
    result.high[area] = own[draws - 1 - left];
  }
  return result;
}
