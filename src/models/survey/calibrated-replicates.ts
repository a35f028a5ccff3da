import { QuartiersError } from "../../codes/errors.ts";
import { type CalibrationInput, calibrateProfiles } from "../calibration/calibrate.ts";
import type { SeedColumns } from "../calibration/seed-columns.ts";
import { startSums } from "../calibration/weight-report.ts";
import type { ReplicateDesign } from "./replicate-design.ts";

/** Replicate weights after calibration, and those that could not be calibrated. */
export interface CalibratedReplicates {
  readonly survey: ReplicateDesign;
  /** Replicates whose margins cannot be met (a category lost with its cluster, say): their estimates are NaN, left out and counted. */
  readonly failed: number;
}

/**
 * Calibrates the weights and each replicate on the same margins, so that the variance by replicates knows what the calibration gained (Rao, Wu and Yue 1992; R survey,
 * calibrate on a svrepdesign). One household of the columns a respondent. Errors of the whole sample are thrown; a replicate that fails is counted.
 * O(replicates x calibration).
 * @example
 * ```ts
 * const columns = { households: 3, profiles: 2, profileOf: Int32Array.of(0, 0, 1), profileSize: Int32Array.of(2, 1),
 *   margins: [{ variable: "sexe", category: "f", of: "households" }, { variable: "sexe", category: "h", of: "households" }],
 *   rowStart: Int32Array.of(0, 1, 2), column: Int32Array.of(0, 1), value: Float64Array.of(1, 1) };
 * const jackknife = { weights: Float64Array.of(10, 10, 10), replicates: 3, fill: (replicate, into) => into.fill(15).fill(0, replicate, replicate + 1) };
 * const { survey, failed } = calibratedReplicates(jackknife, columns, { targets: Float64Array.of(30, 20) });
 * const weights = new Float64Array(3);
 * survey.fill(0, weights);
 * [[...weights].map(Math.round), failed] // [ [ 0, 30, 20 ], 1 ]
 * ```
 */
export function calibratedReplicates(
  survey: ReplicateDesign,
  columns: SeedColumns,
  input: Omit<CalibrationInput, "weights">,
): CalibratedReplicates {
  if (columns.households !== survey.weights.length)
    throw new QuartiersError({
      what: "Marges d'un autre échantillon",
      value: `${columns.households} lignes`,
      expected: `${survey.weights.length} lignes, comme les poids`,
    });
  const { profileOf, profiles } = columns;
  const ratiosOf = (weights: Float64Array): Float64Array =>
    calibrateProfiles(columns, startSums(columns, weights), input).ratios;
  const whole = ratiosOf(survey.weights);
  const buffer = new Float64Array(survey.weights.length);
  let failed = 0;
  const ratios = Array.from({ length: survey.replicates }, (_, replicate) => {
    survey.fill(replicate, buffer);
    try {
      return ratiosOf(buffer);
    } catch (error) {
      if (!(error instanceof QuartiersError)) throw error;
      failed++;
      return new Float64Array(profiles).fill(Number.NaN);
    }
  });
  return {
    survey: {
      ...survey,
      weights: survey.weights.map((weight, i) => weight * whole[profileOf[i]]),
      fill: (replicate, into) => {
        survey.fill(replicate, into);
        const ratio = ratios[replicate];
        for (let i = 0; i < into.length; i++) into[i] *= ratio[profileOf[i]];
      },
    },
    failed,
  };
}
