import type { Released } from "../protection/released.ts";
import { type Figure, type FigureOptions, figure } from "./figure.ts";

/** A table to print: the named columns of a released table, in order. It carries the same words as a chart (champ, lecture, source...). */
export function dataTable(data: Released, options: Omit<FigureOptions, "data" | "spec">): Figure {
  return figure({ ...options, data });
}
