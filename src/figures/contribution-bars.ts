import { frenchNumber } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { checkAddingUp } from "./contribution-sums.ts";
import { pixel, tidyRow } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { roughWidth, wrapWords } from "./text-room.ts";
import { finishSpec, palette } from "./theme.ts";

export interface ContributionBarsOptions extends FigureText {
  /** Text column: one line an area, in the order of the table. */
  readonly row: string;
  /** Text column of the factors, one column of bars each, in order of appearance. */
  readonly part: string;
  /** What the factor brings to the area, signed. */
  readonly value: string;
  /** What they add up to: the same on each row of an area. */
  readonly total: string;
  readonly totalName?: string;
  /** What is added up, and its unit. */
  readonly axisTitle: string;
  readonly decimals?: number;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const tableWidth = 510;
const nameRoom = 145;
const barHeight = 9;
const numberSize = 11.5;

/**
 * Contributions by area: a line an area, a column of bars a factor and one for their sum, all on one scale, each number printed over its bar. A bar goes right or
 * left of its zero, so that the sign is seen without colour; a column has one factor, so that no legend is needed and factors of opposite signs do not hide each other,
 * as they do when stacked. Parts that do not add up to the total, as they are printed, are refused.
 *
 * @throws QuartiersError when two rows have one area and factor, when an area has two totals, or when parts do not add up
 */
export function contributionBars(data: Released, options: ContributionBarsOptions): Figure {
  const {
    row,
    part,
    value,
    total,
    totalName = "Ensemble",
    axisTitle,
    decimals,
    gapWords,
    parameters = {},
    ...text
  } = options;
  assertReleased(data, `La figure « ${text.id} »`);
  const [areas, factors] = [texts(data, row).values, texts(data, part).values];
  refuseDoubles(
    areas.map((area, i) => `${area}, ${factors[i]}`),
    text.id,
  );
  checkAddingUp(data, { row, value, total, id: text.id });
  const [lines, columns] = [[...new Set(areas)], [...new Set(factors)]];
  const names = lines.map((name) => wrapWords(name, nameRoom, 12));
  const heights = names.map(({ length }) => Math.max(34, length * 14 + 8));
  const tops = heights.map((_, k) => heights.slice(0, k).reduce((sum, tall) => sum + tall, 0));
  const height = heights.reduce((sum, tall) => sum + tall, 0);
  const columnWidth = tableWidth / (columns.length + 1);
  const [values, totals] = [numbers(data, value).values, numbers(data, total).values];
  const scale = barScale([...values, ...totals], columnWidth - 12);
  const writer = signedWriter([...values, ...totals], decimals);
  const gaps = { value: gapsOf(data, value, gapWords), total: gapsOf(data, total, gapWords) };
  const barAt = (i: number, own: number, at: number): Record<string, string | number> => {
    const zero = at * columnWidth + 6 + scale.zero;
    const middle = (tops[lines.indexOf(areas[i])] ?? 0) + (heights[lines.indexOf(areas[i])] ?? 0) / 2;
    const end = zero + (Number.isFinite(own) ? own * scale.perUnit : 0);
    return tidyRow({
      x: Math.min(zero, end),
      x2: Math.max(zero, end),
      y: middle + 1,
      y2: middle + 1 + barHeight,
      left: at * columnWidth + columnWidth / 2,
      top: middle - 6,
      right: zero,
    });
  };
  const drawn = drawnRows(data, [row, part, value, total]).map((drawnRow, i) => ({
    ...drawnRow,
    ...barAt(i, values[i], columns.indexOf(factors[i])),
    classe: values[i] < 0 ? "moins" : "plus",
    label: gaps.value[i] ?? writer(values[i]),
    texte: `${factors[i]}\u00a0: ${gaps.value[i] ?? writer(values[i])}`,
  }));
  const sums = lines.map((line) => {
    const i = areas.indexOf(line);
    const label = gaps.total[i] ?? writer(totals[i]);
    return { ...barAt(i, totals[i], columns.length), label, texte: `${totalName}\u00a0: ${label}`, group: line };
  });
  const fill = {
    field: "classe",
    type: "nominal",
    scale: { domain: ["plus", "moins"], range: [palette.blue, "#E8A36B"] },
    legend: null,
  };
  const rectangle = { x: pixel("x"), x2: { field: "x2" }, y: pixel("y"), y2: { field: "y2" } };
  const number = (name: string, weight: number): Record<string, unknown> => ({
    data: { name },
    mark: { type: "text", align: "center", baseline: "middle", fontSize: numberSize, fontWeight: weight },
    encoding: { x: pixel("left"), y: pixel("top"), text: { field: "label", type: "nominal" } },
  });
  const tooltip = (field: string): readonly Record<string, unknown>[] => [
    { field, type: "nominal", title: column(data, row).label },
    { field: "texte", type: "nominal", title: axisTitle },
  ];
  const spec = finishSpec(
    {
      width: tableWidth,
      height,
      datasets: {
        drawn,
        sums,
        bars: drawn.filter((_, i) => gaps.value[i] === null),
        sumBars: sums.filter((_, k) => gaps.total[areas.indexOf(lines[k])] === null),
      },
      layer: [
        ...frame({ tops, height, sumsAt: columns.length * columnWidth }),
        {
          data: { name: "bars" },
          mark: { type: "rect", stroke: palette.black, strokeWidth: 0.5 },
          encoding: { ...rectangle, fill, tooltip: tooltip(row) },
        },
        {
          data: { name: "sumBars" },
          mark: { type: "rect", fill: palette.black },
          encoding: { ...rectangle, tooltip: tooltip("group") },
        },
        ...["bars", "sumBars"].map((name) => ({
          data: { name },
          mark: { type: "rule", color: "#767676" },
          encoding: { x: pixel("right"), y: pixel("y"), y2: { field: "y2" } },
        })),
        number("drawn", 400),
        number("sums", 600),
        {
          data: {
            values: lines.map((_, k) => ({
              y: tops[k] + heights[k] / 2 - (names[k].length - 1) * 7,
              label: names[k].join("\n"),
            })),
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
          encoding: { x: { value: 0 }, y: pixel("y"), text: { field: "label", type: "nominal" } },
        },
        ...headings([...columns, totalName], columnWidth),
        {
          data: { values: [{ x: tableWidth / 2, y: height + 16, label: axisTitle }] },
          mark: { type: "text", align: "center", baseline: "middle", fontSize: 12 },
          encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
        },
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: [row, part, value, total], spec, parameters });
}

/** One scale for all columns: where zero stands, and pixels by unit. Numbers are centred in their column, bars are not. */
function barScale(values: readonly number[], room: number): { readonly zero: number; readonly perUnit: number } {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)];
  const range = high - low || 1;
  return { zero: (-low / range) * room, perUnit: room / range };
}

/** "+12", "−3,4": all with the same decimals. */
function signedWriter(values: readonly number[], decimals: number | undefined): (value: number) => string {
  const places = decimals ?? (values.filter(Number.isFinite).every(Number.isInteger) ? 0 : 1);
  return (value) => frenchNumber(value, { decimals: places, signed: true });
}

/** Lines between areas, and a rule before the sums. */
function frame({
  tops,
  height,
  sumsAt,
}: {
  readonly tops: readonly number[];
  readonly height: number;
  readonly sumsAt: number;
}): readonly Record<string, unknown>[] {
  return [
    {
      data: { values: tops.map((y) => ({ y })) },
      mark: { type: "rule", color: palette.light },
      encoding: { x: { value: -nameRoom }, x2: { value: tableWidth }, y: pixel("y") },
    },
    {
      data: { values: [tidyRow({ x: sumsAt })] },
      mark: { type: "rule", color: palette.grey, strokeDash: [2, 2] },
      encoding: { x: pixel("x"), y: { value: 0 }, y2: { value: height } },
    },
  ];
}

function headings(names: readonly string[], columnWidth: number): readonly Record<string, unknown>[] {
  return names.map((name, i) => {
    const size = Math.max(
      11,
      Math.min(12, (12 * (columnWidth - 4)) / Math.max(...name.split(" ").map((word) => roughWidth(word, 12)))),
    );
    const lines = wrapWords(name, columnWidth - 6, size);
    return {
      data: {
        values: [tidyRow({ x: (i + 0.5) * columnWidth, y: -8 - (lines.length - 1) * 14, label: lines.join("\n") })],
      },
      mark: {
        type: "text",
        align: "center",
        baseline: "middle",
        lineBreak: "\n",
        lineHeight: 14,
        fontSize: size,
        fontWeight: 600,
      },
      encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
    };
  });
}
