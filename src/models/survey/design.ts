import { QuartiersError } from "../../codes/errors.ts";

/**
 * What to do with a stratum that has one primary unit only, whose variance cannot be seen: refuse ("fail"), count it for nothing ("certainty"),
 * centre it on the grand mean ("centred"), or give it the mean of the other strata ("average"). Always chosen, never silent.
 */
export type LonelyUnitRule = "fail" | "certainty" | "centred" | "average";

export interface SurveyDesignInput {
  /** Persons each respondent stands for, positive. */
  readonly weights: Float64Array;
  /** Stratum of each respondent; one stratum when absent. */
  readonly strata?: readonly string[];
  /** Primary unit of each respondent, named within its stratum; each respondent is one when absent. */
  readonly clusters?: readonly string[];
  readonly lonelyUnit?: LonelyUnitRule;
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
  /** Strata with one primary unit: to be reported. */
  readonly lonelyStrata: number;
}

/**
 * Codes a design. Variances are those of sampling with replacement at the first stage (ultimate cluster): a lower stage adds nothing, no finite
 * population correction. A quota sample has no design variance: publish "as if random". O(n).
 * @example
 * ```ts
 * surveyDesign({ weights: Float64Array.of(1, 2, 3), clusters: ["a", "a", "b"] }).unitsInStratum // Int32Array(1) [ 2 ]
 * ```
 */
export function surveyDesign({ weights, strata, clusters, lonelyUnit = "fail" }: SurveyDesignInput): SurveyDesign {
  const n = weights.length;
  for (const [name, column] of [
    ["strates", strata],
    ["grappes", clusters],
  ] as const) {
    if (column && column.length !== n)
      throw new QuartiersError({
        what: `Colonne des ${name} trop courte ou trop longue`,
        value: String(column.length),
        expected: `${n} lignes, comme les poids`,
      });
  }
  const odd = weights.findIndex((weight) => !(weight > 0 && weight < Number.POSITIVE_INFINITY));
  if (odd >= 0) {
    throw new QuartiersError({
      what: `Poids de sondage impossible à la ligne ${odd + 1}`,
      value: String(weights[odd]),
      expected: "un nombre fini et supérieur à 0",
      remedy: "écarter les enquêtés sans poids et dire combien",
    });
  }
  const stratumCodes = new Map<string, number>();
  const unitCodes = new Map<string, number>();
  const stratumOfUnit: number[] = [];
  const stratumOf = new Int32Array(n);
  const unitOf = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const stratum = code(stratumCodes, strata?.[i] ?? "");
    const unit = code(unitCodes, `${stratum} ${clusters ? clusters[i] : i}`);
    stratumOf[i] = stratum;
    unitOf[i] = unit;
    stratumOfUnit[unit] = stratum;
  }
  const unitsInStratum = new Int32Array(stratumCodes.size);
  for (const stratum of stratumOfUnit) unitsInStratum[stratum]++;
  const lonelyStrata = unitsInStratum.filter((units) => units === 1).length;
  if (lonelyStrata > 0 && lonelyUnit === "fail") {
    const names = [...stratumCodes]
      .filter(([, stratum]) => unitsInStratum[stratum] === 1)
      .map(([name]) => name || "(strate unique)");
    throw new QuartiersError({
      what: "Strate à une seule unité primaire\u00a0: sa variance ne se calcule pas",
      value: names.slice(0, 5).join(", "),
      expected: "au moins deux unités par strate",
      remedy: "regrouper des strates, ou choisir une règle (certainty, centred, average) et l'écrire",
    });
  }
  return {
    weights,
    stratumOf,
    unitOf,
    stratumOfUnit: Int32Array.from(stratumOfUnit),
    unitsInStratum,
    lonelyUnit,
    lonelyStrata,
  };
}

function code(codes: Map<string, number>, name: string): number {
  const known = codes.get(name);
  if (known !== undefined) return known;
  codes.set(name, codes.size);
  return codes.size - 1;
}

/**
 * Variance of the total of a linearised variable, one value a respondent (0 outside the domain, weights applied here):
 * V = sum over strata of n/(n-1) x sum over units of (z - mean z)^2 (Woodruff 1971; Särndal, Swensson and Wretman 1992). O(n).
 */
export function totalVariance(design: SurveyDesign, linearised: Float64Array): number {
  const { weights, unitOf, stratumOfUnit, unitsInStratum, lonelyUnit } = design;
  const unitTotal = new Float64Array(stratumOfUnit.length);
  for (let i = 0; i < linearised.length; i++) unitTotal[unitOf[i]] += weights[i] * linearised[i];
  const stratumMean = new Float64Array(unitsInStratum.length);
  for (let unit = 0; unit < unitTotal.length; unit++)
    stratumMean[stratumOfUnit[unit]] += unitTotal[unit] / unitsInStratum[stratumOfUnit[unit]];
  let variance = 0;
  let lonely = 0;
  for (let unit = 0; unit < unitTotal.length; unit++) {
    const stratum = stratumOfUnit[unit];
    const units = unitsInStratum[stratum];
    if (units > 1) variance += (units / (units - 1)) * (unitTotal[unit] - stratumMean[stratum]) ** 2;
    else {
      lonely++;
      if (lonelyUnit === "centred") variance += unitTotal[unit] ** 2;
    }
  }
  const seen = unitsInStratum.length - lonely;
  if (lonelyUnit !== "average" || lonely === 0) return variance;
  return seen > 0 ? (variance * unitsInStratum.length) / seen : Number.NaN;
}

/** Degrees of freedom of a domain: its primary units less its strata, as R survey counts them. `inDomain` null for everybody. */
export function degreesOfFreedom({ unitOf, stratumOf }: SurveyDesign, inDomain: Uint8Array | null): number {
  const units = new Set<number>();
  const strata = new Set<number>();
  for (let i = 0; i < unitOf.length; i++) {
    if (inDomain && inDomain[i] === 0) continue;
    units.add(unitOf[i]);
    strata.add(stratumOf[i]);
  }
  return units.size - strata.size;
}

/**
 * Kish's effect of unequal weights, n x sum of w^2 / (sum of w)^2 (Kish 1965): how many times unequal weights multiply the variance. NaN without a row.
 * @example
 * ```ts
 * kishEffect(Float64Array.of(1, 1, 2)) // 1.125
 * ```
 */
export function kishEffect(weights: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i];
    squares += weights[i] * weights[i];
  }
  return (weights.length * squares) / (sum * sum);
}

/** Effective sample size n / Kish effect = (sum of w)^2 / sum of w^2. */
export const effectiveSampleSize = (weights: Float64Array): number => weights.length / kishEffect(weights);
