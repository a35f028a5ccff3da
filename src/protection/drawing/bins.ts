import type { Json } from "./read-spec.ts";

/** Steps that the eye takes for round: 1, 2 or 5 times a power of ten. */
const roundSteps = [1, 2, 5] as const;

/**
 * The smallest round step (1, 2 or 5 times a power of ten) that is at least this wide.
 * @example
 * ```ts
 * [0.3, 7, 2001].map(roundStep) // [0.5, 10, 5000]
 * ```
 */
export function roundStep(width: number): number {
  if (!(width > 0 && Number.isFinite(width))) return 1;
  const power = Math.floor(Math.log10(width) + 1e-12);
  const found = roundSteps.map((step) => timesPower(step, power)).find((step) => step >= width * (1 - 1e-12));
  return found ?? timesPower(1, power + 1);
}

/** Multiplies by a power of ten without the dust of 0.1. */
const timesPower = (step: number, power: number): number => (power >= 0 ? step * 10 ** power : step / 10 ** -power);

/** The multiple of a step under a value, without the dust of binary fractions. */
export function floorTo(value: number, step: number): number {
  return multiple(Math.floor(value / step + 1e-9), step);
}

/** The multiple of a step over a value. */
export function ceilTo(value: number, step: number): number {
  return multiple(Math.ceil(value / step - 1e-9), step);
}

const multiple = (times: number, step: number): number => Number((times * step).toPrecision(12));

/**
 * The bin that Vega-Lite puts a value in (its `step` and `steps`, else the round step that makes at most `maxbins`), or null for what is no number.
 * Vega's own default for a position is 10 bins.
 */
export function binOf(value: unknown, all: readonly unknown[], bin: Json): number | null {
  if (typeof value !== "number") return null;
  const numbers = all.filter((each): each is number => typeof each === "number" && Number.isFinite(each));
  const least = numbers.reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY);
  const greatest = numbers.reduce((high, each) => Math.max(high, each), Number.NEGATIVE_INFINITY);
  const maxbins = typeof bin.maxbins === "number" ? bin.maxbins : 10;
  const step = typeof bin.step === "number" && bin.step > 0 ? bin.step : roundStep((greatest - least) / maxbins);
  return floorTo(value, step);
}
