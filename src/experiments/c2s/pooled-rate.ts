/** One published rate, pooled over communes. */
export interface PooledRate {
  /** 0 to 1. */
  readonly rate: number;
  /** Standard error of the pool. */
  readonly se: number;
  /** Standard deviation between communes: how far one place may be from the pool. */
  readonly spread: number;
  readonly communes: number;
  /** Whose communes: those that hold a neighbourhood, those of their départements, all, or the whole nation in one number. */
  readonly pool: "host" | "departement" | "all" | "national";
}

/** Weighted mean, its standard error and the standard deviation between communes; a rate printed to the point has half a point of rounding. */
export function pooledRate(
  rows: readonly number[],
  rateOf: (row: number) => number,
  persons: Float64Array,
): Omit<PooledRate, "pool"> {
  let [total, squares, mean, variance] = [0, 0, 0, 0];
  for (const row of rows) {
    total += persons[row];
    squares += persons[row] ** 2;
    mean += persons[row] * rateOf(row);
  }
  mean /= total;
  for (const row of rows) variance += (persons[row] / total) * (rateOf(row) - mean) ** 2;
  const rounding = 0.01 / Math.sqrt(12);
  const spread = Math.hypot(Math.sqrt(variance), rounding);
  return { rate: mean, se: (spread * Math.sqrt(squares)) / total, spread, communes: rows.length };
}
