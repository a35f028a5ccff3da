import { normal } from "../../codes/random.ts";
import { allDependencies } from "../calibration/calibrate.ts";
import { ridgeColumn } from "../calibration/calibration-options.ts";
import { startSums } from "../calibration/weight-report.ts";
import { checkDraws } from "../uncertainty/replicate-interval.ts";
import { replicateRandom } from "../uncertainty/resample.ts";
import {
  type ChainCounts,
  type ChainFailure,
  type ChainPass,
  type ChainRefusal,
  type ChainSeed,
  chainArea,
} from "./chain-area.ts";
import {
  areaRandom,
  drawCounts3,
  drawDeciles,
  drawMargins,
  drawSeedWeights,
  drawShifts,
  drawVariant,
} from "./chain-draws.ts";
import { type ChainInput, checkChain, marginDeviations, marginRidge } from "./chain-input.ts";
import { c2sCounts } from "./eligible-persons.ts";
import { realisedCovariance } from "./realised-count.ts";
import { placementGroups } from "./seed-households.ts";

/** Counts by area of the chain without any error drawn. */
export type ChainEstimate = readonly (ChainCounts | ChainRefusal)[];

export interface ChainOptions {
  /** Number of replicates of the whole; 200 or more for a 90 % interval. */
  readonly replicates: number;
  readonly seed: number;
  /** Only the replicates from `from` (included) to `to` (excluded): the share of a thread. */
  readonly from?: number;
  readonly to?: number;
}

export interface ChainReplicates {
  readonly from: number;
  readonly to: number;
  /** Eligible persons: areas x replicates (of this share) x 4 (`c2sCounts`); NaN where the chain failed. May leave 0 to the persons of a very small area: never clipped. */
  readonly eligible: Float64Array;
  /** Failed replicates by reason, over all areas. */
  readonly failures: Readonly<Partial<Record<ChainFailure, number>>>;
}

/** The tolerance of the estimate, and that of replicates, far under their errors. */
const [exact, loose] = [1e-10, 1e-7];

/**
 * The chain once for every area, nothing drawn: the first variant of thresholds and of tails, margins and quantiles as published. An area that cannot be estimated
 * says why, and stops no other. Refuses columns that do not fit. O(areas x (calibration + thresholds + foyers)).
 * @example
 * ```ts
 * const columns = { households: 1, profiles: 1, profileOf: Int32Array.of(0), profileSize: Int32Array.of(1), rowStart: Int32Array.of(0, 1), column: Int32Array.of(0),
 *   value: Float64Array.of(1), margins: [{ variable: "ménages", category: "tous", of: "households" }] };
 * const seed = { households: 1, persons: Uint8Array.of(2), groups: Uint8Array.of(0), thresholds: Float64Array.of(6000, 9000, 12000), foyerStart: Int32Array.of(0, 1),
 *   foyerPersons: Uint8Array.of(2), rsa: Uint16Array.of(0), free: Uint16Array.of(1), participation: Uint16Array.of(2) };
 * const areas = { names: ["a"], targets: Float64Array.of(10), probabilities: [0.1, 0.5, 0.9], deciles: Float64Array.of(6000, 12000, 24000) };
 * const errors = { seed: true, margins: 0, deciles: { common: 0.01, each: 0 }, shifts: { shared: 0, own: 0 }, thresholds: { shared: 0, own: 0 }, realised: true };
 * const input = { columns, weights: Float64Array.of(1), areas, variants: [{ table: seed, chance: 1 }], tails: [{ chance: 1 }], errors };
 * chainEstimate(input).map((area) => (area.ok ? area.eligible.all.toFixed(6) : area.message)) // [ "10.000000" ]
 * ```
 */
export function chainEstimate(input: ChainInput): ChainEstimate {
  checkChain(input);
  const seed = chainSeed(input, input.weights);
  return input.areas.names.map((_, area) =>
    chainArea(input, area, { ...publishedPass(input, area), seed, tolerance: exact }),
  );
}

/**
 * Replays the whole chain with its errors drawn: seed households, margins, quantiles, tails, thresholds, placement, and the persons that the area really has. What is
 * shared (seed, variants, shared errors) is drawn by replicate, the rest by replicate and area, from the seed alone: replicates may be shared out between threads (`from`,
 * `to`) and give the same numbers. `estimate` (of `chainEstimate`) may be given so that it is not made again. O(replicates x areas x (calibration + thresholds + foyers)).
 * @example
 * ```ts
 * const columns = { households: 1, profiles: 1, profileOf: Int32Array.of(0), profileSize: Int32Array.of(1), rowStart: Int32Array.of(0, 1), column: Int32Array.of(0),
 *   value: Float64Array.of(1), margins: [{ variable: "ménages", category: "tous", of: "households" }] };
 * const seed = { households: 1, persons: Uint8Array.of(2), groups: Uint8Array.of(0), thresholds: Float64Array.of(6000, 9000, 12000), foyerStart: Int32Array.of(0, 1),
 *   foyerPersons: Uint8Array.of(2), rsa: Uint16Array.of(0), free: Uint16Array.of(1), participation: Uint16Array.of(2) };
 * const areas = { names: ["a"], targets: Float64Array.of(10), probabilities: [0.1, 0.5, 0.9], deciles: Float64Array.of(6000, 12000, 24000) };
 * const errors = { seed: true, margins: 0, deciles: { common: 0.01, each: 0 }, shifts: { shared: 0, own: 0 }, thresholds: { shared: 0, own: 0 }, realised: true };
 * const input = { columns, weights: Float64Array.of(1), areas, variants: [{ table: seed, chance: 1 }], tails: [{ chance: 1 }], errors };
 * const draws = areaDraws(chainReplicates(input, { replicates: 3, seed: 7 }), 0, "all");
 * [draws.length, draws.every((count) => Math.abs(count - 10) < 8)] // [ 3, true ]
 * ```
 */
export function chainReplicates(input: ChainInput, options: ChainOptions, estimate?: ChainEstimate): ChainReplicates {
  checkChain(input);
  checkDraws(options.replicates);
  const { seed, from = 0, to = options.replicates } = options;
  const { names, probabilities } = input.areas;
  const { errors } = input;
  const base = estimate ?? chainEstimate(input);
  const noise = base.map((counts, area) => {
    if (!counts.ok || !errors.realised) return null;
    const { weights, quantile } = counts;
    const known = { columns: input.columns, ridge: marginRidge(input, area), ranks: probabilities };
    return realisedCovariance(
      input.variants[0].table,
      { weights, quantile, shifts: publishedPass(input, area).shifts },
      known,
    );
  });
  const deviations = names.map((_, area) => marginDeviations(input, area));
  const share = to - from;
  const eligible = new Float64Array(names.length * share * c2sCounts.length).fill(Number.NaN);
  const failures: Partial<Record<ChainFailure, number>> = {};
  const count = (failure: ChainFailure): void => {
    failures[failure] = (failures[failure] ?? 0) + 1;
  };
  for (let replicate = from; replicate < to; replicate++) {
    const shared = replicateRandom(seed, replicate);
    const drawn = chainSeed(input, errors.seed ? drawSeedWeights(shared, input.weights) : input.weights);
    const { table } = drawVariant(shared, input.variants);
    const tail = drawVariant(shared, input.tails);
    const sharedShifts = drawShifts(shared, errors.shifts.shared);
    const sharedThreshold = errors.thresholds.shared * normal(shared);
    for (let area = 0; area < names.length; area++) {
      const first = base[area];
      if (!first.ok) {
        count(first.failure);
        continue;
      }
      const random = areaRandom(seed, replicate, input.areas.numbers?.[area] ?? area);
      const pass = publishedPass(input, area);
      const own = drawShifts(random, errors.shifts.own);
      const found = chainArea(input, area, {
        seed: drawn,
        targets: drawMargins(random, input.columns.margins, pass.targets, deviations[area]),
        deciles: drawDeciles(random, pass.deciles, errors.deciles),
        tail,
        table,
        shifts: pass.shifts.map((shift, g) => shift + sharedShifts[g] + own[g]),
        thresholdFactor: Math.exp(sharedThreshold + errors.thresholds.own * normal(random)),
        multipliers: first.multipliers,
        tolerance: loose,
      });
      if (!found.ok) {
        count(found.failure);
        continue;
      }
      const covariance = noise[area];
      const moved = covariance ? drawCounts3(random, covariance) : [0, 0, 0];
      const place = (area * share + replicate - from) * c2sCounts.length;
      const [rsa, free, participationOnly] = [
        found.eligible.rsa + moved[0],
        found.eligible.free + moved[1],
        found.eligible.participationOnly + moved[2],
      ];
      eligible.set([rsa, free, participationOnly, free + participationOnly], place);
    }
  }
  return { from, to, eligible, failures };
}

/**
 * The replicates of one area and count, as a column.
 * @example
 * ```ts
 * [...areaDraws({ from: 0, to: 2, eligible: Float64Array.of(1, 5, 2, 7, 1, 6, 2, 8), failures: {} }, 0, "free")] // [ 5, 6 ]
 * ```
 */
export function areaDraws(
  { from, to, eligible }: ChainReplicates,
  area: number,
  count: (typeof c2sCounts)[number],
): Float64Array {
  const [size, place] = [c2sCounts.length, c2sCounts.indexOf(count)];
  return Float64Array.from({ length: to - from }, (_, r) => eligible[(area * (to - from) + r) * size + place]);
}

/**
 * Puts the shares of threads together, in any order.
 * @example
 * ```ts
 * const share = (from, all) => ({ from, to: from + 1, eligible: Float64Array.of(1, 5, 2, all), failures: {} });
 * [...areaDraws(mergeReplicates([share(1, 8), share(0, 7)], 1), 0, "all")] // [ 7, 8 ]
 * ```
 */
export function mergeReplicates(shares: readonly ChainReplicates[], areas: number): ChainReplicates {
  const from = Math.min(...shares.map((share) => share.from));
  const to = Math.max(...shares.map((share) => share.to));
  const size = c2sCounts.length;
  const eligible = new Float64Array(areas * (to - from) * size).fill(Number.NaN);
  const failures: Partial<Record<ChainFailure, number>> = {};
  for (const share of shares) {
    const length = (share.to - share.from) * size;
    for (let area = 0; area < areas; area++)
      eligible.set(
        share.eligible.subarray(area * length, (area + 1) * length),
        (area * (to - from) + share.from - from) * size,
      );
    for (const [failure, number] of Object.entries(share.failures) as [ChainFailure, number][])
      failures[failure] = (failures[failure] ?? 0) + number;
  }
  return { from, to, eligible, failures };
}

function chainSeed(input: ChainInput, weights: Float64Array): ChainSeed {
  const start = startSums(input.columns, weights);
  // Only whether a margin is soft matters here, not how much; it is the same in every area.
  const ridge = ridgeColumn(input.columns, marginRidge(input, 0));
  return { weights, start, shared: allDependencies(input.columns, ridge, start.weights) };
}

/** What is published of an area, as a pass of the chain. */
function publishedPass(input: ChainInput, area: number): Omit<ChainPass, "seed" | "tolerance"> {
  const margins = input.columns.margins.length;
  const ranks = input.areas.probabilities.length;
  return {
    targets: input.areas.targets.slice(area * margins, (area + 1) * margins),
    deciles: input.areas.deciles.slice(area * ranks, (area + 1) * ranks),
    tail: input.tails[0],
    table: input.variants[0].table,
    shifts: input.shifts ?? new Float64Array(placementGroups),
    thresholdFactor: 1,
  };
}
