import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { categoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { surveyDesign } from "../../../src/models/survey/design.ts";
import { type IndependenceTest, independenceTest } from "../../../src/models/survey/rao-scott.ts";
import { chiSquaredTail } from "../../../src/models/uncertainty/test-tails.ts";
import { expectRelative } from "../../reference/reference.ts";
import { realData } from "../../support/real-data.ts";
import { apiSurvey, type ExpectedTest, invented, surveyTests } from "./survey-tests.ts";

function expectTests(found: IndependenceTest, expected: ExpectedTest): void {
  expectRelative(found.secondOrder.statistic, expected.F.statistic, 1e-9, "F");
  expectRelative(found.secondOrder.numeratorDegrees, expected.F.parameter[0], 1e-9);
  expectRelative(found.secondOrder.denominatorDegrees, expected.F.parameter[1], 1e-9);
  expectRelative(found.secondOrder.pValue, expected.F.pValue, 1e-9);
  expect(found.firstOrder.degreesOfFreedom).toBe(expected.Chisq.parameter[0]);
  expectRelative(found.firstOrder.pValue, expected.Chisq.pValue, 1e-9, "Chisq");
  if (found.table.missing === 0) expectRelative(found.pearson, expected.Chisq.statistic, 1e-9);
  for (const [ours, theirs] of [
    [found.wald, expected.Wald],
    [found.adjustedWald, expected.adjWald],
  ] as const) {
    expectRelative(ours?.statistic as number, theirs.statistic, 1e-9, "Wald");
    expect([ours?.numeratorDegrees, ours?.denominatorDegrees]).toEqual(theirs.parameter);
    expectRelative(ours?.pValue as number, theirs.pValue, 1e-9);
  }
}

describe("equal R survey's svychisq to 1e-9", () => {
  test.each(
    surveyTests.tests.map((expected) => [
      `${expected.design} ${expected.first} x ${expected.second} ${expected.domain}`,
      expected,
    ]),
  )("%s", (_, expected) => {
    const { rows } = surveyTests;
    const inDomain = Uint8Array.from(rows.stratum, (stratum) => Number(stratum === expected.domain));
    const found = independenceTest(
      invented(expected.design),
      categoricalVariable(expected.first, textsOf(expected.first)),
      categoricalVariable(expected.second, textsOf(expected.second)),
      expected.domain === "" ? {} : { inDomain },
    );
    expectTests(found, expected);
  });

  test
    .skipIf(realData === null)
    .each(surveyTests.api.map((expected) => [`${expected.data} ${expected.first} x ${expected.second}`, expected]))(
    "%s",
    (_, expected) => {
      const { design, column } = apiSurvey(expected.data);
      expectTests(
        independenceTest(
          design,
          categoricalVariable(expected.first, column(expected.first)),
          categoricalVariable(expected.second, column(expected.second)),
        ),
        expected,
      );
    },
  );
});

const textsOf = (name: string): readonly string[] =>
  surveyTests.rows[name as "cinema" | "partial"].map((answer) => answer ?? "");

describe("laws and limits", () => {
  const random = seededRandom(11);
  const n = 800;
  const equal = surveyDesign({ weights: new Float64Array(n).fill(3) });
  const draw = (levels: readonly string[]) =>
    Array.from({ length: n }, () => levels[Math.floor(random() * levels.length)] as string);
  const work = categoricalVariable("métier", draw(["ouvrier", "employé", "cadre"]));
  const cinema = categoricalVariable("cinéma", draw(["oui", "non"]));

  test("a simple random sample: Pearson's test, hand counted, but for n / (n - 1)", () => {
    const found = independenceTest(equal, work, cinema);
    let pearson = 0;
    for (let row = 0; row < 3; row++)
      for (let column = 0; column < 2; column++) {
        const rowCount = work.codes.filter((code) => code === row).length;
        const columnCount = cinema.codes.filter((code) => code === column).length;
        const seen = work.codes.filter((code, i) => code === row && cinema.codes[i] === column).length;
        pearson += (seen - (rowCount * columnCount) / n) ** 2 / ((rowCount * columnCount) / n);
      }
    expectRelative(found.pearson, pearson, 1e-12);
    expect(Math.abs(found.meanDesignEffect - 1)).toBeLessThan(0.02);
  });

  test("the two questions may be exchanged, and weights multiplied", () => {
    const one = independenceTest(equal, work, cinema);
    const other = independenceTest(surveyDesign({ weights: new Float64Array(n).fill(7) }), cinema, work);
    expectRelative(other.secondOrder.statistic, one.secondOrder.statistic, 1e-9);
    expectRelative(other.adjustedWald?.statistic as number, one.adjustedWald?.statistic as number, 1e-9);
  });

  test("a level that nobody chose is dropped and said; an empty cell is not", () => {
    const wide = categoricalVariable(
      "métier",
      work.codes.length ? Array.from(work.codes, (code) => work.levels[code] as string) : [],
      {
        levels: ["agriculteur", ...work.levels],
      },
    );
    const found = independenceTest(equal, wide, cinema);
    expect(found.table.dropped).toEqual([{ variable: "métier", level: "agriculteur" }]);
    expect(found.secondOrder).toEqual(independenceTest(equal, work, cinema).secondOrder);
  });

  test("a practice everybody has cannot be tested, and is named", () => {
    const all = categoricalVariable("télévision", new Array(n).fill("oui"), { levels: ["non", "oui"] });
    expect(() => independenceTest(equal, work, all)).toThrow(/télévision/);
    expect(() => independenceTest(equal, categoricalVariable("court", ["a", "b"]), cinema)).toThrow(/longueurs/);
  });

  test("fewer primary units than cells: the Wald tests are withheld, not invented", () => {
    const clusters = Array.from({ length: n }, (_, row) => `${row % 2}`);
    const found = independenceTest(surveyDesign({ weights: equal.weights, clusters }), work, cinema);
    expect(found.wald).toBeNull();
    expect(found.designDegrees).toBe(1);
  });

  test("under independence with clusters, the corrected test errs one time in twenty, Pearson's much more often", () => {
    const trials = 400;
    let pearson = 0;
    let corrected = 0;
    for (let trial = 0; trial < trials; trial++) {
      const clusters: string[] = [];
      const answers: string[] = [];
      const sides: string[] = [];
      for (let unit = 0; unit < 40; unit++) {
        const taste = random() < 0.5 ? 0.25 : 0.75;
        const side = unit % 2 === 0 ? "nord" : "sud";
        for (let person = 0; person < 10; person++) {
          clusters.push(`${unit}`);
          sides.push(side);
          answers.push(random() < taste ? "oui" : "non");
        }
      }
      const design = surveyDesign({ weights: new Float64Array(400).fill(1), clusters });
      const found = independenceTest(design, categoricalVariable("côté", sides), categoricalVariable("c", answers));
      if (chiSquaredTail(found.pearson, 1) < 0.05) pearson++;
      if (found.secondOrder.pValue < 0.05) corrected++;
    }
    expect(pearson / trials).toBeGreaterThan(0.15);
    expect(corrected / trials).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / trials));
    expect(corrected / trials).toBeGreaterThan(0.01);
  });
});
