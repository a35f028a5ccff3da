import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  c2sCeiling,
  c2sPeriod,
  chainCeiling,
  coefficientTenths,
  explainC2sCeiling,
  isDay,
} from "../../../src/models/benefits/c2s-ceiling.ts";
import {
  C2S_UPRATED_BASE_2019_CENTS,
  type C2sArea,
  c2sPeriods,
  participationRates,
  publishedAcsCeilings,
  publishedCeilings,
} from "../../../src/models/benefits/c2s-parameters.ts";
import { cmuCPeriods } from "../../../src/models/benefits/cmu-c-parameters.ts";
import { nonTakeUpRate, nonTakeUpRates } from "../../../src/models/benefits/non-take-up-rates.ts";
import { participationEurMonth } from "../../../src/models/benefits/participation.ts";

/** Typed again from the publications, independently of the source file: 1, 2, 3, 4 persons. */
const published: readonly (readonly [
  date: string,
  area: C2sArea,
  free: readonly number[],
  participation: readonly number[],
])[] = [
  ["2017-04-01", "metropole", [], [11776, 17664, 21197, 24730]],
  ["2019-04-01", "metropole", [8951, 13426, 16112, 18797], [12084, 18126, 21751, 25376]],
  ["2020-04-01", "metropole", [9032, 13547, 16257, 18966], [12193, 18289, 21947, 25604]],
  ["2021-04-01", "metropole", [9041, 13561, 16273, 18985], [12205, 18307, 21969, 25630]],
  ["2022-04-01", "metropole", [9203], [12424]],
  ["2022-04-01", "drom", [10243], [13828]],
  ["2022-07-01", "metropole", [9571], []],
  ["2023-04-01", "metropole", [9719, 14578, 17494, 20409], [13120, 19680, 23616, 27553]],
  ["2024-04-01", "metropole", [10166, 15249, 18298, 21348], [13724, 20586, 24703, 28820]],
  ["2024-04-01", "drom", [11315, 16972, 20366, 23760], [15275, 22912, 27494, 32077]],
  ["2024-04-01", "mayotte", [11315, 16972, 20366, 23760], [15275, 22912, 27494, 32077]],
  ["2025-04-01", "metropole", [10339, 15508, 18609, 21711], [13957, 20936, 25123, 29311]],
];

describe("the published tables are the authority", () => {
  test.each(published)("%s, %s", (date, area, free, participation) => {
    free.forEach((eurYear, i) => {
      expect(c2sCeiling({ date, persons: i + 1, area }).free).toMatchObject({ eurYear, status: "publié" });
    });
    participation.forEach((eurYear, i) => {
      expect(c2sCeiling({ date, persons: i + 1, area }).participation).toMatchObject({ eurYear, status: "publié" });
    });
  });
  test("there is no published cell besides these", () => {
    const cells = [...publishedAcsCeilings, ...publishedCeilings];
    expect(cells.filter(({ persons }) => persons !== "each-more").length).toBe(
      published.flatMap(([, , free, participation]) => [...free, ...participation]).length,
    );
    for (const cell of cells)
      expect([
        cell.source.length > 10,
        /^L861-1/.test(cell.article),
        [...cmuCPeriods, ...c2sPeriods].some(({ from, until }) => from === cell.from && until === cell.until),
      ]).toEqual([true, true, true]);
  });
});

describe("the chain of upratings", () => {
  test("gives every published cell, with one exception: 29 311 (2025, 4 persons, with participation), which is reading B", () => {
    const different = [...publishedAcsCeilings, ...publishedCeilings].flatMap(
      ({ persons, from, area, right, eurYear }) => {
        if (persons === "each-more") return [];
        const chain = chainCeiling(c2sPeriod(from), persons, area, right);
        return chain === eurYear ? [] : [{ from, area, right, persons, eurYear, chain }];
      },
    );
    expect(different).toEqual([
      { from: "2025-04-01", area: "metropole", right: "participation", persons: 4, eurYear: 29311, chain: 29310 },
    ]);
    expect(Math.round(10339 * 2.1 * 1.35)).toBe(29311);
  });
  test("each base is the one before, uprated and kept to the cent", () => {
    for (const { upratedFrom, upratingThousandths, baseCents } of c2sPeriods) {
      if (upratedFrom === null || upratingThousandths === null) continue;
      const before = upratedFrom === "2019-04-01" ? C2S_UPRATED_BASE_2019_CENTS : c2sPeriod(upratedFrom).baseCents;
      expect(Math.floor((2 * before * upratingThousandths + 1000) / 2000)).toBe(baseCents);
    }
    expect(c2sPeriods.map(({ baseCents }) => baseCents / 100)).toEqual([
      8950.96, 9031.56, 9040.59, 9203.32, 9571.45, 9718.71, 10165.77, 10338.59,
    ]);
  });
  test("the bases of the CMU-C before it", () =>
    expect(cmuCPeriods.map(({ from, baseCents }) => [from, baseCents / 100])).toEqual([
      ["2014-07-01", 8644.52],
      ["2016-04-01", 8653.16],
      ["2017-04-01", 8723],
      ["2018-04-01", 8810.23],
    ]));
  test("the published increments from the fifth person agree with it to a euro", () => {
    for (const { persons, from, area, right, eurYear } of [...publishedAcsCeilings, ...publishedCeilings]) {
      if (persons !== "each-more") continue;
      const period = c2sPeriod(from);
      expect(
        Math.abs(chainCeiling(period, 5, area, right) - chainCeiling(period, 4, area, right) - eurYear),
      ).toBeLessThanOrEqual(1);
    }
  });
  test("5 persons in 2019, to the euro of 22 377.40 and 30 209.49; beyond 4 it is derived, and said", () => {
    expect(c2sCeiling({ date: "2019-11-01", persons: 5 })).toMatchObject({
      freeEurYear: 22377,
      participationEurYear: 30209,
      free: { status: "dérivé" },
    });
    expect(c2sCeiling({ date: "2024-06-01", persons: 6 }).freeEurYear).toBe(Math.round(10165.77 * 2.9));
  });
  test("the periods follow one another without a hole", () => {
    const periods = [...cmuCPeriods, ...c2sPeriods];
    for (let i = 1; i < periods.length; i++) {
      const dayAfter = new Date(`${periods[i - 1]?.until}T00:00:00Z`);
      dayAfter.setUTCDate(dayAfter.getUTCDate() + 1);
      expect(dayAfter.toISOString().slice(0, 10)).toBe(periods[i]?.from);
    }
  });
});

describe("laws", () => {
  const date = fc.constantFrom(...c2sPeriods.flatMap(({ from, until }) => [from, until]));
  const area = fc.constantFrom<C2sArea>("metropole", "drom");
  test("one more person, participation, overseas and a later year each raise the ceiling", () => {
    fc.assert(
      fc.property(date, date, area, fc.integer({ min: 1, max: 15 }), (one, other, place, persons) => {
        const ceiling = c2sCeiling({ date: one, persons, area: place });
        expect(c2sCeiling({ date: one, persons: persons + 1, area: place }).freeEurYear).toBeGreaterThan(
          ceiling.freeEurYear,
        );
        expect(ceiling.participationEurYear).toBeGreaterThan(ceiling.freeEurYear * 1.349);
        expect(ceiling.participationEurYear).toBeLessThan(ceiling.freeEurYear * 1.351);
        expect(c2sCeiling({ date: one, persons, area: "drom" }).freeEurYear).toBeGreaterThanOrEqual(
          ceiling.freeEurYear,
        );
        const [early, late] = [one, other].sort() as [string, string];
        expect(c2sCeiling({ date: late, persons, area: place }).freeEurYear).toBeGreaterThanOrEqual(
          c2sCeiling({ date: early, persons, area: place }).freeEurYear,
        );
      }),
    );
  });
  test("the coefficient of R861-3", () =>
    expect([1, 2, 3, 4, 5, 6].map(coefficientTenths)).toEqual([10, 15, 18, 21, 25, 29]));
});

describe("refusals", () => {
  test.each(["2014-06-30", "2026-04-01", "2030-01-01", "1999-12-31"])("no published value on %s", (date) =>
    expect(() => c2sCeiling({ date, persons: 1 })).toThrow(/Aucun plafond.*2014-07-01 au 2026-03-31/u),
  );
  test.each(["2025-4-1", "01/04/2025", "2025-02-30", "", "2025-13-01"])("not a day: %s", (date) =>
    expect(() => c2sCeiling({ date, persons: 1 })).toThrow(/Date illisible/),
  );
  test.each([0, -1, 1.5, Number.NaN, 51])("not a number of persons: %s", (persons) =>
    expect(() => c2sCeiling({ date: "2025-04-01", persons })).toThrow(/personnes/),
  );
  test("Mayotte before 2024", () => {
    expect(() => c2sCeiling({ date: "2023-12-31", persons: 1, area: "mayotte" })).toThrow(/Mayotte/);
    expect(c2sCeiling({ date: "2024-01-01", persons: 1, area: "mayotte" }).free.status).toBe("dérivé");
  });
  test("days", () =>
    expect(["2024-02-29", "2023-02-29", "2000-02-29", "1900-02-29", "2024-04-31"].map(isDay)).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]));
});

test("the explanation prints the amount, the article, the chain and the other readings", () => {
  const lines = explainC2sCeiling({ date: "2025-06-15", persons: 4 }).join("\n");
  for (const part of ["21\u202f711", "29\u202f311", "29\u202f310", "10\u202f338,59", "2,1", "1,35", "R861-3", "publié"])
    expect(lines).toContain(part);
  expect(explainC2sCeiling({ date: "2019-05-01", persons: 1 })[0]).toContain("CMU-C");
  expect(explainC2sCeiling({ date: "2024-06-01", persons: 2, area: "drom" }).join("\n")).toContain("1,113");
});

describe("participation", () => {
  const ages = [0, 29, 30, 49, 50, 59, 60, 69, 70, 104];
  test("general, by the age on 1 January", () =>
    expect(ages.map((ageOnFirstJanuary) => participationEurMonth({ ageOnFirstJanuary, date: "2025-01-01" }))).toEqual([
      8, 8, 14, 14, 21, 21, 25, 25, 30, 30,
    ]));
  test("régime local d'Alsace-Moselle", () =>
    expect(
      ages.map((ageOnFirstJanuary) =>
        participationEurMonth({ ageOnFirstJanuary, date: "2019-11-01", scheme: "alsace-moselle" }),
      ),
    ).toEqual([2.8, 2.8, 4.9, 4.9, 7.3, 7.3, 8.7, 8.7, 10.5, 10.5]));
  test("never over 5 % of the 1-person ceiling a year (L861-11)", () => {
    for (const { from } of c2sPeriods)
      for (const { generalEurMonth } of participationRates)
        expect(generalEurMonth * 12).toBeLessThanOrEqual(0.05 * c2sCeiling({ date: from, persons: 1 }).freeEurYear);
  });
  test("none before November 2019, none for an impossible age", () => {
    expect(() => participationEurMonth({ ageOnFirstJanuary: 40, date: "2019-10-31" })).toThrow(/2019-11-01/);
    expect(() => participationEurMonth({ ageOnFirstJanuary: -1, date: "2020-01-01" })).toThrow(/Âge/);
    expect(() => participationEurMonth({ ageOnFirstJanuary: 29.5, date: "2020-01-01" })).toThrow(/Âge/);
  });
});

describe("national rates of non-take-up", () => {
  test("those of 2021, with the span of what is in print", () => {
    expect(nonTakeUpRate(2021, "all")).toMatchObject({ rate: 0.44, low: 0.435, high: 0.445 });
    expect(nonTakeUpRate(2021, "participation")).toMatchObject({
      rate: 0.67,
      low: expect.closeTo(0.655, 12),
      high: expect.closeTo(0.675, 12),
    });
  });
  test("their identity: 7.1 million of beneficiaries make 12.68 million of eligible persons", () =>
    expect(7.1 / (1 - nonTakeUpRate(2021, "all").rate)).toBeCloseTo(12.68, 2));
  test("each lies within its span; a year without a rate is refused", () => {
    for (const { rate, low, high } of nonTakeUpRates)
      expect(low < rate && rate < high && low > 0 && high < 1).toBe(true);
    expect(() => nonTakeUpRate(2022, "all")).toThrow(/Aucun taux national/);
    expect(() => nonTakeUpRate(2018, "free")).toThrow(/2018/);
  });
});
