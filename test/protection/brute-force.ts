/**
 * An attacker that shares nothing with the project: it tries whole numbers one by one in a two-way table with totals.
 * `grid` is what is published (null: hidden), `truth` only orders the trials, so that an existing solution is met soon.
 */
export interface Question {
  readonly grid: readonly (readonly (number | null)[])[];
  readonly truth: readonly (readonly number[])[];
  /** Least value of a hidden inner cell. */
  readonly least: number;
  /** Greatest value tried in an inner cell: above every visible total, so that nothing possible is left out below it. */
  readonly cap: number;
  readonly cell: readonly [number, number];
  readonly accepts: (value: number) => boolean;
}

type Order = "near" | "low" | "high";

/** Steps allowed to one order of trial. */
const patience = 20_000;

/**
 * Whether some table of whole numbers fits everything published, with an accepted value in that cell.
 * "no" is said only after every table was tried; "undecided" when each order of trial ran out of steps.
 */
export function possible(question: Question): "yes" | "no" | "undecided" {
  for (const order of ["near", "low", "high"] as const) {
    const answer = possibleIn(question, order);
    if (answer !== "undecided") return answer;
  }
  return "undecided";
}

function possibleIn({ grid, truth, least, cap, cell, accepts }: Question, order: Order): "yes" | "no" | "undecided" {
  let steps = 0;
  const rows = grid.length - 1;
  const columns = (grid[0]?.length ?? 1) - 1;
  const x = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  const fits = (sum: number, wanted: number | null | undefined, last: boolean): boolean =>
    wanted === null || wanted === undefined || (last ? sum === wanted : sum <= wanted);
  const rowSum = (i: number, end: number): number => (x[i] ?? []).slice(0, end).reduce((a, b) => a + b, 0);
  const columnSum = (j: number, end: number): number => x.slice(0, end).reduce((sum, row) => sum + (row[j] ?? 0), 0);
  const cellValue = ([i, j]: readonly [number, number]): number => {
    if (i < rows) return j < columns ? (x[i]?.[j] ?? 0) : rowSum(i, columns);
    return j < columns ? columnSum(j, rows) : x.reduce((sum, _, row) => sum + rowSum(row, columns), 0);
  };
  const domain = (i: number, j: number): number[] => {
    const visible = grid[i]?.[j];
    if (visible !== null && visible !== undefined) return [visible];
    const values = Array.from({ length: cap - least + 1 }, (_, k) => least + k);
    const own = i === cell[0] && j === cell[1];
    const near = truth[i]?.[j] ?? 0;
    const kept = own ? values.filter(accepts) : values;
    if (order === "near") return kept.sort((a, b) => Math.abs(a - near) - Math.abs(b - near));
    return order === "low" ? kept : kept.reverse();
  };
  const domains = x.map((row, i) => row.map((_, j) => domain(i, j)));
  const search = (at: number): boolean => {
    if (at === rows * columns) {
      const grand = cellValue([rows, columns]);
      return fits(grand, grid[rows]?.[columns], true) && accepts(cellValue(cell));
    }
    const i = Math.floor(at / columns);
    const j = at % columns;
    const row = x[i] as number[];
    for (const value of domains[i]?.[j] ?? []) {
      if (++steps > patience) break;
      row[j] = value;
      const rowFits = fits(rowSum(i, j + 1), grid[i]?.[columns], j === columns - 1);
      const columnFits = fits(columnSum(j, i + 1), grid[rows]?.[j], i === rows - 1);
      const allFits = fits(
        x.reduce((sum, _, k) => sum + rowSum(k, columns), 0),
        grid[rows]?.[columns],
        false,
      );
      const wantsRow = j === columns - 1 && cell[0] === i && cell[1] === columns;
      const wantsColumn = i === rows - 1 && cell[1] === j && cell[0] === rows;
      const wanted = wantsRow ? accepts(rowSum(i, columns)) : !wantsColumn || accepts(columnSum(j, rows));
      if (rowFits && columnFits && allFits && wanted && search(at + 1)) return true;
    }
    row[j] = 0;
    return false;
  };
  if (search(0)) return "yes";
  return steps > patience ? "undecided" : "no";
}
