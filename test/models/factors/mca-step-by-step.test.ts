import { describe, expect, test } from "vitest";
import { mcaStepByStep } from "../../../src/models/factors/mca-step-by-step.ts";
import { realData } from "../../support/real-data.ts";
import { cases, ownActives, sharedColumns, sharedVariable } from "./factor-cases.ts";

describe("an analysis redone by hand", () => {
  test.each([
    { axis: 0, category: { question: "cinema", level: "oui" } },
    { axis: 2, category: { question: "lecture", level: "sans réponse" } },
  ])("axis $axis, $category.question $category.level: every number equals the library's to 1e-12", (asked) => {
    for (const weights of [undefined, Float64Array.from(cases.own.weights)]) {
      const steps = mcaStepByStep(ownActives, { ...asked, ...(weights ? { weights } : {}) });
      expectEqualToLibrary(steps);
      expect(steps.people).toBeCloseTo(weights ? weights.reduce((a, b) => a + b) : 90, 9);
      const { identities } = steps;
      expect(identities.diagonalSum).toBeCloseTo(identities.categoriesOverQuestionsLessOne, 12);
      expect(identities.sumOfEigenvalues).toBeCloseTo(identities.categoriesOverQuestionsLessOne, 12);
      expect(identities.sumOfContributions).toBeCloseTo(100, 9);
      expect(identities.meanOfEta2).toBeCloseTo(steps.axis.eigenvalue, 12);
    }
  });

  test("counts are counts, and the cell in detail is one of S", () => {
    const steps = mcaStepByStep(ownActives, { category: { question: "musee", level: "oui" } });
    const codes = ownActives[1]?.codes ?? new Int32Array();
    expect(steps.category.count).toBe(codes.filter((code) => code === 1).length);
    const [k, l] = steps.cell.labels.map((label) => steps.labels.indexOf(label));
    expect(steps.cell.value).toBe(steps.standardised[(k ?? 0) * steps.categories + (l ?? 0)]);
    expect(steps.cell.pairCount).toBe(steps.burt[(k ?? 0) * steps.categories + (l ?? 0)]);
    expect(steps.cell.numerator).toBeCloseTo((steps.cell.pairCount - steps.cell.expectedCount) / 90, 14);
  });

  test("an unknown category or axis is refused by name", () => {
    expect(() => mcaStepByStep(ownActives, { category: { question: "opéra", level: "oui" } })).toThrow(/opéra, oui/);
    expect(() => mcaStepByStep(ownActives, { axis: 40, category: { question: "cinema", level: "oui" } })).toThrow(
      /pas cet axe.*41/,
    );
  });

  test.skipIf(!realData)("on hobbies", () => {
    const columns = sharedColumns(realData ?? "", "insee_enquetes_loisirs/hobbies.csv");
    const questions = cases.hobbies.variables.slice(0, 18).map((variable) => sharedVariable(columns, variable));
    expectEqualToLibrary(mcaStepByStep(questions, { category: { question: "Cinema", level: "1" } }));
  });
});

function expectEqualToLibrary({ axis, category, library }: ReturnType<typeof mcaStepByStep>): void {
  expect(axis.largestGap).toBeLessThan(1e-14);
  const same = (mine: number, theirs: number): void =>
    expect(Math.abs(mine - theirs) / Math.max(1, Math.abs(theirs))).toBeLessThan(1e-12);
  same(axis.sumOfTerms, axis.eigenvalueTimesComponent);
  same(axis.eigenvalue, library.eigenvalue);
  same(category.coordinate, library.coordinate);
  same(category.meanOverRoot, library.coordinate);
  same(category.contribution, library.contribution);
  same(category.cos2, library.cos2);
  same(category.test, library.test);
}
