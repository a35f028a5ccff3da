import { at, type CrossedCounts, keyOf, linesAlong } from "./crossed-counts.ts";

/** A total and its parts, by keys of cells. */
export interface CrossedLine {
  readonly total: string;
  readonly parts: readonly string[];
}

/** Every line of a crossed table: along each dimension, the cell of all its classes is the sum of the others. */
export function linesOf(table: CrossedCounts): readonly CrossedLine[] {
  return table.classes.flatMap((labels, along) =>
    linesAlong(table, along).map((line) => ({
      total: keyOf(line),
      parts: labels.map((label) => keyOf(at(line, along, label))),
    })),
  );
}

/**
 * The cells of a crossed table, with those that no view shows and that a line gives by one subtraction, as often as one does. A cell that the author hid
 * stays hidden; the result holds protected values and is never published as such.
 */
export function completedCells(table: CrossedCounts): ReadonlyMap<string, number | null> {
  const cells = new Map(table.cells);
  const lines = linesOf(table);
  for (let found = true; found; ) {
    found = false;
    for (const { total, parts } of lines) {
      const absent = [total, ...parts].filter((key) => !cells.has(key));
      const hidden = [total, ...parts].some((key) => cells.get(key) === null);
      const [only] = absent;
      if (only === undefined || absent.length > 1 || hidden) continue;
      const sum = parts.reduce((sofar, key) => sofar + (cells.get(key) ?? 0), 0);
      cells.set(only, only === total ? sum : (cells.get(total) ?? 0) - sum);
      found = true;
    }
  }
  return cells;
}
