import { frenchNumber, HARD_SPACE } from "../codes/french.ts";
import type { Shape } from "../codes/shape.ts";
import { texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { classLegend } from "./classes.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { drawnRows, isSynthetic } from "./rows.ts";
import { finishSpec, NOT_RELEASED } from "./theme.ts";

/** A neighbourhood's perimeter in projected metres (Lambert-93), and the commune under whose name it is drawn. */
export interface PlacedShape {
  readonly code: string;
  readonly group: string;
  /** Rings in metres: x east, y north. */
  readonly metres: Shape;
}

export interface NeighbourhoodMapOptions extends FigureText {
  /** Column of codes that joins rows to perimeters. */
  readonly code: string;
  readonly name: string;
  /** Column drawn in colour. */
  readonly value: string;
  /** Unit of the legend, "" for none. */
  readonly unit: string;
  readonly legend: string;
  readonly decimals?: number;
  /**
   * No class narrower than this, in the unit of the legend (points for a column of unit "part"): the half-width of the intervals, so that colours do not tell
   * apart places that the estimates do not. Fewer classes are drawn instead. Quintiles when absent.
   */
  readonly leastWidth?: number;
  readonly perimeters: readonly PlacedShape[];
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const width = 680;
const tallest = 780;
const gap = 20;
const margin = 5;
const titleHeight = 15;

interface Panel {
  readonly group: string;
  readonly shapes: readonly PlacedShape[];
  readonly west: number;
  readonly north: number;
  readonly metresWide: number;
  readonly metresHigh: number;
}

interface Laid extends Panel {
  readonly x: number;
  readonly y: number;
}

/**
 * Choropleth of the neighbourhoods, all at one scale: one panel a town, so that a perimeter of 500 m is seen as a shape and not as a dot lost on a
 * map of the region. Panels are packed on shelves, the tallest first (Coffman et al. 1980, next-fit decreasing height).
 *
 * Neighbourhoods without a released value are drawn hatched-grey and named « non diffusé » in the legend; none is left out: a row without
 * a perimeter, or the reverse, is an error of the caller.
 */
export function neighbourhoodMap(data: Released, options: NeighbourhoodMapOptions): Figure {
  const {
    code,
    name,
    value,
    unit,
    legend,
    perimeters,
    decimals = 1,
    leastWidth = 0,
    parameters = {},
    ...text
  } = options;
  assertReleased(data, `La carte « ${text.id} »`);
  const rows = drawnRows(data, [code, name, value]);
  const rowOf = new Map(texts(data, code).values.map((key, row) => [key, rows[row]]));
  const rowNumber = new Map(texts(data, code).values.map((key, row) => [key, row]));
  const classes = classLegend(data, value, {
    title: legend,
    unit,
    bounds: undefined,
    leastWidth,
    gapWords: undefined,
    field: "properties.classe",
  });
  const { panels, pixelsPerMetre, height } = layOut(perimeters);

  const features = panels.flatMap((panel) =>
    panel.shapes.map((shape) => {
      const row = rowOf.get(shape.code);
      const drawn = row?.[value];
      const released = typeof drawn === "number";
      return {
        type: "Feature",
        geometry: toPage(shape.metres, panel, pixelsPerMetre),
        properties: {
          [code]: shape.code,
          [name]: row?.[name] ?? "",
          [value]: released ? drawn : null,
          classe: classes.classOf[rowNumber.get(shape.code) ?? -1] ?? NOT_RELEASED,
          texte: `${row?.[name] ?? ""} (${panel.group})\u00a0: ${released ? frenchNumber(drawn, { decimals, unit }) : (classes.classOf[rowNumber.get(shape.code) ?? -1] ?? NOT_RELEASED)}`,
        },
      };
    }),
  );
  const kilometre = 1000 * pixelsPerMetre;
  const page = {
    x: { type: "quantitative", scale: { domain: [0, width], range: [0, width] }, axis: null },
    y: { type: "quantitative", scale: { domain: [0, height], range: [0, height] }, axis: null },
  };

  const spec = finishSpec(
    {
      width,
      height,
      datasets: {
        drawn: features,
        towns: panels.map((panel) => ({
          group: panel.group,
          x: panel.x,
          y: panel.y - 4,
          left: panel.x - 4,
          right: panel.x + widthOf(panel, pixelsPerMetre) + 4,
          top: panel.y - 2,
          bottom: panel.y + panel.metresHigh * pixelsPerMetre + 4,
        })),
        scale: [{ x: width - 2 * kilometre, x2: width, y: height - 2, label: "2\u00a0km" }],
      },
      layer: [
        {
          data: { name: "towns" },
          mark: { type: "rect", color: "#F3F3F1" },
          encoding: {
            x: { field: "left", ...page.x },
            x2: { field: "right" },
            y: { field: "top", ...page.y },
            y2: { field: "bottom" },
          },
        },
        {
          data: { name: "drawn" },
          projection: { type: "identity", scale: 1, translate: [0, 0] },
          mark: { type: "geoshape", stroke: "#3A3A3A", strokeWidth: 0.7, strokeJoin: "round" },
          encoding: {
            color: classes.encoding,
            tooltip: { field: "properties.texte", type: "nominal", title: "Quartier" },
          },
        },
        {
          data: { name: "towns" },
          mark: { type: "text", align: "left", baseline: "bottom", fontSize: 10.5, color: "#333333" },
          encoding: {
            x: { field: "x", ...page.x },
            y: { field: "y", ...page.y },
            text: { field: "group", type: "nominal" },
          },
        },
        {
          data: { name: "scale" },
          mark: { type: "rule", color: "#333333", strokeWidth: 1.5 },
          encoding: { x: { field: "x", ...page.x }, x2: { field: "x2" }, y: { field: "y", ...page.y } },
        },
        {
          data: { name: "scale" },
          mark: { type: "text", align: "right", baseline: "bottom", dy: -3, fontSize: 10.5 },
          encoding: {
            x: { field: "x2", ...page.x },
            y: { field: "y", ...page.y },
            text: { field: "label", type: "nominal" },
          },
        },
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: [code, name, value], spec, parameters });
}

/** The largest scale at which all panels fit the page, found by bisection. */
function layOut(perimeters: readonly PlacedShape[]): {
  panels: readonly Laid[];
  pixelsPerMetre: number;
  height: number;
} {
  const panels = makePanels(perimeters);
  let low = 0.0005;
  let high = 0.2;
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2;
    if (
      pack(panels, middle).height <= tallest &&
      panels.every(({ metresWide }) => metresWide * middle <= width - 2 * margin)
    )
      low = middle;
    else high = middle;
  }
  return { ...pack(panels, low), pixelsPerMetre: low };
}

function makePanels(perimeters: readonly PlacedShape[]): readonly Panel[] {
  const groups = new Map<string, PlacedShape[]>();
  for (const shape of perimeters) groups.set(shape.group, [...(groups.get(shape.group) ?? []), shape]);
  const panels = [...groups].map(([group, shapes]): Panel => {
    let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const ring of shapes.flatMap(({ metres }) => metres.polygons.flat())) {
      for (let i = 0; i < ring.length; i += 2) {
        west = Math.min(west, ring[i]);
        east = Math.max(east, ring[i]);
        south = Math.min(south, ring[i + 1]);
        north = Math.max(north, ring[i + 1]);
      }
    }
    return { group, shapes, west, north, metresWide: east - west, metresHigh: north - south };
  });
  return panels.sort((a, b) => b.metresHigh - a.metresHigh || (a.group < b.group ? -1 : 1));
}

/** A panel is as wide as its neighbourhoods, or as its title (5.6 px a letter). */
const widthOf = ({ metresWide, group }: Panel, pixelsPerMetre: number): number =>
  Math.max(metresWide * pixelsPerMetre, group.length * 5.6);

function pack(panels: readonly Panel[], pixelsPerMetre: number): { panels: readonly Laid[]; height: number } {
  const laid: Laid[] = [];
  let [x, y, shelf] = [margin, titleHeight, 0];
  for (const panel of panels) {
    const wide = widthOf(panel, pixelsPerMetre);
    if (x > margin && x + wide + margin > width) {
      y += shelf + gap + titleHeight;
      [x, shelf] = [margin, 0];
    }
    laid.push({ ...panel, x, y });
    x += wide + gap;
    shelf = Math.max(shelf, panel.metresHigh * pixelsPerMetre);
  }
  return { panels: laid, height: Math.ceil(y + shelf + gap) };
}

/** Metres to page: y grows downwards. Rounded to a hundredth of a pixel, so that files are small and identical everywhere. */
function toPage({ polygons }: Shape, { west, north, x, y }: Laid, pixelsPerMetre: number): Record<string, unknown> {
  const rounded = (value: number): number => Math.round(value * 100) / 100;
  const ringOf = (ring: Float64Array): number[][] =>
    Array.from({ length: ring.length / 2 }, (_, i) => [
      rounded(x + (ring[2 * i] - west) * pixelsPerMetre),
      rounded(y + (north - ring[2 * i + 1]) * pixelsPerMetre),
    ]);
  return { type: "MultiPolygon", coordinates: polygons.map((rings) => rings.map(ringOf)) };
}

/** "2 km", for a caption. */
export const kilometres = (km: number): string => `${frenchNumber(km)}${HARD_SPACE}km`;
