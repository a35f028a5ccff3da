import { Refusal } from "../refusal.ts";
import { type CrossedCounts, checkCrossed } from "./crossed-counts.ts";
import { checkBase } from "./rounding.ts";
import { cheapestRepair, type UnitArc } from "./unit-flow.ts";

/** Margins already published, which the rounding must respect. */
export interface ImposedMargins {
  readonly rowTotals?: ArrayLike<number>;
  readonly columnTotals?: ArrayLike<number>;
  readonly total?: number;
}

export interface RoundedCrossed {
  readonly cells: Float64Array;
  readonly rowTotals: Float64Array;
  readonly columnTotals: Float64Array;
  readonly total: number;
  /** Sum of |rounded - true| over cells and margins: the least possible. */
  readonly distance: number;
}

/**
 * Controlled rounding of a crossed table: every cell and margin becomes one of the two multiples of the base around it (a multiple stays), all sums
 * hold exactly, and the sum of distances over cells and margins is the least possible. Starts from the nearest multiples and repairs each line by the
 * cheapest path of a flow with units on arcs. A solution always exists for a crossed table whose sums hold (Cox and Ernst 1982); with margins imposed
 * there may be none, and the result is null. Cost: about (rows + columns) searches of rows x columns arcs.
 * The choice is a function of the counts: a reader who knows that the distance is the least may rule out some tables that `roundedIntervals()` leaves;
 * `roundCrossedUnbiased()` draws instead.
 * @throws Refusal when the sums of the table do not hold, or a margin imposed is not a multiple of the base.
 * @example
 * ```ts
 * roundCrossed({ rows: 1, columns: 3, cells: [1, 1, 1], rowTotals: [3], columnTotals: [1, 1, 1], total: 3 }, 3)?.rowTotals // Float64Array(1) [ 3 ]
 * ```
 */
export function roundCrossed(counts: CrossedCounts, base: number, imposed: ImposedMargins = {}): RoundedCrossed | null {
  checkBase(base);
  checkCrossed(counts);
  const { rows, columns } = counts;
  const arcs: UnitArc[] = [];
  const arc = (from: number, to: number, value: number, fixed?: number): void => {
    const floor = Math.floor(value / base);
    const rest = value - floor * base;
    if (fixed === undefined) arcs.push({ from, to, least: floor, room: rest === 0 ? 0 : 1, cost: base - 2 * rest });
    else arcs.push({ from, to, least: multipleOf(fixed, base), room: 0, cost: 0 });
  };
  const top = rows + columns;
  const bottom = top + 1;
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) arc(r, rows + c, counts.cells[r * columns + c]);
  for (let r = 0; r < rows; r++) arc(top, r, counts.rowTotals[r], imposed.rowTotals?.[r]);
  for (let c = 0; c < columns; c++) arc(rows + c, bottom, counts.columnTotals[c], imposed.columnTotals?.[c]);
  arc(bottom, top, counts.total, imposed.total);

  const flow = cheapestRepair(arcs, bottom + 1);
  if (flow === null) return null;
  const shown = flow.map((units) => units * base);
  const inner = rows * columns;
  const rounded = {
    cells: shown.slice(0, inner),
    rowTotals: shown.slice(inner, inner + rows),
    columnTotals: shown.slice(inner + rows, inner + rows + columns),
    total: shown[inner + rows + columns],
  };
  return { ...rounded, distance: distanceOf(counts, rounded) };
}

/**
 * Controlled rounding of a list and its total.
 * @example
 * ```ts
 * roundList([1, 1, 1, 1], 5) // { parts: Float64Array(4) [ 5, 0, 0, 0 ], total: 5 }
 * ```
 */
export function roundList(
  parts: ArrayLike<number>,
  base: number,
  imposedTotal?: number,
): { readonly parts: Float64Array; readonly total: number } | null {
  const total = Array.from(parts).reduce((sum, part) => sum + part, 0);
  const rounded = roundCrossed(
    { rows: 1, columns: parts.length, cells: parts, rowTotals: [total], columnTotals: parts, total },
    base,
    imposedTotal === undefined ? {} : { rowTotals: [imposedTotal], total: imposedTotal },
  );
  return rounded && { parts: rounded.cells, total: rounded.total };
}

function multipleOf(value: number, base: number): number {
  if (Number.isInteger(value / base) && value >= 0) return value / base;
  throw new Refusal({
    what: "Une marge imposée à l'arrondi n'est pas un multiple de la base",
    expected: `un multiple de ${base}, jamais négatif`,
  });
}

function distanceOf(counts: CrossedCounts, rounded: Omit<RoundedCrossed, "distance">): number {
  const between = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Array.from(a).reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0);
  return (
    between(counts.cells, rounded.cells) +
    between(counts.rowTotals, rounded.rowTotals) +
    between(counts.columnTotals, rounded.columnTotals) +
    Math.abs(counts.total - rounded.total)
  );
}
