import { areaDraws, chainEstimate, chainReplicates } from "../../../src/models/microsimulation/chain-replicates.ts";
import { nonTakeUpOfDraws } from "../../../src/models/microsimulation/non-take-up-draws.ts";
import type { SchemeShare } from "../../../src/models/microsimulation/scheme-share.ts";
import { type PlantedChainOptions, plantedChain } from "./planted-chain.ts";
import { type PlantedWorld, plantedErrors } from "./planted-worlds.ts";

/** An area of a planted world, estimated. */
export interface ScoredArea {
  readonly households: number;
  readonly truth: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly status: string;
}

export const plantedScheme: SchemeShare = {
  value: plantedErrors.schemeMean,
  se: plantedErrors.schemeOwn,
  source: "monde inventé",
};

/** Non-take-up of every area with its interval of 90 %. */
export function scoreWorld(world: PlantedWorld, replicates: number, seed: number): readonly ScoredArea[] {
  const input = plantedChain(world);
  const estimate = chainEstimate(input);
  const drawn = chainReplicates(input, { replicates, seed }, estimate);
  return world.areas.map((area, a) => {
    const counts = estimate[a];
    const found = nonTakeUpOfDraws({
      beneficiaries: area.beneficiaries,
      eligible: counts.ok ? counts.eligible.all : Number.NaN,
      draws: areaDraws(drawn, a, "all"),
      scheme: plantedScheme,
      seed: 5000 + a,
    });
    const { value, low, high, status } = found;
    return { households: area.households, truth: area.nonTakeUp, value, low, high, status };
  });
}

export interface Scores {
  readonly areas: number;
  /** Mean error of the non-take-up, and its root mean square, in points (0 to 100). */
  readonly bias: number;
  readonly rmse: number;
  /** Share of the true rates inside their interval. */
  readonly coverage: number;
  /** Mean width of the intervals, points. */
  readonly width: number;
}

export function scoresOf(areas: readonly ScoredArea[]): Scores {
  const size = areas.length;
  const mean = (of: (area: ScoredArea) => number): number => areas.reduce((sum, area) => sum + of(area) / size, 0);
  return {
    areas: size,
    bias: 100 * mean(({ value, truth }) => value - truth),
    rmse: 100 * Math.sqrt(mean(({ value, truth }) => (value - truth) ** 2)),
    coverage: mean(({ low, high, truth }) => (truth >= low && truth <= high ? 1 : 0)),
    width: 100 * mean(({ low, high }) => high - low),
  };
}

/** Root mean square error of the non-take-up (points) of a chain with an option changed, over worlds; areas whose rate is missing are left out and counted. */
export function errorWith(
  worlds: readonly PlantedWorld[],
  options: PlantedChainOptions & { readonly schemeShare?: number },
): { readonly rmse: number; readonly bias: number; readonly missing: number } {
  const share = options.schemeShare ?? (options.without === "scheme" ? 1 : plantedScheme.value);
  let [squares, sum, size, missing] = [0, 0, 0, 0];
  for (const world of worlds)
    chainEstimate(plantedChain(world, options)).forEach((counts, a) => {
      const { beneficiaries, nonTakeUp } = world.areas[a];
      if (!counts.ok) {
        missing++;
        return;
      }
      const error = 1 - beneficiaries / (share * counts.eligible.all) - nonTakeUp;
      squares += error ** 2;
      sum += error;
      size++;
    });
  return { rmse: 100 * Math.sqrt(squares / size), bias: (100 * sum) / size, missing };
}

/**
 * Beneficiaries of areas held out one fifth at a time, predicted from the others: one take-up rate x eligible persons of the chain, against one constant x poverty rate x
 * population. Root mean square errors relative to the beneficiaries' mean.
 */
export function heldOut(worlds: readonly PlantedWorld[]): {
  readonly chain: number;
  readonly poverty: number;
  readonly ratio: number;
} {
  const errors = { chain: 0, poverty: 0, size: 0, mean: 0 };
  for (const world of worlds) {
    const estimate = chainEstimate(plantedChain(world));
    const predictors = {
      chain: estimate.map((counts) => (counts.ok ? counts.eligible.all : Number.NaN)),
      poverty: world.areas.map(({ povertyRate, population }) => povertyRate * population),
    };
    for (let fold = 0; fold < 5; fold++) {
      const outside = world.areas.map((_, a) => a % 5 === fold);
      for (const name of ["chain", "poverty"] as const) {
        const predictor = predictors[name];
        let [taken, known] = [0, 0];
        world.areas.forEach(({ beneficiaries }, a) => {
          if (outside[a] || Number.isNaN(predictor[a])) return;
          taken += beneficiaries;
          known += predictor[a];
        });
        world.areas.forEach(({ beneficiaries, population }, a) => {
          if (!outside[a]) return;
          errors[name] += ((taken / known) * predictor[a] - beneficiaries) ** 2 / population;
          if (name === "chain") {
            errors.size++;
            errors.mean += beneficiaries ** 2 / population;
          }
        });
      }
    }
  }
  const [chain, poverty] = [Math.sqrt(errors.chain / errors.mean), Math.sqrt(errors.poverty / errors.mean)];
  return { chain, poverty, ratio: chain / poverty };
}
