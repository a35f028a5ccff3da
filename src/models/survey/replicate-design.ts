import type { SurveyDesign } from "./design.ts";

export type ReplicateMethod = "jk1" | "jkn" | "bootstrap" | "brr" | "fay" | "given";

/**
 * A survey whose variances come from replicate weights: V = scale x sum over replicates of replicateScale x (estimate of the replicate - centre)^2, the centre being
 * the mean of the replicates, or the estimate itself (`mse`).
 */
export interface ReplicateDesign {
  readonly weights: Float64Array;
  readonly replicates: number;
  /** Fills `into` with the weights of one replicate. */
  readonly fill: (replicate: number, into: Float64Array) => void;
  readonly scale: number;
  readonly replicateScales: Float64Array;
  readonly mse: boolean;
  readonly method: ReplicateMethod;
  /** The design that the replicates were made from; null when they were given. */
  readonly source: SurveyDesign | null;
  /** Degrees of freedom of the whole survey. */
  readonly degreesOfFreedom: number;
}

/** A survey with its design, or with replicate weights. */
export type SurveyWeighting = SurveyDesign | ReplicateDesign;

/** True for replicate weights. */
export const isReplicated = (survey: SurveyWeighting): survey is ReplicateDesign => "replicates" in survey;
