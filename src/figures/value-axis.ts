import { frenchNumber } from "../codes/french.ts";
import { numbers } from "../codes/table.ts";
import type { Released } from "../protection/released.ts";

/** How the numbers of a column are written on a figure. A column in "part" (0 to 1) is written in percents, as the book's tables write it. */
export interface ValueWriter {
  /** With its unit: "4,2 km". */
  readonly write: (value: number) => string;
  /** Without: "4,2", for a label beside an axis that names the unit. */
  readonly bare: (value: number) => string;
  /** Format of the axis, in d3's words. */
  readonly format: string;
}

/** Whole numbers stay whole, others take one decimal unless told. */
export function valueWriter(data: Released, name: string, decimals?: number): ValueWriter {
  const { values, unit } = numbers(data, name);
  const share = unit === "part";
  const finite = values.filter(Number.isFinite);
  const whole = finite.every((value) => Number.isInteger(value));
  const places = decimals ?? (share ? 1 : whole ? 0 : 1);
  const scale = share ? 100 : 1;
  const shownUnit = share ? "%" : unit;
  return {
    write: (value) => frenchNumber(value * scale, { decimals: places, ...(shownUnit ? { unit: shownUnit } : {}) }),
    bare: (value) => frenchNumber(value * scale, { decimals: places, ...(share ? { unit: "%" } : {}) }),
    format: share ? "~%" : ",~f",
  };
}

/** The two ends of an axis and its ticks: round numbers that enclose the values. Round, so that the axis does not give the extremes away. */
export interface AxisDomain {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
  /** False when there is nothing to measure: an axis without numbers is drawn. */
  readonly measured: boolean;
  /** 0 at `low`, 1 at `high`. */
  readonly fraction: (value: number) => number;
  /** Scale properties for Vega-Lite. */
  readonly scale: Readonly<Record<string, unknown>>;
}

/**
 * A linear axis on steps of 1, 2 or 5.
 * @example
 * ```ts
 * linearDomain([3, 41.2], { zero: true }).ticks // [0, 10, 20, 30, 40, 50]
 * ```
 */
export function linearDomain(
  values: readonly number[],
  { zero = false, count = 5 }: { readonly zero?: boolean; readonly count?: number } = {},
): AxisDomain {
  const finite = values.filter(Number.isFinite);
  const least = Math.min(...finite, ...(zero || finite.length === 0 ? [0] : []));
  const most = Math.max(...finite, ...(zero || finite.length === 0 ? [0] : []));
  const size = Math.max(Math.abs(least), Math.abs(most));
  const range = Math.max(most - least || size || 1, size * 1e-9, 1e-12);
  const step = roundStep(range / count);
  const low = most === least && !zero ? Math.floor(least / step) - 1 : Math.floor(least / step + 1e-9);
  let high = Math.ceil(most / step - 1e-9);
  if (high <= low) high = low + 1;
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => tidy((low + i) * step));
  const [first, last] = [tidy(low * step), tidy(high * step)];
  return {
    low: first,
    high: last,
    ticks,
    measured: finite.length > 0,
    fraction: (value) => (value - first) / (last - first),
    scale: { type: "linear", domain: [first, last], nice: false, zero: false },
  };
}

/** An axis that is not drawn, from the smallest value to the largest, for charts that print the values at both ends. */
export function tightDomain(values: readonly number[]): AxisDomain {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return low < high
    ? {
        low,
        high,
        ticks: [],
        measured: true,
        fraction: (value) => (value - low) / (high - low),
        scale: { type: "linear", domain: [low, high], nice: false, zero: false },
      }
    : linearDomain(values);
}

/**
 * An axis on powers of ten that can hold zero: linear below the smallest power of ten met, logarithmic above (Webber 2013, "symlog").
 * @example
 * ```ts
 * logDomain([0, 3, 870]).ticks // [0, 1, 10, 100, 1000]
 * ```
 */
export function logDomain(values: readonly number[]): AxisDomain {
  const positive = values.filter((value) => Number.isFinite(value) && value > 0);
  const smallest = Math.floor(Math.log10(Math.min(...positive, ...(positive.length === 0 ? [1] : []))) + 1e-9);
  const largest = Math.max(smallest + 1, Math.ceil(Math.log10(Math.max(...positive, 1e-300)) - 1e-9));
  const constant = tidy(10 ** smallest);
  const ticks = [0, ...Array.from({ length: largest - smallest + 1 }, (_, i) => tidy(10 ** (smallest + i)))];
  const high = ticks.at(-1) ?? 1;
  return {
    low: 0,
    high,
    ticks,
    measured: values.some(Number.isFinite),
    fraction: (value) => Math.log1p(value / constant) / Math.log1p(high / constant),
    scale: { type: "symlog", constant, domain: [0, high], nice: false },
  };
}

/** Without the dust of sums of decimals: 0.1 + 0.2 is 0.3. */
export const tidy = (value: number): number => Number(value.toPrecision(12));

/** The step of 1, 2 or 5 times a power of ten that is not under a number. */
export function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  return tidy(power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10));
}
