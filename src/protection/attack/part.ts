import { reasonAt } from "../../codes/table.ts";
import { type Cell, cellKey } from "../relations.ts";
import type { Band } from "../solver/program.ts";
import type { Published, PublishedLine } from "./published.ts";

/** A number that the reader does not have exactly. */
export interface Unknown {
  readonly cell: Cell;
  /** A rounded number is seen, within its rounding. */
  readonly hidden: boolean;
  readonly whole: boolean;
  /** Bounds that its rounding gives, or 0 and infinity. */
  readonly least: number;
  readonly greatest: number;
  /** Bounds known from elsewhere. */
  readonly outside: { readonly least: number; readonly greatest: number };
}

/** A published line over unknowns: its visible cells are moved into the ends. */
export interface UnknownLine extends Band {
  readonly published: PublishedLine;
}

/** Unknowns tied by lines: what is published elsewhere says nothing of them. */
export interface Part {
  readonly unknowns: readonly Unknown[];
  readonly lines: readonly UnknownLine[];
}

/** The connected parts that hold a hidden cell, and the lines whose visible cells alone contradict them. */
export function partsOf(published: Published): {
  readonly parts: readonly Part[];
  readonly broken: readonly PublishedLine[];
} {
  const unknowns: Unknown[] = [];
  const index = new Map<string, number>();
  const parent: number[] = [];
  const root = (of: number): number => {
    let at = of;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  const indexOf = (cell: Cell): number => {
    const key = cellKey(cell);
    const at = index.get(key) ?? unknowns.length;
    if (at === unknowns.length) {
      unknowns.push(unknownOf(published, cell));
      parent.push(at);
      index.set(key, at);
    }
    return at;
  };
  const lines: UnknownLine[] = [];
  const broken: PublishedLine[] = [];
  for (const line of published.lines) {
    const coefficients = new Map<number, number>();
    let known = 0;
    let magnitude = 1;
    for (const { cell, coefficient } of line.terms) {
      const value = exactly(published, cell);
      if (value === null) {
        const at = indexOf(cell);
        coefficients.set(at, (coefficients.get(at) ?? 0) + coefficient);
      } else {
        known += coefficient * value;
        magnitude += Math.abs(coefficient * value);
      }
    }
    const [first, ...others] = coefficients.keys();
    if (first === undefined) {
      const slack = 1e-9 * magnitude;
      if (known < line.low - slack || known > line.high + slack) broken.push(line);
      continue;
    }
    for (const other of others) parent[root(other)] = root(first);
    lines.push({ coefficients, low: line.low - known, high: line.high - known, published: line });
  }
  return { parts: grouped(unknowns, lines, root), broken };
}

/** The number when it is published exactly, or null. */
function exactly({ columns, rounding }: Published, { column, row }: Cell): number | null {
  const found = columns[column];
  if (found?.type !== "number" || reasonAt(found, row) !== null) return null;
  return (rounding?.[column] ?? 0) > 0 ? null : found.values[row];
}

function unknownOf({ columns, rounding, whole, outside = [] }: Published, cell: Cell): Unknown {
  const found = columns[cell.column];
  const hidden = found?.type !== "number" || reasonAt(found, cell.row) !== null;
  const value = found?.type === "number" ? found.values[cell.row] : Number.NaN;
  const half = rounding?.[cell.column] ?? 0;
  const known = outside.filter(({ column }) => column === cell.column);
  return {
    cell,
    hidden,
    whole: whole.includes(cell.column),
    least: hidden ? 0 : Math.max(0, value - half),
    greatest: hidden ? Number.POSITIVE_INFINITY : value + half,
    outside: {
      least: Math.max(0, ...known.map(({ least }) => least ?? 0)),
      greatest: Math.min(...known.map(({ greatest }) => greatest ?? Number.POSITIVE_INFINITY)),
    },
  };
}

function grouped(
  unknowns: readonly Unknown[],
  lines: readonly UnknownLine[],
  root: (of: number) => number,
): readonly Part[] {
  const groups = new Map<number, { readonly unknowns: Unknown[]; readonly lines: UnknownLine[] }>();
  const local = unknowns.map((unknown, at) => {
    const group = groups.get(root(at)) ?? { unknowns: [], lines: [] };
    groups.set(root(at), group);
    return group.unknowns.push(unknown) - 1;
  });
  for (const line of lines) {
    const [first = 0] = line.coefficients.keys();
    const coefficients = new Map([...line.coefficients].map(([at, value]) => [local[at] ?? 0, value] as const));
    groups.get(root(first))?.lines.push({ ...line, coefficients });
  }
  return [...groups.values()].filter((group) => group.unknowns.some(({ hidden }) => hidden));
}
