import { pixel, tidyRow } from "./end-labels.ts";
import { roughWidth } from "./text-room.ts";

/** A layer of a Vega-Lite specification. */
export type Layer = Readonly<Record<string, unknown>>;

export interface WordStyle {
  readonly align?: "left" | "center" | "right";
  readonly weight?: 400 | 600;
  readonly size?: number;
  readonly colour?: string;
  readonly italic?: boolean;
}

/** Words on the page, at pixels of the plot: a key, a heading, a note. They carry no value; a line break ("\n") makes several lines about the middle. */
export function wordsAt(
  places: readonly { readonly x: number; readonly y: number; readonly label: string }[],
  { align = "left", weight = 400, size = 12, colour = "#333333", italic = false }: WordStyle = {},
): Layer {
  const lineHeight = Math.round(size * 1.2);
  return {
    data: {
      values: places.map(({ x, y, label }) =>
        tidyRow({ x, y: y - ((label.split("\n").length - 1) * lineHeight) / 2, label }),
      ),
    },
    mark: {
      type: "text",
      align,
      baseline: "middle",
      lineBreak: "\n",
      lineHeight,
      fontSize: size,
      fontWeight: weight,
      color: colour,
      ...(italic ? { fontStyle: "italic" } : {}),
    },
    encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
  };
}

/** Straight lines on the page, at pixels of the plot. */
export function linesAt(
  lines: readonly { readonly x: number; readonly y: number; readonly x2: number; readonly y2: number }[],
  mark: Readonly<Record<string, unknown>>,
): Layer {
  return {
    data: { values: lines.map(tidyRow) },
    mark: { type: "rule", ...mark },
    encoding: { x: pixel("x"), y: pixel("y"), x2: { field: "x2" }, y2: { field: "y2" } },
  };
}

/** Rectangles on the page, at pixels of the plot. */
export function boxesAt(
  boxes: readonly { readonly x: number; readonly y: number; readonly x2: number; readonly y2: number }[],
  mark: Readonly<Record<string, unknown>>,
): Layer {
  return {
    data: { values: boxes.map(tidyRow) },
    mark: { type: "rect", ...mark },
    encoding: { x: pixel("x"), x2: { field: "x2" }, y: pixel("y"), y2: { field: "y2" } },
  };
}

/** Points on the page, at pixels of the plot. */
export function dotsAt(
  dots: readonly { readonly x: number; readonly y: number }[],
  mark: Readonly<Record<string, unknown>>,
): Layer {
  return {
    data: { values: dots.map(({ x, y }) => tidyRow({ x, y })) },
    mark: { type: "point", filled: true, opacity: 1, ...mark },
    encoding: { x: pixel("x"), y: pixel("y") },
  };
}

/** One entry of a key: what a mark means. `sign` is drawn in the middle of a room of `keySign` pixels. */
export interface KeyEntry {
  readonly label: string;
  readonly sign: (x: number, y: number) => readonly Layer[];
}

/** Width of the sign of a key's entry, in pixels. */
export const keySign = 22;
const keyLine = 17;

/**
 * A key above a plot, entries one after the other on as many lines as they need, the last line at `bottom` (pixels, negative above the plot).
 * The words stand beside the marks they explain, so that none is told by colour alone.
 */
export function keyAbove(
  entries: readonly KeyEntry[],
  { left, width, bottom }: { readonly left: number; readonly width: number; readonly bottom: number },
): readonly Layer[] {
  const lines: KeyEntry[][] = [];
  let room = -1;
  for (const entry of entries) {
    const own = entryWidth(entry);
    if (room < own) {
      lines.push([]);
      room = width;
    }
    lines.at(-1)?.push(entry);
    room -= own;
  }
  return lines.flatMap((line, k) => {
    const y = bottom - (lines.length - 1 - k) * keyLine;
    let x = left;
    return line.flatMap((entry) => {
      const start = x;
      x += entryWidth(entry);
      return [...entry.sign(start + keySign / 2, y), wordsAt([{ x: start + keySign + 5, y, label: entry.label }])];
    });
  });
}

const entryWidth = ({ label }: KeyEntry): number => keySign + 5 + roughWidth(label, 12) * 1.04 + 18;

/** Names at the left of their lines, broken where they are too long: places are the middles of the lines. */
export const lineNames = (
  places: readonly { readonly y: number; readonly lines: readonly string[]; readonly bold?: boolean }[],
  { x = -10, size = 12 }: { readonly x?: number; readonly size?: number } = {},
): readonly Layer[] =>
  ([600, 400] as const).flatMap((weight) => {
    const own = places.filter(({ bold = false }) => bold === (weight === 600));
    if (own.length === 0) return [];
    return [
      wordsAt(
        own.map(({ y, lines }) => ({ x, y, label: lines.join("\n") })),
        { align: "right", weight, size },
      ),
    ];
  });
