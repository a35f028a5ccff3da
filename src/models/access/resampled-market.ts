import type { OfferCells, SeekerCells } from "../matching/match-costs.ts";
import { drawCells, drawCounts, replicateRandom } from "../uncertainty/resample.ts";
import { type SoughtPosts, seekersByOccupation } from "./sought-posts.ts";

/** What is drawn again in each replicate of a market. */
export interface MarketRule {
  /** "offers": whole offers with their posts (default); "posts": each post by itself; "fixed": none. */
  readonly resampleOffers?: "offers" | "posts" | "fixed";
  /** "seekers": as many seekers as there are, each with a neighbourhood and an occupation (default); "fixed": none. */
  readonly resampleSeekers?: "seekers" | "fixed";
}

/** Posts by offer, seekers by group and occupation offered, people by group. Buffers that the next draw replaces. */
export interface Market {
  readonly posts: Float64Array;
  readonly seekers: Float64Array;
  readonly people: Float64Array;
}

export interface MarketSampler {
  readonly itself: () => Market;
  readonly draw: (seed: number, replicate: number) => Market;
}

/** Draws markets: replicate r of a seed is the same in any thread. O(offers + cells x occupations accepted) a draw. */
export function marketSampler(
  sought: SoughtPosts,
  cells: SeekerCells,
  offers: OfferCells,
  { resampleOffers = "offers", resampleSeekers = "seekers" }: MarketRule,
): MarketSampler {
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const peopleOf = (seekers: Float64Array): Float64Array => {
    const people = new Float64Array(sought.groups);
    for (let cell = 0; cell < seekers.length; cell++) people[cells.origin[cell]] += seekers[cell];
    return people;
  };
  const itself: Market = { posts: offers.posts, seekers: sought.seekers, people: peopleOf(cells.seekers) };
  const counts = new Float64Array(offers.posts.length);
  const drawn = new Float64Array(cells.seekers.length);
  const numSeekers = Math.round(sum(cells.seekers));
  const numPosts = Math.round(sum(offers.posts));
  return {
    itself: () => itself,
    draw: (seed, replicate) => {
      const random = replicateRandom(seed, replicate);
      let { posts, seekers, people } = itself;
      if (resampleOffers === "posts" && numPosts > 0) posts = drawCells(random, offers.posts, numPosts, counts);
      else if (resampleOffers === "offers") {
        drawCounts(random, counts);
        posts = counts.map((count, offer) => count * offers.posts[offer]);
      }
      if (resampleSeekers === "seekers" && numSeekers > 0) {
        drawCells(random, cells.seekers, numSeekers, drawn);
        seekers = seekersByOccupation(sought, drawn);
        people = peopleOf(drawn);
      }
      return { posts, seekers, people };
    },
  };
}
