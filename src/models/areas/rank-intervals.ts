import { QuartiersError } from "../../codes/errors.ts";
import { checkConfidence } from "../uncertainty/replicate-interval.ts";
import type { AreaDraws } from "./area-draws.ts";

/** Ranks count from 1, the highest value. One value an area. */
export interface AreaRanks {
  /** Share of draws where the area is among the highest `highest` areas. */
  readonly probabilityHighest: Float64Array;
  /** How many areas "the highest" are. */
  readonly highest: number;
  readonly meanRank: Float64Array;
  readonly rankLow: Int32Array;
  readonly rankHigh: Int32Array;
  /** Areas by probability to be among the highest, then by mean rank: the only order to print. */
  readonly order: Int32Array;
  /** Pairs of areas whose order is known (the same in a share `confidence` of draws or more), among all pairs. */
  readonly shareOfPairsOrdered: number;
}

/**
 * What simulation knows of the order of areas: the probability to be in the highest tenth (or `share`), and the interval of each rank, from joint draws.
 * Point estimates are never ordered: the shrunk ones understate the spread, the direct ones put small areas at both ends (Louis 1984; Goldstein and
 * Spiegelhalter 1996). Equal values in a draw share their ranks and, at the limit of the tenth, their places. Refuses a missing value and fewer than 2 areas.
 * O(draws x areas x log areas + draws x areas^2).
 * @example
 * ```ts
 * rankAreas({ areas: 3, draws: 2, values: Float64Array.of(1, 2, 3, 1, 3, 2) }, { share: 1 / 3 }).probabilityHighest // Float64Array(3) [ 0, 0.5, 0.5 ]
 * ```
 */
export function rankAreas(
  { areas, draws, values }: AreaDraws,
  { share = 0.1, confidence = 0.9 }: { readonly share?: number; readonly confidence?: number } = {},
): AreaRanks {
  checkConfidence(confidence);
  checkAreaDraws({ areas, draws, values }, share);
  const highest = Math.ceil(share * areas - 1e-9);
  const probabilityHighest = new Float64Array(areas);
  const meanRank = new Float64Array(areas);
  const counts = new Float64Array(areas * areas);
  const wins = new Int32Array(areas * areas);
  const order = Int32Array.from({ length: areas }, (_, area) => area);
  for (let draw = 0; draw < draws; draw++) {
    const at = draw * areas;
    order.sort((a, b) => values[at + b] - values[at + a]);
    for (let first = 0; first < areas; ) {
      let end = first + 1;
      while (end < areas && values[at + order[end]] === values[at + order[first]]) end++;
      const places = Math.min(1, Math.max(0, highest - first) / (end - first));
      for (let i = first; i < end; i++) {
        probabilityHighest[order[i]] += places / draws;
        meanRank[order[i]] += (first + 1 + end) / 2 / draws;
        for (let rank = first; rank < end; rank++) counts[order[i] * areas + rank] += 1 / (end - first);
        for (let below = end; below < areas; below++) wins[order[i] * areas + order[below]]++;
      }
      first = end;
    }
  }
  const tail = ((1 - confidence) / 2) * draws;
  const rankLow = new Int32Array(areas);
  const rankHigh = new Int32Array(areas);
  let ordered = 0;
  for (let area = 0; area < areas; area++) {
    const row = counts.subarray(area * areas, (area + 1) * areas);
    rankLow[area] = placeOf(row, tail);
    rankHigh[area] = areas + 1 - placeOf(Float64Array.from(row).reverse(), tail);
    for (let other = 0; other < area; other++) {
      const most = Math.max(wins[area * areas + other], wins[other * areas + area]);
      if (most >= confidence * draws) ordered++;
    }
  }
  return {
    probabilityHighest,
    highest,
    meanRank,
    rankLow,
    rankHigh,
    order: order
      .sort()
      .sort((a, b) => probabilityHighest[b] - probabilityHighest[a] || meanRank[a] - meanRank[b] || a - b),
    shareOfPairsOrdered: (2 * ordered) / (areas * (areas - 1)),
  };
}

/** The first place where the cumulated count exceeds a tail, from 1. */
function placeOf(counts: Float64Array, tail: number): number {
  let sum = 0;
  for (let rank = 0; rank < counts.length; rank++) {
    sum += counts[rank];
    if (sum > tail + 1e-9) return rank + 1;
  }
  return counts.length;
}

function checkAreaDraws({ areas, draws, values }: AreaDraws, share: number): void {
  if (areas < 2 || draws < 1 || values.length !== areas * draws)
    throw new QuartiersError({
      what: "Un classement demande au moins deux territoires et des tirages de tous",
      value: `${areas} territoires, ${draws} tirages, ${values.length} valeurs`,
    });
  if (!(share > 0 && share < 1))
    throw new QuartiersError({
      what: "Part des territoires les plus hauts impossible",
      value: String(share),
      expected: "un nombre entre 0 et 1, comme 0,1",
    });
  if (!values.every(Number.isFinite))
    throw new QuartiersError({
      what: "Un tirage manque\u00a0: les territoires ne peuvent pas être classés",
      expected: "une valeur finie pour chaque territoire et chaque tirage",
      remedy: "retirer les territoires sans estimation, et le dire",
    });
}
