import type { Band } from "../solver/program.ts";
import type { System } from "./system.ts";

/** A relation left once what is known was put in its place, with the lines of the system that it comes from. */
export interface Settled extends Band {
  readonly from: ReadonlySet<number>;
}

/** What subtraction alone gives. */
export interface Settlement {
  /** Unknowns of which one value only fits, and the lines that say so. */
  readonly known: ReadonlyMap<number, { readonly value: number; readonly from: ReadonlySet<number> }>;
  readonly rest: readonly Settled[];
  /** Lines that cannot hold together; null when subtraction meets no contradiction. */
  readonly contradiction: ReadonlySet<number> | null;
}

interface Row {
  readonly coefficients: Map<number, number>;
  low: number;
  high: number;
  readonly from: Set<number>;
}

/**
 * Works out by hand what can be: a total minus the parts that it contains, a number that speaks of one atom, a total of zero whose parts are
 * all zero. Exact on whole numbers, and the rest says the same as the lines given: only the parts that are left need a solver.
 * Complexity: a few passes over the coefficients.
 * @param chosen indices of the lines to take
 */
export function settle(system: System, chosen: Iterable<number>): Settlement {
  const rows: Row[] = [];
  for (const index of chosen) {
    const line = system.lines[index];
    if (line)
      rows.push({ coefficients: new Map(line.coefficients), low: line.low, high: line.high, from: new Set([index]) });
  }
  const known = new Map<number, { readonly value: number; readonly from: ReadonlySet<number> }>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const row of rows) {
      substitute(row, known);
      if (impossible(row, system)) return { known, rest: [], contradiction: row.from };
      const found = valuesGiven(row, system);
      for (const unknown of found === null ? [] : row.coefficients.keys()) {
        known.set(unknown, { value: found ?? 0, from: row.from });
        changed = true;
      }
      substitute(row, known);
    }
    if (subtractParts(rows, system)) changed = true;
  }
  return { known, rest: rows.filter(({ coefficients }) => coefficients.size > 0), contradiction: null };
}

function substitute(row: Row, known: Settlement["known"]): void {
  for (const [unknown, coefficient] of row.coefficients) {
    const fact = known.get(unknown);
    if (fact === undefined) continue;
    row.coefficients.delete(unknown);
    row.low = tidy(row.low - coefficient * fact.value);
    row.high = tidy(row.high - coefficient * fact.value);
    if (fact.from !== row.from) for (const line of fact.from) row.from.add(line);
  }
}

/** A row that no values >= 0 satisfy, seen without solving anything. */
function impossible({ coefficients, low, high }: Row, { unknowns }: System): boolean {
  const slack = 1e-6;
  if (low > high + slack) return true;
  if (coefficients.size === 0) return low > slack || high < -slack;
  const [[first, coefficient] = [-1, 0]] = coefficients;
  if (coefficients.size === 1 && low === high && unknowns[first]?.kind === "count") {
    const value = low / coefficient;
    return value < 0 || !Number.isInteger(value);
  }
  return high < -slack && positive(coefficients, unknowns);
}

/** The one value of all the unknowns of a row, or null. */
function valuesGiven({ coefficients, low, high }: Row, { unknowns }: System): number | null {
  if (coefficients.size === 0) return null;
  if (high <= 0 && positive(coefficients, unknowns)) return 0;
  const [[, coefficient] = [-1, 1]] = coefficients;
  return coefficients.size === 1 && low === high ? low / coefficient : null;
}

const positive = (coefficients: ReadonlyMap<number, number>, unknowns: System["unknowns"]): boolean =>
  [...coefficients].every(([at, coefficient]) => coefficient > 0 && unknowns[at]?.signed !== true);

/** Takes from each sum of unknowns the smaller exact sums that it contains: a commune minus its neighbourhoods. */
function subtractParts(rows: readonly Row[], { unknowns }: System): boolean {
  const sums = rows
    .filter(({ coefficients }) => coefficients.size > 0 && [...coefficients.values()].every((value) => value === 1))
    .filter(({ coefficients }) => sameKind(coefficients, unknowns))
    .sort((a, b) => a.coefficients.size - b.coefficients.size || Number(a.low < a.high) - Number(b.low < b.high));
  const parts = new Map<number, Row[]>();
  let changed = false;
  for (const row of sums) {
    for (const unknown of [...row.coefficients.keys()]) {
      for (const part of parts.get(unknown) ?? []) {
        if (![...part.coefficients.keys()].every((at) => row.coefficients.has(at))) continue;
        for (const at of part.coefficients.keys()) row.coefficients.delete(at);
        row.low = tidy(row.low - part.low);
        row.high = tidy(row.high - part.low);
        for (const line of part.from) row.from.add(line);
        changed = true;
      }
    }
    const [first] = row.coefficients.keys();
    if (first === undefined || row.low !== row.high) continue;
    parts.set(first, [...(parts.get(first) ?? []), row]);
  }
  return changed;
}

function sameKind(coefficients: ReadonlyMap<number, number>, unknowns: System["unknowns"]): boolean {
  const [first = -1] = coefficients.keys();
  return [...coefficients.keys()].every((at) => unknowns[at]?.kind === unknowns[first]?.kind);
}

/** Sums of decimals, at the decimal that writes them. */
const tidy = (value: number): number => (Number.isFinite(value) ? Number(value.toFixed(6)) : value);
