import { describe, expect, test } from "vitest";
import { normalCdf } from "../../../src/models/uncertainty/normal.ts";
import { tabledCdf } from "../../../src/models/uncertainty/normal-table.ts";

describe("the table of the normal", () => {
  test("gives the values of normalCdf", () => {
    for (let z = -9; z < 9; z += 0.00317) expect(Math.abs(tabledCdf(z) - normalCdf(z))).toBeLessThan(1e-15);
    expect(tabledCdf(Number.NaN)).toBeNaN();
    expect([tabledCdf(Number.NEGATIVE_INFINITY), tabledCdf(Number.POSITIVE_INFINITY)]).toEqual([0, 1]);
  });
});
