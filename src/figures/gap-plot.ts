import { QuartiersError } from "../codes/errors.ts";
import { frenchNumber } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { pixel } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { refuseLayoutNames } from "./layout-names.ts";
import { boxesAt, dotsAt, type KeyEntry, keyAbove, type Layer, lineNames, linesAt, wordsAt } from "./pixel-marks.ts";
import { pointsAxis, pointsWriter } from "./points-axis.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { wrapWords } from "./text-room.ts";
import { finishSpec, palette } from "./theme.ts";

export interface GapPlotOptions extends FigureText {
  /** Text column: one line a practice. */
  readonly row: string;
  /** Number column: the gap that the intervals are of, in "points" or in "part" (0.05 is 5 points). */
  readonly gap: string;
  /** What that gap is: "à âge, diplôme et profession égaux". */
  readonly gapName: string;
  /** Bounds of its intervals: equivalence is read on the one of 90 % (two one-sided tests), difference on the one of 95 %. */
  readonly low90: string;
  readonly high90: string;
  readonly low95: string;
  readonly high95: string;
  /** A second gap without interval, drawn hollow: the raw one. */
  readonly other?: string;
  readonly otherName?: string;
  /** Text column: the verdict in words, printed at the right. */
  readonly verdict: string;
  /** Half-width of the band within which a gap is negligible, in points, fixed beforehand. */
  readonly margin: number;
  readonly axisTitle: string;
  /** "table" keeps the order of the rows; "gap" ranks them, the largest first. */
  readonly order?: "table" | "gap";
  readonly decimals?: number;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const plot = 270;
const nameRoom = 165;
const verdictRoom = 165;

/**
 * Gaps with their equivalence margin (Schuirmann 1987; Rogers, Howard and Vessey 1993): the margin is a band named on the drawing, the interval of 90 % a thick
 * line, that of 95 % a thin one, the verdict is written. A thick line inside the band reads « équivalent » and a thin line off zero reads « différent »: both may hold. A row without a gap
 * says why.
 *
 * @throws QuartiersError when two rows have one name, when an interval does not hold its gap or the one of 95 % does not hold the one of 90 %, or when the
 * margin is not above 0
 */
export function gapPlot(data: Released, options: GapPlotOptions): Figure {
  const { row, gap, gapName, low90, high90, low95, high95, other, otherName = "Écart brut", verdict, margin } = options;
  const { axisTitle, order = "table", decimals, gapWords, parameters = {} } = options;
  const { id, title, subtitle, alt, champ, lecture } = options;
  assertReleased(data, `La figure « ${id} »`);
  const names = texts(data, row).values;
  refuseDoubles(names, id);
  checkIntervals(data, options);
  const writer = pointsWriter(data, gap, decimals);
  const half = margin / writer.scale;
  const fields = [row, gap, low90, high90, low95, high95, ...(other ? [other] : []), verdict];
  refuseLayoutNames(fields, id);
  const values = numbers(data, gap).values;
  const gaps = gapsOf(data, gap, gapWords);
  const shown = [gap, low95, high95, ...(other ? [other] : [])].flatMap((name) => [...numbers(data, name).values]);
  const { domain, axis } = pointsAxis([...shown, half, -half], writer, wrapWords(axisTitle, plot + 60, 12));
  const across = (value: number): number => domain.fraction(value) * plot;
  const places = names.map((_, i) => i);
  if (order === "gap") places.sort((a, b) => rank(values[b]) - rank(values[a]) || a - b);
  const lines = names.map((name) => wrapWords(name, nameRoom, 12));
  const verdicts = texts(data, verdict).values.map((words, i) => gaps[i] ?? words);
  const broken = verdicts.map((words) => wrapWords(words, verdictRoom, 12));
  const tall = places.map((i) => Math.max(24, Math.max(lines[i].length, broken[i].length) * 14 + 9));
  const tops = tall.map((_, k) => tall.slice(0, k).reduce((sum, own) => sum + own, 0));
  const height = tall.reduce((sum, own) => sum + own, 0);
  const middles = names.map((_, i) => tops[places.indexOf(i)] + tall[places.indexOf(i)] / 2);
  const bounds = (low: string, high: string, i: number): string =>
    `[${writer.bare(numbers(data, low).values[i])}\u202f; ${writer.bare(numbers(data, high).values[i])}]`;
  const drawn = drawnRows(data, fields).map((drawnRow, i) => ({
    ...drawnRow,
    y: middles[i],
    texte: gaps[i] ?? `${writer.write(values[i])} ${bounds(low95, high95, i)}\u00a0: ${verdicts[i]}`,
  }));
  const x = (field: string): Layer => ({ field, type: "quantitative", scale: domain.scale, axis });
  const y = pixel("y");
  const tooltip = [
    { field: row, type: "nominal", title: column(data, row).label },
    { field: "texte", type: "nominal", title: axisTitle },
  ];
  const interval = (low: string, high: string, strokeWidth: number): Layer => ({
    data: { name: "shown" },
    mark: { type: "rule", color: palette.blue, strokeWidth, strokeCap: "butt" },
    encoding: { y, x: x(low), x2: { field: high } },
  });
  const spec = finishSpec(
    {
      width: plot,
      height,
      datasets: { drawn, shown: drawn.filter((_, i) => gaps[i] === null) },
      layer: [
        boxesAt([{ x: across(-half), y: 0, x2: across(half), y2: height }], { fill: "#E6EFE4" }),
        linesAt(
          [-half, half].map((end) => ({ x: across(end), y: -3, x2: across(end), y2: height })),
          { color: "#5E8C57", strokeDash: [4, 3], strokeWidth: 1 },
        ),
        linesAt(
          middles.map((own) => ({ x: 0, y: own, x2: plot, y2: own })),
          { color: "#DDDDDD", strokeWidth: 0.7 },
        ),
        linesAt([{ x: across(0), y: 0, x2: across(0), y2: height }], { color: "#333333", strokeWidth: 1.2 }),
        interval(low95, high95, 1.3),
        interval(low90, high90, 4.2),
        ...(other
          ? [{ data: { name: "drawn" }, mark: { ...hollow, size: 48 }, encoding: { x: x(other), y, tooltip } }]
          : []),
        { data: { name: "drawn" }, mark: { ...solid, size: 48 }, encoding: { x: x(gap), y, tooltip } },
        ...lineNames(names.map((_, i) => ({ y: middles[i], lines: lines[i] }))),
        wordsAt(names.map((_, i) => ({ x: plot + 14, y: middles[i], label: broken[i].join("\n") }))),
        wordsAt(
          [{ x: across(0), y: -12, label: `négligeable\u00a0: ±\u202f${frenchNumber(margin, { unit: "points" })}` }],
          { align: "center", size: 11.5, colour: "#3F6B39" },
        ),
        wordsAt([{ x: plot + 14, y: -12, label: "Verdict" }], { weight: 600 }),
        ...keyAbove(keyOf(gapName, other ? otherName : null), { left: -nameRoom, width: 600, bottom: -36 }),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({
    ...{ id, title, subtitle, alt, champ, lecture },
    data,
    columns: fields,
    spec,
    parameters: { ...parameters, margePoints: margin },
  });
}

const solid = { type: "point", filled: true, opacity: 1, color: palette.blue, stroke: "white", strokeWidth: 0.8 };
const hollow = { type: "point", filled: true, opacity: 1, fill: "white", stroke: palette.vermilion, strokeWidth: 1.6 };

const rank = (value: number): number => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value);

function keyOf(gapName: string, otherName: string | null): readonly KeyEntry[] {
  const along = (strokeWidth: number) => (x: number, y: number) => [
    linesAt([{ x: x - 10, y, x2: x + 10, y2: y }], { color: palette.blue, strokeWidth }),
  ];
  return [
    { label: gapName, sign: (x, y) => [dotsAt([{ x, y }], { ...solid, size: 48 })] },
    ...(otherName === null
      ? []
      : [{ label: otherName, sign: (x: number, y: number) => [dotsAt([{ x, y }], { ...hollow, size: 48 })] }]),
    { label: "intervalle à 90\u202f%", sign: along(4.2) },
    { label: "à 95\u202f%", sign: along(1.3) },
  ];
}

function checkIntervals(data: Released, { gap, low90, high90, low95, high95, margin, row, id }: GapPlotOptions): void {
  if (!(margin > 0 && margin < Infinity))
    throw new QuartiersError({
      what: `La figure « ${id} » reçoit une marge d'équivalence impossible`,
      value: String(margin),
      expected: "un nombre de points au-dessus de 0, fixé avant de regarder les écarts",
    });
  const ordered = [low95, low90, gap, high90, high95].map((name) => numbers(data, name).values);
  const odd = Array.from({ length: data.numRows }, (_, i) => i).find((i) =>
    ordered.slice(1).some((values, k) => values[i] < ordered[k][i] - 1e-9),
  );
  if (odd !== undefined)
    throw new QuartiersError({
      what: `La figure « ${id} » reçoit des intervalles qui ne s'emboîtent pas`,
      value: texts(data, row).values[odd],
      expected: "borne basse à 95 %, à 90 %, écart, borne haute à 90 %, à 95 %, dans cet ordre",
    });
}
