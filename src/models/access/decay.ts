import { QuartiersError } from "../../codes/errors.ts";
import { asDistinct, type CostColumn } from "./distinct-costs.ts";

/**
 * How much an opportunity counts at a cost: a weight of at least 0, in the unit of the cost (minutes, kilometres). The names and conventions are those
 * of R accessibility 1.4; where PySAL access 1.1 differs, an option bears its name.
 */
export interface Decay {
  /** Name and parameters, for tables: « exponential 0.2 ». */
  readonly label: string;
  readonly weight: (cost: number) => number;
}

/** 1 up to the cut-off, included; 0 beyond. */
export function binaryDecay(cutoff: number): Decay {
  atLeastZero("binary", "cutoff", cutoff);
  return { label: `binary ${cutoff}`, weight: (cost) => (cost <= cutoff ? 1 : 0) };
}

/**
 * exp(-rate × cost) (Wilson 1971).
 * @example
 * ```ts
 * exponentialDecay(0.1).weight(10).toFixed(6) // "0.367879"
 * ```
 */
export function exponentialDecay(rate: number): Decay {
  atLeastZero("exponential", "rate", rate);
  return { label: `exponential ${rate}`, weight: (cost) => Math.exp(-rate * cost) };
}

/** cost^-exponent, at most 1: every cost below 1 weighs 1. */
export function powerDecay(exponent: number): Decay {
  atLeastZero("power", "exponent", exponent);
  return { label: `power ${exponent}`, weight: (cost) => Math.min(1, cost ** -exponent) };
}

/**
 * PySAL's `weights.gravity`: (max(cost, minimum) / scale)^exponent, exponent negative for a decay, not capped. Refuses a minimum of 0 with a negative
 * exponent, which gives an infinite weight to a cost of 0.
 */
export function pysalGravityDecay(scale: number, exponent: number, minimum: number): Decay {
  aboveZero("gravity", "scale", scale);
  if (exponent < 0) aboveZero("gravity", "minimum", minimum);
  return {
    label: `gravity ${scale};${exponent};${minimum}`,
    weight: (cost) => (Math.max(cost, minimum) / scale) ** exponent,
  };
}

/** Straight down from 1 at no cost to 0 at the cut-off. */
export function linearDecay(cutoff: number): Decay {
  aboveZero("linear", "cutoff", cutoff);
  return { label: `linear ${cutoff}`, weight: (cost) => Math.max(0, 1 - cost / cutoff) };
}

/**
 * Downward logistic (Bauer and Groneberg 2016), normalised so that the weight of no cost is 1: at the cut-off it is a little above one half.
 * `standardDeviation` in the unit of the cost.
 */
export function logisticDecay(cutoff: number, standardDeviation: number): Decay {
  aboveZero("logistic", "cutoff", cutoff);
  aboveZero("logistic", "standardDeviation", standardDeviation);
  const steepness = Math.PI / (standardDeviation * Math.sqrt(3));
  const atNoCost = 1 + Math.exp(-cutoff * steepness);
  return {
    label: `logistic ${cutoff};${standardDeviation}`,
    weight: (cost) => atNoCost / (1 + Math.exp((cost - cutoff) * steepness)),
  };
}

/** exp(-cost² / 2 width²), not normalised by its area: 1 at no cost (PySAL's `gaussian`). */
export function gaussianDecay(width: number): Decay {
  aboveZero("gaussian", "width", width);
  return { label: `gaussian ${width}`, weight: (cost) => Math.exp((-cost * cost) / (2 * width * width)) };
}

/**
 * Falls by steps. By default 1 before the first step, then `weights[k]` FROM `steps[k]` on, for ever (R). `bound: "upTo"` is PySAL's `step_fn`:
 * `weights[k]` UP TO `steps[k]` included, 0 beyond the last. The two differ exactly at the steps, which whole minutes often hit.
 * @example
 * ```ts
 * const weights = [0.68, 0.22, 0];
 * [steppedDecay([10, 20, 30], weights).weight(10), steppedDecay([10, 20, 30], [1, 0.68, 0.22], { bound: "upTo" }).weight(10)] // [ 0.68, 1 ]
 * ```
 */
export function steppedDecay(
  steps: readonly number[],
  weights: readonly number[],
  options: { readonly bound?: "from" | "upTo" } = {},
): Decay {
  const { bound = "from" } = options;
  if (
    steps.length === 0 ||
    steps.length !== weights.length ||
    steps.some((step, k) => !(step > (steps[k - 1] ?? -1e-300)))
  )
    throw new QuartiersError({
      what: "Marches impossibles",
      value: `${steps.join(", ")} et ${weights.join(", ")}`,
      expected: "des marches croissantes et autant de poids",
    });
  for (const weight of weights) atLeastZero("stepped", "weights", weight);
  const last = steps.length - 1;
  const label = `stepped s(${steps.join(",")});w(${weights.join(",")})`;
  if (bound === "upTo")
    return { label: `${label};upTo`, weight: (cost) => weights[steps.findIndex((step) => cost <= step)] ?? 0 };
  return {
    label,
    weight: (cost) => {
      let k = last;
      while (k >= 0 && !(cost >= (steps[k] ?? 0))) k--;
      return k < 0 ? 1 : (weights[k] ?? 0);
    },
  };
}

/** A decay of one's own. Its weights must be finite and at least 0. */
export const customDecay = (label: string, weight: (cost: number) => number): Decay => ({ label, weight });

/**
 * The weight of every pair, computed once a distinct cost. A cost of Infinity weighs 0 whatever the decay. Refuses a weight that is negative or not
 * finite. O(pairs).
 * @example
 * ```ts
 * decayWeights(Float64Array.of(10, 40, Infinity), linearDecay(20)) // Float64Array(3) [ 0.5, 0, 0 ]
 * ```
 */
export function decayWeights(cost: CostColumn, decay: Decay): Float64Array {
  const { values, codes } = asDistinct(cost);
  const table = values.map((value) => (value === Number.POSITIVE_INFINITY ? 0 : decay.weight(value)));
  for (let code = 0; code < table.length; code++)
    if (!(table[code] >= 0 && table[code] < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: `Poids impossible pour un coût de ${values[code]} (${decay.label})`,
        value: String(table[code]),
        expected: "un nombre fini, positif ou nul",
      });
  const weights = new Float64Array(codes.length);
  for (let pair = 0; pair < codes.length; pair++) weights[pair] = table[codes[pair]];
  return weights;
}

/** One column of weights a decay, by label: a vector of parameters gives `[0.2, 0.5].map((rate) => exponentialDecay(rate))`. */
export function decayWeightColumns(cost: CostColumn, decays: readonly Decay[]): Record<string, Float64Array> {
  const coded = asDistinct(cost);
  return Object.fromEntries(decays.map((decay) => [decay.label, decayWeights(coded, decay)]));
}

function atLeastZero(decay: string, parameter: string, value: number): void {
  if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
    refuse(decay, parameter, value, "un nombre fini, positif ou nul");
}

function aboveZero(decay: string, parameter: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) refuse(decay, parameter, value, "un nombre fini, positif");
}

function refuse(decay: string, parameter: string, value: number, expected: string): never {
  throw new QuartiersError({ what: `Paramètre ${parameter} impossible (${decay})`, value: String(value), expected });
}
