import { QuartiersError } from "../../codes/errors.ts";
import type { SurveyDesign } from "./design.ts";
import { checkReplicable, degreesOfWhole } from "./replicable-design.ts";
import type { ReplicateDesign } from "./replicate-design.ts";
import { isLonely, unseenShare } from "./sampling-stage.ts";

/**
 * Jackknife: each replicate leaves one primary unit out, and the others of its stratum stand for it (factor n/(n-1)); V = sum of (1 - n_h/N_h)(n_h - 1)/n_h x (replicate - centre)^2.
 * "jk1" with one stratum, "jkn" with several. As in R survey: populations of lower stages are left out, strata drawn entirely give no replicate, and
 * lonely strata follow the rule of the design. Not for quantiles, whose jackknife variance is wrong (Efron 1982). O(n) a replicate, one replicate a primary unit.
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2), stratumOfUnit: Int32Array.of(0, 0, 0), unitsInStratum: Int32Array.of(3), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { ...stage, weights: Float64Array.of(10, 30, 10), stratumOf: Int32Array.of(0, 0, 0), stages: [stage], lonelyUnit: "fail", lonelyStrata: 0, calibration: null };
 * const { method, replicates, fill } = jackknifeReplicates(design);
 * const weights = new Float64Array(3);
 * fill(1, weights);
 * [method, replicates, ...weights] // [ "jk1", 3, 15, 0, 15 ]
 * ```
 */
export function jackknifeReplicates(
  design: SurveyDesign,
  { mse = false }: { readonly mse?: boolean } = {},
): ReplicateDesign {
  checkReplicable(design);
  const { unitsInStratum, stratumOfUnit, stratumOf, unitOf, weights, lonelyUnit } = design;
  const stage = design.stages[0];
  const strata = unitsInStratum.length;
  const left: number[] = [];
  const scales: number[] = [];
  for (let unit = 0; unit < stratumOfUnit.length; unit++) {
    const stratum = stratumOfUnit[unit];
    const units = unitsInStratum[stratum];
    if (isLonely(stage, stratum)) {
      if (lonelyUnit !== "centred") continue;
      left.push(unit);
      scales.push((strata - 1) / strata);
    } else if (unseenShare(stage, stratum) > 0) {
      left.push(unit);
      scales.push((unseenShare(stage, stratum) * (units - 1)) / units);
    }
  }
  if (left.length === 0)
    throw new QuartiersError({
      what: "Aucune réplication\u00a0: toutes les strates sont recensées ou isolées",
      expected: "au moins une strate de deux unités tirées parmi d'autres",
    });
  const fill = (replicate: number, into: Float64Array): void => {
    const out = left[replicate];
    const stratum = stratumOfUnit[out];
    const units = unitsInStratum[stratum];
    // A lonely unit under "centred" is stood for by the other strata.
    const [inside, outside] = units > 1 ? [units / (units - 1), 1] : [0, strata / (strata - 1)];
    for (let i = 0; i < weights.length; i++)
      into[i] = unitOf[i] === out ? 0 : weights[i] * (stratumOf[i] === stratum ? inside : outside);
  };
  return {
    weights,
    replicates: left.length,
    fill,
    scale: lonelyUnit === "average" ? stratumOfUnit.length / left.length : 1,
    replicateScales: Float64Array.from(scales),
    mse,
    method: strata === 1 ? "jk1" : "jkn",
    source: design,
    degreesOfFreedom: degreesOfWhole(design, left.length),
  };
}
