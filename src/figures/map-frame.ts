import { HARD_SPACE } from "../codes/french.ts";
import { pixel } from "./end-labels.ts";

/** A place of a map: its code in the table, degrees of WGS 84. */
export interface MapPlace {
  readonly code: string;
  readonly lon: number;
  readonly lat: number;
}

/** A piece of the earth of the size of a town, and the page it is drawn on. */
export interface MapFrame {
  readonly width: number;
  readonly height: number;
  readonly pixelsPerMetre: number;
  /** Degrees to pixels, y downwards, to a hundredth. */
  readonly toPage: (lon: number, lat: number) => [number, number];
}

const radius = 6_371_008.8;
const radians = Math.PI / 180;

/**
 * A frame around places, north upwards, at one scale in both directions: equirectangular about the middle latitude (Snyder 1987, p. 90). Within 25 km of the
 * middle and under 60 degrees of latitude the scale varies by less than 0.7 %: right for a town, not for a country.
 *
 * One place alone gets a kilometre around it.
 */
export function mapFrame(
  places: Iterable<{ readonly lon: number; readonly lat: number }>,
  {
    width = 540,
    tallest = 520,
    margin = 26,
  }: { readonly width?: number; readonly tallest?: number; readonly margin?: number } = {},
): MapFrame {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { lon, lat } of places) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const [middleLon, middleLat] = [(west + east) / 2, (south + north) / 2];
  const shrink = Math.cos(middleLat * radians);
  const metresWide = Math.max(1000, (east - west) * radians * radius * shrink);
  const metresHigh = Math.max(1000, (north - south) * radians * radius);
  const pixelsPerMetre = Math.min((width - 2 * margin) / metresWide, (tallest - 2 * margin) / metresHigh);
  const height = Math.round(Math.min(tallest, Math.max(180, metresHigh * pixelsPerMetre + 2 * margin)));
  const hundredth = (value: number): number => Math.round(value * 100) / 100;
  return {
    width,
    height,
    pixelsPerMetre,
    toPage: (lon, lat) => [
      hundredth(width / 2 + (lon - middleLon) * radians * radius * shrink * pixelsPerMetre),
      hundredth(height / 2 - (lat - middleLat) * radians * radius * pixelsPerMetre),
    ],
  };
}

/**
 * The scale bar (a round length, about a fifth of the width) and the north, at the foot of the map.
 * @example
 * ```ts
 * roundLength(3700) // 2000
 * ```
 */
export function roundLength(metres: number): number {
  const power = 10 ** Math.floor(Math.log10(metres));
  const factor = metres / power;
  return power * (factor >= 5 ? 5 : factor >= 2 ? 2 : 1);
}

/** Layers of the scale bar and the north, under the map. */
export function frameLayers({ width, height, pixelsPerMetre }: MapFrame): readonly Record<string, unknown>[] {
  const metres = roundLength(width / 4 / pixelsPerMetre);
  const long = Math.round(metres * pixelsPerMetre * 100) / 100;
  const label = metres >= 1000 ? `${metres / 1000}${HARD_SPACE}km` : `${metres}${HARD_SPACE}m`;
  const y = height + 14;
  const rule = (x: number, top: number, x2: number, bottom: number): Record<string, unknown> => ({
    x,
    y: top,
    x2,
    y2: bottom,
  });
  return [
    {
      data: {
        values: [
          rule(width - long, y, width, y),
          rule(width - long, y - 4, width - long, y + 4),
          rule(width, y - 4, width, y + 4),
          rule(width - long - 70, y + 8, width - long - 70, y - 8),
        ],
      },
      mark: { type: "rule", color: "#333333", strokeWidth: 1.5 },
      encoding: { x: pixel("x"), y: pixel("y"), x2: { field: "x2" }, y2: { field: "y2" } },
    },
    {
      data: { values: [{ x: width - long - 70, y: y - 8 }] },
      mark: { type: "point", shape: "triangle-up", filled: true, size: 50, opacity: 1, color: "#333333" },
      encoding: { x: pixel("x"), y: pixel("y") },
    },
    {
      data: {
        values: [
          { x: width - long - 8, y, label },
          { x: width - long - 78, y, label: "Nord" },
        ],
      },
      mark: { type: "text", align: "right", baseline: "middle", fontSize: 11.5 },
      encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
    },
  ];
}

/** Rings or lines in degrees, [lon, lat, lon, lat...], as coordinates of the page. */
export function linesOnPage(frame: MapFrame, lines: readonly Float64Array[]): number[][][] {
  return lines.map((line) =>
    Array.from({ length: line.length / 2 }, (_, i) => frame.toPage(line[2 * i], line[2 * i + 1])),
  );
}

/** Geometries already in pixels. */
export const pageProjection = { type: "identity", scale: 1, translate: [0, 0] } as const;
