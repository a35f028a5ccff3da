import { expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { bootstrapInterval } from "../../../src/models/uncertainty/bootstrap.ts";

const meanOf =
  (values: Float64Array) =>
  (rows: Int32Array): number => {
    let sum = 0;
    for (const row of rows) sum += values[row];
    return sum / rows.length;
  };

test("the same seed gives the same interval, another seed another", () => {
  const values = Float64Array.from({ length: 50 }, (_, i) => (i * 37) % 50);
  const run = (seed: number) => bootstrapInterval(50, meanOf(values), { seed, draws: 300 });
  expect(run(4)).toEqual(run(4));
  expect(run(4).low).not.toBe(run(5).low);
});

test("the standard error of a mean is near s / sqrt(n), and the interval covers the truth about 95 times in 100", () => {
  const random = seededRandom(11);
  let covered = 0;
  for (let trial = 0; trial < 200; trial++) {
    const values = Float64Array.from({ length: 60 }, () => 10 + 2 * normal(random));
    const { low, high, standardError } = bootstrapInterval(60, meanOf(values), { seed: trial, draws: 400 });
    if (low <= 10 && 10 <= high) covered++;
    expect(standardError).toBeGreaterThan(0.15);
    expect(standardError).toBeLessThan(0.4);
  }
  expect(covered).toBeGreaterThan(178);
  expect(covered).toBeLessThan(200);
});

test("edge cases: no row, one row, a statistic that fails", () => {
  expect(bootstrapInterval(0, () => 1, { seed: 1, draws: 10 })).toMatchObject({
    estimate: Number.NaN,
    low: Number.NaN,
    failed: 10,
  });
  expect(bootstrapInterval(1, meanOf(Float64Array.of(7)), { seed: 1, draws: 10 })).toMatchObject({
    estimate: 7,
    low: 7,
    high: 7,
    standardError: 0,
  });
  const { failed, low } = bootstrapInterval(2, (rows) => (rows[0] === rows[1] ? Number.NaN : 3), {
    seed: 1,
    draws: 100,
  });
  expect(failed).toBeGreaterThan(20);
  expect(low).toBe(3);
  expect(() => bootstrapInterval(3, () => 1, { seed: 1, draws: 0 })).toThrow(/tirages/);
  expect(() => bootstrapInterval(3, () => 1, { seed: 1, confidence: 95 })).toThrow(/confiance/);
});
