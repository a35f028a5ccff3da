import type { Cell } from "../relations.ts";
import type { Verdict } from "./guarantee.ts";
import type { PublishedLine } from "./published.ts";

/** The least that a reader must know to break the promise; each includes those before it. */
export type Means =
  /** Additions and subtractions. */
  | "rank"
  /** No number is negative. */
  | "linear"
  /** Counts are whole. */
  | "whole"
  /** Bounds known from elsewhere. */
  | "outside"
  /** A contributor's own number. */
  | "insider";

/** What the attack on one hidden cell gave. It never holds a value. */
export interface CellAttack {
  readonly cell: Cell;
  readonly verdict: Verdict;
  /** Null when the cell is safe. */
  readonly means: Means | null;
  /** The cell whose contributor breaks the promise, for "insider". */
  readonly insider: Cell | null;
  /** Published lines that a reader combines, of which none can be left out; empty when the cell is safe, or not proven, or not explained. */
  readonly chain: readonly PublishedLine[];
}
