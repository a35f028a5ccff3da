import { describe, expect, test } from "vitest";
import { type Random, seededRandom } from "../../../src/codes/random.ts";
import { type BlockingPair, blockingPairs } from "../../../src/models/matching/blocking-pairs.ts";
import { deferredAcceptance } from "../../../src/models/matching/deferred-acceptance.ts";
import {
  type MarketMatching,
  type MarketSide,
  type MatchingMarket,
  marketFromCosts,
} from "../../../src/models/matching/matching-market.ts";
import { costInstance } from "./instances.ts";

/** "A: X Y Z, B: Y X" and the ids of the other side. */
function side(text: string, others: string, counts?: readonly number[]): MarketSide {
  const rows = text.split(",").map((row) => row.split(":").map((part) => part.trim()) as [string, string]);
  return {
    ids: rows.map(([id]) => id),
    counts: Float64Array.from(counts ?? rows.map(() => 1)),
    preferences: rows.map(([, list]) =>
      Int32Array.from(list.split(" ").filter(Boolean), (id) => others.split(" ").indexOf(id)),
    ),
  };
}
const said = (market: MatchingMarket, { pairs }: MarketMatching): string =>
  pairs
    .map(
      ({ seeker, offer, count }) =>
        `${market.seekers.ids[seeker]}-${market.offers.ids[offer]}${count > 1 ? ` x${count}` : ""}`,
    )
    .join(", ");

const notes: MatchingMarket = {
  seekers: side("A: X Y Z, B: Y X Z, C: X Z Y", "X Y Z"),
  offers: side("X: B A C, Y: A B C, Z: A B C", "A B C"),
};

describe("the example of the notes", () => {
  test("seekers propose", () => expect(said(notes, deferredAcceptance(notes, "seekers"))).toBe("A-X, B-Y, C-Z"));
  test("offers propose", () => expect(said(notes, deferredAcceptance(notes, "offers"))).toBe("A-Y, B-X, C-Z"));
});

describe("cells and posts", () => {
  const market: MatchingMarket = {
    seekers: side("A: X Y, B: X, C: Y", "X Y", [3, 2, 1]),
    offers: side("X: B A, Y: A C", "A B C", [3, 1]),
  };
  test("the better liked push the others out, the last ones stay unassigned", () => {
    const found = deferredAcceptance(market, "seekers");
    expect(said(market, found)).toBe("A-X, A-Y, B-X x2");
    expect([[...found.unassigned], [...found.spare]]).toEqual([
      [1, 0, 1],
      [0, 0],
    ]);
    expect(blockingPairs(market, found)).toEqual([]);
  });
  test("nobody acceptable: nobody matched", () => {
    const alone = { seekers: side("A: X", "X"), offers: side("X: ", "A", [2]) };
    for (const proposing of ["seekers", "offers"] as const) {
      const found = deferredAcceptance(alone, proposing);
      expect([found.pairs, [...found.unassigned], [...found.spare]]).toEqual([[], [1], [2]]);
    }
  });
});

function shuffled(n: number, random: Random): number[] {
  const list = Array.from({ length: n }, (_, k) => k);
  for (let k = n - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    [list[k], list[other]] = [list[other] ?? 0, list[k] ?? 0];
  }
  return list;
}

function randomMarket(seed: number, most = 9, mostCount = 4): MatchingMarket {
  const random = seededRandom(seed);
  const sizes = [1 + Math.floor(random() * most), 1 + Math.floor(random() * most)] as const;
  const keep = 0.3 + 0.7 * random();
  const make = (own: number, other: number, letter: string): MarketSide => ({
    ids: Array.from({ length: own }, (_, k) => `${letter}${k}`),
    counts: Float64Array.from({ length: own }, () => 1 + Math.floor(random() * mostCount)),
    preferences: Array.from({ length: own }, () =>
      Int32Array.from(shuffled(other, random).filter(() => random() < keep)),
    ),
  });
  return { seekers: make(sizes[0], sizes[1], "c"), offers: make(sizes[1], sizes[0], "o") };
}

/** Everybody one by one: the definition of a blocking pair on persons and posts, for small markets. */
function blockingByPersons({ seekers, offers }: MatchingMarket, { pairs }: MarketMatching): BlockingPair[] {
  const people = [...seekers.counts].flatMap((n, cell) => Array.from({ length: n }, () => ({ cell, offer: -1 })));
  const posts = [...offers.counts].flatMap((n, offer) => Array.from({ length: n }, () => ({ offer, cell: -1 })));
  for (const { seeker, offer, count } of pairs) {
    for (let k = 0; k < count; k++) {
      const person = people.find(({ cell, offer: taken }) => cell === seeker && taken < 0);
      const post = posts.find(({ offer: own, cell }) => own === offer && cell < 0);
      if (person && post) [person.offer, post.cell] = [offer, seeker];
    }
  }
  const rank = (list: Int32Array | undefined, other: number): number =>
    other < 0 ? 1e9 : (list?.indexOf(other) ?? -1);
  const found = new Set<string>();
  for (const person of people) {
    for (const post of posts) {
      const [likes, isLiked] = [
        rank(seekers.preferences[person.cell], post.offer),
        rank(offers.preferences[post.offer], person.cell),
      ];
      if (likes < 0 || isLiked < 0) continue;
      if (
        likes < rank(seekers.preferences[person.cell], person.offer) &&
        isLiked < rank(offers.preferences[post.offer], post.cell)
      )
        found.add(`${person.cell} ${post.offer}`);
    }
  }
  return [...found].map((text) => ({ seeker: Number(text.split(" ")[0]), offer: Number(text.split(" ")[1]) }));
}

describe("1 000 random markets", () => {
  const seeds = Array.from({ length: 1000 }, (_, k) => k);
  test("no blocking pair, whoever proposes, and everybody is counted once", () => {
    let incomplete = 0;
    for (const seed of seeds) {
      const market = randomMarket(seed);
      const [bySeekers, byOffers] = [deferredAcceptance(market, "seekers"), deferredAcceptance(market, "offers")];
      for (const found of [bySeekers, byOffers]) {
        expect(blockingPairs(market, found)).toEqual([]);
        const placed = found.pairs.reduce((sum, { count }) => sum + count, 0);
        const sum = (counts: Float64Array): number => counts.reduce((a, b) => a + b, 0);
        expect(placed + sum(found.unassigned)).toBe(sum(market.seekers.counts));
        expect(placed + sum(found.spare)).toBe(sum(market.offers.counts));
        if (sum(found.unassigned) > 0 && sum(found.spare) > 0) incomplete++;
      }
      // Rural hospitals (Roth 1986): the same number of each cell and of each offer is placed in every stable matching.
      expect(byOffers.unassigned).toEqual(bySeekers.unassigned);
      expect(byOffers.spare).toEqual(bySeekers.spare);
      // Every cell does at least as well when seekers propose: its ranks, member by member.
      market.seekers.preferences.forEach((list, cell) => {
        const ranks = ({ pairs }: MarketMatching): number[] =>
          pairs
            .filter(({ seeker }) => seeker === cell)
            .flatMap(({ offer, count }) => new Array<number>(count).fill(list.indexOf(offer)))
            .sort((a, b) => a - b);
        const worse = ranks(byOffers);
        for (const [k, rank] of ranks(bySeekers).entries()) expect(rank).toBeLessThanOrEqual(worse[k] ?? -1);
      });
    }
    expect(incomplete).toBeGreaterThan(100);
  });
  test("the checker finds the blocking pairs of any matching, as persons and posts one by one show", () => {
    let unstable = 0;
    for (const seed of seeds.slice(0, 300)) {
      const market = randomMarket(seed, 5, 3);
      const random = seededRandom(seed + 1_000_000);
      const { unassigned, spare } = { unassigned: market.seekers.counts.slice(), spare: market.offers.counts.slice() };
      const pairs = market.seekers.preferences.flatMap((list, seeker) =>
        [...list].flatMap((offer) => {
          if (!market.offers.preferences[offer]?.includes(seeker) || random() < 0.4) return [];
          const count = Math.min(unassigned[seeker], spare[offer]);
          unassigned[seeker] -= count;
          spare[offer] -= count;
          return count > 0 ? [{ seeker, offer, count }] : [];
        }),
      );
      const matching = { pairs, unassigned, spare };
      const found = blockingPairs(market, matching);
      const key = (list: readonly BlockingPair[]): string[] =>
        list.map(({ seeker, offer }) => `${seeker} ${offer}`).sort();
      expect(key(found)).toEqual(key(blockingByPersons(market, matching)));
      if (found.length > 0) unstable++;
    }
    expect(unstable).toBeGreaterThan(100);
  });
});

describe("preferences by cost", () => {
  test("stable, ties by id, forbidden pairs in no list", () => {
    const costs = { rows: 12, columns: 9, values: costInstance("sparse", 12, 9, 5) };
    const market = marketFromCosts(costs, new Float64Array(12).fill(2), new Float64Array(9).fill(3));
    const found = deferredAcceptance(market, "seekers");
    expect(blockingPairs(market, found)).toEqual([]);
    for (const { seeker, offer } of found.pairs)
      expect(costs.values[seeker * 9 + offer]).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(found.pairs.length).toBeGreaterThan(5);
  });
  test("offers may rank by other costs", () => {
    const costs = { rows: 2, columns: 1, values: Float64Array.of(1, 2), rowIds: ["b", "a"] };
    const ones = [Float64Array.of(1, 1), Float64Array.of(1)] as const;
    expect([...(marketFromCosts(costs, ...ones).offers.preferences[0] ?? [])]).toEqual([0, 1]);
    expect([...(marketFromCosts(costs, ...ones, Float64Array.of(3, 3)).offers.preferences[0] ?? [])]).toEqual([1, 0]);
  });
});

describe("bad input", () => {
  const good = notes.seekers;
  const market = (seekers: MarketSide): MatchingMarket => ({ ...notes, seekers });
  test.each([
    ["nobody", { ids: [], counts: new Float64Array(0), preferences: [] }, /vide/],
    ["zero capacity", { ...good, counts: Float64Array.of(1, 0, 1) }, /Effectif.*0.*B/],
    ["a masked count", { ...good, counts: Float64Array.of(1, Number.NaN, 1) }, /masqué/],
    ["a list missing", { ...good, preferences: good.preferences.slice(1) }, /3 listes/],
    [
      "a name twice",
      { ...good, preferences: [Int32Array.of(0, 0), Int32Array.of(), Int32Array.of()] },
      /répétée.*X.*A/,
    ],
    [
      "an unknown name",
      { ...good, preferences: [Int32Array.of(7), Int32Array.of(), Int32Array.of()] },
      /inconnu.*7.*A/,
    ],
  ])("%s is refused", (_, seekers, message) =>
    expect(() => deferredAcceptance(market(seekers), "seekers")).toThrow(message),
  );
  test.each([
    ["a pair that is not accepted", [{ seeker: 0, offer: 9, count: 1 }], /A à 9/],
    ["half a person", [{ seeker: 0, offer: 0, count: 0.5 }], /0\.5/],
    [
      "too many",
      [
        { seeker: 0, offer: 0, count: 1 },
        { seeker: 1, offer: 0, count: 1 },
      ],
      /2 pour X/,
    ],
  ])("the checker refuses %s", (_, pairs, message) =>
    expect(() => blockingPairs(notes, { pairs, unassigned: new Float64Array(3), spare: new Float64Array(3) })).toThrow(
      message,
    ),
  );
});
