import { frenchMonths } from "../codes/french.ts";

/**
 * The look of every chart: one family, French numbers, colours that colour-blind readers tell apart.
 *
 * Colours are Okabe and Ito's (2008), those that reach 3:1 on white first (WCAG 1.4.11). Classes use ColorBrewer's YlGnBu, light to dark.
 */
export const palette = {
  blue: "#0072B2",
  vermilion: "#D55E00",
  green: "#009E73",
  purple: "#AA4B85",
  black: "#1B1B1B",
  grey: "#6B6B6B",
  light: "#E4E4E4",
} as const;

/** Five steps for ordered classes, light to dark; every fill is drawn with a dark outline. */
export const sequential: readonly string[] = ["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"];

/** What a hidden or absent value is called in a legend, and its fill. */
export const NOT_RELEASED = "non diffusé";
export const NOT_RELEASED_FILL = "#FFFFFF";

/** Quoted: a family whose word starts with a digit is not valid CSS without quotes. */
export const CHART_FONT = "'Source Sans 3'";

const numberLocale = {
  decimal: ",",
  thousands: "\u202f",
  grouping: [3],
  currency: ["", "\u00a0€"],
  percent: "\u202f%",
  minus: "\u2212",
};
const timeLocale = {
  dateTime: "%A %e %B %Y à %X",
  date: "%d/%m/%Y",
  time: "%H:%M:%S",
  periods: ["", ""],
  days: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
  shortDays: ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."],
  months: frenchMonths,
  shortMonths: ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
};

/** Vega-Lite configuration shared by all charts. */
export const chartConfig: Readonly<Record<string, unknown>> = {
  font: CHART_FONT,
  background: "white",
  view: { stroke: null },
  axis: {
    labelFlush: false,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "normal",
    labelColor: "#333333",
    titleColor: "#333333",
    gridColor: "#E4E4E4",
    domainColor: "#8A8A8A",
    tickColor: "#8A8A8A",
    labelLimit: 320,
  },
  legend: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "normal",
    labelLimit: 260,
    titleLimit: 520,
    symbolStrokeColor: "#444444",
  },
  header: { labelFontSize: 12, titleFontSize: 12 },
  text: { fontSize: 12, color: "#333333" },
  range: { category: [palette.blue, palette.vermilion, palette.green, palette.purple, palette.black] },
  mark: { color: palette.blue },
  locale: { number: numberLocale, time: timeLocale },
};

const schema = "https://vega.github.io/schema/vega-lite/v6.json";

/** The words that mark invented data on a drawing. */
export const SYNTHETIC_STAMP = "SYNTHÉTIQUE\u00a0: données inventées, territoire imaginaire";

/** Completes a specification: schema, configuration and, on invented data, the stamp under the drawing. */
export function finishSpec(
  body: Readonly<Record<string, unknown>>,
  { synthetic }: { readonly synthetic: boolean },
): Readonly<Record<string, unknown>> {
  const stamp = synthetic
    ? {
        title: {
          text: SYNTHETIC_STAMP,
          orient: "bottom",
          anchor: "end",
          fontSize: 11,
          fontWeight: 600,
          color: "#A33B00",
          offset: 8,
        },
      }
    : {};
  return { $schema: schema, ...stamp, config: chartConfig, ...body };
}
