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

/** Whether some table of whole numbers fits everything published, with an accepted value in that cell. */
export function possible({ grid, truth, least, cap, cell, accepts }: Question): boolean {
  const rows = grid.length - 1;
  const columns = (grid[0]?.length ?? 1) - 1;
  const x = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  const fits = (sum: number, wanted: number | null | undefined, last: boolean): boolean =>
    wanted === null || wanted === undefined || (last ? sum === wanted : sum <= wanted);
  const rowSum = (i: number, end: number): number => (x[i] ?? []).slice(0, end).reduce((a, b) => a + b, 0);
  const columnSum = (j: number, end: number): number => x.slice(0, end).reduce((sum, row) => sum + (row[j] ?? 0), 0);
  const valueOf = ([i, j]: readonly [number, number]): number => {
    if (i < rows) return j < columns ? (x[i]?.[j] ?? 0) : rowSum(i, columns);
    return j < columns ? columnSum(j, rows) : x.reduce((sum, _, row) => sum + rowSum(row, columns), 0);
  };
  const domain = (i: number, j: number): number[] => {
    const visible = grid[i]?.[j];
    if (visible !== null && visible !== undefined) return [visible];
    const values = Array.from({ length: cap - least + 1 }, (_, k) => least + k);
    const own = i === cell[0] && j === cell[1];
    const near = truth[i]?.[j] ?? 0;
    return (own ? values.filter(accepts) : values).sort((a, b) => Math.abs(a - near) - Math.abs(b - near));
  };
  const domains = x.map((row, i) => row.map((_, j) => domain(i, j)));
  const search = (at: number): boolean => {
    if (at === rows * columns) {
      const grand = valueOf([rows, columns]);
      return fits(grand, grid[rows]?.[columns], true) && accepts(valueOf(cell));
    }
    const i = Math.floor(at / columns);
    const j = at % columns;
    const row = x[i] as number[];
    for (const value of domains[i]?.[j] ?? []) {
      row[j] = value;
      const rowFits = fits(rowSum(i, j + 1), grid[i]?.[columns], j === columns - 1);
      const columnFits = fits(columnSum(j, i + 1), grid[rows]?.[j], i === rows - 1);
      if (rowFits && columnFits && search(at + 1)) return true;
    }
    row[j] = 0;
    return false;
  };
  return search(0);
}
