import type { Band } from "../solver/program.ts";
import type { PublishedNumber } from "./publication.ts";

/** A band that a number states, or that a reader knows without reading it. */
export interface Relation extends Band {
  readonly known: boolean;
}

/**
 * What one published number says of the unknowns it adds up: `tops` for what is counted or summed, `bases` for the count of the same people.
 * - count and sum: value - rounding <= tops <= value + rounding.
 * - mean and rate with n: the same, times n; and bases = n.
 * - mean and rate without n: tops - (value ± rounding)·bases on either side of 0.
 * - a rate is the share of a part in its whole, atom by atom: top <= base.
 * @param floor least count behind an amount or a rate that the gate let through
 */
export function relationsOf(
  number: PublishedNumber,
  tops: readonly number[],
  bases: readonly number[],
  floor: number,
): readonly Relation[] {
  const { kind, value, n, per = 1, least, greatest } = number;
  const relations: Relation[] = [];
  const add = (coefficients: ReadonlyMap<number, number>, low: number, high: number, known = false): void => {
    relations.push({ coefficients, low: decimal(low), high: decimal(high), known });
  };
  const sum = ones(tops);
  if (kind === "rate") {
    for (const [k, top] of tops.entries()) {
      const base = bases[k] ?? -1;
      if (base !== top)
        add(
          new Map([
            [top, 1],
            [base, -1],
          ]),
          Number.NEGATIVE_INFINITY,
          0,
          true,
        );
    }
  }
  if (n !== undefined) add(ones(bases), n, n);
  if (value === null) {
    if (least === undefined && greatest === undefined) return relations;
    if (kind === "count" || kind === "sum") {
      add(sum, least ?? Number.NEGATIVE_INFINITY, greatest ?? Number.POSITIVE_INFINITY, true);
    }
    return relations;
  }
  // A number with endless decimals is read at its sixth.
  const rounding = Math.max(number.rounding ?? 0, near(value) ? 0 : 5e-7);
  if (kind !== "count" && n === undefined && floor > 0 && value !== 0) {
    add(ones(bases), floor, Number.POSITIVE_INFINITY, true);
  }
  if (kind === "count" || kind === "sum") add(sum, value - rounding, value + rounding);
  else if (n !== undefined) add(sum, ((value - rounding) * n) / per, ((value + rounding) * n) / per);
  else {
    if (rounding === 0) add(ratio(tops, bases, value, per), 0, 0);
    else {
      add(ratio(tops, bases, value + rounding, per), Number.NEGATIVE_INFINITY, 0);
      add(ratio(tops, bases, value - rounding, per), 0, Number.POSITIVE_INFINITY);
    }
  }
  return relations;
}

const ones = (unknowns: readonly number[]): ReadonlyMap<number, number> => new Map(unknowns.map((at) => [at, 1]));

/** per·tops - value·bases, in whole numbers. */
function ratio(
  tops: readonly number[],
  bases: readonly number[],
  value: number,
  per: number,
): ReadonlyMap<number, number> {
  let scale = 1;
  while (scale < 1e6 && Math.abs(value * scale - Math.round(value * scale)) > 1e-9) scale *= 10;
  const [top, base] = lowestTerms(Math.round(per * scale), Math.round(value * scale));
  const rows = new Map(tops.map((at) => [at, top]));
  for (const at of bases) rows.set(at, (rows.get(at) ?? 0) - base);
  return new Map([...rows].filter(([, coefficient]) => coefficient !== 0));
}

function lowestTerms(a: number, b: number): readonly [number, number] {
  let [large, small] = [Math.abs(a), Math.abs(b)];
  while (small > 0) [large, small] = [small, large % small];
  return [a / large, b / large];
}

/** Written with at most six decimals, but for the last bit of a sum. */
const near = (value: number): boolean => Math.abs(value - decimal(value)) < 1e-12 * Math.max(1, Math.abs(value));

/** A bound at the decimal that writes it: 20.5 + 0.05 is 20.55. */
const decimal = (value: number): number => (Number.isFinite(value) ? Number(value.toFixed(6)) : value);
