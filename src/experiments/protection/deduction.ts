import { frenchNumber } from "../../codes/french.ts";
import type { Table } from "../../codes/table.ts";
import { type Cell, cellKey, type Relation } from "../../protection/relations.ts";
import { cellName, seenValue } from "./reader-relations.ts";

/** One sum or subtraction that a reader does, and what it teaches of a hidden cell. */
export interface DeductionStep {
  readonly cell: Cell;
  readonly bound: "value" | "least" | "greatest";
  readonly value: number;
  /** The arithmetic, in French: « F : Ensemble 19 − B 15 = 4 ». */
  readonly arithmetic: string;
}

/** What is known of each hidden cell, by its key, and in which order it was found. */
export interface Deduction {
  readonly cells: readonly Cell[];
  readonly steps: readonly DeductionStep[];
}

/** Rounds of narrowing: enough for the tables of a page; a longer chain is left to the solver. */
const mostRounds = 50;

interface Known {
  least: number;
  greatest: number;
}

/**
 * What a reader finds with a pencil: first cells that are alone in their line, one subtraction after another; then bounds, since no count is negative. Nothing but what is
 * printed is read. Bounds are true but may be wider than what all lines say together: the linear program has the last word.
 */
export function deduce(t: Table, relations: readonly Relation[]): Deduction {
  const known = new Map<string, Known>();
  const cells: Cell[] = [];
  for (const { total, parts } of relations)
    for (const cell of [total, ...parts]) {
      if (known.has(cellKey(cell))) continue;
      const seen = seenValue(t, cell);
      known.set(
        cellKey(cell),
        seen === null ? { least: 0, greatest: Number.POSITIVE_INFINITY } : { least: seen, greatest: seen },
      );
      if (seen === null) cells.push(cell);
    }
  const steps: DeductionStep[] = [];
  const at = (cell: Cell): Known => known.get(cellKey(cell)) ?? { least: 0, greatest: Number.POSITIVE_INFINITY };
  for (let round = 0; round < mostRounds; round++) {
    const found = subtractions(t, relations, at);
    if (found.length === 0) break;
    steps.push(...found);
  }
  for (let round = 0; round < mostRounds; round++) {
    const found = narrowings(t, relations, at);
    if (found.length === 0) break;
    steps.push(...found);
  }
  return { cells, steps };
}

const isKnown = ({ least, greatest }: Known): boolean => least === greatest;

/** Lines with one unknown give it. */
function subtractions(t: Table, relations: readonly Relation[], at: (cell: Cell) => Known): DeductionStep[] {
  const steps: DeductionStep[] = [];
  for (const relation of relations) {
    const unknown = [relation.total, ...relation.parts].filter((cell) => !isKnown(at(cell)));
    const [cell] = unknown;
    if (unknown.length !== 1 || !cell) continue;
    const others = relation.parts.filter((part) => part !== cell);
    const sum = others.reduce((total, part) => total + at(part).least, 0);
    const value = cell === relation.total ? sum : at(relation.total).least - sum;
    Object.assign(at(cell), { least: value, greatest: value });
    const arithmetic =
      cell === relation.total
        ? written(terms(t, others, at, "least"), " + ", value)
        : written([term(t, relation.total, at, "least"), ...terms(t, others, at, "least")], " − ", value);
    steps.push({ cell, bound: "value", value, arithmetic });
  }
  return steps;
}

/** Lines with several unknowns bound each of them. */
function narrowings(t: Table, relations: readonly Relation[], at: (cell: Cell) => Known): DeductionStep[] {
  const steps: DeductionStep[] = [];
  const learn = (cell: Cell, bound: "least" | "greatest", value: number, arithmetic: string): void => {
    const now = at(cell);
    if (bound === "least" ? value <= now.least : value >= now.greatest) return;
    now[bound] = value;
    steps.push({ cell, bound, value, arithmetic });
  };
  for (const { total, parts } of relations) {
    for (const cell of parts) {
      if (isKnown(at(cell))) continue;
      const others = parts.filter((part) => part !== cell);
      for (const bound of ["greatest", "least"] as const) {
        const [whole, rest] =
          bound === "greatest" ? (["greatest", "least"] as const) : (["least", "greatest"] as const);
        const value = at(total)[whole] - others.reduce((sum, part) => sum + at(part)[rest], 0);
        if (!Number.isFinite(value)) continue;
        const shown = others.filter((part) => at(part)[rest] > 0);
        learn(cell, bound, value, written([term(t, total, at, whole), ...terms(t, shown, at, rest)], " − ", value));
      }
    }
    if (isKnown(at(total))) continue;
    for (const bound of ["greatest", "least"] as const) {
      const value = parts.reduce((sum, part) => sum + at(part)[bound], 0);
      if (Number.isFinite(value)) learn(total, bound, value, written(terms(t, parts, at, bound), " + ", value));
    }
  }
  return steps;
}

function term(t: Table, cell: Cell, at: (cell: Cell) => Known, bound: keyof Known): string {
  const now = at(cell);
  const known = isKnown(now) ? "" : bound === "least" ? "au moins " : "au plus ";
  return `${known}${frenchNumber(now[bound])} (${cellName(t, cell)})`;
}

const terms = (t: Table, cells: readonly Cell[], at: (cell: Cell) => Known, bound: keyof Known): readonly string[] =>
  cells.map((cell) => term(t, cell, at, bound));

/** A single number needs no sum. */
const written = (parts: readonly string[], sign: " + " | " − ", result: number): string =>
  parts.length === 1 ? (parts[0] ?? "") : `${parts.join(sign)} = ${frenchNumber(result)}`;
