import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { monotoneQuantile, type QuantileOptions } from "../../../src/models/areas/monotone-quantile.ts";
import { expectedTakeUp, nonTakeUp } from "../../../src/models/areas/non-take-up.ts";
import {
  consumptionUnits,
  referenceHouseholds,
  sharesUnderCeiling,
  shareUnderCeiling,
} from "../../../src/models/areas/share-under-ceiling.ts";
import { c2sCeiling } from "../../../src/models/benefits/c2s-ceiling.ts";
import { normalCdf, normalQuantile } from "../../../src/models/uncertainty/normal.ts";
import { expectNear, reference } from "../../reference/reference.ts";

const { interpolated } = reference<{
  interpolated: {
    probabilities: number[];
    values: number[];
    at: number[];
    hyman: number[];
    fritschCarlson: number[];
  }[];
}>("quantiles");
const deciles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const ceilingEurYear = (persons: number): number => c2sCeiling({ date: "2021-04-01", persons }).freeEurYear;

describe("monotone interpolation equals R's splinefun", () => {
  test.each(interpolated.map((c, i) => [i + 1, c] as const))(
    "case %i",
    (_, { probabilities, values, at, hyman, fritschCarlson }) => {
      const [byHyman, byFritschCarlson] = [
        monotoneQuantile({ probabilities, values }, { method: "hyman" }),
        monotoneQuantile({ probabilities, values }, { method: "fritsch-carlson" }),
      ];
      at.forEach((p, i) => {
        const inside = Math.min(Math.max(p, probabilities[0] as number), probabilities.at(-1) as number);
        expectNear(byHyman.quantile(inside), hyman[i] as number, 1e-12, `hyman ${p}`);
        expectNear(byFritschCarlson.quantile(inside), fritschCarlson[i] as number, 1e-12, `monoH.FC ${p}`);
      });
    },
  );
});

describe("laws of a quantile function", () => {
  const knots = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 2, maxLength: 9 }).chain((percents) =>
    fc
      .array(fc.integer({ min: 0, max: 9000 }), { minLength: percents.length, maxLength: percents.length })
      .map((steps) => ({
        probabilities: [...percents].sort((a, b) => a - b).map((percent) => percent / 100),
        values: steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, step) => sum + step, 0)),
      })),
  );
  const options = fc.record<Required<QuantileOptions>>({
    method: fc.constantFrom("hyman", "fritsch-carlson"),
    lowerTail: fc.constantFrom("linear-to-zero", "zero", "flat"),
    upperTail: fc.constantFrom("pareto", "flat"),
  });
  test("never decreases, goes through the knots, and its inverse is the share below", () => {
    fc.assert(
      fc.property(
        knots,
        options,
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 2, maxLength: 12 }),
        (given, chosen, ps) => {
          const { quantile, shareBelow } = monotoneQuantile(given, chosen);
          given.probabilities.forEach((p, i) => {
            expectNear(quantile(p), given.values[i] as number, 1e-12);
          });
          const sorted = [...ps].sort((a, b) => a - b);
          const values = sorted.map(quantile);
          for (let i = 1; i < values.length; i++)
            expect(values[i]).toBeGreaterThanOrEqual((values[i - 1] as number) * (1 - 1e-13));
          for (const p of sorted) {
            const share = shareBelow(quantile(p));
            expect(share).toBeLessThanOrEqual(p + 1e-9);
            expect(shareBelow(quantile(p) * (1 + 1e-9) + 1e-6)).toBeGreaterThanOrEqual(
              Math.min(p, chosen.upperTail === "flat" ? (given.probabilities.at(-1) as number) : p) - 1e-6,
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
  test("share below grows with the ceiling, from 0 to 1 with a Pareto tail", () => {
    fc.assert(
      fc.property(knots, options, (given, chosen) => {
        const { shareBelow } = monotoneQuantile(given, chosen);
        const shares = [0, 1, 500, 3000, 9000, 20_000, 1e6, 1e12].map(shareBelow);
        expect(shares).toEqual([...shares].sort((a, b) => a - b));
        expect(shares[0]).toBe(0);
        expect(shares.at(-1)).toBeLessThanOrEqual(1);
      }),
    );
  });
  test("lognormal incomes: nine deciles give the share under any ceiling to half a point", () => {
    const [median, spread] = [12_500, 0.5];
    const { shareBelow } = monotoneQuantile({
      probabilities: deciles,
      values: deciles.map((p) => median * Math.exp(spread * normalQuantile(p))),
    });
    for (const ceiling of [7000, 9041, 10_339, 12_205, 15_000, 20_000])
      expect(Math.abs(shareBelow(ceiling) - normalCdf(Math.log(ceiling / median) / spread))).toBeLessThan(0.005);
  });
  test("refuses quantiles that fall, one quantile, probabilities out of order", () => {
    expect(() => monotoneQuantile({ probabilities: [0.1, 0.5], values: [9, 8] })).toThrow(/ne croissent pas/);
    expect(() => monotoneQuantile({ probabilities: [0.1, 0.5], values: [-1, 8] })).toThrow(/négatifs/);
    expect(() => monotoneQuantile({ probabilities: [0.1, 0.5], values: [1, Infinity] })).toThrow(/finies/);
    expect(() => monotoneQuantile({ probabilities: [0.5], values: [1] })).toThrow(/deux quantiles/);
    expect(() => monotoneQuantile({ probabilities: [0.5, 0.1], values: [1, 2] })).toThrow(/croître/);
    expect(() => monotoneQuantile({ probabilities: [10, 50], values: [1, 2] })).toThrow(/entre 0 et 1/);
    expect(monotoneQuantile({ probabilities: [0.1, 0.5], values: [1, 2] }).quantile(1.2)).toBeNaN();
    expect(monotoneQuantile({ probabilities: [0.1, 0.5], values: [1, 2] }).shareBelow(Number.NaN)).toBeNaN();
  });
});

describe("share under a ceiling", () => {
  const area = { probabilities: [0.1, 0.5, 0.9], values: [6421, 13305, 25058] };
  test("the scale of the law against INSEE's: a lone parent's ceiling is higher per unit", () => {
    expect(referenceHouseholds.map(consumptionUnits)).toEqual(
      [1, 1.5, 1.3, 1.6, 1.9, 1.8, 2.1, 2.4].map((units) => expect.closeTo(units, 12)),
    );
    const { thresholds } = shareUnderCeiling({
      ...area,
      ceilingEurYear: (persons) => c2sCeiling({ date: "2025-04-01", persons }).freeEurYear,
    });
    expect(thresholds[0]).toEqual({ label: "une personne", eurYearPerUnit: 10339 });
    expect(thresholds[2]?.eurYearPerUnit).toBeCloseTo(15508 / 1.3, 9);
  });
  test("low <= value <= high, all within what the published quantiles prove", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 12_000 }),
        fc.integer({ min: 0, max: 12_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        (d1, toMedian, toD9) => {
          const { value, low, high, provenLow, provenHigh } = shareUnderCeiling({
            probabilities: [0.1, 0.5, 0.9],
            values: [d1, d1 + toMedian, d1 + toMedian + toD9],
            ceilingEurYear,
          });
          expect(low).toBeLessThanOrEqual(value);
          expect(value).toBeLessThanOrEqual(high);
          expect(provenLow).toBeLessThanOrEqual(low + 1e-12);
          expect(high).toBeLessThanOrEqual(provenHigh + 1e-12);
        },
      ),
    );
  });
  test("a known structure is the mixture of its households, and narrows the bounds", () => {
    const alone = { label: "une personne", adults: 1, children: 0, sharePersons: 1 };
    const parent = { label: "parent seul", adults: 1, children: 1, sharePersons: 1 };
    const half = shareUnderCeiling({
      ...area,
      ceilingEurYear,
      households: [
        { ...alone, sharePersons: 0.5 },
        { ...parent, sharePersons: 0.5 },
      ],
    });
    const [one, other] = [alone, parent].map(
      (type) => shareUnderCeiling({ ...area, ceilingEurYear, households: [type] }).value,
    ) as [number, number];
    expect(half.value).toBeCloseTo((one + other) / 2, 12);
    const unknown = shareUnderCeiling({ ...area, ceilingEurYear });
    expect(half.high - half.low).toBeLessThan(unknown.high - unknown.low);
    expect(unknown.value).toBeCloseTo(one, 12);
    expect(half.assumptions.join(" ")).toContain("éligibles");
  });
  test("hidden deciles: any two are enough, one is not, and nothing becomes zero", () => {
    expect(
      shareUnderCeiling({ probabilities: [0.1, 0.5, 0.9], values: [Number.NaN, 13305, 25058], ceilingEurYear }).value,
    ).toBeGreaterThan(0);
    expect(
      shareUnderCeiling({ probabilities: [0.1, 0.5, 0.9], values: [Number.NaN, 13305, Number.NaN], ceilingEurYear }),
    ).toMatchObject({ value: Number.NaN, low: Number.NaN, high: Number.NaN });
    const columns = [
      Float64Array.of(6421, Number.NaN),
      Float64Array.of(13305, Number.NaN),
      Float64Array.of(25058, 20000),
    ];
    const { value } = sharesUnderCeiling({ probabilities: area.probabilities, columns, ceilingEurYear });
    expect([value[0], value[1]]).toEqual([shareUnderCeiling({ ...area, ceilingEurYear }).value, Number.NaN]);
  });
  test("a ceiling under D1 is said to rest on the tail, and its bounds run from nobody to a tenth", () => {
    const households = [{ label: "une personne", adults: 1, children: 0, sharePersons: 1 }];
    expect(shareUnderCeiling({ ...area, households, ceilingEurYear: () => 5000 })).toMatchObject({
      inTail: true,
      low: 0,
      high: 0.1,
      provenLow: 0,
      provenHigh: 0.1,
    });
    expect(shareUnderCeiling({ ...area, households, ceilingEurYear: () => 9000 }).inTail).toBe(false);
  });
  test("refuses a structure that does not add up", () => {
    expect(() =>
      shareUnderCeiling({
        ...area,
        ceilingEurYear,
        households: [{ label: "x", adults: 1, children: 0, sharePersons: 0.7 }],
      }),
    ).toThrow(/ne font pas 1/);
    expect(() =>
      shareUnderCeiling({
        ...area,
        ceilingEurYear,
        households: [{ label: "x", adults: 0, children: 2, sharePersons: 1 }],
      }),
    ).toThrow(/impossible/);
  });
});

describe("non-take-up", () => {
  test("Fieller's interval is the set of ratios that a test does not reject", () => {
    const [beneficiaries, eligible, seBeneficiaries, seEligible] = [560, 1000, 20, 90];
    const { low, high, value } = nonTakeUp({ beneficiaries, eligible, seEligible, seBeneficiaries });
    for (const bound of [low, high]) {
      const ratio = 1 - bound;
      expectNear(
        Math.abs(beneficiaries - ratio * eligible) / Math.hypot(seBeneficiaries, ratio * seEligible),
        normalQuantile(0.975),
        1e-9,
      );
    }
    expect(value).toBeCloseTo(0.44, 12);
    expect(value - low).toBeGreaterThan(high - value);
  });
  test("without error it is a point; with much it has no end, and says so", () => {
    expect(nonTakeUp({ beneficiaries: 30, eligible: 40, seEligible: 0 })).toMatchObject({
      value: 0.25,
      low: 0.25,
      high: 0.25,
      status: "ok",
      warning: "",
    });
    expect(nonTakeUp({ beneficiaries: 30, eligible: 40, seEligible: 30 })).toMatchObject({
      low: -Infinity,
      high: Infinity,
      status: "unbounded",
    });
  });
  test("more beneficiaries than eligible persons is a failure to report, not a zero", () => {
    expect(nonTakeUp({ beneficiaries: 120, eligible: 100, seEligible: 2 })).toMatchObject({
      value: expect.closeTo(-0.2, 12),
      status: "impossible-rate",
      warning: expect.stringContaining("défaut"),
    });
    expect(() => nonTakeUp({ beneficiaries: 1, eligible: 0, seEligible: 1 })).toThrow(/éligible/);
    expect(() => nonTakeUp({ beneficiaries: 1, eligible: 5, seEligible: -1 })).toThrow(/négatif/);
    expect(nonTakeUp({ beneficiaries: Number.NaN, eligible: 5, seEligible: 1 })).toMatchObject({
      value: Number.NaN,
      low: Number.NaN,
      status: "missing",
    });
  });
  test("expected takers and non-takers add up to the eligible, within their bounds", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e5, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (eligible, rate) => {
          const { beneficiaries, nonTakers } = expectedTakeUp(
            { value: eligible, low: eligible * 0.8, high: eligible * 1.3 },
            { value: rate, low: rate * 0.9, high: Math.min(1, rate * 1.05) },
          );
          expectNear(beneficiaries.value + nonTakers.value, eligible, 1e-12);
          for (const { low, value, high } of [beneficiaries, nonTakers])
            expect(low <= value && value <= high).toBe(true);
        },
      ),
    );
    expect(() => expectedTakeUp({ value: 1, low: 2, high: 3 }, { value: 0.4, low: 0.3, high: 0.5 })).toThrow(
      /Intervalle/,
    );
    expect(() => expectedTakeUp({ value: 1, low: 1, high: 3 }, { value: 44, low: 43, high: 45 })).toThrow(
      /pourcentage/,
    );
  });
});
