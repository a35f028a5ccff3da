/** Times from some places to the places near them, in compressed rows: the pairs of place i are `starts[i]` to `starts[i + 1]` (excluded). */
export interface Reach {
  readonly starts: Int32Array;
  /** Position, in the list of targets, of each place reached, increasing within a row. */
  readonly targets: Int32Array;
  readonly seconds: Float64Array;
}
