import { describe, expect, test } from "vitest";
import { type C2sDecision, type C2sEntitlement, entitlement } from "../../../src/models/benefits/c2s-entitlement.ts";
import { ageOn } from "../../../src/models/benefits/c2s-household.ts";
import { participationEurMonth } from "../../../src/models/benefits/participation.ts";
import { reference } from "../../reference/reference.ts";
import {
  allConventions,
  type Convention,
  conventions,
  dayOf,
  householdOf,
  type OpenFiscaCase,
} from "./openfisca-setting.ts";

const { cases, versions } = reference<{
  readonly cases: readonly OpenFiscaCase[];
  readonly versions: Readonly<Record<string, string>>;
}>("openfisca-c2s");
const codes = { none: 0, free: 1, participation: 2 } as const;

interface Judged {
  readonly resources: number;
  readonly free: number;
  readonly participation: number;
  readonly right: C2sDecision;
}

/** A case judged under some of the conventions: all of them are OpenFisca's reading, none of them the law's. */
function judge(one: OpenFiscaCase, follow: ReadonlySet<Convention>): Judged {
  const foyer = new Set(follow);
  foyer.delete("adultChildCeiling");
  const of = (conventionsOfCase: ReadonlySet<Convention>): C2sEntitlement =>
    entitlement(householdOf(one, conventionsOfCase), dayOf(one));
  const answer = of(foyer);
  const { free, participation } = follow.has("adultChildCeiling") ? of(follow) : answer;
  const cents = answer.resources.cents;
  const byResources =
    cents < free.eurYear * 100 ? "free" : cents < participation.eurYear * 100 ? "participation" : "none";
  return {
    resources: answer.resourcesEurYear,
    free: free.eurYear,
    participation: participation.eurYear,
    right: follow.has("adultChildCeiling") && answer.basis === "resources" ? byResources : answer.right,
  };
}

const every: ReadonlySet<Convention> = new Set(allConventions);
const without = (convention: Convention): ReadonlySet<Convention> =>
  new Set(allConventions.filter((one) => one !== convention));
const near = ({ resources, free, participation }: Judged): boolean =>
  Math.min(Math.abs(resources - free), Math.abs(resources - participation)) <= 2;

describe(`OpenFisca-France ${versions["openfisca-france"]} on ${cases.length} random households`, () => {
  test("under its conventions: resources to the euro, ceilings, and decisions wherever resources are more than 2 EUR from a ceiling", () => {
    const wrong: unknown[] = [];
    const seen = { resources: 0, decisions: 0, near: 0, mayotte: 0, rights: [0, 0, 0] };
    cases.forEach((one, i) => {
      const ours = judge(one, every);
      const [resources, free, participation, right] = one.expected;
      if (Math.abs(ours.resources - Math.max(resources, 0)) > 0.5) wrong.push({ i, ours, resources });
      else seen.resources++;
      if (one.area === "mayotte") {
        // Judged on the mainland's resources only: OpenFisca has no right there.
        if (right === 0 || one.rsa) seen.mayotte++;
        return;
      }
      // A base rounded before the products (reading B): 1 EUR up to 4 persons, 2 with participation; one more for large families and overseas.
      const more = one.area === "drom" || ours.free > 21_400 ? 1 : 0;
      if (Math.abs(ours.free - free) > 1 + more || Math.abs(ours.participation - participation) > 2 + more)
        wrong.push({ i, ours, free, participation });
      if (near(ours)) seen.near++;
      else if (codes[ours.right] !== right) wrong.push({ i, ours, right });
      else {
        seen.decisions++;
        seen.rights[right]++;
      }
    });
    expect(wrong).toEqual([]);
    expect(seen).toEqual({ resources: 1400, decisions: 1393, near: 0, mayotte: 7, rights: [586, 553, 254] });
  });

  test("the participation, by the age of the month and for every member of the family, is the sum of the same rates", () => {
    for (const one of cases) {
      const scheme = one.alsaceMoselle ? "alsace-moselle" : "general";
      const due = one.persons.reduce(
        (sum, { birthDate }) =>
          sum + participationEurMonth({ ageOnFirstJanuary: ageOn(birthDate, dayOf(one)), date: dayOf(one), scheme }),
        0,
      );
      expect(Math.abs(due - one.expected[4])).toBeLessThan(0.005);
    }
  });

  test("every other difference comes from a convention of its own, with the article that decides", () => {
    const resources: Partial<Record<Convention, number>> = {};
    const decisions: Partial<Record<Convention, number>> = {};
    let [differ, explained] = [0, 0];
    for (const one of cases) {
      if (one.area === "mayotte") continue;
      const [law, theirs] = [judge(one, new Set()), judge(one, every)];
      const changed = (other: Judged, from: Judged): boolean =>
        Math.abs(other.resources - from.resources) > 0.5 || other.right !== from.right || other.free !== from.free;
      if (!changed(law, theirs)) continue;
      differ++;
      let responsible = 0;
      for (const convention of allConventions) {
        const [taken, left] = [judge(one, new Set([convention])), judge(one, without(convention))];
        if (changed(taken, law) || changed(left, theirs)) responsible++;
        if (Math.abs(taken.resources - law.resources) > 0.5) resources[convention] = (resources[convention] ?? 0) + 1;
        if (taken.right !== law.right || left.right !== theirs.right)
          decisions[convention] = (decisions[convention] ?? 0) + 1;
      }
      if (responsible > 0) explained++;
    }
    for (const words of Object.values(conventions)) expect(words.length).toBeGreaterThan(30);
    expect({ differ, explained, resources, decisions }).toEqual({
      differ: 981,
      explained: 981,
      resources: {
        period: 703,
        age25: 17,
        ownerWithBenefit: 232,
        sickness: 37,
        abatementsBefore2021: 101,
        studyGrant: 61,
      },
      decisions: {
        period: 42,
        adultChildCeiling: 30,
        age25: 17,
        ownerWithBenefit: 27,
        sickness: 12,
        abatementsBefore2021: 9,
        studyGrant: 1,
        presumption: 38,
        rsaUnder25: 1,
      },
    });
  });
});
