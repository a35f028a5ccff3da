import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adjustedPValues, type PValueAdjustment } from "../../../src/models/comparison/adjusted-p-values.ts";
import { expectNear } from "../../reference/reference.ts";
import { expected } from "./comparison-reference.ts";

const column = (values: readonly (number | null)[]): Float64Array =>
  Float64Array.from(values, (value) => value ?? Number.NaN);

describe("adjusted p-values", () => {
  test.each([
    ["holm", expected.adjusted.holm],
    ["benjamini-hochberg", expected.adjusted.bh],
  ] as const)("%s equals R's p.adjust, ties and missing ones included", (adjustment, values) => {
    const found = adjustedPValues(column(expected.adjusted.p), adjustment);
    values.forEach((value, i) => {
      if (value === null) expect(found[i]).toBeNaN();
      else expectNear(found[i] as number, value, 1e-15);
    });
  });

  test("never under the p-value, in its order, Holm's at or above Benjamini's; one test is left as it is", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (list) => {
        const p = Float64Array.from(list);
        const holm = adjustedPValues(p, "holm");
        const hochberg = adjustedPValues(p, "benjamini-hochberg");
        for (let i = 0; i < p.length; i++) {
          expect(hochberg[i]).toBeGreaterThanOrEqual((p[i] as number) * (1 - 1e-15));
          expect(holm[i]).toBeGreaterThanOrEqual((hochberg[i] as number) * (1 - 1e-15));
          expect(holm[i]).toBeLessThanOrEqual(1);
          for (let j = 0; j < p.length; j++)
            if ((p[i] as number) < (p[j] as number)) expect(holm[i]).toBeLessThanOrEqual(holm[j] as number);
        }
        expect(adjustedPValues(p, "none")).toEqual(p);
      }),
    );
    expect(adjustedPValues(Float64Array.of(0.03), "holm")).toEqual(Float64Array.of(0.03));
  });

  test("an impossible probability and an unknown method are refused", () => {
    expect(() => adjustedPValues(Float64Array.of(0.1, 1.2), "holm")).toThrow(/test 2.*1\.2/);
    expect(() => adjustedPValues(Float64Array.of(0.1), "sidak" as PValueAdjustment)).toThrow(/sidak/);
  });
});
