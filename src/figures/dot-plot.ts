import { numbers, reasonAt } from "../codes/table.ts";
import type { Released } from "../protection/released.ts";
import { assertReleased } from "../protection/released.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type DrawnRow, drawnRows, isSynthetic } from "./rows.ts";
import { finishSpec, NOT_RELEASED, palette } from "./theme.ts";

export interface DotPlotOptions extends FigureText {
  /** Text column: one line a row of the table (or a row and series). */
  readonly row: string;
  readonly value: string;
  /** Bounds of the interval; both or neither. What the interval is belongs in the subtitle. */
  readonly low?: string;
  readonly high?: string;
  /** Text column of the series; directly named in a legend above. */
  readonly series?: string;
  /** Text column that parts the rows in blocks, drawn one under the other. */
  readonly facet?: string;
  readonly axisTitle: string;
  readonly format?: string;
  /** A reference line (the region, the country), with its name. */
  readonly reference?: { readonly value: number; readonly label: string };
  /** "table" keeps the order of the rows, "value" ranks them. */
  readonly order?: "table" | "value";
  readonly domain?: readonly [number, number];
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const seriesColours = [palette.blue, palette.vermilion, palette.green, palette.purple, palette.black];
const seriesShapes = ["circle", "square", "triangle-up", "diamond", "cross"];

/** Dot plot with intervals (Cleveland 1984): position, not length, carries the value; shape repeats what colour says. */
export function dotPlot(data: Released, options: DotPlotOptions): Figure {
  const {
    row,
    value,
    low,
    high,
    series,
    facet,
    axisTitle,
    format = ",.1f",
    reference,
    order = "table",
    domain,
    parameters = {},
    ...text
  } = options;
  assertReleased(data, `La figure « ${text.id} »`);
  const columns = [row, value, low, high, series, facet].filter((name): name is string => name !== undefined);
  const rows = drawnRows(data, columns);
  const distinct = (name: string): string[] => [...new Set(rows.map((r) => String(r[name])))];
  const rowSort = order === "table" ? distinct(row) : { field: value, order: "descending" };
  const seriesNames = series ? distinct(series) : [];
  const y = {
    field: row,
    type: "nominal",
    sort: rowSort,
    title: null,
    axis: { grid: true, domain: false, ticks: false, labelPadding: 8 },
  };
  const offset = series
    ? { yOffset: { field: series, type: "nominal", sort: seriesNames, scale: { paddingOuter: 0.3 } } }
    : {};
  const scale = domain ? { domain, nice: false } : { zero: false, nice: true };
  const x = (field: string) => ({
    field,
    type: "quantitative",
    scale,
    axis: { title: axisTitle, format, tickCount: 6 },
  });
  const colour = series
    ? {
        color: {
          field: series,
          type: "nominal",
          sort: seriesNames,
          scale: { domain: seriesNames, range: seriesColours.slice(0, seriesNames.length) },
          legend: { title: null, orient: "top" },
        },
      }
    : {};
  const shape = series
    ? {
        shape: {
          field: series,
          type: "nominal",
          scale: { domain: seriesNames, range: seriesShapes.slice(0, seriesNames.length) },
          legend: { title: null, orient: "top" },
        },
      }
    : {};
  const step = series ? 13 : distinct(row).length > 24 ? 14 : 20;
  const layers: Record<string, unknown>[] = [];
  if (reference) {
    layers.push(
      {
        data: { values: [{ reference: reference.value }] },
        mark: { type: "rule", strokeDash: [4, 3], color: palette.grey },
        encoding: { x: { field: "reference", type: "quantitative", scale } },
      },
      {
        data: { values: [{ reference: reference.value, label: reference.label }] },
        mark: { type: "text", align: "left", baseline: "bottom", dx: 4, dy: -2, color: "#333333", fontSize: 11 },
        encoding: {
          x: { field: "reference", type: "quantitative", scale },
          y: { value: 0 },
          text: { field: "label", type: "nominal" },
        },
      },
    );
  }
  if (low && high) {
    layers.push({
      mark: { type: "rule", strokeWidth: 1.8, color: palette.blue },
      encoding: { y, ...offset, x: x(low), x2: { field: high }, ...colour },
    });
  }
  layers.push({
    mark: { type: "point", filled: true, size: 62, opacity: 1 },
    encoding: { y, ...offset, x: x(value), ...colour, ...shape },
  });
  const drawn = withGapLabels(data, rows, value);
  if (drawn !== rows) {
    layers.push({
      mark: { type: "text", align: "left", baseline: "middle", fontSize: 11, fontStyle: "italic", color: "#555555" },
      encoding: { y, ...offset, x: { value: 6 }, text: { field: "label", type: "nominal" } },
    });
  }
  const body = { datasets: { drawn }, data: { name: "drawn" } };
  const inner = { width: 470, height: { step }, layer: layers };
  const spec = facet
    ? {
        ...body,
        facet: {
          row: {
            field: facet,
            type: "nominal",
            sort: distinct(facet),
            header: {
              title: null,
              labelAngle: 0,
              labelAlign: "left",
              labelFontWeight: 600,
              labelOrient: "top",
              labelAnchor: "start",
              labelPadding: 0,
            },
          },
        },
        spec: inner,
        resolve: { scale: { y: "independent" } },
        spacing: 18,
      }
    : { ...body, ...inner };
  return figure({ ...text, data, columns, spec: finishSpec(spec, { synthetic: isSynthetic(data) }), parameters });
}

/** A line without a dot says why: hidden, not available, out of reach. The same rows when every line has its dot. */
function withGapLabels(data: Released, rows: readonly DrawnRow[], value: string): readonly DrawnRow[] {
  if (rows.every((row) => row[value] !== null)) return rows;
  const column = numbers(data, value);
  return rows.map((row, i) => {
    const reason = reasonAt(column, i);
    const label =
      reason === "nd"
        ? "non disponible"
        : reason === "ns"
          ? "non significatif"
          : reason === "s"
            ? NOT_RELEASED
            : "hors d’atteinte";
    return { ...row, label: row[value] === null ? label : "" };
  });
}
