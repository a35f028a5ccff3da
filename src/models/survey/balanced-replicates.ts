import { QuartiersError } from "../../codes/errors.ts";
import type { SurveyDesign } from "./design.ts";
import { checkReplicable, degreesOfWhole } from "./replicable-design.ts";
import type { ReplicateDesign } from "./replicate-design.ts";
import { unseenShare } from "./sampling-stage.ts";

/**
 * Balanced repeated replication for designs of two primary units a stratum (McCarthy 1969): each replicate takes the units of a stratum up and down by 1 -+ (1 - fay) sqrt(1 - n_h/N_h),
 * in the balanced order of a Hadamard matrix, so that the variance of a total is exactly the linearised one. `fay` over 0 (Judkins 1990) never takes a unit
 * out. Replicates: the power of 2 over the number of strata. Without a finite population it is R survey's BRR and Fay with the same matrix. O(n) a replicate.
 * @example
 * ```ts
 * const units = { unitOf: Int32Array.of(0, 1, 2, 3), stratumOfUnit: Int32Array.of(0, 0, 1, 1), unitsInStratum: Int32Array.of(2, 2) };
 * const stage = { ...units, populationInStratum: Float64Array.of(Infinity, Infinity), shareOfStratum: Float64Array.of(1, 1) };
 * const design = { ...units, weights: Float64Array.of(1, 1, 1, 1), stratumOf: units.stratumOfUnit, stages: [stage], calibration: null };
 * const { replicates, fill } = balancedReplicates(design);
 * const weights = new Float64Array(4);
 * fill(1, weights);
 * [replicates, ...weights] // [ 4, 2, 0, 0, 2 ]
 * ```
 */
export function balancedReplicates(
  design: SurveyDesign,
  { fay = 0, mse = false }: { readonly fay?: number; readonly mse?: boolean } = {},
): ReplicateDesign {
  checkReplicable(design);
  const { weights, unitOf, stratumOf, stratumOfUnit, unitsInStratum } = design;
  checkPairs(unitsInStratum, fay);
  const strata = unitsInStratum.length;
  const replicates = 2 ** Math.ceil(Math.log2(strata + 1));
  const seen = new Uint8Array(strata);
  const side = Float64Array.from(stratumOfUnit, (stratum) => (seen[stratum]++ === 0 ? -1 : 1));
  const swing = Float64Array.from(
    unitsInStratum,
    (_, stratum) => (1 - fay) * Math.sqrt(unseenShare(design.stages[0], stratum)),
  );
  return {
    weights,
    replicates,
    fill: (replicate, into) => {
      for (let i = 0; i < weights.length; i++) {
        const stratum = stratumOf[i];
        into[i] = weights[i] * (1 + side[unitOf[i]] * hadamardSign(stratum + 1, replicate) * swing[stratum]);
      }
    },
    scale: 1 / (replicates * (1 - fay) ** 2),
    replicateScales: new Float64Array(replicates).fill(1),
    mse,
    method: fay > 0 ? "fay" : "brr",
    source: design,
    degreesOfFreedom: degreesOfWhole(design, replicates),
  };
}

/**
 * Sign of Sylvester's Hadamard matrix at a row and a column, from 0: 1 when they share an even number of bits.
 * @example
 * ```ts
 * [0, 1, 2, 3].map((column) => hadamardSign(3, column)) // [ 1, -1, -1, 1 ]
 * ```
 */
export function hadamardSign(row: number, column: number): 1 | -1 {
  let bits = row & column;
  let sign: 1 | -1 = 1;
  while (bits !== 0) {
    bits &= bits - 1;
    sign = sign === 1 ? -1 : 1;
  }
  return sign;
}

function checkPairs(unitsInStratum: Int32Array, fay: number): void {
  const odd = unitsInStratum.find((units) => units !== 2);
  if (odd !== undefined)
    throw new QuartiersError({
      what: "Les réplications équilibrées demandent deux unités primaires par strate",
      value: `${odd} dans une strate`,
      expected: "2",
      remedy: "employer jackknifeReplicates ou bootstrapReplicates",
    });
  if (!(fay >= 0 && fay < 1))
    throw new QuartiersError({
      what: "Coefficient de Fay impossible",
      value: String(fay),
      expected: "de 0 à moins de 1",
    });
}
