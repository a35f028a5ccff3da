import { QuartiersError } from "../codes/errors.ts";
import { frenchNumber } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { pixel } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { fittedNames } from "./fitted-text.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { amongFirst, chanceRank, chanceWords, knowledge, knowledgeOf } from "./interval-rank-words.ts";
import { type DrawnRow, drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { wrapWords } from "./text-room.ts";
import { finishSpec, palette } from "./theme.ts";

export interface RankChartOptions extends FigureText {
  /** Text column: one line an area. */
  readonly row: string;
  /** Bounds of the rank; rank 1 is the highest value. What the interval is belongs in the subtitle. */
  readonly low: string;
  readonly high: string;
  /** Probability to be among the highest, 0 to 1 (unit "part"): it orders the lines, and is printed. */
  readonly probability: string;
  /** Mean (or median) rank: a dot, and the order of lines of one probability. */
  readonly middle: string;
  /** How many areas "the highest" are. */
  readonly highest: number;
  /** What a rank counts: "Rang du non-recours (1\u00a0: le plus fort)". */
  readonly axisTitle: string;
  /** From 40 lines on, two columns; one otherwise. */
  readonly columns?: 1 | 2;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const many = 40;
const probabilityRoom = 38;

/**
 * Rank intervals: one line an area, in the order of the probability to be among the highest (never of the estimate), the interval of its rank as a bar, its
 * mean rank as a dot, and the probability printed. What is known is told by shade: dark where the probability is 90 % or more,
 * light where it is 10 % or less, between the two otherwise. An upright line ends the highest ranks. Lines of one printed probability stand by mean
 * rank. Names too long for their room are cut by an ellipsis, in the middle where two would look alike; tooltips and data have them whole.
 *
 * @throws QuartiersError when two rows have one name, when a probability is not between 0 and 1, or when a rank is under 1 or above the number of areas
 */
export function rankChart(data: Released, options: RankChartOptions): Figure {
  const { row, low, high, probability, middle, highest, axisTitle, gapWords, parameters = {}, ...rest } = options;
  const { columns = data.numRows >= many ? 2 : 1, ...text } = rest;
  assertReleased(data, `La figure « ${text.id} »`);
  const names = texts(data, row).values;
  refuseDoubles(names, text.id);
  checkRanks(data, options);
  const layout = columns === 2 ? { step: 12, plot: 122, names: 152 } : { step: 18, plot: 330, names: 230 };
  const chances = numbers(data, probability).values;
  const middles = numbers(data, middle).values;
  const gaps = gapsOf(data, probability, gapWords);
  const shownNames = fittedNames(names, layout.names, 11);
  const order = names
    .map((_, i) => i)
    .sort((a, b) => chanceRank(chances[b]) - chanceRank(chances[a]) || middles[a] - middles[b] || a - b);
  const perColumn = Math.ceil(order.length / columns);
  const fields = [row, low, high, middle, probability];
  const drawn = drawnRows(data, fields).map((drawnRow, i) => ({
    ...drawnRow,
    y: ((order.indexOf(i) % perColumn) + 0.5) * layout.step,
    classe: knowledgeOf(chances[i]),
    label: gaps[i] ?? chanceWords(chances[i]),
    texte: gaps[i] ?? wordsOf(data, options, i),
    group: shownNames[i] ?? "",
  }));
  const panel = (part: readonly DrawnRow[], name: string, first: boolean): Record<string, unknown> => ({
    data: { name },
    width: layout.plot,
    height: perColumn * layout.step,
    layer: panelLayers(data, options, { ...layout, lines: part.length, areas: names.length, first }),
  });
  const partOf = (k: number): readonly DrawnRow[] =>
    order.slice(k * perColumn, (k + 1) * perColumn).map((i) => drawn[i] as DrawnRow);
  // One title for the panels, since it would be broken in many lines under each.
  const panels =
    columns === 2 ? [panel(partOf(0), "left", true), panel(partOf(1), "right", false)] : [panel(drawn, "drawn", true)];
  const spec = finishSpec(
    {
      datasets: columns === 2 ? { drawn, left: partOf(0), right: partOf(1) } : { drawn },
      vconcat: [{ hconcat: panels, spacing: 16, title: titleUnder(axisTitle) }],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: fields, spec, parameters: { ...parameters, highest } });
}

const titleUnder = (text: string): Record<string, unknown> => ({
  text: wrapWords(text, 520, 12),
  orient: "bottom",
  anchor: "middle",
  fontSize: 12,
  fontWeight: "normal",
  color: "#333333",
  offset: 6,
});

const meanMark = {
  type: "point",
  filled: true,
  opacity: 1,
  fill: "white",
  stroke: palette.black,
  strokeWidth: 1.2,
} as const;

/** Told by lightness first, so that they hold in grey. */
const shades = [palette.black, "#5B9BC8", "#C9D7E2"] as const;

function wordsOf(data: Released, { low, high, probability, highest }: RankChartOptions, i: number): string {
  const [from, to, chance] = [low, high, probability].map((name) => numbers(data, name).values[i]);
  return `rang ${frenchNumber(from)} à ${frenchNumber(to)}\u202f; ${amongFirst(highest)}\u00a0: ${chanceWords(chance)}`;
}

interface PanelSize {
  readonly step: number;
  readonly plot: number;
  readonly lines: number;
  readonly areas: number;
  readonly first: boolean;
}

function panelLayers(
  data: Released,
  { row, low, high, middle, highest, axisTitle }: RankChartOptions,
  { step, plot, lines, areas, first }: PanelSize,
): readonly Record<string, unknown>[] {
  const y = pixel("y");
  const scale = { domain: [1, Math.max(2, areas)], nice: false, zero: false };
  const ticks = rankTicks(areas);
  const x = (field: string): Record<string, unknown> => ({
    field,
    type: "quantitative",
    scale,
    axis: { title: null, values: ticks, format: ",~f" },
  });
  const shade = {
    field: "classe",
    type: "nominal",
    scale: { domain: [...knowledge], range: [...shades] },
    legend: null,
  };
  const tooltip = [
    { field: row, type: "nominal", title: column(data, row).label },
    { field: "texte", type: "nominal", title: axisTitle },
  ];
  const words = { type: "text", baseline: "middle", fontSize: 11 };
  const across = ((Math.min(highest, areas) + 0.5 - 1) / Math.max(1, areas - 1)) * plot;
  const end = Math.min(plot, across);
  return [
    {
      data: { values: Array.from({ length: lines }, (_, i) => ({ y: (i + 0.5) * step })) },
      mark: { type: "rule", color: "#EFEFEF" },
      encoding: { y, x: { value: 0 }, x2: { value: plot } },
    },
    {
      data: { values: [{ x: end }] },
      mark: { type: "rule", strokeDash: [4, 3], color: palette.grey },
      encoding: { x: pixel("x"), y: { value: -4 }, y2: { value: lines * step } },
    },
    {
      mark: { type: "bar", height: Math.min(7, step - 5), stroke: "#3D6F94", strokeWidth: 0.6, cornerRadius: 1 },
      encoding: { y, x: x(low), x2: { field: high }, fill: shade, tooltip },
    },
    // An interval of one rank has no length.
    {
      mark: { type: "tick", thickness: 1.2, height: Math.min(9, step - 3), color: "#3D6F94", orient: "vertical" },
      encoding: { y, x: x(low) },
    },
    {
      mark: { ...meanMark, size: step > 14 ? 46 : 30 },
      encoding: { y, x: x(middle), tooltip },
    },
    {
      mark: { ...words, align: "right", dx: -8 },
      encoding: { y, x: { value: 0 }, text: { field: "group", type: "nominal" }, tooltip },
    },
    {
      mark: { ...words, align: "right", dx: probabilityRoom },
      encoding: { y, x: { value: plot }, text: { field: "label", type: "nominal" } },
    },
    ...heading({ highest, plot, end, first }),
  ];
}

/** Above each column, what the dashed line and the printed numbers are; above the first, the key of shades and marks. */
function heading({
  highest,
  plot,
  end,
  first,
}: {
  readonly highest: number;
  readonly plot: number;
  readonly end: number;
  readonly first: boolean;
}): readonly Record<string, unknown>[] {
  const words = (
    x: number,
    y: number,
    label: string,
    { align = "left", weight = 400 } = {},
  ): Record<string, unknown> => ({
    data: { values: [{ x, y, label }] },
    mark: { type: "text", align, baseline: "middle", fontSize: 11, fontWeight: weight },
    encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
  });
  const along = (x: number, y: number, mark: Record<string, unknown>): Record<string, unknown> => ({
    data: { values: [{ x, x2: x + 18, y }] },
    mark,
    encoding: { x: pixel("x"), x2: { field: "x2" }, y: pixel("y") },
  });
  const place = (i: number): number => i * 108 - 150;
  const key = (): readonly Record<string, unknown>[] => [
    words(place(0), -70, `Probabilité d’être ${amongFirst(highest)}`, { weight: 600 }),
    ...knowledge.flatMap((name, i) => [
      along(place(i), -54, { type: "bar", height: 8, fill: shades[i], stroke: "#3D6F94", strokeWidth: 0.6 }),
      words(place(i) + 23, -54, name),
    ]),
    {
      data: { values: [{ x: place(0) + 9, y: -37 }] },
      mark: { ...meanMark, size: 40 },
      encoding: { x: pixel("x"), y: pixel("y") },
    },
    words(place(0) + 23, -37, "rang moyen"),
    along(place(1), -37, { type: "rule", strokeDash: [4, 3], color: palette.grey }),
    words(place(1) + 23, -37, highest === 1 ? "fin du premier rang" : `fin des ${highest} premiers rangs`),
  ];
  return [
    words(end, -12, `rang ${highest}`, { weight: 600 }),
    words(plot + probabilityRoom, -12, "Probabilité", { align: "right", weight: 600 }),
    ...(first ? key() : []),
  ];
}

/** 1, then round ranks. */
function rankTicks(areas: number): readonly number[] {
  const step = areas <= 12 ? 2 : areas <= 30 ? 5 : areas <= 60 ? 10 : areas <= 120 ? 20 : 50;
  return [1, ...Array.from({ length: Math.floor(areas / step) }, (_, i) => (i + 1) * step)];
}

function checkRanks(data: Released, { low, high, middle, probability, id }: RankChartOptions): void {
  const odd = (name: string, least: number, most: number): boolean =>
    numbers(data, name).values.some((value) => value < least || value > most + 1e-9);
  if (odd(probability, 0, 1))
    throw new QuartiersError({
      what: `La figure « ${id} » reçoit des probabilités hors de 0 à 1`,
      value: column(data, probability).label,
      expected: "des probabilités entre 0 et 1",
      remedy: "diviser par 100 s'il s'agit de pourcentages",
    });
  if ([low, high, middle].some((name) => odd(name, 1, data.numRows)))
    throw new QuartiersError({
      what: `La figure « ${id} » reçoit des rangs impossibles`,
      expected: `des rangs de 1 à ${data.numRows}, le nombre de lignes`,
      remedy: "donner tous les territoires classés, ou les reclasser entre eux",
    });
}
