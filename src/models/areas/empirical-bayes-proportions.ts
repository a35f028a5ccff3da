import { QuartiersError } from "../../codes/errors.ts";
import { betaQuantile, logGamma } from "../uncertainty/incomplete-beta.ts";
import { checkConfidence } from "../uncertainty/replicate-interval.ts";
import { maximiseVariance } from "./variance-search.ts";

export interface ProportionsInput {
  /** Whole numbers, one an area: persons who have the benefit. */
  readonly successes: Float64Array;
  /** Whole numbers, one an area: persons asked; 0 where nobody was. */
  readonly trials: Float64Array;
}

/** A fitted beta-binomial model: one value an area unless said. */
export interface EmpiricalBayesProportions {
  /** "zero-variance": areas differ no more than chance makes them; every estimate is the mean. */
  readonly status: "ok" | "zero-variance";
  /** What to print when the status is not "ok"; "" otherwise. */
  readonly warning: string;
  /** Mean of the law of the proportions. */
  readonly mean: number;
  /** 1 / (a + b) for a law Beta(a, b) of the proportions; 0 when they are all the same. */
  readonly dispersion: number;
  /** Correlation of two persons of an area: dispersion / (1 + dispersion). */
  readonly intraclassCorrelation: number;
  readonly logLikelihood: number;
  /** Weight of the area's own proportion. */
  readonly shrinkage: Float64Array;
  /** (mean + dispersion x successes) / (1 + dispersion x trials). */
  readonly estimates: Float64Array;
  /** Given the two parameters. */
  readonly posteriorVariance: Float64Array;
  /** With what their estimation adds, to the first order. */
  readonly mse: Float64Array;
  /** Ends of the beta law that has the estimate for mean and `mse` for variance. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** How many areas have more than k successes, failures and trials, for k from 0: all that the likelihood reads. */
interface ExceedanceCounts {
  readonly successes: Int32Array;
  readonly failures: Int32Array;
  readonly trials: Int32Array;
}

/**
 * Empirical Bayes estimates of proportions: areas' proportions follow a beta law whose two parameters are found by maximum likelihood of the counts
 * (beta-binomial; Griffiths 1973), each estimate is the mean of what is then known of its area (Rao and Molina 2015, 9.5). Small areas go to the mean,
 * large ones keep their own proportion, and an area that nobody was asked in has the mean. Persons are taken as asked independently with equal
 * chances. Refuses counts that are not whole, no area of two persons, nobody or everybody who succeeds, areas that are all unanimous.
 * O(100 x largest area).
 * @example
 * ```ts
 * const fit = empiricalBayesProportions({ successes: Float64Array.of(1, 9, 50, 0), trials: Float64Array.of(10, 10, 100, 0) });
 * [fit.estimates[0].toFixed(3), fit.estimates[2].toFixed(3), fit.estimates[3].toFixed(3)] // [ "0.176", "0.500", "0.500" ]
 * ```
 */
export function empiricalBayesProportions(
  input: ProportionsInput,
  { confidence = 0.9 }: { readonly confidence?: number } = {},
): EmpiricalBayesProportions {
  checkConfidence(confidence);
  checkCounts(input);
  const { successes, trials } = input;
  const counts = exceedances(input);
  const dispersion = maximiseVariance(
    {
      logLikelihood: (tried) => logLikelihoodAt(counts, meanAt(counts, tried), tried),
      score: (tried) => dispersionScore(counts, meanAt(counts, tried), tried),
    },
    dispersionScale,
  );
  if (dispersion >= 0.9e6 * dispersionScale)
    throw new QuartiersError({
      what: "Chaque territoire est unanime\u00a0: la loi des proportions ne peut pas être estimée",
      expected: "au moins un territoire où certains répondent oui et d'autres non",
    });
  const mean = meanAt(counts, dispersion);
  const covariance = parameterCovariance(counts, mean, dispersion);
  const areas = trials.length;
  const column = (): Float64Array => new Float64Array(areas);
  const [shrinkage, estimates, posteriorVariance, mse] = [column(), column(), column(), column()];
  const [low, high] = [column(), column()];
  let combinations = 0;
  for (let area = 0; area < areas; area++) {
    const [y, n] = [successes[area], trials[area]];
    combinations += logGamma(n + 1) - logGamma(y + 1) - logGamma(n - y + 1);
    const size = 1 + dispersion * n;
    const estimate = (mean + dispersion * y) / size;
    shrinkage[area] = (dispersion * n) / size;
    estimates[area] = estimate;
    posteriorVariance[area] = (dispersion * estimate * (1 - estimate)) / (size + dispersion);
    const [byMean, byDispersion] = [1 / size, (y - n * mean) / (size * size)];
    mse[area] =
      posteriorVariance[area] +
      byMean * byMean * covariance.mean +
      2 * byMean * byDispersion * covariance.crossed +
      byDispersion * byDispersion * covariance.dispersion;
    const total = (estimate * (1 - estimate)) / mse[area] - 1;
    const tail = (1 - confidence) / 2;
    low[area] = total > 0 ? betaQuantile(tail, estimate * total, (1 - estimate) * total) : 0;
    high[area] = total > 0 ? betaQuantile(1 - tail, estimate * total, (1 - estimate) * total) : 1;
  }
  const none = dispersion === 0;
  return {
    status: none ? "zero-variance" : "ok",
    warning: none
      ? "La variance entre territoires est estimée à 0\u00a0: toutes les estimations sont la moyenne, et l'erreur annoncée peut être trop petite."
      : "",
    mean,
    dispersion,
    intraclassCorrelation: dispersion / (1 + dispersion),
    logLikelihood: logLikelihoodAt(counts, mean, dispersion) + combinations,
    shrinkage,
    estimates,
    posteriorVariance,
    mse,
    low,
    high,
  };
}

/** Dispersions are sought up to a million times this one. */
const dispersionScale = 0.1;

function checkCounts({ successes, trials }: ProportionsInput): void {
  let [yes, no, largest] = [0, 0, 0];
  if (successes.length !== trials.length)
    throw new QuartiersError({
      what: "Chaque territoire doit avoir un nombre de réponses et un nombre de oui",
      value: `${trials.length} et ${successes.length}`,
    });
  trials.forEach((n, area) => {
    const y = successes[area];
    if (!(Number.isInteger(n) && Number.isInteger(y) && y >= 0 && n >= y))
      throw new QuartiersError({
        what: "Effectifs impossibles pour une proportion",
        where: `territoire ${area + 1}`,
        expected: "deux nombres entiers, des succès entre 0 et l'effectif",
      });
    yes += y;
    no += n - y;
    largest = Math.max(largest, n);
  });
  if (yes === 0 || no === 0)
    throw new QuartiersError({
      what: "Personne ou tout le monde répond oui\u00a0: aucune loi des proportions ne peut être estimée",
      expected: "des oui et des non sur l'ensemble des territoires",
    });
  if (trials.filter((n) => n > 0).length < 2 || largest < 2)
    throw new QuartiersError({
      what: "Trop peu de réponses pour séparer les territoires du hasard",
      expected: "au moins deux territoires, dont un de deux personnes ou plus",
    });
}

function exceedances({ successes, trials }: ProportionsInput): ExceedanceCounts {
  const largest = trials.reduce((most, n) => Math.max(most, n), 0);
  const over = (values: Float64Array): Int32Array => {
    const counts = new Int32Array(largest);
    for (const value of values) if (value > 0) counts[value - 1]++;
    for (let k = largest - 2; k >= 0; k--) counts[k] += counts[k + 1];
    return counts;
  };
  return {
    successes: over(successes),
    failures: over(trials.map((n, area) => n - successes[area])),
    trials: over(trials),
  };
}

function logLikelihoodAt({ successes, failures, trials }: ExceedanceCounts, mean: number, dispersion: number): number {
  let sum = 0;
  for (let k = 0; k < trials.length; k++) {
    if (successes[k] > 0) sum += successes[k] * Math.log(mean + k * dispersion);
    if (failures[k] > 0) sum += failures[k] * Math.log(1 - mean + k * dispersion);
    sum -= trials[k] * Math.log1p(k * dispersion);
  }
  return sum;
}

function dispersionScore({ successes, failures, trials }: ExceedanceCounts, mean: number, dispersion: number): number {
  let sum = 0;
  for (let k = 1; k < trials.length; k++)
    sum +=
      k *
      (successes[k] / (mean + k * dispersion) +
        failures[k] / (1 - mean + k * dispersion) -
        trials[k] / (1 + k * dispersion));
  return sum;
}

/** The mean that maximises the likelihood for a dispersion: its score falls from infinity to minus infinity, so Newton's steps are kept in a bracket. */
function meanAt({ successes, failures }: ExceedanceCounts, dispersion: number): number {
  let [low, high, mean] = [0, 1, 0.5];
  for (let step = 0; step < 200; step++) {
    let [score, slope] = [0, 0];
    for (let k = 0; k < successes.length; k++) {
      const [up, down] = [mean + k * dispersion, 1 - mean + k * dispersion];
      score += successes[k] / up - failures[k] / down;
      slope -= successes[k] / (up * up) + failures[k] / (down * down);
    }
    if (score > 0) low = mean;
    else high = mean;
    const newton = mean - score / slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - mean) <= 1e-15) return next;
    mean = next;
  }
  return mean;
}

/** Inverse of the observed information; of the mean alone when the dispersion is 0. */
function parameterCovariance(
  { successes, failures, trials }: ExceedanceCounts,
  mean: number,
  dispersion: number,
): { readonly mean: number; readonly dispersion: number; readonly crossed: number } {
  let [ofMean, crossed, ofDispersion] = [0, 0, 0];
  for (let k = 0; k < trials.length; k++) {
    const up = successes[k] / (mean + k * dispersion) ** 2;
    const down = failures[k] / (1 - mean + k * dispersion) ** 2;
    ofMean += up + down;
    crossed += k * (up - down);
    ofDispersion += k * k * (up + down - trials[k] / (1 + k * dispersion) ** 2);
  }
  const determinant = ofMean * ofDispersion - crossed * crossed;
  if (dispersion === 0 || !(determinant > 0)) return { mean: 1 / ofMean, dispersion: 0, crossed: 0 };
  return { mean: ofDispersion / determinant, dispersion: ofMean / determinant, crossed: -crossed / determinant };
}
