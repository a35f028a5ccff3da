/** Effects of one group: `terms` a level (constant and slopes). */
export interface LinearEffects {
  readonly modes: Float64Array;
  /** Conditional covariance of each level's terms, terms x terms, as a share of the variance of the residuals. */
  readonly covariances: Float64Array;
}

/**
 * The random part of a linear mixed model, seen from its relative factors (`ratios`, Lambda of Bates et al. 2015): columns are those of the fixed effects and
 * the outcome last, row after row.
 */
export interface LinearTerms {
  readonly ratios: number;
  /** log |Lambda' Z'Z Lambda + I|, and what Z explains of the cross products of the columns. */
  at(ratios: Float64Array): { readonly logDeterminant: number; readonly explained: Float64Array };
  /** Effects of each group, given the weight of each column in what is left to explain (minus the coefficients, then 1). */
  effects(ratios: Float64Array, combination: Float64Array): readonly LinearEffects[];
}
