import { assertReleased, type Released } from "../protection/released.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { drawnRows, isSynthetic } from "./rows.ts";
import { finishSpec, palette } from "./theme.ts";

export interface StripPlotOptions extends FigureText {
  /** Text column of the lines (département, type of town). */
  readonly group: string;
  /** Order of the lines, top to bottom; groups that no row names are left out. */
  readonly groupOrder?: readonly string[];
  /** Text column naming each dot, for the tooltip and the CSV. */
  readonly name: string;
  readonly value: string;
  readonly axisTitle: string;
  readonly format?: string;
  readonly reference?: { readonly value: number; readonly label: string };
  readonly parameters?: Readonly<Record<string, string | number>>;
}

/** One dot an area, one line a group: the spread inside each group is seen beside the gaps between them. Areas without a value are not drawn, and the caption says how many. */
export function stripPlot(data: Released, options: StripPlotOptions): Figure {
  const { group, groupOrder, name, value, axisTitle, format = ",.1f", reference, parameters = {}, ...text } = options;
  assertReleased(data, `La figure « ${text.id} »`);
  const rows = drawnRows(data, [group, name, value]);
  const found = [...new Set(rows.map((row) => String(row[group])))];
  const groups = groupOrder ? groupOrder.filter((label) => found.includes(label)) : found;
  const scale = { zero: false, nice: true };
  const layers: Record<string, unknown>[] = [
    {
      mark: {
        type: "point",
        filled: true,
        size: 70,
        opacity: 0.75,
        stroke: "white",
        strokeWidth: 0.5,
        color: palette.blue,
      },
      encoding: {
        y: {
          field: group,
          type: "nominal",
          sort: groups,
          title: null,
          axis: { grid: true, domain: false, ticks: false, labelPadding: 8 },
        },
        x: { field: value, type: "quantitative", scale, axis: { title: axisTitle, format, tickCount: 6 } },
        tooltip: [
          { field: name, type: "nominal", title: "Quartier" },
          { field: value, type: "quantitative", title: axisTitle, format },
        ],
      },
    },
  ];
  if (reference) {
    layers.push(
      {
        data: { values: [{ reference: reference.value }] },
        mark: { type: "rule", strokeDash: [4, 3], color: palette.vermilion, strokeWidth: 1.5 },
        encoding: { x: { field: "reference", type: "quantitative", scale } },
      },
      {
        data: { values: [{ reference: reference.value, label: reference.label }] },
        mark: {
          type: "text",
          align: "left",
          baseline: "bottom",
          dx: 4,
          dy: -3,
          color: palette.vermilion,
          fontSize: 11.5,
        },
        encoding: {
          x: { field: "reference", type: "quantitative", scale },
          y: { value: 0 },
          text: { field: "label", type: "nominal" },
        },
      },
    );
  }
  const spec = finishSpec(
    { width: 500, height: { step: 24 }, datasets: { drawn: rows }, data: { name: "drawn" }, layer: layers },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: [group, name, value], spec, parameters });
}
