import { describe, expect, test } from "vitest";
import { jobFair } from "../../../src/models/access/job-fair.ts";
import { offersPerSeeker } from "../../../src/models/access/offers-per-seeker.ts";
import { explainPolicyCost, type PolicyCost } from "../../../src/models/access/policy-cost.ts";
import { type Change, policyEffect } from "../../../src/models/access/policy-effect.ts";
import { mixedReach, reachShares } from "../../../src/models/access/reach-shares.ts";
import { jobMarket } from "./job-market.ts";

const inputOf = (seed: number) => ({ ...jobMarket(seed), level: "near" as const });
const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
const licence: PolicyCost = { amount: 1800, per: "beneficiary", unit: "EUR", source: "montant inventé pour l'essai" };

describe("the figures", () => {
  test("are those of the measures themselves, before, after and between", () => {
    for (let seed = 1; seed <= 8; seed++) {
      const input = inputOf(seed);
      const { groups } = policyEffect(input, { seed: 1, draws: 2, takeUp: 0.3 });
      const before = reachShares(input.before, input.homes, 30);
      const after = mixedReach(before, reachShares(input.after, input.homes, 30), 0.3);
      for (const [reach, side] of [
        [before, "before"],
        [after, "after"],
      ] as const) {
        const { perSeeker } = offersPerSeeker({ ...input, reach });
        groups.forEach((group, g) => {
          const sought = new Set(input.cells.rome.filter((_, c) => input.cells.origin[c] === g));
          const matched = [...input.offers.posts.keys()].filter((j) =>
            [...sought].some((code) => input.matching.near.get(code)?.has(input.offers.rome[j] as never)),
          );
          const total = sum(matched.map((j) => input.offers.posts[j]));
          const reached = sum(
            matched.map((j) => input.offers.posts[j] * reach.share[g * reach.columns + input.offers.destination[j]]),
          );
          expect(group.matching).toBe(total);
          expect(group.reached[side].estimate).toBeCloseTo(reached, 9);
          expect(group.share[side].estimate).toBeCloseTo(reached / total, 9);
          expect(group.perSeeker[side].estimate).toBeCloseTo(perSeeker[g], 9);
        });
      }
    }
  });
  test("who gains, counted home by home and cell by cell", () => {
    const input = inputOf(2);
    const { groups, overall } = policyEffect(input, { seed: 1, draws: 2, takeUp: 0.5 });
    let [gaining, pairs] = [0, 0];
    input.cells.rome.forEach((code, c) => {
      const g = input.cells.origin[c];
      const rows = [...input.homes.group.keys()].filter((row) => input.homes.group[row] === g);
      const people = sum(rows.map((row) => input.homes.weight[row]));
      for (const row of rows) {
        const reached = (side: "before" | "after"): number =>
          sum(
            [...input.offers.posts.keys()]
              .filter((j) => input.matching.near.get(code)?.has(input.offers.rome[j] as never))
              .filter((j) => input[side].values[input.homes.point[row] * 12 + input.offers.destination[j]] <= 30)
              .map((j) => input.offers.posts[j]),
          );
        const gain = reached("after") - reached("before");
        const seekers = (0.5 * input.cells.seekers[c] * input.homes.weight[row]) / people;
        if (gain > 0) gaining += seekers;
        if (gain > 0) pairs += seekers * gain;
      }
    });
    expect(overall.gaining).toBeCloseTo(gaining, 9);
    expect(overall.seekerPosts).toBeCloseTo(pairs, 9);
    expect(overall.losing).toBe(0);
    expect(sum(groups.map((group) => group.gaining))).toBeCloseTo(gaining, 9);
    // A post gained by a seeker on average is a pair gained over the seekers.
    expect(overall.reachedBySeeker.difference.estimate * overall.seekers).toBeCloseTo(pairs, 9);
    expect(overall.beneficiaries).toBeCloseTo(overall.seekers / 2, 9);
    expect(Math.max(...groups.map((group) => group.newPosts))).toBeGreaterThan(0);
  });
  test("nobody takes it up, or nothing changes: no effect, exactly, in every draw", () => {
    const input = inputOf(4);
    for (const effect of [
      policyEffect(input, { seed: 1, draws: 60, takeUp: 0 }),
      policyEffect({ ...input, after: input.before }, { seed: 1, draws: 60 }),
    ]) {
      for (const group of [...effect.groups, effect.overall]) {
        for (const change of [group.reached, group.share, group.perSeeker])
          expect(change.difference).toMatchObject({ estimate: 0, percentile: { low: 0, high: 0 } });
        expect([group.gaining, group.newPosts, group.seekerPosts]).toEqual([0, 0, 0]);
      }
    }
  });
  test("the more take it up, the more is reached; a queue grows for those who gain nothing", () => {
    const input = inputOf(6);
    const all = [0, 0.25, 0.5, 1].map((takeUp) => policyEffect(input, { seed: 1, draws: 1, takeUp }).overall);
    for (let k = 1; k < all.length; k++)
      expect(all[k]?.reached.after.estimate).toBeGreaterThan(all[k - 1]?.reached.after.estimate ?? 0);
    const alone = Float64Array.of(1, 0, 0, 0);
    const { groups } = policyEffect(input, { seed: 1, draws: 1, takeUp: alone });
    expect(groups[0]?.perSeeker.difference.estimate).toBeGreaterThan(0);
    for (const group of groups.slice(1)) {
      expect(group.perSeeker.difference.estimate).toBeLessThanOrEqual(1e-12);
      expect(group.reached.difference.estimate).toBe(0);
    }
    expect(Math.min(...groups.slice(1).map((group) => group.perSeeker.difference.estimate))).toBeLessThan(-1e-6);
  });
  test("shifted hours: those who lose are counted", () => {
    const input = inputOf(7);
    const back = { ...input, before: input.after, after: input.before };
    const [there, here] = [policyEffect(input, { seed: 1, draws: 1 }), policyEffect(back, { seed: 1, draws: 1 })];
    expect(here.overall.losing).toBeCloseTo(there.overall.gaining, 9);
    expect([here.overall.gaining, here.overall.newPosts]).toEqual([0, 0]);
  });
});

describe("the intervals", () => {
  test("same seed same effect; pairing makes the interval of a change far narrower than that of its sides", () => {
    const input = inputOf(3);
    const run = (seed: number) => policyEffect(input, { seed, draws: 200, takeUp: 0.2 });
    expect(run(1)).toEqual(run(1));
    expect(run(1).overall.reached.difference.percentile).not.toEqual(run(2).overall.reached.difference.percentile);
    const { reached } = run(1).overall;
    const width = ({ percentile }: Change["before"]): number => (percentile?.high ?? 0) - (percentile?.low ?? 0);
    expect(width(reached.difference)).toBeLessThan(0.6 * width(reached.after));
    expect(reached.difference.percentile?.low).toBeLessThanOrEqual(reached.difference.estimate);
    expect(reached.difference.percentile?.high).toBeGreaterThanOrEqual(reached.difference.estimate);
  });
  test("nothing drawn, nothing varies; each source alone does", () => {
    const run = (rule: object) => policyEffect(inputOf(3), { seed: 1, draws: 80, ...rule }).overall;
    const still = run({ resampleOffers: "fixed", resampleSeekers: "fixed" });
    for (const { difference } of [still.reached, still.perSeeker])
      expect(difference.percentile).toEqual({ low: difference.estimate, high: difference.estimate });
    expect(run({ resampleSeekers: "fixed" }).reached.difference.standardError).toBeGreaterThan(0.1);
    expect(run({ resampleOffers: "posts", resampleSeekers: "fixed" }).reached.after.standardError).toBeGreaterThan(0.1);
    // Over all groups the offers are conserved, whoever gets them: only the groups vary.
    const [one] = policyEffect(inputOf(3), { seed: 1, draws: 80, resampleOffers: "fixed" }).groups;
    expect(one?.perSeeker.difference.standardError).toBeGreaterThan(1e-4);
  });
});

describe("the cost", () => {
  test("is that declared, over what is gained", () => {
    const { overall, cost } = policyEffect(inputOf(2), { seed: 1, draws: 1, takeUp: 0.5, cost: licence });
    expect(cost?.total).toBeCloseTo(1800 * overall.beneficiaries, 6);
    expect(cost?.perSeekerGaining).toBeCloseTo((cost?.total ?? 0) / overall.gaining, 9);
    expect(cost?.perSeekerAndPost).toBeCloseTo((cost?.total ?? 0) / overall.seekerPosts, 9);
    expect(cost && explainPolicyCost(cost)).toMatch(
      /^Coût déclaré\u00a0: [\d\u202f]+\u00a0EUR, soit .*par demandeur qui y gagne.*montant inventé/,
    );
    const shuttle = policyEffect(inputOf(2), {
      seed: 1,
      draws: 1,
      cost: { ...licence, amount: 90_000, per: "policy" },
    });
    expect(shuttle.cost?.total).toBe(90_000);
  });
  test("gives null, and says so, where nothing is gained; refuses an amount from nowhere", () => {
    const input = inputOf(2);
    const { cost } = policyEffect({ ...input, after: input.before }, { seed: 1, draws: 1, cost: licence });
    expect(cost).toMatchObject({ perSeekerGaining: null, perPostMadeReachable: null, perSeekerAndPost: null });
    expect(cost && explainPolicyCost(cost)).toMatch(/sans gain/);
    for (const wrong of [{ source: " " }, { amount: Number.NaN }, { amount: -1 }, { unit: "" }])
      expect(() => policyEffect(input, { seed: 1, draws: 1, cost: { ...licence, ...wrong } })).toThrow(/sans source/);
  });
});

test("a job fair brings offers near: those brought are reached, the others stay where they are", () => {
  const input = inputOf(8);
  const brought = Int32Array.of(0, 1, 2, 3, 4, 5);
  const minutesToFair = new Float64Array(12).fill(15);
  const fair = jobFair(input.before, input.offers, { minutesToFair, brought });
  const plain = policyEffect({ ...input, after: input.before }, { seed: 1, draws: 1 });
  const effect = policyEffect({ ...input, ...fair }, { seed: 1, draws: 1 });
  expect(effect.overall.reached.before.estimate).toBeCloseTo(plain.overall.reached.before.estimate, 9);
  effect.groups.forEach((group, g) => {
    const sought = input.cells.rome.filter((_, c) => input.cells.origin[c] === g);
    const before = reachShares(input.before, input.homes, 30);
    const gain = sum(
      [...brought]
        .filter((j) => sought.some((code) => input.matching.near.get(code)?.has(input.offers.rome[j] as never)))
        .map((j) => input.offers.posts[j] * (1 - before.share[g * 12 + input.offers.destination[j]])),
    );
    expect(group.reached.difference.estimate).toBeCloseTo(gain, 9);
  });
  expect(() => jobFair(input.before, input.offers, { minutesToFair: Float64Array.of(1), brought })).toThrow(/1 durées/);
  expect(() => jobFair(input.before, input.offers, { minutesToFair, brought: Int32Array.of(99) })).toThrow(/offre 99/);
  expect(() =>
    jobFair(input.before, input.offers, { minutesToFair: minutesToFair.fill(Number.NaN, 3, 4), brought }),
  ).toThrow(/point 4 vers le forum/);
});

test("bad input says what is wrong", () => {
  const input = inputOf(1);
  const run =
    (change: object, options = {}) =>
    () =>
      policyEffect({ ...input, ...change }, { seed: 1, draws: 1, ...options });
  expect(run({ after: { rows: 1, columns: 12, values: new Float64Array(12) } })).toThrow(/1 × 12 après/);
  expect(run({}, { takeUp: 1.5 })).toThrow(/adoption.*1\.5/);
  expect(run({}, { takeUp: Float64Array.of(1, 1) })).toThrow(/2 taux/);
  expect(run({}, { limitMinutes: Number.NaN })).toThrow(/Limite/);
  expect(run({}, { draws: 0.5 })).toThrow(/tirages/);
});
