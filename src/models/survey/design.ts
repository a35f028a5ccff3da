import { QuartiersError } from "../../codes/errors.ts";
import type { CalibrationResiduals } from "./calibration-residuals.ts";
import { checkLonelyUnits, type LonelyUnitRule } from "./lonely-units.ts";
import { type CodedStage, codeStage, type DesignStage, isLonely, type SamplingStage } from "./sampling-stage.ts";

export { totalVariance } from "./design-variance.ts";
export { effectiveSampleSize, kishEffect } from "./kish-effect.ts";
export type { LonelyUnitRule } from "./lonely-units.ts";

/**
 * Which formula gives the variance: draws with replacement at the first stage ("ultimate-cluster"), the same with its finite population ("ultimate-cluster-fpc"),
 * or every stage that says its population ("multistage"). They give different standard errors: always printed.
 */
export type DesignVariance = "ultimate-cluster" | "ultimate-cluster-fpc" | "multistage";

export interface SurveyDesignInput extends SamplingStage {
  /** Persons each respondent stands for, positive. */
  readonly weights: Float64Array;
  /** Stages after the first, from the top. */
  readonly lowerStages?: readonly SamplingStage[];
  /** A weight of 0 is refused (default), or kept: the respondent gives nothing to any estimate, and its unit still counts as drawn. */
  readonly zeroWeights?: "refuse" | "keep";
  /** True: a name of primary unit met in two strata is two units. By default it is refused, as it is most often a mistake. */
  readonly nest?: boolean;
  readonly lonelyUnit?: LonelyUnitRule;
  /** True: the variance of the first stage alone, even when lower stages say their population. */
  readonly ultimateCluster?: boolean;
}

/** A survey design, coded once. Estimates of a domain keep the whole design: rows are never filtered before it. */
export interface SurveyDesign {
  readonly weights: Float64Array;
  /** Stratum and primary unit of each respondent, as numbers. */
  readonly stratumOf: Int32Array;
  readonly unitOf: Int32Array;
  /** Stratum of each primary unit. */
  readonly stratumOfUnit: Int32Array;
  /** Primary units in each stratum. */
  readonly unitsInStratum: Int32Array;
  readonly lonelyUnit: LonelyUnitRule;
  /** Strata with one primary unit, of several in the population: to be reported. */
  readonly lonelyStrata: number;
  readonly variance: DesignVariance;
  /** The stages that the variance counts, the first at least. */
  readonly stages: readonly DesignStage[];
  /** Respondents whose weight is 0: kept, counted in no estimate. To be reported. */
  readonly zeroWeights: number;
  /** What calibration took from the variance; null for a design that is not calibrated (`calibratedDesign`). */
  readonly calibration: CalibrationResiduals | null;
}

/**
 * Codes a design of one or several stages (Särndal, Swensson and Wretman 1992; Lumley 2010, R survey svydesign). Without a finite population the variance is
 * that of draws with replacement at the first stage (ultimate cluster): a lower stage adds nothing. With the populations of the stages, each adds its own part.
 * A stage without a population below one that says it is taken as a census. A quota sample has no design variance: publish "as if random". O(n x stages).
 * @example
 * ```ts
 * surveyDesign({ weights: Float64Array.of(1, 2, 3), clusters: ["a", "a", "b"] }).unitsInStratum // Int32Array(1) [ 2 ]
 * ```
 */
export function surveyDesign(input: SurveyDesignInput): SurveyDesign {
  const { weights, lowerStages = [], lonelyUnit = "fail", nest = false, ultimateCluster = false } = input;
  const zeroWeights = checkWeights(weights, input.zeroWeights ?? "refuse");
  const coded: CodedStage[] = [];
  for (const stage of [input, ...lowerStages]) {
    const where = coded.length === 0 ? "premier degré" : `degré ${coded.length + 1}`;
    coded.push(codeStage(stage, weights.length, coded.at(-1) ?? null, where));
  }
  const first = coded[0];
  if (!nest) checkNesting(first);
  const counted = countedStages(coded, ultimateCluster);
  const lonelyOf = counted.map(({ stage, stratumNames }) =>
    stratumNames.filter((_, stratum) => isLonely(stage, stratum)),
  );
  lonelyOf.forEach((lonely, depth) => {
    const unitName = depth === 0 ? "primaire" : `de degré ${depth + 1}`;
    checkLonelyUnits({ unitName, first: depth === 0, strata: counted[depth].stratumNames.length, lonely }, lonelyUnit);
  });
  return {
    weights,
    stratumOf: first.stratumOf,
    unitOf: first.stage.unitOf,
    stratumOfUnit: first.stage.stratumOfUnit,
    unitsInStratum: first.stage.unitsInStratum,
    lonelyUnit,
    lonelyStrata: lonelyOf[0].length,
    variance: counted.length > 1 ? "multistage" : first.finite ? "ultimate-cluster-fpc" : "ultimate-cluster",
    stages: counted.map(({ stage }) => stage),
    zeroWeights,
    calibration: null,
  };
}

/** Weights are finite and positive, or 0 where that was asked for. Returns how many are 0. */
function checkWeights(weights: Float64Array, rule: "refuse" | "keep"): number {
  const odd = weights.findIndex(
    (weight) => !(weight > 0 || (weight === 0 && rule === "keep")) || weight === Number.POSITIVE_INFINITY,
  );
  if (odd >= 0)
    throw new QuartiersError({
      what: `Poids de sondage impossible à la ligne ${odd + 1}`,
      value: String(weights[odd]),
      expected: rule === "keep" ? "un nombre fini, positif ou nul" : "un nombre fini et supérieur à 0",
      remedy:
        weights[odd] === 0
          ? 'garder les poids nuls sans contribution (zeroWeights: "keep"), ou écarter ces enquêtés et dire combien'
          : "écarter les enquêtés sans poids et dire combien",
    });
  const zeros = weights.reduce((count, weight) => count + (weight === 0 ? 1 : 0), 0);
  if (zeros > 0 && zeros === weights.length)
    throw new QuartiersError({ what: "Tous les poids de sondage sont nuls", expected: "au moins un poids positif" });
  return zeros;
}

function checkNesting({ sharedNames }: CodedStage): void {
  if (sharedNames.length === 0) return;
  throw new QuartiersError({
    what: "Grappe présente dans deux strates",
    value: sharedNames.slice(0, 5).join(", "),
    expected: "des grappes emboîtées dans les strates",
    remedy: "corriger la strate, ou écrire nest: true si le même nom désigne une autre grappe dans chaque strate",
  });
}

/** The first stage, and those below it as long as the populations are said. */
function countedStages(coded: readonly CodedStage[], ultimateCluster: boolean): readonly CodedStage[] {
  const open = coded.findIndex(({ finite }) => !finite);
  const below = coded.findIndex(({ finite }, depth) => finite && open >= 0 && depth > open);
  if (below > 0)
    throw new QuartiersError({
      what: `Population finie donnée au degré ${below + 1} mais pas au degré ${open + 1}`,
      expected: "les populations des degrés de haut en bas, sans trou",
      remedy: "donner celle du degré supérieur, Infinity pour un tirage avec remise",
    });
  if (ultimateCluster || open === 0) return coded.slice(0, 1);
  return open < 0 ? coded : coded.slice(0, open);
}

/**
 * Degrees of freedom of a domain: its primary units less its strata, as R survey counts them; a respondent whose weight is 0 is in no domain. `inDomain` null for everybody.
 */
export function degreesOfFreedom(design: SurveyDesign, inDomain: Uint8Array | null): number {
  const rows = Int32Array.from(design.weights.keys()).filter(
    (row) => !(inDomain && inDomain[row] === 0) && design.weights[row] !== 0,
  );
  return degreesOfFreedomOfRows(design, rows);
}

/** `degreesOfFreedom` of respondents given by their rows, whose weights are not 0. O(rows). */
export function degreesOfFreedomOfRows({ unitOf, stratumOf }: SurveyDesign, rows: Int32Array): number {
  const units = new Set<number>();
  const strata = new Set<number>();
  for (const row of rows) {
    units.add(unitOf[row]);
    strata.add(stratumOf[row]);
  }
  return units.size - strata.size;
}
