import { numbers, texts } from "../codes/table.ts";
import type { Released } from "../protection/released.ts";
import { assertReleased } from "../protection/released.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { type DrawnRow, drawnRows, isSynthetic } from "./rows.ts";
import { seriesStyles } from "./series-style.ts";
import { finishSpec, palette } from "./theme.ts";
import { linearDomain } from "./value-axis.ts";

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
  /** "table" keeps the order of the rows; "value" ranks them, the largest first, those without a value last. */
  readonly order?: "table" | "value";
  /** Rows of comparison (the commune, the agglomeration), drawn as orange squares with their name in bold. */
  readonly highlight?: readonly string[];
  /** Two columns keep a long list readable on a page. By default, from 40 lines on. */
  readonly columns?: 1 | 2;
  readonly domain?: readonly [number, number];
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const many = 40;
type Layers = readonly Record<string, unknown>[];

/**
 * Dot plot with intervals (Cleveland 1984): position, not length, carries the value; shape repeats what colour says. A line without a value says why. A long
 * list is parted in two columns on one scale, because a single one would have to be shrunk to fit a page.
 */
export function dotPlot(data: Released, options: DotPlotOptions): Figure {
  const { row, value, low, high, series, facet, highlight = [], gapWords, parameters = {} } = options;
  const { id, title, subtitle, alt, champ, lecture } = options;
  assertReleased(data, `La figure « ${id} »`);
  const names = [row, value, low, high, series, facet].filter((name): name is string => name !== undefined);
  const gaps = gapsOf(data, value, gapWords);
  const bare = drawnRows(data, names);
  const rows = gaps.every((gap) => gap === null) ? bare : bare.map((drawn, i) => ({ ...drawn, label: gaps[i] ?? "" }));
  const lines = lineOrder(data, options);
  const blocks = facet ? distinct(texts(data, facet).values) : [""];
  const halves = options.columns === 2 || (options.columns === undefined && lines.length >= many) ? 2 : 1;
  const parts = halves === 1 ? [rows] : halved(rows, { row, facet, lines, blocks });
  const layers = layersOf(
    data,
    halves === 2 ? withSharedDomain(data, options) : options,
    gaps.some((gap) => gap !== null),
  );
  const panel = (part: readonly DrawnRow[], name: string): Record<string, unknown> => {
    const own = lines.filter((line) => part.some((drawn) => drawn[row] === line));
    const inner = {
      width: halves === 2 ? 175 : 470,
      height: { step: series ? 13 : halves === 2 ? 13 : lines.length > 24 ? 14 : 20 },
      layer: layers(own),
    };
    if (!facet) return { data: { name }, ...inner };
    return {
      data: { name },
      facet: { row: { field: facet, type: "nominal", sort: blocks, header: facetHeader } },
      spec: inner,
      resolve: { scale: { y: "independent" } },
      spacing: 18,
    };
  };
  const datasets = { drawn: rows, ...(halves === 2 ? { left: parts[0] ?? [], right: parts[1] ?? [] } : {}) };
  const body =
    halves === 2
      ? {
          hconcat: [panel(parts[0] ?? [], "left"), panel(parts[1] ?? [], "right")],
          spacing: 24,
        }
      : panel(rows, "drawn");
  const spec = finishSpec({ datasets, ...body }, { synthetic: isSynthetic(data) });
  const seen = highlight.length > 0 ? { ...parameters, comparaison: highlight.join(", ") } : parameters;
  return figure({ id, title, subtitle, alt, champ, lecture, data, columns: names, spec, parameters: seen });
}

const facetHeader = {
  title: null,
  labelAngle: 0,
  labelAlign: "left",
  labelFontWeight: 600,
  labelOrient: "top",
  labelAnchor: "start",
  labelPadding: 0,
} as const;

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

/** The lines from top to bottom. A line of several series takes the rank of its largest value. */
function lineOrder(data: Released, { row, value, order = "table" }: DotPlotOptions): readonly string[] {
  const names = texts(data, row).values;
  const lines = distinct(names);
  if (order === "table") return lines;
  const { values } = numbers(data, value);
  const best = new Map<string, number>();
  for (const [i, name] of names.entries())
    if (Number.isFinite(values[i])) best.set(name, Math.max(values[i], best.get(name) ?? Number.NEGATIVE_INFINITY));
  const rank = (line: string): number => best.get(line) ?? Number.NEGATIVE_INFINITY;
  return lines
    .map((line, i) => ({ line, i }))
    .sort((a, b) => (rank(a.line) === rank(b.line) ? a.i - b.i : rank(b.line) - rank(a.line)))
    .map(({ line }) => line);
}

/** Parts the lines in two: at the middle, or between two blocks, where both sides are most alike in length. */
function halved(
  rows: readonly DrawnRow[],
  {
    row,
    facet,
    lines,
    blocks,
  }: {
    readonly row: string;
    readonly facet: string | undefined;
    readonly lines: readonly string[];
    readonly blocks: readonly string[];
  },
): readonly (readonly DrawnRow[])[] {
  if (!facet) {
    const first = new Set(lines.slice(0, Math.ceil(lines.length / 2)));
    return [
      rows.filter((drawn) => first.has(String(drawn[row]))),
      rows.filter((drawn) => !first.has(String(drawn[row]))),
    ];
  }
  const lengths = blocks.map((block) => rows.filter((drawn) => drawn[facet] === block).length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const unevenness = (cut: number): number =>
    Math.abs(total - 2 * lengths.slice(0, cut).reduce((sum, length) => sum + length, 0));
  const cuts = blocks.map((_, i) => i + 1).sort((a, b) => unevenness(a) - unevenness(b) || a - b);
  const first = new Set(blocks.slice(0, cuts[0]));
  return [
    rows.filter((drawn) => first.has(String(drawn[facet]))),
    rows.filter((drawn) => !first.has(String(drawn[facet]))),
  ];
}

/** Two columns are compared: they have one scale, from one round number to another. */
function withSharedDomain(data: Released, options: DotPlotOptions): DotPlotOptions {
  const { value, low: least, high: most, reference, domain } = options;
  if (domain) return options;
  const shown = [value, least, most].flatMap((name) => (name ? [...numbers(data, name).values] : []));
  const { low, high } = linearDomain([...shown, ...(reference ? [reference.value] : [])]);
  return { ...options, domain: [low, high] };
}

/** The layers of one panel, for the lines it holds. */
function layersOf(data: Released, options: DotPlotOptions, hasGaps: boolean): (lines: readonly string[]) => Layers {
  const { row, value, low, high, series, axisTitle, format = ",.1f", reference, highlight = [], domain } = options;
  const styles = seriesStyles(series ? distinct(texts(data, series).values) : [], options.id);
  const seriesNames = styles.map(({ name }) => name);
  const scale = domain ? { domain, nice: false } : { zero: false, nice: true };
  const x = (field: string): Record<string, unknown> => ({
    field,
    type: "quantitative",
    scale,
    axis: { title: axisTitle, format, tickCount: 6 },
  });
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
