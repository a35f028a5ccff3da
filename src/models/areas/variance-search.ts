/** A likelihood to be maximised over a variance: its logarithm and the derivative of it. */
export interface VarianceLikelihood {
  readonly logLikelihood: (variance: number) => number;
  readonly score: (variance: number) => number;
}

/**
 * The variance of 0 or more that maximises a likelihood. Values from `scale` / 1e6 to `scale` x 1e6 are tried, three a decade, and 0; then the root of
 * the score next to the best one is found by bisection to the last digits. A flat or falling likelihood from 0 on gives exactly 0, which is where
 * Fisher's scoring would go negative. Sure where the likelihood has two tops, unlike scoring from one start. About 100 evaluations.
 * @example
 * ```ts
 * maximiseVariance({ logLikelihood: (v) => -((v - 2) ** 2), score: (v) => 4 - 2 * v }, 1) // 2
 * ```
 */
export function maximiseVariance({ logLikelihood, score }: VarianceLikelihood, scale: number): number {
  const tried = [0];
  for (let step = -18; step <= 18; step++) tried.push(scale * 10 ** (step / 3));
  let best = 0;
  let bestValue = Number.NEGATIVE_INFINITY;
  tried.forEach((variance, index) => {
    const value = logLikelihood(variance);
    if (value > bestValue) {
      best = index;
      bestValue = value;
    }
  });
  let low = tried[Math.max(best - 1, 0)] ?? 0;
  let high = tried[Math.min(best + 1, tried.length - 1)] ?? 0;
  if (low === 0 && !(score(0) > 0)) return 0;
  while (true) {
    const middle = (low + high) / 2;
    if (!(middle > low && middle < high)) return middle;
    if (score(middle) > 0) low = middle;
    else high = middle;
  }
}
