import { beforeAll, describe, expect, test } from "vitest";
import { numbers, texts } from "../../../src/codes/table.ts";
import { type StepFigures, stepFigures } from "../../../src/experiments/culture/map-steps.ts";
import { partnerPractices } from "../../../src/experiments/culture/partner-survey.ts";
import { type PracticeSurvey, practiceOf } from "../../../src/experiments/culture/practice-survey.ts";
import { sampleTerritory } from "./sample-survey.ts";

/** A number as it is printed: « −0,36945 », « 8 500 ». */
const read = (printed: string | null | undefined): number =>
  Number(
    (printed ?? "")
      .replace(/[\s\u00a0\u202f]/g, "")
      .replace(",", ".")
      .replace("−", "-"),
  );

describe("one point of the small map, redone by hand from what is printed", () => {
  let survey: PracticeSurvey;
  let steps: StepFigures;
  beforeAll(async () => {
    survey = await partnerPractices(sampleTerritory());
    steps = stepFigures(survey) as StepFigures;
  });

  test("the table of Burt is the counts of the answers, both ways, among those who answered all three", () => {
    const { data } = steps.burt;
    const questions = ["cinema", "musee", "livre"].map(
      (name) => practiceOf(survey, name)?.answers ?? new Float64Array(),
    );
    const complete = [...survey.design.weights.keys()].filter((row) => questions.every((own) => own[row] >= 0));
    const gives = (row: number, answer: number): boolean => questions[Math.floor(answer / 2)]?.[row] === answer % 2;
    for (let one = 0; one < 6; one++)
      for (let other = 0; other < 6; other++)
        expect(numbers(data, `c${other + 1}`).values[one], `${one}, ${other}`).toBe(
          complete.filter((row) => gives(row, one) && gives(row, other)).length,
        );
    expect(read(/sur ([\d\s\u00a0\u202f]+) personnes/.exec(steps.burt.lecture)?.[1])).toBe(complete.length);
  });

  test("products of the printed cells and of the vector are the printed ones, and their sum is λ times its value", () => {
    const { data } = steps.vector;
    const column = (name: string): readonly number[] => texts(data, name).values.map(read);
    const [cells, vector, products] = [column("case"), column("vecteur"), column("produit")];
    // Six printed decimals: a product is redone to one unit of the last of them.
    for (let row = 0; row < 6; row++)
      expect(Math.abs((products[row] ?? 0) - (cells[row] ?? 0) * (vector[row] ?? 0))).toBeLessThan(1e-6);
    const sum = products.slice(0, 6).reduce((a, b) => a + b, 0);
    expect(products[6]).toBeCloseTo(sum, 4);
    expect(products[7]).toBeCloseTo((cells[7] ?? 0) * (vector[7] ?? 0), 4);
    expect(products[7]).toBe(products[6]);
    // A proper vector has length 1.
    expect(vector.slice(0, 6).reduce((square, value) => square + value * value, 0)).toBeCloseTo(1, 4);
  });

  test("each line of the last table follows from those above, and the library gives the same numbers", () => {
    const { data } = steps.contribution;
    const [count, share, eigenvalue, component, root, lift, place, library, contribution, same, cos2, value] = texts(
      data,
      "valeur",
    ).values.map(read) as [number, ...number[]];
    const people = read(/n_k \/ ([\d\s\u00a0\u202f]+)/.exec(texts(data, "formule").values[1] ?? "")?.[1]);
    expect(share).toBeCloseTo((count ?? 0) / people, 4);
    expect(root).toBeCloseTo(Math.sqrt(eigenvalue ?? 0), 4);
    expect(lift).toBeCloseTo(Math.sqrt(3 / (share ?? 0)), 3);
    expect(place).toBeCloseTo((component ?? 0) * (root ?? 0) * (lift ?? 0), 3);
    expect(library).toBe(place);
    expect(contribution).toBeCloseTo((100 * (share ?? 0) * (place ?? 0) ** 2) / (3 * (eigenvalue ?? 0)), 1);
    expect(same).toBe(contribution);
    expect(cos2).toBeCloseTo(((place ?? 0) ** 2 * (share ?? 0)) / (1 - (share ?? 0)), 3);
    expect(value).toBeCloseTo((place ?? 0) * Math.sqrt(((people - 1) * (share ?? 0)) / (1 - (share ?? 0))), 0);
  });
});

test("a survey that asks none of the practices of the small map has none", async () => {
  const survey = await partnerPractices(sampleTerritory());
  expect(() => stepFigures({ ...survey, practices: survey.practices.filter(({ name }) => name === "danse") })).toThrow(
    /small map/,
  );
});
