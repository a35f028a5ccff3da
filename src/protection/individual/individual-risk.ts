import { QuartiersError } from "../../codes/errors.ts";
import type { EquivalenceClasses } from "./equivalence-classes.ts";

/**
 * Risk that a record of a class is re-identified (Benedetti & Franconi 1998): the mean of 1/F given f, F negative binomial, which is
 * p^f/f 2F1(f, f; f+1; 1-p) with p = f / F̂; p/(1-p) ln(1/p) for f = 1. Written as the integral of u^(f-1) / (1 + u(1-p)/p) from 0 to 1, it is summed
 * without loss by the series 2F1(1, 1; f+1; 1-p) p/f, or climbs from f = 1 by I(f) = (1/(f-1) - I(f-1)) p/(1-p) where p < 1/2 and f < 40.
 * @param f records of the class in the file
 * @param population F̂, the sum of their weights: taken as f when smaller, as a sample cannot exceed its population
 * @example
 * ```ts
 * individualRisk(1, 5).toFixed(8) // "0.40235948"
 * ```
 */
export function individualRisk(f: number, population: number): number {
  const p = population > f ? f / population : 1;
  const q = population > f ? (population - f) / population : 0;
  if (q > 0.5 && f < 40) {
    let risk = (-Math.log(p) * p) / q;
    for (let size = 2; size <= f; size++) risk = ((1 / (size - 1) - risk) * p) / q;
    return risk;
  }
  let [term, sum] = [1, 1];
  for (let n = 0; term > sum * 1e-17; n++) {
    term *= (q * (n + 1)) / (f + 1 + n);
    sum += term;
  }
  return (p * sum) / f;
}

/** sdcMicro's approximation of the same risk: the closed forms for f = 1 and 2, p / (f - 1 + p) beyond. */
export function individualRiskSdcMicro(f: number, population: number): number {
  if (f <= 2) return individualRisk(f, population);
  const p = population > f ? f / population : 1;
  return p / (f - 1 + p);
}

/**
 * The risk of each record, from its class and the weights of the survey. Without weights the file is the whole population, and the risk is 1/f.
 * @throws when a weight is absent, negative or null
 */
export function recordRisks(
  { classOf, sizes }: EquivalenceClasses,
  weights: ArrayLike<number> | null = null,
  risk: (f: number, population: number) => number = individualRisk,
): Float64Array {
  const population = new Float64Array(sizes.length);
  for (let row = 0; row < classOf.length; row++) {
    const weight = weights ? weights[row] : 1;
    if (!(weight > 0) || weight === Number.POSITIVE_INFINITY) {
      throw new QuartiersError({
        what: "Un poids de sondage est absent, nul, négatif ou infini",
        expected: "un poids positif à chaque ligne",
        remedy: "écarter les lignes hors de l'échantillon, ou demander leurs poids au producteur",
      });
    }
    population[classOf[row]] += weight;
  }
  const ofClass = Float64Array.from(sizes, (f, own) => risk(f, population[own]));
  return Float64Array.from(classOf, (own) => ofClass[own]);
}

/** Expected number of re-identified records: the sum of risks. */
export function expectedReidentifications(risks: Float64Array): number {
  return risks.reduce((sum, risk) => sum + risk, 0);
}

/**
 * Risk of each record's household, 1 - Π(1 - r): that one member at least is re-identified, and with them the others.
 * @param householdOf the household of each record, from 0
 * @example
 * ```ts
 * householdRisks(Float64Array.of(0.5, 0.5, 0.1), Int32Array.of(0, 0, 1)) // Float64Array(3) [ 0.75, 0.75, 0.1 ]
 * ```
 */
export function householdRisks(risks: Float64Array, householdOf: Int32Array): Float64Array {
  const logSafe = new Float64Array(householdOf.reduce((most, own) => Math.max(most, own + 1), 0));
  const members = new Int32Array(logSafe.length);
  for (let row = 0; row < risks.length; row++) {
    logSafe[householdOf[row]] += Math.log1p(-risks[row]);
    members[householdOf[row]]++;
  }
  return Float64Array.from(householdOf, (own, row) => (members[own] === 1 ? risks[row] : -Math.expm1(logSafe[own])));
}
