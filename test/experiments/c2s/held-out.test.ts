import { expect, test } from "vitest";
import { heldOut } from "../../../src/experiments/c2s/held-out.ts";

const counts = (...values: number[]): Float64Array => Float64Array.from(values);

test("four areas, each predicted from the three others, by hand", () => {
  const found = heldOut(
    { beneficiaries: counts(10, 20, 30, 40), eligible: counts(20, 40, 60, 80), poor: counts(20, 20, 20, 20) },
    { folds: 4, seed: 1 },
  );
  // Half of the eligible everywhere: predicted exactly. Poor persons: 30, 80/3, 70/3 and 20 predicted.
  expect(found.chain).toBeCloseTo(0, 12);
  expect(found.poverty).toBeCloseTo(Math.sqrt((2 ** 2 + (1 / 3) ** 2 + (2 / 9) ** 2 + 0.5 ** 2) / 4), 12);
  expect([found.areas, found.folds]).toEqual([4, 4]);
});

test("an area without one of the numbers is left out of both", () => {
  const found = heldOut(
    {
      beneficiaries: counts(10, 20, Number.NaN, 40, 5),
      eligible: counts(20, 40, 60, 80, Number.NaN),
      poor: counts(10, 20, 30, 40, 5),
    },
    { folds: 3, seed: 1 },
  );
  expect(found.areas).toBe(3);
  expect(found.chain).toBeCloseTo(0, 12);
  expect(found.poverty).toBeCloseTo(0, 12);
});

test("what is set aside is not learnt from: an area alone in its excess is missed by all of it", () => {
  const found = heldOut(
    { beneficiaries: counts(10, 10, 10, 40), eligible: counts(20, 20, 20, 20), poor: counts(1, 1, 1, 4) },
    { folds: 4, seed: 1 },
  );
  // The three others learn 60/60 of the eligible from areas of which one has 40; the last is predicted 10 for 40.
  expect(found.chain).toBeCloseTo(Math.sqrt((3 * 1 + (10 / 40 - 1) ** 2) / 4), 12);
  expect(found.poverty).toBeCloseTo(0, 12);
});
