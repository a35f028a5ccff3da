import { type Column, reasonAt } from "../codes/table.ts";
import { determinedUnknowns } from "./rank.ts";
import { type Cell, cellKey, type Relation } from "./relations.ts";
import { simplex } from "./simplex.ts";

/** How the attack on a hidden cell may end. Each word but "safe" is a reason to refuse. */
export type Verdict =
  /** The gate's promise holds, with whole numbers that satisfy every published relation as witnesses. */
  | "safe"
  /** The relations alone give the value (the cell is in the row space of the system). */
  | "recovered"
  /** One value only, once it is known that no cell is negative and that zeros are published. */
  | "single value"
  /** Every possible value is under the threshold. */
  | "known small"
  /** A value of zero is excluded, though the cell counts too few units. */
  | "bounded away from zero"
  /** No witness was found in whole numbers: taken as unsafe. */
  | "not proven";

/** What is promised of a hidden cell: see `release`. */
export interface Guarantee {
  /** "count": the interval must reach the threshold, and zero. "inherited": hidden by the producer. "other": only not recovered. "free": absent (nd, ns), not secret. */
  readonly kind: "count" | "inherited" | "other" | "free";
  /** Least value that a reader knows possible: 1 where every zero is published, 0 elsewhere. */
  readonly least: number;
  /** Value that the upper end must reach. */
  readonly reach: number;
}

export interface Finding {
  readonly cell: Cell;
  readonly verdict: Verdict;
}

/** Hidden cells tied by relations, with what the reader knows of them: coefficients·x = residual, x >= least. */
interface Component {
  readonly cells: readonly Cell[];
  readonly rows: readonly { readonly coefficients: ReadonlyMap<number, number>; readonly residual: number }[];
}

/**
 * Attacks a table as a reader would: from its visible cells and its declared relations, knowing nothing else.
 * Independent of the suppressor: it reads what is about to be published and never the values that were hidden.
 * Returns one finding for each hidden cell that takes part in a relation, or null when the visible cells contradict the relations.
 */
export function attack(
  columns: Readonly<Record<string, Column>>,
  relations: readonly Relation[],
  promiseOf: (cell: Cell) => Guarantee,
): readonly Finding[] | null {
  const components = componentsOf(columns, relations);
  if (components === null) return null;
  const findings: Finding[] = [];
  for (const component of components) {
    const verdicts = attackComponent(component, component.cells.map(promiseOf));
    if (verdicts === null) return null;
    component.cells.forEach((cell, i) => {
      findings.push({ cell, verdict: verdicts[i] ?? "not proven" });
    });
  }
  return findings;
}

function componentsOf(
  columns: Readonly<Record<string, Column>>,
  relations: readonly Relation[],
): readonly Component[] | null {
  const parent = new Map<string, string>();
  const cells = new Map<string, Cell>();
  const root = (key: string): string => {
    let at = key;
    while (parent.get(at) !== at) {
      const up = parent.get(at) ?? at;
      parent.set(at, parent.get(up) ?? up);
      at = up;
    }
    return at;
  };
  const lines: { coefficients: Map<string, number>; residual: number }[] = [];
  for (const { total, parts } of relations) {
    const coefficients = new Map<string, number>();
    let residual = 0;
    let magnitude = 0;
    for (const [cell, sign] of [[total, 1] as const, ...parts.map((part) => [part, -1] as const)]) {
      const column = columns[cell.column];
      if (column?.type !== "number") return null;
      if (reasonAt(column, cell.row) === null) {
        residual -= sign * column.values[cell.row];
        magnitude += Math.abs(column.values[cell.row]);
      } else {
        const key = cellKey(cell);
        coefficients.set(key, (coefficients.get(key) ?? 0) + sign);
        if (!parent.has(key)) parent.set(key, key);
        cells.set(key, cell);
      }
    }
    if (coefficients.size === 0) {
      if (Math.abs(residual) > 1e-9 * Math.max(1, magnitude)) return null;
      continue;
    }
    const [first = "", ...others] = coefficients.keys();
    for (const other of others) parent.set(root(other), root(first));
    lines.push({ coefficients, residual });
  }
  const groups = new Map<string, { cells: Cell[]; index: Map<string, number>; rows: Component["rows"][number][] }>();
  for (const [key, cell] of cells) {
    const at = root(key);
    const group = groups.get(at) ?? { cells: [], index: new Map<string, number>(), rows: [] };
    group.index.set(key, group.cells.length);
    group.cells.push(cell);
    groups.set(at, group);
  }
  for (const { coefficients, residual } of lines) {
    const [first = ""] = coefficients.keys();
    const group = groups.get(root(first));
    group?.rows.push({
      residual,
      coefficients: new Map([...coefficients].map(([key, sign]) => [group.index.get(key) ?? -1, sign])),
    });
  }
  return [...groups.values()];
}

/** The verdict on each cell, or null when no value at all fits the published cells. */
function attackComponent({ cells, rows }: Component, promises: readonly Guarantee[]): readonly Verdict[] | null {
  const count = cells.length;
  const determined = determinedUnknowns(
    rows.map(({ coefficients }) => coefficients),
    count,
  );
  const verdicts: (Verdict | null)[] = determined.map((known, i) =>
    known && promises[i]?.kind !== "free" ? "recovered" : null,
  );
  const knowing = boundedSystem(
    rows,
    promises.map(({ least }) => least),
  );
  if (knowing === null) return null;
  const seeingNothing = boundedSystem(
    rows,
    promises.map(() => 0),
  );
  if (seeingNothing === null) return null;
  promises.forEach(({ kind, least, reach }, i) => {
    if (kind === "free") verdicts[i] = "safe";
    if (verdicts[i] !== null) return;
    if (kind === "count" && seeingNothing.lowest(i, 0) > 0) verdicts[i] = "bounded away from zero";
    // A primary cell is under the threshold, so a witness at the threshold is already a second value.
    const low = kind === "count" ? Number.NEGATIVE_INFINITY : knowing.lowest(i, least);
    const high = knowing.highest(i, Math.max(reach, low + 1));
    if (kind !== "other" && high < reach) verdicts[i] ??= "known small";
    if (high < low + 1) verdicts[i] ??= "single value";
  });
  return verdicts.map((verdict) => verdict ?? "safe");
}

/** Ends of the possible values, as far as whole-number witnesses prove them: a witness found for one cell serves all. */
interface Bounded {
  /** Greatest value witnessed; the search stops once `enough` is reached. */
  highest(unknown: number, enough: number): number;
  /** Least value witnessed; the search stops once `enough` is reached. */
  lowest(unknown: number, enough: number): number;
}

function boundedSystem(rows: Component["rows"], least: readonly number[]): Bounded | null {
  const count = least.length;
  const shifted = rows.map(({ coefficients, residual }) => {
    let right = residual;
    for (const [unknown, sign] of coefficients) right -= sign * (least[unknown] ?? 0);
    return { coefficients, right };
  });
  const seenHigh = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const seenLow = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const whole = shifted.every(({ right }) => Number.isInteger(right));
  const witness = (point: Float64Array): void => {
    const values = whole ? point.map((value) => Math.round(value)) : point;
    if (!satisfies(shifted, values, whole)) return;
    for (let i = 0; i < count; i++) {
      const value = values[i] + (least[i] ?? 0);
      if (value > seenHigh[i]) seenHigh[i] = value;
      if (value < seenLow[i]) seenLow[i] = value;
    }
  };
  const solver = simplex(shifted, count, witness);
  if (solver === null) return null;
  return {
    highest: (unknown, enough) => {
      if (seenHigh[unknown] < enough) solver.push(unknown, 1, () => seenHigh[unknown] >= enough, enough);
      return seenHigh[unknown];
    },
    lowest: (unknown, enough) => {
      if (seenLow[unknown] > enough) solver.push(unknown, -1, () => seenLow[unknown] <= enough, enough);
      return seenLow[unknown];
    },
  };
}

function satisfies(
  rows: readonly { readonly coefficients: ReadonlyMap<number, number>; readonly right: number }[],
  values: Float64Array,
  whole: boolean,
): boolean {
  if (values.some((value) => value < (whole ? 0 : -1e-7))) return false;
  return rows.every(({ coefficients, right }) => {
    let left = 0;
    let magnitude = Math.abs(right);
    for (const [unknown, sign] of coefficients) {
      left += sign * values[unknown];
      magnitude += Math.abs(values[unknown]);
    }
    return whole ? left === right : Math.abs(left - right) <= 1e-7 * Math.max(1, magnitude);
  });
}
