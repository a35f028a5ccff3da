import { numbers, type Table } from "../../codes/table.ts";
import { release } from "../release.ts";
import type { Released } from "../released.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { releasedRows } from "./drawn-rows.ts";
import { summarise } from "./group-counts.ts";
import { groupBoxes } from "./group-quantiles.ts";
import { channelOf, plainSpec, spokenText } from "./plain-drawing.ts";
import { channelName, fieldOf, type Json, type SpecParts, type UnitView } from "./read-spec.ts";
import { keptRecords } from "./simple-filters.ts";
import { squareCounts } from "./square-counts.ts";
import { wideBins } from "./wide-bins.ts";

/** A rewritten drawing and the released table that it draws. */
export interface RewrittenDrawing {
  readonly spec: Json;
  readonly data: Released;
}

/**
 * Draws units anew, from their records and never from the specification's rows: counts by class or zone, wide bins, squares, or quantiles by group.
 * Null when the drawing is of another kind, or when too few units are left.
 */
export function safePeople(parts: SpecParts, everyone: Table, context: DrawingContext): RewrittenDrawing | null {
  const [view, ...others] = parts.views.filter(({ data }) => (parts.data[data]?.rows?.length ?? 0) > 0);
  if (view === undefined || others.length > 0) return null;
  const records = keptRecords(everyone, view.transforms);
  if (records === null) return null;
  const across = channelOn(view, ["x", "longitude"]);
  const up = channelOn(view, ["y", "latitude"]);
  const zone = Object.keys(context.columns).find((name) => context.columns[name] === "zone" && name in records.columns);
  const placed = Object.values(view.encoding).some((definition) =>
    ["position", "moved-position"].includes(context.columns[fieldOf(definition) ?? ""] ?? ""),
  );
  if (placed && zone !== undefined) return counts(records, [zone], context);
  const binned = Object.values(view.encoding).find(({ bin }) => bin !== undefined && bin !== null && bin !== false);
  const of = fieldOf(binned);
  if (of !== null) return histogram(records, of, context);
  const classes = Object.entries(view.encoding).flatMap(([channel, definition]) => {
    const field = fieldOf(definition);
    const drawn =
      field !== null && isClass(field, context) && !["tooltip", "detail", "key", "href"].includes(channelName(channel));
    return drawn ? [field] : [];
  });
  const by = [...new Set(classes)];
  const operation = Object.values(view.encoding).find(({ aggregate }) => aggregate !== undefined);
  if (operation?.aggregate === "count") return by.length > 0 ? counts(records, by, context) : null;
  if (operation !== undefined && view.mark.type !== "boxplot") return null;
  const measures = [across, up].filter((field): field is string => field !== null && isMeasure(field, context));
  const [first, second] = measures;
  if (first === undefined) return null;
  return second === undefined ? boxes(records, by, first, context) : squares(records, [first, second], context);
}

const isClass = (field: string, { columns }: DrawingContext): boolean =>
  columns[field] === "category" || columns[field] === "zone";

const isMeasure = (field: string, { columns }: DrawingContext): boolean =>
  ["measure", "position", "moved-position"].includes(columns[field] ?? "");

const channelOn = ({ encoding }: UnitView, channels: readonly string[]): string | null =>
  channels.map((channel) => fieldOf(encoding[channel])).find((field) => field !== null) ?? null;

function counts(records: Table, by: readonly string[], context: DrawingContext): RewrittenDrawing | null {
  const data = passed(summarise(records, by, []), by, context);
  if (data === null) return null;
  const [first = "", second] = by;
  const shade = second === undefined ? {} : { color: channelOf(data, second, "nominal"), xOffset: { field: second } };
  const encoding = { x: channelOf(data, first, "nominal"), y: channelOf(data, "n", "quantitative"), ...shade };
  return { data, spec: plainSpec(data, spokenText(data, releasedRows(data), by, "n"), { mark: "bar", encoding }) };
}

function histogram(records: Table, of: string, context: DrawingContext): RewrittenDrawing | null {
  const bins = wideBins(records, of, context.minUnits);
  const data = bins === null ? null : passed(bins, ["classe"], context);
  if (data === null) return null;
  const encoding = { x: channelOf(data, "classe", "nominal", { sort: null }), y: channelOf(data, "n", "quantitative") };
  return {
    data,
    spec: plainSpec(data, spokenText(data, releasedRows(data), ["classe"], "n"), { mark: "bar", encoding }),
  };
}

function squares(
  records: Table,
  [across, up]: readonly [string, string],
  context: DrawingContext,
): RewrittenDrawing | null {
  const made = squareCounts(records, [across, up], context.minUnits);
  const edges = [`${across}_de`, `${across}_a`, `${up}_de`, `${up}_a`];
  const data = made === null ? null : passed(made, edges, context);
  if (data === null) return null;
  const free = { scale: { zero: false } };
  const encoding = {
    x: channelOf(data, `${across}_de`, "quantitative", free),
    x2: { field: `${across}_a` },
    y: channelOf(data, `${up}_de`, "quantitative", free),
    y2: { field: `${up}_a` },
    color: channelOf(data, "n", "quantitative"),
  };
  return { data, spec: plainSpec(data, spokenText(data, releasedRows(data), [], "n"), { mark: "rect", encoding }) };
}

function boxes(records: Table, by: readonly string[], of: string, context: DrawingContext): RewrittenDrawing | null {
  const data = passed(groupBoxes(records, by, of, context.minUnits), by, context);
  const [name] = by;
  if (data === null) return null;
  const group = name === undefined ? {} : { x: channelOf(data, name, "nominal") };
  const between = (low: string, high?: string): Json => ({
    ...group,
    y: channelOf(data, low, "quantitative", { scale: { zero: false } }),
    ...(high === undefined ? {} : { y2: { field: high } }),
  });
  const layer = [
    { mark: "rule", encoding: between("p5", "p95") },
    { mark: { type: "bar", size: 16 }, encoding: between("q1", "q3") },
    { mark: { type: "tick", color: "white", size: 16 }, encoding: between("mediane") },
  ];
  return { data, spec: plainSpec(data, spokenText(data, releasedRows(data), by, "mediane"), { layer }) };
}

/** Counts through the gate; null when nothing is left to draw. */
function passed(made: Table, open: readonly string[], { name }: DrawingContext): Released | null {
  if (made.numRows === 0) return null;
  const data = release(made, { name, counts: "n", open: [...open] });
  return numbers(data, "n").values.some((value) => value > 0) ? data : null;
}
