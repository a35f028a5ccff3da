import Flatbush from "flatbush";
import type { Shape } from "../codes/shape.ts";
import { type MeasuredShape, measuredShape } from "./measured-shape.ts";
import { commonArea } from "./overlap-sweep.ts";
import { areaInWindow, overlapOfEdges, type Window } from "./overlap-trapezoids.ts";
import type { CoordinateUnit } from "./shape-checks.ts";

/** An overlap smaller than this part of the smaller shape is a rounding error of shared borders: it counts as none. */
const negligible = 1e-9;

/**
 * Area common to two shapes, in square metres, exact to about 1e-12 of the smaller one; under 1e-9 of it, 0. Shapes that only touch have
 * none. O(edges x edges) of the common window, O(edges) against an upright rectangle.
 */
export function overlapArea(a: MeasuredShape, b: MeasuredShape): number {
  const window = commonWindow(a, b);
  if (!window) return 0;
  let area: number;
  if (!a.sound || !b.sound) area = commonArea([a.shape, b.shape], window);
  else if (a.rectangle) area = areaInWindow(b.edges, window);
  else if (b.rectangle) area = areaInWindow(a.edges, window);
  else area = overlapOfEdges(a.edges, b.edges, window);
  const smaller = Math.min(a.area, b.area);
  return area <= negligible * smaller ? 0 : Math.min(area, smaller);
}

/** Area common to three shapes or more, in square metres. O(edges²) of the common window. */
export function overlapAreaOfAll(shapes: readonly MeasuredShape[]): number {
  const window = commonWindow(...shapes);
  return window
    ? commonArea(
        shapes.map(({ shape }) => shape),
        window,
      )
    : 0;
}

function commonWindow(...shapes: readonly MeasuredShape[]): Window | null {
  const minX = Math.max(...shapes.map((shape) => shape.minX));
  const minY = Math.max(...shapes.map((shape) => shape.minY));
  const maxX = Math.min(...shapes.map((shape) => shape.maxX));
  const maxY = Math.min(...shapes.map((shape) => shape.maxY));
  return minX < maxX && minY < maxY ? { minX, minY, maxX, maxY } : null;
}

/** Overlaps of two lists of shapes, sparse: those of source i stand from `offsets[i]` to `offsets[i + 1]`, in the order of the targets. */
export interface OverlapMatrix {
  readonly sources: readonly MeasuredShape[];
  readonly targets: readonly MeasuredShape[];
  readonly offsets: Int32Array;
  /** The target of each overlap. */
  readonly target: Int32Array;
  /** Square metres of each overlap, never 0. */
  readonly area: Float64Array;
  /** Places of the shapes whose rings cross or overlap: measured by the even-odd rule, to be looked at. */
  readonly unsoundSources: readonly number[];
  readonly unsoundTargets: readonly number[];
}

/**
 * Measures all overlaps of two lists of shapes. Areas are those of the plane for metres (Lambert-93: within 0.3 % of the ground, and shares not touched by
 * it), of the ellipsoid for degrees. O(n log n + overlaps of bounds).
 * @example
 * ```ts
 * const square = (x) => ({ polygons: [[Float64Array.of(x, 0, x + 2, 0, x + 2, 2, x, 2)]] });
 * const { offsets, target, area } = overlapMatrix([square(0), square(9)], [square(1), square(-1)], "metres");
 * [...offsets, ...target, ...area] // [0, 2, 2, 0, 1, 2, 2]
 * ```
 */
export function overlapMatrix(
  sources: readonly Shape[],
  targets: readonly Shape[],
  unit: CoordinateUnit,
): OverlapMatrix {
  const measure = (shapes: readonly Shape[], what: string): readonly MeasuredShape[] =>
    shapes.map((shape, row) => measuredShape(shape, unit, `${what} ${row + 1}`));
  return overlapsOf(measure(sources, "forme de départ"), measure(targets, "forme d'arrivée"));
}

/** The same for shapes already measured. */
export function overlapsOf(sources: readonly MeasuredShape[], targets: readonly MeasuredShape[]): OverlapMatrix {
  const offsets = new Int32Array(sources.length + 1);
  const target: number[] = [];
  const area: number[] = [];
  const filled = targets.flatMap((shape, row) => (shape.area > 0 ? [row] : []));
  const tree = filled.length > 0 ? new Flatbush(filled.length) : null;
  for (const row of filled) {
    const { minX, minY, maxX, maxY } = targets[row] as MeasuredShape;
    tree?.add(minX, minY, maxX, maxY);
  }
  tree?.finish();
  sources.forEach((source, row) => {
    const near = source.area > 0 ? (tree?.search(source.minX, source.minY, source.maxX, source.maxY) ?? []) : [];
    for (const place of near.sort((a, b) => a - b)) {
      const other = filled[place] as number;
      const common = overlapArea(source, targets[other] as MeasuredShape);
      if (common === 0) continue;
      target.push(other);
      area.push(common);
    }
    offsets[row + 1] = target.length;
  });
  const unsound = (shapes: readonly MeasuredShape[]): readonly number[] =>
    shapes.flatMap(({ sound }, row) => (sound ? [] : [row]));
  return {
    sources,
    targets,
    offsets,
    target: Int32Array.from(target),
    area: Float64Array.from(area),
    unsoundSources: unsound(sources),
    unsoundTargets: unsound(targets),
  };
}
