import { frenchNumber, HARD_SPACE } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { pixel } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { wrapWords } from "./text-room.ts";
import { finishSpec, palette } from "./theme.ts";
import { linearDomain, valueWriter } from "./value-axis.ts";

export interface BeforeAfterOptions extends FigureText {
  /** Text column: one line a name. */
  readonly row: string;
  readonly before: string;
  readonly after: string;
  /** Column of after minus before, printed at the right. */
  readonly difference: string;
  /** Bounds of the difference, printed after it; both or neither. What the interval is belongs in the subtitle. */
  readonly low?: string;
  readonly high?: string;
  readonly beforeName?: string;
  readonly afterName?: string;
  /** Heading of the printed differences. */
  readonly differenceName?: string;
  readonly axisTitle: string;
  /** "table" keeps the order of the rows; "difference" ranks them, rows without one at the end. */
  readonly order?: "table" | "difference";
  readonly decimals?: number;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const width = 260;
const nameRoom = 165;

/**
 * Dumbbell of a policy: before (hollow) and after (filled) on one line a row, and the difference printed, so that a change too small to be seen is read. A row
 * with a missing end keeps the other; the printed difference says why it is not there.
 * @throws QuartiersError when two rows have one name
 */
export function beforeAfter(data: Released, options: BeforeAfterOptions): Figure {
  const {
    row,
    before,
    after,
    difference,
    low,
    high,
    beforeName = "Avant",
    afterName = "Après",
    differenceName = "Écart",
    axisTitle,
    order = "table",
    decimals,
    gapWords,
    parameters = {},
    ...text
  } = options;
  assertReleased(data, `La figure « ${text.id} »`);
  const names = texts(data, row).values;
  refuseDoubles(names, text.id);
  const [from, to, gap] = [before, after, difference].map((name) => numbers(data, name).values);
  const writer = valueWriter(data, before, decimals);
  const gaps = { before: gapsOf(data, before, gapWords), after: gapsOf(data, after, gapWords) };
  const printed = printedDifferences(data, { difference, low, high, decimals, gapWords });
  const places = names.map((_, i) => i);
  if (order === "difference") places.sort((a, b) => rank(gap[b]) - rank(gap[a]) || a - b);
  const lines = names.map((name) => wrapWords(name, nameRoom, 12));
  const rowHeights = places.map((i) => Math.max(24, lines[i].length * 14 + 8));
  const tops = rowHeights.map((_, k) => rowHeights.slice(0, k).reduce((sum, tall) => sum + tall, 0));
  const middle = (i: number): number => (tops[places.indexOf(i)] ?? 0) + (rowHeights[places.indexOf(i)] ?? 0) / 2;
  const height = rowHeights.reduce((sum, tall) => sum + tall, 0);
  const domain = linearDomain([...from, ...to]);
  const columns = [row, before, after, difference, ...(low && high ? [low, high] : [])];
  const drawn = drawnRows(data, columns).map((drawnRow, i) => ({
    ...drawnRow,
    y: middle(i),
    label: printed[i] ?? "",
    texte: `${beforeName.toLowerCase()} ${gaps.before[i] ?? writer.write(from[i])}, ${afterName.toLowerCase()} ${gaps.after[i] ?? writer.write(to[i])}, ${differenceName.toLowerCase()} ${printed[i]}`,
  }));
  const y = { field: "y", type: "quantitative", scale: { domain: [0, height], range: [0, height] }, axis: null };
  const x = (field: string): Record<string, unknown> => ({
    field,
    type: "quantitative",
    scale: domain.scale,
    axis: { title: axisTitle, values: domain.ticks, format: writer.format, labels: domain.measured },
  });
  const tooltip = [
    { field: row, type: "nominal", title: column(data, row).label },
    { field: "texte", type: "nominal", title: axisTitle },
  ];
  const both = drawn.filter((_, i) => gaps.before[i] === null && gaps.after[i] === null);
  const spec = finishSpec(
    {
      width,
      height,
      datasets: { drawn, both },
      layer: [
        {
          data: { values: names.map((_, i) => ({ y: middle(i) })) },
          mark: { type: "rule", color: palette.light },
          encoding: { x: { value: 0 }, x2: { value: width }, y },
        },
        {
          data: { name: "both" },
          mark: { type: "rule", color: "#767676", strokeWidth: 2.5 },
          encoding: { x: x(before), x2: { field: after }, y },
        },
        {
          data: { name: "drawn" },
          mark: {
            type: "point",
            filled: true,
            size: 84,
            opacity: 1,
            fill: "white",
            stroke: palette.black,
            strokeWidth: 1.8,
          },
          encoding: { x: x(before), y, tooltip },
        },
        {
          data: { name: "drawn" },
          mark: {
            type: "point",
            filled: true,
            size: 84,
            opacity: 1,
            color: palette.blue,
            stroke: palette.black,
            strokeWidth: 0.8,
          },
          encoding: { x: x(after), y, tooltip },
        },
        {
          data: {
            values: names.map((_, i) => ({ y: middle(i) - (lines[i].length - 1) * 7, label: lines[i].join("\n") })),
          },
          mark: {
            type: "text",
            align: "right",
            baseline: "middle",
            lineBreak: "\n",
            lineHeight: 14,
            dx: -10,
            fontSize: 12,
          },
          encoding: { x: { value: 0 }, y, text: { field: "label", type: "nominal" } },
        },
        {
          data: { name: "drawn" },
          mark: { type: "text", align: "left", baseline: "middle", dx: 12, fontSize: 12 },
          encoding: { x: { value: width }, y, text: { field: "label", type: "nominal" } },
        },
        ...heading({ beforeName, afterName, differenceName }),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns, spec, parameters });
}

const rank = (value: number): number => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value);

interface DifferenceColumns {
  readonly difference: string;
  readonly low: string | undefined;
  readonly high: string | undefined;
  readonly decimals: number | undefined;
  readonly gapWords: GapWords | undefined;
}

/** "+12,3 points [8,1 ; 16,4]", or why it is not there. */
function printedDifferences(
  data: Released,
  { difference, low, high, decimals, gapWords }: DifferenceColumns,
): readonly string[] {
  const { values, unit } = numbers(data, difference);
  const share = unit === "part";
  const places = decimals ?? (share || !values.filter(Number.isFinite).every(Number.isInteger) ? 1 : 0);
  const scale = share ? 100 : 1;
  const write = (value: number, withUnit: boolean): string => {
    const shown = share || unit === "%" ? "points" : unit;
    const rounded = value * scale;
    return frenchNumber(rounded, {
      decimals: places,
      signed: true,
      ...(withUnit && shown ? { unit: shown === "points" && Math.abs(rounded) < 2 ? "point" : shown } : {}),
    });
  };
  const gaps = gapsOf(data, difference, gapWords);
  const bounds =
    low && high ? [low, high].map((name) => ({ values: numbers(data, name).values, gaps: gapsOf(data, name) })) : [];
  return Array.from(values, (value, i) => {
    if (gaps[i] !== null) return gaps[i] ?? "";
    const [first, last] = bounds.map((bound) => (bound.gaps[i] === null ? write(bound.values[i], false) : null));
    return first && last ? `${write(value, true)} [${first}\u202f; ${last}]` : write(value, true);
  });
}

/** The key stands above the first line: which mark is which, and what the numbers at the right are. */
function heading({
  beforeName,
  afterName,
  differenceName,
}: {
  readonly beforeName: string;
  readonly afterName: string;
  readonly differenceName: string;
}): readonly Record<string, unknown>[] {
  const y = -16;
  const dot = (x: number, mark: Record<string, unknown>): Record<string, unknown> => ({
    data: { values: [{ x, y }] },
    mark: { type: "point", filled: true, size: 84, opacity: 1, stroke: palette.black, ...mark },
    encoding: { x: pixel("x"), y: pixel("y") },
  });
  const words = (x: number, label: string, weight = 400): Record<string, unknown> => ({
    data: { values: [{ x, y, label }] },
    mark: { type: "text", align: "left", baseline: "middle", fontSize: 12, fontWeight: weight },
    encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
  });
  const second = 34 + Math.ceil(beforeName.length * 6.4);
  return [
    dot(8, { fill: "white", strokeWidth: 1.8 }),
    words(18, beforeName),
    dot(second, { color: palette.blue, strokeWidth: 0.8 }),
    words(second + 10, afterName),
    words(width + 12, differenceName.replace(/ /g, HARD_SPACE), 600),
  ];
}
