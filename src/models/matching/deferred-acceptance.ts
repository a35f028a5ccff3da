import { checkMarket, type MarketMatching, type MarketSide, type MatchingMarket } from "./matching-market.ts";

/**
 * Deferred acceptance (Gale and Shapley 1962) between cells of seekers and offers of several posts, with incomplete lists. The proposing side works down its
 * lists; the other keeps the best of what it was proposed, within its count. The result is stable (see `blockingPairs`), and among stable ones the best
 * for every member of the proposing side at once and the worst for the other. The members of a cell share one list and are counted, never listed.
 *
 * Preferences are strict, so the result does not depend on the order in which proposals are made.
 * Refuses empty sides, counts that are not whole and positive, lists with repetitions or unknown numbers. O(length of the lists).
 * @example
 * ```ts
 * const list = (...rows) => rows.map((row) => Int32Array.from(row));
 * const seekers = { ids: ["A", "B", "C"], counts: Float64Array.of(1, 1, 1), preferences: list([0, 1, 2], [1, 0, 2], [0, 2, 1]) };
 * const offers = { ids: ["X", "Y", "Z"], counts: Float64Array.of(1, 1, 1), preferences: list([1, 0, 2], [0, 1, 2], [0, 1, 2]) };
 * deferredAcceptance({ seekers, offers }, "offers").pairs.map((pair) => seekers.ids[pair.seeker] + offers.ids[pair.offer]) // [ "AY", "BX", "CZ" ]
 * ```
 */
export function deferredAcceptance(market: MatchingMarket, proposing: "seekers" | "offers"): MarketMatching {
  checkMarket(market);
  const bySeekers = proposing === "seekers";
  const [proposers, receivers] = bySeekers ? [market.seekers, market.offers] : [market.offers, market.seekers];
  const { held, left } = propose(proposers, receivers);
  const room = receivers.counts.slice();
  const pairs = held.flatMap((counts, receiver) =>
    [...counts].flatMap((count, rank) => {
      if (count === 0) return [];
      room[receiver] -= count;
      const proposer = receivers.preferences[receiver]?.[rank] ?? -1;
      return [bySeekers ? { seeker: proposer, offer: receiver, count } : { seeker: receiver, offer: proposer, count }];
    }),
  );
  pairs.sort((a, b) => a.seeker - b.seeker || a.offer - b.offer);
  return { pairs, unassigned: bySeekers ? left : room, spare: bySeekers ? room : left };
}

/** What each receiver holds, by rank in its list, and what each proposer could not place. */
function propose(proposers: MarketSide, receivers: MarketSide): { held: Float64Array[]; left: Float64Array } {
  const ranks = receivers.preferences.map(
    (list) => new Map(Array.from(list, (proposer, rank) => [proposer, rank] as const)),
  );
  const held = receivers.preferences.map((list) => new Float64Array(list.length));
  const room = receivers.counts.slice();
  /** Rank of the least liked that a receiver holds, or beyond. */
  const worst = new Int32Array(room.length).fill(-1);
  const left = proposers.counts.slice();
  /**
   * Next in the list of each proposer, moved on only once refused. One place serves all members of a cell: those before it hold nobody liked less than the
   * cell, and will only get choosier, so a member who is sent back has nothing to ask of them.
   */
  const next = new Int32Array(left.length);
  const waiting = Array.from(left.keys()).reverse();
  for (let proposer = waiting.pop(); proposer !== undefined; proposer = waiting.pop()) {
    const list = proposers.preferences[proposer] ?? new Int32Array(0);
    while (left[proposer] > 0 && next[proposer] < list.length) {
      const receiver: number = list[next[proposer]];
      const rank = ranks[receiver]?.get(proposer);
      const holds = held[receiver];
      if (rank === undefined || !holds) {
        next[proposer]++;
        continue;
      }
      if (room[receiver] > 0) {
        const taken = Math.min(room[receiver], left[proposer]);
        holds[rank] += taken;
        room[receiver] -= taken;
        left[proposer] -= taken;
        worst[receiver] = Math.max(worst[receiver], rank);
      }
      while (left[proposer] > 0 && worst[receiver] > rank) {
        const least = worst[receiver];
        const moved = Math.min(left[proposer], holds[least]);
        if (moved > 0) {
          const sentBack = receivers.preferences[receiver]?.[least] ?? -1;
          holds[least] -= moved;
          holds[rank] += moved;
          left[proposer] -= moved;
          left[sentBack] += moved;
          waiting.push(sentBack);
        }
        if (holds[least] === 0) worst[receiver]--;
      }
      if (left[proposer] > 0) next[proposer]++;
    }
  }
  return { held, left };
}
