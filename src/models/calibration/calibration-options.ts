import { QuartiersError } from "../../codes/errors.ts";
import type { CalibrationDistance, RatioBounds } from "./distance.ts";
import { linearDistance } from "./linear-distance.ts";
import { logitDistance } from "./logit-distance.ts";
import { rakingDistance } from "./raking-distance.ts";
import type { SeedColumns } from "./seed-columns.ts";
import { truncatedDistance } from "./truncated-distance.ts";

export interface CalibrationOptions {
  /** "raking" (default): positive weights. "linear": GREG, truncated when bounds are given. "logit": bounds needed. */
  readonly method?: "raking" | "linear" | "logit";
  /** Bounds of the ratio of the weight after to the weight before. */
  readonly bounds?: RatioBounds;
  /**
   * Softness of the margins (one number, or one a margin): a gap costs gap^2 / (2 ridge), beside the distance of the weights. 0 (default) is exact. A margin known to
   * a relative error e asks for (e x target)^2 (`ridgeOfErrors`).
   */
  readonly ridge?: number | Float64Array;
  /** A margin of 0 with households in it: "refuse" (default) or "exclude", their weight is then 0 and the report counts them. Linear weights can meet it as it is. */
  readonly zeroMargins?: "refuse" | "exclude";
  /** Multiplies the start weights so that they add up to the households of the targets, before any bound is applied. Default false. */
  readonly scaleStart?: boolean;
  /**
   * Multipliers to begin with, those of an earlier calibration of the same margins (areas x margins for many areas): a replicate of a bootstrap then ends in fewer steps. The
   * weights found are the same to the tolerance.
   */
  readonly multipliers?: Float64Array;
  /** Largest gap left on a margin, relative to its target. Default 1e-10. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
}

/** The distance that the options ask for; bounds missing or too many are refused. */
export function distanceOf({ method = "raking", bounds }: CalibrationOptions): CalibrationDistance {
  if (method === "logit") {
    if (bounds) return logitDistance(bounds);
    throw new QuartiersError({
      what: "Le calage logit demande des bornes",
      expected: "bounds: [basse, haute], par exemple [0.2, 5]",
    });
  }
  if (method === "linear") return bounds ? truncatedDistance(bounds) : linearDistance;
  if (bounds)
    throw new QuartiersError({
      what: "Le calage par raking n'a pas de bornes",
      value: bounds.join(" ; "),
      remedy: "choisir logit, ou linear (tronqué)",
    });
  return rakingDistance;
}

/** Softness as a column. */
export function ridgeColumn({ margins }: SeedColumns, ridge: number | Float64Array = 0): Float64Array {
  const column = typeof ridge === "number" ? new Float64Array(margins.length).fill(ridge) : ridge;
  const odd = column.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (odd >= 0 || column.length !== margins.length)
    throw new QuartiersError({
      what: "Souplesse des marges impossible",
      value: odd >= 0 ? String(column[odd]) : `${column.length} valeurs`,
      expected: `un nombre fini, positif ou nul, ou ${margins.length} nombres`,
    });
  return column;
}

/** Margins to be met exactly. */
export const hardMargins = (ridge: Float64Array): Int32Array =>
  Int32Array.from(ridge.keys()).filter((margin) => ridge[margin] === 0);

/** Refuses start weights that are not positive. */
export function checkWeights({ households }: SeedColumns, weights: Float64Array): void {
  const odd = weights.findIndex((weight) => !(weight > 0 && weight < Number.POSITIVE_INFINITY));
  if (odd >= 0 || weights.length !== households)
    throw new QuartiersError({
      what: "Poids de départ impossibles",
      value: odd >= 0 ? String(weights[odd]) : `${weights.length} poids`,
      expected: `${households} nombres finis et supérieurs à 0`,
      ...(odd >= 0 ? { where: `ménage ${odd + 1}` } : {}),
    });
}

/** Refuses multipliers that are not one finite number a margin. */
export function checkMultipliers(multipliers: Float64Array | undefined, length: number): void {
  if (multipliers && !(multipliers.length === length && multipliers.every(Number.isFinite)))
    throw new QuartiersError({
      what: "Multiplicateurs de départ impossibles",
      value: `${multipliers.length} valeurs`,
      expected: `${length} nombres finis, ceux d'un calage des mêmes marges`,
    });
}
