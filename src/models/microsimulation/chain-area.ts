import { QuartiersError } from "../../codes/errors.ts";
import { type MonotoneQuantile, monotoneQuantile, type QuantileOptions } from "../areas/monotone-quantile.ts";
import { type AllDependencies, calibrateProfiles } from "../calibration/calibrate.ts";
import { areaWeights } from "../calibration/calibrate-areas.ts";
import {
  ConflictingMarginsError,
  InfeasibleCalibrationError,
  UnsolvedCalibrationError,
} from "../calibration/calibration-errors.ts";
import type { StartSums } from "../calibration/weight-report.ts";
import { type ChainInput, marginRidge } from "./chain-input.ts";
import type { EligibilityTable } from "./eligibility-table.ts";
import { type C2sCount, eligiblePersons } from "./eligible-persons.ts";

/** Why an area (or one of its replicates) has no count. */
export const chainFailures = [
  "hidden-deciles",
  "decreasing-deciles",
  "missing-margins",
  "no-inhabitant",
  "conflict",
  "infeasible",
  "unsolved",
  "refused",
] as const;
export type ChainFailure = (typeof chainFailures)[number];

/** The seed of a replicate: its weights, their sums by profile, and what calibration shares between areas. */
export interface ChainSeed {
  readonly weights: Float64Array;
  readonly start: StartSums;
  readonly shared: AllDependencies;
}

/** All that an area needs in one pass of the chain. */
export interface ChainPass {
  readonly seed: ChainSeed;
  readonly targets: Float64Array;
  readonly deciles: Float64Array;
  readonly tail: QuantileOptions;
  readonly table: EligibilityTable;
  readonly shifts: Float64Array;
  /** All thresholds are multiplied by it. */
  readonly thresholdFactor: number;
  readonly multipliers?: Float64Array;
  readonly tolerance: number;
}

export interface ChainCounts {
  readonly ok: true;
  readonly eligible: Readonly<Record<C2sCount, number>>;
  readonly persons: number;
  readonly households: number;
  readonly weights: Float64Array;
  readonly quantile: MonotoneQuantile;
  readonly multipliers: Float64Array;
  /** Kish's effective number of seed households. */
  readonly effective: number;
}

export interface ChainRefusal {
  readonly ok: false;
  readonly failure: ChainFailure;
  /** French sentence. */
  readonly message: string;
}

/** The whole chain for one area: weights, quantiles, placement, counts. A failure is a value: one area stops no other. */
export function chainArea(input: ChainInput, area: number, pass: ChainPass): ChainCounts | ChainRefusal {
  const where = input.areas.names[area];
  const odd = inputFailure(pass);
  if (odd) return odd;
  try {
    const { seed, targets, table, multipliers, tolerance } = pass;
    const ridge = marginRidge(input, area);
    const options = { ...input.calibration, targets, ridge, tolerance, where, scaleStart: true };
    const found = calibrateProfiles(
      input.columns,
      seed.start,
      multipliers ? { ...options, multipliers } : options,
      seed.shared,
    );
    const weights = areaWeights(input.columns, seed.weights, found.ratios);
    const known = monotoneQuantile({ probabilities: input.areas.probabilities, values: [...pass.deciles] }, pass.tail);
    const quantile = scaled(known, pass.thresholdFactor);
    const counts = eligiblePersons(table, { weights, quantile, shifts: pass.shifts });
    const effective = found.report.effectiveAfter;
    return { ok: true, ...counts, weights, quantile, multipliers: found.multipliers, effective };
  } catch (error) {
    if (!(error instanceof QuartiersError)) throw error;
    return { ok: false, failure: failureOf(error), message: error.message };
  }
}

function failureOf(error: QuartiersError): ChainFailure {
  if (error instanceof ConflictingMarginsError) return "conflict";
  if (error instanceof InfeasibleCalibrationError) return "infeasible";
  return error instanceof UnsolvedCalibrationError ? "unsolved" : "refused";
}

/** Living standards seen from thresholds that are all multiplied by one factor. */
const scaled = ({ quantile, shareBelow }: MonotoneQuantile, factor: number): MonotoneQuantile =>
  factor === 1
    ? { quantile, shareBelow }
    : { quantile: (p) => quantile(p) / factor, shareBelow: (value) => shareBelow(value * factor) };

/** What an area lacks before any computation. */
function inputFailure({ targets, deciles }: ChainPass): ChainRefusal | undefined {
  const refusal = (failure: ChainFailure, message: string): ChainRefusal => ({ ok: false, failure, message });
  if (deciles.some(Number.isNaN))
    return refusal(
      "hidden-deciles",
      "Des quantiles de niveau de vie sont secrets ou absents\u00a0: la zone n'est pas estimée.",
    );
  if (deciles.some((value, k) => value < 0 || (k > 0 && value < deciles[k - 1])))
    return refusal(
      "decreasing-deciles",
      "Les quantiles de niveau de vie décroissent ou sont négatifs\u00a0: la zone n'est pas estimée.",
    );
  if (targets.some(Number.isNaN))
    return refusal(
      "missing-margins",
      "Des marges sont secrètes ou absentes\u00a0: absent n'est pas zéro, la zone n'est pas estimée.",
    );
  if (!targets.some((target) => target > 0))
    return refusal("no-inhabitant", "La zone n'a aucun ménage\u00a0: elle n'est pas estimée.");
  return undefined;
}
