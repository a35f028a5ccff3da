/** Weighted sums of the two groups of a comparison, by cell: `weight[side][cell]`. */
export interface CellSums {
  readonly respondents: readonly [Int32Array, Int32Array];
  readonly weight: readonly [Float64Array, Float64Array];
  /** Mean answer of the cell; NaN where the group has nobody. */
  readonly mean: readonly [Float64Array, Float64Array];
  /** Sum of the weights of each group. */
  readonly total: readonly [number, number];
  /** 1 where both groups have somebody. */
  readonly common: Uint8Array;
}

/** Sums by group and cell over the rows whose weight is above 0. O(rows + cells). */
export function cellSums(
  weights: Float64Array,
  answers: Float64Array,
  sideOf: Int8Array,
  rows: Int32Array,
  cellOf: Int32Array,
  cells: number,
): CellSums {
  const respondents = [new Int32Array(cells), new Int32Array(cells)] as const;
  const weight = [new Float64Array(cells), new Float64Array(cells)] as const;
  const mean = [new Float64Array(cells), new Float64Array(cells)] as const;
  const total: [number, number] = [0, 0];
  for (const row of rows) {
    if (weights[row] === 0) continue;
    const side = sideOf[row];
    respondents[side][cellOf[row]]++;
    weight[side][cellOf[row]] += weights[row];
    mean[side][cellOf[row]] += weights[row] * answers[row];
    total[side] += weights[row];
  }
  const common = new Uint8Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    mean[0][cell] /= weight[0][cell];
    mean[1][cell] /= weight[1][cell];
    common[cell] = Number(respondents[0][cell] > 0 && respondents[1][cell] > 0);
  }
  return { respondents, weight, mean, total, common };
}
