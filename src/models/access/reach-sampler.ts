import { aliasTable, drawCounts, drawWeightedCounts, replicateRandom } from "../uncertainty/resample.ts";
import type { GroupedHomes } from "./home-points.ts";

/** What is drawn again in each replicate. */
export interface ResampleRule {
  /** "offers": whole offers with all their posts (default, the posts of an offer come and go together); "posts": each post by itself; "fixed": none. */
  readonly offers?: "offers" | "posts" | "fixed";
  /**
   * "points": home points, within the groups of points that belong to exactly the same groups, so that nested groups share their draws (default);
   * "people": as many people as the weights of the group add up to, each with a home; "fixed": none.
   */
  readonly homes?: "points" | "people" | "fixed";
}

/** Replicates computed together: the matrix is read once for all of them. */
export const lanes = 8;

/** Draws of offers and homes, several replicates side by side. */
export interface ReachSampler {
  /** Posts of each offer and people of each home row: one value a lane. */
  readonly posts: Float64Array;
  readonly people: Float64Array;
  /** The data themselves, or one replicate, as current counts; `keep` writes them into a lane. */
  readonly reset: () => void;
  readonly draw: (seed: number, replicate: number) => void;
  readonly keep: (lane: number) => void;
}

/** Prepares the draws for the groups that are used; each replicate depends on the seed and its number alone. O(offers + homes) a draw. */
export function reachSampler(
  grouped: GroupedHomes,
  groups: readonly number[],
  points: number,
  posts: Float64Array,
  { offers = "offers", homes = "points" }: ResampleRule,
): ReachSampler {
  const postLanes = new Float64Array(posts.length * lanes);
  const peopleLanes = new Float64Array(grouped.weight.length * lanes);
  const offerCounts = new Float64Array(posts.length);
  const currentPosts = posts.slice();
  const currentPeople = grouped.weight.slice();
  const postTotal = Math.round(posts.reduce((sum, count) => sum + count, 0));
  const postTable = offers === "posts" ? aliasTable(posts) : null;
  const strata = homes === "points" ? strataOf(grouped, groups, points) : [];
  const pointCounts = new Float64Array(points);
  const tables =
    homes === "people"
      ? groups.map((g) => ({
          rows: [grouped.starts[g], grouped.starts[g + 1]] as const,
          table: aliasTable(grouped.weight.slice(grouped.starts[g], grouped.starts[g + 1])),
          size: Math.max(1, Math.round(grouped.totals[g])),
        }))
      : [];
  return {
    posts: postLanes,
    people: peopleLanes,
    reset: () => {
      currentPosts.set(posts);
      currentPeople.set(grouped.weight);
    },
    draw: (seed, replicate) => {
      const random = replicateRandom(seed, replicate);
      if (postTable) drawWeightedCounts(random, postTable, postTotal, currentPosts);
      else if (offers === "offers") {
        drawCounts(random, offerCounts);
        for (let j = 0; j < posts.length; j++) currentPosts[j] = posts[j] * offerCounts[j];
      }
      for (const stratum of strata) {
        const counts = drawCounts(random, new Float64Array(stratum.length));
        for (let k = 0; k < stratum.length; k++) pointCounts[stratum[k]] = counts[k];
      }
      if (homes === "points")
        for (let home = 0; home < currentPeople.length; home++)
          currentPeople[home] = grouped.weight[home] * pointCounts[grouped.point[home]];
      for (const { rows, table, size } of tables)
        drawWeightedCounts(random, table, size, currentPeople.subarray(...rows));
    },
    keep: (lane) => {
      for (let j = 0; j < currentPosts.length; j++) postLanes[j * lanes + lane] = currentPosts[j];
      for (let home = 0; home < currentPeople.length; home++) peopleLanes[home * lanes + lane] = currentPeople[home];
    },
  };
}

/** Points that belong to exactly the same groups, in the order of their first point. */
function strataOf({ starts, point }: GroupedHomes, groups: readonly number[], points: number): Int32Array[] {
  const signature = new Array<string>(points).fill("");
  for (const group of groups)
    for (let home = starts[group]; home < starts[group + 1]; home++) signature[point[home]] += `${group} `;
  const strata = new Map<string, number[]>();
  signature.forEach((groupsOfPoint, at) => {
    if (groupsOfPoint === "") return;
    const stratum = strata.get(groupsOfPoint);
    if (stratum) stratum.push(at);
    else strata.set(groupsOfPoint, [at]);
  });
  return [...strata.values()].map((stratum) => Int32Array.from(stratum));
}
