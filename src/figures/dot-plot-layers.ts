import { texts } from "../codes/table.ts";
import type { Released } from "../protection/released.ts";
import type { DotPlotOptions } from "./dot-plot.ts";
import { fittedNames } from "./fitted-text.ts";
import { seriesStyles } from "./series-style.ts";
import { wrapWords } from "./text-room.ts";
import { palette } from "./theme.ts";

type Layers = readonly Record<string, unknown>[];

/** Pixels that the names of the lines may take, and the size of their letters. */
export interface NameRoom {
  readonly room: number;
  readonly size: number;
}

/** The layers of one panel, for the lines it holds. */
export function dotLayers(
  data: Released,
  options: DotPlotOptions,
  { hasGaps, names, plot }: { readonly hasGaps: boolean; readonly names: NameRoom; readonly plot: number },
): (lines: readonly string[]) => Layers {
  const { row, value, low, high, series, axisTitle, format = ",.1f", reference, highlight = [], domain } = options;
  const styles = seriesStyles(series ? [...new Set(texts(data, series).values)] : [], options.id);
  const seriesNames = styles.map(({ name }) => name);
  const scale = domain ? { domain, nice: false } : { zero: false, nice: true };
  const x = (field: string): Record<string, unknown> => ({
    field,
    type: "quantitative",
    scale,
    axis: { title, format, tickCount: 6 },
  });
  const wrapped = wrapWords(axisTitle, plot + 30, 12);
  const title = wrapped.length === 1 ? axisTitle : wrapped;
  const isChosen = { test: chosenTest(highlight, row) };
  const legend = { title: null, orient: "top" };
  const colour = series
    ? {
        color: {
          field: series,
          type: "nominal",
          sort: seriesNames,
          scale: { domain: seriesNames, range: styles.map((style) => style.colour) },
          legend,
        },
      }
    : highlight.length > 0
      ? { color: { condition: { ...isChosen, value: palette.vermilion }, value: palette.blue } }
      : {};
  const shape = series
    ? {
        shape: {
          field: series,
          type: "nominal",
          scale: { domain: seriesNames, range: styles.map((style) => style.shape) },
          legend,
        },
      }
    : highlight.length > 0
      ? { shape: { condition: { ...isChosen, value: "square" }, value: "circle" } }
      : {};
  const offset = series
    ? { yOffset: { field: series, type: "nominal", sort: seriesNames, scale: { paddingOuter: 0.3 } } }
    : {};
  const tooltip = [
    { field: row, type: "nominal", title: texts(data, row).label },
    ...(series ? [{ field: series, type: "nominal", title: texts(data, series).label }] : []),
    { field: value, type: "quantitative", title: axisTitle, format },
  ];
  return (lines) => {
    const y = {
      field: row,
      type: "nominal",
      sort: lines,
      title: null,
      axis: {
        grid: true,
        domain: false,
        ticks: false,
        labelPadding: 8,
        labelFontSize: names.size,
        labelLimit: names.room + 24,
        ...cutNames(lines, names),
        ...(highlight.length > 0
          ? { labelFontWeight: { condition: { test: chosenTest(highlight, "value"), value: 700 }, value: 400 } }
          : {}),
      },
    };
    const layers: Record<string, unknown>[] = reference ? referenceLayers(reference, scale) : [];
    if (low && high)
      layers.push({
        mark: { type: "rule", strokeWidth: 1.8, color: palette.blue },
        encoding: { y, ...offset, x: x(low), x2: { field: high }, ...colour },
      });
    layers.push({
      mark: { type: "point", filled: true, size: 62, opacity: 1 },
      encoding: { y, ...offset, x: x(value), ...colour, ...shape, tooltip },
    });
    if (hasGaps)
      layers.push({
        mark: { type: "text", align: "left", baseline: "middle", fontSize: 11, fontStyle: "italic", color: "#555555" },
        encoding: { y, ...offset, x: { value: 6 }, text: { field: "label", type: "nominal" } },
      });
    return layers;
  };
}

/** A Vega expression that is true of the chosen names. */
const chosenTest = (chosen: readonly string[], field: string): string =>
  chosen.map((name) => `datum[${JSON.stringify(field)}] === ${JSON.stringify(name)}`).join(" || ") || "false";

function referenceLayers(
  { value, label }: { readonly value: number; readonly label: string },
  scale: Record<string, unknown>,
): Record<string, unknown>[] {
  const x = { field: "reference", type: "quantitative", scale };
  const rule = {
    data: { values: [{ reference: value }] },
    mark: { type: "rule", strokeDash: [4, 3], color: palette.grey },
    encoding: { x },
  };
  return [
    rule,
    {
      data: { values: [{ reference: value, label }] },
      mark: { type: "text", align: "left", baseline: "bottom", dx: 4, dy: -2, color: "#333333", fontSize: 11 },
      encoding: { x, y: { value: 0 }, text: { field: "label", type: "nominal" } },
    },
  ];
}

/** Names longer than their room are drawn cut; the scale, the data and the tooltips keep them whole. */
function cutNames(lines: readonly string[], { room, size }: NameRoom): { readonly labelExpr?: string } {
  const fitted = fittedNames(lines, room, size);
  const cut = Object.fromEntries(lines.flatMap((line, i) => (fitted[i] === line ? [] : [[line, fitted[i]]])));
  if (Object.keys(cut).length === 0) return {};
  return { labelExpr: `${JSON.stringify(cut)}[datum.value] || datum.value` };
}
