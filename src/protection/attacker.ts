import { type Column, reasonAt } from "../codes/table.ts";
import { type Ends, type Guarantee, judge, type Verdict } from "./attack/guarantee.ts";
import { determinedUnknowns } from "./rank.ts";
import { type Cell, cellKey, type Relation } from "./relations.ts";
import { type Equation, simplex } from "./simplex.ts";

export type { Guarantee, Verdict } from "./attack/guarantee.ts";

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
  const determined = determinedUnknowns(
    rows.map(({ coefficients }) => coefficients),
    cells.length,
  );
  const outside = promises.map(({ outside = {} }) => ({ least: 0, greatest: Number.POSITIVE_INFINITY, ...outside }));
  const knowing = boundedSystem(
    rows,
    outside.map(({ least, greatest }, i) => ({ least: Math.max(least, promises[i]?.least ?? 0), greatest })),
  );
  if (knowing === null) return null;
  const ignorant = boundedSystem(rows, outside);
  if (ignorant === null) return null;
  return promises.map((promise, i) => {
    const verdict = judge(i, promise, knowing, ignorant);
    return determined[i] && promise.kind !== "free" ? "recovered" : verdict;
  });
}

interface Bounds {
  readonly least: number;
  readonly greatest: number;
}

/** Ends proven by points of the simplex method, checked by substitution: a witness found for one cell serves all. */
function boundedSystem(rows: Component["rows"], bounds: readonly Bounds[]): Ends | null {
  const count = bounds.length;
  let unknowns = count;
  // The method works on what each cell has above its least value; a ceiling is an equation with the room left under it.
  const shifted: Equation[] = rows.map(({ coefficients, residual }) => {
    let right = residual;
    for (const [unknown, sign] of coefficients) right -= sign * (bounds[unknown]?.least ?? 0);
    return { coefficients, right };
  });
  bounds.forEach(({ least, greatest }, unknown) => {
    if (greatest === Number.POSITIVE_INFINITY) return;
    shifted.push({
      coefficients: new Map([
        [unknown, 1],
        [unknowns++, 1],
      ]),
      right: greatest - least,
    });
  });
  const seenHigh = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const seenLow = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const whole = shifted.every(({ right }) => Number.isInteger(right));
  const witness = (point: Float64Array): void => {
    const values = whole ? point.map((value) => Math.round(value)) : point;
    if (!satisfies(shifted, values, whole)) return;
    for (let i = 0; i < count; i++) {
      const value = values[i] + (bounds[i]?.least ?? 0);
      if (value > seenHigh[i]) seenHigh[i] = value;
      if (value < seenLow[i]) seenLow[i] = value;
    }
  };
  const solver = simplex(shifted, unknowns, witness);
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
