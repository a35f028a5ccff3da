import { spreadLabels } from "./label-places.ts";
import { wrapWords } from "./text-room.ts";

/** A name written at the end of its line. */
export interface EndLabel {
  readonly text: string;
  /** Where the line ends, in pixels of the plot. null for a line that has no value: its name stands under the others. */
  readonly end: { readonly x: number; readonly y: number } | null;
  readonly colour: string;
  /** Colour of the name; dark enough for text. */
  readonly ink: string;
  readonly bold?: boolean;
  /** Dashes of the line, as they are drawn; for `samples`. */
  readonly dash?: readonly number[];
}

export interface EndLabelOptions {
  /** Left edge of the names (or their right edge when `align` is "right"). */
  readonly x: number;
  readonly height: number;
  readonly room?: number;
  readonly size?: number;
  readonly align?: "left" | "right";
  /** A piece of each line before its name instead of a thin line to its end: for ends that meet, where thin lines would all start from one point. */
  readonly samples?: boolean;
}

/** True when two lines end so near that names beside them could not be told apart. */
export const endsMeet = (labels: readonly EndLabel[], lineHeight = 15): boolean => {
  const ends = labels.flatMap(({ end }) => (end ? [end] : []));
  return ends.some((one, i) =>
    ends.slice(i + 1).some((other) => Math.abs(one.y - other.y) < lineHeight && Math.abs(one.x - other.x) < lineHeight),
  );
};

const sampleLength = 26;

/**
 * Layers that name lines where they end, instead of a legend that readers would have to match: names never cover each other, and a thin line leads to a
 * name that had to move. Positions are pixels of the page; no value is carried.
 */
export function endLabels(labels: readonly EndLabel[], options: EndLabelOptions): readonly Record<string, unknown>[] {
  const { x, height, room = 160, size = 12, align = "left", samples = false } = options;
  const lines = labels.map(({ text }) => text.split("\n").flatMap((part) => wrapWords(part, room, size)));
  const lineHeight = Math.ceil(size * 1.2);
  const sizes = lines.map(({ length }) => length * lineHeight + 2);
  const low = -lineHeight / 2;
  const wanted = labels.map(({ end }) => end?.y ?? height * 2);
  const places = spreadLabels(wanted, sizes, { low, high: height + lineHeight });
  const towards = align === "left" ? -1 : 1;
  const shift = samples ? (sampleLength + 6) * -towards : 0;
  return labels.flatMap(({ end, colour, ink, bold = false, dash = [1, 0] }, i): readonly Record<string, unknown>[] => {
    const sample = {
      data: { values: [{ x, x2: x - sampleLength * towards, y: places[i] }].map(tidyRow) },
      mark: { type: "rule", color: colour, strokeWidth: 2.2, strokeDash: dash },
      encoding: { x: pixel("x"), y: pixel("y"), x2: { field: "x2" } },
    };
    const moved = end !== null && (Math.abs(places[i] - end.y) > 4 || Math.abs(x - end.x) > 12);
    const leader = {
      data: { values: [{ x: end?.x ?? 0, y: end?.y ?? 0, x2: x + 2 * towards, y2: places[i] }].map(tidyRow) },
      // Dotted when long, so that nobody reads it as the line going on.
      mark: {
        type: "rule",
        color: colour,
        strokeWidth: 0.8,
        ...(Math.abs(x - (end?.x ?? x)) > 30 ? { strokeDash: [1, 3] } : {}),
      },
      encoding: { x: pixel("x"), y: pixel("y"), x2: { field: "x2" }, y2: { field: "y2" } },
    };
    const name = {
      data: { values: [{ x: x + shift, y: places[i], label: lines[i].join("\n") }].map(tidyRow) },
      mark: {
        type: "text",
        align,
        baseline: "middle",
        lineBreak: "\n",
        lineHeight,
        fontSize: size,
        fontWeight: bold ? 600 : 400,
        ...(end === null ? { fontStyle: "italic" } : {}),
        dy: (-(lines[i].length - 1) * lineHeight) / 2,
        color: ink,
      },
      encoding: { x: pixel("x"), y: pixel("y"), text: { field: "label", type: "nominal" } },
    };
    if (samples) return end ? [sample, name] : [name];
    return moved ? [leader, name] : [name];
  });
}

/** A field that already holds pixels. */
export const pixel = (field: string): Record<string, unknown> => ({
  field,
  type: "quantitative",
  scale: null,
  axis: null,
});

/** Numbers to a hundredth of a pixel, so that files are small and the same everywhere. */
export function tidyRow<Row extends Readonly<Record<string, string | number>>>(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === "number" ? Math.round(value * 100) / 100 : value,
    ]),
  ) as Row;
}
