import { type CategoricalVariable, categoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { type SurveyDesign, surveyDesign } from "../../../src/models/survey/design.ts";
import { reference } from "../../reference/reference.ts";

interface Value {
  readonly estimate: number;
  readonly standardError: number;
}
interface ComparisonReference {
  readonly rows: Readonly<Record<"stratum" | "place" | "age" | "cluster" | "diploma" | "cell", readonly string[]>> & {
    readonly weight: readonly number[];
    readonly cinema: readonly number[];
  };
  readonly adjusted: Readonly<Record<"p" | "holm" | "bh", readonly (number | null)[]>>;
  readonly population: { readonly cell: readonly string[]; readonly Freq: readonly number[] };
  readonly standardised: readonly {
    readonly design: string;
    readonly rates: readonly number[];
    readonly standardErrors: readonly number[];
    readonly gap: number;
    readonly standardError: number;
  }[];
  readonly cellwise: readonly ({ readonly design: string } & Readonly<
    Record<
      | "raw"
      | "pooled"
      | "pooledFirst"
      | "atFirst"
      | "atSecond"
      | "compositionAverage"
      | "compositionAtFirst"
      | "compositionAtSecond"
      | "remainingAverage",
      Value
    >
  >)[];
  readonly oaxaca: { readonly estimate: readonly number[]; readonly jackknife: readonly number[] };
}

/** Values of R and R survey, and the invented answers they come from. */
export const expected: ComparisonReference = reference<ComparisonReference>("comparison");
const { rows } = expected;
export const weights: Float64Array = Float64Array.from(rows.weight);
export const cinema: Float64Array = Float64Array.from(rows.cinema);
export const designs: Readonly<Record<string, SurveyDesign>> = {
  weights: surveyDesign({ weights }),
  clusters: surveyDesign({ weights, strata: rows.stratum, clusters: rows.cluster }),
};
export const places: CategoricalVariable = categoricalVariable("lieu", rows.place);
export const age: CategoricalVariable = categoricalVariable("âge", rows.age);
export const diploma: CategoricalVariable = categoricalVariable("diplôme", rows.diploma);
/** First less second. */
export const pair: { readonly groups: CategoricalVariable; readonly first: string; readonly second: string } = {
  groups: places,
  first: "QPV",
  second: "hors QPV",
};
