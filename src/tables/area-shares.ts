import { QuartiersError } from "../codes/errors.ts";
import type { Geography } from "../codes/geography.ts";
import type { SourceRef } from "../codes/lineage.ts";
import type { Shape } from "../codes/shape.ts";
import { type MeasuredShape, measuredShape } from "./measured-shape.ts";
import { overlapsOf } from "./polygon-overlap.ts";
import type { CoordinateUnit } from "./shape-checks.ts";

/** Areas with their codes: IRIS, communes, squares, neighbourhoods. One shape a code. */
export interface Places {
  readonly codes: readonly string[];
  readonly shapes: readonly Shape[];
  /** Which list the codes belong to, and its year. */
  readonly geography?: Geography;
  readonly lineage?: readonly SourceRef[];
}

/**
 * Which part of each source unit goes to each target: what an apportionment multiplies counts by. Sparse: the pairs of source i stand from
 * `offsets[i]` to `offsets[i + 1]`.
 */
export interface Shares {
  readonly sources: Places;
  readonly targets: Places;
  readonly offsets: Int32Array;
  readonly target: Int32Array;
  /** Part of the source's count that the method gives to the target, 0 to 1. */
  readonly share: Float64Array;
  /** Part of the source's area in the target, 0 to 1; 1 is a source wholly inside, whose count is certain. */
  readonly areaShare: Float64Array;
  /** Variance of `share` under the assumption of the method. */
  readonly variance: Float64Array;
  /** Part of `share` that comes from imputed weights, 0 to 1. */
  readonly imputed: Float64Array;
  /** Part of each target's area that the sources cover, 0 to 1: elsewhere nothing is counted. */
  readonly coverage: Float64Array;
  /** The method, for a caption. */
  readonly method: string;
  /** What the stated error assumes, in a French sentence. */
  readonly assumption: string;
  readonly notes: readonly string[];
}

export interface AreaSharesOptions {
  readonly unit: CoordinateUnit;
  /**
   * How far the people of a source stand together: 0 when spread evenly over its area, 1 when all in one place that may be anywhere in it (the default,
   * and the most that can be). `concentration` measures it on finer weights.
   */
  readonly concentration?: number;
  /** An overlap under this part of the source and of the target is a sliver of badly fitted borders: left to the rest. 0 when absent: nothing is left out. */
  readonly sliver?: number;
}

/** A unit is inside when all but this part of it is. */
export const wholeShare: number = 1 - 1e-9;

/**
 * Shares by area: the count of a source is spread evenly over its area (areal weighting, Goodchild and Lam 1980, « Areal interpolation: a
 * variant of the traditional spatial problem », Geo-Processing 1). The variance of the share s of a source is s (1 - s) r, where r is the `concentration`:
 * with m equal patches of unequal density, drawing s m of them without replacement gives r = c² / (m - 1), c being the coefficient of variation of the
 * densities. Refuses targets that overlap. See Mennis (2003) for the use of finer weights instead, Tobler (1979) for a smooth density.
 */
export function areaShares(sources: Places, targets: Places, options: AreaSharesOptions): Shares {
  const { unit, concentration: r = 1, sliver = 0 } = options;
  if (!(r >= 0 && r <= 1))
    throw new QuartiersError({ what: "Concentration impossible", value: String(r), expected: "un nombre de 0 à 1" });
  const measured = {
    sources: measuredPlaces(sources, unit, "source"),
    targets: measuredPlaces(targets, unit, "cible"),
  };
  const overlaps = overlapsOf(measured.sources, measured.targets);
  const offsets = new Int32Array(sources.codes.length + 1);
  const [target, share]: [number[], number[]] = [[], []];
  const covered = new Float64Array(targets.codes.length);
  let slivers = 0;
  measured.sources.forEach((source, row) => {
    let sum = 0;
    for (let i = overlaps.offsets[row]; i < overlaps.offsets[row + 1]; i++) {
      const other = overlaps.target[i];
      const area = overlaps.area[i];
      const targetArea = measured.targets[other]?.area ?? 0;
      covered[other] += area;
      if (area < sliver * source.area && area < sliver * targetArea) {
        slivers++;
        continue;
      }
      const part = area / source.area;
      target.push(other);
      share.push(part >= wholeShare ? 1 : part);
      sum += part;
    }
    refuseOverlappingTargets(sum, sources.codes[row] ?? "");
    offsets[row + 1] = target.length;
  });
  const areaShare = Float64Array.from(share);
  const unsound = overlaps.unsoundSources.length + overlaps.unsoundTargets.length;
  return {
    sources,
    targets,
    offsets,
    target: Int32Array.from(target),
    share: areaShare,
    areaShare,
    variance: areaShare.map((s) => s * (1 - s) * r),
    imputed: new Float64Array(areaShare.length),
    coverage: covered.map((area, row) => Math.min(1, area / (measured.targets[row]?.area || Number.NaN) || 0)),
    method: "répartition à la surface",
    assumption: `chaque unité coupée a une densité inégale, de concentration ${String(r).replace(".", ",")} (0\u00a0: uniforme\u202f; 1\u00a0: toute la population en un seul lieu, n'importe où dans l'unité)`,
    notes: [
      ...(slivers > 0
        ? [`${slivers} recouvrements infimes (moins de ${sliver} des deux surfaces) laissés au reste`]
        : []),
      ...(unsound > 0
        ? [`${unsound} contours se croisent ou se recouvrent eux-mêmes\u00a0: mesurés par la règle pair-impair`]
        : []),
    ],
  };
}

/**
 * How far finer weights (squares of equal area) of one unit stand together: the normalised index of Herfindahl, (m Σp² - 1) / (m - 1). 0 for equal
 * weights, 1 for a single one; NaN under two weights or without any weight.
 * @example
 * ```ts
 * [concentration([5, 5, 5, 5]), concentration([0, 8, 0])] // [0, 1]
 * ```
 */
export function concentration(weights: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i];
    squares += weights[i] ** 2;
  }
  const m = weights.length;
  return m > 1 && sum > 0 ? Math.max(0, ((m * squares) / sum ** 2 - 1) / (m - 1)) : Number.NaN;
}

/** Measures the shapes of places; refuses codes that repeat or do not face a shape. */
export function measuredPlaces(
  { codes, shapes }: Places,
  unit: CoordinateUnit,
  what: string,
): readonly MeasuredShape[] {
  if (codes.length !== shapes.length)
    throw new QuartiersError({
      what: `Codes et contours en nombres différents (${what})`,
      value: `${codes.length} et ${shapes.length}`,
      expected: "un contour par code",
    });
  const seen = new Set<string>();
  const repeated = codes.find((code) => seen.size === seen.add(code).size);
  if (repeated !== undefined)
    throw new QuartiersError({
      what: `Code répété parmi les contours (${what})`,
      value: repeated,
      expected: "un seul contour par code",
      remedy: "réunir en une forme les polygones d'un même code",
    });
  return shapes.map((shape, row) => measuredShape(shape, unit, `contour de ${codes[row]}`));
}

/** Targets that overlap would count the same people twice. */
export function refuseOverlappingTargets(sum: number, source: string): void {
  if (sum <= 1 + 1e-6) return;
  throw new QuartiersError({
    what: "Les cibles se recouvrent\u00a0: la même population serait comptée deux fois",
    value: `${(100 * sum).toFixed(1).replace(".", ",")} % de l'unité ${source}`,
    expected: "des cibles sans partie commune",
    remedy: "répartir vers une génération de quartiers à la fois, ou corriger les contours",
  });
}
