/** Weighted sums over the rows of a domain. */
export interface DomainSums {
  readonly weight: number;
  readonly y: number;
  /** Sum of w x; 0 when the statistic has no denominator. */
  readonly x: number;
}

/** A function of weighted sums, with its linearised variable (Woodruff 1971): the change of the estimate for one more unit of weight on a row. */
export interface Statistic {
  readonly name: "total" | "mean" | "ratio";
  readonly estimate: (sums: DomainSums) => number;
  readonly linearised: (y: number, x: number, estimate: number, sums: DomainSums) => number;
}

export const totalStatistic: Statistic = {
  name: "total",
  estimate: ({ y }) => y,
  linearised: (y) => y,
};

export const meanStatistic: Statistic = {
  name: "mean",
  estimate: ({ y, weight }) => y / weight,
  linearised: (y, _, mean, { weight }) => (y - mean) / weight,
};

export const ratioStatistic: Statistic = {
  name: "ratio",
  estimate: ({ y, x }) => (x === 0 ? Number.NaN : y / x),
  linearised: (y, x, ratio, sums) => (y - ratio * x) / sums.x,
};

/** Weighted sums of y, and of x where there is one, over some rows. O(rows). */
export function domainSums(
  weights: Float64Array,
  rows: Int32Array,
  y: Float64Array,
  x: Float64Array | null,
): DomainSums {
  let [weight, sumY, sumX] = [0, 0, 0];
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k];
    weight += weights[row];
    sumY += weights[row] * y[row];
    if (x) sumX += weights[row] * x[row];
  }
  return { weight, y: sumY, x: sumX };
}
