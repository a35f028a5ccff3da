import { categoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";
import type { CategoricalTerm, ModelMatrix, ModelTerm, NumberTerm } from "../../../src/models/regression/model-term.ts";
import { reference } from "../../reference/reference.ts";

export interface ExpectedFit {
  readonly names: string[];
  readonly coefficients: number[];
  readonly standardErrors: number[];
  readonly covariance: number[];
  readonly dispersion: [number] | number;
  readonly deviance: number;
  readonly nullDeviance: number;
  readonly aic: number;
  readonly logLikelihood: number;
  readonly degreesOfFreedom: number;
  readonly nullDegreesOfFreedom: number;
  readonly iterations: number;
  readonly fitted: number[];
  readonly p: number[];
}

interface Effect {
  readonly estimate: number;
  readonly standardError: number;
  readonly sampledCovariates?: number;
}

export interface RegressionReference {
  readonly rows: Readonly<Record<string, number[]>>;
  readonly glms: Readonly<Record<string, ExpectedFit>>;
  readonly tests: {
    readonly likelihoodRatio: { statistic: number; df: number; p: number };
    readonly f: { statistic: number; df: number; p: number };
    readonly wald: { statistic: number; p: number };
    readonly table: { statistic: number[]; p: number[]; lower: number[]; upper: number[] };
    readonly tableGaussian: { statistic: number[]; p: number[] };
    readonly chiSquaredTails: number[];
    readonly fTails: number[];
  };
  readonly firth: Readonly<
    Record<string, { coefficients: number[]; standardErrors: number[]; penalised: number; outcome: number[] }>
  >;
  readonly designRows: { readonly stratum: number[]; readonly cluster: number[] };
  readonly surveys: Readonly<Record<string, ExpectedFit>>;
  readonly surveyTerm: { readonly f: number; readonly df: number; readonly ddf: number; readonly p: number };
  readonly effects: Readonly<Record<string, Readonly<Record<string, Effect>>>>;
  readonly real: Readonly<Record<string, ExpectedFit & { rows: number }>>;
}

export const expected: RegressionReference = reference<RegressionReference>("regression");

/** A column of the seeded rows. */
export const column = (name: string): Float64Array => Float64Array.from(expected.rows[name]);

const coded = (name: string, levels: readonly string[]): CategoricalTerm =>
  categoricalVariable(
    name,
    expected.rows[name].map((code) => levels[code]),
    { levels },
  );

export const sex: CategoricalTerm = coded("sex", ["homme", "femme"]);
export const diploma: CategoricalTerm = {
  ...coded("diploma", ["aucun", "bac", "licence", "master"]),
  reference: "bac",
};
export const age: NumberTerm = { name: "age", values: column("age") };
export const minutes: NumberTerm = { name: "minutes", values: column("minutes") };

export const mainTerms: readonly ModelTerm[] = [sex, diploma, age, minutes];
export const mainMatrix: ModelMatrix = modelMatrix(mainTerms);
export const crossedMatrix: ModelMatrix = modelMatrix([
  ...mainTerms,
  { product: ["age", "age"] },
  { product: ["sex", "diploma"] },
  { product: ["diploma", "minutes"] },
]);
export const logExposure: Float64Array = column("exposure").map(Math.log);
const weight = column("weight");
const meanWeight = weight.reduce((sum, value) => sum + value, 0) / weight.length;
export const scaledWeight: Float64Array = weight.map((value) => value / meanWeight);
