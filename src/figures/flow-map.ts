import { QuartiersError } from "../codes/errors.ts";
import type { Shape } from "../codes/shape.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { pixel } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { flowGeometry } from "./flow-ribbon.ts";
import { gapsOf } from "./gaps.ts";
import { type Box, placeLabels } from "./label-places.ts";
import { frameLayers, type MapFrame, type MapPlace, mapFrame, pageProjection, roundLength } from "./map-frame.ts";
import { groundLayers } from "./place-map.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { roughWidth, wrapWords } from "./text-room.ts";
import { finishSpec, NOT_RELEASED_FILL, palette } from "./theme.ts";
import { valueWriter } from "./value-axis.ts";

export interface FlowPlace extends MapPlace {
  readonly name: string;
}

export interface FlowMapOptions extends FigureText {
  /** Text columns of the codes of places. */
  readonly origin: string;
  readonly destination: string;
  /** How many people (or posts) the flow carries. */
  readonly people: string;
  readonly places: readonly FlowPlace[];
  /** Code of a destination that stands nowhere: small flows bundled by the caller. They are written under the map, not drawn. */
  readonly elsewhere?: string;
  readonly elsewhereName?: string;
  /** What the widths mean: "Personnes affectées". */
  readonly legend: string;
  readonly outlines?: readonly Shape[];
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const widest = 15;

/**
 * Flow map of an assignment: one ribbon a couple of places, as wide at its origin as its people and narrow at its destination (tapered links are read
 * better than arrow heads: Holten and van Wijk 2009), bent to its left so that a return does not cover it. A flow inside one place is a ring.
 *
 * Only aggregates come here: a hidden flow is a thin white ribbon, « non diffusé », of one width whatever it holds.
 * @throws QuartiersError when a flow names a place that is not given, or when a couple has two rows
 */
export function flowMap(data: Released, options: FlowMapOptions): Figure {
  const {
    origin,
    destination,
    people,
    places,
    elsewhere,
    elsewhereName = "autres destinations",
    legend,
    outlines = [],
    parameters = {},
    ...text
  } = options;
  assertReleased(data, `La carte « ${text.id} »`);
  const [from, to] = [texts(data, origin).values, texts(data, destination).values];
  refuseDoubles(
    from.map((code, i) => `${code} → ${to[i]}`),
    text.id,
  );
  const placeOf = new Map(places.map((place) => [place.code, place]));
  const find = (code: string): FlowPlace => placeOf.get(code) ?? refusePlace(code, text.id);
  const gaps = gapsOf(data, people);
  const counts = numbers(data, people).values;
  const writer = valueWriter(data, people);
  const drawnFlows = from.map((_, i) => i).filter((i) => to[i] !== elsewhere);
  const used = [...new Set([...from, ...drawnFlows.map((i) => to[i])])].map((code) => find(code ?? ""));
  const frame = mapFrame(used, { margin: 46 });
  const most = Math.max(0, ...drawnFlows.map((i) => (gaps[i] === null ? counts[i] : 0)));
  const nameOf = (code: string): string => (code === elsewhere ? elsewhereName : find(code).name);
  const order = from.map((_, i) => i).sort((a, b) => weight(counts[b]) - weight(counts[a]) || a - b);
  const rows = drawnRows(data, [origin, destination, people]);
  const drawn = order.map((i) => ({
    type: "Feature",
    geometry:
      to[i] === elsewhere
        ? nothing
        : flowGeometry(
            frame.toPage(find(from[i]).lon, find(from[i]).lat),
            frame.toPage(find(to[i]).lon, find(to[i]).lat),
            gaps[i] === null ? (most > 0 ? (counts[i] / most) * widest : 0) : hiddenWidth,
          ),
    properties: {
      ...rows[i],
      classe: gaps[i] ?? legend,
      texte: `${nameOf(from[i])} → ${nameOf(to[i])}\u00a0: ${gaps[i] ?? writer.write(counts[i])}`,
    },
  }));
  const hidden = [...new Set(drawnFlows.map((i) => gaps[i]))].filter((gap): gap is string => gap !== null);
  const colour = {
    field: "properties.classe",
    type: "nominal",
    scale: { domain: [legend, ...hidden], range: [palette.blue, ...hidden.map(() => NOT_RELEASED_FILL)] },
    legend: null,
  };
  const origins = new Set(from);
  const notes = from.flatMap((code, i) =>
    to[i] === elsewhere ? [`${nameOf(code)} → ${elsewhereName}\u00a0: ${gaps[i] ?? writer.write(counts[i])}`] : [],
  );
  const spec = finishSpec(
    {
      width: frame.width,
      height: frame.height,
      datasets: { drawn },
      layer: [
        ...groundLayers(frame, outlines),
        {
          data: { name: "drawn" },
          projection: pageProjection,
          mark: { type: "geoshape", clip: false, stroke: "#1B1B1B", strokeWidth: 0.6, strokeJoin: "round" },
          encoding: {
            fill: colour,
            tooltip: { field: "properties.texte", type: "nominal", title: column(data, people).label },
          },
        },
        ...placeLayers(
          frame,
          used,
          origins,
          drawn.flatMap(({ geometry }) => verticesOf(geometry)),
        ),
        ...frameLayers(frame),
        ...keyLayers(frame, { legend, most, hidden, colour, write: writer.write }),
        ...noteLayers(frame, notes),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: [origin, destination, people], spec, parameters });
}

const hiddenWidth = 3;
const nothing = { type: "GeometryCollection", geometries: [] };
const weight = (count: number): number => (Number.isFinite(count) ? count : -1);

function refusePlace(code: string, id: string): never {
  throw new QuartiersError({
    what: `La carte « ${id} » ne sait pas où placer un lieu`,
    value: code,
    expected: "un lieu (places) pour chaque origine et chaque destination",
    remedy: "ajouter le lieu, ou nommer ce code dans elsewhere s'il rassemble de petits flux",
  });
}

/** Small boxes along a ribbon, for names to keep away from. */
function verticesOf(geometry: Readonly<Record<string, unknown>>): readonly Box[] {
  const rings = (geometry.coordinates ?? []) as readonly (readonly (readonly [number, number])[])[];
  return rings.flat().map(([x, y]) => ({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 }));
}

/** Origins as discs, other destinations as squares, and their names where they cover nothing. */
function placeLayers(
  frame: MapFrame,
  used: readonly FlowPlace[],
  origins: ReadonlySet<string>,
  ribbons: readonly Box[],
): readonly Record<string, unknown>[] {
  const size = 12;
  const placed = used.map((place) => {
    const [x, y] = frame.toPage(place.lon, place.lat);
    const lines = wrapWords(place.name, 130, size);
    return {
      place,
      x,
      y,
      lines,
      width: Math.max(...lines.map((line) => roughWidth(line, size))),
      height: lines.length * 14,
    };
  });
  const spots = placeLabels(placed, { left: 0, right: frame.width, top: 0, bottom: frame.height }, { avoid: ribbons });
  const names = placed.map(({ lines }, i) => ({
    x: Math.round(spots[i].left * 100) / 100,
    y: Math.round((spots[i].middle - (lines.length - 1) * 7) * 100) / 100,
    label: lines.join("\n"),
  }));
  const nameLayer = (mark: Record<string, unknown>): Record<string, unknown> => ({
    data: { values: names },
    mark: {
      type: "text",
      align: "left",
      baseline: "middle",
      lineBreak: "\n",
      lineHeight: 14,
      fontSize: size,
      fontWeight: 600,
      ...mark,
    },
    encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
  });
  const nodes = (own: boolean, mark: Record<string, unknown>): Record<string, unknown>[] => {
    const values = placed.filter(({ place }) => origins.has(place.code) === own).map(({ x, y }) => ({ x, y }));
    if (values.length === 0) return [];
    return [
      {
        data: { values },
        mark: { type: "point", filled: true, opacity: 1, stroke: palette.black, strokeWidth: 1.5, ...mark },
        encoding: { x: pixel("x"), y: pixel("y") },
      },
    ];
  };
  return [
    ...nodes(true, { shape: "circle", size: 80, fill: palette.vermilion }),
    ...nodes(false, { shape: "square", size: 70, fill: "white" }),
    nameLayer({ stroke: "white", strokeWidth: 3.5, strokeJoin: "round", color: "white" }),
    nameLayer({ color: "#1B1B1B" }),
  ];
}

/** Widths of the ribbons, by samples of round numbers; the last is as near as can be to the widest drawn. */
function keyLayers(
  frame: MapFrame,
  {
    legend,
    most,
    hidden,
    colour,
    write,
  }: {
    readonly legend: string;
    readonly most: number;
    readonly hidden: readonly string[];
    readonly colour: Record<string, unknown>;
    readonly write: (value: number) => string;
  },
): readonly Record<string, unknown>[] {
  const largest = most >= 1 ? roundLength(most) : 0;
  const samples = [...new Set([Math.round(largest / 5), largest])].filter((count) => count > 0);
  const top = frame.height + 58;
  const entries = [
    ...samples.map((count) => ({ classe: legend, width: (count / most) * widest, label: write(count) })),
    ...hidden.map((word) => ({ classe: word, width: hiddenWidth, label: word })),
  ];
  let x = 0;
  const shown = entries.map((entry) => {
    const start = x;
    x += 62 + roughWidth(entry.label, 11.5) + 22;
    return { ...entry, start };
  });
  return [
    {
      data: {
        values: shown.map(({ classe, width, start }) => ({
          type: "Feature",
          geometry: flowGeometry([start, top], [start + 56, top], width, { bend: 0, away: 0 }),
          properties: { classe },
        })),
      },
      projection: pageProjection,
      mark: { type: "geoshape", clip: false, stroke: "#1B1B1B", strokeWidth: 0.6 },
      encoding: { fill: colour },
    },
    {
      data: {
        values: [
          ...shown.map(({ label, start }) => ({ x: Math.round(start + 62), y: top, label })),
          { x: 0, y: frame.height + 36, label: `${legend}, du bout large (disque) au bout étroit (carré)` },
        ],
      },
      mark: { type: "text", align: "left", baseline: "middle", fontSize: 11.5 },
      encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
    },
  ];
}

/** The bundled flows, written. */
function noteLayers(frame: MapFrame, notes: readonly string[]): readonly Record<string, unknown>[] {
  if (notes.length === 0) return [];
  return [
    {
      data: { values: notes.map((label, i) => ({ x: 0, y: frame.height + 82 + i * 15, label })) },
      mark: { type: "text", align: "left", baseline: "middle", fontSize: 11.5 },
      encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
    },
  ];
}
