import { numberColumn, SECRET } from "../../codes/table.ts";
import type { Cell } from "../relations.ts";
import { highsSolver } from "../solver/highs.ts";
import type { Solver } from "../solver/program.ts";
import { partsOf } from "./part.ts";
import type { Published, PublishedLine } from "./published.ts";
import { Reader } from "./reader.ts";

/** What a reader may think of a hidden cell; infinite where nothing bounds it. */
export interface HiddenInterval {
  readonly cell: Cell;
  readonly least: number;
  readonly greatest: number;
}

export interface IntervalOptions {
  /** Counts in whole numbers (the default), or in real numbers, whose interval may be wider. */
  readonly whole?: boolean;
}

/**
 * The ends of every hidden cell of a publication, that some line touches. Without `whole`, those of linear programming. NaN where the solver proves nothing.
 * An interval is what must not be printed when it is narrow: it is for the attacker's bench and for lessons on invented tables.
 */
export function publishedIntervals(
  published: Published,
  solver: Solver,
  { whole = true }: IntervalOptions = {},
): readonly HiddenInterval[] {
  return partsOf(published).parts.flatMap((part) => {
    const reader = new Reader(part, { least: () => 0, whole, outside: true }, solver);
    return part.unknowns.flatMap(({ cell, hidden }, unknown): HiddenInterval[] => {
      if (!hidden) return [];
      const least = reader.lowest(unknown, Number.NEGATIVE_INFINITY);
      const greatest = reader.highest(unknown, Number.POSITIVE_INFINITY);
      const proven = least <= greatest;
      return [{ cell, least: proven ? least : Number.NaN, greatest: proven ? greatest : Number.NaN }];
    });
  });
}

/** Bounds that a reader has from elsewhere on one cell of a grid. */
export interface KnownBound {
  readonly row: number;
  readonly column: number;
  readonly least?: number;
  readonly greatest?: number;
}

/** What a reader may think of a hidden cell of a grid. */
export interface GridInterval {
  readonly row: number;
  readonly column: number;
  readonly least: number;
  readonly greatest: number;
}

/**
 * What a reader finds of the hidden cells (null) of a grid whose last column, and last row if there are several, are totals: the attack
 * of a published table, for lessons. Row and column are counted from 0.
 * @example
 * ```ts
 * const found = await hiddenIntervals([[null, null, 24], [null, null, 45], [19, 50, 69]])
 * found.map(({ least, greatest }) => [least, greatest]) // [[0, 19], [5, 24], [0, 19], [26, 45]]
 * ```
 */
export async function hiddenIntervals(
  grid: readonly (readonly (number | null)[])[],
  { known = [], ...options }: IntervalOptions & { readonly known?: readonly KnownBound[] } = {},
): Promise<readonly GridInterval[]> {
  const width = grid[0]?.length ?? 0;
  const at = (row: number, column: number): Cell => ({ column: `${column}`, row });
  const sums: PublishedLine[] = [];
  const sum = (total: Cell, parts: readonly Cell[]): void => {
    const terms = [{ cell: total, coefficient: 1 }, ...parts.map((cell) => ({ cell, coefficient: -1 }))];
    sums.push({ terms, low: 0, high: 0, from: [] });
  };
  const columns = Array.from({ length: width }, (_, column) => column);
  grid.forEach((_, row) => {
    sum(
      at(row, width - 1),
      columns.slice(0, -1).map((column) => at(row, column)),
    );
  });
  const inner = grid.slice(0, -1);
  if (inner.length > 0) {
    for (const column of columns)
      sum(
        at(inner.length, column),
        inner.map((_, row) => at(row, column)),
      );
  }
  const bounds: PublishedLine[] = known.map(({ row, column, least = 0, greatest = Number.POSITIVE_INFINITY }) => ({
    terms: [{ cell: at(row, column), coefficient: 1 }],
    low: least,
    high: greatest,
    from: [],
  }));
  const published: Published = {
    columns: Object.fromEntries(
      columns.map((column) => {
        const values = grid.map((line) => line[column] ?? null);
        const missing = Uint8Array.from(values, (value) => (value === null ? SECRET : 0));
        const seen = numberColumn(
          values.map((value) => value ?? Number.NaN),
          { label: "", unit: "", summable: true },
        );
        return [`${column}`, { ...seen, missing }];
      }),
    ),
    lines: [...sums, ...bounds],
    whole: columns.map(String),
  };
  return publishedIntervals(published, await highsSolver(), options)
    .map(({ cell, least, greatest }) => ({ row: cell.row, column: Number(cell.column), least, greatest }))
    .sort((a, b) => a.row - b.row || a.column - b.column);
}
