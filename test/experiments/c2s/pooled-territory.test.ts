import { describe, expect, test } from "vitest";
import type { ChainStudy } from "../../../src/experiments/c2s/chain-study.ts";
import { pooledTargets, pooledTerritory } from "../../../src/experiments/c2s/pooled-territory.ts";
import { monotoneQuantile } from "../../../src/models/areas/monotone-quantile.ts";
import { seedColumns } from "../../../src/models/calibration/seed-columns.ts";
import { referenceSeed } from "../../../src/models/microsimulation/reference-seed.ts";

/** Two seed households, of one and three persons. */
const table = {
  households: 2,
  persons: Uint8Array.of(1, 3),
  groups: Uint8Array.of(0, 0),
  thresholds: Float64Array.of(6_000),
  foyerStart: Int32Array.of(0, 1, 2),
  foyerPersons: Uint8Array.of(1, 3),
  rsa: Uint16Array.of(0, 0),
  free: Uint16Array.of(0, 0),
  participation: Uint16Array.of(0, 0),
};
const poor = monotoneQuantile({ probabilities: [0.1, 0.5, 0.9], values: [5_000, 10_000, 20_000] });
const rich = monotoneQuantile({ probabilities: [0.1, 0.5, 0.9], values: [10_000, 20_000, 40_000] });
/** 100 + 3 x 100 = 400 persons, then 300 + 3 x 100 = 600; the third area has no answer. */
const chain: ChainStudy = {
  seed: referenceSeed(),
  sets: [],
  table,
  shifts: new Float64Array(30),
  weights: [Float64Array.of(100, 100), Float64Array.of(300, 100), null],
  quantiles: [poor, rich, null],
};

describe("all neighbourhoods as one", () => {
  const pooled = pooledTerritory(chain);

  test("weights and persons are sums over the neighbourhoods that have an answer", () => {
    expect([...pooled.weights]).toEqual([400, 200]);
    expect(pooled.persons).toBe(1_000);
  });

  test("the distribution is the mixture of theirs, by hand", () => {
    // 10 000: the median of one and the first decile of the other; 20 000: the ninth decile and the median; 5 000: a decile, and a straight line from 0.
    const { quantile } = pooled;
    expect(quantile.shareBelow(10_000)).toBeCloseTo(0.4 * 0.5 + 0.6 * 0.1, 12);
    expect(quantile.shareBelow(20_000)).toBeCloseTo(0.4 * 0.9 + 0.6 * 0.5, 12);
    expect(quantile.shareBelow(5_000)).toBeCloseTo(0.4 * 0.1 + 0.6 * 0.05, 12);
    expect([quantile.shareBelow(0), quantile.shareBelow(-5), quantile.shareBelow(1e9)]).toEqual([0, 0, 1]);
    expect(quantile.shareBelow(Number.NaN)).toBeNaN();
  });

  test("between the read places it stays within a ten-thousandth of the mixture, and never decreases", () => {
    let before = 0;
    for (let value = 7; value < 99_000; value += 93) {
      const share = pooled.quantile.shareBelow(value);
      expect(Math.abs(share - (0.4 * poor.shareBelow(value) + 0.6 * rich.shareBelow(value)))).toBeLessThan(1e-4);
      expect(share).toBeGreaterThanOrEqual(before);
      before = share;
    }
  });

  test("the quantile is the inverse of the share", () => {
    for (const share of [0.01, 0.1, 0.26, 0.5, 0.66, 0.9])
      expect(pooled.quantile.shareBelow(pooled.quantile.quantile(share))).toBeCloseTo(share, 9);
    expect(pooled.quantile.quantile(0.26)).toBeCloseTo(10_000, 6);
    expect([pooled.quantile.quantile(-0.1), pooled.quantile.quantile(1.1)]).toEqual([Number.NaN, Number.NaN]);
  });

  test("margins of the whole, for a number of inhabitants", () => {
    const columns = seedColumns({
      households: 2,
      householdOfPerson: Int32Array.of(0, 1, 1, 1),
      variables: [
        { of: "persons", name: "habitants", categories: ["ensemble"], codes: new Uint8Array(4) },
        { of: "households", name: "taille", categories: ["1", "3"], codes: Uint8Array.of(0, 1) },
      ],
    });
    // For 500 inhabitants, half of the 400 households of one person and of the 200 of three.
    expect([...pooledTargets(columns, pooled, 500)]).toEqual([500, 200, 100]);
  });
});
