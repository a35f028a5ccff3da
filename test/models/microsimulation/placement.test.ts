import { describe, expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { monotoneQuantile } from "../../../src/models/areas/monotone-quantile.ts";
import { placedShares, placement, placementCategory } from "../../../src/models/microsimulation/placement.ts";
import { placementShifts } from "../../../src/models/microsimulation/placement-shifts.ts";
import { ranksBelow } from "../../../src/models/microsimulation/ranks-below.ts";
import { normalCdf, normalQuantile } from "../../../src/models/uncertainty/normal.ts";

const deciles = {
  probabilities: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
  values: [7210, 8890, 10120, 11370, 12760, 14390, 16530, 19340, 24010],
};

describe("placement of groups", () => {
  test("shares of groups average to the rank, whatever the shifts, and never decrease", () => {
    const random = seededRandom(11);
    for (let area = 0; area < 60; area++) {
      const groups = 30;
      const spread = area % 3 === 0 ? 3 : 0.5;
      const groupPersons = Float64Array.from({ length: groups }, () => (random() < 0.3 ? 0 : 1000 * random() ** 3));
      const shifts = Float64Array.from({ length: groups }, () => spread * normal(random));
      const quantile = monotoneQuantile(deciles);
      const thresholds = Float64Array.from({ length: 60 }, (_, t) => 700 * t + 300 * random());
      const shares = placedShares({ groupPersons, shifts, quantile, thresholds });
      const persons = groupPersons.reduce((sum, count) => sum + count, 0);
      thresholds.forEach((threshold, t) => {
        let mean = 0;
        for (let g = 0; g < groups; g++) {
          mean += (groupPersons[g] * shares[t * groups + g]) / persons;
          if (t > 0) expect(shares[t * groups + g]).toBeGreaterThanOrEqual(shares[(t - 1) * groups + g] - 1e-15);
        }
        expect(Math.abs(mean - quantile.shareBelow(threshold))).toBeLessThan(1e-12);
      });
    }
  });

  test("a share drawn household by household is found again", () => {
    const random = seededRandom(3);
    const shifts = Float64Array.of(-0.8, 0.1, 0.6);
    const groupPersons = Float64Array.of(20000, 50000, 30000);
    const scores = [...shifts].flatMap((shift, g) =>
      Array.from({ length: groupPersons[g] }, () => ({ g, score: shift + normal(random) })),
    );
    scores.sort((a, b) => a.score - b.score);
    const poorest = scores.slice(0, 30000);
    const score = placement({ groupPersons, shifts })(0.3);
    const shares = shifts.map((shift) => normalCdf(score - shift));
    for (let g = 0; g < 3; g++)
      expect(poorest.filter((one) => one.g === g).length / groupPersons[g]).toBeCloseTo(shares[g], 2);
  });

  test("extreme ranks and thresholds", () => {
    const scoreOf = placement({ groupPersons: Float64Array.of(1, 9), shifts: Float64Array.of(-6, 2) });
    expect([scoreOf(0), scoreOf(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(scoreOf(Number.NaN)).toBeNaN();
    for (const rank of [1e-12, 1e-6, 1 - 1e-6]) {
      const score = scoreOf(rank);
      expect(Math.abs(0.1 * normalCdf(score + 6) + 0.9 * normalCdf(score - 2) - rank)).toBeLessThan(1e-13);
    }
  });

  test("ranks of many thresholds are those of the quantile function, jumps and flat pieces included", () => {
    const tails = [
      {},
      { lowerTail: "zero" },
      { lowerTail: "flat", upperTail: "flat" },
      { method: "fritsch-carlson" },
    ] as const;
    const flat = { ...deciles, values: deciles.values.map((value, k) => (k === 4 ? deciles.values[3] : value)) };
    const values = Float64Array.from({ length: 4000 }, (_, t) => 20 * t);
    for (const knots of [deciles, flat])
      for (const tail of tails) {
        const quantile = monotoneQuantile(knots, tail);
        const ranks = ranksBelow(quantile, values);
        values.forEach((value, t) => {
          expect(Math.abs(ranks[t] - quantile.shareBelow(value))).toBeLessThan(1e-13);
        });
        for (const value of knots.values)
          expect(ranksBelow(quantile, Float64Array.of(value))[0]).toBeCloseTo(quantile.shareBelow(value), 12);
        const shuffled = Float64Array.of(15000, 3000, 90000, 8000, 8000, Number.NaN);
        expect(ranksBelow(quantile, shuffled)[3]).toBeCloseTo(quantile.shareBelow(8000), 12);
        expect(ranksBelow(quantile, shuffled)[5]).toBeNaN();
      }
  });

  test("an area without inhabitants or a group without shift is refused", () => {
    expect(() => placement({ groupPersons: new Float64Array(2), shifts: new Float64Array(2) })).toThrow(
      "sans habitant",
    );
    expect(() => placement({ groupPersons: Float64Array.of(1, 1), shifts: Float64Array.of(0, Number.NaN) })).toThrow(
      "décalage",
    );
  });
});

describe("shifts from published poverty rates", () => {
  const random = seededRandom(8);
  const groupPersons = Float64Array.from({ length: 30 }, () => 100 + 5000 * random() ** 2);
  const rates = { type: [0.17, 0.08, 0.12, 0.33, 0.2], tenure: [0.07, 0.26], age: [0.25, 0.15, 0.1] };

  test("every one-way rate is reproduced, once factors agree on the total", () => {
    const { shifts, reproduced, adjustments } = placementShifts({ groupPersons, rates, overall: 0.145 });
    for (const factor of ["type", "tenure", "age"] as const) {
      const asked = rates[factor].map((rate) => normalCdf(normalQuantile(rate) + (adjustments[factor] ?? 0)));
      reproduced[factor]?.forEach((rate, category) => {
        expect(rate).toBeCloseTo(asked[category], 10);
      });
    }
    // In the population of the rates, placement gives the same back: no other rule was used.
    const score = placement({ groupPersons, shifts })(0.145);
    const shares = shifts.map((shift) => normalCdf(score - shift));
    const [poor, all] = [new Float64Array(5), new Float64Array(5)];
    shares.forEach((share, g) => {
      poor[placementCategory.type(g)] += share * groupPersons[g];
      all[placementCategory.type(g)] += groupPersons[g];
    });
    poor.forEach((count, type) => {
      expect(count / all[type]).toBeCloseTo(reproduced.type?.[type] ?? 0, 10);
    });
  });

  test("shifts planted in a population are found again from its one-way rates", () => {
    const effects = { type: [0, -0.3, 0.1, 0.7, 0.2], tenure: [-0.4, 0.3], age: [0.4, 0, -0.2] };
    const score = groupPersons.map(
      (_, g) =>
        -1 +
        effects.type[placementCategory.type(g)] +
        effects.tenure[placementCategory.tenure(g)] +
        effects.age[placementCategory.age(g)],
    );
    const rate = (factor: "type" | "tenure" | "age", category: number): number => {
      let [poor, all] = [0, 0];
      score.forEach((value, g) => {
        if (placementCategory[factor](g) !== category) return;
        poor += groupPersons[g] * normalCdf(value);
        all += groupPersons[g];
      });
      return poor / all;
    };
    const published = {
      type: effects.type.map((_, category) => rate("type", category)),
      tenure: effects.tenure.map((_, category) => rate("tenure", category)),
      age: effects.age.map((_, category) => rate("age", category)),
    };
    const { shifts } = placementShifts({ groupPersons, rates: published });
    shifts.forEach((shift, g) => {
      expect(shift - shifts[0]).toBeCloseTo(score[0] - score[g], 8);
    });
  });

  test("no factor: no shift; impossible rates are refused", () => {
    expect(Math.max(...placementShifts({ groupPersons, rates: {} }).shifts)).toBe(0);
    expect(() => placementShifts({ groupPersons, rates: { tenure: [0, 0.3] } })).toThrow("Taux de pauvreté impossible");
    expect(() => placementShifts({ groupPersons, rates: { tenure: [7, 26] } })).toThrow("pourcentage");
    expect(() => placementShifts({ groupPersons, rates: { tenure: [0.1] } })).toThrow("incomplets");
    expect(() => placementShifts({ groupPersons: new Float64Array(30), rates })).toThrow("Population du placement");
  });
});
