import { assertReleased, type Released } from "../protection/released.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { drawnRows, isSynthetic } from "./rows.ts";
import { finishSpec, palette } from "./theme.ts";

export interface StepChartOptions extends FigureText {
  /** Text column of dates, yyyy-mm-dd. */
  readonly date: string;
  readonly value: string;
  readonly series: string;
  readonly axisTitle: string;
  readonly format?: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/** A value that the law changes on given days and leaves alone in between: steps, not slopes. Each series is named at its end. */
export function stepChart(data: Released, options: StepChartOptions): Figure {
  const { date, value, series, axisTitle, format = ",.0f", parameters = {}, ...text } = options;
  assertReleased(data, `La figure « ${text.id} »`);
  const rows = drawnRows(data, [date, value, series]);
  const names = [...new Set(rows.map((row) => String(row[series])))];
  const lastDate =
    rows
      .map((row) => String(row[date]))
      .sort()
      .at(-1) ?? "";
  const ends = names.flatMap((name) => rows.filter((row) => row[series] === name && row[date] === lastDate));
  const encoding = {
    x: { field: date, type: "temporal", axis: { title: null, format: "%Y", tickCount: "year", grid: false } },
    y: { field: value, type: "quantitative", axis: { title: axisTitle, format, tickCount: 6 }, scale: { zero: true } },
    color: {
      field: series,
      type: "nominal",
      sort: names,
      scale: {
        domain: names,
        range: [palette.blue, palette.vermilion, palette.green, palette.purple, palette.black].slice(0, names.length),
      },
      legend: null,
    },
  };
  const spec = finishSpec(
    {
      width: 430,
      height: 260,
      datasets: { drawn: rows, ends },
      layer: [
        {
          data: { name: "drawn" },
          mark: { type: "line", interpolate: "step-after", strokeWidth: 2, point: { size: 36, filled: true } },
          encoding,
        },
        {
          data: { name: "ends" },
          mark: { type: "text", align: "left", dx: 8, fontSize: 12 },
          encoding: { ...encoding, text: { field: series, type: "nominal" } },
        },
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: [date, series, value], spec, parameters });
}
