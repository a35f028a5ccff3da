import type { Shape } from "../codes/shape.ts";
import { numbers, type Table, texts } from "../codes/table.ts";
import { shapeToLambert93, toLambert93 } from "./lambert93.ts";
import { locatePairs } from "./point-in-polygon.ts";
import { pointIndex } from "./point-index.ts";
import { squareCentres } from "./square-points.ts";

/** Populated places: degrees and residents, columns of equal length. */
export interface PopulatedPoints {
  readonly ids: readonly string[];
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly residents: Float64Array;
}

/** Where the people of a group live: rows of a list of points, and the share of the group at each (they sum to 1). */
export interface HomePoints {
  readonly rows: Int32Array;
  readonly shares: Float64Array;
}

/** Squares with residents as points at their centre; a square of nobody is left out, a square whose residents are missing too, and counted. */
export function populatedSquares(squares: Table): PopulatedPoints & { readonly missing: number } {
  const residents = numbers(squares, "ind").values;
  const ids = texts(squares, "idcar_200m").values;
  const kept = Array.from(residents, (_, row) => row).filter((row) => residents[row] > 0);
  const named = kept.map((row) => ids[row] ?? "");
  return {
    ids: named,
    ...squareCentres(named),
    residents: Float64Array.from(kept, (row) => residents[row]),
    missing: residents.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0),
  };
}

/** Rows of the points inside each shape (Lambert-93 metres), in the order of the shapes; a point may be inside several. */
export function pointsInside(points: PopulatedPoints, metres: readonly Shape[]): readonly Int32Array[] {
  const { x, y } = toLambert93(points);
  const pairs = locatePairs(pointIndex(metres, { unit: "metres" }), x, y);
  const inside: number[][] = metres.map(() => []);
  for (let i = 0; i < pairs.points.length; i++) inside[pairs.shapes[i]].push(pairs.points[i]);
  return inside.map((rows) => Int32Array.from(rows).sort());
}

/** Rows of the points inside each commune (outlines in degrees), by its code; a commune without a point is left out. */
export function pointsByCommune(
  points: PopulatedPoints,
  { codes, shapes }: { readonly codes: readonly string[]; readonly shapes: readonly Shape[] },
): ReadonlyMap<string, Int32Array> {
  const inside = pointsInside(points, shapes.map(shapeToLambert93));
  return new Map(
    codes.map((code, row) => [code, inside[row] ?? new Int32Array()] as const).filter(([, { length }]) => length > 0),
  );
}

/**
 * At most `size` points that stand for a group: all of them when they are few, otherwise a systematic sample with probabilities proportional to residents
 * (Madow 1949; a fixed start at half a step, so that the choice is always the same) along the order of the rows. Shares sum to 1. O(rows).
 * @example
 * ```ts
 * representativePoints(Int32Array.of(0, 1, 2), Float64Array.of(1, 1, 2), 2) // { rows: Int32Array(2) [ 1, 2 ], shares: Float64Array(2) [ 0.5, 0.5 ] }
 * ```
 */
export function representativePoints(rows: Int32Array, residents: Float64Array, size: number): HomePoints {
  const total = rows.reduce((sum, row) => sum + residents[row], 0);
  if (rows.length <= size) return { rows, shares: Float64Array.from(rows, (row) => residents[row] / total) };
  const hits = new Map<number, number>();
  let [cumulated, next] = [0, total / size / 2];
  for (const row of rows) {
    cumulated += residents[row];
    while (next < cumulated) {
      hits.set(row, (hits.get(row) ?? 0) + 1);
      next += total / size;
    }
  }
  return { rows: Int32Array.from(hits.keys()), shares: Float64Array.from(hits.values(), (count) => count / size) };
}
