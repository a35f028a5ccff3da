import { numbers } from "../codes/table.ts";
import type { Released } from "../protection/released.ts";
import type { Segment } from "./leader-labels.ts";
import { pageProjection } from "./map-frame.ts";
import type { Layer } from "./pixel-marks.ts";
import type { PlaneFrame } from "./plane-frame.ts";
import type { SeriesStyle } from "./series-style.ts";

/** Columns of an ellipse: its centre, its half axes and the angle of the first from axis x. */
export interface EllipseColumns {
  readonly x: string;
  readonly y: string;
  readonly major: string;
  readonly minor: string;
  readonly angle: string;
}

const vertices = 60;
const hundredth = (value: number): number => Math.round(value * 100) / 100;

/** The points of an ellipse on its plane, the first repeated at the end; the angle in radians, anticlockwise from axis x. */
export function ellipsePoints({
  centre: [x, y],
  major,
  minor,
  angle,
}: {
  readonly centre: readonly [number, number];
  readonly major: number;
  readonly minor: number;
  readonly angle: number;
}): readonly (readonly [x: number, y: number])[] {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return Array.from({ length: vertices + 1 }, (_, i) => {
    const turn = ((i % vertices) * 2 * Math.PI) / vertices;
    const [along, across] = [major * Math.cos(turn), minor * Math.sin(turn)];
    return [x + along * cosine - across * sine, y + along * sine + across * cosine];
  });
}

/** The ellipses of the rows that have one, in plane coordinates; null for the others. */
export function ellipsesOf(
  data: Released,
  columns: EllipseColumns,
): readonly (readonly (readonly [x: number, y: number])[] | null)[] {
  const { unit } = numbers(data, columns.angle);
  const perUnit = /^deg|degré|°/i.test(unit) ? Math.PI / 180 : 1;
  const [xs, ys, majors, minors, angles] = [columns.x, columns.y, columns.major, columns.minor, columns.angle].map(
    (name) => numbers(data, name).values,
  );
  return Array.from(xs, (_, i) => {
    const own = [xs[i], ys[i], majors[i], minors[i], angles[i]];
    if (!own.every(Number.isFinite)) return null;
    return ellipsePoints({ centre: [xs[i], ys[i]], major: majors[i], minor: minors[i], angle: angles[i] * perUnit });
  });
}

/** Closed lines, lightly filled, in the colour of their block. */
export function ellipseLayers(
  ellipses: ReturnType<typeof ellipsesOf>,
  { frame, styleOf }: { readonly frame: PlaneFrame; readonly styleOf: (row: number) => SeriesStyle },
): readonly Layer[] {
  const byColour = new Map<string, unknown[]>();
  for (const [i, points] of ellipses.entries()) {
    if (!points) continue;
    const ring = points.map(([x, y]) => frame.toPage(x, y).map(hundredth));
    const { colour } = styleOf(i);
    byColour.set(colour, [...(byColour.get(colour) ?? []), [ring]]);
  }
  return [...byColour].map(([colour, coordinates]) => ({
    data: { values: [{ type: "Feature", geometry: { type: "MultiPolygon", coordinates }, properties: {} }] },
    projection: pageProjection,
    mark: { type: "geoshape", fill: colour, fillOpacity: 0.09, stroke: colour, strokeWidth: 1, clip: true },
  }));
}

/** Pieces of lines through the levels of each joined variable, in the order of the rows, in pixels; a level without a point breaks its line. */
export function joinedPaths(
  joined: readonly string[],
  {
    frame,
    variables,
    placeOf,
  }: {
    readonly frame: PlaneFrame;
    readonly variables: readonly string[];
    /** Plane coordinates of a row, null when it has none. */
    readonly placeOf: (row: number) => readonly [x: number, y: number] | null;
  },
): readonly JoinedPath[] {
  return joined.flatMap((variable) => {
    const rows = variables.map((_, i) => i).filter((i) => variables[i] === variable);
    const pieces: number[][][] = [[]];
    for (const row of rows) {
      const place = placeOf(row);
      if (place) pieces.at(-1)?.push(frame.toPage(...place).map(hundredth));
      else pieces.push([]);
    }
    return pieces.filter(({ length }) => length > 1).map((points) => ({ row: rows[0] ?? 0, points }));
  });
}

/** A line through levels that follow each other, and a row whose colour it has. */
export interface JoinedPath {
  readonly row: number;
  readonly points: readonly (readonly number[])[];
}

/** The paths, thin, in the colour of their variable. */
export const joinedLayers = (paths: readonly JoinedPath[], styleOf: (row: number) => SeriesStyle): readonly Layer[] =>
  paths.map(({ row, points }) => ({
    data: { values: [{ type: "Feature", geometry: { type: "LineString", coordinates: points }, properties: {} }] },
    projection: pageProjection,
    mark: { type: "geoshape", filled: false, stroke: styleOf(row).colour, strokeWidth: 1, opacity: 0.75 },
  }));

/** The paths as segments, which names keep off. */
export const segmentsOf = (paths: readonly JoinedPath[]): readonly Segment[] =>
  paths.flatMap(({ points }) =>
    points.slice(1).map(([x2 = 0, y2 = 0], k) => ({ x: points[k]?.[0] ?? 0, y: points[k]?.[1] ?? 0, x2, y2 })),
  );

/** The outlines of ellipses as a few segments each, which names keep off. */
export const outlinesOf = (ellipses: ReturnType<typeof ellipsesOf>, frame: PlaneFrame): readonly Segment[] =>
  ellipses.flatMap((points) => {
    const corners = (points ?? []).filter((_, i) => i % 5 === 0).map(([x, y]) => frame.toPage(x, y));
    return corners.slice(1).map(([x2, y2], k) => ({ x: corners[k][0], y: corners[k][1], x2, y2 }));
  });
