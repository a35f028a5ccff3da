/** What is known of categories before they are placed; arrays of axes are row-major, categories x axes. */
export interface CategoryMeans {
  /** Mean coordinates of the people of each category. */
  readonly means: Float64Array;
  readonly shares: Float64Array;
  readonly referenceShares: Float64Array;
  /** Variance of the rows' coordinates on each kept axis. */
  readonly variances: Float64Array;
  /** n of the v-tests. */
  readonly people: number;
  /** For the Burt table, the squared distance of each category to the centre; null for the indicator table. */
  readonly burtDistances: Float64Array | null;
}

/**
 * Coordinates, squared cosines and v-tests of categories, active or not, from the mean of their people: g = (f/F) mean/sqrt(λ); cos² = mean²/λ · f/(1-f), that is g² f/(1-f) without a class;
 * v = mean/sqrt(λ) · sqrt((n-1) f/(1-f)), that is g sqrt(n_k (n-1)/(n-n_k)). For the Burt table, coordinates are g sqrt(λ) and cos² is their square over the squared distance in that table; the v-test,
 * which speaks of people, stays that of the indicator table. NaN for a category that nobody, or everybody, is in.
 * @example
 * ```ts
 * const half = Float64Array.of(0.5, 0.5);
 * const variances = Float64Array.of(0.25);
 * categoryMeasures({ means: Float64Array.of(-0.25, 0.25), shares: half, referenceShares: half, variances, people: 101, burtDistances: null }).tests // Float64Array(2) [ -5, 5 ]
 * ```
 */
export function categoryMeasures({ means, shares, referenceShares, variances, people, burtDistances }: CategoryMeans): {
  coordinates: Float64Array;
  cos2: Float64Array;
  tests: Float64Array;
} {
  const kept = variances.length;
  const [coordinates, cos2, tests] = [0, 1, 2].map(() => new Float64Array(means.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let k = 0; k < shares.length; k++) {
    const odds = shares[k] > 0 && shares[k] < 1 - 1e-12 ? shares[k] / (1 - shares[k]) : Number.NaN;
    for (let s = 0; s < kept; s++) {
      const at = k * kept + s;
      const standard = means[at] / Math.sqrt(variances[s]);
      const g = (shares[k] / referenceShares[k]) * standard;
      coordinates[at] = burtDistances ? g * Math.sqrt(variances[s]) : g;
      cos2[at] = burtDistances ? coordinates[at] ** 2 / burtDistances[k] : standard ** 2 * odds;
      tests[at] = standard * Math.sqrt((people - 1) * odds);
    }
  }
  return { coordinates, cos2, tests };
}
