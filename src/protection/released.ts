import { QuartiersError } from "../codes/errors.ts";
import type { Table } from "../codes/table.ts";

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
  /** What was checked and found, one French sentence each. */
  readonly findings: readonly string[];
}

declare const released: unique symbol;
/** A table that passed the gate. Figures, exports and the book accept nothing else. Only `release()` makes one. */
export type Released = Table & { readonly release: ReleaseRecord; readonly [released]: true };

/** The run-time side of the type: a notebook can cast, it cannot enter this set. */
const gate = new WeakSet<object>();

/** For `release()` alone: freezes a table and lets it through. The architecture test refuses this import anywhere else. */
export function markReleased(table: Table, release: ReleaseRecord): Released {
  const value = Object.freeze({ ...table, release: Object.freeze(release) }) as unknown as Released;
  gate.add(value);
  return value;
}

/** Whether a value came out of the gate. */
export function isReleased(value: unknown): value is Released {
  return typeof value === "object" && value !== null && gate.has(value);
}

/** Refuses what did not come out of the gate. The message names the use, never a value. */
export function assertReleased(value: unknown, use: string): asserts value is Released {
  if (isReleased(value)) return;
  throw new QuartiersError({
    what: `${use} n'accepte que des tables passées par release()`,
    expected: "une table contrôlée (Released)",
    remedy: "appeler release(table, …) avec l'unité et les effectifs, puis utiliser son résultat",
  });
}
