import { QuartiersError } from "../../codes/errors.ts";
import { type CostMatrix, checkCosts } from "../matching/cost-matrix.ts";
import { groupHomes, type HomePoints } from "./home-points.ts";
import { checkOffers, type PlacedPosts } from "./reach-replicates.ts";
import { WeightedValues } from "./weighted-values.ts";

export interface TravelRatioInput {
  readonly homes: HomePoints;
  readonly offers: PlacedPosts;
  /** Kilometres by the streets, or minutes by transit. */
  readonly numerator: CostMatrix;
  /** Kilometres as the crow flies, or minutes by car: same places, same unit as the numerator. */
  readonly denominator: CostMatrix;
  /** Weight of each offer for each group (`matchedOffers`); absent, all offers count. */
  readonly relevance?: readonly (Float64Array | null)[];
}

export interface TravelRatioOptions {
  /** Pairs whose denominator is under this are left out and counted: a ratio to almost nothing says nothing. 0 by default: only 0 is left out. */
  readonly leastDenominator?: number;
}

/** Distribution of a ratio over pairs of home and post, one entry a group. Each pair weighs (share of the group at that home) x (posts). */
export interface TravelRatios {
  readonly groupIds: readonly string[];
  /** Infinity where the journey of the numerator cannot be made for so many; Infinity too when no pair has a ratio. */
  readonly firstQuartile: Float64Array;
  readonly median: Float64Array;
  readonly thirdQuartile: Float64Array;
  /** Posts whose ratio counts, on average over the homes of the group. */
  readonly posts: Float64Array;
  /** Parts of these, 0 to 1: numerator impossible (ratio Infinity), denominator impossible (ratio 0). */
  readonly onlyDenominator: Float64Array;
  readonly onlyNumerator: Float64Array;
  /** Posts left out: neither journey can be made; denominator too small. */
  readonly neither: Float64Array;
  readonly tooNear: Float64Array;
}

/**
 * Ratios of two costs of the same journeys: detour (streets over straight line, 1 at least where the streets are right) or transit over car. What only one of the two can do stays in the
 * quantiles, at Infinity or at 0: a median of the pairs that both can do would flatter the places that transit does not serve. It is the median of the ratios, not the ratio of the
 * medians. Quartiles are those of `weightedQuantiles`. O(homes x offers).
 * @example
 * ```ts
 * const homes = { groupIds: ["QP1"], group: Int32Array.of(0), point: Int32Array.of(0), weight: Float64Array.of(1) };
 * const offers = { posts: Float64Array.of(1, 1, 2), destination: Int32Array.of(0, 1, 2) };
 * const transit = { rows: 1, columns: 3, values: Float64Array.of(30, 45, Infinity) };
 * const car = { rows: 1, columns: 3, values: Float64Array.of(10, 30, 20) };
 * const { firstQuartile, median, onlyDenominator } = travelRatios({ homes, offers, numerator: transit, denominator: car });
 * [firstQuartile[0], median[0], onlyDenominator[0]] // [ 2.25, Infinity, 0.5 ]
 * ```
 */
export function travelRatios(
  { homes, offers, numerator, denominator, relevance }: TravelRatioInput,
  { leastDenominator = 0 }: TravelRatioOptions = {},
): TravelRatios {
  checkCosts(numerator);
  checkCosts(denominator);
  checkOffers(offers, numerator.columns);
  const groups = homes.groupIds.length;
  const sizes = [numerator, denominator].map(({ rows, columns }) => `${rows} × ${columns}`);
  if (sizes[0] !== sizes[1] || (relevance && relevance.length !== groups) || !(leastDenominator >= 0))
    throw new QuartiersError({
      what: "Rapport de deux coûts qui ne vont pas ensemble",
      value: `${sizes.join(" et ")}, ${relevance?.length ?? groups} colonnes de poids, seuil ${leastDenominator}`,
      expected: `les mêmes lieux, ${groups} groupes, un seuil positif ou nul`,
    });
  const { starts, point, share } = groupHomes(homes, numerator.rows);
  const column = (): Float64Array => new Float64Array(groups);
  const [onlyDenominator, onlyNumerator, neither, tooNear, posts] = [column(), column(), column(), column(), column()];
  const quartiles = homes.groupIds.map((_, group) => {
    const ratios = new WeightedValues();
    const own = relevance?.[group] ?? null;
    for (let home = starts[group]; home < starts[group + 1]; home++)
      for (let offer = 0; offer < offers.posts.length; offer++) {
        const weight = share[home] * offers.posts[offer] * (own ? own[offer] : 1);
        const at = point[home] * numerator.columns + offers.destination[offer];
        const [above, below] = [numerator.values[at], denominator.values[at]];
        if (above === Number.POSITIVE_INFINITY && below === Number.POSITIVE_INFINITY) neither[group] += weight;
        else if (below === 0 || below < leastDenominator) tooNear[group] += weight;
        else {
          ratios.add(above / below, weight);
          posts[group] += weight;
          if (above === Number.POSITIVE_INFINITY) onlyDenominator[group] += weight;
          if (below === Number.POSITIVE_INFINITY) onlyNumerator[group] += weight;
        }
      }
    if (posts[group] > 0)
      for (const part of [onlyDenominator, onlyNumerator]) part[group] = Math.min(1, part[group] / posts[group]);
    return ratios.quantiles([0.25, 0.5, 0.75]);
  });
  const quantile = (rank: number): Float64Array => Float64Array.from(quartiles, (values) => values[rank]);
  return {
    groupIds: homes.groupIds,
    ...{ firstQuartile: quantile(0), median: quantile(1), thirdQuartile: quantile(2) },
    ...{ posts, onlyDenominator, onlyNumerator, neither, tooNear },
  };
}
