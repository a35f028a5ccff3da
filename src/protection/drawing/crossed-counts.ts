import type { DrawingContext, DrawnDimension } from "./drawing-context.ts";
import { numberIn } from "./drawn-rows.ts";
import type { DrawnRow } from "./read-spec.ts";

/** Words that name the row of all classes, when no dimension is declared. */
const totalWords = /^(total|ensemble|tous|toutes|tout)$/i;

/** Crossings beyond which a drawing is not a drawing any more; they are not attacked. */
const mostCells = 4000;

/** Columns that class the units: those declared, or every class and zone, with the word of its total when a row bears one. */
export function dimensionsOf(
  rows: readonly DrawnRow[],
  { dimensions, columns }: DrawingContext,
): readonly DrawnDimension[] {
  if (dimensions) return dimensions;
  return Object.keys(columns)
    .filter((name) => columns[name] === "category" || columns[name] === "zone")
    .map((column) => {
      const total = rows.map((row) => row[column]).find((value) => typeof value === "string" && totalWords.test(value));
      return typeof total === "string" ? { column, total } : { column };
    });
}

/** Counts on a grid of classes; the class "" is all of them, and `rest` what no drawn class says. */
export interface CrossedCounts {
  /** null for a hidden cell, absent for one that no view shows. */
  readonly cells: ReadonlyMap<string, number | null>;
  readonly classes: readonly (readonly string[])[];
  readonly dimensions: number;
  readonly datasets: number;
}

/** The label of all the classes of a dimension. */
export const all = "";
/** The class of what is left of a total once its drawn parts are taken off. */
export const rest = "\u0000reste";
/** One text for one cell. */
export const keyOf = (labels: readonly string[]): string => JSON.stringify(labels);

/** The crossed table that all the datasets make together; null when no row has a class, or when there are too many crossings. */
export function crossedCounts(
  datasets: readonly (readonly DrawnRow[])[],
  count: string,
  dimensions: readonly DrawnDimension[],
): CrossedCounts | null {
  const cells = new Map<string, number | null>();
  const classes = dimensions.map(() => new Set<string>());
  let used = 0;
  for (const rows of datasets) {
    const before = cells.size;
    for (const row of rows) {
      if (!(count in row)) continue;
      const labels = dimensions.map(({ column, total }) => {
        const value = row[column];
        return value === undefined || value === null || value === total ? all : String(value);
      });
      labels.forEach((label, i) => {
        if (label !== all) classes[i]?.add(label);
      });
      const key = keyOf(labels);
      if (cells.get(key) === undefined) cells.set(key, numberIn(row, count));
    }
    if (cells.size > before) used++;
  }
  const kept = classes.filter(({ size }) => size > 0);
  if (kept.length === 0 || kept.length < classes.length) {
    if (kept.length === 0) return null;
    const alive = dimensions.filter((_, i) => (classes[i]?.size ?? 0) > 0);
    return crossedCounts(datasets, count, alive);
  }
  if (kept.reduce((size, { size: more }) => size * (more + 2), 1) > mostCells) return null;
  const table = { cells, classes: classes.map((set) => [...set]), dimensions: dimensions.length, datasets: used };
  return { ...table, classes: table.classes.map((list, i) => (leavesRest(table, i) ? [...list, rest] : list)) };
}

/** Lines of the grid along one dimension: the labels of the other dimensions, all included. */
export function linesAlong({ classes }: CrossedCounts, along: number): readonly (readonly string[])[] {
  return classes.reduce<readonly (readonly string[])[]>(
    (lines, labels, i) =>
      lines.flatMap((line) => (i === along ? [[...line, all]] : [all, ...labels].map((label) => [...line, label]))),
    [[]],
  );
}

/** A line with one label of one dimension. */
export const at = (line: readonly string[], along: number, label: string): readonly string[] =>
  line.map((other, i) => (i === along ? label : other));

/** Whether some total is more than all its drawn parts together: a class was left out. */
function leavesRest(table: CrossedCounts, along: number): boolean {
  return linesAlong(table, along).some((line) => {
    const total = table.cells.get(keyOf(line));
    const parts = (table.classes[along] ?? []).map((label) => table.cells.get(keyOf(at(line, along, label))));
    if (typeof total !== "number" || parts.some((part) => typeof part !== "number")) return false;
    return total > parts.reduce((sum: number, part) => sum + (part ?? 0), 0);
  });
}
