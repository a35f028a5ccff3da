import { describe, expect, test } from "vitest";
import { degreesOfFreedom, type SurveyDesignInput, surveyDesign } from "../../../src/models/survey/design.ts";
import { means, ratios, totals } from "../../../src/models/survey/estimates.ts";
import { quantiles } from "../../../src/models/survey/quantiles.ts";

const ones = (n: number, value = 1) => new Float64Array(n).fill(value);
/** Two strata of two clusters of two respondents. */
const valid = { weights: ones(8, 10), strata: [..."aaaabbbb"], clusters: [..."11223344"] };

describe("a draw that cannot be is refused with a message that teaches", () => {
  test.each<readonly [string, SurveyDesignInput, RegExp]>([
    [
      "weight of 0",
      { ...valid, weights: Float64Array.of(1, 0, 1, 1, 1, 1, 1, 1) },
      /ligne 2.*«.0.».*zeroWeights: "keep"/su,
    ],
    ["every weight of 0", { ...valid, weights: ones(8, 0), zeroWeights: "keep" }, /Tous les poids/u],
    ["negative weight under keep", { ...valid, weights: ones(8, -1), zeroWeights: "keep" }, /positif ou nul/u],
    ["cluster in two strata", { ...valid, clusters: [..."11222344"] }, /deux strates.*«.2.».*nest/su],
    ["one cluster in a stratum", { ...valid, clusters: [..."11223333"] }, /une seule unité primaire.*«.b.»/su],
    ["one cluster in all", { weights: ones(3), clusters: ["x", "x", "x"] }, /strate unique/u],
    [
      "average with nothing seen",
      { weights: ones(3), clusters: ["x", "x", "x"], lonelyUnit: "average" },
      /average sans strate/u,
    ],
    [
      "population smaller than the sample",
      { ...valid, populationUnits: ones(8, 1) },
      /plus petite que l'échantillon.*«.a.».*1 unités dans la population, 2 tirées/su,
    ],
    [
      "missing population",
      { ...valid, populationUnits: ones(8, Number.NaN) },
      /Population finie inconnue à la ligne 1/u,
    ],
    [
      "fraction over 1",
      { ...valid, samplingFractions: ones(8, 12) },
      /Taux de sondage impossible à la ligne 1.*populationUnits/su,
    ],
    ["fraction of 0", { ...valid, samplingFractions: ones(8, 0) }, /Taux de sondage impossible/u],
    ["sizes and fractions", { ...valid, samplingFractions: ones(8, 0.5), populationUnits: ones(8, 4) }, /deux fois/u],
    [
      "population that changes",
      { ...valid, populationUnits: Float64Array.of(4, 4, 5, 4, 4, 4, 4, 4) },
      /change dans la strate «.a.» à la ligne 3/u,
    ],
    [
      "second stage alone",
      { ...valid, lowerStages: [{ populationUnits: ones(8, 4) }] },
      /degré 2 mais pas au degré 1/u,
    ],
    ["short second stage", { ...valid, lowerStages: [{ clusters: ["1"] }] }, /grappes trop courte.*degré 2/su],
    [
      "lonely at the second stage",
      {
        ...valid,
        populationUnits: ones(8, 4),
        lowerStages: [{ clusters: [..."11111111"], populationUnits: ones(8, 3) }],
      },
      /une seule unité de degré 2/u,
    ],
    [
      "average at the second stage",
      {
        ...valid,
        populationUnits: ones(8, 4),
        lonelyUnit: "average",
        lowerStages: [{ clusters: [..."11111111"], populationUnits: ones(8, 3) }],
      },
      /premier degré seulement/u,
    ],
  ])("%s", (_, input, message) => {
    expect(() => surveyDesign(input)).toThrow(message);
  });
});

describe("what is allowed is said", () => {
  test("the same name in two strata is two clusters under nest", () => {
    const design = surveyDesign({ ...valid, clusters: [..."11221122"], nest: true });
    expect([...design.unitsInStratum]).toEqual([2, 2]);
  });

  test("zero weights are kept, counted, and give nothing: a mean is that of the others, their cluster still counts as drawn", () => {
    const weights = Float64Array.of(10, 10, 0, 0, 10, 10, 10, 10);
    const design = surveyDesign({ ...valid, weights, zeroWeights: "keep" });
    expect(design.zeroWeights).toBe(2);
    expect([...design.unitsInStratum]).toEqual([2, 2]);
    expect(degreesOfFreedom(design, null)).toBe(1);
    const y = Float64Array.of(1, 2, 900, Number.NaN, 3, 4, 5, 6);
    expect(means(design, y)[0]).toMatchObject({ estimate: 3.5, respondents: 6, missing: 0, weightSum: 60 });
  });

  test("the formula of the variance has a name", () => {
    const population = ones(8, 5);
    const lowerStages = [{ populationUnits: ones(8, 6) }];
    expect(surveyDesign(valid).variance).toBe("ultimate-cluster");
    expect(surveyDesign({ ...valid, lowerStages: [{}] }).variance).toBe("ultimate-cluster");
    expect(surveyDesign({ ...valid, populationUnits: population }).variance).toBe("ultimate-cluster-fpc");
    expect(surveyDesign({ ...valid, populationUnits: population, lowerStages: [{}] }).variance).toBe(
      "ultimate-cluster-fpc",
    );
    expect(surveyDesign({ ...valid, populationUnits: population, lowerStages }).variance).toBe("multistage");
    const ultimate = surveyDesign({ ...valid, populationUnits: population, lowerStages, ultimateCluster: true });
    expect(ultimate.variance).toBe("ultimate-cluster-fpc");
    expect(totals(ultimate, ones(8))[0].variance).toBe("ultimate-cluster-fpc");
  });

  test("an infinite population is a draw with replacement", () => {
    const y = Float64Array.of(1, 5, 2, 8, 3, 3, 9, 1);
    const infinite = surveyDesign({ ...valid, populationUnits: ones(8, Number.POSITIVE_INFINITY) });
    expect(means(infinite, y)[0].standardError).toBe(means(surveyDesign(valid), y)[0].standardError);
  });

  test("a census has no variance, and its one-unit stratum is not lonely", () => {
    const design = surveyDesign({
      ...valid,
      clusters: [..."11223333"],
      populationUnits: Float64Array.of(2, 2, 2, 2, 1, 1, 1, 1),
    });
    expect(design.lonelyStrata).toBe(0);
    expect(means(design, Float64Array.of(1, 5, 2, 8, 3, 3, 9, 1))[0].standardError).toBe(0);
  });
});

describe("estimates of domains at the edge", () => {
  const design = surveyDesign(valid);
  const y = Float64Array.of(1, Number.NaN, 2, 8, 3, 3, 9, 1);
  const gender = { name: "sexe", levels: ["femme", "homme", "autre"], codes: Int32Array.of(0, 0, 1, 1, 0, 1, -1, 1) };

  test("missing answers leave the domain and are counted; no domain at all for a missing level", () => {
    const found = means(design, y, { domains: gender });
    expect(found.map(({ domain, respondents, missing }) => [domain, respondents, missing])).toEqual([
      ["femme", 2, 1],
      ["homme", 4, 0],
      ["autre", 0, 0],
    ]);
  });

  test("an empty domain is a stated result: nobody, and no number", () => {
    const empty = {
      respondents: 0,
      weightSum: 0,
      estimate: Number.NaN,
      standardError: Number.NaN,
      low: Number.NaN,
      degreesOfFreedom: 0,
    };
    for (const list of [
      means(design, y, { domains: gender }),
      totals(design, y, { domains: gender }),
      ratios(design, y, y, { domains: gender }),
    ])
      expect(list[2]).toMatchObject({ domain: "autre", ...empty });
    expect(quantiles(design, y, { domains: gender })[2]).toMatchObject({
      estimate: Number.NaN,
      high: Number.NaN,
      respondents: 0,
    });
  });

  test("one respondent, or one cluster, has no interval", () => {
    const domains = ["seul", "", "", "", "", "", "", ""];
    expect(means(design, y, { domains })[0]).toMatchObject({
      estimate: 1,
      standardError: 0,
      degreesOfFreedom: 0,
      low: Number.NaN,
      designEffect: Number.NaN,
    });
  });

  test("a ratio over nothing has no number", () => {
    expect(ratios(design, y, ones(8, 0))[0]).toMatchObject({
      estimate: Number.NaN,
      standardError: Number.NaN,
      respondents: 7,
    });
  });

  test("bad columns are refused", () => {
    expect(() => means(design, ones(3))).toThrow(/longueurs/u);
    expect(() => means(design, y, { domains: ["a"] })).toThrow(/longueurs/u);
    expect(() => totals(design, ones(8, Number.POSITIVE_INFINITY))).toThrow(/infinie à la ligne 1/u);
    expect(() => means(design, y, { confidence: 95 })).toThrow(/confiance/u);
    expect(() => quantiles(design, y, { probabilities: [50] })).toThrow(/Ordre de quantile/u);
  });
});
