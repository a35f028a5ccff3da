import { describe, expect, test } from "vitest";
import { explainAccess } from "../../../src/models/access/explain-access.ts";
import { twoStepFloatingCatchment } from "../../../src/models/access/floating-catchment.ts";
import { headlineFigures, reachByOffer } from "../../../src/models/access/headline-figures.ts";
import {
  explainOffersPerSeeker,
  type OffersPerSeekerInput,
  offersPerSeeker,
} from "../../../src/models/access/offers-per-seeker.ts";
import { groupCosts, quickestOf, reachShares } from "../../../src/models/access/reach-shares.ts";
import { soughtPosts } from "../../../src/models/access/sought-posts.ts";
import { matchLevels } from "../../../src/models/matching/rome-match.ts";
import { jobMarket } from "./job-market.ts";

const inputOf = (seed: number, level: OffersPerSeekerInput["level"] = "near"): OffersPerSeekerInput => {
  const market = jobMarket(seed);
  return {
    reach: reachShares(market.before, market.homes, 30),
    ...{ cells: market.cells, offers: market.offers, matching: market.matching, level },
    minutes: groupCosts(market.before, market.homes),
  };
};
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);

describe("on invented markets", () => {
  test.each(matchLevels)("%s: offers are conserved, and per head it is the 2SFCA of the same weights", (level) => {
    for (let seed = 1; seed <= 20; seed++) {
      const input = inputOf(seed, level);
      const result = offersPerSeeker(input);
      expect(sum(result.offers)).toBeCloseTo(result.shared, 9);
      expect(result.shared + result.outOfReach).toBe(sum(input.offers.posts));
      const { matrix, weights } = result.measure;
      const { posts } = twoStepFloatingCatchment(matrix, {
        weights,
        demand: input.cells.seekers,
        opportunities: { posts: input.offers.posts },
      });
      posts.access.forEach((access, cell) => {
        expect(result.perSeekerOfCell[cell]).toBeCloseTo(access, 12);
      });
    }
  });
  test("written out: each post split among those who match and reach it, in proportion to the share of their group that does", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const input = inputOf(seed);
      const { reach, cells, offers, matching } = input;
      const falls = new Float64Array(4);
      offers.posts.forEach((posts, j) => {
        const claims = cells.rome.map((code, c) =>
          matching.near.get(code)?.has(offers.rome[j] as never)
            ? cells.seekers[c] * reach.share[cells.origin[c] * reach.columns + offers.destination[j]]
            : 0,
        );
        const total = sum(claims);
        claims.forEach((claim, c) => {
          if (total > 0) falls[cells.origin[c]] += (posts * claim) / total;
        });
      });
      const result = offersPerSeeker(input);
      falls.forEach((expected, group) => {
        expect(result.offers[group]).toBeCloseTo(expected, 9);
      });
    }
  });
  test("the quick computation of the policies gives the same numbers", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const input = inputOf(seed, "wide");
      const { reach, cells, offers, matching } = input;
      const result = offersPerSeeker(input);
      const sought = soughtPosts(matching, "wide", cells, offers, reach.groupIds);
      const current = { posts: offers.posts, seekers: sought.seekers, people: result.seekers };
      const { perSeeker } = headlineFigures(reachByOffer(reach, offers), sought, current);
      result.perSeeker.forEach((expected, group) => {
        expect(perSeeker[group]).toBeCloseTo(expected, 12);
      });
      expect(perSeeker[4]).toBeCloseTo(result.shared / sum(cells.seekers), 12);
    }
  });
  test("more seekers elsewhere take offers away from a group, never give it any", () => {
    const input = inputOf(3);
    const crowd = {
      ...input.cells,
      seekers: input.cells.seekers.map((n, c) => (input.cells.origin[c] === 1 ? 5 * n : n)),
    };
    const [before, after] = [offersPerSeeker(input), offersPerSeeker({ ...input, cells: crowd })];
    for (const group of [0, 2, 3]) expect(after.offers[group]).toBeLessThanOrEqual(before.offers[group] + 1e-12);
    expect(after.offers[1]).toBeGreaterThan(before.offers[1]);
  });
});

describe("explained", () => {
  test("the terms of a group add up to its offers; a cell is explained with its minutes", () => {
    const result = offersPerSeeker(inputOf(5));
    result.groupIds.forEach((id, group) => {
      const terms = explainOffersPerSeeker(result, id);
      expect(sum(terms.map(({ falls }) => falls))).toBeCloseTo(result.offers[group], 9);
      for (const { own, competitors, falls, posts } of terms)
        expect(falls).toBeCloseTo((posts * own) / competitors, 12);
    });
    const cell = result.measure.matrix.originIds[0] ?? "";
    const { access, terms } = explainAccess(result.measure, cell);
    expect(sum(terms.map(({ contribution }) => contribution))).toBeCloseTo(access, 9);
    expect(terms[0]?.costs["travelTimeMinutes"]).toBeGreaterThan(0);
    expect(() => explainOffersPerSeeker(result, "QP9")).toThrow(/QP9/);
  });
});

describe("edges", () => {
  test("nothing in reach: zeros and no NaN", () => {
    const input = inputOf(1);
    const nowhere = { ...input.reach, share: new Float64Array(input.reach.share.length) };
    const result = offersPerSeeker({ ...input, reach: nowhere });
    expect([...result.perSeeker, ...result.perSeekerOfCell].every((value) => value === 0)).toBe(true);
    expect(result.outOfReach).toBe(sum(input.offers.posts));
  });
  test("a cell of nobody and a group without cell have 0", () => {
    const input = inputOf(1);
    const cells = { ...input.cells, seekers: input.cells.seekers.map((n, c) => (input.cells.origin[c] === 0 ? 0 : n)) };
    const result = offersPerSeeker({ ...input, cells });
    expect([result.offers[0], result.perSeeker[0], result.perSeekerOfCell[0]]).toEqual([0, 0, 0]);
    expect(sum(result.offers)).toBeCloseTo(result.shared, 9);
  });
  test("the quicker of two matrices; a median that half cannot reach is Infinity", () => {
    const one = { rows: 2, columns: 1, values: Float64Array.of(30, Number.POSITIVE_INFINITY) };
    const two = { rows: 2, columns: 1, values: Float64Array.of(40, 12) };
    expect([...quickestOf(one, two).values]).toEqual([30, 12]);
    const homes = {
      groupIds: ["a"],
      group: Int32Array.of(0, 0),
      point: Int32Array.of(0, 1),
      weight: Float64Array.of(1, 1),
    };
    expect(groupCosts(one, homes).values[0]).toBe(Number.POSITIVE_INFINITY);
    expect(groupCosts(two, homes).values[0]).toBe(26);
    expect(() => quickestOf(one, { ...two, rows: 1 })).toThrow(/tailles/);
  });
});
