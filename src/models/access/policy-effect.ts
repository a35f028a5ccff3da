import { QuartiersError } from "../../codes/errors.ts";
import type { CostMatrix } from "../matching/cost-matrix.ts";
import type { OfferCells, SeekerCells } from "../matching/match-costs.ts";
import type { MatchLevel, RomeMatching } from "../matching/rome-match.ts";
import {
  checkConfidence,
  checkDraws,
  type ReplicateInterval,
  replicateInterval,
} from "../uncertainty/replicate-interval.ts";
import { type HeadlineFigures, headlineFigures, reachByOffer } from "./headline-figures.ts";
import type { HomePoints } from "./home-points.ts";
import { type CostOfPolicy, checkPolicyCost, costOfPolicy, type PolicyCost } from "./policy-cost.ts";
import { type PolicyGains, policyGains } from "./policy-gains.ts";
import { checkOffers } from "./reach-replicates.ts";
import { mixedReach, reachShares } from "./reach-shares.ts";
import { type MarketRule, marketSampler } from "./resampled-market.ts";
import { soughtPosts } from "./sought-posts.ts";

export interface PolicyInput {
  readonly homes: HomePoints;
  /** `origin` is the number of the group. */
  readonly cells: SeekerCells;
  /** `destination` is the column of the matrices. */
  readonly offers: OfferCells;
  readonly matching: RomeMatching;
  readonly level: MatchLevel;
  /** Home points x places of work, same places in the same order, without and with the policy. */
  readonly before: CostMatrix;
  readonly after: CostMatrix;
}

export interface PolicyOptions extends MarketRule {
  readonly seed: number;
  /** 1 000 by default. */
  readonly draws?: number;
  readonly confidence?: number;
  /** 30 by default, bound included. */
  readonly limitMinutes?: number;
  /** Share of the seekers of each group who travel by the second matrix, the others keep the first: one share, or one a group. 1 by default. */
  readonly takeUp?: number | Float64Array;
  readonly cost?: PolicyCost | null;
}

/** A figure without and with the policy; the interval of the difference is paired (same offers and seekers drawn on both sides). */
export interface Change {
  readonly before: ReplicateInterval;
  readonly after: ReplicateInterval;
  readonly difference: ReplicateInterval;
}

/** What the policy changes for one group, or for all (`group` is then ""). */
export interface GroupEffect extends PolicyGains {
  readonly group: string;
  readonly seekers: number;
  /** Matching posts of the territory, each once. */
  readonly matching: number;
  /** Matching posts within the limit, each once, on average over the people of the group: « 202 », and their share: « sur 2 031 ». */
  readonly reached: Change;
  readonly share: Change;
  /** Posts of the own occupation within the limit, on average over the seekers. */
  readonly reachedBySeeker: Change;
  /** Offers for a seeker, shared with all who compete, those who take up the policy included. */
  readonly perSeeker: Change;
}

export interface PolicyEffect {
  readonly groups: readonly GroupEffect[];
  /** Means over all seekers; `newPosts` are those that no group reached. */
  readonly overall: GroupEffect;
  readonly cost: CostOfPolicy | null;
}

/**
 * Effect of a policy on the two headline figures: matching offers within the limit (count, share) and offers per competing seeker, by group and overall.
 * A policy is a pair of matrices: a licence (transit, then the quicker of transit and car: `quickestOf`), an e-bike, a shuttle or a line (the timetable edited, times
 * computed again), shifted hours, a job fair (`jobFair`). With partial take-up a seeker uses the second matrix with chance p; competition is computed again,
 * so that somebody who gains nothing may lose offers to those who do: figures per seeker of one group can fall while all those in reach grow.
 *
 * Intervals come from drawing offers and seekers again with replacement, the same on both sides; homes, times, take-up and cost are taken as given: they are scenarios,
 * to be varied, not sampled. What distance does not explain (qualification, discrimination, children to mind) does not change here. Groups without seekers
 * have 0 everywhere. O((groups x offers + cells) x draws + homes x places).
 * @example
 * ```ts
 * const codes = [codeRome("G1602")];
 * const same = new Map(codes.map((code) => [code, new Set([code])]));
 * const one = { rows: 1, columns: 2 };
 * const { overall } = policyEffect({
 *   homes: { groupIds: ["QP1"], group: Int32Array.of(0), point: Int32Array.of(0), weight: Float64Array.of(1) },
 *   cells: { ids: ["QP1 G1602"], seekers: Float64Array.of(20), rome: codes, origin: Int32Array.of(0) },
 *   offers: { ids: ["a", "b"], posts: Float64Array.of(4, 6), rome: [codes[0], codes[0]], destination: Int32Array.of(0, 1) },
 *   matching: { strict: same, near: same, wide: same, titleOnly: new Set(), unknown: [] }, level: "strict",
 *   before: { ...one, values: Float64Array.of(25, 50) }, after: { ...one, values: Float64Array.of(10, 20) },
 * }, { seed: 1, draws: 50, takeUp: 0.5 });
 * [overall.reached.before.estimate, overall.reached.after.estimate, overall.perSeeker.difference.estimate, overall.gaining, overall.newPosts] // [ 4, 7, 0.3, 10, 6 ]
 * ```
 */
export function policyEffect(input: PolicyInput, options: PolicyOptions): PolicyEffect {
  const { homes, cells, offers, matching, level, before, after } = input;
  const { seed, draws = 1000, confidence = 0.95, limitMinutes = 30, takeUp = 1, cost = null } = options;
  checkDraws(draws);
  checkConfidence(confidence);
  if (cost) checkPolicyCost(cost);
  if (after.rows !== before.rows || after.columns !== before.columns)
    throw new QuartiersError({
      what: "Les deux matrices ne relient pas les mêmes lieux",
      value: `${after.rows} × ${after.columns} après`,
      expected: `${before.rows} × ${before.columns}, comme avant`,
    });
  checkOffers(offers, before.columns);
  const without = reachShares(before, homes, limitMinutes);
  const taken = mixedReach(without, reachShares(after, homes, limitMinutes), takeUp);
  const sought = soughtPosts(matching, level, cells, offers, homes.groupIds);
  const [offersWithout, offersTaken] = [reachByOffer(without, offers), reachByOffer(taken, offers)];
  const sampler = marketSampler(sought, cells, offers, options);
  const evaluate = (replicate: number | null): readonly [HeadlineFigures, HeadlineFigures] => {
    const market = replicate === null ? sampler.itself() : sampler.draw(seed, replicate);
    return [headlineFigures(offersWithout, sought, market), headlineFigures(offersTaken, sought, market)];
  };
  const estimate = evaluate(null);
  const replicates = Array.from({ length: draws }, (_, replicate) => evaluate(replicate));
  const gains = policyGains(input, limitMinutes, takeUp, { before: without, after: taken });
  const { people } = sampler.itself();
  const everybody = people.reduce((sum, count) => sum + count, 0);
  const effectOf = (group: number, id: string): GroupEffect => {
    const change = (of: (figures: HeadlineFigures) => number): Change => {
      const [start, end] = [of(estimate[0]), of(estimate[1])];
      const starts = Float64Array.from(replicates, ([figures]) => of(figures));
      const ends = Float64Array.from(replicates, ([, figures]) => of(figures));
      return {
        before: replicateInterval(start, starts, confidence),
        after: replicateInterval(end, ends, confidence),
        difference: replicateInterval(
          end - start,
          ends.map((value, draw) => value - starts[draw]),
          confidence,
        ),
      };
    };
    return {
      ...{ group: id, seekers: group < people.length ? people[group] : everybody },
      ...(gains[group] as PolicyGains),
      matching: estimate[0].matching[group],
      reached: change(({ reached }) => reached[group]),
      share: change(({ share }) => share[group]),
      reachedBySeeker: change(({ reachedBySeeker }) => reachedBySeeker[group]),
      perSeeker: change(({ perSeeker }) => perSeeker[group]),
    };
  };
  const groups = homes.groupIds.map((id, group) => effectOf(group, id));
  const overall = effectOf(groups.length, "");
  return { groups, overall, cost: cost ? costOfPolicy(cost, overall) : null };
}
