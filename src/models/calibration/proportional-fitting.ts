import { QuartiersError } from "../../codes/errors.ts";
import { checkWeights } from "./calibration-options.ts";
import { checkTargets } from "./margin-targets.ts";
import { marginName, marginTotals, type SeedColumns } from "./seed-columns.ts";
import { startSums, type WeightReport, weightReport } from "./weight-report.ts";

export interface FittingInput {
  readonly weights: Float64Array;
  readonly targets: Float64Array;
  /** Largest gap left on a margin, relative to its target. Default 1e-10. */
  readonly tolerance?: number;
  /** Passes over all margins. Default 1 000. */
  readonly maxIterations?: number;
}

/** Weights by successive proportional fits, converged or not. */
export interface Fitting {
  readonly weights: Float64Array;
  readonly iterations: number;
  /** False when the gaps no longer shrink, or passes ran out: see `report.margins` for the margins that are not met. */
  readonly converged: boolean;
  readonly report: WeightReport;
}

/**
 * Iterative proportional fitting (Deming and Stephan 1940): each margin in turn multiplies the weights of its households. On categories it tends to the weights
 * of `calibrate` by raking, and keeps their odds ratios; it is here to be compared, and for readers who know it. Columns other than 0 or 1 are refused.
 * O(passes x cells).
 * @example
 * ```ts
 * const columns = { households: 2, profiles: 2, profileOf: Int32Array.of(0, 1), profileSize: Int32Array.of(1, 1),
 *   margins: [{ variable: "taille", category: "1", of: "households" }, { variable: "taille", category: "2+", of: "households" }],
 *   rowStart: Int32Array.of(0, 1, 2), column: Int32Array.of(0, 1), value: Float64Array.of(1, 1) };
 * [...proportionalFitting(columns, { weights: Float64Array.of(1, 1), targets: Float64Array.of(3, 7) }).weights] // [ 3, 7 ]
 * ```
 */
export function proportionalFitting(columns: SeedColumns, input: FittingInput): Fitting {
  const odd = columns.value.findIndex((value) => value !== 1);
  if (odd >= 0)
    throw new QuartiersError({
      what: "L'ajustement proportionnel (IPF) ne se fait que sur des catégories",
      value: `${marginName(columns.margins[columns.column[odd]])}\u00a0: ${columns.value[odd]}`,
      expected: "0 ou 1 par ménage",
      remedy: "prendre calibrate, qui tient ménages et personnes ensemble, ou proportionalUpdating (IPU)",
    });
  return proportionalUpdating(columns, input);
}

/**
 * Iterative proportional updating (IPU; Ye, Konduri, Pendyala, Sana and Waddell 2009): each margin of households or persons in turn multiplies the weights of the
 * households that hold some of it by target / total. A heuristic: with several persons a household it does not give the nearest weights, and may stop
 * short of the margins; `calibrate` meets the same margins exactly. O(passes x cells).
 * @example
 * ```ts
 * const columns = { households: 2, profiles: 2, profileOf: Int32Array.of(0, 1), profileSize: Int32Array.of(1, 1),
 *   margins: [{ variable: "taille", category: "toutes", of: "households" }, { variable: "âge", category: "18+", of: "persons" }],
 *   rowStart: Int32Array.of(0, 2, 4), column: Int32Array.of(0, 1, 0, 1), value: Float64Array.of(1, 1, 1, 2) };
 * const { weights, converged } = proportionalUpdating(columns, { weights: Float64Array.of(5, 5), targets: Float64Array.of(10, 15) });
 * [[...weights], converged] // [ [ 5, 5 ], true ]
 * ```
 */
export function proportionalUpdating(columns: SeedColumns, input: FittingInput): Fitting {
  const { weights, targets, tolerance = 1e-10, maxIterations = 1000 } = input;
  checkWeights(columns, weights);
  checkTargets(columns, targets);
  const { margins, column, value, profiles } = columns;
  const negative = value.findIndex((amount) => amount < 0);
  if (negative >= 0)
    throw new QuartiersError({
      what: "L'ajustement proportionnel n'admet pas de quantité négative",
      value: marginName(margins[column[negative]]),
      remedy: "prendre calibrate",
    });
  const holders = holdersOf(columns);
  const start = startSums(columns, weights);
  const after = start.weights.slice();
  let iterations = 0;
  let gap = Number.POSITIVE_INFINITY;
  let before = Number.POSITIVE_INFINITY;
  while (iterations < maxIterations) {
    gap = largestGap(columns, after, targets);
    if (gap <= tolerance) break;
    if (iterations % 100 === 0 && iterations > 0) {
      if (gap > before * 0.999) break; // a hundred passes without progress
      before = gap;
    }
    iterations++;
    for (let margin = 0; margin < margins.length; margin++) {
      let total = 0;
      for (let k = holders.start[margin]; k < holders.start[margin + 1]; k++)
        total += after[holders.profile[k]] * holders.value[k];
      if (total === 0) {
        if (targets[margin] === 0) continue;
        throw new QuartiersError({
          what: "Marge sans aucun ménage dans l'échantillon, ou que des marges nulles ont vidée",
          value: `${marginName(margins[margin])} (${targets[margin]})`,
          remedy: "regrouper la modalité avec une voisine, ou élargir l'échantillon de départ",
        });
      }
      const factor = targets[margin] / total;
      for (let k = holders.start[margin]; k < holders.start[margin + 1]; k++) after[holders.profile[k]] *= factor;
    }
  }
  const ratios = new Float64Array(profiles);
  for (let p = 0; p < profiles; p++) ratios[p] = after[p] / start.weights[p];
  return {
    weights: weights.map((weight, i) => weight * ratios[columns.profileOf[i]]),
    iterations,
    converged: gap <= tolerance,
    report: weightReport(columns, start, ratios, targets, [0, Number.POSITIVE_INFINITY]),
  };
}

/** The profiles of each margin: the columns by column. */
function holdersOf({ margins, rowStart, column, value, profiles }: SeedColumns): {
  readonly start: Int32Array;
  readonly profile: Int32Array;
  readonly value: Float64Array;
} {
  const start = new Int32Array(margins.length + 1);
  for (const margin of column) start[margin + 1]++;
  for (let k = 0; k < margins.length; k++) start[k + 1] += start[k];
  const next = start.slice();
  const holders = { start, profile: new Int32Array(column.length), value: new Float64Array(column.length) };
  for (let p = 0; p < profiles; p++)
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) {
      const place = next[column[k]]++;
      holders.profile[place] = p;
      holders.value[place] = value[k];
    }
  return holders;
}

function largestGap(columns: SeedColumns, weights: Float64Array, targets: Float64Array): number {
  const totals = marginTotals(columns, weights);
  let gap = 0;
  for (let k = 0; k < targets.length; k++)
    gap = Math.max(gap, Math.abs(totals[k] - targets[k]) / (Math.abs(targets[k]) || 1));
  return gap;
}
