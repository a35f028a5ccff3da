import { describe, expect, test } from "vitest";
import { nearSupply } from "../../../src/experiments/culture/supply-near.ts";

const never = Number.POSITIVE_INFINITY;
/** Three home points (rows) and three facilities (columns). */
const minutes = Float64Array.of(4, 20, 1, 30, 12, 1, never, never, 1);
const of = (rows: readonly number[], shares: readonly number[]) => ({
  rows: Int32Array.from(rows),
  shares: Float64Array.from(shares),
});
const near = (place: ReturnType<typeof of>, facilities: readonly number[] = [0, 1]) =>
  nearSupply([place], minutes, 3, Int32Array.from(facilities), [5, 12, 30])[0];

describe("the nearest facility of a kind", () => {
  test("is that of the kind, and not a nearer one of another", () => {
    expect(near(of([0], [1]))?.minutes).toBe(4);
    expect(near(of([1], [1]))?.minutes).toBe(12);
    expect(near(of([1], [1]), [0])?.minutes).toBe(30);
    expect(near(of([1], [1]), [0, 1, 2])?.minutes).toBe(1);
  });

  test("thresholds are included, weighted by where people live", () => {
    expect(near(of([0, 1], [0.25, 0.75]))).toEqual({ minutes: 10, median: 12, within: [0.25, 1, 1] });
  });

  test("the median is that of the people, not of the points", () => {
    expect(near(of([0, 1], [0.75, 0.25]))?.median).toBe(4);
    expect(near(of([0, 1], [0.5, 0.5]))?.median).toBe(4);
    expect(near(of([1, 0], [0.51, 0.49]))?.median).toBe(12);
  });

  test("a third of shares is half reached in spite of rounding", () => {
    const place = of([0, 1, 2], [0.1 + 0.2, 0.2, 0.5]);
    expect(near(place)?.median).toBe(12);
  });

  test("who reaches none is at Infinity, and within nothing; the median holds until half of them are", () => {
    expect(near(of([0, 2], [0.6, 0.4]))).toEqual({ minutes: never, median: 4, within: [0.6, 0.6, 0.6] });
    expect(near(of([0, 2], [0.4, 0.6]))?.median).toBe(never);
  });

  test("a kind without any facility is out of everybody's reach", () => {
    expect(near(of([0, 1], [0.5, 0.5]), [])).toEqual({ minutes: never, median: never, within: [0, 0, 0] });
  });

  test("places keep their order", () => {
    const found = nearSupply([of([1], [1]), of([0], [1])], minutes, 3, Int32Array.of(0), [5]);
    expect(found.map(({ minutes: away }) => away)).toEqual([30, 4]);
  });
});
