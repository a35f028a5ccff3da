/** Logistic regression by Newton's method: coefficients and standard errors. A test's own tool, kept apart from the models. */
export function logit(x: readonly (readonly number[])[], y: readonly number[]): { beta: number[]; se: number[] } {
  const p = x[0]?.length ?? 0;
  let beta = Array.from({ length: p }, () => 0);
  let inverse: number[][] = [];
  for (let step = 0; step < 12; step++) {
    const information = Array.from({ length: p }, () => Array.from({ length: p }, () => 0));
    const score = Array.from({ length: p }, () => 0);
    for (const [i, row] of x.entries()) {
      const odds = row.reduce((sum, value, j) => sum + value * beta[j], 0);
      const chance = 1 / (1 + Math.exp(-odds));
      const weight = chance * (1 - chance);
      for (let j = 0; j < p; j++) {
        score[j] += row[j] * (y[i] - chance);
        for (let k = 0; k < p; k++) information[j][k] += weight * row[j] * row[k];
      }
    }
    inverse = invert(information);
    beta = beta.map((b, j) => b + inverse[j].reduce((sum, value, k) => sum + value * score[k], 0));
  }
  return { beta, se: inverse.map((row, j) => Math.sqrt(row[j])) };
}

/** Gauss and Jordan, with the largest pivot. */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const n = matrix.length;
  const work = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < n; i++) {
    const pivot = work
      .slice(i)
      .reduce((best, row, k) => (Math.abs(row[i]) > Math.abs(work[best][i]) ? i + k : best), i);
    [work[i], work[pivot]] = [work[pivot], work[i]];
    const lead = work[i][i];
    work[i] = work[i].map((value) => value / lead);
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = work[k][i];
      work[k] = work[k].map((value, j) => value - factor * work[i][j]);
    }
  }
  return work.map((row) => row.slice(n));
}
