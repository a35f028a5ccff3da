import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { drawCounts3, drawMargins } from "../../../src/models/microsimulation/chain-draws.ts";
import { type ChainInput, noErrors } from "../../../src/models/microsimulation/chain-input.ts";
import {
  areaDraws,
  chainEstimate,
  chainReplicates,
  mergeReplicates,
} from "../../../src/models/microsimulation/chain-replicates.ts";
import { standardDeviation } from "../../../src/models/uncertainty/replicate-interval.ts";
import { inventedChain } from "./invented-chain.ts";

const input = inventedChain({ areas: 6, households: 600, seed: 3 });
const margins = input.columns.margins.length;
const estimate = chainEstimate(input);
const spread = (errors: Partial<ChainInput["errors"]>): number => {
  const only = { ...input, errors: { ...noErrors, ...errors } };
  return standardDeviation(areaDraws(chainReplicates(only, { replicates: 40, seed: 9 }), 2, "all"));
};

describe("the chain of one estimate", () => {
  test("every area has its counts, each right within the next", () => {
    for (const counts of estimate) {
      if (!counts.ok) throw new Error(counts.message);
      const { rsa, free, participationOnly, all } = counts.eligible;
      expect(rsa).toBeGreaterThan(0);
      expect(free).toBeGreaterThan(rsa);
      expect(all).toBeCloseTo(free + participationOnly, 9);
      expect(counts.persons).toBeGreaterThan(all);
    }
  });

  test("a bad area says why and stops no other", () => {
    const targets = input.areas.targets.slice();
    const deciles = input.areas.deciles.slice();
    targets.fill(0, 0, margins); // no household
    targets[margins] = Number.NaN; // a secret margin
    deciles[2 * 9 + 4] = Number.NaN; // a hidden decile
    deciles[3 * 9 + 4] = 1; // deciles that decrease
    targets[4 * margins] = -5; // a negative count
    const bad = { ...input, areas: { ...input.areas, targets, deciles } };
    const found = chainEstimate(bad);
    expect(found.map((counts) => (counts.ok ? "ok" : counts.failure))).toEqual([
      "no-inhabitant",
      "missing-margins",
      "hidden-deciles",
      "decreasing-deciles",
      "refused",
      "ok",
    ]);
    for (const counts of found) if (!counts.ok) expect(counts.message.length).toBeGreaterThan(20);
    const replicates = chainReplicates(bad, { replicates: 3, seed: 1 }, found);
    expect(areaDraws(replicates, 2, "all").every(Number.isNaN)).toBe(true);
    expect(areaDraws(replicates, 5, "all").every(Number.isFinite)).toBe(true);
    expect(replicates.failures["hidden-deciles"]).toBe(3);
    const last = estimate[5];
    const same = found[5];
    if (!last.ok || !same.ok) throw new Error("la dernière zone devait être estimée");
    expect(same.eligible).toEqual(last.eligible);
  });

  test("columns that do not fit, chances and errors that mean nothing are refused", () => {
    const refused = (change: Partial<ChainInput>): void =>
      expect(() => chainEstimate({ ...input, ...change })).toThrow(/ne vont pas ensemble|Chances|Erreur type/);
    refused({ weights: new Float64Array(3) });
    refused({ shifts: new Float64Array(2) });
    refused({ areas: { ...input.areas, deciles: new Float64Array(2) } });
    refused({ tails: [{ chance: 0.5 }] });
    refused({ errors: { ...noErrors, margins: -1 } });
    refused({ errors: { ...noErrors, deciles: { common: Number.NaN, each: 0 } } });
  });
});

describe("the chain replayed", () => {
  test("the same seed gives the same numbers, however replicates are shared out", () => {
    const whole = chainReplicates(input, { replicates: 5, seed: 4 });
    const shares = [
      chainReplicates(input, { replicates: 5, seed: 4, from: 2, to: 5 }, estimate),
      chainReplicates(input, { replicates: 5, seed: 4, from: 0, to: 2 }, estimate),
    ];
    const merged = mergeReplicates(shares, 6);
    expect(merged).toEqual(whole);
    expect(chainReplicates(input, { replicates: 5, seed: 5 }).eligible).not.toEqual(whole.eligible);
  });

  test("without error every replicate is the estimate", () => {
    const one = { ...input, variants: [{ ...input.variants[0], chance: 1 }], tails: [{ chance: 1 }], errors: noErrors };
    chainEstimate(one).forEach((counts, area) => {
      if (!counts.ok) throw new Error(counts.message);
      for (const value of areaDraws(chainReplicates(one, { replicates: 2, seed: 1 }), area, "all"))
        expect(value / counts.eligible.all).toBeCloseTo(1, 6);
    });
  });

  test("each error widens the draws, and none is forgotten", () => {
    const sources = {
      seed: { seed: true },
      margins: { margins: 0.05 },
      deciles: { deciles: { common: 0.02, each: 0.01 } },
      shifts: { shifts: { shared: 0.2, own: 0.2 } },
      thresholds: { thresholds: { shared: 0.03, own: 0.03 } },
      realised: { realised: true },
    };
    const one = { ...input, variants: [{ ...input.variants[0], chance: 1 }], tails: [{ chance: 1 }] };
    for (const [name, errors] of Object.entries(sources)) {
      const only = { ...one, errors: { ...noErrors, ...errors } };
      const draws = areaDraws(chainReplicates(only, { replicates: 30, seed: 9 }), 2, "all");
      expect(standardDeviation(draws), name).toBeGreaterThan(1);
    }
    expect(spread({ thresholds: { shared: 0.1, own: 0 } })).toBeGreaterThan(
      spread({ thresholds: { shared: 0.02, own: 0 } }),
    );
  });

  test("margins drawn keep the total of their variable and their mean", () => {
    const targets = input.areas.targets.slice(0, margins);
    const errors = targets.map((target) => 0.1 * target);
    const random = seededRandom(1);
    const mean = new Float64Array(margins);
    for (let r = 0; r < 2000; r++) {
      const drawn = drawMargins(random, input.columns.margins, targets, errors);
      drawn.forEach((value, k) => {
        mean[k] += value / 2000;
      });
      if (r > 0) continue;
      const sum = (column: Float64Array): number => column.subarray(0, 5).reduce((total, value) => total + value, 0);
      expect(sum(drawn)).toBeCloseTo(sum(targets), 6);
      expect(drawn[0]).not.toBe(targets[0]);
    }
    mean.forEach((value, k) => {
      expect(value / targets[k]).toBeCloseTo(1, 1);
    });
  });

  test("counts drawn have the covariance asked", () => {
    const covariance = Float64Array.of(4, 2, -1, 2, 9, 0, -1, 0, 16);
    const random = seededRandom(3);
    const found = new Float64Array(9);
    const draws = 40_000;
    for (let r = 0; r < draws; r++) {
      const moved = drawCounts3(random, covariance);
      for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) found[3 * i + j] += (moved[i] * moved[j]) / draws;
    }
    found.forEach((value, k) => {
      expect(Math.abs(value - covariance[k])).toBeLessThan(0.3);
    });
  });
});
