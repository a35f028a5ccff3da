import { normal, type Random, weightedIndex } from "../../codes/random.ts";
import type { SeedMargin } from "../calibration/seed-columns.ts";
import { replicateRandom } from "../uncertainty/resample.ts";
import { placementCategory, placementFactors } from "./placement.ts";
import { placementGroups } from "./seed-households.ts";

/** Random numbers of one area in one replicate: they depend on nothing else, so that threads may share the work out in any way. */
export const areaRandom = (seed: number, replicate: number, area: number): Random =>
  replicateRandom(Math.imul((seed ^ Math.imul(area + 1, 0x9e37_79b1)) >>> 0, 0x85eb_ca6b) ^ (area + 1), replicate);

/** Weights of a Bayesian bootstrap: positive, exponential of mean 1, so that no category of the seed is ever emptied (Rubin 1981). */
export const drawSeedWeights = (random: Random, weights: Float64Array): Float64Array =>
  weights.map((weight) => weight * Math.max(1e-6, -Math.log(1 - random())));

/**
 * Margins with their error (standard error of each, in its own unit): a count is multiplied by a lognormal number of mean 1, then the categories of a variable are brought back
 * to its total, so that variables go on agreeing. A quantity, which may be 0 or negative, is moved by a normal number.
 * @example
 * ```ts
 * const margins = ["1", "2"].map((category) => ({ variable: "taille", category, of: "households" }));
 * drawMargins(seededRandom(1), margins, Float64Array.of(60, 40), Float64Array.of(3, 2)).reduce((a, b) => a + b).toFixed(9) // "100.000000000"
 * ```
 */
export function drawMargins(
  random: Random,
  margins: readonly SeedMargin[],
  targets: Float64Array,
  deviations: Float64Array,
): Float64Array {
  const drawn = targets.map((target, k) => {
    if (deviations[k] === 0) return target;
    if (margins[k].of === "quantity") return target + deviations[k] * normal(random);
    if (target === 0) return 0;
    const error = deviations[k] / target;
    return target * Math.exp(error * normal(random) - error ** 2 / 2);
  });
  for (let first = 0; first < margins.length; ) {
    let last = first;
    let [before, after] = [0, 0];
    while (last < margins.length && margins[last].variable === margins[first].variable) {
      before += targets[last];
      after += drawn[last++];
    }
    // A total that stands alone keeps its own error; categories share out a total that is known.
    if (margins[first].of !== "quantity" && last > first + 1 && after > 0)
      for (let k = first; k < last; k++) drawn[k] *= before / after;
    first = last;
  }
  return drawn;
}

/** Quantiles with their error, one common to all and one of each (lognormal), put in order again. */
export function drawDeciles(
  random: Random,
  values: Float64Array,
  { common, each }: { readonly common: number; readonly each: number },
): Float64Array {
  if (common === 0 && each === 0) return values;
  const all = common * normal(random);
  return values.map((value) => value * Math.exp(all + each * normal(random))).sort();
}

/** One effect a category of each factor (type, tenure, age), of a standard deviation, summed by group. */
export function drawShifts(random: Random, deviation: number): Float64Array {
  const shifts = new Float64Array(placementGroups);
  if (deviation === 0) return shifts;
  for (const factor of ["type", "tenure", "age"] as const) {
    const effects = Array.from({ length: placementFactors[factor] }, () => deviation * normal(random));
    for (let g = 0; g < placementGroups; g++) shifts[g] += effects[placementCategory[factor](g)];
  }
  return shifts;
}

/** A variant drawn by its chance. */
export const drawVariant = <T extends { readonly chance: number }>(random: Random, variants: readonly T[]): T =>
  variants.length === 1
    ? variants[0]
    : variants[
        weightedIndex(
          random,
          variants.map(({ chance }) => chance),
        )
      ];

/** A draw of mean 0 with a covariance of three counts (its Cholesky root; counts that do not vary stay at 0). */
export function drawCounts3(random: Random, covariance: Float64Array): readonly [number, number, number] {
  const z = [normal(random), normal(random), normal(random)];
  const root = new Float64Array(9);
  const moved: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j <= i; j++) {
      let left = covariance[3 * i + j];
      for (let k = 0; k < j; k++) left -= root[3 * i + k] * root[3 * j + k];
      if (i === j) root[3 * i + i] = Math.sqrt(Math.max(0, left));
      else root[3 * i + j] = root[3 * j + j] > 0 ? left / root[3 * j + j] : 0;
      moved[i] += root[3 * i + j] * z[j];
    }
  }
  return moved;
}
