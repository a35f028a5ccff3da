import { QuartiersError } from "../codes/errors.ts";
import { mergeLineages, type SourceRef } from "../codes/lineage.ts";
import type { Shape } from "../codes/shape.ts";
import { type AreaSharesOptions, areaShares, measuredPlaces, type Places, type Shares } from "./area-shares.ts";
import type { MeasuredShape } from "./measured-shape.ts";
import { locatePoints } from "./point-in-polygon.ts";
import { pointIndex } from "./point-index.ts";
import { overlapAreaOfAll, overlapsOf } from "./polygon-overlap.ts";

/** Finer data that says where, in a source unit, people are: buildings or households at their points, or squares with their population. */
export interface Weights {
  /** What is weighed: "logements", "habitants"... */
  readonly label: string;
  /** One weight a place, not negative. */
  readonly weight: Float64Array;
  /** Points in the unit of the shapes, or areas. */
  readonly places: { readonly x: Float64Array; readonly y: Float64Array } | { readonly shapes: readonly Shape[] };
  /** 1 where the weight is imputed by its publisher (`i_est_200` of INSEE's squares). */
  readonly imputed?: Uint8Array;
  readonly lineage?: readonly SourceRef[];
}

export interface WeightSharesOptions extends AreaSharesOptions {
  /** Coefficient of variation, from a place to another, of the count for one unit of weight (people by dwelling...). 1 when absent. */
  readonly unevenness?: number;
}

/** A place's part in a pair: its weight in the source, and which part of that lies in the target. */
interface Piece {
  readonly source: number;
  /** -1 for the weight of the source in no target. */
  readonly target: number;
  readonly place: number;
  /** Part of the place's area in the source (1 for a point), and in both. */
  readonly inSource: number;
  readonly inBoth: number;
}

/**
 * Shares by weights: the count of a source is spread as the weights are (dasymetric mapping, Mennis 2003, « Generating surface models of population using
 * dasymetric mapping », The Professional Geographer 55; INSEE's « répartition par carreaux » when the weights are squares). A source
 * without any weight falls back on its area, and the notes say so. With p the part of a place in the weights of the source, g the part
 * of that place in the target and s = Σ p g, the variance of the share is u² Σ p² (g - s)² + r Σ p² g (1 - g): the first sum says that the count for one
 * unit of weight varies from place to place by the coefficient u (`unevenness`), the second that a square cut by the border is of `concentration` r.
 */
export function weightShares(sources: Places, targets: Places, weights: Weights, options: WeightSharesOptions): Shares {
  const { unit, unevenness = 1, concentration = 1 } = options;
  refuseWeights(weights);
  const byArea = areaShares(sources, targets, options);
  const pieces =
    "shapes" in weights.places
      ? squarePieces(sources, targets, weights.places.shapes, options)
      : pointPieces(sources, targets, weights.places, unit);
  const numTargets = targets.codes.length;
  const total = new Float64Array(sources.codes.length);
  const squares = new Float64Array(sources.codes.length);
  const pairs = new Map<number, { inside: number; g2: number; g: number; cut: number; imputed: number }>();
  for (const { source, target, place, inSource, inBoth } of pieces) {
    const weight = weights.weight[place] * inSource;
    if (target < 0) {
      total[source] += weight;
      squares[source] += weight ** 2;
      continue;
    }
    const key = source * numTargets + target;
    const pair = pairs.get(key) ?? { inside: 0, g2: 0, g: 0, cut: 0, imputed: 0 };
    const g = inBoth / inSource;
    pair.inside += weight * g;
    pair.g2 += (weight * g) ** 2;
    pair.g += weight ** 2 * g;
    pair.cut += weight ** 2 * g * (1 - g);
    if (weights.imputed?.[place]) pair.imputed += weight * g;
    pairs.set(key, pair);
  }
  const offsets = new Int32Array(sources.codes.length + 1);
  const [target, share, areaShare, variance, imputed]: number[][] = [[], [], [], [], []];
  const areaOf = new Map<number, number>();
  sources.codes.forEach((_, row) => {
    for (let i = byArea.offsets[row]; i < byArea.offsets[row + 1]; i++)
      areaOf.set(row * numTargets + byArea.target[i], i);
  });
  const keys = [...new Set([...areaOf.keys(), ...pairs.keys()])].sort((a, b) => a - b);
  const withoutWeight = new Set<number>();
  for (const key of keys) {
    const row = Math.floor(key / numTargets);
    const at = areaOf.get(key);
    const area = at === undefined ? 0 : byArea.areaShare[at];
    if (at === undefined && options.sliver) continue;
    target.push(key - row * numTargets);
    areaShare.push(area);
    offsets[row + 1] = target.length;
    const pair = pairs.get(key);
    const sum = total[row];
    if (!(sum > 0)) {
      withoutWeight.add(row);
      share.push(area);
      variance.push(at === undefined ? 0 : byArea.variance[at]);
      imputed.push(0);
    } else if (area === 1 || !pair) {
      share.push(area === 1 ? 1 : 0);
      variance.push(0);
      imputed.push(pair && pair.inside > 0 ? pair.imputed / pair.inside : 0);
    } else {
      const s = Math.min(1, pair.inside / sum);
      const spread = pair.g2 - 2 * s * pair.g + s * s * squares[row];
      share.push(s);
      variance.push((unevenness ** 2 * Math.max(0, spread) + concentration * pair.cut) / sum ** 2);
      imputed.push(pair.inside > 0 ? pair.imputed / pair.inside : 0);
    }
  }
  for (let row = 1; row < offsets.length; row++) offsets[row] = Math.max(offsets[row], offsets[row - 1]);
  const alone = [...withoutWeight].map((row) => sources.codes[row]);
  const lineage = mergeLineages(sources.lineage ?? [], weights.lineage ?? []);
  return {
    ...byArea,
    sources: { ...sources, lineage },
    offsets,
    target: Int32Array.from(target),
    share: Float64Array.from(share),
    areaShare: Float64Array.from(areaShare),
    variance: Float64Array.from(variance),
    imputed: Float64Array.from(imputed),
    method: `répartition selon les ${weights.label}`,
    assumption: `le compte par unité de poids (${weights.label}) varie d'un lieu à l'autre avec un coefficient de variation de ${String(unevenness).replace(".", ",")}`,
    notes: [
      ...byArea.notes,
      ...(alone.length > 0
        ? [`${alone.length} unités sans poids, réparties à la surface\u00a0: ${alone.slice(0, 5).join(", ")}`]
        : []),
    ],
  };
}

function refuseWeights({ weight, places, imputed }: Weights): void {
  const length = "shapes" in places ? places.shapes.length : places.x.length;
  if (weight.length !== length || (imputed && imputed.length !== length))
    throw new QuartiersError({
      what: "Poids et lieux en nombres différents",
      value: `${weight.length} et ${length}`,
      expected: "un poids par lieu",
    });
  const odd = weight.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (odd >= 0)
    throw new QuartiersError({
      what: "Poids impossible",
      where: `ligne ${odd + 1} des poids`,
      expected: "un nombre positif ou nul\u00a0; une valeur manquante doit être écartée avant, et dite",
    });
}

function pointPieces(
  sources: Places,
  targets: Places,
  { x, y }: { readonly x: Float64Array; readonly y: Float64Array },
  unit: AreaSharesOptions["unit"],
): readonly Piece[] {
  const inSource = locatePoints(pointIndex(sources.shapes, { unit, border: "once" }), x, y);
  const inTarget = locatePoints(pointIndex(targets.shapes, { unit, border: "once" }), x, y);
  return Array.from(inSource).flatMap((source, place) => {
    if (source < 0) return [];
    const target = inTarget[place];
    const all = { source, target: -1, place, inSource: 1, inBoth: 0 };
    return target < 0 ? [all] : [all, { ...all, target, inBoth: 1 }];
  });
}

function squarePieces(
  sources: Places,
  targets: Places,
  shapes: readonly Shape[],
  { unit }: AreaSharesOptions,
): readonly Piece[] {
  const measured = measuredPlaces({ codes: shapes.map((_, row) => `carreau ${row + 1}`), shapes }, unit, "poids");
  const [from, to] = [measuredPlaces(sources, unit, "source"), measuredPlaces(targets, unit, "cible")];
  const [inSources, inTargets] = [overlapsOf(measured, from), overlapsOf(measured, to)];
  return measured.flatMap((square, place) => {
    const pieces: Piece[] = [];
    for (let i = inSources.offsets[place]; i < inSources.offsets[place + 1]; i++) {
      const source = inSources.target[i];
      const inSource = inSources.area[i] / square.area;
      pieces.push({ source, target: -1, place, inSource, inBoth: 0 });
      for (let j = inTargets.offsets[place]; j < inTargets.offsets[place + 1]; j++) {
        const target = inTargets.target[j];
        const inTarget = inTargets.area[j] / square.area;
        const all = [square, from[source] as MeasuredShape, to[target] as MeasuredShape];
        // Nearly all squares lie in one source: then what is in the target is in both.
        const inBoth =
          inSource > 1 - 1e-9 ? inTarget : inTarget > 1 - 1e-9 ? inSource : overlapAreaOfAll(all) / square.area;
        if (inBoth > 1e-9) pieces.push({ source, target, place, inSource, inBoth: Math.min(inSource, inBoth) });
      }
    }
    return pieces;
  });
}
