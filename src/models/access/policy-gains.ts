import type { CodeRome } from "../../codes/code.ts";
import { groupHomes } from "./home-points.ts";
import { offerFinder, rowsByGroup } from "./match-weights.ts";
import type { PolicyInput } from "./policy-effect.ts";
import type { GroupReach } from "./reach-shares.ts";

/** Who gains what, in counts, on the data themselves. */
export interface PolicyGains {
  /** Seekers who take the policy up. */
  readonly beneficiaries: number;
  /** Of these, those who reach more posts of a matching occupation than before, and those who reach fewer (shifted hours). */
  readonly gaining: number;
  readonly losing: number;
  /** Posts gained, summed over the seekers who gain: a post that ten seekers gain counts ten times. */
  readonly seekerPosts: number;
  /** Posts that match somebody of the group, out of reach of all of them before, and in reach of somebody after; for all groups, of anybody who seeks them. */
  readonly newPosts: number;
}

/** Counts by group and, last, for all. O(homes x cells x their matching offers). */
export function policyGains(
  { homes, cells, offers, matching, level, before, after }: PolicyInput,
  limitMinutes: number,
  takeUp: number | Float64Array,
  reach: { readonly before: GroupReach; readonly after: GroupReach },
): readonly PolicyGains[] {
  const find = offerFinder(matching, offers);
  const { starts, point, share } = groupHomes(homes, before.rows);
  const { columns } = before;
  const [reachedBefore, reachedAfter] = [new Set<number>(), new Set<number>()];
  const groups = rowsByGroup(cells, homes.groupIds).map((rows, group): PolicyGains => {
    const p = typeof takeUp === "number" ? takeUp : takeUp[group];
    const sums = { beneficiaries: 0, gaining: 0, losing: 0, seekerPosts: 0 };
    const matched = new Set<number>();
    for (const row of rows) {
      const found = find(level, cells.rome[row] as CodeRome).offers;
      for (const offer of found) matched.add(offer);
      sums.beneficiaries += p * cells.seekers[row];
      for (let home = starts[group]; home < starts[group + 1]; home++) {
        const from = point[home] * columns;
        let gained = 0;
        for (const offer of found) {
          const at = from + offers.destination[offer];
          if (after.values[at] <= limitMinutes) gained += offers.posts[offer];
          if (before.values[at] <= limitMinutes) gained -= offers.posts[offer];
        }
        const people = p * cells.seekers[row] * share[home];
        if (gained > 0) {
          sums.gaining += people;
          sums.seekerPosts += people * gained;
        } else if (gained < 0) sums.losing += people;
      }
    }
    let newPosts = 0;
    for (const offer of matched) {
      const at = group * columns + offers.destination[offer];
      if (reach.before.share[at] > 0) reachedBefore.add(offer);
      if (!(reach.after.share[at] > 0)) continue;
      reachedAfter.add(offer);
      if (reach.before.share[at] === 0) newPosts += offers.posts[offer];
    }
    return { ...sums, newPosts };
  });
  const total = (of: (gains: PolicyGains) => number): number => groups.reduce((sum, gains) => sum + of(gains), 0);
  const overall: PolicyGains = {
    beneficiaries: total(({ beneficiaries }) => beneficiaries),
    gaining: total(({ gaining }) => gaining),
    losing: total(({ losing }) => losing),
    seekerPosts: total(({ seekerPosts }) => seekerPosts),
    newPosts: [...reachedAfter].reduce((sum, offer) => sum + (reachedBefore.has(offer) ? 0 : offers.posts[offer]), 0),
  };
  return [...groups, overall];
}
