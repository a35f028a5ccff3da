import { textWidth } from "../../src/notebook/vega-svg.ts";

/** Texts with the width that the book's renderer gives them at 12 px. */
export const renderedWidths = (texts: readonly string[]): readonly (readonly [string, number])[] =>
  texts.map((text) => [text, textWidth(text, { size: 12 })]);
