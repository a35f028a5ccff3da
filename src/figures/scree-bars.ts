import { frenchNumber } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { pixel, tidyRow } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { refuseLayoutNames } from "./layout-names.ts";
import { type Layer, lineNames, linesAt, wordsAt } from "./pixel-marks.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { wrapWords } from "./text-room.ts";
import { finishSpec } from "./theme.ts";
import { valueWriter } from "./value-axis.ts";

export interface ScreeBarsOptions extends FigureText {
  /** Text column: "Axe 1", "Axe 2"... */
  readonly axis: string;
  readonly eigenvalue: string;
  /** Columns of rates, in the order of the panels, with their names: brut, Benzécri, Greenacre. A rate that an axis has not is `nd`. */
  readonly rates: readonly { readonly column: string; readonly name: string }[];
  /** Mean of the eigenvalues (1/Q for a multiple correspondence analysis), drawn as a line: axes under it have no corrected rate. */
  readonly mean?: number;
  /** Axes drawn in dark: those that are read. */
  readonly kept?: number;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const nameRoom = 56;
const page = 640;
const between = 22;
const numberRoom = 50;
const step = 22;

/**
 * Eigenvalues and the shares of inertia that go with them, by each rate, one panel each over the same axes: the raw rate understates and Benzécri's flatters, so that they stand
 * side by side with their names. Each number is printed after its bar.
 *
 * @throws QuartiersError when two rows are one axis
 */
export function screeBars(data: Released, options: ScreeBarsOptions): Figure {
  const {
    axis,
    eigenvalue,
    rates,
    mean,
    kept = 2,
    gapWords = { notAvailable: "sans objet" },
    parameters = {},
  } = options;
  const { id, title, subtitle, alt, champ, lecture } = options;
  assertReleased(data, `La figure « ${id} »`);
  const names = texts(data, axis).values;
  refuseDoubles(names, id);
  const columns = [eigenvalue, ...rates.map((rate) => rate.column)];
  refuseLayoutNames([axis, ...columns], id);
  const titles = [column(data, eigenvalue).label, ...rates.map(({ name }) => name)];
  const room = (page - nameRoom - between * (columns.length - 1)) / columns.length - numberRoom;
  const shares = rates.flatMap((rate) => [...numbers(data, rate.column).values]);
  const lefts = columns.map((_, k) => k * (room + numberRoom + between));
  // The rates have one scale, so that their lengths compare.
  const longest = columns.map((_, k) =>
    Math.max(...(k === 0 ? [...numbers(data, eigenvalue).values, mean ?? 0] : shares).filter(Number.isFinite), 1e-12),
  );
  const gaps = columns.map((field) => gapsOf(data, field, gapWords));
  const writers = columns.map((field, k) => valueWriter(data, field, k === 0 ? 3 : 1));
  const height = names.length * step;
  const middle = (i: number): number => (i + 0.5) * step;
  const drawn = drawnRows(data, [axis, ...columns]).map((drawnRow, i) => ({
    ...drawnRow,
    y: middle(i),
    texte: titles
      .map(
        (name, k) =>
          `${name.toLowerCase()}\u00a0: ${gaps[k][i] ?? writers[k].write(numbers(data, columns[k]).values[i])}`,
      )
      .join("\u202f; "),
  }));
  const end = (k: number, value: number): number => lefts[k] + (Math.max(0, value) / longest[k]) * room;
  // A number keeps off the line of the mean.
  const afterBar = (k: number, x: number): number => {
    const line = k === 0 && mean !== undefined ? end(0, mean) : Number.NEGATIVE_INFINITY;
    return line >= x && line < x + 42 ? line + 5 : x + 5;
  };
  const datasets: Record<string, unknown> = { drawn };
  const bars = lefts.flatMap((left, k): readonly Layer[] => {
    const { values } = numbers(data, columns[k]);
    const rows = names.map((_, i) => i);
    datasets[`panel${k}`] = rows
      .filter((i) => gaps[k][i] === null)
      .map((i) => ({
        ...tidyRow({ x: left, x2: end(k, values[i]), y: middle(i) - 6, y2: middle(i) + 6 }),
        classe: i < kept ? "lu" : "autre",
        group: names[i],
        texte: drawn[i].texte,
      }));
    return [
      {
        data: { name: `panel${k}` },
        mark: { type: "rect", stroke: "#444444", strokeWidth: 0.4 },
        encoding: {
          ...{ x: pixel("x"), x2: { field: "x2" }, y: pixel("y"), y2: { field: "y2" } },
          fill: {
            field: "classe",
            type: "nominal",
            scale: { domain: ["lu", "autre"], range: ["#00497A", "#C5D6E4"] },
            legend: null,
          },
          tooltip: [
            { field: "group", type: "nominal", title: column(data, axis).label },
            { field: "texte", type: "nominal", title: "Valeurs" },
          ],
        },
      },
      wordsAt(
        rows.map((i) =>
          gaps[k][i] === null
            ? { x: afterBar(k, end(k, values[i])), y: middle(i), label: writers[k].write(values[i]) }
            : { x: left + 3, y: middle(i), label: gaps[k][i] ?? "" },
        ),
        { size: 11 },
      ),
    ];
  });
  const heads = titles.map((own) => wrapWords(own, room + numberRoom, 12));
  const spec = finishSpec(
    {
      width: page - nameRoom,
      height,
      datasets,
      layer: [
        linesAt(
          lefts.map((left) => ({ x: left, y: 0, x2: left, y2: height })),
          { color: "#8A8A8A" },
        ),
        ...(mean === undefined ? [] : meanLine(end(0, mean), mean, height)),
        ...bars,
        ...lineNames(names.map((name, i) => ({ y: middle(i), lines: [name] }))),
        ...lefts.map((left, k) =>
          wordsAt([{ x: left, y: -6 - heads[k].length * 7, label: heads[k].join("\n") }], { weight: 600 }),
        ),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({
    ...{ id, title, subtitle, alt, champ, lecture },
    data,
    columns: [axis, ...columns],
    spec,
    parameters,
  });
}

const meanLine = (x: number, mean: number, height: number): readonly Layer[] => [
  linesAt([{ x, y: 0, x2: x, y2: height + 3 }], { color: "#9C4400", strokeDash: [4, 3], strokeWidth: 1.2 }),
  wordsAt([{ x, y: height + 11, label: `moyenne\u00a0: ${frenchNumber(mean, { decimals: 3 })}` }], {
    align: "center",
    size: 11,
    colour: "#9C4400",
  }),
];
