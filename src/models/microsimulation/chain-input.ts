import { QuartiersError } from "../../codes/errors.ts";
import type { QuantileOptions } from "../areas/monotone-quantile.ts";
import type { CalibrationOptions } from "../calibration/calibration-options.ts";
import { ridgeOfErrors } from "../calibration/ridge.ts";
import type { SeedColumns } from "../calibration/seed-columns.ts";
import type { EligibilityTable } from "./eligibility-table.ts";
import { placementGroups } from "./seed-households.ts";

/** What is published of each area, in columns. Plain values: threads can share them. */
export interface ChainAreas {
  readonly names: readonly string[];
  /** Targets of the margins, areas x margins, in the order of the columns. */
  readonly targets: Float64Array;
  /** Ranks of the published quantiles (0.1 to 0.9), the same in every area. */
  readonly probabilities: readonly number[];
  /** Their values, areas x ranks, EUR a year and consumption unit; NaN: hidden. */
  readonly deciles: Float64Array;
  /** Softness of each target (areas x margins), as `calibrateAreas` takes it; from the errors of the margins when absent. The same margins are exact (0) in every area. */
  readonly ridge?: Float64Array;
  /** Standard error of each target in its own unit (areas x margins), for the draws; from the errors of the margins when absent. */
  readonly targetSd?: Float64Array;
  /** Number of each area, which its draws depend on: areas computed in two calls have two numbers. Its place when absent. */
  readonly numbers?: ArrayLike<number>;
}

/** One way to make the thresholds, and how much it is believed. */
export interface ThresholdVariant {
  readonly table: EligibilityTable;
  /** Chance of this variant in a replicate; the chances add up to 1. The first variant is that of the estimate. */
  readonly chance: number;
}

/** One way to bend the quantiles and to continue them beyond the published ones, and how much it is believed. The first is that of the estimate. */
export interface TailVariant extends QuantileOptions {
  readonly chance: number;
}

export interface ChainInput {
  readonly columns: SeedColumns;
  /** Start weight of each seed household. */
  readonly weights: Float64Array;
  readonly areas: ChainAreas;
  readonly variants: readonly ThresholdVariant[];
  readonly tails: readonly TailVariant[];
  /** Of the 30 groups of placement; absent: no placement. */
  readonly shifts?: Float64Array;
  /** Distance of the calibration. The softness of the margins comes from their errors. */
  readonly calibration?: Pick<CalibrationOptions, "method" | "bounds" | "maxIterations">;
  readonly errors: ChainErrors;
}

/** An error that all areas share in a replicate, and one that each area has of its own (standard deviations). */
export interface SharedAndOwn {
  readonly shared: number;
  readonly own: number;
}

/** The errors that replicates draw. Those set to 0 are held for exact, which a page has to say. */
export interface ChainErrors {
  /** Draw the seed households again (positive weights of mean 1, exponential: Rubin 1981). */
  readonly seed: boolean;
  /** Relative standard deviation of each margin, one number or one a margin. It is also its softness in the calibration; 0: met exactly. */
  readonly margins: number | readonly number[];
  /** Relative standard deviation of published quantiles: common to the quantiles of the area, and of each. */
  readonly deciles: { readonly common: number; readonly each: number };
  /** Of the effect of each type, tenure and age on the normal score. */
  readonly shifts: SharedAndOwn;
  /** Relative, of all thresholds together: what the bridge from living standard to resources may get wrong. */
  readonly thresholds: SharedAndOwn;
  /** Draw the persons that the area really has around those expected. */
  readonly realised: boolean;
}

/** No error: replicates are all the estimate. */
export const noErrors: ChainErrors = {
  seed: false,
  margins: 0,
  deciles: { common: 0, each: 0 },
  shifts: { shared: 0, own: 0 },
  thresholds: { shared: 0, own: 0 },
  realised: false,
};

/** Relative error of each margin as a column. */
export const marginErrors = ({ columns, errors }: Pick<ChainInput, "columns" | "errors">): Float64Array =>
  Float64Array.from(columns.margins, (_, k) =>
    typeof errors.margins === "number" ? errors.margins : errors.margins[k],
  );

/** Softness of the margins of an area. */
export function marginRidge(
  { columns, areas, errors }: Pick<ChainInput, "columns" | "areas" | "errors">,
  area: number,
): Float64Array {
  const size = columns.margins.length;
  const [from, to] = [area * size, (area + 1) * size];
  if (areas.ridge) return areas.ridge.slice(from, to);
  return ridgeOfErrors(areas.targets.slice(from, to), [...marginErrors({ columns, errors })]);
}

/** Standard error of each margin of an area, in its own unit. */
export function marginDeviations(
  { columns, areas, errors }: Pick<ChainInput, "columns" | "areas" | "errors">,
  area: number,
): Float64Array {
  const size = columns.margins.length;
  const [from, to] = [area * size, (area + 1) * size];
  if (areas.targetSd) return areas.targetSd.slice(from, to);
  return marginErrors({ columns, errors }).map((error, k) => error * Math.abs(areas.targets[from + k]));
}

/** Refuses an input whose columns do not fit, chances that do not add up to 1, and errors that are negative or absent. */
export function checkChain(input: ChainInput): void {
  const { columns, weights, areas, variants, tails, shifts, errors } = input;
  const fits: readonly [string, number, number][] = [
    ["poids de départ", weights.length, columns.households],
    ["marges des zones", areas.targets.length, areas.names.length * columns.margins.length],
    ["quantiles des zones", areas.deciles.length, areas.names.length * areas.probabilities.length],
    ["décalages du placement", shifts?.length ?? placementGroups, placementGroups],
    ["souplesse des marges", areas.ridge?.length ?? areas.targets.length, areas.targets.length],
    ["erreurs types des marges", areas.targetSd?.length ?? areas.targets.length, areas.targets.length],
    ["numéros des zones", areas.numbers?.length ?? areas.names.length, areas.names.length],
    ["erreurs des marges", marginErrors(input).filter((error) => error >= 0).length, columns.margins.length],
    ...variants.map(({ table }): [string, number, number] => ["ménages des seuils", table.households, weights.length]),
  ];
  for (const [what, found, expected] of fits)
    if (found !== expected)
      throw new QuartiersError({
        what: "Chaîne de microsimulation\u00a0: des colonnes ne vont pas ensemble",
        value: `${what}\u00a0: ${found}`,
        expected: `${expected} valeurs`,
      });
  const exact = (area: number): string =>
    marginRidge(input, area)
      .map((softness) => Number(softness === 0))
      .join("");
  if (areas.ridge && areas.names.some((_, area) => exact(area) !== exact(0)))
    throw new QuartiersError({
      what: "Chaîne de microsimulation\u00a0: des zones n'ont pas les mêmes marges exactes",
      expected: "une souplesse nulle pour les mêmes marges dans toutes les zones",
      remedy: "donner une souplesse sans effet (1e18) aux marges qu'une zone n'a pas, ou calculer ces zones à part",
    });
  for (const [what, chances] of [
    ["variantes de seuils", variants.map(({ chance }) => chance)],
    ["queues de distribution", tails.map(({ chance }) => chance)],
  ] as const) {
    const sum = chances.reduce((total, chance) => total + chance, 0);
    if (!(Math.abs(sum - 1) < 1e-9 && chances.every((chance) => chance >= 0)))
      throw new QuartiersError({
        what: "Chances d'hypothèses impossibles",
        value: chances.join(" ; "),
        where: what,
        expected: "des chances positives ou nulles, de somme 1",
      });
  }
  const { deciles, shifts: moves, thresholds } = errors;
  for (const error of [deciles.common, deciles.each, moves.shared, moves.own, thresholds.shared, thresholds.own])
    if (!(error >= 0 && error < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: "Erreur type d'une source impossible",
        value: String(error),
        expected: "un nombre fini, positif ou nul",
      });
}
