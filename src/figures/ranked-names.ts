import { endLabels } from "./end-labels.ts";
import { fittedNames } from "./fitted-text.ts";
import { type Layer, lineNames } from "./pixel-marks.ts";

/** How lines of a long or a short list stand. */
export interface RankedLayout {
  /** Pixels from a line to the next, and of all. */
  readonly step: number;
  readonly height: number;
  /** Room of the names, and the size of their letters. */
  readonly names: number;
  readonly size: number;
  /** False in a list too long for all names: a few are written. */
  readonly allNamed: boolean;
}

/** Of more lines than this, a few are named. */
const all = 50;
const tallest = 680;

/**
 * The layout of so many lines: spread when few, close when many, never taller than a page.
 * @example
 * ```ts
 * [10, 40, 105].map((lines) => rankedLayout(lines).allNamed) // [true, true, false]
 * ```
 */
export function rankedLayout(lines: number, room = 200): RankedLayout {
  const [step, size] = lines <= 24 ? [21, 12] : lines <= all ? [14, 11] : [Math.min(10, tallest / lines), 11];
  return { step, height: lines * step, names: room, size, allNamed: lines <= all };
}

/**
 * Names at the left of ranked lines. Of a long list, the first three, the last three, every tenth and the highlighted ones are written with their rank and led to their
 * lines; tooltips and data name all.
 */
export function rankedNames(
  names: readonly string[],
  {
    order,
    layout,
    highlight,
    isRanked,
  }: {
    /** Rows from top to bottom. */
    readonly order: readonly number[];
    readonly layout: RankedLayout;
    readonly highlight: readonly string[];
    /** False for a row without the value that ranks: its rank is not written. */
    readonly isRanked: (row: number) => boolean;
  },
): readonly Layer[] {
  const { step, height, names: room, size, allNamed } = layout;
  const cut = fittedNames(names, room - 14, size);
  const bold = (row: number): boolean => highlight.includes(names[row]);
  const lines = order.map((row, k) => ({ row, k, y: (k + 0.5) * step }));
  if (allNamed)
    return lineNames(
      lines.map(({ row, y }) => ({ y, lines: [cut[row]], bold: bold(row) })),
      { size },
    );
  const named = lines.filter(({ row, k }) => k < 3 || k >= lines.length - 3 || (k + 1) % 10 === 0 || bold(row));
  return endLabels(
    named.map(({ row, k, y }) => ({
      text: isRanked(row) ? `${cut[row]} (${k + 1})` : cut[row],
      end: { x: 0, y },
      colour: "#8A8A8A",
      ink: "#333333",
      bold: bold(row),
    })),
    { x: -18, height, room: room + 30, size, align: "right" },
  );
}
