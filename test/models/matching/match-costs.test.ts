import { describe, expect, test } from "vitest";
import { codeRome } from "../../../src/codes/code.ts";
import { blockingPairs } from "../../../src/models/matching/blocking-pairs.ts";
import { certifyTransport } from "../../../src/models/matching/certify-transport.ts";
import { congestion, flowByOffer } from "../../../src/models/matching/congestion.ts";
import { deferredAcceptance } from "../../../src/models/matching/deferred-acceptance.ts";
import { denseCosts, matchCosts } from "../../../src/models/matching/match-costs.ts";
import { marketFromCosts } from "../../../src/models/matching/matching-market.ts";
import { matchLevels, romeMatching } from "../../../src/models/matching/rome-match.ts";
import { transport } from "../../../src/models/matching/transport.ts";

const codes = ["G1602", "G1603", "G1803", "K2204"].map(codeRome);
const [cook, kitchen, waiter, cleaner] = codes as [never, never, never, never];
const matching = romeMatching(codes, { sought: [kitchen, cook], offered: [cook, cleaner], kind: ["Proche", "Proche"] });

/** Two neighbourhoods, three places of work, kilometres. */
const km = { rows: 2, columns: 3, values: Float64Array.of(2, 10, 40, 8, 3, Number.POSITIVE_INFINITY) };
const cells = {
  ids: ["QP1 G1602", "QP1 G1603", "QP2 G1603"],
  seekers: Float64Array.of(4, 3, 5),
  rome: [cook, kitchen, kitchen],
  origin: Int32Array.of(0, 0, 1),
};
const offers = {
  ids: ["o1", "o2", "o3", "o4", "o5"],
  posts: Float64Array.of(2, 3, 2, 1, 6),
  rome: [cook, kitchen, cleaner, waiter, cook],
  destination: Int32Array.of(1, 0, 0, 1, 2),
};
const pairsAt = (level: "strict" | "near" | "wide", radius = 30): string[] => {
  const { arcs } = matchCosts(matching, level, cells, offers, km, radius);
  return [...arcs.cost].map((cost, k) => `${cells.ids[arcs.cell[k]]} ${offers.ids[arcs.offer[k]]} ${cost}`);
};

describe("costs at the three levels", () => {
  test("the same sheet", () => {
    expect(pairsAt("strict")).toEqual(["QP1 G1602 o1 10", "QP1 G1603 o2 2", "QP2 G1603 o2 8"]);
  });
  test("near follows the direction of the mobility", () => {
    expect(pairsAt("near")).toEqual([
      ...["QP1 G1602 o1 10", "QP1 G1602 o3 2", "QP1 G1603 o1 10", "QP1 G1603 o2 2", "QP2 G1603 o1 3", "QP2 G1603 o2 8"],
    ]);
  });
  test("each level contains the one before; the radius opens pairs, a journey that is not there never", () => {
    expect(pairsAt("wide")).toEqual(expect.arrayContaining(pairsAt("near")));
    expect(pairsAt("wide").length).toBeGreaterThan(pairsAt("near").length);
    expect(pairsAt("strict", 50)).toContain("QP1 G1602 o5 40");
    expect(
      pairsAt("wide", Number.POSITIVE_INFINITY).filter((pair) => pair.startsWith("QP2") && pair.includes("o5")),
    ).toEqual([]);
  });
  test("side by side: as the match loosens, more are placed, each plan proved", () => {
    const plans = matchLevels.map((level) => {
      const problem = matchCosts(matching, level, cells, offers, km, 30);
      const plan = transport(problem, { cost: 60 });
      expect(certifyTransport(problem, plan).optimal).toBe(true);
      const { coverage } = congestion(flowByOffer(plan.flow, problem.arcs.offer, offers.ids.length));
      return { placed: plan.assignedCount, objective: plan.objective, coverage };
    });
    expect(plans.map(({ placed }) => placed)).toEqual([5, 7, 7]);
    expect(plans[1]?.objective).toBeLessThan(plans[0]?.objective ?? 0);
    expect(plans[2]?.objective).toBeLessThanOrEqual(plans[1]?.objective ?? 0);
    expect(plans[0]?.coverage).toBeCloseTo(2 / 5, 12);
  });
  test("the dense table feeds the other methods", () => {
    const costs = denseCosts(matchCosts(matching, "near", cells, offers, km, 30));
    expect([costs.rows, costs.columns, costs.values[0], costs.values[4]]).toEqual([3, 5, 10, Number.POSITIVE_INFINITY]);
    const market = marketFromCosts(costs, cells.seekers, offers.posts);
    expect(blockingPairs(market, deferredAcceptance(market, "seekers"))).toEqual([]);
  });
});

describe("bad input", () => {
  test("an occupation of another version of the ROME", () => {
    expect(() =>
      matchCosts(matching, "strict", { ...cells, rome: [codeRome("A9999"), cook, cook] }, offers, km, 30),
    ).toThrow(/A9999.*QP1 G1602/);
  });
  test.each([
    ["a missing journey", { ...km, values: Float64Array.of(2, Number.NaN, 40, 8, 3, 9) }, /manquant.*QP1 G1602, o1/],
    ["a negative journey", { ...km, values: Float64Array.of(-2, 10, 40, 8, 3, 9) }, /négatif.*QP1 G1603, o2/],
    ["a table too small", { rows: 1, columns: 3, values: Float64Array.of(2, 10, 40) }, /ne vont pas ensemble/],
  ])("%s", (_, costs, message) =>
    expect(() => matchCosts(matching, "strict", cells, offers, costs, 30)).toThrow(message),
  );
  test("columns of unequal length, a radius that is not one, no cell", () => {
    expect(() => matchCosts(matching, "strict", { ...cells, origin: Int32Array.of(0) }, offers, km, 30)).toThrow(
      /ensemble/,
    );
    expect(() => matchCosts(matching, "strict", cells, offers, km, Number.NaN)).toThrow(/rayon NaN/);
    expect(() => matchCosts(matching, "strict", { ...cells, ids: [] }, offers, km, 30)).toThrow(/vide/);
  });
});
