import { frenchNumber } from "../codes/french.ts";
import { numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { gapsOf } from "./gaps.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { finishSpec, palette } from "./theme.ts";
import { linearDomain } from "./value-axis.ts";

export interface CountBarsOptions extends FigureText {
  /** Text column: one bar a row. */
  readonly label: string;
  /** Number column, from zero. */
  readonly value: string;
  readonly axisTitle: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/**
 * Counts as horizontal bars from zero, in the order of the table, each followed by its number: what an office publishes most. A row without a value says why.
 * @throws QuartiersError when two rows have one label: the second bar would be drawn over the first
 */
export function countBars(data: Released, options: CountBarsOptions): Figure {
  const { label, value, axisTitle, parameters = {}, ...text } = options;
  assertReleased(data, `La figure « ${text.id} »`);
  const labels = texts(data, label).values;
  refuseDoubles(labels, text.id);
  const gaps = gapsOf(data, value);
  const { values } = numbers(data, value);
  const rows = drawnRows(data, [label, value]).map((row, i) => ({ ...row, texte: gaps[i] ?? frenchNumber(values[i]) }));
  const { scale, ticks } = linearDomain(
    [...values].filter((count) => Number.isFinite(count)),
    { zero: true },
  );
  const y = {
    field: label,
    type: "nominal",
    sort: labels,
    title: null,
    axis: { domain: false, ticks: false, labelPadding: 8 },
  };
  const x = { field: value, type: "quantitative", scale, axis: { title: axisTitle, values: ticks, grid: true } };
  const spec = finishSpec(
    {
      width: 380,
      height: { step: 34 },
      datasets: { drawn: rows },
      data: { name: "drawn" },
      layer: [
        { mark: { type: "bar", color: palette.blue, height: 20 }, encoding: { y, x } },
        {
          mark: { type: "text", align: "left", baseline: "middle", dx: 5 },
          encoding: { y, x, text: { field: "texte", type: "nominal" } },
        },
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: [label, value], spec, parameters });
}
