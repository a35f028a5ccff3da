import { constantName } from "../areas/design-matrix.ts";
import { fisherScoring } from "./fisher-scoring.ts";
import type { ModelMatrix } from "./model-term.ts";
import type { ScoringProblem } from "./scoring-pass.ts";

/** Deviance of the model of the constant alone, which keeps the offset as R does. O(rows), iterated with an offset. */
export function nullDeviance(problem: ScoringProblem): number {
  const { rows, outcome, weights, offset, family } = problem;
  if (offset) {
    const values = new Float64Array(rows).fill(1);
    const matrix: ModelMatrix = {
      ...{ names: [constantName], rows, columns: 1, values, variables: [], products: [], factors: [[]] },
      ...{ sourceRows: rows, keptRows: new Int32Array(0), droppedRows: 0, missingBy: {}, emptyLevels: [] },
    };
    return fisherScoring(matrix, { ...problem, columns: 1, values }).point.deviance;
  }
  let sum = 0;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    sum += weights[row] * outcome[row];
    total += weights[row];
  }
  const predictor = family.link.predictor(sum / total);
  let deviance = 0;
  for (let row = 0; row < rows; row++)
    if (weights[row] > 0) deviance += weights[row] * family.deviance(outcome[row], predictor);
  return deviance;
}
