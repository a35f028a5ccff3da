import { QuartiersError } from "../codes/errors.ts";
import type { Shape } from "../codes/shape.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { classLegend } from "./classes.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { frameLayers, linesOnPage, type MapFrame, type MapPlace, mapFrame, pageProjection } from "./map-frame.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { finishSpec } from "./theme.ts";
import { valueWriter } from "./value-axis.ts";

/**
 * What is drawn at a place. "dot" has one size on the page. Squares and hexagons have their true width on the ground (between opposite sides, metres) and
 * are turned by so many degrees, clockwise; by default, both as the grid of the places is: its nearest neighbours tell.
 */
export type CellMark =
  | { readonly shape: "dot" }
  | { readonly shape: "square" | "hexagon"; readonly metres?: number; readonly turn?: number };

export interface PlaceMapOptions extends FigureText {
  /** Text column that joins rows to places. */
  readonly code: string;
  /** Text column of the names, for the tooltips; by default the codes. */
  readonly name?: string;
  readonly value: string;
  readonly legend: string;
  readonly places: readonly MapPlace[];
  readonly cell?: CellMark;
  /** Bounds between classes, when several maps must be compared; by default, rounded quintiles. Percents for a column in "part". */
  readonly bounds?: readonly number[];
  readonly decimals?: number;
  /** Grounds under the cells: communes, water. */
  readonly outlines?: readonly Shape[];
  /** Lines over the cells, lists [lon, lat...] in degrees: an isochrone, a bus line. */
  readonly lines?: readonly Float64Array[];
  readonly linesName?: string;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/**
 * Map of points or small cells coloured by classes of a value, with the classes and legend of `neighbourhoodMap`: hexagons, squares, stops, at the scale of a
 * town. Unreachable, unavailable and hidden places are three entries of the legend.
 * @throws QuartiersError when a row has no place, or two rows have one code
 */
export function placeMap(data: Released, options: PlaceMapOptions): Figure {
  const {
    code,
    name,
    value,
    legend,
    places,
    cell = { shape: "dot" },
    bounds,
    decimals,
    outlines = [],
    lines = [],
    linesName,
    gapWords,
    parameters = {},
    ...text
  } = options;
  assertReleased(data, `La carte « ${text.id} »`);
  const codes = texts(data, code).values;
  refuseDoubles(codes, text.id);
  const placeOf = new Map(places.map((place) => [place.code, place]));
  const located = codes.map((own) => placeOf.get(own) ?? refusePlace(own, text.id));
  const frame = mapFrame(located);
  const size = cell.shape === "dot" ? null : cellSize(frame, located, cell);
  const writer = valueWriter(data, value, decimals);
  const gaps = gapsOf(data, value, gapWords);
  const values = numbers(data, value).values;
  const { unit } = numbers(data, value);
  const classes = classLegend(data, value, {
    title: legend,
    unit,
    bounds,
    decimals: decimals ?? 0,
    gapWords,
    field: "properties.classe",
  });
  const columns = [code, ...(name ? [name] : []), value];
  const names = texts(data, name ?? code).values;
  const drawn = drawnRows(data, columns).map((row, i) => ({
    type: "Feature",
    geometry: cellGeometry(frame, located[i], size),
    properties: {
      ...row,
      classe: classes.classOf[i],
      texte: `${names[i]}\u00a0: ${gaps[i] ?? writer.write(values[i])}`,
    },
  }));
  const small = size !== null && size.width < 14;
  const spec = finishSpec(
    {
      width: frame.width,
      height: frame.height,
      datasets: { drawn },
      layer: [
        ...groundLayers(frame, outlines),
        {
          data: { name: "drawn" },
          projection: { ...pageProjection, pointRadius: 4.2 },
          mark: { type: "geoshape", stroke: "#3A3A3A", strokeWidth: small ? 0.4 : 0.7, strokeJoin: "round" },
          encoding: {
            color: classes.encoding,
            tooltip: { field: "properties.texte", type: "nominal", title: column(data, name ?? code).label },
          },
        },
        ...lineLayers(frame, lines, linesName),
        ...frameLayers(frame),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns, spec, parameters });
}

function refusePlace(code: string, id: string): never {
  throw new QuartiersError({
    what: `La carte « ${id} » ne sait pas où placer une ligne`,
    value: code,
    expected: "un lieu (places) du même code pour chaque ligne",
  });
}

interface CellSize {
  readonly sides: 4 | 6;
  /** Between opposite sides, pixels. */
  readonly width: number;
  /** Direction of the middle of a side, radians. */
  readonly turn: number;
}

const probes = 200;

/** Width and turn of the cells of a grid: the median distance between neighbours, and the direction in which they are. O(n) times 200 places looked at. */
function cellSize(
  frame: MapFrame,
  places: readonly MapPlace[],
  cell: { readonly shape: "square" | "hexagon"; readonly metres?: number; readonly turn?: number },
): CellSize {
  const sides = cell.shape === "square" ? 4 : 6;
  const points = places.map(({ lon, lat }) => frame.toPage(lon, lat));
  const every = Math.max(1, Math.floor(points.length / probes));
  const neighbours = points
    .filter((_, i) => i % every === 0)
    .flatMap(([x, y]) => {
      let nearest: { readonly distance: number; readonly angle: number } | null = null;
      for (const [otherX, otherY] of points) {
        const distance = Math.hypot(otherX - x, otherY - y);
        if (distance > 0.5 && (!nearest || distance < nearest.distance))
          nearest = { distance, angle: Math.atan2(otherY - y, otherX - x) };
      }
      return nearest ? [nearest] : [];
    })
    .sort((a, b) => a.distance - b.distance);
  const middle = neighbours[Math.floor(neighbours.length / 2)]?.distance ?? 12;
  // Neighbours lie in as many directions as there are sides: their mean is taken on the circle folded so many times.
  const [sine, cosine] = [Math.sin, Math.cos].map((part) =>
    neighbours.reduce((sum, { angle }) => sum + part(angle * sides), 0),
  );
  return {
    sides,
    width: cell.metres === undefined ? middle : cell.metres * frame.pixelsPerMetre,
    turn: cell.turn === undefined ? Math.atan2(sine ?? 0, cosine ?? 1) / sides : (cell.turn * Math.PI) / 180,
  };
}

function cellGeometry(frame: MapFrame, { lon, lat }: MapPlace, size: CellSize | null): Record<string, unknown> {
  const [x, y] = frame.toPage(lon, lat);
  if (size === null) return { type: "Point", coordinates: [x, y] };
  const { sides, width, turn } = size;
  const outer = width / 2 / Math.cos(Math.PI / sides);
  const hundredth = (value: number): number => Math.round(value * 100) / 100;
  const ring = Array.from({ length: sides + 1 }, (_, i) => {
    const angle = turn + Math.PI / sides + ((i % sides) * 2 * Math.PI) / sides;
    return [hundredth(x + outer * Math.cos(angle)), hundredth(y + outer * Math.sin(angle))];
  });
  return { type: "Polygon", coordinates: [ring] };
}

/** Grounds in light grey, cut to the frame. */
export function groundLayers(frame: MapFrame, outlines: readonly Shape[]): readonly Record<string, unknown>[] {
  if (outlines.length === 0) return [];
  const values = outlines.map(({ polygons }) => ({
    type: "Feature",
    geometry: { type: "MultiPolygon", coordinates: polygons.map((rings) => linesOnPage(frame, rings)) },
    properties: {},
  }));
  return [
    {
      data: { values },
      projection: pageProjection,
      mark: { type: "geoshape", fill: "#F3F3F1", stroke: "#8A8A8A", strokeWidth: 0.8, clip: true },
    },
  ];
}

function lineLayers(
  frame: MapFrame,
  lines: readonly Float64Array[],
  name: string | undefined,
): readonly Record<string, unknown>[] {
  if (lines.length === 0) return [];
  const feature = (coordinates: unknown): Record<string, unknown> => ({
    type: "Feature",
    geometry: { type: "MultiLineString", coordinates },
    properties: {},
  });
  const y = frame.height + 14;
  const stroked = (values: readonly unknown[], clip: boolean): readonly Record<string, unknown>[] =>
    [
      { stroke: "#FFFFFF", strokeWidth: 4 },
      { stroke: "#A3004F", strokeWidth: 2 },
    ].map((stroke) => ({
      data: { values },
      projection: pageProjection,
      mark: { type: "geoshape", filled: false, clip, ...stroke },
    }));
  const onMap = stroked([feature(linesOnPage(frame, lines))], true);
  if (!name) return onMap;
  return [
    ...onMap,
    ...stroked(
      [
        feature([
          [
            [0, y],
            [30, y],
          ],
        ]),
      ],
      false,
    ),
    {
      data: { values: [{ label: name }] },
      mark: { type: "text", align: "left", baseline: "middle", fontSize: 11.5 },
      encoding: { x: { value: 36 }, y: { value: y }, text: { field: "label", type: "nominal" } },
    },
  ];
}
