import { QuartiersError } from "../../codes/errors.ts";
import { seededRandom } from "../../codes/random.ts";
import { checkDraws } from "../uncertainty/replicate-interval.ts";
import type { SurveyDesign } from "./design.ts";
import { checkReplicable, degreesOfWhole } from "./replicable-design.ts";
import type { ReplicateDesign } from "./replicate-design.ts";
import { isLonely, unseenShare } from "./sampling-stage.ts";

/**
 * Rescaled bootstrap of Rao and Wu (1988; weights of Rao, Wu and Yue 1992): in each stratum n_h - 1 primary units are drawn with replacement, and a unit drawn r times has
 * the factor 1 + sqrt(1 - n_h/N_h) (r n_h/(n_h - 1) - 1). Without a finite population it is R survey's "subbootstrap". Lonely strata keep their weight ("certainty", "remove")
 * or are refused; populations of lower stages are left out. Same seed, same replicates. Memory:
 * replicates x units.
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2), stratumOfUnit: Int32Array.of(0, 0, 0), unitsInStratum: Int32Array.of(3), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { ...stage, weights: Float64Array.of(10, 30, 10), stratumOf: Int32Array.of(0, 0, 0), stages: [stage], lonelyUnit: "fail", lonelyStrata: 0, calibration: null };
 * const { method, replicates, degreesOfFreedom } = bootstrapReplicates(design, { seed: 1, replicates: 200 });
 * [method, replicates, degreesOfFreedom] // [ "bootstrap", 200, 2 ]
 * ```
 */
export function bootstrapReplicates(
  design: SurveyDesign,
  {
    seed,
    replicates = 500,
    mse = false,
  }: { readonly seed: number; readonly replicates?: number; readonly mse?: boolean },
): ReplicateDesign {
  checkReplicable(design);
  checkDraws(replicates);
  if (replicates < 2)
    throw new QuartiersError({
      what: "Trop peu de réplications",
      value: String(replicates),
      expected: "au moins deux, plutôt 500",
    });
  const { unitsInStratum, stratumOfUnit, unitOf, weights, lonelyUnit } = design;
  const stage = design.stages[0];
  const units = stratumOfUnit.length;
  if (design.lonelyStrata > 0 && (lonelyUnit === "centred" || lonelyUnit === "average"))
    throw new QuartiersError({
      what: "Le bootstrap ne sait pas traiter une strate à une seule unité primaire",
      value: lonelyUnit,
      expected: "la règle certainty ou remove",
      remedy: "regrouper des strates, ou employer jackknifeReplicates",
    });
  const members: number[][] = Array.from(unitsInStratum, () => []);
  stratumOfUnit.forEach((stratum, unit) => {
    members[stratum].push(unit);
  });
  const random = seededRandom(seed);
  const factors = new Float64Array(replicates * units).fill(1);
  const drawn = new Int32Array(units);
  for (let replicate = 0; replicate < replicates; replicate++) {
    const from = replicate * units;
    members.forEach((list, stratum) => {
      const n = list.length;
      if (n < 2 || isLonely(stage, stratum)) return;
      for (const unit of list) drawn[unit] = 0;
      for (let k = 1; k < n; k++) drawn[list[Math.floor(random() * n)]]++;
      const spread = Math.sqrt(unseenShare(stage, stratum));
      for (const unit of list) factors[from + unit] = 1 + spread * ((drawn[unit] * n) / (n - 1) - 1);
    });
  }
  return {
    weights,
    replicates,
    fill: (replicate, into) => {
      const from = replicate * units;
      for (let i = 0; i < weights.length; i++) into[i] = weights[i] * factors[from + unitOf[i]];
    },
    scale: 1 / (replicates - 1),
    replicateScales: new Float64Array(replicates).fill(1),
    mse,
    method: "bootstrap",
    source: design,
    degreesOfFreedom: degreesOfWhole(design, replicates),
  };
}
