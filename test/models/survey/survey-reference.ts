import { expect } from "vitest";
import { type SurveyDesign, surveyDesign } from "../../../src/models/survey/design.ts";
import { means, ratios, type SurveyEstimate, totals } from "../../../src/models/survey/estimates.ts";
import type { LonelyUnitRule } from "../../../src/models/survey/lonely-units.ts";
import type { SurveyWeighting } from "../../../src/models/survey/replicate-design.ts";
import { expectRelative, reference } from "../../reference/reference.ts";

/** An estimate by R survey. */
export interface EstimateCase {
  design: string;
  domain: string;
  statistic: "total" | "mean" | "ratio";
  estimate: number;
  standardError: number | null;
  /** Upper bound of Student's interval at 95 %. */
  high: number | null;
  designEffect: number | null;
  designEffectReplace: number | null;
  df: number;
  respondents: number;
  weightSum: number;
}

export interface QuantileCase {
  design: string;
  domain: string;
  rule: string;
  interval: "mean" | "logit" | "beta" | "asin";
  probability: number;
  estimate: number;
  low: number | null;
  high: number | null;
  standardError: number | null;
}

export interface TogetherCase {
  design: string;
  domains: string[];
  estimates: number[];
  covariance: number[];
  means: number[];
  meansCovariance: number[];
  smooth: number;
  smoothError: number;
}

interface SurveyReference {
  own: {
    rows: {
      stratum: string[];
      block: string[];
      dwelling: string[];
      person: number[];
      N1: number[];
      N2: number[];
      f1: number[];
      weight: number[];
      zero: number[];
      domain: string[];
      x: number[];
      y: (number | null)[];
    };
    cases: EstimateCase[];
    quantiles: QuantileCase[];
    together: TogetherCase[];
    ultimate: EstimateCase[];
    lonely: (EstimateCase & { rule: string })[];
    smallRows: number[];
    censusRows: number[];
    complete: number[];
    replicated: (EstimateCase & { mse: boolean })[];
    given: {
      matrix: number[][];
      scale: number;
      replicateScales: number[];
      cases: EstimateCase[];
      quantiles: QuantileCase[];
    };
    calibratedReplicates: (EstimateCase & { fun: "linear" | "raking" })[];
    pairs: {
      rows: { stratum: string[]; unit: number[]; weight: number[]; x: number[]; y: number[]; domain: string[] };
      cases: EstimateCase[];
    };
    calibrated: (EstimateCase & { fun: "linear" | "raking" | "logit" })[];
  };
  api: {
    cases: EstimateCase[];
    quantiles: QuantileCase[];
    together: TogetherCase[];
    ultimate: EstimateCase[];
    calibrated: (EstimateCase & { fun: "linear" | "raking" })[];
    replicated: EstimateCase[];
  };
}

const expected = reference<SurveyReference>("survey-estimates");
export const own: SurveyReference["own"] = expected.own;
export const api: SurveyReference["api"] = expected.api;
const { rows } = own;

/** The columns of the invented survey. */
export const columns: {
  readonly y: Float64Array;
  readonly x: Float64Array;
  readonly domains: readonly string[];
} = {
  y: Float64Array.from(rows.y, (value) => value ?? Number.NaN),
  x: Float64Array.from(rows.x),
  domains: rows.domain,
};

const weights = Float64Array.from(rows.weight);
const first = { weights, strata: rows.stratum, clusters: rows.block, populationUnits: Float64Array.from(rows.N1) };
const dwellings = { clusters: rows.dwelling, populationUnits: Float64Array.from(rows.N2) };
const persons = {
  clusters: rows.person.map(String),
  populationUnits: new Float64Array(weights.length).fill(3),
};

/** The designs of the R script. */
export const designs: Readonly<Record<string, SurveyDesign>> = {
  independent: surveyDesign({ weights }),
  random: surveyDesign({ weights, populationUnits: new Float64Array(weights.length).fill(2000) }),
  strata: surveyDesign({ weights, strata: rows.stratum }),
  clusters: surveyDesign({ weights, strata: rows.stratum, clusters: rows.block }),
  clustersFpc: surveyDesign(first),
  fractions: surveyDesign({
    weights,
    strata: rows.stratum,
    clusters: rows.block,
    samplingFractions: Float64Array.from(rows.f1),
  }),
  twoStages: surveyDesign({ ...first, lowerStages: [dwellings], lonelyUnit: "centred" }),
  threeStages: surveyDesign({ ...first, lowerStages: [dwellings, persons], lonelyUnit: "centred" }),
  zeroWeights: surveyDesign({ ...first, weights: Float64Array.from(rows.zero), zeroWeights: "keep" }),
  ultimate: surveyDesign({ ...first, lowerStages: [dwellings], ultimateCluster: true }),
};

/** R survey's names of the lonely rules. */
export const lonelyRules: Readonly<Record<string, LonelyUnitRule>> = {
  remove: "remove",
  certainty: "certainty",
  adjust: "centred",
  average: "average",
};

/** The rows of the invented survey that a smaller one keeps. */
export const pick = <T>(column: ArrayLike<T>, kept: readonly number[]): T[] => kept.map((row) => column[row]);

/** Checks an estimate of ours against one by R, field by field. */
export function expectCase(
  survey: SurveyWeighting,
  expected: EstimateCase,
  { y, x, domains }: { readonly y: Float64Array; readonly x: Float64Array; readonly domains: readonly string[] },
  tolerance: number = 1e-9,
): SurveyEstimate {
  const complete = expected.statistic === "ratio" ? y : y.map((value, i) => (Number.isNaN(x[i]) ? Number.NaN : value));
  const options = expected.domain === "Ensemble" ? {} : { domains };
  const list =
    expected.statistic === "ratio"
      ? ratios(survey, y, x, options)
      : (expected.statistic === "total" ? totals : means)(survey, complete, options);
  const found = list.find(({ domain }) => domain === expected.domain) as SurveyEstimate;
  expect(found.respondents).toBe(expected.respondents);
  expectRelative(found.weightSum, expected.weightSum, tolerance, "somme des poids");
  expectRelative(found.estimate, expected.estimate, tolerance, "estimation");
  for (const key of ["standardError", "designEffect", "designEffectReplace"] as const) {
    const value = expected[key];
    if (value !== null) expectRelative(found[key], value, tolerance, key);
  }
  // R counts the degrees of freedom of replicates in a domain otherwise (rank of their weights).
  if (found.degreesOfFreedom === expected.df && expected.high !== null) {
    expectRelative(found.high, expected.high, tolerance, "borne haute");
    expectRelative(found.estimate - found.low, found.high - found.estimate, 1e-7, "intervalle symétrique");
  }
  return found;
}
