import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import { cholesky, choleskySolve } from "../linear-algebra/cholesky.ts";
import { chiSquaredTail, fisherTail } from "../uncertainty/test-tails.ts";
import { type DesignVariance, degreesOfFreedomOfRows } from "./design.ts";
import { personCovariance, shareCovariance } from "./rao-scott-covariance.ts";
import { type CrossTable, crossTable } from "./rao-scott-table.ts";
import { replicateDegreesOfFreedom } from "./replicate-degrees.ts";
import { isReplicated, type ReplicateMethod, type SurveyWeighting } from "./replicate-design.ts";

/** A statistic, its law's degrees of freedom, and the chance of more under independence. */
export interface FisherTest {
  readonly statistic: number;
  readonly numeratorDegrees: number;
  readonly denominatorDegrees: number;
  /** NaN when a number of degrees is not positive: too few primary units for so many cells. */
  readonly pValue: number;
}

export interface IndependenceTest {
  readonly table: CrossTable;
  /** Pearson's X^2 of the weighted shares on the number of respondents, which is not to be read with a chi-square law: the design is not in it. */
  readonly pearson: number;
  /** Mean of the eigenvalues of the design effect: 1 for a simple random sample. */
  readonly meanDesignEffect: number;
  /** X^2 / mean design effect, on the chi-square law of (rows - 1)(columns - 1) degrees. */
  readonly firstOrder: { readonly statistic: number; readonly degreesOfFreedom: number; readonly pValue: number };
  /** The usual one: F with Satterthwaite's degrees of freedom. */
  readonly secondOrder: FisherTest;
  /** Wald's test of the departures from independence, and its adjustment for few primary units. null when their covariance is singular. */
  readonly wald: FisherTest | null;
  readonly adjustedWald: FisherTest | null;
  /** Primary units less strata of the domain. */
  readonly designDegrees: number;
  /** The formula of the variance. */
  readonly variance: DesignVariance | ReplicateMethod;
}

/**
 * Are two answers independent, in a survey? Rao and Scott's (1984) first and second order corrections of Pearson's X^2, and Wald's test (Koch, Freeman and Freeman 1975) with its
 * adjustment (Thomas and Rao 1987), as R survey's svychisq. Rows without both answers leave the table, not the design. A level nobody chose is dropped, and said in `table`.
 * O(p^2 x n), p = (rows - 1)(columns - 1).
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7), stratumOfUnit: new Int32Array(8), unitsInStratum: Int32Array.of(8), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { weights: new Float64Array(8).fill(1), stratumOf: new Int32Array(8), ...stage, stages: [stage], lonelyUnit: "fail", calibration: null, variance: "ultimate-cluster" };
 * const place = { name: "lieu", levels: ["QPV", "ailleurs"], codes: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1) };
 * const cinema = { name: "cinéma", levels: ["non", "oui"], codes: Int32Array.of(1, 1, 0, 0, 1, 0, 0, 0) };
 * independenceTest(design, place, cinema).secondOrder.pValue.toFixed(4) // "0.5165"
 * ```
 */
export function independenceTest(
  survey: SurveyWeighting,
  first: CategoricalVariable,
  second: CategoricalVariable,
  { inDomain = null }: { readonly inDomain?: Uint8Array | null } = {},
): IndependenceTest {
  const table = crossTable(survey.weights, first, second, inDomain);
  const degrees = (table.rows.length - 1) * (table.columns.length - 1);
  const designDegrees = domainDegrees(survey, inDomain);
  const respondents = table.respondents.reduce((sum, count) => sum + count, 0);
  const { total, shares, rowShares, columnShares } = tableShares(table);
  const pearson =
    respondents *
    shares.reduce((sum, share, cell) => {
      const expected = rowShares[rowOf(table, cell)] * columnShares[columnOf(table, cell)];
      return sum + (share - expected) ** 2 / expected;
    }, 0);
  const { trace, squaredTrace } = designEffects(survey, table, shares, respondents);
  const statistic = pearson / trace;
  const freedom = (trace * trace) / squaredTrace;
  const meanDesignEffect = trace / degrees;
  const corrected = pearson / meanDesignEffect;
  const wald = waldStatistic(survey, table, shares, rowShares, columnShares, total);
  const adjusted = designDegrees - degrees + 1;
  return {
    table,
    pearson,
    meanDesignEffect,
    firstOrder: {
      statistic: corrected,
      degreesOfFreedom: degrees,
      pValue: chiSquaredTail(corrected, degrees),
    },
    secondOrder: fisherTest(statistic, freedom, freedom * designDegrees),
    wald: wald === null ? null : fisherTest(wald / degrees, degrees, designDegrees),
    adjustedWald: wald === null ? null : fisherTest((wald * adjusted) / (degrees * designDegrees), degrees, adjusted),
    designDegrees,
    variance: isReplicated(survey) ? survey.method : survey.variance,
  };
}

function fisherTest(statistic: number, numeratorDegrees: number, denominatorDegrees: number): FisherTest {
  const pValue = fisherTail(statistic, numeratorDegrees, denominatorDegrees);
  return { statistic, numeratorDegrees, denominatorDegrees, pValue };
}

const rowOf = (table: CrossTable, cell: number): number => Math.floor(cell / table.columns.length);
const columnOf = (table: CrossTable, cell: number): number => cell % table.columns.length;

function tableShares(table: CrossTable): {
  readonly total: number;
  readonly shares: Float64Array;
  readonly rowShares: Float64Array;
  readonly columnShares: Float64Array;
} {
  const total = table.weights.reduce((sum, weight) => sum + weight, 0);
  const shares = table.weights.map((weight) => weight / total);
  const rowShares = new Float64Array(table.rows.length);
  const columnShares = new Float64Array(table.columns.length);
  shares.forEach((share, cell) => {
    rowShares[rowOf(table, cell)] += share;
    columnShares[columnOf(table, cell)] += share;
  });
  return { total, shares, rowShares, columnShares };
}

/** Trace of Rao and Scott's design effect matrix and of its square. The contrasts of interaction are those of equal cells, any others give the same. */
function designEffects(
  survey: SurveyWeighting,
  table: CrossTable,
  shares: Float64Array,
  respondents: number,
): { readonly trace: number; readonly squaredTrace: number } {
  const contrasts = interactionContrasts(table);
  const size = contrasts.length;
  const inverse = shares.map((share) => (share === 0 ? 0 : 1 / share));
  const underRandom = new Float64Array(size * size);
  contrasts.forEach((a, i) => {
    contrasts.forEach((b, j) => {
      underRandom[i * size + j] =
        a.reduce((sum, value, cell) => sum + value * inverse[cell] * b[cell], 0) / respondents;
    });
  });
  const covariances = shareCovariance(
    survey,
    table,
    contrasts.map((contrast) => contrast.map((value, cell) => value * inverse[cell])),
  );
  const factor = cholesky(underRandom, size);
  if (!factor) return { trace: Number.NaN, squaredTrace: Number.NaN };
  const effects = Array.from({ length: size }, (_, column) =>
    choleskySolve(factor, covariances.slice(column * size, (column + 1) * size)),
  );
  let trace = 0;
  let squaredTrace = 0;
  for (let i = 0; i < size; i++) {
    trace += effects[i][i];
    for (let j = 0; j < size; j++) squaredTrace += effects[i][j] * effects[j][i];
  }
  return { trace, squaredTrace };
}

/** One value a cell, the product of two centred indicators, for every row and column but the first. */
function interactionContrasts(table: CrossTable): readonly Float64Array[] {
  const height = table.rows.length;
  const width = table.columns.length;
  const contrasts: Float64Array[] = [];
  for (let row = 1; row < height; row++)
    for (let column = 1; column < width; column++)
      contrasts.push(
        Float64Array.from(
          table.weights,
          (_, cell) =>
            (Number(rowOf(table, cell) === row) - 1 / height) * (Number(columnOf(table, cell) === column) - 1 / width),
        ),
      );
  return contrasts;
}

/** Wald's quadratic form of share - row share x column share, over every row and column but the first; null when their covariance is singular. */
function waldStatistic(
  survey: SurveyWeighting,
  table: CrossTable,
  shares: Float64Array,
  rowShares: Float64Array,
  columnShares: Float64Array,
  total: number,
): number | null {
  const departures: number[] = [];
  const combinations: Float64Array[] = [];
  for (let row = 1; row < table.rows.length; row++)
    for (let column = 1; column < table.columns.length; column++) {
      const rowShare = rowShares[row];
      const columnShare = columnShares[column];
      departures.push(shares[row * table.columns.length + column] - rowShare * columnShare);
      combinations.push(
        table.weights.map((_, cell) => {
          const inRow = Number(rowOf(table, cell) === row);
          const inColumn = Number(columnOf(table, cell) === column);
          return (inRow * inColumn - inRow * columnShare - inColumn * rowShare + rowShare * columnShare) / total;
        }),
      );
    }
  const factor = cholesky(personCovariance(survey, table, combinations), departures.length, 1e-10);
  if (!factor) return null;
  const solved = choleskySolve(factor, Float64Array.from(departures));
  return departures.reduce((sum, departure, k) => sum + departure * solved[k], 0);
}

/** Degrees of freedom of the rows of the domain that stand for somebody, with an answer or not, as R survey counts them. */
function domainDegrees(survey: SurveyWeighting, inDomain: Uint8Array | null): number {
  const rows = Int32Array.from(survey.weights.keys()).filter(
    (row) => survey.weights[row] !== 0 && !(inDomain && inDomain[row] === 0),
  );
  return isReplicated(survey) ? replicateDegreesOfFreedom(survey, rows) : degreesOfFreedomOfRows(survey, rows);
}
