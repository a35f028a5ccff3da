import { QuartiersError } from "../codes/errors.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { pixel, tidyRow } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { wrapWords } from "./text-room.ts";
import { finishSpec, palette } from "./theme.ts";
import { linearDomain, valueWriter } from "./value-axis.ts";

export interface WaterfallOptions extends FigureText {
  /** Text column: the first row is where one starts (the region), the last where one arrives (the area), those between are what is added. */
  readonly step: string;
  readonly value: string;
  readonly axisTitle: string;
  readonly decimals?: number;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const width = 360;
const line = 30;

/**
 * Waterfall of one area: from the reference to its value, one step a factor, each starting where the one before ends. Both ends are marks on a scale, not
 * bars, so that the scale needs no zero; steps point right or left and have their signed number, so that colour is not needed.
 *
 * @throws QuartiersError when start and steps do not add up to the end, with fewer than three rows, or two of one name
 */
export function waterfall(data: Released, options: WaterfallOptions): Figure {
  const { step, value, axisTitle, decimals, gapWords, parameters = {}, ...text } = options;
  assertReleased(data, `La figure « ${text.id} »`);
  const names = texts(data, step).values;
  refuseDoubles(names, text.id);
  const values = numbers(data, value).values;
  checkSteps(values, text.id);
  const gaps = gapsOf(data, value, gapWords);
  const last = names.length - 1;
  const levels = levelsOf(values);
  const domain = linearDomain(levels.flatMap(({ from, to }) => [from, to]));
  const across = (level: number): number => (Number.isFinite(level) ? domain.fraction(level) * width : 0);
  const writer = valueWriter(data, value, decimals);
  const isEnd = (i: number): boolean => i === 0 || i === last;
  const label = (i: number): string =>
    gaps[i] ?? (isEnd(i) ? writer.bare(values[i]) : `${values[i] > 0 ? "+" : ""}${writer.bare(values[i])}`);
  const drawn = drawnRows(data, [step, value]).map((row, i) => {
    const [from, to] = [across(levels[i].from), across(levels[i].to)];
    return {
      ...row,
      ...tidyRow({
        x: Math.min(from, to),
        x2: Math.max(from, to),
        y: (i + 0.5) * line,
        left: to,
        right: Math.max(from, to) + 10,
      }),
      classe: isEnd(i) ? "bout" : values[i] < 0 ? "moins" : "plus",
      label: label(i),
      texte: `${names[i]}\u00a0: ${label(i)}`,
    };
  });
  const steps = drawn.filter((_, i) => !isEnd(i) && gaps[i] === null);
  const ends = drawn.filter((_, i) => isEnd(i) && gaps[i] === null);
  const links = levels
    .slice(0, -1)
    .flatMap(({ to }, i) =>
      Number.isFinite(to) ? [tidyRow({ x: across(to), y: (i + 0.5) * line, y2: (i + 1.5) * line })] : [],
    );
  const tooltip = [
    { field: step, type: "nominal", title: column(data, step).label },
    { field: "texte", type: "nominal", title: axisTitle },
  ];
  const y = pixel("y");
  const fill = {
    field: "classe",
    type: "nominal",
    scale: { domain: ["plus", "moins"], range: [palette.blue, "#E8A36B"] },
    legend: null,
  };
  const spec = finishSpec(
    {
      width,
      height: names.length * line,
      datasets: { drawn, steps, ends },
      layer: [
        {
          data: { values: links },
          mark: { type: "rule", color: "#767676", strokeDash: [2, 2] },
          encoding: { x: pixel("x"), y, y2: { field: "y2" } },
        },
        {
          data: { name: "steps" },
          mark: { type: "bar", height: 14, stroke: palette.black, strokeWidth: 0.6 },
          encoding: { x: pixel("x"), x2: { field: "x2" }, y, fill, tooltip },
        },
        {
          data: { name: "steps" },
          mark: { type: "point", filled: true, size: 70, opacity: 1, fill: palette.black, shape: "triangle-right" },
          encoding: {
            x: pixel("left"),
            y,
            angle: {
              field: "classe",
              type: "nominal",
              scale: { domain: ["plus", "moins"], range: [0, 180] },
              legend: null,
            },
          },
        },
        {
          data: { name: "ends" },
          mark: { type: "tick", orient: "vertical", thickness: 4, height: 20, opacity: 1, color: palette.black },
          encoding: { x: pixel("x"), y, tooltip },
        },
        {
          data: { name: "drawn" },
          mark: { type: "text", align: "left", baseline: "middle", fontSize: 12 },
          encoding: { x: pixel("right"), y, text: { field: "label", type: "nominal" } },
        },
        ...names.map((name, i) => {
          const words = wrapWords(name, 190, 12);
          return {
            data: { values: [{ y: (i + 0.5) * line - (words.length - 1) * 7, label: words.join("\n") }] },
            mark: {
              type: "text",
              align: "right",
              baseline: "middle",
              lineBreak: "\n",
              lineHeight: 14,
              dx: -10,
              fontSize: 12,
              fontWeight: isEnd(i) ? 600 : 400,
            },
            encoding: { x: { value: 0 }, y, text: { field: "label", type: "nominal" } },
          };
        }),
        scaleLayer(domain, { axisTitle, format: writer.format }),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: [step, value], spec, parameters });
}

/** The axis: nothing drawn is on its scale, since steps are placed in pixels. */
function scaleLayer(
  { scale, ticks, measured, low, high }: ReturnType<typeof linearDomain>,
  { axisTitle, format }: { readonly axisTitle: string; readonly format: string },
): Record<string, unknown> {
  return {
    data: { values: [{ reference: low }, { reference: high }] },
    mark: { type: "point", opacity: 0 },
    encoding: {
      x: {
        field: "reference",
        type: "quantitative",
        scale,
        axis: { title: axisTitle, values: ticks, format, labels: measured },
      },
    },
  };
}

/** Where each row starts and ends. After a missing step nothing is known until the end. */
function levelsOf(values: Float64Array): readonly { readonly from: number; readonly to: number }[] {
  let level = 0;
  return Array.from(values, (value, i) => {
    const from = i === 0 || i === values.length - 1 ? value : level;
    level = i === 0 || i === values.length - 1 ? value : level + value;
    return { from, to: level };
  });
}

function checkSteps(values: Float64Array, id: string): void {
  if (values.length < 3)
    throw new QuartiersError({
      what: `La figure « ${id} » n'a pas d'étape`,
      value: `${values.length} lignes`,
      expected: "un départ, une étape ou plus, une arrivée",
    });
  const sum = values.slice(0, -1).reduce((total, value) => total + value, 0);
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  if (Math.abs(sum - values[values.length - 1]) > 1e-6 * size)
    throw new QuartiersError({
      what: `La figure « ${id} » reçoit des étapes qui ne mènent pas du départ à l'arrivée`,
      expected: "départ + étapes = arrivée",
      remedy: "les arrondir ensemble (roundedParts)",
    });
}
