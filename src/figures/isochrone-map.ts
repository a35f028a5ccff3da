import { QuartiersError } from "../codes/errors.ts";
import { HARD_SPACE } from "../codes/french.ts";
import type { Shape } from "../codes/shape.ts";
import { column, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { pixel, tidyRow } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { neighbourhoodNames } from "./isochrone-map-names.ts";
import { refuseLayoutNames } from "./layout-names.ts";
import { frameLayers, linesOnPage, type MapFrame, type MapPlace, mapFrame, pageProjection } from "./map-frame.ts";
import { boxesAt, dotsAt, type KeyEntry, keyAbove, type Layer } from "./pixel-marks.ts";
import { groundLayers } from "./place-map.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { type SeriesStyle, seriesShape, seriesStyles } from "./series-style.ts";
import { finishSpec } from "./theme.ts";

/** Where one arrives within a time: polygons as `isochroneArea` gives them (degrees, holes after their outline). */
export interface TimedArea {
  readonly minutes: number;
  readonly coordinates: readonly (readonly (readonly (readonly [lon: number, lat: number])[])[])[];
}

/** A neighbourhood whose outline is drawn over the areas, and named. */
export interface NamedOutline {
  readonly name: string;
  readonly shape: Shape;
}

export interface IsochroneMapOptions extends FigureText {
  /** Text column that joins facilities to places. */
  readonly code: string;
  /** Text column of their names, for the tooltips. */
  readonly name: string;
  /** Text column of their kinds, six at most, told by colour and shape. */
  readonly kind: string;
  readonly places: readonly MapPlace[];
  /** Five at most; the longest is drawn first. */
  readonly areas: readonly TimedArea[];
  /** How one moves: "à pied", "en transport". */
  readonly mode: string;
  readonly neighbourhoods?: readonly NamedOutline[];
  /** Grounds under all: communes, water. */
  readonly grounds?: readonly Shape[];
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/** Near to far, dark to light; each has an outline, so that they are told in grey too. */
const fills = ["#5BA3CF", "#94C4DF", "#BDD7EB", "#DAE7F3", "#EEF4FA"];
const lineColour = "#2B5F86";

/**
 * Map of facilities by kind over the areas from which (or to which) one travels within some times, with the outlines of neighbourhoods above. Facilities that lie outside
 * the areas are drawn too: what is not reached is the reading.
 *
 * @throws QuartiersError when a facility has no place or two have one code, with more than five areas, or two of one time
 */
export function isochroneMap(data: Released, options: IsochroneMapOptions): Figure {
  const { code, name, kind, places, areas, mode, neighbourhoods = [], grounds = [], parameters = {} } = options;
  const { id, title, subtitle, alt, champ, lecture } = options;
  assertReleased(data, `La carte « ${id} »`);
  const [codes, names, kinds] = [code, name, kind].map((field) => texts(data, field).values);
  refuseDoubles(codes, id);
  refuseLayoutNames([code, name, kind], id);
  const ordered = checkedAreas(areas, id);
  const placeOf = new Map(places.map((place) => [place.code, place]));
  const located = codes.map((own) => placeOf.get(own) ?? refusePlace(own, id));
  const styles = kindStyles([...new Set(kinds)], id);
  const frame = mapFrame([...located, ...pointsOf(areas), ...neighbourhoods.flatMap(({ shape }) => cornersOf(shape))], {
    width: 600,
    tallest: 600,
  });
  const drawn = drawnRows(data, [code, name, kind]).map((drawnRow, i) => {
    const [x, y] = frame.toPage(located[i].lon, located[i].lat);
    return { ...drawnRow, ...tidyRow({ x, y }), texte: `${names[i]} (${kinds[i]})` };
  });
  const kindColour = {
    field: kind,
    type: "nominal",
    scale: { domain: styles.map((style) => style.name), range: styles.map(({ colour }) => colour) },
    legend: null,
  };
  const spec = finishSpec(
    {
      width: frame.width,
      height: frame.height,
      datasets: { drawn },
      layer: [
        ...groundLayers(frame, grounds),
        ...ordered.toReversed().map((area) => areaLayer(frame, area, fills[ordered.indexOf(area)])),
        ...outlineLayers(frame, neighbourhoods),
        {
          data: { name: "drawn" },
          mark: { type: "point", filled: true, opacity: 1, size: 74, stroke: "white", strokeWidth: 1 },
          encoding: {
            x: pixel("x"),
            y: pixel("y"),
            fill: kindColour,
            shape: seriesShape(kind, styles),
            tooltip: { field: "texte", type: "nominal", title: column(data, name).label },
          },
        },
        ...neighbourhoodNames(
          frame,
          neighbourhoods,
          drawn.map(({ x, y }) => ({ x, y })),
        ),
        ...frameLayers(frame),
        ...keyAbove(keyOf({ styles, ordered, mode, outlined: neighbourhoods.length > 0 }), {
          left: 0,
          width: frame.width,
          bottom: -14,
        }),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({
    ...{ id, title, subtitle, alt, champ, lecture },
    data,
    columns: [code, name, kind],
    spec,
    parameters: { ...parameters, minutes: ordered.map(({ minutes }) => minutes).join(", ") },
  });
}

/** The styles of kinds, from the second on: the areas are blue, and blue points would be lost on them. */
function kindStyles(kinds: readonly string[], id: string): readonly SeriesStyle[] {
  const all = seriesStyles(["1", "2", "3", "4", "5", "6"], id);
  return seriesStyles(kinds, id).map(({ name }, i) => ({ ...all[(i + 1) % all.length], name }));
}

function refusePlace(code: string, id: string): never {
  throw new QuartiersError({
    what: `La carte « ${id} » ne sait pas où placer un équipement`,
    value: code,
    expected: "un lieu (places) du même code pour chaque ligne",
  });
}

/** The areas from the shortest time to the longest. */
function checkedAreas(areas: readonly TimedArea[], id: string): readonly TimedArea[] {
  if (areas.length > fills.length || new Set(areas.map(({ minutes }) => minutes)).size < areas.length)
    throw new QuartiersError({
      what: `La carte « ${id} » reçoit des isochrones qui ne se distingueraient pas`,
      value: areas.map(({ minutes }) => minutes).join(", "),
      expected: `${fills.length} durées au plus, toutes différentes`,
    });
  return areas.toSorted((a, b) => a.minutes - b.minutes);
}

const pointsOf = (areas: readonly TimedArea[]): readonly { readonly lon: number; readonly lat: number }[] =>
  areas.flatMap(({ coordinates }) => coordinates.flat(2).map(([lon, lat]) => ({ lon, lat })));

const cornersOf = ({ polygons }: Shape): readonly { readonly lon: number; readonly lat: number }[] =>
  polygons
    .flat()
    .flatMap((ring) => Array.from({ length: ring.length / 2 }, (_, i) => ({ lon: ring[2 * i], lat: ring[2 * i + 1] })));

function areaLayer(frame: MapFrame, { coordinates }: TimedArea, fill: string | undefined): Layer {
  const onPage = coordinates.map((polygon) => polygon.map((ring) => ring.map(([lon, lat]) => frame.toPage(lon, lat))));
  return {
    data: {
      values: [{ type: "Feature", geometry: { type: "MultiPolygon", coordinates: onPage }, properties: {} }],
    },
    projection: pageProjection,
    mark: { type: "geoshape", fill, stroke: lineColour, strokeWidth: 0.6, clip: true },
  };
}

function outlineLayers(frame: MapFrame, outlines: readonly NamedOutline[]): readonly Layer[] {
  if (outlines.length === 0) return [];
  const coordinates = outlines.flatMap(({ shape }) => shape.polygons.map((rings) => linesOnPage(frame, rings)));
  const values = [{ type: "Feature", geometry: { type: "MultiPolygon", coordinates }, properties: {} }];
  return [
    { stroke: "#FFFFFF", strokeWidth: 3.4 },
    { stroke: "#1B1B1B", strokeWidth: 1.5 },
  ].map((stroke) => ({
    data: { values },
    projection: pageProjection,
    mark: { type: "geoshape", filled: false, strokeJoin: "round", ...stroke },
  }));
}

function keyOf({
  styles,
  ordered,
  mode,
  outlined,
}: {
  readonly styles: readonly SeriesStyle[];
  readonly ordered: readonly TimedArea[];
  readonly mode: string;
  readonly outlined: boolean;
}): readonly KeyEntry[] {
  const swatch = (mark: Layer) => (x: number, y: number) => [
    boxesAt([{ x: x - 9, x2: x + 9, y: y - 6, y2: y + 6 }], mark),
  ];
  return [
    ...styles.map(({ name, colour, shape }) => ({
      label: name,
      sign: (x: number, y: number) => [dotsAt([{ x, y }], { color: colour, shape, size: 80 })],
    })),
    ...ordered.map(({ minutes }, k) => ({
      label: k === 0 ? `à ${minutes}${HARD_SPACE}min ${mode}` : `${minutes}${HARD_SPACE}min`,
      sign: swatch({ fill: fills[k], stroke: lineColour, strokeWidth: 0.6 }),
    })),
    ...(outlined ? [{ label: "quartier", sign: swatch({ fill: "white", stroke: "#1B1B1B", strokeWidth: 1.5 }) }] : []),
  ];
}
