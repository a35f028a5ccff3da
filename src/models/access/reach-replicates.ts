import { QuartiersError } from "../../codes/errors.ts";
import type { CostMatrix } from "../matching/cost-matrix.ts";
import { type GroupedHomes, groupHomes, type HomePoints } from "./home-points.ts";
import { lanes, type ResampleRule, reachSampler } from "./reach-sampler.ts";

/** Posts and where they are: columns of equal length. */
export interface PlacedPosts {
  readonly posts: Float64Array;
  /** Column of the place of work in the matrix of travel; several offers may share a place. */
  readonly destination: Int32Array;
}

/** The posts within reach of one group that count for somebody: `relevance` is one weight an offer (1 matches, 0 does not), null for all. */
export interface ReachSide {
  readonly group: number;
  readonly relevance: Float64Array | null;
}

/** Values of each replicate. */
export interface ReachReplicates {
  /** Mean posts in reach of somebody of the side's group: replicate x side x limit. */
  readonly reached: Float64Array;
  /** Posts that count, reached or not: replicate x side. */
  readonly total: Float64Array;
}

/** The matrix reduced to what the replicates read, and a function that computes some of them. */
export interface ReachPlan {
  /** The sides on the data themselves: one replicate. */
  readonly estimate: () => ReachReplicates;
  /** Replicates `first` to `first + draws - 1` of the seed, in any order and in any thread. */
  readonly replicates: (seed: number, first: number, draws: number) => ReachReplicates;
}

/**
 * Prepares replicates of the posts in reach. Rows are never moved: offers and homes get multinomial counts, and the matrix is reduced once to the pairs under the
 * last limit. `limits` increase. O(pairs in reach x replicates + sides x offers x replicates).
 */
export function reachPlan(
  minutes: CostMatrix,
  homes: HomePoints,
  offers: PlacedPosts,
  sides: readonly ReachSide[],
  limits: readonly number[],
  rule: ResampleRule = {},
): ReachPlan {
  const grouped = groupHomes(homes, minutes.rows);
  checkOffers(offers, minutes.columns);
  const near = pairsInReach(minutes, limits);
  const relevances = [...new Set(sides.map(({ relevance }) => relevance))];
  const groups = [...new Set(sides.map(({ group }) => group))];
  const sampler = reachSampler(grouped, groups, minutes.rows, offers.posts, rule);

  const evaluate = (draw: (lane: number) => void, count: number): ReachReplicates => {
    const width = limits.length;
    const reached = new Float64Array(count * sides.length * width);
    const total = new Float64Array(count * sides.length);
    const inReach = new Float64Array(width * minutes.columns * lanes);
    const postsAt = relevances.map(() => new Float64Array(minutes.columns * lanes));
    for (let block = 0; block < count; block += lanes) {
      const active = Math.min(lanes, count - block);
      for (let lane = 0; lane < active; lane++) {
        draw(block + lane);
        sampler.keep(lane);
      }
      relevances.forEach((relevance, r) => void spreadPosts(offers, relevance, sampler.posts, postsAt[r]));
      for (const group of groups) {
        const people = peopleInReach(grouped, group, near, sampler.people, inReach);
        sides.forEach((side, s) => {
          if (side.group !== group) return;
          const posts = postsAt[relevances.indexOf(side.relevance)];
          for (let lane = 0; lane < active; lane++) {
            const row = (block + lane) * sides.length + s;
            let sum = 0;
            for (let limit = 0; limit < width; limit++) {
              const from = limit * minutes.columns * lanes + lane;
              for (let at = lane, to = from; at < posts.length; at += lanes, to += lanes)
                sum += posts[at] * inReach[to];
              reached[row * width + limit] = sum / people[lane];
            }
            for (let at = lane; at < posts.length; at += lanes) total[row] += posts[at];
          }
        });
      }
    }
    return { reached, total };
  };
  return {
    estimate: () => evaluate(() => sampler.reset(), 1),
    replicates: (seed, first, draws) => evaluate((draw) => sampler.draw(seed, first + draw), draws),
  };
}

/** For each point, the places within the last limit, as limit x columns + place. */
interface NearPairs {
  readonly starts: Int32Array;
  readonly slots: Int32Array;
}

function pairsInReach({ rows, columns, values }: CostMatrix, limits: readonly number[]): NearPairs {
  const last = limits[limits.length - 1] ?? Number.NEGATIVE_INFINITY;
  const starts = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    starts[row + 1] = starts[row];
    for (let at = row * columns; at < (row + 1) * columns; at++) if (values[at] <= last) starts[row + 1]++;
  }
  const slots = new Int32Array(starts[rows]);
  for (let row = 0, next = 0; row < rows; row++)
    for (let place = 0; place < columns; place++) {
      const cost = values[row * columns + place];
      if (!(cost <= last)) continue;
      let limit = 0;
      while (cost > limits[limit]) limit++;
      slots[next++] = limit * columns + place;
    }
  return { starts, slots };
}

/** People of a group who reach each place, by limit (those of the limits before not counted again); returns the people of the group. */
function peopleInReach(
  { starts, point }: GroupedHomes,
  group: number,
  near: NearPairs,
  people: Float64Array,
  inReach: Float64Array,
): Float64Array {
  inReach.fill(0);
  const sums = new Float64Array(lanes);
  for (let home = starts[group]; home < starts[group + 1]; home++) {
    const at = home * lanes;
    const p0 = people[at];
    const p1 = people[at + 1];
    const p2 = people[at + 2];
    const p3 = people[at + 3];
    const p4 = people[at + 4];
    const p5 = people[at + 5];
    const p6 = people[at + 6];
    const p7 = people[at + 7];
    for (let lane = 0; lane < lanes; lane++) sums[lane] += people[at + lane];
    for (let pair = near.starts[point[home]]; pair < near.starts[point[home] + 1]; pair++) {
      const to = near.slots[pair] * lanes;
      inReach[to] += p0;
      inReach[to + 1] += p1;
      inReach[to + 2] += p2;
      inReach[to + 3] += p3;
      inReach[to + 4] += p4;
      inReach[to + 5] += p5;
      inReach[to + 6] += p6;
      inReach[to + 7] += p7;
    }
  }
  return sums;
}

function spreadPosts(
  { destination }: PlacedPosts,
  relevance: Float64Array | null,
  posts: Float64Array,
  postsAt: Float64Array,
): void {
  postsAt.fill(0);
  for (let offer = 0; offer < destination.length; offer++) {
    const weight = relevance ? relevance[offer] : 1;
    if (weight === 0) continue;
    const to = destination[offer] * lanes;
    for (let lane = 0; lane < lanes; lane++) postsAt[to + lane] += weight * posts[offer * lanes + lane];
  }
}

/** Refuses offers without place or posts. */
export function checkOffers({ posts, destination }: PlacedPosts, columns: number): void {
  const wrong = posts.findIndex(
    (count, offer) =>
      !(count >= 0 && count < Number.POSITIVE_INFINITY && destination[offer] >= 0 && destination[offer] < columns),
  );
  if (posts.length === destination.length && wrong < 0) return;
  throw new QuartiersError({
    what: wrong >= 0 ? `Offre impossible à la ligne ${wrong + 1}` : "Postes et lieux de longueurs différentes",
    value:
      wrong >= 0 ? `${posts[wrong]} poste(s), lieu ${destination[wrong]}` : `${posts.length} et ${destination.length}`,
    expected: `un nombre de postes fini, positif ou nul, et un lieu de 0 à ${columns - 1}`,
  });
}
