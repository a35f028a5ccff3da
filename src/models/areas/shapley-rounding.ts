import { QuartiersError } from "../../codes/errors.ts";
import { compensatedSum } from "./shapley-sum.ts";

/** Parts as they are published: whole numbers of steps, so that adding up is exact. */
export interface RoundedParts {
  /** One part each, in steps. `fromUnits` and these add up to `toUnits`. */
  readonly units: Int32Array;
  readonly fromUnits: number;
  readonly toUnits: number;
  /** The same in the unit of the parts: units x step. */
  readonly values: Float64Array;
  readonly from: number;
  readonly to: number;
}

/** Bases nearer than this, relative to their size, are one base: what differs is the rounding of binary numbers. */
const sameBaseTolerance = 1e-9;

/**
 * The base that all areas share, to be rounded once: 17.05 computed area by area would print 17.1 here and 17.0 there. Missing bases are left out; null where two
 * differ by more than 1e-9, or where none is known. Of nearly equal ones the largest, so that a half stays a half. O(n).
 * @example
 * ```ts
 * [commonBase([17.05, 17.05 - 1e-14, NaN]), commonBase([17.05, 18])] // [ 17.05, null ]
 * ```
 */
export function commonBase(bases: Iterable<number>): number | null {
  let [least, most] = [Infinity, -Infinity];
  for (const base of bases) {
    if (!Number.isFinite(base)) continue;
    least = Math.min(least, base);
    most = Math.max(most, base);
  }
  return most - least <= sameBaseTolerance * Math.max(1, Math.abs(most)) ? most : null;
}

/**
 * Rounds parts to a step so that what is printed adds up: start + parts = end, where start and end are rounded each for itself, as they are printed
 * elsewhere; `to` is the end where it is known otherwise than by the sum. Parts are rounded down, and the steps that are missing go to the largest remainders (Hare-Hamilton), ties to the first. No part moves by more
 * than a step. A missing part or start or end makes the whole missing: null.
 *
 * @throws QuartiersError when the step is not positive
 * @example
 * ```ts
 * roundedParts(Float64Array.of(1.4, 1.4, 1.4), { step: 1 }).units // Int32Array(3) [ 2, 1, 1 ]
 * ```
 */
export function roundedParts(
  parts: Float64Array,
  { step, from = 0, to }: { readonly step: number; readonly from?: number; readonly to?: number },
): RoundedParts | null {
  if (!(step > 0 && Number.isFinite(step)))
    throw new QuartiersError({
      what: "Pas d'arrondi impossible",
      value: String(step),
      expected: "un nombre positif, comme 10",
    });
  const sum = compensatedSum([from, ...parts]);
  const end = to ?? sum;
  if (!Number.isFinite(sum) || !Number.isFinite(end)) return null;
  const fromUnits = Math.round(from / step) + 0; // never -0
  const toUnits = Math.round(end / step) + 0;
  const units = Int32Array.from(parts, (part) => Math.floor(part / step));
  const remainders = parts.map((part, i) => part / step - units[i]);
  const order = [...units.keys()].sort((a, b) => remainders[b] - remainders[a] || a - b);
  let missing = toUnits - fromUnits - units.reduce((sum, unit) => sum + unit, 0);
  for (let i = 0; missing > 0; missing--, i++) units[order[i % order.length]]++;
  for (let i = order.length - 1; missing < 0; missing++, i--) units[order[(i + order.length) % order.length]]--;
  // A tenth is written 3 / 10, not 3 x 0.1, which prints 0.30000000000000004.
  const perUnit = Math.round(1 / step);
  const inverse = step < 1 && Math.abs(perUnit * step - 1) < 1e-12;
  const value = (unit: number): number => (inverse ? unit / perUnit : unit * step);
  return {
    units,
    fromUnits,
    toUnits,
    values: Float64Array.from(units, value),
    from: value(fromUnits),
    to: value(toUnits),
  };
}
