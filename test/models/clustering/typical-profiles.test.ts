import { describe, expect, test } from "vitest";
import { type Random, seededRandom } from "../../../src/codes/random.ts";
import { catdes } from "../../../src/models/clustering/catdes.ts";
import { typicalProfiles } from "../../../src/models/clustering/typical-profiles.ts";
import type { CategoricalVariable } from "../../../src/models/factors/categorical-variable.ts";

/** 400 people in three classes, who answer six questions, each with a level that one class prefers. */
function invented(random: Random): { classOf: Int32Array; variables: CategoricalVariable[] } {
  const classOf = Int32Array.from({ length: 400 }, (_, row) => row % 3);
  const variables = Array.from({ length: 6 }, (_, q) => ({
    name: `question ${q}`,
    levels: ["a", "b", "c", "d"],
    codes: Int32Array.from(classOf, (label) => (random() < 0.5 ? (label + q) % 3 : Math.floor(4 * random()))),
  }));
  return { classOf, variables };
}

describe("typical profiles", () => {
  const { classOf, variables } = invented(seededRandom(3));
  const profiles = typicalProfiles(catdes(classOf, variables));

  test("take the answer of highest v-test for each question, with shares in the class and in all", () => {
    profiles.forEach(({ answers, label, withheld }) => {
      expect(answers.length).toBe(6);
      expect(withheld).toEqual([]);
      for (const { variable, level, shareInClass, shareOverall, people, vTest } of answers) {
        const q = Number(variable.at(-1));
        const code = "abcd".indexOf(level);
        expect(code).toBe((label + q) % 3);
        const codes = variables[q]?.codes ?? new Int32Array(0);
        const givers = [...codes.keys()].filter((row) => codes[row] === code);
        const inClass = givers.filter((row) => classOf[row] === label);
        expect(people).toBe(inClass.length);
        expect(shareInClass).toBeCloseTo(inClass.length / [...classOf].filter((one) => one === label).length, 12);
        expect(shareOverall).toBeCloseTo(givers.length / 400, 12);
        expect(vTest).toBeGreaterThan(1.96);
      }
      const order = answers.map(({ vTest }) => vTest);
      expect(order).toEqual([...order].sort((a, b) => b - a));
    });
  });

  test("read no row: answers dealt out again within each class, question by question, give the same profiles", () => {
    const random = seededRandom(8);
    const dealt = variables.map((variable) => {
      const codes = Int32Array.from(variable.codes);
      for (const label of [0, 1, 2]) {
        const rows = [...classOf.keys()].filter((row) => classOf[row] === label);
        for (let i = rows.length - 1; i > 0; i--) {
          const [one = 0, other = 0] = [rows[i], rows[Math.floor(random() * (i + 1))]];
          [codes[one], codes[other]] = [codes[other] ?? 0, codes[one] ?? 0];
        }
      }
      return { ...variable, codes };
    });
    // Nobody answers as before...
    const rowOf = (of: readonly CategoricalVariable[], row: number): string => of.map(({ codes }) => codes[row]).join();
    const same = [...classOf.keys()].filter((row) => rowOf(variables, row) === rowOf(dealt, row));
    expect(same.length).toBeLessThan(40);
    // ... and the profiles do not move.
    expect(typicalProfiles(catdes(classOf, dealt))).toEqual(profiles);
  });

  test("a profile can be that of nobody", () => {
    // Each of 60 people differs from the others of the class by one answer out of three.
    const codes = [0, 1, 2].map((q) =>
      Int32Array.from({ length: 120 }, (_, row) => (row < 60 && row % 3 !== q ? 1 : 0)),
    );
    const questions = codes.map((own, q) => ({ name: `q${q}`, levels: ["non", "oui"], codes: own }));
    const labels = Int32Array.from({ length: 120 }, (_, row) => (row < 60 ? 0 : 1));
    const [first] = typicalProfiles(catdes(labels, questions));
    expect(first?.answers.map(({ level }) => level)).toEqual(["oui", "oui", "oui"]);
    expect([...labels.keys()].some((row) => codes.every((own) => own[row] === 1))).toBe(false);
  });

  test("an answer of fewer than 11 people of the class is withheld, its question named, and no other put in its place", () => {
    const labels = Int32Array.from({ length: 200 }, (_, row) => (row < 30 ? 0 : 1));
    const gave = (count: number) => ({
      name: "opéra",
      levels: ["non", "oui"],
      codes: Int32Array.from({ length: 200 }, (_, row) => (row < count ? 1 : 0)),
    });
    const profile = (count: number, minimum?: number) =>
      typicalProfiles(catdes(labels, [gave(count)]), minimum === undefined ? {} : { minimum })[0];
    expect(profile(10)).toMatchObject({ answers: [], withheld: ["opéra"] });
    expect(profile(11)?.answers.map(({ people }) => people)).toEqual([11]);
    expect(profile(11, 12)?.withheld).toEqual(["opéra"]);
    expect(() => profile(11, 0)).toThrow(/Effectif minimal impossible/);
  });

  test("shares are weighted when the description is; people are still counted", () => {
    const weights = Float64Array.from(classOf, (_, row) => 1 + (row % 5));
    const weighted = typicalProfiles(catdes(classOf, variables, [], { weights }));
    expect(weighted[0]?.answers.map(({ level }) => level)).toEqual(profiles[0]?.answers.map(({ level }) => level));
    expect(weighted[0]?.answers[0]?.people).toBe(profiles[0]?.answers[0]?.people);
    expect(weighted[0]?.answers[0]?.shareInClass).not.toBe(profiles[0]?.answers[0]?.shareInClass);
  });
});
