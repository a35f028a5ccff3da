import { numberColumn, SECRET } from "../../codes/table.ts";
import { attack } from "../attacker.ts";
import type { GateFinding } from "../gate-finding.ts";
import type { Cell, Relation } from "../relations.ts";
import type { DrawingContext, DrawnDimension } from "./drawing-context.ts";
import { drawingFinding } from "./drawing-finding.ts";
import { measuredData, numberIn } from "./drawn-rows.ts";
import type { DrawnRow, SpecParts } from "./read-spec.ts";

/** Words that name the row of all classes, when no dimension is declared. */
const totalWords = /^(total|ensemble|tous|toutes|tout)$/i;

/** Crossings beyond which a drawing is not a drawing any more; they are not attacked. */
const mostCells = 4000;

/**
 * Counts that a reader finds by subtraction, from all the views at once: a total less its parts, or two margins less a crossing. The rows of all the
 * datasets are put in one crossed table, where a row without a class counts all its classes; what no view shows, and what is hidden, is attacked.
 */
export function judgeCrossings(parts: SpecParts, context: DrawingContext): readonly GateFinding[] {
  if (context.released || context.rows === "units") return [];
  const data = measuredData(parts, context);
  return context.counts.flatMap((count) => {
    const table = crossedCounts(
      data.map(({ rows }) => rows),
      count,
      dimensionsOf(
        data.flatMap(({ rows }) => rows),
        context,
      ),
    );
    if (table === null) return [];
    const found = foundCells(table, context.minUnits);
    if (found === "contradiction") return [drawingFinding("totaux-contraires", `champ ${count}`, context)];
    if (!found) return [];
    const code = table.dimensions > 1 || table.datasets > 1 ? "vues-recoupees" : "total-et-parties";
    return [drawingFinding(code, `champ ${count}`, context)];
  });
}

function dimensionsOf(rows: readonly DrawnRow[], { dimensions, columns }: DrawingContext): readonly DrawnDimension[] {
  if (dimensions) return dimensions;
  return Object.keys(columns)
    .filter((name) => columns[name] === "category" || columns[name] === "zone")
    .map((column) => {
      const total = rows.map((row) => row[column]).find((value) => typeof value === "string" && totalWords.test(value));
      return typeof total === "string" ? { column, total } : { column };
    });
}

/** Counts on a grid of classes; the class "" is all of them, and `rest` what no drawn class says. */
interface CrossedCounts {
  /** null for a hidden cell, absent for one that no view shows. */
  readonly cells: ReadonlyMap<string, number | null>;
  readonly classes: readonly (readonly string[])[];
  readonly dimensions: number;
  readonly datasets: number;
}

const all = "";
const rest = "\u0000reste";
const keyOf = (labels: readonly string[]): string => JSON.stringify(labels);

function crossedCounts(
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
function linesAlong({ classes }: CrossedCounts, along: number): readonly (readonly string[])[] {
  return classes.reduce<readonly (readonly string[])[]>(
    (lines, labels, i) =>
      lines.flatMap((line) => (i === along ? [[...line, all]] : [all, ...labels].map((label) => [...line, label]))),
    [[]],
  );
}

const at = (line: readonly string[], along: number, label: string): readonly string[] =>
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

/** Whether a cell that is hidden or not shown is found, and is under the threshold. */
function foundCells(table: CrossedCounts, minUnits: number): boolean | "contradiction" {
  const index = new Map<string, number>();
  const cellAt = (labels: readonly string[]): Cell => {
    const key = keyOf(labels);
    if (!index.has(key)) index.set(key, index.size);
    return { column: "n", row: index.get(key) ?? 0 };
  };
  const relations = table.classes.flatMap((labels, along) =>
    linesAlong(table, along).flatMap((line): readonly Relation[] => {
      const cells = [line, ...labels.map((label) => at(line, along, label))];
      if (!cells.some((cell) => typeof table.cells.get(keyOf(cell)) === "number")) return [];
      return [{ total: cellAt(line), parts: labels.map((label) => cellAt(at(line, along, label))) }];
    }),
  );
  const values = [...index.keys()].map((key) => table.cells.get(key));
  const run = (more: readonly Relation[], given: readonly (number | null | undefined)[]): ReturnType<typeof attack> =>
    attack({ n: countColumn(given) }, [...relations, ...more], () => ({
      kind: "inherited",
      least: 0,
      reach: minUnits,
    }));
  const found = run([], values);
  if (found === null) return "contradiction";
  return found.some(({ cell, verdict }) => {
    if (verdict === "safe" || verdict === "not proven") return false;
    if (values[cell.row] === null) return true;
    if (verdict === "known small") return true;
    // One value only: it is above zero and under the threshold when 0 contradicts the rest, and a room of t - 1 does not.
    const zero = values.map((value, row) => (row === cell.row ? 0 : value));
    const room = { total: { column: "n", row: values.length }, parts: [cell, { column: "n", row: values.length + 1 }] };
    return run([], zero) === null && run([room], [...values, minUnits - 1, undefined]) !== null;
  });
}

function countColumn(values: readonly (number | null | undefined)[]): ReturnType<typeof numberColumn> {
  return numberColumn(
    values.map((value) => value ?? Number.NaN),
    {
      label: "effectif",
      unit: "unités",
      missing: Uint8Array.from(values, (value) => (typeof value === "number" ? 0 : SECRET)),
    },
  );
}
