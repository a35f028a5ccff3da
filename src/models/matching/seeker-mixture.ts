import type { CodeRome } from "../../codes/code.ts";

/** Places of work: posts and occupation, columns of equal length. */
export interface OfferedPosts {
  readonly posts: Float64Array;
  readonly rome: readonly string[];
}

/** Distances and their weights: one entry a destination, and where needed one more, at Infinity, for those who reach nothing. */
export interface Mixture {
  readonly km: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The distances that the job seekers of one neighbourhood face: each seeker weighs 1, spread over the posts that match the occupation sought and lie
 * within the radius, in proportion to the posts. Seekers without any matching post in reach weigh at Infinity: they stay in the median.
 *
 * The weights sum to the number of seekers. O(offers + occupations sought × occupations that match).
 *
 * @example
 * ```ts
 * const accepted = new Map([["X1101", new Set(["X1101"])]]);
 * const offers = { posts: Float64Array.of(1, 3), rome: ["X1101", "X1101"] };
 * [...seekerMixture(new Map([["X1101", 8]]), accepted, offers, Float64Array.of(2, 9), 50).weights] // [ 2, 6, 0 ]
 * ```
 */
export function seekerMixture(
  seekersByRome: ReadonlyMap<string, number>,
  accepted: ReadonlyMap<CodeRome, ReadonlySet<CodeRome>>,
  { posts, rome }: OfferedPosts,
  km: Float64Array,
  radiusKm: number,
): Mixture {
  const postsInReach = new Map<string, number>();
  for (let j = 0; j < posts.length; j++) {
    if (km[j] <= radiusKm) postsInReach.set(rome[j] ?? "", (postsInReach.get(rome[j] ?? "") ?? 0) + posts[j]);
  }
  const weights = new Float64Array(posts.length + 1);
  const weightOfOnePost = new Map<string, number>();
  for (const [sought, seekers] of seekersByRome) {
    const matches = [...(accepted.get(sought as CodeRome) ?? [])].filter((code) => postsInReach.has(code));
    const total = matches.reduce((sum, code) => sum + (postsInReach.get(code) ?? 0), 0);
    if (!(total > 0)) weights[posts.length] += seekers;
    else for (const code of matches) weightOfOnePost.set(code, (weightOfOnePost.get(code) ?? 0) + seekers / total);
  }
  for (let j = 0; j < posts.length; j++)
    if (km[j] <= radiusKm) weights[j] = posts[j] * (weightOfOnePost.get(rome[j] ?? "") ?? 0);
  const distances = new Float64Array(posts.length + 1);
  distances.set(km);
  distances[posts.length] = Number.POSITIVE_INFINITY;
  return { km: distances, weights };
}

/** Destinations within the radius, each with its own weight; those beyond weigh nothing. */
export function mixtureWithin(km: Float64Array, posts: Float64Array, radiusKm: number): Mixture {
  return { km, weights: posts.map((n, j) => (km[j] <= radiusKm ? n : 0)) };
}

/** Several mixtures as one: every seeker keeps the same weight. */
export function poolMixtures(mixtures: readonly Mixture[]): Mixture {
  return { km: concat(mixtures.map(({ km }) => km)), weights: concat(mixtures.map(({ weights }) => weights)) };
}

function concat(parts: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
