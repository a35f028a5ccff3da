import { QuartiersError } from "../../codes/errors.ts";
import { checkMarket, type MarketMatching, type MatchingMarket } from "./matching-market.ts";

/** A cell and an offer who would both rather be together than as they are. */
export interface BlockingPair {
  readonly seeker: number;
  readonly offer: number;
}

/**
 * All blocking pairs of a matching: pairs acceptable to both, not already filled by each other, where a member of the cell is unassigned or has a place liked
 * less, and a post is free or held by a cell liked less. A matching is stable when there is none. Written apart from `deferredAcceptance`, from the definition,
 * so that one checks the other. Refuses a matching that breaks the counts or the lists. O(length of the lists).
 */
export function blockingPairs(market: MatchingMarket, matching: MarketMatching): readonly BlockingPair[] {
  checkMarket(market);
  const { seekers, offers } = market;
  const rankOf = (lists: readonly Int32Array[]): ReadonlyMap<number, number>[] =>
    lists.map((list) => new Map(Array.from(list, (other, rank) => [other, rank] as const)));
  const seekerRanks = rankOf(seekers.preferences);
  const offerRanks = rankOf(offers.preferences);
  /** Rank of the least liked that each has; Infinity when somebody, or a post, has nobody. */
  const worstOfSeeker = new Float64Array(seekers.counts.length).fill(-1);
  const worstOfOffer = new Float64Array(offers.counts.length).fill(-1);
  const placed = new Float64Array(seekers.counts.length);
  const filled = new Float64Array(offers.counts.length);
  for (const { seeker, offer, count } of matching.pairs) {
    const [likes, isLiked] = [seekerRanks[seeker]?.get(offer), offerRanks[offer]?.get(seeker)];
    if (likes === undefined || isLiked === undefined || !(Number.isInteger(count) && count > 0)) {
      throw new QuartiersError({
        what: "Ce n'est pas un appariement",
        value: `${count} de ${seekers.ids[seeker] ?? seeker} à ${offers.ids[offer] ?? offer}`,
        expected: "des paires acceptées des deux côtés, en nombres entiers positifs",
      });
    }
    placed[seeker] += count;
    filled[offer] += count;
    worstOfSeeker[seeker] = Math.max(worstOfSeeker[seeker], likes);
    worstOfOffer[offer] = Math.max(worstOfOffer[offer], isLiked);
  }
  settle(placed, seekers.counts, worstOfSeeker, seekers.ids);
  settle(filled, offers.counts, worstOfOffer, offers.ids);
  return seekers.preferences.flatMap((list, seeker) =>
    Array.from(list).flatMap((offer, rank) => {
      const isLiked = offerRanks[offer]?.get(seeker);
      return isLiked !== undefined && rank < worstOfSeeker[seeker] && isLiked < worstOfOffer[offer]
        ? [{ seeker, offer }]
        : [];
    }),
  );
}

/** Refuses counts that are exceeded; whoever has somebody left over would take anybody acceptable. */
function settle(used: Float64Array, counts: Float64Array, worst: Float64Array, ids: readonly string[]): void {
  for (let i = 0; i < counts.length; i++) {
    if (used[i] > counts[i]) {
      throw new QuartiersError({
        what: "Ce n'est pas un appariement",
        value: `${used[i]} pour ${ids[i]}`,
        expected: `au plus ${counts[i]}`,
      });
    }
    if (used[i] < counts[i]) worst[i] = Number.POSITIVE_INFINITY;
  }
}
