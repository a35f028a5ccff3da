import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type C2sColumns, c2sColumns, c2sSlice } from "../../../src/models/benefits/c2s-columns.ts";
import { type C2sEntitlement, entitlement } from "../../../src/models/benefits/c2s-entitlement.ts";
import { entitlementColumns, refusalCodes, rightCodes } from "../../../src/models/benefits/c2s-entitlement-columns.ts";
import { type ExplanationNode, explainEntitlement } from "../../../src/models/benefits/c2s-explanation.ts";
import { foyerOf } from "../../../src/models/benefits/c2s-foyer.ts";
import type { C2sHousehold, C2sPerson } from "../../../src/models/benefits/c2s-household.ts";
import { resourceItems } from "../../../src/models/benefits/c2s-resource-items.ts";
import { forfaitLogement, type Occupancy, rsaAmounts } from "../../../src/models/benefits/forfait-logement.ts";
import { acsChequeEurYear } from "../../../src/models/benefits/participation.ts";
import { referencePeriod } from "../../../src/models/benefits/reference-period.ts";
import { anyHousehold } from "./household-arbitrary.ts";

const DAY = "2025-06-15";
const adult: C2sPerson = { role: "claimant", birthDate: "1980-01-15", resources: {} };
const alone: C2sHousehold = { persons: [adult], occupancy: "tenant", housingBenefitEurMonth: 0, receivesRsa: false };
const child = (birthDate: string, more: Partial<C2sPerson> = {}): C2sPerson => ({
  role: "child",
  birthDate,
  resources: {},
  ...more,
});
const withWages = (wages: number, more: Partial<C2sPerson> = {}): C2sHousehold => ({
  ...alone,
  persons: [{ ...adult, ...more, resources: { wages } }],
});
const right = (household: C2sHousehold, date = DAY): C2sEntitlement["right"] => entitlement(household, date).right;

describe("the decision", () => {
  test("to the cent at each ceiling of 2025: an equal amount is not below", () =>
    expect([10_338.99, 10_339, 13_956.99, 13_957].map((wages) => right(withWages(wages)))).toEqual([
      "free",
      "participation",
      "participation",
      "none",
    ]));
  test("overseas, the ceilings of 2024", () =>
    expect(
      [11_314.99, 11_315, 15_274.99, 15_275].map((wages) => right({ ...withWages(wages), area: "drom" }, "2024-06-01")),
    ).toEqual(["free", "participation", "participation", "none"]));
  test("the ceilings of the CMU-C and of the ACS, 1 and 2 persons, rounded once", () => {
    const ceilings = (date: string): number[] =>
      [alone, { ...alone, persons: [adult, child("2010-01-01")] }].flatMap((household) => {
        const { free, participation } = entitlement(household, date);
        return [free.eurYear, participation.eurYear];
      });
    expect(["2015-01-01", "2016-03-31", "2016-04-01", "2017-04-01", "2018-04-01", "2019-03-31"].map(ceilings)).toEqual([
      // 8 644.52, 8 653.16, 8 723.00 and 8 810.23, each x 1, 1.35, 1.5 and 1.5 x 1.35.
      [8_645, 11_670, 12_967, 17_505],
      [8_645, 11_670, 12_967, 17_505],
      [8_653, 11_682, 12_980, 17_523],
      [8_723, 11_776, 13_085, 17_664],
      [8_810, 11_894, 13_215, 17_841],
      [8_810, 11_894, 13_215, 17_841],
    ]);
  });
  test("CMU-C and ACS before November 2019", () => {
    const answer = entitlement(withWages(11_000), "2017-05-01");
    expect([answer.right, answer.free.eurYear, answer.participation.eurYear]).toEqual(["participation", 8_723, 11_776]);
    expect([answer.participationEurMonth, answer.chequeEurYear]).toEqual([null, 200]);
    expect(explainEntitlement(withWages(11_000), "2017-05-01").tree.value).toBe("ACS");
  });
  test("the foyer pays the sum of its persons", () => {
    const household = {
      ...alone,
      persons: [
        { ...adult, birthDate: "1955-01-02", resources: { retirement: 15_000 } },
        { ...adult, role: "concubin" as const, birthDate: "1976-02-01" },
        child("2010-01-01"),
      ],
      housingBenefitEurMonth: 400,
    };
    // 15 000 + 12 x 192.02 of housing benefit: 17 304.24 of 18 609; 70 on 2 January 2025 is 69 on the first.
    expect(entitlement(household, "2025-01-15")).toMatchObject({ right: "free", participationEurMonth: 0 });
    const richer = {
      ...household,
      housingBenefitEurMonth: 400,
      persons: household.persons.map((one, i) => (i === 0 ? { ...one, resources: { retirement: 17_000 } } : one)),
    };
    expect(entitlement(richer, DAY)).toMatchObject({ right: "participation", participationEurMonth: 25 + 14 + 8 });
    expect(entitlement({ ...richer, scheme: "alsace-moselle" }, DAY).participationEurMonth).toBeCloseTo(
      8.7 + 4.9 + 2.8,
      12,
    );
  });
});

describe("the foyer (R861-2)", () => {
  const foyer = (...persons: readonly C2sPerson[]) => foyerOf({ ...alone, persons: [adult, ...persons] }, DAY);
  test("a child of 24 is in, of 25 exactly is out", () => {
    expect(foyer(child("2000-06-16")).persons).toBe(2);
    expect(foyer(child("2000-06-15")).persons).toBe(1);
  });
  test("what ties a child or another person", () => {
    const grown = (tie: NonNullable<C2sPerson["tie"]>, role: "child" | "other" = "child"): number =>
      foyer(child("2005-01-01", { tie, role })).persons;
    expect([
      grown("tax-household"),
      grown("same-roof"),
      grown("deducted-pension"),
      grown("court-pension"),
      grown("none"),
    ]).toEqual([2, 2, 2, 1, 1]);
    expect([grown("tax-household", "other"), grown("same-roof", "other")]).toEqual([2, 1]);
  });
  test("a spouse taxed apart is out, a concubin in", () => {
    expect(foyer({ ...adult, role: "spouse", taxedTogether: false }).persons).toBe(1);
    expect(foyer({ ...adult, role: "concubin" }).persons).toBe(2);
  });
  test("the increments, halved at its rank for a minor in alternating residence", () => {
    const half = { alternating: true };
    const of = (...persons: readonly C2sPerson[]) => foyer(...persons).coefficientHundredths;
    expect([
      of(),
      of(child("2010-01-01")),
      of(child("2010-01-01", half)),
      of(child("2010-01-01", half), child("2012-01-01")),
    ]).toEqual([100, 150, 125, 155]);
    // The order of the list does not matter, that of ages does.
    expect(of(child("2012-01-01"), child("2010-01-01", half))).toBe(155);
    expect(of(child("2010-01-01"), child("2012-01-01", half))).toBe(165);
    // Same birth date: in full first.
    expect(of(child("2012-01-01", half), child("2012-01-01"))).toBe(165);
    expect(
      of(
        { ...adult, role: "spouse" },
        child("2001-01-01"),
        child("2005-01-01"),
        child("2010-01-01"),
        child("2012-01-01", half),
      ),
    ).toBe(270);
  });
  test("under 25: alone only when independent, aided as a student, with a child, or on the RSA", () => {
    const young: C2sPerson = { ...adult, birthDate: "2003-01-01" };
    const of = (more: Partial<C2sPerson>, others: readonly C2sPerson[] = [], receivesRsa = false) =>
      right({ ...alone, receivesRsa, persons: [{ ...young, ...more }, ...others] });
    expect([
      of({}),
      of({ dependsOnParents: false }),
      of({ studentAid: true }),
      of({}, [child("2024-01-01")]),
      of({}, [], true),
    ]).toEqual(["none", "free", "free", "free", "free"]);
    expect(entitlement({ ...alone, persons: [young] }, DAY).basis).toBe("composition");
    expect(of({ birthDate: "2010-01-01", dependsOnParents: false })).toBe("none");
  });
});

describe("forfait logement, to the cent", () => {
  const cents = (date: string, persons: number, occupancy: Occupancy, benefit = 0): number =>
    forfaitLogement({ date, persons, occupancy, benefitCentsMonth: benefit * 100, area: "metropole" }).centsMonth / 100;
  test("April 2025", () => {
    expect([1, 2, 3, 4, 9].map((persons) => cents("2025-04-01", persons, "owner"))).toEqual([
      77.58, 135.77, 162.92, 162.92, 162.92,
    ]);
    expect([1, 2, 3, 4, 9].map((persons) => cents("2025-04-01", persons, "tenant", 900))).toEqual([
      77.58, 155.16, 192.02, 192.02, 192.02,
    ]);
    expect(cents("2025-04-01", 2, "free")).toBe(135.77);
  });
  test("published with a benefit: 2020, 2021, 2022", () => {
    expect([1, 2, 3].map((persons) => cents("2020-04-01", persons, "tenant", 900))).toEqual([67.77, 135.55, 167.74]);
    expect([1, 3].map((persons) => cents("2021-04-01", persons, "tenant", 900))).toEqual([67.84, 167.91]);
    expect(cents("2022-04-01", 1, "tenant", 900)).toBe(69.06);
  });
  test("the benefit where it is lower; an owner with a benefit has the second line only; a tenant without has none", () =>
    expect([cents(DAY, 2, "tenant", 100), cents(DAY, 2, "owner", 900), cents(DAY, 2, "tenant")]).toEqual([
      100, 155.16, 0,
    ]));
  test("the amounts follow one another without a hole; before and after, refused", () => {
    for (let i = 1; i < rsaAmounts.length; i++) {
      const dayAfter = new Date(`${rsaAmounts[i - 1]?.until}T00:00:00Z`);
      dayAfter.setUTCDate(dayAfter.getUTCDate() + 1);
      expect(dayAfter.toISOString().slice(0, 10)).toBe(rsaAmounts[i]?.from);
    }
    expect(() => cents("2013-12-31", 1, "owner")).toThrow(/RSA/);
    expect(() =>
      forfaitLogement({ date: DAY, persons: 1, occupancy: "owner", benefitCentsMonth: 0, area: "mayotte" }),
    ).toThrow(/Mayotte/);
  });
});

describe("resources", () => {
  const counted = (resources: C2sPerson["resources"], more: Partial<C2sPerson> = {}, date = DAY): number =>
    entitlement({ ...alone, persons: [{ ...adult, ...more, resources }] }, date).resourcesEurYear;
  test("the reference period, before and since 2022", () => {
    expect(
      [referencePeriod("2025-04-10"), referencePeriod("2022-01-01"), referencePeriod("2021-12-31")].map(
        ({ from, until }) => [from, until],
      ),
    ).toEqual([
      ["2024-03", "2025-02"],
      ["2020-12", "2021-11"],
      ["2020-12", "2021-11"],
    ]);
  });
  test("30 % off activity in the situations of R861-8, and on nothing else", () => {
    for (const situation of [
      "off-sick-over-six-months",
      "unemployment-benefit",
      "partial-unemployment",
      "ass",
      "paid-training",
    ] as const)
      expect(counted({ wages: 10_000, unemployment: 1_000 }, { situation })).toBe(8_000);
    expect(counted({ wages: 10_000, unemployment: 1_000 })).toBe(11_000);
    expect([
      counted({ wages: 10_000 }, { situation: "custody" }, "2025-09-30"),
      counted({ wages: 10_000 }, { situation: "custody" }, "2025-10-01"),
    ]).toEqual([10_000, 7_000]);
  });
  test("AAH 68 a month, ASPA 71 or 110, ASI 49 or 43 each and none with the AAH, floored at 0", () => {
    expect(counted({ aah: 12_000 })).toBe(12_000 - 68 * 12);
    expect(counted({ aah: 600 })).toBe(0);
    expect(counted({ aah: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1_000, 60] })).toBe(932);
    expect(counted({ aspa: 12_000 })).toBe(12_000 - 71 * 12);
    expect(counted({ asi: 6_000 })).toBe(6_000 - 49 * 12);
    expect(counted({ asi: 6_000, aah: 1_200 })).toBe(6_000 + 1_200 - 68 * 12);
    const couple = (item: "aspa" | "asi") =>
      entitlement(
        {
          ...alone,
          persons: [
            { ...adult, resources: { [item]: 6_000 } },
            { ...adult, role: "spouse", resources: { [item]: 4_800 } },
          ],
        },
        DAY,
      ).resourcesEurYear;
    expect([couple("aspa"), couple("asi")]).toEqual([10_800 - 110 * 12, 10_800 - 86 * 12]);
    expect(counted({ asi: 6_000 }, {}, "2021-03-31")).toBe(6_000 - 20 * 12);
    expect(() => counted({ aspa: 6_000 }, {}, "2020-03-31")).toThrow(/ASPA.*2020-04-01/u);
  });
  test("items left out, and those that were counted before", () => {
    for (const { id, treatment } of resourceItems)
      if (treatment === "excluded") expect(counted({ [id]: 5_000, wages: 100 }, {}, "2025-07-01")).toBe(100);
    expect([counted({ cej: 500 }, {}, "2023-07-28"), counted({ cej: 500 }, {}, "2023-07-29")]).toEqual([500, 0]);
    expect([counted({ harki: 500 }, {}, "2023-07-28"), counted({ harki: 500 }, {}, "2023-07-29")]).toEqual([500, 0]);
    expect([
      counted({ legalPersonAid: 500 }, {}, "2025-06-30"),
      counted({ legalPersonAid: 500 }, {}, "2025-07-01"),
    ]).toEqual([500, 0]);
    expect([
      counted({ relativesAid: 500 }, {}, "2025-06-30"),
      counted({ relativesAid: 500 }, {}, "2025-07-01"),
    ]).toEqual([500, 0]);
  });
  test("maintenance paid is taken off, never under 0; stopped training pay is left out", () => {
    expect([
      counted({ wages: 5_000, maintenancePaid: 2_000 }),
      counted({ wages: 500, maintenancePaid: 2_000 }),
    ]).toEqual([3_000, 0]);
    expect([counted({ training: 700 }), counted({ training: 700 }, { trainingPayStopped: true })]).toEqual([700, 0]);
  });
  test("a person outside the foyer brings nothing", () =>
    expect(
      entitlement({ ...alone, persons: [adult, child("1995-01-01", { resources: { wages: 30_000 } })] }, DAY),
    ).toMatchObject({ right: "free", resourcesEurYear: 0 }));
});

describe("presumptions", () => {
  const rich = (more: Partial<C2sPerson>, date: string, others: readonly C2sPerson[] = []): string => {
    const answer = entitlement(
      { ...alone, persons: [{ ...adult, resources: { retirement: 60_000 }, ...more }, ...others] },
      date,
    );
    return `${answer.right}, ${answer.basis}`;
  };
  const idle = { workedLastThreeMonths: false };
  test("RSA: free at any date", () =>
    expect([
      right({ ...withWages(60_000), receivesRsa: true }, "2016-01-01"),
      right({ ...withWages(60_000), receivesRsa: true }),
    ]).toEqual(["free", "free"]));
  test.each([
    ["aspa", "2022-03-31", "2022-04-01"],
    ["asi", "2024-06-29", "2024-06-30"],
    ["aah", "2025-06-30", "2025-07-01"],
  ] as const)("%s: from the day after %s", (receives, before, since) => {
    expect([rich({ ...idle, receives: [receives] }, before), rich({ ...idle, receives: [receives] }, since)]).toEqual([
      "none, resources",
      "participation, presumption",
    ]);
    expect(rich({ receives: [receives], workedLastThreeMonths: true }, since)).toBe("none, resources");
    expect(rich({ receives: [receives] }, since)).toBe("none, resources");
  });
  test("AAH alone without child only; the activity of a partner excludes", () => {
    expect(rich({ ...idle, receives: ["aah"] }, "2025-07-01", [child("2015-01-01")])).toBe("none, resources");
    expect(
      rich({ ...idle, receives: ["aspa"] }, DAY, [{ ...adult, role: "spouse", workedLastThreeMonths: true }]),
    ).toBe("none, resources");
  });
  test("low resources still give the free right", () =>
    expect(right({ ...alone, persons: [{ ...adult, ...idle, receives: ["aspa"] }] })).toBe("free"));
});

test("the ACS cheque by age, and its days", () => {
  expect([0, 15, 16, 49, 50, 59, 60, 104].map((age) => acsChequeEurYear({ age, date: "2019-10-31" }))).toEqual([
    100, 100, 200, 200, 350, 350, 550, 550,
  ]);
  expect(() => acsChequeEurYear({ age: 60, date: "2019-11-01" })).toThrow(/ACS/);
  expect(() => acsChequeEurYear({ age: 16.5, date: "2018-01-01" })).toThrow(/ACS/);
});

describe("bad input is refused, and amounts are not printed", () => {
  const refused = (household: unknown, date = DAY): string => {
    try {
      entitlement(household as C2sHousehold, date);
    } catch (error) {
      return (error as Error).message;
    }
    return "accepté";
  };
  const one = (more: Record<string, unknown>): unknown => ({ ...alone, persons: [{ ...adult, ...more }] });
  test.each([
    ["negative", one({ resources: { wages: -1234 } }), /Salaires.*négatif.*personne 1/u],
    ["NaN", one({ resources: { wages: Number.NaN } }), /montant absent/u],
    ["null", one({ resources: { wages: null } }), /montant absent/u],
    ["text", one({ resources: { wages: "1234" } }), /montant absent/u],
    ["infinite", one({ resources: { wages: Number.POSITIVE_INFINITY } }), /démesuré/u],
    ["no list", one({ resources: undefined }), /Ressources absentes/u],
    ["11 months", one({ resources: { wages: Array(11).fill(1) } }), /douze mois/u],
    ["a negative month", one({ resources: { aah: [...Array(11).fill(1), -1] } }), /négatif/u],
    ["unknown item", one({ resources: { lottery: 3 } }), /Ressource inconnue.*lottery/u],
    ["unknown role", one({ role: "cousin" }), /Rôle inconnu.*cousin/u],
    ["unknown tie", one({ tie: "cousin" }), /Rattachement inconnu/u],
    ["unknown situation", one({ situation: "rich" }), /Situation inconnue/u],
    ["born later", one({ birthDate: "2025-06-16" }), /Date de naissance/u],
    ["not a day", one({ birthDate: "1980-02-30" }), /Date de naissance/u],
    ["too old", one({ birthDate: "1880-01-01" }), /Âge/u],
    ["adult in alternating residence", one({ alternating: true }), /alternée/u],
    ["no person", { ...alone, persons: [] }, /personnes/u],
    ["two claimants", { ...alone, persons: [adult, adult] }, /Demandeurs/u],
    [
      "two partners",
      { ...alone, persons: [adult, { ...adult, role: "spouse" }, { ...adult, role: "concubin" }] },
      /Conjoints/u,
    ],
    ["unknown occupancy", { ...alone, occupancy: "hotel" }, /occupation/u],
    ["unknown area", { ...alone, area: "nowhere" }, /Territoire/u],
    ["no housing benefit said", { ...alone, housingBenefitEurMonth: undefined }, /Aide au logement.*absent/u],
    ["RSA not said", { ...alone, receivesRsa: undefined }, /RSA/u],
    ["Mayotte, owner", { ...alone, area: "mayotte", occupancy: "owner" }, /Mayotte/u],
  ])("%s", (_, household, message) => {
    expect(refused(household)).toMatch(message);
    expect(refused(household)).not.toContain("1234");
  });
  test.each(["2014-06-30", "2026-04-01", "hier", "2025-02-29"])("no law on %s", (date) => {
    expect(refused(alone, date)).toMatch(/Aucun plafond|Date illisible/u);
    expect(() => entitlementColumns(c2sColumns([alone], DAY), date)).toThrow(/Aucun plafond|Date illisible/u);
  });
  test("Mayotte before 2024", () => expect(refused({ ...alone, area: "mayotte" }, "2023-12-31")).toMatch(/Mayotte/u));
});

describe("columns", () => {
  const days = [
    "2019-12-01",
    "2021-03-15",
    "2021-06-01",
    "2022-04-01",
    "2022-12-31",
    "2023-08-01",
    "2024-07-01",
    "2025-11-30",
  ] as const;
  test("give what entitlement gives, for any household", () => {
    let [answered, refused] = [0, 0];
    fc.assert(
      fc.property(
        fc.constantFrom(...days),
        fc.array(anyHousehold, { minLength: 1, maxLength: 8 }),
        (date, households) => {
          const answers = entitlementColumns(c2sColumns(households, date), date);
          households.forEach((household, h) => {
            let expected: C2sEntitlement | null = null;
            try {
              expected = entitlement(household, date);
            } catch {
              refused++;
            }
            if (expected) answered++;
            const cell = {
              right: answers.right[h],
              cents: answers.resourcesCents[h],
              persons: answers.persons[h],
              hundredths: answers.coefficientHundredths[h],
              free: answers.freeEurYear[h],
              participation: answers.participationEurYear[h],
              due: answers.participationCentsMonth[h],
            };
            if (!expected)
              expect(cell).toEqual({
                right: 255,
                cents: -1,
                persons: -1,
                hundredths: -1,
                free: -1,
                participation: -1,
                due: -1,
              });
            else
              expect(cell).toEqual({
                right: rightCodes[expected.right],
                cents: expected.resources.cents,
                persons: expected.foyer.persons,
                hundredths: expected.foyer.coefficientHundredths,
                free: expected.free.eurYear,
                participation: expected.participation.eurYear,
                due: expected.participationEurMonth === null ? -1 : Math.round(expected.participationEurMonth * 100),
              });
          });
        },
      ),
      { numRuns: 400, seed: 5 },
    );
    expect([answered > 1_000, refused > 50]).toEqual([true, true]);
  });
  test("refuse by code what has no answer, and never hold a NaN", () => {
    const columns = c2sColumns([alone, alone, alone, alone, withWages(1)], DAY);
    columns.resources.wages?.set([Number.NaN, -5, Number.POSITIVE_INFINITY]);
    columns.role[3] = 9;
    const answers = entitlementColumns(columns, DAY);
    expect([...answers.refusal]).toEqual([
      refusalCodes.amount,
      refusalCodes.amount,
      refusalCodes.amount,
      refusalCodes.composition,
      0,
    ]);
    expect([answers.refused, ...answers.right]).toEqual([4, 255, 255, 255, 255, 1]);
    for (const column of [answers.resourcesCents, answers.freeEurYear, answers.participationCentsMonth])
      expect([...column].some(Number.isNaN)).toBe(false);
  });
  test("refuse columns of other lengths, unknown items, and amounts received on no month", () => {
    const columns = c2sColumns([alone, withWages(1)], DAY);
    expect(() => entitlementColumns({ ...columns, age: Uint8Array.of(1) }, DAY)).toThrow(/age.*2 valeurs/u);
    expect(() => entitlementColumns({ ...columns, area: new Uint8Array(3) }, DAY)).toThrow(/area/u);
    expect(() => entitlementColumns({ ...columns, start: Int32Array.of(1, 2, 2) }, DAY)).toThrow(/start/u);
    expect(() => entitlementColumns({ ...columns, resources: { wages: new Float64Array(1) } }, DAY)).toThrow(/wages/u);
    const unknown = { lottery: new Float64Array(2) } as unknown as C2sColumns["resources"];
    expect(() => entitlementColumns({ ...columns, resources: unknown }, DAY)).toThrow(/lottery/u);
    const months = { aah: Uint8Array.of(0, 13) };
    const answers = entitlementColumns({ ...columns, resources: { aah: Float64Array.of(5, 5) }, months }, DAY);
    expect([...answers.refusal]).toEqual([refusalCodes.amount, refusalCodes.amount]);
    expect([...entitlementColumns({ ...columns, start: Int32Array.of(0, 0, 2) }, DAY).refusal]).toEqual([1, 1]);
  });
  test("a couple's ASPA and ASI, on unequal months", () => {
    const months = (eur: number, count: number): number[] =>
      Array.from({ length: 12 }, (_, m) => (m < count ? eur : 0));
    for (const item of ["aspa", "asi"] as const) {
      const household: C2sHousehold = {
        ...alone,
        persons: [
          { ...adult, resources: { [item]: months(500, 12) } },
          { ...adult, role: "spouse", birthDate: "1978-01-01", resources: { [item]: months(300, 5) } },
        ],
      };
      const [alonePart, couplePart] =
        item === "aspa" ? [7 * (500 - 71), 5 * (800 - 110)] : [7 * (500 - 49), 5 * (800 - 86)];
      expect(entitlement(household, DAY).resourcesEurYear).toBe(alonePart + couplePart);
      expect(entitlementColumns(c2sColumns([household], DAY), DAY).resourcesCents[0]).toBe(
        (alonePart + couplePart) * 100,
      );
    }
  });
  test("slices give the answers of the whole", () => {
    const households = fc.sample(anyHousehold, { numRuns: 101, seed: 11 });
    const columns = c2sColumns(households, "2024-07-01");
    const whole = entitlementColumns(columns, "2024-07-01");
    const [first, second] = [c2sSlice(columns, 0, 40), c2sSlice(columns, 40, 101)].map((part) =>
      entitlementColumns(part, "2024-07-01"),
    );
    for (const name of ["right", "refusal", "persons", "resourcesCents", "participationCentsMonth"] as const)
      expect([...(first?.[name] ?? []), ...(second?.[name] ?? [])]).toEqual([...whole[name]]);
    expect((first?.refused ?? 0) + (second?.refused ?? 0)).toBe(whole.refused);
  });
  test("no household gives no answer", () => expect(entitlementColumns(c2sColumns([], DAY), DAY).right.length).toBe(0));
});

describe("laws", () => {
  const worth = { none: 0, participation: 1, free: 2 } as const;
  const mainland = anyHousehold.map((household) => ({ ...household, area: "metropole" as const }));
  test("more wages never open more, and never by more than they are; the ceilings do not look at them", () => {
    fc.assert(
      fc.property(mainland, fc.integer({ min: 1, max: 2_000_000 }), (household, cents) => {
        const richer = {
          ...household,
          persons: household.persons.map((one) => {
            const wages = one.resources.wages;
            return one.role === "claimant" && (wages === undefined || typeof wages === "number")
              ? { ...one, resources: { ...one.resources, wages: (wages ?? 0) + cents / 100 } }
              : one;
          }),
        };
        const [before, after] = [entitlement(household, DAY), entitlement(richer, DAY)];
        expect(worth[after.right]).toBeLessThanOrEqual(worth[before.right]);
        expect(after.resources.cents).toBeGreaterThanOrEqual(before.resources.cents);
        expect(after.resources.cents - before.resources.cents).toBeLessThanOrEqual(cents + 1);
        expect(after.free).toEqual(before.free);
      }),
    );
  });
  test("the order of the persons does not matter", () => {
    fc.assert(
      fc.property(mainland, (household) => {
        const [one, other] = [household, { ...household, persons: [...household.persons].reverse() }].map((given) =>
          entitlement(given, DAY),
        );
        expect(other?.resources.cents).toBe(one?.resources.cents);
        expect([other?.right, other?.foyer.coefficientHundredths, other?.participationEurMonth]).toEqual([
          one?.right,
          one?.foyer.coefficientHundredths,
          one?.participationEurMonth,
        ]);
      }),
    );
  });
});

describe("the explanation", () => {
  const leaves = (node: ExplanationNode): ExplanationNode[] => [node, ...node.children.flatMap(leaves)];
  test("says each component, its value, its article, and how far the ceilings are", () => {
    const household = {
      ...alone,
      housingBenefitEurMonth: 300,
      persons: [{ ...adult, situation: "ass" as const, resources: { wages: 10_000, ass: 6_000, rsa: 900 } }],
    };
    const { tree, distanceEurYear, whatWouldChange } = explainEntitlement(household, DAY);
    const text = leaves(tree)
      .map(({ label, value, article }) => `${label} | ${value} | ${article}`)
      .join("\n")
      .replace(/[\u202f\u00a0]/g, " ");
    for (const part of [
      "Droit au 15 juin 2025 | C2S avec participation | L. 861-1 CSS",
      "Salaires nets (demandeur) | 7 000 € sur 10 000 € : abattement de 30 % | R. 861-8 CSS",
      "RSA (demandeur) | 0 € sur 900 € : non compté | L. 861-2 CSS",
      "Forfait logement | 930,96 € sur 930,96 € : aide au logement, au plus le forfait | R. 861-7 CSS",
      "13 930,96 € par an, reçus de mai 2024 à avril 2025",
      "10 339 € par an (publié) : ressources 3 591,96 € au-dessus",
      "13 957 € par an (publié) : ressources 26,04 € en dessous",
      "14 € par mois",
    ])
      expect(text).toContain(part);
    expect(distanceEurYear).toEqual({ free: 3_591.96, participation: -26.04 });
    expect(whatWouldChange.join(" ").replace(/[\u202f\u00a0]/g, " ")).toContain(
      "26,04 € de ressources en plus par an : fin du droit (L. 861-1, 2° CSS)",
    );
  });
  test("a free right has no participation, whatever the scheme", () => {
    for (const scheme of ["general", "alsace-moselle"] as const) {
      const { tree } = explainEntitlement({ ...withWages(3_000), scheme }, DAY);
      expect(leaves(tree).find(({ label }) => label === "Participation du foyer")?.value).toBe(
        "aucune\u00a0: la C2S est gratuite",
      );
    }
  });
  test("articles are printed as in the rest of the book, in lines and in sentences", () => {
    fc.assert(
      fc.property(anyHousehold, (household) => {
        const { tree, whatWouldChange } = explainEntitlement({ ...household, area: "metropole" }, "2025-11-30");
        const said = [...leaves(tree).flatMap(({ value, article = "" }) => [value, article]), ...whatWouldChange];
        for (const text of said) expect(text).not.toMatch(/\b[LRD]\d{3}|\d{4}-\d{2}\b/);
      }),
      { seed: 4 },
    );
  });
  test("what it says would change the answer does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000 }), (cents) => {
        const wages = cents / 100;
        const { distanceEurYear, whatWouldChange, entitlement: answer } = explainEntitlement(withWages(wages), DAY);
        const said = whatWouldChange.find((sentence) =>
          sentence.endsWith("C2S avec participation (L.\u00a0861-1, 2° CSS)."),
        );
        const less = Number(/^[\d\s]+/.exec(said ?? "")?.[0].replace(/\D/g, ""));
        if (answer.right === "none") expect(right(withWages(wages - less))).toBe("participation");
        else expect(right(withWages(wages - distanceEurYear.participation))).toBe("none");
        if (answer.right === "free") expect(right(withWages(wages - distanceEurYear.free))).toBe("participation");
      }),
    );
  });
  test("the housing benefit and the presumption it names do decide", () => {
    let [benefits, presumed] = [0, 0];
    fc.assert(
      fc.property(fc.integer({ min: 9_000, max: 16_000 }), fc.boolean(), (wages, idle) => {
        const household: C2sHousehold = {
          ...withWages(wages, idle ? { receives: ["aspa"], workedLastThreeMonths: false } : {}),
          housingBenefitEurMonth: 250,
        };
        const { whatWouldChange } = explainEntitlement(household, DAY);
        const opened = whatWouldChange.find((sentence) => sentence.startsWith("Sans l'aide au logement"));
        if (opened) {
          benefits++;
          const label = explainEntitlement({ ...household, housingBenefitEurMonth: 0 }, DAY).tree.value;
          expect(opened).toContain(`${label} (R.\u00a0861-7`);
        } else if (!idle) expect(right({ ...household, housingBenefitEurMonth: 0 })).toBe(right(household));
        if (whatWouldChange.some((sentence) => sentence.startsWith("Sans la présomption"))) {
          presumed++;
          expect(right({ ...withWages(wages), housingBenefitEurMonth: 250 })).toBe("none");
        }
      }),
      { seed: 3 },
    );
    expect([benefits > 5, presumed > 5]).toEqual([true, true]);
  });
  test("every node has a label, a value and an article, whatever the household; no number is NaN", () => {
    fc.assert(
      fc.property(anyHousehold, (household) => {
        const mainland = { ...household, area: "metropole" as const };
        const { tree, entitlement: answer } = explainEntitlement(mainland, "2025-11-30");
        for (const { label, value, article, amount } of leaves(tree)) {
          expect([
            label.length > 1,
            value.length > 0,
            /CSS/.test(article ?? ""),
            amount === undefined || Number.isFinite(amount),
          ]).toEqual([true, true, true, true]);
          expect(value).not.toMatch(/NaN|undefined|non disponible/);
        }
        const lines = answer.resources.lines.reduce(
          (sum, { countedEurYear }) => sum + Math.round(countedEurYear * 100),
          0,
        );
        expect(answer.resources.cents).toBe(Math.max(lines, 0));
      }),
    );
  });
});
