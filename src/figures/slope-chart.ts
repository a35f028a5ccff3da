import { QuartiersError } from "../codes/errors.ts";
import { HARD_SPACE } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { type EndLabel, endLabels, pixel } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapLegend, gapsOf } from "./gaps.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { type SeriesStyle, seriesStyles } from "./series-style.ts";
import { finishSpec, palette } from "./theme.ts";
import { tightDomain, valueWriter } from "./value-axis.ts";

export interface SlopeChartOptions extends FigureText {
  /** Text column: one line a name. */
  readonly row: string;
  /** Text column of the ordered levels, one upright each. */
  readonly level: string;
  /** Order of the levels from left to right; by default, of appearance. */
  readonly levels?: readonly string[];
  readonly value: string;
  readonly axisTitle: string;
  /** Names drawn in colour, six at most; the others are grey. Without it, all are blue. */
  readonly highlight?: readonly string[];
  readonly decimals?: number;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const width = 330;
const plain = { colour: palette.blue, ink: "#005A8D", dash: [1, 0], shape: "circle" };
const behind = { colour: "#8A8A8A", ink: "#555555", dash: [1, 0], shape: "circle" };

/**
 * Slope chart (Tufte 1983): how a value moves across two or more ordered levels (same occupation, near, wide), one line a row; the first value is written at
 * the left, the name and the last value at the right, moved apart where they would touch.
 *
 * A missing value breaks its line, and its reason is counted under its level; a row whose last value is missing is named under the others.
 * @throws QuartiersError when a row has two values at one level, when a highlighted name is unknown, or with more than six highlighted
 */
export function slopeChart(data: Released, options: SlopeChartOptions): Figure {
  const { row, level, value, axisTitle, highlight, decimals, gapWords, parameters = {}, ...rest } = options;
  const { levels = [...new Set(texts(data, level).values)], ...text } = rest;
  assertReleased(data, `La figure « ${text.id} »`);
  const rowOf = texts(data, row).values;
  const levelOf = texts(data, level).values;
  const names = [...new Set(rowOf)];
  refuseUnknown(levelOf, levels, text.id);
  refuseUnknown(highlight ?? [], names, text.id);
  refuseDoubles(
    rowOf.map((name, i) => `${name}, ${levelOf[i]}`),
    text.id,
  );
  const styleOf = new Map<string, SeriesStyle>(
    highlight
      ? seriesStyles(highlight, text.id).map((style) => [style.name, style])
      : names.map((name) => [name, { name, ...plain }]),
  );
  const styles = names.map((name): SeriesStyle => styleOf.get(name) ?? { name, ...behind });
  const writer = valueWriter(data, value, decimals);
  const gaps = gapsOf(data, value, gapWords);
  const values = numbers(data, value).values;
  const domain = tightDomain([...values]);
  const height = Math.max(240, names.length * 15);
  const across = (name: string): number =>
    levels.length === 1 ? width / 2 : (levels.indexOf(name) * width) / (levels.length - 1);
  const up = (i: number): number => (1 - domain.fraction(values[i])) * height;
  const rowAt = (name: string, at: string | undefined): number =>
    rowOf.findIndex((own, i) => own === name && levelOf[i] === at);

  const right = styles.map(({ name, colour, ink }): EndLabel => {
    const last = rowAt(name, levels.at(-1));
    const bold = highlight?.includes(name) ?? false;
    if (last >= 0 && gaps[last] === null) {
      const end = { x: width, y: up(last) };
      return { text: `${writer.write(values[last])}${HARD_SPACE}${HARD_SPACE}${name}`, end, colour, ink, bold };
    }
    return { text: `${name}\u00a0: ${last < 0 ? "sans valeur" : gaps[last]}`, end: null, colour, ink, bold };
  });
  const left = styles.flatMap(({ name, colour, ink }): EndLabel[] => {
    const first = rowAt(name, levels[0]);
    if (levels.length === 1 || first < 0 || gaps[first] !== null) return [];
    return [{ text: writer.bare(values[first]), end: { x: 0, y: up(first) }, colour, ink }];
  });
  const drawn = drawnRows(data, [row, level, value]).map((drawnRow, i) => ({
    ...drawnRow,
    texte: `${levelOf[i]}\u00a0: ${gaps[i] ?? writer.write(values[i])}`,
  }));
  const ordered = [...styles].sort((a, b) => Number(styleOf.has(a.name)) - Number(styleOf.has(b.name)));
  const scaleOf = (of: (style: SeriesStyle) => unknown): Record<string, unknown> => ({
    field: row,
    type: "nominal",
    scale: { domain: ordered.map(({ name }) => name), range: ordered.map(of) },
    legend: null,
  });
  const x = {
    field: level,
    type: "nominal",
    scale: { domain: levels, type: "point", padding: levels.length === 1 ? 0.5 : 0 },
    axis: {
      title: null,
      orient: "top",
      domain: false,
      ticks: false,
      labelAngle: 0,
      labelPadding: 8,
      labelFontWeight: 600,
      labelLimit: 150,
      grid: true,
      gridColor: "#B5B5B5",
    },
  };
  const y = { field: value, type: "quantitative", scale: domain.scale, axis: null };
  const lines = (names: readonly string[]): Record<string, unknown>[] => [
    {
      data: { name: names === highlight ? "highlighted" : "drawn" },
      mark: { type: "line", strokeWidth: names === highlight ? 2.6 : 1.5, invalid: "break-paths-filter-domains" },
      encoding: {
        x,
        y,
        detail: { field: row, type: "nominal" },
        color: scaleOf(({ colour }) => colour),
        strokeDash: scaleOf(({ dash }) => dash),
      },
    },
    {
      data: { name: names === highlight ? "highlighted" : "drawn" },
      mark: { type: "point", filled: true, size: 48, opacity: 1 },
      encoding: {
        x,
        y,
        color: scaleOf(({ colour }) => colour),
        shape: scaleOf(({ shape }) => shape),
        tooltip: [
          { field: row, type: "nominal", title: column(data, row).label },
          { field: "texte", type: "nominal", title: axisTitle },
        ],
      },
    },
  ];
  const spec = finishSpec(
    {
      width,
      height,
      datasets: {
        drawn,
        ...(highlight ? { highlighted: drawn.filter((_, i) => highlight.includes(rowOf[i] ?? "")) } : {}),
      },
      layer: [
        ...lines(names),
        ...(highlight ? lines(highlight) : []),
        ...endLabels(right, { x: width + 12, height, room: 190 }),
        ...endLabels(left, { x: -12, height, align: "right", room: 80 }),
        {
          data: { values: gapCounts(levels, levelOf, gaps, gapWords, across) },
          mark: {
            type: "text",
            baseline: "top",
            dy: 16,
            fontSize: 11,
            fontStyle: "italic",
            color: "#555555",
            lineBreak: "\n",
          },
          encoding: { x: pixel("x"), y: { value: height }, text: { field: "label", type: "nominal" } },
        },
        {
          data: { values: [{ label: axisTitle }] },
          mark: { type: "text", align: "left", baseline: "bottom", dy: -32, fontSize: 12, color: "#333333" },
          encoding: { x: { value: -44 }, y: { value: 0 }, text: { field: "label", type: "nominal" } },
        },
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: [row, level, value], spec, parameters });
}

/** "2 non diffusés" under each level that has gaps. */
function gapCounts(
  levels: readonly string[],
  levelOf: readonly string[],
  gaps: readonly (string | null)[],
  words: GapWords | undefined,
  across: (level: string) => number,
): readonly { readonly x: number; readonly label: string }[] {
  return levels.flatMap((level) => {
    const own = gaps.filter((_, i) => levelOf[i] === level);
    const label = gapLegend(own, words)
      .map((word) => `${word}\u00a0: ${own.filter((gap) => gap === word).length}`)
      .join("\n");
    return label ? [{ x: across(level), label }] : [];
  });
}

function refuseUnknown(found: readonly string[], known: readonly string[], id: string): void {
  const odd = found.find((name) => !known.includes(name));
  if (odd === undefined) return;
  throw new QuartiersError({
    what: `La figure « ${id} » nomme une ligne ou un niveau inconnu`,
    value: odd,
    expected: known.join(", "),
  });
}
