import { checkDrawnData } from "../../src/book/drawn-data.ts";
import { type Drawing, drawInBook } from "../../src/book/figure-svg.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { type BundledFigure, FIGURE_MIME, type Sealed } from "../../src/notebook/bundle.ts";
import { displaySymbol, show } from "../../src/notebook/display.ts";

/** A figure as the book receives it, after the book's own check of what is drawn. */
export async function bundled(figure: Figure): Promise<BundledFigure> {
  const bundle = await show(figure)[displaySymbol]();
  const { content } = bundle[FIGURE_MIME] as Sealed<BundledFigure>;
  const travelled = JSON.parse(JSON.stringify(content)) as BundledFigure;
  checkDrawnData(travelled, "essai");
  return travelled;
}

/** Its drawing, by the renderer of the book. */
export const drawn = (figure: BundledFigure): Promise<Drawing> => drawInBook(figure);
