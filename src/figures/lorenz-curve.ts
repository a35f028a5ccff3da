import { QuartiersError } from "../codes/errors.ts";
import { frenchNumber } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { pixel } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { gapsOf } from "./gaps.ts";
import { drawnRows, isSynthetic } from "./rows.ts";
import { type SeriesStyle, seriesColour, seriesDash, seriesStyles } from "./series-style.ts";
import { wrapWords } from "./text-room.ts";
import { finishSpec } from "./theme.ts";
import { valueWriter } from "./value-axis.ts";

export interface LorenzCurveOptions extends FigureText {
  /** Text column: one curve a name, six at most. */
  readonly series: string;
  /** Cumulated share of people, poorest in access first, 0 to 1. */
  readonly people: string;
  /** Cumulated share of what they have, 0 to 1. */
  readonly share: string;
  /** Column of the Gini index, the same on each row of a series; printed beside its name. */
  readonly gini: string;
  readonly peopleTitle: string;
  readonly shareTitle: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const side = 330;

/**
 * Lorenz curve (Lorenz 1905): the share of access held by the least served share of people, against the diagonal of equality. Twice the area between a
 * curve and the diagonal is the Gini index, printed with the name. The index is read from the table: a figure computes nothing that it shows.
 *
 * @throws QuartiersError when a share is outside 0 to 1, or when a series has two Gini indices
 */
export function lorenzCurveChart(data: Released, options: LorenzCurveOptions): Figure {
  const { series, people, share, gini, peopleTitle, shareTitle, parameters = {}, ...text } = options;
  assertReleased(data, `La figure « ${text.id} »`);
  for (const name of [people, share]) {
    if (numbers(data, name).values.some((value) => value < 0 || (value > 1 && value - 1 > 1e-9)))
      throw new QuartiersError({
        what: `La courbe de Lorenz « ${text.id} » reçoit des parts hors de 0 à 1`,
        value: column(data, name).label,
        expected: "des parts cumulées entre 0 et 1",
        remedy: "diviser par le total, ou par 100 s'il s'agit de pourcentages",
      });
  }
  const seriesOf = texts(data, series).values;
  const styles = seriesStyles([...new Set(seriesOf)], text.id);
  const gaps = gapsOf(data, share);
  const peopleGaps = gapsOf(data, people);
  const writers = [valueWriter(data, people), valueWriter(data, share)];
  const [peopleValues, shareValues] = [numbers(data, people).values, numbers(data, share).values];
  const drawn = drawnRows(data, [series, people, share, gini]).map((row, i) => ({
    ...row,
    texte: `${writers[0]?.write(peopleValues[i])} des personnes, ${gaps[i] ?? writers[1]?.write(shareValues[i])}`,
  }));
  const keys = styles.map((style) => ({
    style,
    words: `Gini\u00a0: ${giniOf(data, { series, gini }, style.name, text.id)}`,
  }));
  const axis = { values: [0, 0.2, 0.4, 0.6, 0.8, 1], format: "~%" };
  const scale = { domain: [0, 1], nice: false };
  const x = { field: people, type: "quantitative", scale, axis: { ...axis, title: peopleTitle } };
  const y = { field: share, type: "quantitative", scale, axis: { ...axis, title: shareTitle } };
  const marks = { x, y, color: seriesColour(series, styles) };
  const spec = finishSpec(
    {
      width: side,
      height: side,
      datasets: {
        drawn,
        lonely: drawn.filter(
          (_, i) =>
            gaps[i] === null && peopleGaps[i] === null && seriesOf.filter((own) => own === seriesOf[i]).length === 1,
        ),
      },
      layer: [
        {
          data: { values: [{ x: 0, y: side, x2: side, y2: 0 }] },
          mark: { type: "rule", color: "#555555", strokeWidth: 1.2 },
          encoding: { x: pixel("x"), y: pixel("y"), x2: { field: "x2" }, y2: { field: "y2" } },
        },
        {
          data: { values: [{ label: "égalité parfaite" }] },
          mark: { type: "text", angle: 315, fontSize: 11.5, baseline: "bottom", dy: -4, color: "#333333" },
          encoding: { x: { value: side * 0.42 }, y: { value: side * 0.58 }, text: { field: "label", type: "nominal" } },
        },
        {
          data: { name: "drawn" },
          mark: { type: "line", strokeWidth: 2.4, invalid: "break-paths-filter-domains" },
          encoding: { ...marks, strokeDash: seriesDash(series, styles) },
        },
        { data: { name: "lonely" }, mark: { type: "point", filled: true, size: 50, opacity: 1 }, encoding: marks },
        // Nothing is seen of these dots; they carry the tooltips of the site.
        {
          data: { name: "drawn" },
          mark: { type: "point", filled: true, size: 90, opacity: 0 },
          encoding: {
            ...marks,
            tooltip: [
              { field: series, type: "nominal", title: column(data, series).label },
              { field: "texte", type: "nominal", title: shareTitle },
            ],
          },
        },
        ...keyLayers(keys),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: [series, people, share, gini], spec, parameters });
}

/** The index of a series as it is printed, or why it is not. */
function giniOf(
  data: Released,
  { series, gini }: { readonly series: string; readonly gini: string },
  name: string,
  id: string,
): string {
  const gaps = gapsOf(data, gini);
  const values = numbers(data, gini).values;
  const rows = texts(data, series)
    .values.map((own, i) => (own === name ? i : -1))
    .filter((i) => i >= 0);
  const written = [...new Set(rows.map((i) => gaps[i] ?? frenchNumber(values[i], { decimals: 2 })))];
  if (written.length > 1)
    throw new QuartiersError({
      what: `La courbe de Lorenz « ${id} » porte plusieurs indices de Gini pour une même série`,
      value: name,
      expected: "le même indice sur chaque ligne de la série",
    });
  return written[0] ?? "";
}

/** Curves meet at both ends, so that names cannot stand there: a key at the right, with the line of each. */
function keyLayers(
  keys: readonly { readonly style: SeriesStyle; readonly words: string }[],
): readonly Record<string, unknown>[] {
  let y = 10;
  return keys.flatMap(({ style, words }) => {
    const lines = [...wrapWords(style.name, 150, 12), words];
    const top = y;
    y += lines.length * 15 + 12;
    return [
      {
        data: { values: [{ x: side + 16, x2: side + 46, y: top }] },
        mark: { type: "rule", color: style.colour, strokeWidth: 2.4, strokeDash: style.dash },
        encoding: { x: pixel("x"), x2: { field: "x2" }, y: pixel("y") },
      },
      {
        data: { values: [{ x: side + 54, y: top, label: lines.join("\n") }] },
        mark: {
          type: "text",
          align: "left",
          baseline: "middle",
          lineBreak: "\n",
          lineHeight: 15,
          fontSize: 12,
          color: style.ink,
        },
        encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
      },
    ];
  });
}
