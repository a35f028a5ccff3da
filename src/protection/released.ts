import { QuartiersError } from "../codes/errors.ts";
import { type Column, reasonAt, type Table } from "../codes/table.ts";
import type { GateFinding } from "./gate-finding.ts";
import type { Override } from "./override.ts";
import type { Statement } from "./statement.ts";

/** What the gate did to a table, in terms that can be printed: never a protected value. */
export interface ReleaseRecord {
  /** The unit that the threshold counts. */
  readonly unit: string;
  /** The strictest threshold of the table's sources. */
  readonly minUnits: number;
  /** Which source states it, and in which words. */
  readonly statedBy: string;
  /** "counts": units were counted row by row. "published": a function of aggregates that their producer has already published. */
  readonly basis: "counts" | "published";
  /** Cells that were already hidden by the producer and stay hidden. */
  readonly inherited: number;
  /** Cells hidden because they count too few units. */
  readonly primary: number;
  /** Cells hidden so that the others cannot be recovered from totals. */
  readonly complementary: number;
  /** What was checked and found. */
  readonly findings: readonly GateFinding[];
  /** Signed decisions that set one of these findings aside. */
  readonly overrides: readonly Override[];
  /** What the numbers count, when the author stated it: the ledger of publications reads it. */
  readonly statement: Statement | null;
}

declare const released: unique symbol;
/** A table that passed the gate. Figures, exports and the book accept nothing else. Only `release()` makes one. */
export type Released = Table & { readonly release: ReleaseRecord; readonly [released]: true };

/**
 * The run-time side of the type: a notebook can cast, it cannot enter this map.
 * Each table that passed is kept beside a private copy, because a typed array cannot be frozen: a value written into it
 * after the gate is met by comparison, and the table is refused.
 */
const gate = new WeakMap<object, Table>();

/** For `release()` alone: copies and freezes a table and lets it through. The architecture test refuses this import anywhere else. */
export function markReleased(table: Table, release: ReleaseRecord): Released {
  const value = Object.freeze({
    ...copyTable(table),
    release: frozen(structuredClone(release)),
  }) as unknown as Released;
  gate.set(value, copyTable(table));
  return value;
}

/** Whether a value came out of the gate, and holds what it held then. */
export function isReleased(value: unknown): value is Released {
  if (typeof value !== "object" || value === null) return false;
  const passed = gate.get(value);
  return passed !== undefined && sameColumns(passed, value as Table);
}

/** Refuses what did not come out of the gate, or was altered since. The message names the use, never a value. */
export function assertReleased(value: unknown, use: string): asserts value is Released {
  if (isReleased(value)) return;
  const altered = typeof value === "object" && value !== null && gate.has(value);
  throw new QuartiersError({
    what: altered
      ? `${use} reçoit une table modifiée après release()`
      : `${use} n'accepte que des tables passées par release()`,
    expected: "une table contrôlée (Released)",
    remedy: "appeler release(table, …) avec l'unité et les effectifs, puis utiliser son résultat",
  });
}

function copyTable({ columns, numRows, lineage }: Table): Table {
  return {
    columns: Object.freeze(
      Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, copyColumn(column)])),
    ),
    numRows,
    lineage: Object.freeze(
      lineage.map((source) => Object.freeze({ ...source, secrecy: Object.freeze({ ...source.secrecy }) })),
    ),
  };
}

/** Whatever was left under a mask does not pass. */
function copyColumn(column: Column): Column {
  const missing = column.missing ? Uint8Array.from(column.missing) : null;
  const shown = (row: number): boolean => reasonAt(column, row) === null;
  return column.type === "number"
    ? Object.freeze({
        ...column,
        values: column.values.map((value, row) => (shown(row) ? value : Number.NaN)),
        missing,
      })
    : Object.freeze({
        ...column,
        values: Object.freeze(column.values.map((value, row) => (shown(row) ? value : ""))),
        missing,
      });
}

/** A record that nobody changes once it was judged, down to its lists. */
function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

function sameColumns(passed: Table, now: Table): boolean {
  return Object.entries(passed.columns).every(([name, column]) => {
    const other = now.columns[name];
    return other !== undefined && same(column.values, other.values) && same(column.missing ?? [], other.missing ?? []);
  });
}

function same(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
