import { QuartiersError } from "../../codes/errors.ts";
import { replicateRank } from "./replicate-degrees.ts";
import type { ReplicateDesign } from "./replicate-design.ts";

export interface GivenReplicatesInput {
  readonly weights: Float64Array;
  /** One column a replicate, one value a respondent. */
  readonly replicates: readonly Float64Array[];
  /** "weights" (default): the columns are weights. "factors": they multiply `weights`. */
  readonly columns?: "weights" | "factors";
  /** What the sum over replicates is multiplied by: 1/(R - 1) or 1/R for a bootstrap, (R - 1)/R for JK1, 1 for JKn. The publisher says it. */
  readonly scale: number;
  /** What each replicate is multiplied by; 1 when absent. */
  readonly replicateScales?: Float64Array;
  /** True: deviations from the estimate; false (default): from the mean of the replicates. */
  readonly mse?: boolean;
}

/**
 * A survey whose replicate weights were published beside it (R survey svrepdesign). Degrees of freedom are the rank of the replicate weights less 1. Errors: columns of
 * another length, a value that is not finite, fewer than two replicates, an impossible scale. O(n x replicates^2).
 * @example
 * ```ts
 * const survey = givenReplicates({ weights: Float64Array.of(1, 1), replicates: [Float64Array.of(0, 2), Float64Array.of(2, 0)], scale: 0.5 });
 * [survey.method, survey.replicates, survey.degreesOfFreedom] // [ "given", 2, 1 ]
 * ```
 */
export function givenReplicates(input: GivenReplicatesInput): ReplicateDesign {
  const { weights, replicates, columns = "weights", scale, mse = false } = input;
  const replicateScales = input.replicateScales ?? new Float64Array(replicates.length).fill(1);
  checkReplicates(weights, replicates);
  checkScales(scale, replicateScales, replicates.length);
  const fill = (replicate: number, into: Float64Array): void => {
    const column = replicates[replicate];
    if (columns === "weights") into.set(column);
    else for (let i = 0; i < weights.length; i++) into[i] = weights[i] * column[i];
  };
  const everybody = Int32Array.from(weights.keys());
  return {
    weights,
    replicates: replicates.length,
    fill,
    scale,
    replicateScales,
    mse,
    method: "given",
    source: null,
    degreesOfFreedom: replicateRank({ weights, replicates: replicates.length, fill }, everybody) - 1,
  };
}

function checkReplicates(weights: Float64Array, replicates: readonly Float64Array[]): void {
  const odd = weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (odd >= 0)
    throw new QuartiersError({
      what: `Poids de sondage impossible à la ligne ${odd + 1}`,
      value: String(weights[odd]),
      expected: "un nombre fini, positif ou nul",
    });
  if (replicates.length < 2)
    throw new QuartiersError({
      what: "Trop peu de réplications",
      value: String(replicates.length),
      expected: "au moins deux",
    });
  replicates.forEach((column, replicate) => {
    if (column.length !== weights.length)
      throw new QuartiersError({
        what: `Réplication ${replicate + 1} trop courte ou trop longue`,
        value: String(column.length),
        expected: `${weights.length} lignes, comme les poids`,
      });
    const row = column.findIndex((value) => !Number.isFinite(value));
    if (row >= 0)
      throw new QuartiersError({
        what: `Poids impossible dans la réplication ${replicate + 1}, ligne ${row + 1}`,
        value: String(column[row]),
        expected: "un nombre fini",
      });
  });
}

function checkScales(scale: number, replicateScales: Float64Array, replicates: number): void {
  if (replicateScales.length !== replicates)
    throw new QuartiersError({
      what: "Une échelle par réplication",
      value: String(replicateScales.length),
      expected: String(replicates),
    });
  const odd = [scale, ...replicateScales].find((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (odd !== undefined)
    throw new QuartiersError({
      what: "Échelle des réplications impossible",
      value: String(odd),
      expected: "un nombre fini, positif ou nul, donné par l'éditeur de l'enquête",
    });
}
