import { expect, test } from "vitest";
import { travelRatios } from "../../../src/models/access/travel-ratios.ts";
import { weightedQuantiles } from "../../../src/models/access/weighted-quantile.ts";
import { jobMarket } from "./job-market.ts";

const far = Number.POSITIVE_INFINITY;
const homes = {
  groupIds: ["QP1", "QP2"],
  group: Int32Array.of(0, 0, 1),
  point: Int32Array.of(0, 1, 1),
  weight: Float64Array.of(3, 1, 2),
};
const offers = { posts: Float64Array.of(1, 2, 1), destination: Int32Array.of(0, 1, 2) };
const streets = { rows: 2, columns: 3, values: Float64Array.of(3, 8, far, 0, 6, far) };
const straight = { rows: 2, columns: 3, values: Float64Array.of(2, 8, 5, 0, 3, far) };

test("by hand: posts weigh, homes share, what one way alone can do stays", () => {
  const ratios = travelRatios({ homes, offers, numerator: streets, denominator: straight });
  // QP1: 0.75 at 1.5, 1.5 at 1, 0.75 at Infinity from home 1; 0.5 at 2 from home 2, whose first offer is at 0 and whose third neither way reaches.
  expect(ratios.posts[0]).toBe(3.5);
  expect(ratios.median[0]).toBe(1.5);
  expect(ratios.firstQuartile[0]).toBe(1);
  expect(ratios.thirdQuartile[0]).toBe(2);
  expect(ratios.onlyDenominator[0]).toBeCloseTo(0.75 / 3.5, 12);
  expect([ratios.tooNear[0], ratios.neither[0]]).toEqual([0.25, 0.25]);
  expect([ratios.median[1], ratios.posts[1]]).toEqual([2, 2]);
});

test("turned over, Infinity becomes 0 and the quartiles are the inverses", () => {
  const numerator = { ...straight, values: Float64Array.of(2, 8, 5, 1, 3, far) };
  const denominator = { ...streets, values: Float64Array.of(3, 8, far, 4, 6, far) };
  const there = travelRatios({ homes, offers, numerator, denominator });
  const back = travelRatios({ homes, offers, numerator: denominator, denominator: numerator });
  expect(there.onlyNumerator).toEqual(back.onlyDenominator);
  expect(there.firstQuartile[0]).toBeCloseTo(1 / back.thirdQuartile[0], 12);
  expect(there.median[0]).toBeCloseTo(1 / back.median[0], 12);
});

test("on invented markets: each pair written out, with the offers that count for each group", () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { homes: lived, offers: placed, before, after } = jobMarket(seed);
    const relevance = lived.groupIds.map((_, g) =>
      g === 0 ? null : Float64Array.from(placed.posts, (_, j) => (j % (g + 1) ? 1 : 0)),
    );
    const ratios = travelRatios({ homes: lived, offers: placed, numerator: before, denominator: after, relevance });
    lived.groupIds.forEach((_, g) => {
      const [values, weights]: [number[], number[]] = [[], []];
      lived.group.forEach((group, row) => {
        if (group !== g) return;
        placed.posts.forEach((posts, j) => {
          const at = lived.point[row] * 12 + placed.destination[j];
          const [above, below] = [before.values[at], after.values[at]];
          if (above === far && below === far) return;
          values.push(above / below);
          weights.push(lived.weight[row] * posts * (relevance[g]?.[j] ?? 1));
        });
      });
      const [median] = weightedQuantiles(Float64Array.from(values), Float64Array.from(weights), [0.5]);
      expect(ratios.median[g]).toBe(median);
      // The second matrix is never slower.
      expect(ratios.firstQuartile[g]).toBeGreaterThanOrEqual(1);
      expect(ratios.onlyNumerator[g]).toBe(0);
    });
  }
});

test("nothing left: Infinity and zeros, no NaN; a least denominator leaves short trips out and says so", () => {
  const near = travelRatios({ homes, offers, numerator: streets, denominator: straight }, { leastDenominator: 99 });
  expect([near.median[0], near.posts[0], near.onlyDenominator[0]]).toEqual([far, 0, 0]);
  // A denominator of Infinity is not too near: only the third offer of home 2, which neither way reaches.
  expect([near.tooNear[0], near.neither[0]]).toEqual([3.75, 0.25]);
});

test("bad input", () => {
  const small = { rows: 1, columns: 3, values: new Float64Array(3) };
  expect(() => travelRatios({ homes, offers, numerator: streets, denominator: small })).toThrow(/1 × 3/);
  expect(() =>
    travelRatios({ homes, offers, numerator: streets, denominator: straight }, { leastDenominator: -1 }),
  ).toThrow(/seuil -1/);
  expect(() => travelRatios({ homes, offers, numerator: streets, denominator: straight, relevance: [null] })).toThrow(
    /1 colonnes/,
  );
});
