import { QuartiersError } from "../../codes/errors.ts";
import { type CostMatrix, checkCosts } from "../matching/cost-matrix.ts";
import {
  checkConfidence,
  checkDraws,
  type ReplicateInterval,
  replicateInterval,
} from "../uncertainty/replicate-interval.ts";
import type { HomePoints } from "./home-points.ts";
import { type PlacedPosts, type ReachPlan, type ReachReplicates, reachPlan } from "./reach-replicates.ts";
import type { ResampleRule } from "./reach-sampler.ts";
import { checkLimit } from "./reach-shares.ts";

/** A group against another: a neighbourhood against its commune, or its agglomeration. Both are ids of `homes.groupIds`. */
export interface Comparison {
  readonly group: string;
  readonly comparator: string;
  /**
   * Which offers count, one weight an offer, the SAME for both sides (those that match what the group looks for): the gap is then one of place. null or
   * absent: all offers. Comparisons that share a column share its computation.
   */
  readonly relevance?: Float64Array | null;
}

export interface AccessGapInput {
  /** From home points (rows) to places of work (columns). */
  readonly minutes: CostMatrix;
  readonly homes: HomePoints;
  readonly offers: PlacedPosts;
  readonly comparisons: readonly Comparison[];
}

export interface AccessGapOptions extends ResampleRule {
  readonly seed: number;
  /** 1 000 by default. */
  readonly draws?: number;
  readonly confidence?: number;
  /** Increasing limits, bound included; 20, 30 and 45 minutes by default. */
  readonly limitsMinutes?: readonly number[];
}

/** What somebody of the group reaches on average, what somebody of the comparator does, and the gap. */
export interface AccessGap {
  readonly group: string;
  readonly comparator: string;
  readonly limitMinutes: number;
  /** "posts": mean number of posts in reach of somebody; "share": of the posts that count, 0 to 1. */
  readonly quantity: "posts" | "share";
  readonly value: ReplicateInterval;
  readonly comparatorValue: ReplicateInterval;
  /** Group minus comparator. */
  readonly difference: ReplicateInterval;
  /** Group over comparator; null when the comparator reaches nothing. */
  readonly ratio: ReplicateInterval | null;
}

export const defaultLimitsMinutes: readonly number[] = [20, 30, 45];

/**
 * Gap of access between groups, with bootstrap intervals. Offers and home points are drawn again with replacement, the same draws for both sides and for all comparisons
 * (paired): what makes all groups move together is not taken for a gap. Each comparison gives its rows by limit, posts then share; a comparison whose offers
 * count for nothing gives no share. Limits: the offers are those of one period, the interval says what another sample of as many offers and squares would have
 * given, not what the next period will be; a group with a single point has no uncertainty of place.
 *
 * Replicate r of a seed is the same in any thread: `accessGapPlan` and `summariseGaps` split the work. O(pairs in reach x draws).
 * @example
 * ```ts
 * const minutes = { rows: 2, columns: 3, values: Float64Array.of(10, 50, 70, 10, 15, 25) };
 * const homes = { groupIds: ["QP1", "commune"], group: Int32Array.of(0, 1, 1), point: Int32Array.of(0, 0, 1), weight: Float64Array.of(1, 1, 1) };
 * const offers = { posts: Float64Array.of(4, 4, 8), destination: Int32Array.of(0, 1, 2) };
 * const gaps = accessGap({ minutes, homes, offers, comparisons: [{ group: "QP1", comparator: "commune" }] }, { seed: 1, draws: 99, limitsMinutes: [30] });
 * gaps.map(({ quantity, value, difference }) => [quantity, value.estimate, difference.estimate]) // [ [ 'posts', 4, -6 ], [ 'share', 0.25, -0.375 ] ]
 * ```
 */
export function accessGap(input: AccessGapInput, options: AccessGapOptions): readonly AccessGap[] {
  const { seed, draws = 1000 } = options;
  checkDraws(draws);
  const plan = accessGapPlan(input, options);
  return summariseGaps(input, options, plan.estimate(), plan.replicates(seed, 0, draws));
}

/** The replicates of `accessGap`, to be computed in parts: sides are group then comparator, comparison after comparison. */
export function accessGapPlan(
  { minutes, homes, offers, comparisons }: AccessGapInput,
  { limitsMinutes = defaultLimitsMinutes, ...rule }: Partial<AccessGapOptions>,
): ReachPlan {
  checkCosts(minutes);
  limitsMinutes.forEach((limit, k) => {
    checkLimit(limit);
    if (k > 0 && !(limit > (limitsMinutes[k - 1] ?? 0)))
      throw new QuartiersError({
        what: "Limites de durée en désordre",
        value: limitsMinutes.join(", "),
        expected: "des limites qui augmentent",
      });
  });
  const groupOf = (id: string): number => {
    const group = homes.groupIds.indexOf(id);
    if (group >= 0) return group;
    throw new QuartiersError({
      what: "Groupe inconnu",
      value: id,
      expected: `un des ${homes.groupIds.length} groupes, ${homes.groupIds.slice(0, 3).join(", ")}…`,
    });
  };
  const sides = comparisons.flatMap(({ group, comparator, relevance = null }) => {
    checkRelevance(relevance, offers.posts.length, group);
    return [
      { group: groupOf(group), relevance },
      { group: groupOf(comparator), relevance },
    ];
  });
  return reachPlan(minutes, homes, offers, sides, limitsMinutes, rule);
}

/** Intervals from all replicates of a plan, in the order of their numbers. */
export function summariseGaps(
  { comparisons }: Pick<AccessGapInput, "comparisons">,
  { limitsMinutes = defaultLimitsMinutes, confidence = 0.95 }: Partial<AccessGapOptions>,
  estimate: ReachReplicates,
  replicates: ReachReplicates,
): readonly AccessGap[] {
  checkConfidence(confidence);
  const sides = 2 * comparisons.length;
  const width = limitsMinutes.length;
  const columnOf = ({ reached, total }: ReachReplicates, side: number, limit: number, share: boolean): Float64Array =>
    Float64Array.from({ length: total.length / sides }, (_, draw) => {
      const row = draw * sides + side;
      return reached[row * width + limit] / (share ? total[row] : 1);
    });
  return comparisons.flatMap(({ group, comparator }, c) =>
    limitsMinutes.flatMap((limitMinutes, limit) =>
      (["posts", "share"] as const).flatMap((quantity): AccessGap[] => {
        const share = quantity === "share";
        if (share && estimate.total[2 * c] === 0) return [];
        const side = (s: number): readonly [Float64Array, Float64Array] => [
          columnOf(estimate, 2 * c + s, limit, share),
          columnOf(replicates, 2 * c + s, limit, share),
        ];
        const [[value], values] = side(0);
        const [[other], others] = side(1);
        const against = (change: (a: number, b: number) => number): ReplicateInterval =>
          replicateInterval(
            change(value, other),
            values.map((drawn, draw) => change(drawn, others[draw])),
            confidence,
          );
        return [
          {
            ...{ group, comparator, limitMinutes, quantity },
            value: replicateInterval(value, values, confidence),
            comparatorValue: replicateInterval(other, others, confidence),
            difference: against((a, b) => a - b),
            ratio: other > 0 ? against((a, b) => (b > 0 ? a / b : Number.NaN)) : null,
          },
        ];
      }),
    ),
  );
}

function checkRelevance(relevance: Float64Array | null, offers: number, group: string): void {
  if (!relevance) return;
  const wrong = relevance.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (relevance.length === offers && wrong < 0) return;
  throw new QuartiersError({
    what: `Poids des offres impossibles pour ${group}`,
    value: wrong >= 0 ? `ligne ${wrong + 1}\u00a0: ${relevance[wrong]}` : `${relevance.length} poids`,
    expected: `${offers} poids, finis, positifs ou nuls`,
  });
}
