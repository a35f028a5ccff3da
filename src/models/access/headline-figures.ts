import type { OfferCells } from "../matching/match-costs.ts";
import type { GroupReach } from "./reach-shares.ts";
import type { SoughtPosts } from "./sought-posts.ts";

/** The figures that a policy is judged on, one value a group and, last, one for all groups together. */
export interface HeadlineFigures {
  /** Matching posts, each once, that somebody of the group reaches on average: « 202 ». */
  readonly reached: Float64Array;
  /** Matching posts, reached or not: « 2 031 ». */
  readonly matching: Float64Array;
  /** reached / matching of each group, 0 where nothing matches; for all groups the mean of these shares by their seekers, not the share of the means. */
  readonly share: Float64Array;
  /** Posts of the own occupation that a seeker reaches on average. */
  readonly reachedBySeeker: Float64Array;
  /** Offers for a seeker once shared among all who seek them: `offersPerSeeker`. */
  readonly perSeeker: Float64Array;
}

/** The share of each group that reaches each offer, offer x group: what `headlineFigures` reads in order. O(groups x offers). */
export function reachByOffer(
  { share, columns, groupIds }: GroupReach,
  { destination }: Pick<OfferCells, "destination">,
): Float64Array {
  const groups = groupIds.length;
  const byOffer = new Float64Array(destination.length * groups);
  for (let group = 0; group < groups; group++)
    for (let offer = 0; offer < destination.length; offer++)
      byOffer[offer * groups + group] = share[group * columns + destination[offer]];
  return byOffer;
}

/**
 * Computes the figures of all groups in one pass over groups x offers, for the offers and seekers of the moment (a replicate changes both): `posts` by offer,
 * `seekers` of each group by occupation offered, `people` of each group. `sought` says which offers match somebody of a group: that is not drawn again.
 * The last value of `reached` and `matching` is the mean of the groups by their seekers; of `perSeeker`, all offers shared over all seekers. A group without seekers (in a
 * replicate) gives 0 and weighs nothing. O(groups x offers).
 */
export function headlineFigures(
  byOffer: Float64Array,
  sought: SoughtPosts,
  current: { readonly posts: Float64Array; readonly seekers: Float64Array; readonly people: Float64Array },
): HeadlineFigures {
  const { groups, occupationOfOffer } = sought;
  const { posts, seekers, people } = current;
  const size = groups + 1;
  const [reached, matching, share] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const [reachedBySeeker, perSeeker] = [new Float64Array(size), new Float64Array(size)];
  for (let offer = 0; offer < posts.length; offer++) {
    const count = posts[offer];
    const occupation = occupationOfOffer[offer];
    if (count === 0 || occupation < 0) continue;
    const from = offer * groups;
    const seeking = occupation * groups;
    let competitors = 0;
    for (let group = 0; group < groups; group++) competitors += byOffer[from + group] * seekers[seeking + group];
    const split = competitors > 0 ? count / competitors : 0;
    for (let group = 0; group < groups; group++) {
      const inReach = byOffer[from + group];
      const claim = inReach * seekers[seeking + group];
      if (sought.seekers[seeking + group] > 0) {
        matching[group] += count;
        reached[group] += count * inReach;
      }
      reachedBySeeker[group] += count * claim;
      perSeeker[group] += split * claim;
    }
  }
  let everybody = 0;
  for (let group = 0; group < groups; group++) {
    everybody += people[group];
    reached[groups] += people[group] * reached[group];
    matching[groups] += people[group] * matching[group];
    share[group] = matching[group] > 0 ? reached[group] / matching[group] : 0;
    share[groups] += people[group] * share[group];
    for (const column of [reachedBySeeker, perSeeker]) {
      column[groups] += column[group];
      column[group] = people[group] > 0 ? column[group] / people[group] : 0;
    }
  }
  for (const column of [reached, matching, share, reachedBySeeker, perSeeker])
    column[groups] /= everybody > 0 ? everybody : 1;
  return { reached, matching, share, reachedBySeeker, perSeeker };
}
