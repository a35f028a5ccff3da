import type { ReplicateDesign } from "./replicate-design.ts";

export interface ReplicateCovariance {
  /** p x p, row by row; NaN when no replicate gave a number. */
  readonly covariance: Float64Array;
  /** Replicates left out because one of the estimates was not a number (an empty domain, mostly): to be reported. */
  readonly failed: number;
}

/**
 * Covariance of p estimates from their values on the replicates (`values[r][a]`), as R survey's svrVar: replicates with a scale of 0 give nothing, neither to the centre.
 * O(replicates x p^2).
 */
export function replicateCovariance(
  { scale, replicateScales, mse }: Pick<ReplicateDesign, "scale" | "replicateScales" | "mse">,
  estimates: ArrayLike<number>,
  values: readonly ArrayLike<number>[],
): ReplicateCovariance {
  const p = estimates.length;
  const kept: number[] = [];
  for (let r = 0; r < values.length; r++) {
    if (Array.from(values[r]).every(Number.isFinite)) kept.push(r);
  }
  const failed = values.length - kept.length;
  if (kept.length === 0)
    return { covariance: new Float64Array(p * p).fill(values.length > 0 ? Number.NaN : 0), failed };
  const counted = kept.filter((r) => replicateScales[r] > 0);
  const centre = Float64Array.from({ length: p }, (_, a) =>
    mse ? estimates[a] : counted.reduce((sum, r) => sum + values[r][a], 0) / counted.length,
  );
  const covariance = new Float64Array(p * p);
  for (const r of counted)
    for (let a = 0; a < p; a++)
      for (let b = 0; b < p; b++)
        covariance[a * p + b] += scale * replicateScales[r] * (values[r][a] - centre[a]) * (values[r][b] - centre[b]);
  return { covariance, failed };
}
