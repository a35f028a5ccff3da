import { QuartiersError } from "../../codes/errors.ts";

/**
 * A distance between weights before and after (Deville and Särndal 1992), seen from its dual: the ratio of weights is a growing function F of the linear
 * predictor u = x'lambda, with F(0) = 1 and F'(0) = 1. It maps whole columns.
 */
export interface CalibrationDistance {
  readonly name: "raking" | "linear" | "truncated" | "logit";
  /** Bounds of the ratios; a bound is reached only by truncation. */
  readonly low: number;
  readonly high: number;
  /** Fills ratios F(u) and slopes F'(u), and returns the sum of start x integral of F from 0 to u. */
  readonly apply: (predictor: Float64Array, start: Float64Array, ratios: Float64Array, slopes: Float64Array) => number;
}

/** Lowest and highest ratio of the weight after to the weight before, low < 1 < high. */
export type RatioBounds = readonly [low: number, high: number];

/** Refuses bounds between which no ratio of 1 fits. */
export function checkBounds([low, high]: RatioBounds): void {
  if (!(low >= 0 && low < 1 && high > 1 && high < Number.POSITIVE_INFINITY))
    throw new QuartiersError({
      what: "Bornes des rapports de poids impossibles",
      value: `${low} ; ${high}`,
      expected: "0 \u2264 borne basse < 1 < borne haute, finies",
    });
}
