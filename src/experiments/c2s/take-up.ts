import { normal, seededRandom } from "../../codes/random.ts";
import type { AreaDraws } from "../../models/areas/area-draws.ts";
import { type FayHerriot, fayHerriot } from "../../models/areas/fay-herriot.ts";
import { fayHerriotDraws } from "../../models/areas/fay-herriot-draws.ts";
import { type Interval, type NonTakeUp, nonTakeUp } from "../../models/areas/non-take-up.ts";
import { type AreaRanks, rankAreas } from "../../models/areas/rank-intervals.ts";
import { standardDeviation } from "../../models/uncertainty/replicate-interval.ts";
import type { Beneficiaries } from "./beneficiaries.ts";
import { areaDraws, CONFIDENCE, type EligibleAreas, intervalOf } from "./eligible-areas.ts";

/** Relative standard deviation of the share of the general scheme: the two counts are of different years and files. */
export const SCHEME_SD = 0.02;

/** Three more than the coefficients of the model: what its draws ask for. */
const LEAST_AREAS = 5;

/** Non-take-up of the areas whose beneficiaries are known. One entry an area of the study; NaN where it has none. */
export interface TakeUp {
  readonly beneficiaries: Beneficiaries;
  /** Persons eligible and of the scheme that the beneficiaries are counted in. */
  readonly eligible: Float64Array;
  readonly direct: readonly NonTakeUp[];
  /** From the replicates of the chain, without any normal law. */
  readonly replicated: readonly Interval[];
  /** Areas that entered the model, in the order of `fit` and `ranks`. */
  readonly areas: Int32Array;
  readonly fit: FayHerriot;
  /** Smoothed non-take-up of these areas. */
  readonly smoothed: readonly Interval[];
  readonly ranks: AreaRanks;
  /** Error of the scheme's share in each replicate of the chain, a factor; 1 when every scheme is counted. */
  readonly schemeErrors: Float64Array;
  /** Draws of the smoothed non-take-up of these areas, level included: draw x areas + area. */
  readonly rates: AreaDraws;
}

/**
 * Non-take-up 1 - B/E by area: alone, with the interval of the replicates and Fieller's; then smoothed by the model of Fay and Herriot on log(B/E), which is defined even
 * where beneficiaries exceed the eligible, with the share of the free right among the eligible as covariate. Nothing is clipped: a rate outside 0 to 1 keeps its status.
 * Null when fewer than five areas have both counts: a variance between areas is not drawn from so few.
 */
export function takeUpOf(
  eligible: EligibleAreas,
  beneficiaries: Beneficiaries,
  { seed, draws }: { readonly seed: number; readonly draws: number },
): TakeUp | null {
  const random = seededRandom(seed);
  const covered = (area: number): number =>
    beneficiaries.insured ? beneficiaries.insured[area] / eligible.persons[area] : 1;
  const shareDraws = Float64Array.from({ length: eligible.draws }, () =>
    beneficiaries.insured ? 1 + SCHEME_SD * normal(random) : 1,
  );
  const inScheme = eligible.value.participation.map((persons, area) => persons * covered(area));
  const areaReplicates = (area: number): Float64Array =>
    areaDraws(eligible, "participation", [area]).map((persons, draw) => persons * covered(area) * shareDraws[draw]);
  const direct = eligible.codes.map((_, area): NonTakeUp => {
    const count = beneficiaries.all[area];
    const persons = inScheme[area];
    if (!(persons > 0) || Number.isNaN(count))
      return { value: Number.NaN, low: Number.NaN, high: Number.NaN, status: "missing", warning: "" };
    const seEligible = standardDeviation(areaReplicates(area));
    return nonTakeUp({ beneficiaries: count, eligible: persons, seEligible, confidence: CONFIDENCE });
  });
  const replicated = eligible.codes.map((_, area) =>
    intervalOf(
      direct[area]?.value ?? Number.NaN,
      areaReplicates(area).map((persons) => 1 - beneficiaries.all[area] / persons),
    ),
  );
  const areas = Int32Array.from(eligible.codes.keys()).filter(
    (area) => Number.isFinite(direct[area]?.value) && beneficiaries.all[area] > 0,
  );
  if (areas.length < LEAST_AREAS) return null;
  const logs = Array.from(areas, (area) => areaReplicates(area).map(Math.log));
  // What all areas share in a replicate (an imputation, a tail) moves their level, not their order: it is set apart, and added to the intervals.
  const shared = Float64Array.from({ length: eligible.draws }, (_, draw) =>
    logs.reduce((sum, own) => sum + (own[draw] - mean(own)) / logs.length, 0),
  );
  const input = {
    direct: Float64Array.from(areas, (area) => Math.log(beneficiaries.all[area] / inScheme[area])),
    samplingVariance: Float64Array.from(
      logs,
      (own) => standardDeviation(own.map((log, draw) => log - shared[draw])) ** 2,
    ),
    covariates: {
      gratuite: Float64Array.from(areas, (area) => eligible.value.free[area] / eligible.value.participation[area]),
    },
  };
  const fit = fayHerriot(input);
  const sampled = fayHerriotDraws(input, { seed: seed + 1, draws });
  const level = Float64Array.from({ length: draws }, () => shared[Math.floor(random() * shared.length)]);
  const values = sampled.values.map((log, place) => 1 - Math.exp(log - level[Math.floor(place / areas.length)]));
  const rates = { areas: areas.length, draws, values };
  const smoothed = Array.from(areas, (_, i) =>
    intervalOf(
      1 - Math.exp(fit.estimates[i]),
      Float64Array.from({ length: draws }, (_unused, draw) => values[draw * areas.length + i]),
    ),
  );
  return {
    beneficiaries,
    eligible: inScheme,
    direct,
    replicated,
    areas,
    fit,
    smoothed,
    ranks: rankAreas(rates, { share: 0.1, confidence: CONFIDENCE }),
    schemeErrors: shareDraws,
    rates,
  };
}

/**
 * Persons of an area who have a right and do not use it, in the draws of the model: B x NT / (1 - NT) in the scheme, over the scheme's share of the inhabitants when only one
 * is counted (the others are supposed to behave alike). Null for an area outside the model.
 */
export function nonTakerDraws(
  { areas, rates, beneficiaries }: TakeUp,
  area: number,
  persons: number,
): Float64Array | null {
  const place = areas.indexOf(area);
  if (place < 0) return null;
  const share = beneficiaries.insured ? beneficiaries.insured[area] / persons : 1;
  return Float64Array.from({ length: rates.draws }, (_, draw) => {
    const rate = rates.values[draw * rates.areas + place];
    return (beneficiaries.all[area] * rate) / (1 - rate) / share;
  });
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
