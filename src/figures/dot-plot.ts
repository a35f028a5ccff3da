import { QuartiersError } from "../codes/errors.ts";
import { numbers, texts } from "../codes/table.ts";
import type { Released } from "../protection/released.ts";
import { assertReleased } from "../protection/released.ts";
import { dotLayers, type NameRoom } from "./dot-plot-layers.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { type DrawnRow, drawnRows, isSynthetic } from "./rows.ts";
import { roughWidth } from "./text-room.ts";
import { finishSpec } from "./theme.ts";
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

/**
 * Dot plot with intervals (Cleveland 1984): position, not length, carries the value; shape repeats what colour says. A line without a value says why. A long
 * list is parted in two columns on one scale, because a single one would have to be shrunk to fit a page; names too
 * long for their room are drawn cut there, and whole in the tooltips and the data.
 *
 * @throws QuartiersError when two rows of one facet and series have one name: they would be drawn on one line
 */
export function dotPlot(data: Released, options: DotPlotOptions): Figure {
  const { row, value, low, high, series, facet, highlight = [], gapWords, parameters = {} } = options;
  const { id, title, subtitle, alt, champ, lecture } = options;
  assertReleased(data, `La figure « ${id} »`);
  const names = [row, value, low, high, series, facet].filter((name): name is string => name !== undefined);
  refuseSharedLines(data, options);
  const gaps = gapsOf(data, value, gapWords);
  const bare = drawnRows(data, names);
  const rows = gaps.every((gap) => gap === null) ? bare : bare.map((drawn, i) => ({ ...drawn, label: gaps[i] ?? "" }));
  const lines = lineOrder(data, options);
  const blocks = facet ? distinct(texts(data, facet).values) : [""];
  const halves = options.columns === 2 || (options.columns === undefined && lines.length >= many) ? 2 : 1;
  const parts = halves === 1 ? [rows] : halved(rows, { row, facet, lines, blocks });
  const { names: nameRoom, plot } = halves === 2 ? twoColumns : oneColumn(lines);
  const layers = dotLayers(data, halves === 2 ? withSharedDomain(data, options) : options, {
    hasGaps: gaps.some((gap) => gap !== null),
    names: nameRoom,
    plot,
  });
  const panel = (part: readonly DrawnRow[], name: string): Record<string, unknown> => {
    const own = lines.filter((line) => part.some((drawn) => drawn[row] === line));
    const inner = {
      width: plot,
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

/** Pixels: a page holds about 650 of them before letters of 11 go under 7 points. */
const twoColumns = { names: { room: 150, size: 11 }, plot: 150 } as const;

/** Long names take from the plot, not from the size of letters. */
function oneColumn(lines: readonly string[]): { readonly names: NameRoom; readonly plot: number } {
  const longest = Math.max(0, ...lines.map((line) => roughWidth(line, 12)));
  return { names: { room: 300, size: 12 }, plot: 470 - Math.round(Math.min(120, Math.max(0, longest - 180))) };
}

/** Two rows on one line would be read as one place: neighbourhoods of two towns often share a name. */
function refuseSharedLines(data: Released, { id, row, series, facet }: DotPlotOptions): void {
  const parts = [facet, series, row].flatMap((name) => (name ? [texts(data, name).values] : []));
  const seen = new Set<string>();
  for (let i = 0; i < data.numRows; i++) {
    const key = JSON.stringify(parts.map((values) => values[i]));
    if (seen.has(key))
      throw new QuartiersError({
        what: `La figure « ${id} » reçoit deux lignes de même nom`,
        value: texts(data, row).values[i],
        expected: "un nom par ligne (par série et par bloc)",
        remedy: "ajouter la commune au nom, par exemple « Quartier Ouest (Castres) »",
      });
    seen.add(key);
  }
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
