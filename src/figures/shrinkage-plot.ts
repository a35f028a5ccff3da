import { frenchNumber } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { tidyRow } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapLegend, gapsOf } from "./gaps.ts";
import { refuseLayoutNames } from "./layout-names.ts";
import { leadLabels } from "./leader-labels.ts";
import { type Layer, linesAt, wordsAt } from "./pixel-marks.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { roughWidth } from "./text-room.ts";
import { finishSpec, palette } from "./theme.ts";
import { linearDomain, valueWriter } from "./value-axis.ts";

export interface ShrinkagePlotOptions extends FigureText {
  /** Text column naming each point; the farthest from the diagonal are named on the drawing. */
  readonly name: string;
  /** Estimate from the area's own respondents, across. */
  readonly direct: string;
  /** Estimate of the model, up. */
  readonly model: string;
  /** Respondents of the area: area of the point. */
  readonly size: string;
  readonly directTitle: string;
  readonly modelTitle: string;
  readonly overall?: { readonly value: number; readonly label: string };
  readonly mostNames?: number;
  readonly decimals?: number;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const side = 420;
const largest = 13;

/**
 * Shrinkage of a model: each area at its direct estimate (across) and its model's (up). On the diagonal the model kept what the area said; on the level line it gave it the
 * mean of all. Points whose area is their respondents show that small areas move most.
 *
 * @throws QuartiersError when two rows have one name
 */
export function shrinkagePlot(data: Released, options: ShrinkagePlotOptions): Figure {
  const { name, direct, model, size, directTitle, modelTitle, overall, mostNames = 5, decimals } = options;
  const {
    id,
    title,
    subtitle,
    alt,
    champ,
    lecture,
    gapWords = { notAvailable: "non enquêté" },
    parameters = {},
  } = options;
  assertReleased(data, `La figure « ${id} »`);
  const names = texts(data, name).values;
  refuseDoubles(names, id);
  const [directs, models, sizes] = [direct, model, size].map((field) => numbers(data, field).values);
  refuseLayoutNames([name, direct, model, size], id);
  const gapsDirect = gapsOf(data, direct, gapWords);
  const gaps = gapsOf(data, model, gapWords).map((gap, i) => gap ?? gapsDirect[i]);
  const domain = linearDomain([...directs, ...models, ...(overall ? [overall.value] : [])]);
  const writer = valueWriter(data, model, decimals);
  const most = Math.max(...sizes.filter(Number.isFinite), 1);
  const radius = (i: number): number =>
    Number.isFinite(sizes[i]) ? Math.max(2.5, largest * Math.sqrt(sizes[i] / most)) : 2.5;
  const at = (value: number): number => domain.fraction(value) * side;
  const { unit } = numbers(data, size);
  const drawn = drawnRows(data, [name, direct, model, size]).map((drawnRow, i) => ({
    ...drawnRow,
    ...(gaps[i] === null ? tidyRow({ x: at(directs[i]), y: side - at(models[i]) }) : {}),
    texte:
      gaps[i] ??
      `directe ${writer.write(directs[i])}, modèle ${writer.write(models[i])}${Number.isFinite(sizes[i]) ? `\u202f; ${frenchNumber(sizes[i], unit ? { unit } : {})}` : ""}`,
  }));
  const shown = names.map((_, i) => i).filter((i) => gaps[i] === null);
  const axis = (field: string, own: string): Layer => ({
    field,
    type: "quantitative",
    scale: domain.scale,
    axis: { title: own, values: domain.ticks, labels: domain.measured, format: writer.format, gridColor: "#F0F0F0" },
  });
  const absent = gapLegend(gaps, gapWords).map((why) => `${gaps.filter((gap) => gap === why).length} ${why}`);
  const spec = finishSpec(
    {
      width: side,
      height: side,
      datasets: { drawn, shown: shown.map((i) => drawn[i]) },
      layer: [
        linesAt([{ x: 0, y: side, x2: side, y2: 0 }], { color: "#767676", strokeWidth: 1 }),
        ...(overall ? overallLines(at(overall.value), overall.label) : []),
        {
          data: { name: "shown" },
          mark: { type: "point", filled: true, opacity: 0.75, color: palette.blue, stroke: "white", strokeWidth: 0.8 },
          encoding: {
            x: axis(direct, directTitle),
            y: axis(model, modelTitle),
            size: {
              field: size,
              type: "quantitative",
              scale: { type: "linear", domain: [0, most], range: [0, 4 * largest ** 2] },
              legend: null,
            },
            tooltip: [
              { field: name, type: "nominal", title: column(data, name).label },
              { field: "texte", type: "nominal", title: "Estimations" },
            ],
          },
        },
        ...farthestNames(
          shown
            .toSorted((a, b) => Math.abs(models[b] - directs[b]) - Math.abs(models[a] - directs[a]))
            .map((i) => ({ name: names[i], x: at(directs[i]), y: side - at(models[i]), radius: radius(i) })),
          { mostNames, overall: overall ? at(overall.value) : null },
        ),
        wordsAt(
          [
            { x: 4, y: -14, label: `aire du point\u00a0: ${numbers(data, size).label.toLowerCase()}` },
            ...(absent.length > 0 ? [{ x: 4, y: 12, label: `sans point\u00a0: ${absent.join(", ")}` }] : []),
          ],
          { size: 11.5 },
        ),
        wordsAt([{ x: side + 6, y: 4, label: "modèle = directe" }], { size: 11.5, colour: "#555555" }),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({
    ...{ id, title, subtitle, alt, champ, lecture },
    data,
    columns: [name, direct, model, size],
    spec,
    parameters,
  });
}

const overallLines = (at: number, label: string): readonly Layer[] => [
  linesAt([{ x: 0, y: side - at, x2: side, y2: side - at }], {
    color: "#9C4400",
    strokeDash: [4, 3],
    strokeWidth: 1.2,
  }),
  wordsAt([{ x: side + 6, y: side - at, label }], { size: 11.5, colour: "#9C4400" }),
];

/** Names of the first points, off all the points. */
function farthestNames(
  points: readonly { readonly name: string; readonly x: number; readonly y: number; readonly radius: number }[],
  { mostNames: most, overall }: { readonly mostNames: number; readonly overall: number | null },
): readonly Layer[] {
  const diagonal = { x: 0, y: side, x2: side, y2: 0 };
  const level = overall === null ? [] : [{ x: 0, y: side - overall, x2: side, y2: side - overall }];
  const sized = points.map(({ name, ...point }) => ({ ...point, width: roughWidth(name, 11.5) * 1.05, height: 14 }));
  const places = leadLabels(
    sized.slice(0, most),
    { left: 2, right: side - 2, top: 20, bottom: side - 2 },
    { points: sized.slice(most), lines: [diagonal, ...level] },
  );
  const leaders = places.flatMap((place) => (place?.leader ? [place.leader] : []));
  return [
    ...(leaders.length > 0 ? [linesAt(leaders, { color: "#9A9A9A", strokeWidth: 0.7 })] : []),
    wordsAt(
      places.flatMap((place, i) => (place ? [{ x: place.left, y: place.middle, label: points[i].name }] : [])),
      { size: 11.5 },
    ),
  ];
}
