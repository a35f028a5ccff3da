import { describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { activityBonus, activityBonusLaw } from "../../../src/models/benefits/activity-bonus.ts";
import { type BenefitFamily, familyAllowances } from "../../../src/models/benefits/family-allowances.ts";
import { CRDS } from "../../../src/models/benefits/family-allowances-parameters.ts";
import { rsaAmount } from "../../../src/models/benefits/forfait-logement.ts";
import { housingBenefit, housingBenefitLine } from "../../../src/models/benefits/housing-benefit.ts";
import { incomeTax, incomeTaxLaw, netTaxable } from "../../../src/models/benefits/income-tax.ts";
import { forfaitCoefficient, mayHaveRsa } from "../../../src/models/benefits/socio-fiscal-rsa.ts";

const alone: BenefitFamily = {
  couple: false,
  children0to2: 0,
  children3to13: 0,
  children14to19: 0,
  children20to24: 0,
  earners: 0,
  age: 40,
};
const cents = (eur: number): number => Math.round(eur * 100) / 100;
/** As the CAF publishes it, after CRDS: the cent may differ, since amount and CRDS are each rounded there. */
const expectPaid = (eur: number, published: number): void =>
  expect(Math.abs(eur * (1 - CRDS) - published)).toBeLessThan(0.0101);

describe("family benefits, as the CAF published them after CRDS (April 2020 to March 2021)", () => {
  const on = (family: Partial<BenefitFamily>) => familyAllowances({ ...alone, ...family }, "2020-06-15");

  test("allowances of two and three children", () => {
    expectPaid(on({ children3to13: 1 }).allowances, 0);
    expectPaid(on({ children3to13: 2 }).allowances, 131.95);
    expectPaid(on({ children3to13: 3 }).allowances, 301);
  });

  test("the increase from 14 years is not for the eldest of two", () => {
    expect(on({ children3to13: 1, children14to19: 1 }).allowances).toBe(on({ children3to13: 2 }).allowances);
    const two = on({ children14to19: 2 });
    expectPaid(two.allowances - two.allowancesBase, 65.97);
    const three = on({ children3to13: 1, children14to19: 2 });
    expectPaid(three.allowances - three.allowancesBase, 131.95);
  });

  test("complément familial from three children of 3 and over, never beside a child under 3, who has the PAJE", () => {
    const { supplement, supplementBase, birth } = on({ children3to13: 3 });
    expectPaid(supplement, 257.63);
    expectPaid(supplementBase, 171.74);
    expect(birth).toBe(0);
    const young = on({ children3to13: 3, children0to2: 1 });
    expect(young.supplement).toBe(0);
    expectPaid(young.birth, 171.74);
  });

  test("ASF of a lone parent, by child, and its rise of November 2022", () => {
    expectPaid(on({ children3to13: 2 }).loneParent, 231.98);
    expect(on({ children3to13: 2, couple: true }).loneParent).toBe(0);
    expectPaid(familyAllowances({ ...alone, children3to13: 1 }, "2023-01-15").loneParent, 184.41);
  });

  test("ARS: the exceptional increase of 2020 alone", () => {
    const school = (day: string): number => familyAllowances({ ...alone, children3to13: 11 }, day).school;
    expect(Math.abs(12 * 0.995 * school("2021-09-01") - (5 * 370.31 + 3 * 390.74))).toBeLessThan(0.05);
    expect(12 * (school("2020-09-01") / 414.4 - school("2021-09-01") / 414.81)).toBeCloseTo(8 * 0.2426, 10);
  });
});

describe("housing benefit of a tenant in zone 2", () => {
  test("never rises with income, and is nothing in the end", () => {
    const line = housingBenefitLine({ ...alone, children3to13: 2 }, "2021-06-15");
    let before = Number.POSITIVE_INFINITY;
    for (let income = 0; income <= 40_000; income += 250) {
      const now = housingBenefit(line, income, false);
      expect(now).toBeLessThanOrEqual(before);
      before = now;
    }
    expect(before).toBe(0);
  });

  test("by hand: two children, 12 000 EUR of taxable income, September 2021", () => {
    const outlay = 356.3 + 51.86 + 53.99 + 2 * 12.24;
    const participation = Math.max(0.085 * outlay, 35.24) + (0.0238 + 0.00305) * (12_000 - 8015);
    const line = housingBenefitLine({ ...alone, children3to13: 2 }, "2021-09-15");
    expect(housingBenefit(line, 12_000, false)).toBeCloseTo((outlay - participation - 5) * 0.995, 9);
    expect(housingBenefit(line, 12_000, true)).toBeCloseTo(
      (outlay - participation - 5 - 0.98 * (55.77 + 8.12)) * 0.995,
      9,
    );
  });
});

describe("RSA and prime d'activité", () => {
  test("published amounts of the RSA of families, April 2020", () => {
    const rsa = (family: Partial<BenefitFamily>): number =>
      cents((rsaAmount("2020-06-15").centsMonth / 100) * forfaitCoefficient({ ...alone, ...family }));
    expect([rsa({}), rsa({ couple: true }), rsa({ couple: true, children3to13: 2 })]).toEqual([
      564.78, 847.17, 1186.04,
    ]);
    expect(rsa({ children3to13: 2 })).toBe(1016.6);
    expect(rsa({ children0to2: 1 })).toBe(966.99);
  });

  test("no RSA under 25 without a child, nor from 65", () => {
    expect(mayHaveRsa({ ...alone, age: 24 })).toBe(false);
    expect(mayHaveRsa({ ...alone, age: 24, children0to2: 1 })).toBe(true);
    expect(mayHaveRsa({ ...alone, age: 65 })).toBe(false);
  });

  test("two earners have two bonuses, nobody at work has none", () => {
    const law = activityBonusLaw({ ...alone, couple: true, earners: 2 }, "2021-06-15");
    const difference = activityBonus(law, 2, 2600, 0) - activityBonus(law, 1, 2600, 0);
    expect(difference).toBeGreaterThan(0);
    expect(activityBonus(law, 0, 1000, 0)).toBe(0);
  });
});

describe("income tax", () => {
  test("one part, 20 000 EUR net taxable: incomes of 2019, 2020, 2021 by hand", () => {
    const tax = (day: string): number => incomeTax(incomeTaxLaw({ ...alone, earners: 1 }, day), 20_000);
    const of2019 = (20_000 - 10_064) * 0.14;
    const after = of2019 - (1208 - 0.75 * of2019);
    expect(tax("2019-06-15")).toBeCloseTo(after * (1 - 0.2 * ((21_249 - 20_000) / (21_249 - 19_176))), 9);
    const of2020 = (20_000 - 10_084) * 0.11;
    expect(tax("2020-06-15")).toBeCloseTo(of2020 - (779 - 0.4525 * of2020), 9);
    const of2021 = (20_000 - 10_225) * 0.11;
    expect(tax("2021-06-15")).toBeCloseTo(of2021 - (790 - 0.4525 * of2021), 9);
  });

  test("the quotient of a lone parent is capped", () => {
    const law = incomeTaxLaw({ ...alone, earners: 1, children3to13: 1 }, "2020-06-15");
    const single = incomeTaxLaw({ ...alone, earners: 1 }, "2020-06-15");
    expect(law.parts).toBe(2);
    expect(incomeTax(single, 90_000) - incomeTax(law, 90_000)).toBeCloseTo(3704, 9);
  });

  test("taxable income and tax never fall when income rises, whatever the age", () => {
    for (const age of [40, 63, 70])
      for (const [couple, earners] of [
        [false, 0],
        [true, 0],
        [true, 2],
      ] as const) {
        const law = incomeTaxLaw({ ...alone, age, couple, earners }, "2021-06-15");
        let [net, tax] = [0, 0];
        for (let income = 0; income <= 60_000; income += 100) {
          const now = netTaxable(law, income);
          expect(now).toBeGreaterThanOrEqual(net);
          expect(incomeTax(law, now)).toBeGreaterThanOrEqual(tax);
          [net, tax] = [now, incomeTax(law, now)];
        }
      }
  });
});

test("a day without law is refused, not extrapolated", () => {
  for (const day of ["2018-12-31", "2026-01-01", "2020-02-30", "hier"]) {
    expect(() => incomeTaxLaw(alone, day)).toThrow(QuartiersError);
    expect(() => housingBenefitLine(alone, day)).toThrow(QuartiersError);
    expect(() => familyAllowances(alone, day)).toThrow(QuartiersError);
    expect(() => activityBonusLaw(alone, day)).toThrow(QuartiersError);
  }
});
