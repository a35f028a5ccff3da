import { frenchNumber } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { type EndLabel, endLabels, endsMeet, pixel } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { seriesColour, seriesDash, seriesStyles } from "./series-style.ts";
import { finishSpec } from "./theme.ts";
import { linearDomain, valueWriter } from "./value-axis.ts";

export interface OutreachCurveOptions extends FigureText {
  /** Text column: a way to share the budget, one curve each; the first is the plan, whose band is drawn full. */
  readonly series: string;
  /** Number column, EUR. */
  readonly budget: string;
  /** Expected rights opened, and the bounds of what may happen. */
  readonly opened: string;
  readonly low: string;
  readonly high: string;
  /** A budget marked by an upright rule, with its words. */
  readonly mark?: { readonly budgetEur: number; readonly label: string };
  readonly budgetTitle?: string;
  readonly axisTitle: string;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const width = 400;
const height = 290;

/**
 * Rights opened against the budget: the plan with the band of what may happen, and the ways it is compared with, dashed, each with its own bounds in the tooltip and
 * named at its end, with a piece of its line where ends meet. The band belongs to the plan alone: bands of three curves would cover each other.
 *
 * A missing value breaks its curve; a series without any is named under the others with its reason.
 * @throws QuartiersError when two rows have one series and budget
 */
export function outreachCurve(data: Released, options: OutreachCurveOptions): Figure {
  const { series, budget, opened, low, high, mark, axisTitle, gapWords, parameters = {}, ...rest } = options;
  const { budgetTitle = "Budget, euros", ...text } = rest;
  assertReleased(data, `La figure « ${text.id} »`);
  const seriesOf = texts(data, series).values;
  const names = [...new Set(seriesOf)];
  const styles = seriesStyles(names, text.id);
  const [budgets, values, lows, highs] = [budget, opened, low, high].map((field) => numbers(data, field).values);
  refuseDoubles(
    seriesOf.map((name, i) => `${name}, ${frenchNumber(budgets[i], { unit: "€" })}`),
    text.id,
  );
  const writer = valueWriter(data, opened, 0);
  const gaps = gapsOf(data, opened, gapWords);
  const across = linearDomain([...budgets, ...(mark ? [mark.budgetEur] : [])], { zero: true });
  const isPlan = (i: number): boolean => seriesOf[i] === names[0];
  const up = linearDomain([...values, ...highs.filter((_, i) => isPlan(i))], { zero: true });
  const drawn = drawnRows(data, [series, budget, opened, low, high]).map((row, i) => ({
    ...row,
    texte: `${frenchNumber(budgets[i], { unit: "€" })}\u00a0: ${gaps[i] ?? `${writer.bare(values[i])} [${writer.bare(lows[i])}\u202f; ${writer.bare(highs[i])}]`}`,
  }));
  const band = drawn
    .filter((_, i) => isPlan(i) && gaps[i] === null && Number.isFinite(lows[i]) && Number.isFinite(highs[i]))
    .sort((a, b) => Number((a as Record<string, unknown>)[budget]) - Number((b as Record<string, unknown>)[budget]));
  const labels = styles.map(({ name, colour, ink, dash }, k): EndLabel => {
    const own = seriesOf.map((other, i) => (other === name && gaps[i] === null ? i : -1)).filter((i) => i >= 0);
    const last = own.sort((a, b) => budgets[a] - budgets[b]).at(-1);
    const bold = k === 0;
    if (last === undefined)
      return { text: `${name}\u00a0: ${gaps[seriesOf.indexOf(name)]}`, end: null, colour, ink, bold };
    const end = { x: across.fraction(budgets[last]) * width, y: (1 - up.fraction(values[last])) * height };
    return { text: name, end, colour, ink, bold, dash };
  });
  const x = {
    field: budget,
    type: "quantitative",
    scale: across.scale,
    axis: { title: budgetTitle, values: across.ticks, format: ",~f", grid: false, labels: across.measured },
  };
  const y = (field: string): Record<string, unknown> => ({
    field,
    type: "quantitative",
    scale: up.scale,
    axis: { title: axisTitle, values: up.ticks, format: writer.format, labels: up.measured },
  });
  const marks = { x, y: y(opened), color: seriesColour(series, styles) };
  const lonely = drawn.filter((_, i) => gaps[i] === null && seriesOf.filter((own) => own === seriesOf[i]).length === 1);
  const spec = finishSpec(
    {
      width,
      height,
      datasets: { drawn, band, lonely },
      layer: [
        {
          data: { name: "band" },
          mark: { type: "area", color: "#C9DCEA", opacity: 1 },
          encoding: { x, y: y(low), y2: { field: high } },
        },
        ...(mark ? markLayers(across.fraction(mark.budgetEur) * width, mark.label) : []),
        {
          data: { name: "drawn" },
          mark: { type: "line", strokeWidth: 2.2, invalid: "break-paths-filter-domains" },
          encoding: { ...marks, strokeDash: seriesDash(series, styles) },
        },
        { data: { name: "lonely" }, mark: { type: "point", filled: true, size: 50, opacity: 1 }, encoding: marks },
        // Nothing is seen of these dots; they carry the tooltips of the site.
        {
          data: { name: "drawn" },
          mark: { type: "point", filled: true, size: 120, opacity: 0 },
          encoding: {
            ...marks,
            tooltip: [
              { field: series, type: "nominal", title: column(data, series).label },
              { field: "texte", type: "nominal", title: axisTitle },
            ],
          },
        },
        ...endLabels(labels, { x: width + 12, height, room: 150, samples: endsMeet(labels) }),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: [series, budget, opened, low, high], spec, parameters });
}

function markLayers(x: number, label: string): readonly Record<string, unknown>[] {
  const values = [{ x: Math.round(x * 100) / 100, label }];
  return [
    {
      data: { values },
      mark: { type: "rule", strokeDash: [3, 3], color: "#767676" },
      encoding: { x: pixel("x"), y: { value: 0 }, y2: { value: height } },
    },
    {
      data: { values },
      mark: { type: "text", align: "center", baseline: "bottom", dy: -4, fontSize: 11.5 },
      encoding: { x: pixel("x"), y: { value: 0 }, text: { field: "label", type: "nominal" } },
    },
  ];
}
