/** A fitted regression: what its table of coefficients would tell. */
export interface RegressionOutput {
  readonly kind: "regression";
  /** Units used by the fit. */
  readonly observations: number;
  /** Coefficients, the constant included. */
  readonly parameters: number;
  /** Each level of each categorical variable, the reference too, with the units that it holds. */
  readonly levels: readonly { readonly name: string; readonly units: number }[];
  /** Distinct combinations of the explanatory variables among the units; a model with as many parameters is the table itself. */
  readonly patterns: number;
  /** Units of other published fits of the same model on a smaller or larger group, for differencing. */
  readonly nested?: readonly number[];
}

/** A tree or any partition whose parts are described one by one: a rule, a mean, a share. */
export interface LeavesOutput {
  readonly kind: "leaves";
  readonly leaves: readonly { readonly name: string; readonly units: number }[];
}

/** A survival curve: for each time, who was still followed and how many events happened. */
export interface SurvivalOutput {
  readonly kind: "survival";
  /** Increasing. */
  readonly times: readonly number[];
  readonly atRisk: readonly number[];
  readonly events: readonly number[];
}

/** Values attached to one unit each, or units shown as examples. */
export interface UnitsOutput {
  readonly kind: "units";
  readonly what:
    | "residuals"
    | "leverages"
    | "influence"
    | "medoids"
    | "parangons"
    | "nearest neighbours"
    | "predictions";
}

/** A model handed over as an object that predicts for anyone. */
export interface FittedObject {
  readonly kind: "object";
  /** True when it was fitted on rows of individuals. */
  readonly individuals: boolean;
}

/** What a model may give to a report. */
export type ModelOutput = RegressionOutput | LeavesOutput | SurvivalOutput | UnitsOutput | FittedObject;
