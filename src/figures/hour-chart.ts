import { QuartiersError } from "../codes/errors.ts";
import { HARD_SPACE } from "../codes/french.ts";
import { column, numbers, texts } from "../codes/table.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import { endLabels, pixel } from "./end-labels.ts";
import { type Figure, type FigureText, figure } from "./figure.ts";
import { type GapWords, gapsOf } from "./gaps.ts";
import { drawnRows, isSynthetic, refuseDoubles } from "./rows.ts";
import { seriesColour, seriesDash, seriesShape, seriesStyles } from "./series-style.ts";
import { finishSpec } from "./theme.ts";
import { linearDomain, valueWriter } from "./value-axis.ts";

export interface HourChartOptions extends FigureText {
  /** Column of the hours of departure: numbers (5, 13, 21; 25 is one in the morning), or words in their order of appearance. */
  readonly hour: string;
  /** Text column: outward and return, or places; six at most. */
  readonly series: string;
  readonly value: string;
  readonly axisTitle: string;
  readonly hourTitle?: string;
  readonly decimals?: number;
  /** What absence means here; by default, an unreachable value is « pas de service ». */
  readonly gapWords?: GapWords;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const width = 380;
const height = 250;
const bandStep = 18;

/**
 * A value by hour of departure, one line a series. Where there is no service the line stops and a cross stands in a band under the plot, with its reason: an
 * absent bus is neither zero minutes nor zero offers.
 *
 * @throws QuartiersError when an hour and a series have no row (a gap is a row whose value is missing), or two
 */
export function hourChart(data: Released, options: HourChartOptions): Figure {
  const {
    hour,
    series,
    value,
    axisTitle,
    hourTitle = "Heure de départ",
    decimals,
    gapWords = {},
    parameters = {},
    ...text
  } = options;
  assertReleased(data, `La figure « ${text.id} »`);
  const hours = column(data, hour);
  const seriesOf = texts(data, series).values;
  const names = [...new Set(seriesOf)];
  const styles = seriesStyles(names, text.id);
  const hourNames: readonly string[] = hours.type === "number" ? Array.from(hours.values, hourName) : hours.values;
  refuseDoubles(
    seriesOf.map((name, i) => `${name}, ${hourNames[i]}`),
    text.id,
  );
  refuseHoles(seriesOf, hourNames, text.id);
  const writer = valueWriter(data, value, decimals);
  const gaps = gapsOf(data, value, { unreachable: "pas de service", ...gapWords });
  const values = numbers(data, value).values;
  const domain = linearDomain([...values], { zero: true });
  const place = placeOf(hours.type === "number" ? hours.values : hourNames);
  const drawn = drawnRows(data, [hour, series, value]).map((row, i) => ({
    ...row,
    texte: `${hourNames[i]}\u00a0: ${gaps[i] ?? writer.write(values[i])}`,
  }));
  const crosses = styles.flatMap(({ name, colour, ink }) => {
    const rows = seriesOf.map((own, i) => (own === name && gaps[i] !== null ? i : -1)).filter((i) => i >= 0);
    return rows.length === 0 ? [] : [{ name, colour, ink, rows }];
  });
  const band = crosses.length === 0 ? 0 : crosses.length * bandStep + 10;
  const labels = styles.map(({ name, colour, ink }) => {
    const own = seriesOf.map((other, i) => (other === name && gaps[i] === null ? i : -1)).filter((i) => i >= 0);
    const last = own.sort((a, b) => place(b) - place(a))[0];
    if (last === undefined) return { text: `${name}\u00a0: ${gaps[seriesOf.indexOf(name)]}`, end: null, colour, ink };
    return { text: name, end: { x: place(last), y: (1 - domain.fraction(values[last])) * height }, colour, ink };
  });
  const ticks = [...new Map(hourNames.map((label, i) => [label, { x: place(i), label }])).values()];
  const x =
    hours.type === "number"
      ? {
          field: hour,
          type: "quantitative",
          scale: { domain: endsOf(hours.values), range: [inset, width - inset], nice: false, zero: false },
          axis: null,
        }
      : {
          field: hour,
          type: "nominal",
          scale: {
            type: "point",
            domain: ticks.map(({ label }) => label),
            range: [inset, width - inset],
            padding: ticks.length === 1 ? 0.5 : 0,
          },
          axis: null,
        };
  const y = {
    field: value,
    type: "quantitative",
    scale: domain.scale,
    axis: { title: axisTitle, values: domain.ticks, format: writer.format, labels: domain.measured },
  };
  const marks = { x, y, color: seriesColour(series, styles) };
  const spec = finishSpec(
    {
      width,
      height,
      datasets: { drawn },
      layer: [
        {
          data: { name: "drawn" },
          mark: { type: "line", strokeWidth: 2.2, invalid: "break-paths-filter-domains" },
          encoding: { ...marks, strokeDash: seriesDash(series, styles) },
        },
        {
          data: { name: "drawn" },
          mark: { type: "point", filled: true, size: 64, opacity: 1 },
          encoding: {
            ...marks,
            shape: seriesShape(series, styles),
            tooltip: [
              { field: series, type: "nominal", title: column(data, series).label },
              { field: "texte", type: "nominal", title: axisTitle },
            ],
          },
        },
        ...endLabels(labels, { x: width + 12, height, room: 170 }),
        ...crosses.flatMap(({ name, colour, ink, rows }, line) =>
          gapBand(
            rows.map((i) => place(i)),
            `${[...new Set(rows.map((i) => gaps[i]))].join(", ")} (${name})`,
            { colour, ink, y: height + 14 + line * bandStep },
          ),
        ),
        {
          data: { values: [{ x: 0, x2: width }] },
          mark: { type: "rule", color: "#8A8A8A" },
          encoding: { x: pixel("x"), x2: { field: "x2" }, y: { value: height + band } },
        },
        {
          data: { values: thinned(ticks) },
          mark: { type: "text", baseline: "top", dy: 7, fontSize: 12 },
          encoding: { x: pixel("x"), y: { value: height + band }, text: { field: "label", type: "nominal" } },
        },
        {
          data: { values: [{ label: hourTitle }] },
          mark: { type: "text", baseline: "top", dy: 25, fontSize: 12 },
          encoding: { x: { value: width / 2 }, y: { value: height + band }, text: { field: "label", type: "nominal" } },
        },
      ],
    },
    { synthetic: isSynthetic(data) },
  );
  return figure({ ...text, data, columns: [hour, series, value], spec, parameters });
}

/** Room between the first and last hours and the sides of the plot. */
const inset = 24;

/** "5 h", "7 h 30"; past midnight counts on: 25 is "1 h". */
function hourName(hour: number): string {
  const minutes = Math.round(hour * 60) % 1440;
  const rest = minutes % 60;
  const whole = `${Math.floor(minutes / 60)}${HARD_SPACE}h`;
  return rest === 0 ? whole : `${whole}${HARD_SPACE}${String(rest).padStart(2, "0")}`;
}

/** First and last hours; one hour alone stands in the middle. */
function endsOf(hours: Float64Array): readonly [number, number] {
  const [first, last] = [Math.min(...hours), Math.max(...hours)];
  return first === last ? [first - 1, last + 1] : [first, last];
}

/** Horizontal place of each row, pixels. */
function placeOf(hours: Float64Array | readonly string[]): (row: number) => number {
  const between = (fraction: number): number => inset + fraction * (width - 2 * inset);
  if (hours instanceof Float64Array) {
    const [first, last] = endsOf(hours);
    return (row) => between((hours[row] - first) / (last - first));
  }
  const order = [...new Set(hours)];
  return (row) => between(order.length === 1 ? 0.5 : order.indexOf(hours[row]) / (order.length - 1));
}

/** Labels of the hours that do not touch: one in two, in three... */
function thinned<Tick extends { readonly x: number }>(ticks: readonly Tick[]): readonly Tick[] {
  const sorted = [...ticks].sort((a, b) => a.x - b.x);
  const room = 34;
  const kept: Tick[] = [];
  for (const tick of sorted) if (kept.length === 0 || tick.x - (kept.at(-1)?.x ?? 0) >= room) kept.push(tick);
  return kept;
}

function gapBand(
  places: readonly number[],
  label: string,
  { colour, ink, y }: { readonly colour: string; readonly ink: string; readonly y: number },
): readonly Record<string, unknown>[] {
  const arm = 4;
  const strokes = places.flatMap((x) => [
    { x: x - arm, y: y - arm, x2: x + arm, y2: y + arm },
    { x: x - arm, y: y + arm, x2: x + arm, y2: y - arm },
  ]);
  return [
    {
      data: { values: strokes.map((stroke) => ({ ...stroke, x: round(stroke.x), x2: round(stroke.x2) })) },
      mark: { type: "rule", color: colour, strokeWidth: 2 },
      encoding: { x: pixel("x"), y: pixel("y"), x2: { field: "x2" }, y2: { field: "y2" } },
    },
    {
      data: { values: [{ label: `×${HARD_SPACE}${label}` }] },
      mark: { type: "text", align: "left", baseline: "middle", fontSize: 11.5, fontStyle: "italic", color: ink },
      encoding: { x: { value: width + 12 }, y: { value: y }, text: { field: "label", type: "nominal" } },
    },
  ];
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Every series has a row at every hour: an absent row would be bridged by a line, and read as a service. */
function refuseHoles(seriesOf: readonly string[], hourNames: readonly string[], id: string): void {
  for (const series of new Set(seriesOf)) {
    const own = hourNames.filter((_, i) => seriesOf[i] === series);
    const absent = hourNames.find((hour) => !own.includes(hour));
    if (absent === undefined) continue;
    throw new QuartiersError({
      what: `La figure « ${id} » n'a pas de ligne pour une heure et une série`,
      value: `${series}, ${absent}`,
      expected: "une ligne par heure et par série, dont la valeur manque là où il n'y a pas de service",
    });
  }
}
