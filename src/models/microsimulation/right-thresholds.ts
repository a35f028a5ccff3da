/**
 * Under which living standard of its household (EUR a year and consumption unit) each foyer has a right, one column a right. 0: at no income; Infinity: at every
 * income. rsa <= free <= participation on every row.
 */
export interface RightThresholds {
  /** The foyer has the RSA. */
  readonly rsa: Float64Array;
  /** The free C2S, by its resources or by the RSA. */
  readonly free: Float64Array;
  /** A C2S, free or with participation. */
  readonly participation: Float64Array;
}
