import { Refusal } from "../refusal.ts";

/** Cells of a list that add up to another cell of the list. */
export interface SumOfCells {
  readonly total: number;
  readonly parts: readonly number[];
}

/** Lines of a system, one after another: cells[starts[l]] is the total of line l, those that follow, up to starts[l + 1], are its parts. */
export interface Lines {
  readonly starts: Int32Array;
  readonly cells: Int32Array;
}

/** Cells tied by sums: a table with its margins, a hierarchy, linked tables that share cells. One system, whatever the number of tables. */
export interface AdditiveSystem {
  /** True values, never negative; read by the suppressor, never printed. */
  readonly values: Float64Array;
  /** Loss when a cell is hidden. */
  readonly costs: Float64Array;
  /** 1 where a cell stays visible: a structural zero, a total published elsewhere. */
  readonly open: Uint8Array;
  /** Values that every reader knows possible of each hidden cell. */
  readonly least: Float64Array;
  readonly greatest: Float64Array;
  /** Least values for a reader who also knows that zeros are published: at least 1 for a count. */
  readonly leastAboveZeros: Float64Array;
  /** Who is alone in each cell, as a number, or -1: that contributor knows the cell, and attacks with it. */
  readonly alone: Int32Array;
  /** Counts: only whole numbers are possible. */
  readonly whole: boolean;
  readonly lines: Lines;
  /** Lines of each cell: touching.cells[touching.starts[i]] and those that follow are lines. */
  readonly touching: Lines;
  /** Words for a cell, without its value. */
  readonly label: (cell: number) => string;
}

export interface AdditiveSystemOptions {
  /** What hiding costs: 1 a cell (the default), the value, or a list. */
  readonly costs?: "cells" | "values" | ArrayLike<number>;
  /** Cells that stay visible; with structural zeros, the zeros too. */
  readonly open?: Iterable<number>;
  /** "structural" (the default): a value of 0 is always published, so that a reader knows a hidden count to be at least 1. */
  readonly zeros?: "structural" | "sensitive";
  readonly least?: ArrayLike<number>;
  readonly greatest?: ArrayLike<number>;
  /** Contributors behind each cell: where there is one, it attacks as one who knows the cell. None by default: people do not know that they are alone in a count. */
  readonly contributors?: ArrayLike<number>;
  /** Whole numbers; by default when every value is whole. */
  readonly whole?: boolean;
  readonly label?: (cell: number) => string;
}

/**
 * A system of cells tied by sums.
 * Errors: a negative or infinite value, a line whose total is not the sum of its parts (named by its total), a cell twice in a line, a cell that does not exist.
 * @throws Refusal
 * @example
 * ```ts
 * additiveSystem([4, 20, 24], [{ total: 2, parts: [0, 1] }]).lines.cells // Int32Array(3) [ 2, 0, 1 ]
 * ```
 */
export function additiveSystem(
  values: ArrayLike<number>,
  sums: readonly SumOfCells[],
  options: AdditiveSystemOptions = {},
): AdditiveSystem {
  const lines: Lines = {
    starts: new Int32Array(sums.length + 1),
    cells: Int32Array.from(sums.flatMap(({ total, parts }) => [total, ...parts])),
  };
  sums.forEach(({ parts }, line) => {
    lines.starts[line + 1] = lines.starts[line] + parts.length + 1;
  });
  return systemOfLines(values, lines, options);
}

/** A system in plain lists, with the options that make it one. */
export interface AdditiveTable extends AdditiveSystemOptions {
  readonly values: ArrayLike<number>;
  readonly sums: readonly SumOfCells[];
}

/** The system of a table in plain lists; a system is returned as it is. */
export const asSystem = (table: AdditiveSystem | AdditiveTable): AdditiveSystem =>
  "lines" in table ? table : additiveSystem(table.values, table.sums, table);

/** The same, of lines already in typed arrays: for large tables. */
export function systemOfLines(
  values: ArrayLike<number>,
  lines: Lines,
  options: AdditiveSystemOptions = {},
): AdditiveSystem {
  const { zeros = "structural", label = (cell: number): string => `cellule ${cell + 1}` } = options;
  const count = values.length;
  const known = Float64Array.from(values);
  checkValues(known);
  checkLines(known, lines, label);
  const whole = options.whole ?? known.every((value) => Number.isInteger(value));
  const open = new Uint8Array(count);
  if (zeros === "structural") for (let i = 0; i < count; i++) if (known[i] === 0) open[i] = 1;
  for (const cell of options.open ?? []) open[cell] = 1;
  const floor = whole && zeros === "structural" ? 1 : 0;
  const least = Float64Array.from(known, (_, i) => options.least?.[i] ?? 0);
  const touching = touchingLines(lines, count);
  return {
    values: known,
    costs: costsOf(known, options.costs ?? "cells"),
    open,
    least,
    greatest: Float64Array.from(known, (_, i) => options.greatest?.[i] ?? Number.POSITIVE_INFINITY),
    leastAboveZeros: least.map((value) => Math.max(value, floor)),
    alone: options.contributors ? loners(options.contributors, lines) : new Int32Array(count).fill(-1),
    whole,
    lines,
    touching,
    label,
  };
}

function costsOf(values: Float64Array, costs: "cells" | "values" | ArrayLike<number>): Float64Array {
  if (costs === "cells") return new Float64Array(values.length).fill(1);
  // A visible zero that could be hidden would otherwise cost nothing.
  if (costs === "values") return values.map((value) => Math.max(value, 1));
  return Float64Array.from(costs);
}

function checkValues(values: Float64Array): void {
  if (values.every((value) => value >= 0 && value < Number.POSITIVE_INFINITY)) return;
  throw new Refusal({
    what: "Des cellules à protéger portent un nombre négatif, infini ou absent",
    expected: "des nombres finis, jamais négatifs",
    remedy: "protéger séparément les gains et les pertes ; laisser de côté les relations dont une cellule est absente",
  });
}

function checkLines(values: Float64Array, { starts, cells }: Lines, label: (cell: number) => string): void {
  const seen = new Int32Array(values.length).fill(-1);
  for (let line = 0; line + 1 < starts.length; line++) {
    let sum = 0;
    for (let at = starts[line]; at < starts[line + 1]; at++) {
      const cell = cells[at];
      if (!(cell >= 0 && cell < values.length) || seen[cell] === line) {
        throw new Refusal({
          what: "Une relation additive nomme une cellule absente, ou deux fois la même",
          where: `relation ${line + 1}`,
          expected: `des cellules distinctes, de 0 à ${values.length - 1}`,
        });
      }
      seen[cell] = line;
      if (at > starts[line]) sum += values[cell];
    }
    const total = cells[starts[line]];
    if (Math.abs(values[total] - sum) <= 1e-9 * Math.max(1, sum)) continue;
    throw new Refusal({
      what: "Une relation additive est contredite par ses cellules",
      where: `relation ${line + 1}, dont le total est « ${label(total)} »`,
      expected: "un total égal à la somme de ses parties",
      remedy: "recalculer les totaux à partir des mêmes unités",
    });
  }
}

function touchingLines({ starts, cells }: Lines, count: number): Lines {
  const from = new Int32Array(count + 1);
  for (const cell of cells) from[cell + 1]++;
  for (let i = 0; i < count; i++) from[i + 1] += from[i];
  const next = from.slice();
  const lines = new Int32Array(cells.length);
  for (let line = 0; line + 1 < starts.length; line++) {
    for (let at = starts[line]; at < starts[line + 1]; at++) lines[next[cells[at]]++] = line;
  }
  return { starts: from, cells: lines };
}

/** A number for who is alone in each cell, -1 elsewhere. A part with one contributor, in a total with one contributor, is the same one. */
function loners(contributors: ArrayLike<number>, { starts, cells }: Lines): Int32Array {
  const who = Int32Array.from({ length: contributors.length }, (_, i) => (contributors[i] === 1 ? i : -1));
  const root = (cell: number): number => (who[cell] === cell ? cell : root(who[cell]));
  for (let line = 0; line + 1 < starts.length; line++) {
    const total = cells[starts[line]];
    if (who[total] < 0) continue;
    for (let at = starts[line] + 1; at < starts[line + 1]; at++) {
      if (who[cells[at]] >= 0) who[root(cells[at])] = root(total);
    }
  }
  return who.map((cell) => (cell < 0 ? -1 : root(cell)));
}

/** Signed place of a cell in a line: total - parts = 0. */
export const signIn = ({ lines }: AdditiveSystem, line: number, cell: number): 1 | -1 =>
  lines.cells[lines.starts[line]] === cell ? 1 : -1;
