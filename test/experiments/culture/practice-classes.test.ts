import { beforeAll, describe, expect, test } from "vitest";
import { partnerPractices } from "../../../src/experiments/culture/partner-survey.ts";
import { type PracticeClasses, practiceClasses } from "../../../src/experiments/culture/practice-classes.ts";
import { practiceMap } from "../../../src/experiments/culture/practice-map.ts";
import { sampleTerritory } from "./sample-survey.ts";

describe("ways of practising, on the sample", () => {
  let found: PracticeClasses;
  beforeAll(async () => {
    const survey = await partnerPractices(sampleTerritory());
    found = practiceClasses(practiceMap(survey), { seed: 1, draws: 12 });
  }, 180_000);

  test("are made on the first axes that hold 99 % of the inertia by Benzécri's rate, and no more", () => {
    const { benzecri, kept } = found.map.analysis.axes;
    const held = (axes: number): number => benzecri.slice(0, axes).reduce((sum, share) => sum + share, 0);
    expect(found.axes).toBeLessThanOrEqual(kept);
    expect(held(found.axes)).toBeGreaterThanOrEqual(99);
    if (found.axes > 2) expect(held(found.axes - 1)).toBeLessThan(99);
    else expect(found.axes).toBe(2);
  });

  test.each([
    [3, [60, 38.5, 0.6, 0.9, 0]],
    [4, [60, 38.5, 0.4, 0.2, 0.9]],
    [2, [99.5, 0.5, 0, 0, 0]],
    [5, [40, 30, 10, 10, 5]],
  ])(
    "are made on %i axes when Benzécri's rates are %j: two at least, all that are kept when 99 %% is never reached",
    (axes, rates) => {
      const { map } = found;
      const analysis = { ...map.analysis, axes: { ...map.analysis.axes, benzecri: Float64Array.from(rates) } };
      expect(practiceClasses({ ...map, analysis }, { seed: 1, draws: 1 }).axes).toBe(axes);
    },
  );

  test("are three to six, hold everybody, and none holds fewer people than a profile may show", () => {
    const { classOf } = found.consolidation;
    const { people } = found.map.survey;
    expect(found.chosen.classes).toBeGreaterThanOrEqual(3);
    expect(found.chosen.classes).toBeLessThanOrEqual(6);
    expect(classOf.length).toBe(people);
    const sizes = Array.from({ length: found.chosen.classes }, (_, k) => classOf.filter((one) => one === k).length);
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(people);
    expect(Math.min(...sizes)).toBeGreaterThan(100);
    expect(found.consolidation.between).toBeGreaterThanOrEqual(found.consolidation.betweenBefore);
    expect(found.practices.classes.map((one) => one.people)).toEqual(sizes);
  });

  test("are named, each differently, after the two practices that they have most more than all", () => {
    expect(found.names.length).toBe(found.chosen.classes);
    expect(new Set(found.names.map((name) => name.slice(3))).size).toBe(found.names.length);
    found.practices.classes.forEach(({ label, categories }, k) => {
      const yes = categories.filter(({ level }) => level === "oui");
      const gapOf = ({ levelInClass, levelOverall, weighted }: (typeof yes)[number]): number =>
        (weighted?.levelInClass ?? levelInClass) - (weighted?.levelOverall ?? levelOverall);
      const more = yes.filter((trait) => gapOf(trait) >= 0.05).sort((one, other) => other.vTest - one.vTest);
      const few = yes.filter((trait) => gapOf(trait) < 0).length >= (2 / 3) * yes.length;
      const [first, second] = more.slice(0, few ? 1 : 2).map(({ variable }) => variable);
      const words = few
        ? `Peu de pratiques${first ? `, ${first.toLowerCase()}` : ""}`
        : [first, second?.toLowerCase()].filter(Boolean).join(" et ");
      expect(found.names[k]).toBe(`${label + 1}. ${words}`);
      // A practice that names a class is more frequent in it than in all, in people.
      for (const name of [first, second].filter(Boolean)) {
        const trait = categories.find(({ variable, level }) => variable === name && level === "oui");
        expect(trait?.levelInClass ?? 0, name).toBeGreaterThan(trait?.levelOverall ?? 1);
        expect(trait?.people ?? 0, name).toBeGreaterThanOrEqual(11);
      }
    });
  });

  test("differ by what people do more than by who they are, and come back when people are drawn again", () => {
    const strongest = ({ variables }: PracticeClasses["practices"]): number =>
      Math.max(...variables.map(({ cramerV }) => cramerV));
    expect(found.practices.variables.filter(({ p }) => p < 0.001).length).toBeGreaterThan(10);
    expect(strongest(found.practices)).toBeGreaterThan(strongest(found.social));
    expect(found.social.variables.map(({ variable }) => variable)).toContain("diplôme");
    // Sex and the kind of town describe the classes, though they would load the map.
    const projected = found.map.supplementary.map(({ name }) => name);
    for (const name of ["sexe", "commune"]) {
      expect(found.social.variables.map(({ variable }) => variable)).toContain(name);
      expect(projected).not.toContain(name);
    }
    expect(found.stability.meanAdjustedRand).toBeGreaterThan(0.5);
    expect(found.stability.meanAdjustedRand).toBeLessThanOrEqual(1);
  });

  test("profiles never show an answer of fewer than 11 people, and are not one person's row", () => {
    for (const profile of found.profiles) expect(JSON.stringify(profile)).not.toMatch(/"people":([1-9]|10)[,}]/);
    expect(found.profiles.length).toBe(found.chosen.classes);
  });

  test("the same seed gives the same stability; the classes owe nothing to it", () => {
    const again = practiceClasses(found.map, { seed: 2, draws: 12 });
    expect([...again.consolidation.classOf]).toEqual([...found.consolidation.classOf]);
    expect(again.names).toEqual(found.names);
    expect(again.stability.meanAdjustedRand).not.toBe(found.stability.meanAdjustedRand);
    expect(practiceClasses(found.map, { seed: 1, draws: 12 }).stability).toEqual(found.stability);
  }, 180_000);
});
