import type { OfferCells } from "../matching/match-costs.ts";
import type { GroupReach } from "./reach-shares.ts";
import type { SoughtPosts } from "./sought-posts.ts";

/** The figures that a policy is judged on, one value a group and, last, one for all groups together. */
export interface HeadlineFigures {
  /** Matching posts, each once, that somebody of the group reaches on average: « 202 ». */
  readonly reached: Float64Array;
  /** Matching posts, reached or not: « 2 031 ». */
  readonly matching: Float64Array;
  /** Posts of the own occupation that a seeker reaches on average. */
  readonly reachedBySeeker: Float64Array;
  /** Offers for a seeker once shared among all who seek them: `offersPerSeeker`. */
  readonly perSeeker: Float64Array;
}

/**
 * Computes the figures of all groups in one pass over groups x offers, for the offers and seekers of the moment (a replicate changes both): `posts` by offer,
 * `seekers` of each group by occupation offered, `people` of each group. `sought` says which offers match somebody of a group: that is not drawn again.
 * The last value of `reached` and `matching` is the mean of the groups by their seekers; of `perSeeker`, all offers shared over all seekers. A group without seekers (in a
 * replicate) gives 0 and weighs nothing. O(groups x offers).
 */
export function headlineFigures(
  { share, columns }: GroupReach,
  { destination }: Pick<OfferCells, "destination">,
  sought: SoughtPosts,
  current: { readonly posts: Float64Array; readonly seekers: Float64Array; readonly people: Float64Array },
): HeadlineFigures {
  const { groups, occupationOfOffer, occupations } = sought;
  const { posts, seekers, people } = current;
  const width = occupations.length;
  const size = groups + 1;
  const [reached, matching] = [new Float64Array(size), new Float64Array(size)];
  const [reachedBySeeker, perSeeker] = [new Float64Array(size), new Float64Array(size)];
  for (let offer = 0; offer < posts.length; offer++) {
    const count = posts[offer];
    const occupation = occupationOfOffer[offer];
    if (count === 0 || occupation < 0) continue;
    const place = destination[offer];
    let competitors = 0;
    for (let group = 0; group < groups; group++)
      competitors += share[group * columns + place] * seekers[group * width + occupation];
    const split = competitors > 0 ? count / competitors : 0;
    for (let group = 0; group < groups; group++) {
      const inReach = share[group * columns + place];
      const at = group * width + occupation;
      if (sought.seekers[at] > 0) {
        matching[group] += count;
        reached[group] += count * inReach;
      }
      reachedBySeeker[group] += count * inReach * seekers[at];
      perSeeker[group] += split * inReach * seekers[at];
    }
  }
  let everybody = 0;
  for (let group = 0; group < groups; group++) {
    everybody += people[group];
    reached[groups] += people[group] * reached[group];
    matching[groups] += people[group] * matching[group];
    for (const column of [reachedBySeeker, perSeeker]) {
      column[groups] += column[group];
      column[group] = people[group] > 0 ? column[group] / people[group] : 0;
    }
  }
  for (const column of [reached, matching, reachedBySeeker, perSeeker]) column[groups] /= everybody > 0 ? everybody : 1;
  return { reached, matching, reachedBySeeker, perSeeker };
}
