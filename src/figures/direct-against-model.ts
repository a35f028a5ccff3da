import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { pixel } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapLegend, gapsOf } from "./gaps.ts";
import { refuseLayoutNames } from "./layout-names.ts";
import { dotsAt, type KeyEntry, keyAbove, type Layer, linesAt, wordsAt } from "./pixel-marks.ts";
import { rankedLayout, rankedNames } from "./ranked-names.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { wrapWords } from "./text-room.ts";
import { finishSpec, palette } from "./theme.ts";
import { linearDomain, valueWriter } from "./value-axis.ts";

/** Columns of an estimate made twice: from an area's own respondents, and by a model that borrows from the others. */
export interface DirectAndModelColumns {
  /** Text column: one line an area. */
  readonly row: string;
  /** Estimate from the area's own respondents, and its interval; `nd` for an area without respondents. */
  readonly direct: string;
  readonly directLow: string;
  readonly directHigh: string;
  /** Estimate of the model, and its interval. */
  readonly model: string;
  readonly modelLow: string;
  readonly modelHigh: string;
}

export interface DirectAgainstModelOptions extends FigureText, DirectAndModelColumns {
  readonly directName?: string;
  readonly modelName?: string;
  readonly axisTitle: string;
  /** The same share for all areas together, with its name. */
  readonly overall?: { readonly value: number; readonly label: string };
  /** Areas named in bold; in a long list, those that are always named. */
  readonly highlight?: readonly string[];
  readonly decimals?: number;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/** Sizes of the marks, for lines so far apart. */
interface MarkSizes {
  readonly plot: number;
  readonly wide: number;
  readonly dot: number;
}

const marksFor = (step: number): MarkSizes =>
  step > 20
    ? { plot: 370, wide: 7, dot: 56 }
    : step > 12
      ? { plot: 370, wide: 5, dot: 40 }
      : { plot: 400, wide: 3, dot: 20 };

/**
 * Direct estimates behind those of a model (Gelman and Little 1997), areas ranked by the model: the direct one is light and wide, the model's is dark and narrow, so that
 * what the model gained and how far it moved each area are seen. An area without direct estimate (no respondent, or hidden) is a diamond, and the key says why. Beyond 50 areas, the first,
 * the last, every tenth and the highlighted ones are named; tooltips and data name all.
 *
 * @throws QuartiersError when two rows have one name
 */
export function directAgainstModel(data: Released, options: DirectAgainstModelOptions): Figure {
  const { row, direct, directLow, directHigh, model, modelLow, modelHigh, axisTitle, overall, decimals } = options;
  const { directName = "estimation directe", modelName = "estimation par le modèle", highlight = [] } = options;
  const { gapWords = { notAvailable: "non enquêté" }, parameters = {} } = options;
  const { id, title, subtitle, alt, champ, lecture } = options;
  assertReleased(data, `La figure « ${id} »`);
  const names = texts(data, row).values;
  refuseDoubles(names, id);
  const layout = rankedLayout(names.length);
  const { step, height } = layout;
  const sizes = marksFor(step);
  const { plot } = sizes;
  const fields = [row, direct, directLow, directHigh, model, modelLow, modelHigh];
  refuseLayoutNames(fields, id);
  const of = (name: string): Float64Array => numbers(data, name).values;
  const gaps = { direct: gapsOf(data, direct, gapWords), model: gapsOf(data, model, gapWords) };
  const order = names
    .map((_, i) => i)
    .sort((a, b) => rank(of(model)[b]) - rank(of(model)[a]) || rank(of(direct)[b]) - rank(of(direct)[a]) || a - b);
  const place = names.map((_, i) => (order.indexOf(i) + 0.5) * step);
  const writer = valueWriter(data, model, decimals);
  const domain = linearDomain([
    ...fields.slice(1).flatMap((name) => [...of(name)]),
    ...(overall ? [overall.value] : []),
  ]);
  const across = (value: number): number => domain.fraction(value) * plot;
  const alone = (i: number): boolean => gaps.direct[i] !== null && gaps.model[i] === null;
  const drawn = drawnRows(data, fields).map((drawnRow, i) => ({
    ...drawnRow,
    y: place[i],
    texte: `${modelName}\u00a0: ${gaps.model[i] ?? writer.write(of(model)[i])}\u202f; ${directName}\u00a0: ${gaps.direct[i] ?? writer.write(of(direct)[i])}`,
  }));
  const y = pixel("y");
  const x = (field: string): Layer => ({
    field,
    type: "quantitative",
    scale: domain.scale,
    axis: {
      title: wrapWords(axisTitle, plot + 60, 12),
      values: domain.ticks,
      labels: domain.measured,
      format: writer.format,
    },
  });
  const tooltip = [
    { field: row, type: "nominal", title: column(data, row).label },
    { field: "texte", type: "nominal", title: axisTitle },
  ];
  const rule = (name: string, low: string, high: string, mark: Layer): Layer => ({
    data: { name },
    mark: { type: "rule", ...mark },
    encoding: { y, x: x(low), x2: { field: high }, tooltip },
  });
  const point = (name: string, field: string, mark: Layer): Layer => ({
    data: { name },
    mark: { type: "point", filled: true, opacity: 1, ...mark },
    encoding: { y, x: x(field), tooltip },
  });
  const marks = marksOf(sizes);
  const some = (keep: (i: number) => boolean): readonly unknown[] => drawn.filter((_, i) => keep(i));
  const absent = gaps.model.map((why, i) => ({ why, i })).filter(({ why }) => why !== null);
  const spec = finishSpec(
    {
      width: plot,
      height,
      datasets: {
        drawn,
        surveyed: some((i) => gaps.direct[i] === null),
        both: some((i) => gaps.direct[i] === null && gaps.model[i] === null),
        alone: some(alone),
        modelled: some((i) => gaps.model[i] === null),
      },
      layer: [
        ...(overall ? overallLine(overall.label, across(overall.value), height) : []),
        rule("surveyed", directLow, directHigh, marks.directRule),
        rule("modelled", modelLow, modelHigh, marks.modelRule),
        point("surveyed", direct, marks.directDot),
        point("both", model, marks.modelDot),
        point("alone", model, marks.aloneDot),
        wordsAt(
          (layout.allNamed ? absent : []).map(({ why, i }) => ({ x: 6, y: place[i], label: why ?? "" })),
          { size: 11, italic: true, colour: "#555555" },
        ),
        ...rankedNames(names, { order, layout, highlight, isRanked: (i) => gaps.model[i] === null }),
        ...keyAbove(
          keyOf(marks, {
            directName,
            modelName,
            alone: gapLegend(
              gaps.direct.map((why, i) => (alone(i) ? why : null)),
              gapWords,
            ),
            absent: layout.allNamed
              ? []
              : gapLegend(gaps.model, gapWords).map(
                  (why) => `${gaps.model.filter((own) => own === why).length} ${why}`,
                ),
          }),
          {
            left: -layout.names,
            width: 600,
            bottom: overall ? -34 : -18,
          },
        ),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...{ id, title, subtitle, alt, champ, lecture }, data, columns: fields, spec, parameters });
}

const rank = (value: number): number => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value);

type Marks = Readonly<Record<"directRule" | "directDot" | "modelRule" | "modelDot" | "aloneDot", Layer>>;

const marksOf = ({ wide, dot }: MarkSizes): Marks => ({
  directRule: { color: "#C5D6E4", strokeWidth: wide },
  directDot: { fill: "white", stroke: "#5F87A6", strokeWidth: 1.2, size: dot },
  modelRule: { color: "#00497A", strokeWidth: Math.max(1.3, wide / 3) },
  modelDot: { color: "#00497A", size: dot * 1.1 },
  aloneDot: { fill: "white", stroke: "#00497A", strokeWidth: 1.4, shape: "diamond", size: dot * 1.3 },
});

function overallLine(label: string, x: number, height: number): readonly Layer[] {
  return [
    linesAt([{ x, y: -4, x2: x, y2: height }], { color: palette.vermilion, strokeWidth: 1.3, strokeDash: [5, 3] }),
    wordsAt([{ x, y: -12, label }], { align: "center", size: 11.5, colour: "#9C4400" }),
  ];
}

function keyOf(
  marks: Marks,
  {
    directName,
    modelName,
    alone,
    absent,
  }: {
    readonly directName: string;
    readonly modelName: string;
    /** Why some areas have the model alone, in words; empty when none has. */
    readonly alone: readonly string[];
    readonly absent: readonly string[];
  },
): readonly KeyEntry[] {
  const sign = (rule: Layer, dot: Layer) => (x: number, y: number) => [
    linesAt([{ x: x - 11, y, x2: x + 11, y2: y }], rule),
    dotsAt([{ x, y }], dot),
  ];
  return [
    { label: `${directName} et son intervalle`, sign: sign(marks.directRule, marks.directDot) },
    { label: `${modelName} et le sien`, sign: sign(marks.modelRule, marks.modelDot) },
    ...(alone.length > 0
      ? [
          {
            label: `modèle seul (${directName}\u00a0: ${alone.join(" ou ")})`,
            sign: sign(marks.modelRule, marks.aloneDot),
          },
        ]
      : []),
    ...(absent.length > 0 ? [{ label: `en bas, sans modèle\u00a0: ${absent.join(", ")}`, sign: () => [] }] : []),
  ];
}
