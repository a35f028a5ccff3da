import type { SurveyDesign } from "./design.ts";
import { totalCovariance } from "./design-variance.ts";
import type { CrossTable } from "./rao-scott-table.ts";
import { isReplicated, type ReplicateDesign, type SurveyWeighting } from "./replicate-design.ts";
import { replicateCovariance } from "./replicate-variance.ts";

/**
 * Covariances of linear combinations of the shares of the cells, whose coefficients are given cell by cell; p x p. O(n x p) for a design, O(n x replicates) for
 * replicate weights.
 */
export function shareCovariance(
  survey: SurveyWeighting,
  table: CrossTable,
  combinations: readonly Float64Array[],
): Float64Array {
  const total = sum(table.weights);
  if (isReplicated(survey))
    return ofReplicates(survey, table, combinations, (weights) => {
      const replicateTotal = sum(weights);
      return weights.map((weight) => weight / replicateTotal);
    });
  return ofDesign(
    survey,
    table,
    combinations.map((combination) => {
      const centre = dot(combination, table.weights) / total;
      return combination.map((value) => (value - centre) / total);
    }),
  );
}

/** The same of the persons of the cells (sums of weights). */
export function personCovariance(
  survey: SurveyWeighting,
  table: CrossTable,
  combinations: readonly Float64Array[],
): Float64Array {
  return isReplicated(survey)
    ? ofReplicates(survey, table, combinations, (weights) => weights)
    : ofDesign(survey, table, combinations);
}

function ofDesign(design: SurveyDesign, { cellOf }: CrossTable, combinations: readonly Float64Array[]): Float64Array {
  return totalCovariance(
    design,
    combinations.map((combination) => Float64Array.from(cellOf, (cell) => (cell < 0 ? 0 : combination[cell]))),
  );
}

function ofReplicates(
  survey: ReplicateDesign,
  { cellOf, weights }: CrossTable,
  combinations: readonly Float64Array[],
  measure: (cellWeights: Float64Array) => Float64Array,
): Float64Array {
  const combined = (cellWeights: Float64Array): readonly number[] => {
    const measured = measure(cellWeights);
    return combinations.map((combination) => dot(combination, measured));
  };
  const drawn = new Float64Array(cellOf.length);
  const values = Array.from({ length: survey.replicates }, (_, replicate) => {
    survey.fill(replicate, drawn);
    const cellWeights = new Float64Array(weights.length);
    for (let row = 0; row < drawn.length; row++) if (cellOf[row] >= 0) cellWeights[cellOf[row]] += drawn[row];
    return combined(cellWeights);
  });
  return replicateCovariance(survey, combined(weights), values).covariance;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, value, k) => total + value * b[k], 0);
}
