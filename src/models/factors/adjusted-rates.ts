/** Two corrections of the percentages of inertia of an MCA, which raw percentages understate. Not rounded. */
export interface AdjustedRates {
  /** (Q/(Q-1))² (λ - 1/Q)² where λ > 1/Q, else 0. */
  readonly pseudoEigenvalues: Float64Array;
  /** Benzécri (1979): pseudo-eigenvalues over their sum, percent. */
  readonly benzecri: Float64Array;
  /** Greenacre (1993): pseudo-eigenvalues over Q/(Q-1) times the inertia between questions, percent. */
  readonly greenacre: Float64Array;
}

/**
 * Benzécri's and Greenacre's rates. `eigenvalues` are all those of the indicator table (λ, not λ²); `questions` is Q; `betweenInertia` is the sum of the squares of S over pairs of categories of
 * different questions: Σλ² - (J-Q)/Q² in an analysis without passive category. They are two different percentages: name the one that is printed. NaN with one question: nothing lies between questions.
 * @example
 * ```ts
 * // Two questions of two answers: one axis of λ = 0.8 carries all that is between them.
 * const { pseudoEigenvalues, greenacre } = adjustedRates(Float64Array.of(0.8, 0.2), 2, 0.8 ** 2 + 0.2 ** 2 - 2 / 4);
 * [pseudoEigenvalues[0].toFixed(6), greenacre[0].toFixed(6)] // [ "0.360000", "100.000000" ]
 * ```
 */
export function adjustedRates(eigenvalues: Float64Array, questions: number, betweenInertia: number): AdjustedRates {
  const ratio = questions / (questions - 1);
  const pseudoEigenvalues = eigenvalues.map((value) =>
    questions === 1 ? Number.NaN : value > 1 / questions ? (ratio * (value - 1 / questions)) ** 2 : 0,
  );
  const sum = pseudoEigenvalues.reduce((total, value) => total + value, 0);
  return {
    pseudoEigenvalues,
    benzecri: pseudoEigenvalues.map((value) => (100 * value) / sum),
    greenacre: pseudoEigenvalues.map((value) => (100 * value) / (ratio * betweenInertia)),
  };
}
