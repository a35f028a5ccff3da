import { describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { c2sCeiling } from "../../../src/models/benefits/c2s-ceiling.ts";
import { bridgeBounds, bridgeShares, noBridge } from "../../../src/models/microsimulation/bridge-switches.ts";
import { bridgeLaw, disposableIncome, endOfRsa } from "../../../src/models/microsimulation/disposable-income.ts";
import { rightThresholds, thresholdRule } from "../../../src/models/microsimulation/right-thresholds.ts";
import { columnsOf, everyFoyer, foyer, personsOf } from "./bridge-foyers.ts";

const every = everyFoyer();
const days = ["2019-06-15", "2020-06-15", "2021-06-15", "2022-08-15", "2023-06-15", "2024-06-15", "2025-06-15"];

describe("disposable income and resources of every composition", () => {
  test.each(["2019-06-15", "2020-06-15", "2021-06-15", "2025-06-15"])(
    "on %s the parts add up, resources rise, disposable income rises but for the RSA",
    (lawDate) => {
      const faults: string[] = [];
      let [onRsa, pensionOnRsa, atItsEnd] = [0, 0, 0];
      for (const one of every) {
        const law = bridgeLaw(one, { lawDate });
        const { participationEurYear } = c2sCeiling({ date: lawDate, persons: personsOf(one) });
        const end = endOfRsa(law);
        let [resources, top, topAfter] = [-1, -1, -1];
        for (let income = 0; income <= participationEurYear; income += 600) {
          const now = disposableIncome(law, income);
          const sum = now.income + now.familyBenefits + now.housingBenefit + now.rsa + now.activityBonus - now.tax;
          if (Math.abs(now.disposable - sum) > 1e-9) faults.push("sum");
          if (now.rsa > 0 !== income < end) faults.push("end of the RSA");
          if (income < end) {
            if (law.tax.kind === "pensions") pensionOnRsa = Math.max(pensionOnRsa, top - now.disposable);
            else onRsa = Math.max(onRsa, top - now.disposable);
          } else {
            if (now.resources <= resources) faults.push("resources");
            if (now.disposable < topAfter) faults.push("disposable");
            atItsEnd = Math.max(atItsEnd, top - now.disposable);
            [resources, topAfter] = [now.resources, now.disposable];
          }
          top = Math.max(top, now.disposable);
        }
      }
      // Where RSA and prime d'activité overlap; where the RSA fills up a pension that the housing benefit counts; where that counts earnings again.
      expect(faults).toEqual([]);
      expect(onRsa).toBeLessThanOrEqual(250);
      expect(pensionOnRsa).toBeLessThanOrEqual(1400);
      expect(atItsEnd).toBeLessThanOrEqual(1800);
    },
  );

  test("on the RSA, who does not work keeps the same disposable income", () => {
    const law = bridgeLaw(foyer({ tenure: "social" }), { lawDate: "2020-06-15" });
    const { disposable } = disposableIncome(law, 0);
    for (let income = 0; income < endOfRsa(law); income += 500)
      expect(disposableIncome(law, income).disposable).toBeCloseTo(disposable, 9);
  });
});

describe("thresholds", () => {
  test.each(days)("on %s: rsa <= free <= participation on every composition, all finite", (lawDate) => {
    const { rsa, free, participation } = rightThresholds(columnsOf(every), { lawDate });
    for (let i = 0; i < every.length; i++) {
      expect(rsa[i]).toBeGreaterThanOrEqual(0);
      expect(free[i]).toBeGreaterThanOrEqual(rsa[i]);
      expect(participation[i]).toBeGreaterThan(0);
      expect(participation[i]).toBeGreaterThanOrEqual(free[i]);
      expect(participation[i]).toBeLessThan(Number.POSITIVE_INFINITY);
    }
  });

  test("an income under the threshold has resources under the ceiling, one over has not, beyond the RSA", () => {
    const lawDate = "2020-06-15";
    const columns = columnsOf(every);
    const { free, participation } = rightThresholds(columns, { lawDate });
    every.forEach((one, i) => {
      const law = bridgeLaw(one, { lawDate });
      const ceiling = c2sCeiling({ date: lawDate, persons: personsOf(one) });
      for (let income = Math.ceil(endOfRsa(law)) + 1; income < ceiling.participationEurYear; income += 1700) {
        const { disposable, resources } = disposableIncome(law, income);
        if (Math.abs(resources - ceiling.participationEurYear) > 1)
          expect(disposable < participation[i]).toBe(resources < ceiling.participationEurYear);
        if (Math.abs(resources - ceiling.freeEurYear) > 1 && resources < ceiling.freeEurYear)
          expect(disposable).toBeLessThan(free[i]);
      }
    });
  });

  test("without the bridge the ceilings are the thresholds, and nobody has the RSA", () => {
    const columns = columnsOf(every);
    const { rsa, free, participation } = rightThresholds(columns, { lawDate: "2021-06-15", switches: noBridge });
    every.forEach((one, i) => {
      const { freeEurYear, participationEurYear } = c2sCeiling({ date: "2021-06-15", persons: personsOf(one) });
      expect(rsa[i]).toBe(0);
      expect(Math.abs(free[i] - freeEurYear)).toBeLessThanOrEqual(0.01);
      expect(Math.abs(participation[i] - participationEurYear)).toBeLessThanOrEqual(0.01);
    });
  });

  test("an owner without children, retired: the ceiling less the forfait logement", () => {
    const { free } = rightThresholds(columnsOf([foyer({ tenure: "owner", age: 70 })]), { lawDate: "2025-06-15" });
    expect(free[0]).toBeCloseTo(10_339 - 12 * 77.58, 1);
  });

  test("a household of several foyers: the threshold of one is shared by its units and its share", () => {
    const one = columnsOf([foyer({ tenure: "owner" })]);
    const shared = { ...one, householdUnits: Float64Array.of(2.1), incomeShare: Float64Array.of(0.3) };
    const [alone, within] = [one, shared].map((columns) => rightThresholds(columns, { lawDate: "2020-06-15" }));
    for (const right of ["rsa", "free", "participation"] as const)
      expect(within[right][0] * 2.1 * 0.3).toBeCloseTo(alone[right][0], 6);
  });

  test("who may not claim has no right at any income", () => {
    const columns = { ...columnsOf([foyer({ tenure: "social", age: 20 })]), mayClaim: Uint8Array.of(0) };
    const thresholds = rightThresholds(columns, { lawDate: "2020-06-15" });
    expect([thresholds.rsa[0], thresholds.free[0], thresholds.participation[0]]).toEqual([0, 0, 0]);
  });
});

describe("switches", () => {
  const columns = columnsOf([
    foyer({ tenure: "social", earners: 1 }),
    foyer({ tenure: "private", couple: true, earners: 1, children3to13: 2 }),
    foyer({ tenure: "social", children0to2: 1, children3to13: 2 }),
  ]);
  const free = (switches: Parameters<typeof bridgeShares>[0]): Float64Array =>
    rightThresholds(columns, { lawDate: "2020-06-15", switches: switches ?? {} }).free;

  test("a share lies between off and on (but for 1 %: benefits count one another), true is 1 and false is 0", () => {
    for (const name of ["housingBenefit", "familyBenefits", "activityBonus", "forfaitLogement"] as const) {
      const [off, half, on] = [free({ [name]: false }), free({ [name]: 0.5 }), free({ [name]: true })];
      for (let i = 0; i < 3; i++) {
        expect(half[i]).toBeGreaterThanOrEqual(0.99 * Math.min(off[i], on[i]));
        expect(half[i]).toBeLessThanOrEqual(1.01 * Math.max(off[i], on[i]));
      }
      expect(off).not.toEqual(on);
      expect(on).toEqual(free({ [name]: 1 }));
    }
  });

  test("every switch has bounds, and thresholds stay in order anywhere between them", () => {
    const lowest = Object.fromEntries(Object.entries(bridgeBounds).map(([name, { low }]) => [name, low]));
    expect(Object.keys(bridgeBounds)).toEqual(Object.keys(bridgeShares()));
    const all = columnsOf(every);
    for (const switches of [lowest, ...Object.entries(lowest).map(([name, low]) => ({ [name]: low }))]) {
      const { rsa, free: without, participation } = rightThresholds(all, { lawDate: "2021-06-15", switches });
      expect(without.every((threshold, i) => rsa[i] <= threshold && threshold <= participation[i])).toBe(true);
    }
  });

  test("an unknown switch and a share over 1 are refused", () => {
    expect(() => bridgeShares({ aspa: true } as never)).toThrow(QuartiersError);
    expect(() => bridgeShares({ rsa: 1.2 })).toThrow("une part de 0 à 1");
    expect(() => bridgeShares({ rsa: Number.NaN })).toThrow(QuartiersError);
  });
});

describe("bad input", () => {
  test("a day without law, a foyer whose persons do not add up", () => {
    const columns = columnsOf([foyer({ tenure: "social" })]);
    expect(() => rightThresholds(columns, { lawDate: "2026-06-15" })).toThrow(QuartiersError);
    expect(() => rightThresholds(columns, { lawDate: "2020-06-15", incomeDate: "2018-06-15" })).toThrow(QuartiersError);
    expect(() => rightThresholds({ ...columns, persons: Uint8Array.of(3) }, { lawDate: "2020-06-15" })).toThrow(
      "Composition de foyer incohérente",
    );
  });

  test("no foyer gives empty columns", () => {
    expect(rightThresholds(columnsOf([]), { lawDate: "2020-06-15" }).free.length).toBe(0);
  });
});

test("the rule made once gives what the rule made anew gives", () => {
  const rule = thresholdRule({ lawDate: "2020-06-15" });
  const columns = columnsOf(every);
  rule(columns);
  expect(rule(columns)).toEqual(rightThresholds(columns, { lawDate: "2020-06-15" }));
});
