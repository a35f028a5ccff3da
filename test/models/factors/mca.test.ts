import { describe, expect, test } from "vitest";
import { mca } from "../../../src/models/factors/mca.ts";
import { realData } from "../../support/real-data.ts";
import {
  axisSigns,
  cases,
  expectAnalysis,
  expectSame,
  ownActives,
  ownOthers,
  ownVariables,
  sharedColumns,
  sharedVariable,
} from "./factor-cases.ts";

const { own } = cases;
const weights = Float64Array.from(own.weights);
const others = {
  axes: 99,
  supplementary: ownOthers,
  numbers: [{ name: "heures", values: Float64Array.from(own.heures) }],
} as const;

describe("our own case, as FactoMineR 2.7 answers it", () => {
  test("active questions", () => expectAnalysis(mca(ownActives, { axes: 99 }), own.plain));

  test("supplementary questions, numbers and rows", () => {
    const analysis = mca(ownActives, { ...others, supplementaryRows: Int32Array.from(own.outside) });
    expect(analysis.report.supplementaryRows).toBe(own.outside.length);
    expectAnalysis(analysis, own.supplementary);
  });

  test("weights of rows; the v-tests count people, or the effective number of them", () => {
    expectAnalysis(mca(ownActives, { ...others, weights }), own.weighted);
    expectAnalysis(mca(ownActives, { ...others, weights, testedPeople: "effective" }), own.effective);
  });

  test("eigenvalues as ade4 has them, and Greenacre's rates from the phi² of each pair of questions", () => {
    const { axes } = mca(ownActives);
    expectSame(axes.eigenvalues, own.rates.ade4, "ade4");
    expectSame(mca(ownActives, { weights }).axes.eigenvalues, own.rates.ade4Weighted, "ade4, poids");
    expectSame(
      axes.greenacre.filter((rate) => rate > 0),
      own.rates.greenacre,
      "Greenacre",
    );
  });

  test("weights only count by their shares", () => {
    const [one, thousand] = [1, 1000].map((factor) =>
      mca(ownActives, { ...others, weights: weights.map((weight) => weight * factor) }),
    );
    expectSame(one?.supplementary?.tests ?? [], [...(thousand?.supplementary?.tests ?? [])], "valeurs-tests");
  });

  test("the Burt table: squared eigenvalues, shorter coordinates; the v-tests, which FactoMineR shortens too, stay those of people", () => {
    const analysis = mca(ownActives, { ...others, table: "burt" });
    const shorten = (tests: readonly number[]): number[] =>
      tests.map((value, at) => value / Math.sqrt(analysis.axes.rowVariances[at % analysis.axes.kept]));
    const { supplementary } = own.burt;
    if (!supplementary) throw new Error("la référence n'a pas de modalités supplémentaires");
    expectAnalysis(analysis, {
      ...own.burt,
      tests: shorten(own.burt.tests),
      supplementary: { ...supplementary, tests: shorten(supplementary.tests) },
    });
  });
});

describe("specific and class-specific analyses, as their definitions (and GDAtools 1.7) answer them", () => {
  const passive = [
    { question: "lecture", level: "sans réponse" },
    { question: "jeux", level: "beaucoup" },
  ];

  test("specific: passive categories leave the axes, not the shares", () => {
    const analysis = mca(ownActives, { axes: 99, passive, supplementary: ownOthers });
    expectAnalysis(analysis, own.specific);
    expectSame([analysis.axes.totalInertia], [own.specific.inertia ?? Number.NaN], "inertie");
    const { shares, passive: isPassive } = analysis.categories;
    const inertia = shares.reduce((sum, share, k) => sum + (isPassive[k] ? 0 : 1 - share), 0) / ownActives.length;
    expectSame([analysis.axes.totalInertia], [inertia], "Σ (1 - f) / Q");
    expectSame(
      analysis.axes.benzecri.filter((rate) => rate > 0),
      own.specific.benzecri ?? [],
      "Benzécri",
    );
  });

  test("class-specific, weighted", () => {
    const analysis = mca(ownActives, {
      axes: 99,
      weights,
      missing: "passive",
      classRows: Int32Array.from(own.class),
      supplementary: ownOthers.slice(0, 1),
    });
    const expected = own.classed;
    // R's rows are all of them: those out of the class are projected.
    expectAnalysis(analysis, expected, [...analysis.rows.status.keys()]);
    expectSame([analysis.axes.totalInertia], [expected.inertia ?? Number.NaN], "inertie");
    const signs = axisSigns(analysis.categories.means, expected.means ?? [], analysis.axes.kept);
    expectSame(analysis.categories.means, expected.means ?? [], "points moyens", signs);
  });

  test("an active question placed as a supplementary one keeps its place, in a class too", () => {
    for (const classRows of [undefined, Int32Array.from(own.class)]) {
      const analysis = mca(ownActives, { weights, supplementary: ownActives, ...(classRows ? { classRows } : {}) });
      expectSame(analysis.supplementary?.coordinates ?? [], [...analysis.categories.coordinates], "coordonnées");
      expectSame(analysis.supplementary?.cos2 ?? [], [...analysis.categories.cos2], "cos2");
      expectSame(analysis.supplementary?.eta2 ?? [], [...analysis.questions.eta2], "eta2");
    }
  });
});

describe.skipIf(!realData)("the classic sets", () => {
  const folder = realData ?? "";
  const read = (file: string, variables: readonly { name: string; levels: readonly string[] }[]) => {
    const columns = sharedColumns(folder, file);
    return {
      columns,
      variables: variables.map((variable) => sharedVariable(columns, variable)),
      number: (name: string) => ({ name, values: Float64Array.from(columns.get(name) ?? [], Number) }),
    };
  };

  test("tea", () => {
    const { variables, number } = read("reference/statistics/tea.csv", cases.tea.variables);
    const analysis = mca(variables.slice(0, 18), { supplementary: variables.slice(18), numbers: [number("age")] });
    expectAnalysis(analysis, cases.tea.result, cases.tea.at);
  });

  test("poison", () => {
    const { variables, number } = read("reference/statistics/poison.csv", cases.poison.variables);
    const analysis = mca(variables.slice(2), {
      supplementary: variables.slice(0, 2),
      numbers: [number("Age"), number("Time")],
    });
    expectAnalysis(analysis, cases.poison.result, cases.poison.at);
  });

  test("hobbies, with profession missing for 1 498 people", () => {
    const { variables, number } = read("insee_enquetes_loisirs/hobbies.csv", cases.hobbies.variables);
    const analysis = mca(variables.slice(0, 18), {
      supplementary: variables.slice(18),
      numbers: [number("nb.activitees")],
    });
    expectAnalysis(analysis, cases.hobbies.result, cases.hobbies.at);
    expect(analysis.supplementary?.missing[3]).toBe(1498);
  });

  test("hdv2003, with survey weights of 78 to 31 092: 1 231 effective people of 2 000", () => {
    const { variables, number } = read("insee_enquetes_loisirs/hdv2003.csv", cases.hdv2003.variables);
    const analysis = mca(variables.slice(0, 7), {
      weights: number("poids").values,
      testedPeople: "effective",
      supplementary: variables.slice(7),
      numbers: [number("age")],
    });
    expectAnalysis(analysis, cases.hdv2003.result, cases.hdv2003.at);
    expect(Math.round(analysis.report.effectivePeople)).toBe(1231);
    expect(analysis.supplementary?.missing).toEqual(Int32Array.of(0, 112, 347));
  });

  test("taste: junk categories passive, then the women within all", () => {
    const { variables, columns } = read("reference/statistics/gdatools_taste.csv", cases.taste.variables);
    const likes = variables.slice(0, 11);
    const specific = mca(likes, { missing: "passive", supplementary: variables.slice(11) });
    expectAnalysis(specific, cases.taste.specific, cases.taste.at);
    const gender = columns.get("Gender") ?? [];
    const women = Int32Array.from(gender.keys()).filter((row) => gender[row] === "Women");
    expect(women.length).toBe(cases.taste.women);
    const classed = mca(likes, { missing: "passive", classRows: women, supplementary: variables.slice(12) });
    expectAnalysis(classed, cases.taste.classed, cases.taste.at);
  });
});

test("the case has the questions that the tests name", () => {
  expect(ownVariables.map(({ name }) => name)).toEqual([
    "cinema",
    "musee",
    "sport",
    "lecture",
    "jeux",
    "age",
    "diplome",
  ]);
});
