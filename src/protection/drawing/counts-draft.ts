import {
  type Column,
  NOT_AVAILABLE,
  numberColumn,
  PRESENT,
  SECRET,
  type Table,
  table,
  textColumn,
} from "../../codes/table.ts";
import type { Margin } from "../relations.ts";
import type { ReleaseOptions } from "../release-options.ts";
import { completedCells, linesOf } from "./completed-counts.ts";
import { all, type CrossedCounts, crossedCounts, dimensionsOf, keyOf, rest } from "./crossed-counts.ts";
import type { DrawingContext, DrawnDimension } from "./drawing-context.ts";
import { numberIn } from "./drawn-rows.ts";
import { decimalsOf, drawnRates } from "./judge-rates.ts";
import type { DrawnRow } from "./read-spec.ts";

/** The counts of a drawing as a table for the gate: its rows, what its views give by subtraction, and every total that they make together. */
export interface CountsDraft {
  readonly table: Table;
  readonly options: ReleaseOptions;
  readonly dimensions: readonly DrawnDimension[];
  /** Row of the table that a drawn row is, or null. */
  readonly placeOf: (row: DrawnRow) => number | null;
}

/** Null when no row has a class, or when there are too many crossings to attack. */
export function countsDraft(
  rows: readonly DrawnRow[],
  count: string,
  context: DrawingContext,
  from: Table,
): CountsDraft | null {
  const dimensions = dimensionsOf(rows, context).filter(({ column, total }) =>
    rows.some((row) => row[column] !== undefined && row[column] !== null && row[column] !== total),
  );
  if (dimensions.length === 0) return null;
  const crossed = crossedCounts([rows], count, dimensions);
  if (crossed === null) return null;
  const labelsOf = (row: DrawnRow): readonly string[] =>
    dimensions.map(({ column, total }) => {
      const value = row[column];
      return value === undefined || value === null || value === total ? all : String(value);
    });
  const cells = completedCells(crossed);
  const lines = linesOf(crossed).filter(({ total }) => cells.has(total));
  const keys = [...new Set([...crossed.cells.keys(), ...lines.flatMap(({ total, parts }) => [total, ...parts])])];
  const placeOfKey = new Map(keys.map((key, place) => [key, place]));
  const sources = new Map<string, DrawnRow>();
  for (const row of rows) {
    if (!(count in row)) continue;
    const key = keyOf(labelsOf(row));
    sources.set(key, { ...row, ...sources.get(key) });
  }
  const columns: Record<string, Column> = {};
  dimensions.forEach(({ column, total = "Ensemble" }, i) => {
    const labels = keys.map((key) => (JSON.parse(key) as string[])[i] || total);
    columns[column] = textColumn(
      labels.map((label) => (label === rest ? "non montré" : label)),
      { label: labelOf(from, column) },
    );
  });
  columns[count] = countColumn(keys, crossed, cells, labelOf(from, count), context.minUnits);
  const rates = drawnRates(context).filter(({ rate, base }) => base === count && rows.some((row) => rate in row));
  for (const [name, kind] of Object.entries(context.columns)) {
    if (name in columns || kind === "identifier" || kind === "extreme") continue;
    const values = keys.map((key) => sources.get(key)?.[name]);
    if (values.every((value) => value === undefined)) continue;
    const whole = rates.find(({ rate }) => rate === name)?.whole === 1 ? "part" : "%";
    columns[name] = values.some((value) => typeof value === "string")
      ? textColumn(
          values.map((value) => (typeof value === "string" ? value : "")),
          { label: labelOf(from, name) },
        )
      : hiddenOr(
          values.map((value) => (typeof value === "number" ? value : null)),
          labelOf(from, name),
          kind === "rate" ? whole : "",
          false,
        );
  }
  const margins = lines.map(
    ({ total, parts }): Margin => ({
      column: count,
      total: placeOfKey.get(total) ?? 0,
      parts: parts.map((key) => placeOfKey.get(key) ?? 0),
    }),
  );
  return {
    table: table(columns, from.lineage),
    dimensions,
    placeOf: (row) => (count in row ? (placeOfKey.get(keyOf(labelsOf(row))) ?? null) : null),
    options: {
      name: context.name,
      counts: count,
      open: dimensions.map(({ column }) => column),
      margins,
      rates: rates.map(({ rate, base }) => ({
        rate,
        base,
        decimals: rows.reduce((most, row) => Math.max(most, decimalsOf(numberIn(row, rate) ?? 0)), 0),
      })),
    },
  };
}

/**
 * The counts as a reader knows them. A cell that no view shows is a secret when it is under the threshold or not known, and else is merely absent: the
 * gate then attacks the small ones, and takes the others for unknowns that nobody needs to protect.
 */
function countColumn(
  keys: readonly string[],
  { cells: shown }: CrossedCounts,
  cells: ReadonlyMap<string, number | null>,
  label: string,
  minUnits: number,
): Column {
  const values = keys.map((key) => cells.get(key) ?? null);
  const missing = keys.map((key, i) => {
    const value = values[i] ?? null;
    if (value === null) return SECRET;
    const small = value > 0 && value < minUnits;
    return shown.has(key) || small ? PRESENT : NOT_AVAILABLE;
  });
  return numberColumn(
    values.map((value) => value ?? Number.NaN),
    { label, unit: "unités", summable: true, missing: Uint8Array.from(missing) },
  );
}

const labelOf = ({ columns }: Table, name: string): string => columns[name]?.label ?? name;

const hiddenOr = (values: readonly (number | null)[], label: string, unit: string, summable: boolean): Column =>
  numberColumn(
    values.map((value) => value ?? Number.NaN),
    { label, unit, summable, missing: Uint8Array.from(values, (value) => (value === null ? SECRET : 0)) },
  );
