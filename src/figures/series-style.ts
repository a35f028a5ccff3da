import { QuartiersError } from "../codes/errors.ts";
import { palette } from "./theme.ts";

/** How one series is told from the others: colour, and for whom colour does not tell, dashes and shape. */
export interface SeriesStyle {
  readonly name: string;
  readonly colour: string;
  /** The same hue, dark enough for text (4.5:1 on white, WCAG 1.4.3). */
  readonly ink: string;
  readonly dash: readonly number[];
  readonly shape: string;
}

const colours = [palette.blue, palette.vermilion, palette.green, palette.purple, palette.black, palette.grey];
const inks = ["#005A8D", "#9C4400", "#006B4E", "#86396A", palette.black, "#555555"];
const dashes: readonly (readonly number[])[] = [
  [1, 0],
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
  [4, 2],
  [12, 3],
];
const shapes = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"];

/** The styles of up to six series, in order; more cannot be told apart, and are refused. */
export function seriesStyles(names: readonly string[], id: string): readonly SeriesStyle[] {
  if (names.length > colours.length) {
    throw new QuartiersError({
      what: `La figure « ${id} » a trop de séries pour être lue`,
      value: `${names.length} séries`,
      expected: `${colours.length} séries au plus`,
      remedy: "regrouper des séries, ou faire plusieurs figures",
    });
  }
  return names.map((name, i) => ({ name, colour: colours[i], ink: inks[i], dash: dashes[i], shape: shapes[i] }));
}

/** Colour of a series' marks; without legend, because each is named where it is drawn. */
export const seriesColour = (field: string, styles: readonly SeriesStyle[]): Record<string, unknown> => ({
  field,
  type: "nominal",
  scale: { domain: styles.map(({ name }) => name), range: styles.map(({ colour }) => colour) },
  legend: null,
});

export const seriesDash = (field: string, styles: readonly SeriesStyle[]): Record<string, unknown> => ({
  field,
  type: "nominal",
  scale: { domain: styles.map(({ name }) => name), range: styles.map(({ dash }) => dash) },
  legend: null,
});

export const seriesShape = (field: string, styles: readonly SeriesStyle[]): Record<string, unknown> => ({
  field,
  type: "nominal",
  scale: { domain: styles.map(({ name }) => name), range: styles.map(({ shape }) => shape) },
  legend: null,
});
