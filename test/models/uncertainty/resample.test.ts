import { expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { replicateInterval } from "../../../src/models/uncertainty/replicate-interval.ts";
import {
  aliasTable,
  drawCells,
  drawCounts,
  drawWeightedCounts,
  replicateRandom,
} from "../../../src/models/uncertainty/resample.ts";

test("replicates of one seed are their own sources: far apart, and the same whatever came before", () => {
  const firsts = Array.from({ length: 500 }, (_, replicate) => replicateRandom(3, replicate)());
  expect(new Set(firsts).size).toBe(500);
  expect(firsts[7]).toBe(replicateRandom(3, 7)());
  const mean = firsts.reduce((a, b) => a + b, 0) / 500;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
  expect(() => replicateRandom(1, -1)).toThrow(/tirage/);
  expect(() => replicateRandom(1, 0.5)).toThrow(/tirage/);
});

test("uniform counts: as many as rows, mean 1, variance 1 - 1/n", () => {
  const random = seededRandom(5);
  const counts = new Float64Array(20);
  let squares = 0;
  for (let draw = 0; draw < 4000; draw++) {
    drawCounts(random, counts);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(20);
    squares += (counts[3] - 1) ** 2;
  }
  expect(squares / 4000).toBeGreaterThan(0.88);
  expect(squares / 4000).toBeLessThan(1.02);
});

test("weighted counts follow the weights, and a weight of 0 never comes", () => {
  const weights = Float64Array.of(5, 0, 1, 3, 0.5, 0.5);
  const counts = drawWeightedCounts(seededRandom(8), aliasTable(weights), 100_000, new Float64Array(6));
  expect(counts[1]).toBe(0);
  expect(counts.reduce((a, b) => a + b, 0)).toBe(100_000);
  weights.forEach((weight, row) => {
    const p = weight / 10;
    expect(Math.abs(counts[row] - 100_000 * p)).toBeLessThanOrEqual(4 * Math.sqrt(100_000 * p * (1 - p)));
  });
  expect(() => aliasTable(new Float64Array(3))).toThrow(/nuls/);
  expect(() => aliasTable(Float64Array.of(1, Number.NaN))).toThrow(/NaN/);
});

test("intervals from replicates: percentile, basic reflected, failures counted, infinite ends", () => {
  const replicates = Float64Array.from({ length: 1000 }, (_, i) => i + 1);
  const { percentile, basic, failed } = replicateInterval(400, Float64Array.from([...replicates, Number.NaN]), 0.9);
  expect(percentile).toEqual({ low: 50.5, high: 950.5 });
  expect(basic).toEqual({ low: 800 - 950.5, high: 800 - 50.5 });
  expect(failed).toBe(1);
  expect(replicateInterval(1, Float64Array.of(Number.NaN))).toMatchObject({ percentile: null, standardError: null });
  const far = replicateInterval(2, Float64Array.of(1, 2, Number.POSITIVE_INFINITY), 0.9);
  expect(far).toMatchObject({
    percentile: { low: 1, high: Number.POSITIVE_INFINITY },
    basic: null,
    standardError: null,
  });
});

test("people drawn among cells: the total is kept, means and variances are those of the multinomial, small and large cells alike", () => {
  const weights = Float64Array.of(3, 0, 20, 2000, 977);
  const [draws, size] = [3000, 3000];
  const random = seededRandom(12);
  const counts = new Float64Array(5);
  const [sums, squares] = [new Float64Array(5), new Float64Array(5)];
  for (let draw = 0; draw < draws; draw++) {
    drawCells(random, weights, size, counts);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(size);
    expect(counts.every((count) => Number.isInteger(count) && count >= 0)).toBe(true);
    counts.forEach((count, cell) => {
      sums[cell] += count;
      squares[cell] += (count - weights[cell]) ** 2;
    });
  }
  weights.forEach((weight, cell) => {
    const variance = weight * (1 - weight / size);
    expect(Math.abs(sums[cell] / draws - weight)).toBeLessThanOrEqual(4 * Math.sqrt(variance / draws));
    expect(Math.abs(squares[cell] / draws - variance)).toBeLessThanOrEqual(0.12 * variance);
  });
});
