import { QuartiersError } from "../codes/errors.ts";
import { HARD_SPACE } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { endLabels, pixel } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { seriesColour, seriesDash, seriesStyles } from "./series-style.ts";
import { finishSpec } from "./theme.ts";
import { linearDomain, logDomain, valueWriter } from "./value-axis.ts";

export interface ProfileCurveOptions extends FigureText {
  /** Text column: one curve a name, six at most, in order of appearance. */
  readonly series: string;
  /** Number column of the cut-offs, minutes. */
  readonly minutes: string;
  /** What is reached within that time: a count, or a share (unit "part" or "%"). */
  readonly value: string;
  readonly axisTitle: string;
  readonly timeTitle?: string;
  /** Times marked by an upright rule. */
  readonly cutoffs?: readonly number[];
  /** "step" for cumulated counts as they are, "line" for values computed at a few times. */
  readonly interpolate?: "step" | "line";
  readonly scale?: "linear" | "log";
  readonly decimals?: number;
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const width = 390;
const height = 280;

/**
 * Travel-time profile: offers reached against minutes, one curve a place, each named at its end. Reads at once what a single cut-off hides: where the curves
 * part, and how long it takes to catch up. A logarithmic axis keeps zero (it is linear under the smallest power of ten met).
 *
 * A missing value breaks its curve; a series without any is named under the others with its reason.
 * @throws QuartiersError when two rows have the same series and time, when there are more than six series, or with a negative value on a logarithmic axis
 */
export function profileCurve(data: Released, options: ProfileCurveOptions): Figure {
  const {
    series,
    minutes,
    value,
    axisTitle,
    timeTitle = "Minutes de porte à porte",
    cutoffs = [20, 30, 45],
    interpolate = "step",
    scale = "linear",
    decimals,
    gapWords,
    parameters = {},
    ...text
  } = options;
  assertReleased(data, `La figure « ${text.id} »`);
  const names = [...new Set(texts(data, series).values)];
  const styles = seriesStyles(names, text.id);
  const writer = valueWriter(data, value, decimals);
  const gaps = gapsOf(data, value, gapWords);
  const times = numbers(data, minutes).values;
  const values = numbers(data, value).values;
  refuseDoubles(
    texts(data, series).values.map((name, row) => `${name}, ${times[row]}${HARD_SPACE}min`),
    text.id,
  );
  if (scale === "log" && values.some((v) => v < 0)) {
    throw new QuartiersError({
      what: `La figure « ${text.id} » demande une échelle logarithmique pour des valeurs négatives`,
      expected: "des valeurs positives ou nulles",
    });
  }
  const rows = drawnRows(data, [series, minutes, value]).map((row, i) => ({
    ...row,
    texte: `${times[i]}${HARD_SPACE}min\u00a0: ${gaps[i] ?? writer.write(values[i])}`,
  }));
  const longest = Math.max(5, Math.ceil(Math.max(0, ...times.filter(Number.isFinite)) / 5) * 5);
  const across = (time: number): number => (time / longest) * width;
  const up = scale === "log" ? logDomain([...values]) : linearDomain([...values], { zero: true });
  const place = (row: number): { x: number; y: number } => ({
    x: across(times[row]),
    y: (1 - up.fraction(values[row])) * height,
  });
  const presentOf = (name: string): readonly number[] =>
    texts(data, series)
      .values.map((own, row) => (own === name && gaps[row] === null ? row : -1))
      .filter((row) => row >= 0)
      .sort((a, b) => times[a] - times[b]);
  const labels = styles.map(({ name, colour, ink }) => {
    const last = presentOf(name).at(-1);
    const why = gaps[texts(data, series).values.indexOf(name)];
    return last === undefined
      ? { text: `${name}\u00a0: ${why}`, end: null, colour, ink }
      : { text: name, end: place(last), colour, ink };
  });
  const x = {
    field: minutes,
    type: "quantitative",
    scale: { domain: [0, longest], nice: false },
    axis: { title: timeTitle, values: timeTicks(longest), format: ",~f", grid: false },
  };
  const y = {
    field: value,
    type: "quantitative",
    scale: up.scale,
    axis: { title: axisTitle, values: up.ticks, format: writer.format, labels: up.measured },
  };
  const marks = { x, y, color: seriesColour(series, styles) };
  const tooltip = [
    { field: series, type: "nominal", title: column(data, series).label },
    { field: "texte", type: "nominal", title: axisTitle },
  ];
  const shownCutoffs = cutoffs.filter((cutoff) => cutoff > 0 && cutoff <= longest);
  const spec = finishSpec(
    {
      width,
      height,
      datasets: {
        drawn: rows,
        lonely: rows.filter((_, row) => isLonely(row, times, gaps, texts(data, series).values)),
      },
      layer: [
        ...(shownCutoffs.length > 0 ? cutoffLayers(shownCutoffs, across) : []),
        {
          data: { name: "drawn" },
          mark: {
            type: "line",
            interpolate: interpolate === "step" ? "step-after" : "linear",
            strokeWidth: 2.2,
            invalid: "break-paths-filter-domains",
          },
          encoding: { ...marks, strokeDash: seriesDash(series, styles) },
        },
        { data: { name: "lonely" }, mark: { type: "point", filled: true, size: 50, opacity: 1 }, encoding: marks },
        // Nothing is seen of these dots; they carry the tooltips of the site.
        {
          data: { name: "drawn" },
          mark: { type: "point", filled: true, size: 120, opacity: 0 },
          encoding: { ...marks, tooltip },
        },
        ...endLabels(labels, { x: width + 12, height }),
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: [series, minutes, value], spec, parameters });
}

/** Upright rules at the cut-offs, each with its time above the plot. */
function cutoffLayers(
  cutoffs: readonly number[],
  across: (time: number) => number,
): readonly Record<string, unknown>[] {
  const values = cutoffs.map((cutoff) => ({
    x: Math.round(across(cutoff) * 100) / 100,
    label: `${cutoff}${HARD_SPACE}min`,
  }));
  return [
    {
      data: { values },
      mark: { type: "rule", strokeDash: [3, 3], color: "#767676", strokeWidth: 1 },
      encoding: { x: pixel("x"), y: { value: 0 }, y2: { value: height } },
    },
    {
      data: { values },
      mark: { type: "text", align: "center", baseline: "bottom", dy: -4, fontSize: 11.5 },
      encoding: { x: pixel("x"), y: { value: 0 }, text: { field: "label", type: "nominal" } },
    },
  ];
}

/** Quarters of an hour, or fewer ticks on a long axis. */
function timeTicks(high: number): readonly number[] {
  const step = high <= 40 ? 10 : high <= 120 ? 15 : high <= 240 ? 30 : 60;
  return Array.from({ length: Math.floor(high / step) + 1 }, (_, i) => i * step);
}

/** A value with a gap on both sides in its series: a line would not show it. */
function isLonely(
  row: number,
  times: Float64Array,
  gaps: readonly (string | null)[],
  names: readonly string[],
): boolean {
  if (gaps[row] !== null) return false;
  const own = names
    .map((name, other) => (name === names[row] ? other : -1))
    .filter((other) => other >= 0)
    .sort((a, b) => times[a] - times[b]);
  const at = own.indexOf(row);
  const joined = (other: number | undefined): boolean => other !== undefined && gaps[other] === null;
  return !joined(own[at - 1]) && !joined(own[at + 1]);
}
