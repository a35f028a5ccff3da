/** What places a row on the axes of an MCA. */
export interface RowPlacing {
  /** Number of axes. */
  readonly kept: number;
  readonly questions: number;
  /** What an answer adds to the coordinates, categories x axes. */
  readonly scores: Float64Array;
  readonly shares: Float64Array;
  readonly referenceShares: Float64Array;
  readonly passive: Uint8Array;
}

/** Rows on the axes, row-major. */
export interface PlacedRows {
  readonly coordinates: Float64Array;
  readonly squaredDistances: Float64Array;
  readonly cos2: Float64Array;
}

/**
 * Places rows: F_is = Σ_k (z_ik - f_k) score_ks, and their squared distance to the centre, Σ_k (z_ik - f_k)²/(Q F_k) over the active categories. `answers[q][i]` is a category, or -1: an answer that the
 * analysis never saw (z = 0 for the whole question). Rows of status 0 are NaN. The same formula places active, supplementary and new rows. O(n Q axes).
 * @example
 * ```ts
 * const half = Float64Array.of(0.5, 0.5);
 * const placing = { kept: 1, questions: 1, scores: Float64Array.of(-1, 1), shares: half, referenceShares: half, passive: Uint8Array.of(0, 0) };
 * placeRows([Int32Array.of(0, 1, -1)], Uint8Array.of(1, 1, 2), placing).coordinates // Float64Array(3) [ -1, 1, 0 ]
 * ```
 */
export function placeRows(answers: readonly Int32Array[], status: Uint8Array, placing: RowPlacing): PlacedRows {
  const { kept, scores, shares, referenceShares, passive, questions } = placing;
  const count = status.length;
  const centre = new Float64Array(kept);
  const step = new Float64Array(shares.length);
  let ground = 0;
  for (let k = 0; k < shares.length; k++) {
    if (passive[k] === 1) continue;
    for (let s = 0; s < kept; s++) centre[s] += shares[k] * scores[k * kept + s];
    ground += shares[k] ** 2 / (questions * referenceShares[k]);
    step[k] = (1 - 2 * shares[k]) / (questions * referenceShares[k]);
  }
  const coordinates = new Float64Array(count * kept);
  const squaredDistances = new Float64Array(count);
  const cos2 = new Float64Array(count * kept);
  const place = new Float64Array(kept);
  for (let row = 0; row < count; row++) {
    const start = row * kept;
    if (status[row] === 0) {
      coordinates.fill(Number.NaN, start, start + kept);
      cos2.fill(Number.NaN, start, start + kept);
      squaredDistances[row] = Number.NaN;
      continue;
    }
    for (let s = 0; s < kept; s++) place[s] = 0 - centre[s];
    let distance = ground;
    for (let q = 0; q < answers.length; q++) {
      const category = answers[q][row];
      if (category < 0) continue;
      distance += step[category];
      for (let s = 0; s < kept; s++) place[s] += scores[category * kept + s];
    }
    squaredDistances[row] = distance;
    for (let s = 0; s < kept; s++) {
      coordinates[start + s] = place[s];
      cos2[start + s] = distance > 1e-12 ? (place[s] * place[s]) / distance : Number.NaN;
    }
  }
  return { coordinates, squaredDistances, cos2 };
}
