import fc from "fast-check";
import type { C2sRole } from "../../../src/models/benefits/c2s-household.ts";
import {
  type C2sHousehold,
  type C2sPerson,
  c2sSituations,
  c2sTies,
} from "../../../src/models/benefits/c2s-household.ts";
import { type ResourceItemId, resourceItems } from "../../../src/models/benefits/c2s-resource-items.ts";

const cents = fc.integer({ min: 0, max: 1_500_000 }).map((value) => value / 100);
const abated: readonly string[] = ["aah", "asi", "aspa"];

const resources = fc
  .array(fc.tuple(fc.constantFrom(...resourceItems.map(({ id }) => id)), cents, fc.integer({ min: 1, max: 12 })), {
    maxLength: 4,
  })
  .map((items) =>
    Object.fromEntries(
      items.map(([id, eur, months]): [ResourceItemId, number | number[]] =>
        abated.includes(id) && months < 12
          ? [id, Array.from({ length: 12 }, (_, m) => (m < months ? eur / months : 0))]
          : [id, eur],
      ),
    ),
  );

const person = (role: C2sRole, years: readonly [number, number]): fc.Arbitrary<C2sPerson> =>
  fc.record({
    role: fc.constant(role),
    birthDate: fc
      .tuple(
        fc.integer({ min: 2019 - years[1], max: 2018 - years[0] }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
      )
      .map(([year, month, day]) => `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`),
    resources,
    taxedTogether: fc.boolean(),
    tie: fc.constantFrom(...c2sTies),
    situation: fc.constantFrom(...c2sSituations),
    trainingPayStopped: fc.boolean(),
    dependsOnParents: fc.boolean(),
    studentAid: fc.boolean(),
    receives: fc.uniqueArray(fc.constantFrom("aspa" as const, "asi" as const, "aah" as const)),
    workedLastThreeMonths: fc.boolean(),
  });

/** Any household that `checkHousehold` accepts on a date of 2019 or later. */
export const anyHousehold: fc.Arbitrary<C2sHousehold> = fc
  .record({
    claimant: person("claimant", [14, 90]),
    partner: fc.option(fc.oneof(person("spouse", [17, 90]), person("concubin", [17, 90])), { nil: null }),
    dependants: fc.array(fc.oneof(person("child", [0, 30]), person("other", [0, 30])), { maxLength: 6 }),
    alternating: fc.boolean(),
    occupancy: fc.constantFrom("owner" as const, "free" as const, "tenant" as const),
    housingBenefitEurMonth: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 1, max: 40_000 }).map((value) => value / 100),
    ),
    receivesRsa: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
    area: fc.constantFrom("metropole" as const, "metropole" as const, "drom" as const, "mayotte" as const),
    scheme: fc.constantFrom("general" as const, "alsace-moselle" as const),
  })
  .map(({ claimant, partner, dependants, alternating, ...rest }) => {
    // Each second young one in alternating residence.
    const children = dependants.map((child, i) =>
      alternating && i % 2 === 0 && child.birthDate > "2010" ? { ...child, alternating: true } : child,
    );
    return { ...rest, persons: [claimant, ...(partner ? [partner] : []), ...children] };
  });
