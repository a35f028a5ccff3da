import { frenchNumber } from "../codes/french.ts";
import { pixel } from "./end-labels.ts";
import { dotsAt, type KeyEntry, keyAbove, type Layer, linesAt } from "./pixel-marks.ts";
import type { SeriesStyle } from "./series-style.ts";

export interface FactorKeyOptions {
  /** Column of the blocks, and their styles. */
  readonly block: string;
  readonly styles: readonly SeriesStyle[];
  readonly width: number;
  /** What the area of an active point is: "contribution". */
  readonly size: string;
  readonly supplementary: boolean;
  readonly joined: boolean;
  /** Level of the ellipses (0.95), null without. */
  readonly ellipse: number | null;
  readonly linked: boolean;
}

/** What the hollow diamond of a supplementary category looks like, but for its colour. */
export const diamond = { shape: "diamond", size: 62, fill: "white", strokeWidth: 1.7 } as const;

/** The key of a factor map: the blocks by their colours (which a click chooses, when linked), then the marks. */
export function factorKey(options: FactorKeyOptions): readonly Layer[] {
  const { block, styles, width, size, supplementary, joined, ellipse, linked } = options;
  const grey = "#6B6B6B";
  const places: Record<string, string | number>[] = [];
  const entries: KeyEntry[] = styles.map(({ name }) => ({
    label: name,
    sign: (x, y) => {
      places.push({ x, y, [block]: name });
      return [];
    },
  }));
  entries.push({
    label: `active (aire\u00a0: ${size})`,
    sign: (x, y) => [dotsAt([{ x, y }], { color: grey, size: 100 })],
  });
  if (supplementary)
    entries.push({ label: "supplémentaire", sign: (x, y) => [dotsAt([{ x, y }], { ...diamond, stroke: grey })] });
  if (joined)
    entries.push({
      label: "niveaux ordonnés",
      sign: (x, y) => [linesAt([{ x: x - 11, y, x2: x + 11, y2: y }], { color: grey, strokeWidth: 1 })],
    });
  if (ellipse !== null)
    entries.push({
      label: `ellipse de confiance à ${frenchNumber(ellipse * 100, { unit: "%" })}`,
      sign: (x, y) => [dotsAt([{ x, y }], { fill: "#F0F0F0", stroke: grey, strokeWidth: 1, size: 190 })],
    });
  const layers = keyAbove(entries, { left: 0, width, bottom: -16 });
  return [
    {
      data: { values: places },
      ...(linked ? { name: "key", params: [clickParam("bloc", block)] } : {}),
      mark: { type: "point", shape: "square", filled: true, opacity: 1, size: 120 },
      encoding: { x: pixel("x"), y: pixel("y"), fill: blockColour(block, styles) },
    },
    ...layers,
  ];
}

/** Marks that a click may choose by: the key a block, a point its variable. */
const clicked = { bloc: "@key_marks:click", variable: "@active_marks:click, @supplementary_marks:click" } as const;

/** A choice by click on the site; one of the other kind, or a double click, undoes it. */
export const clickParam = (name: keyof typeof clicked, field: string): Layer => ({
  name,
  select: {
    type: "point",
    fields: [field],
    on: clicked[name],
    clear: `dblclick, ${clicked[name === "bloc" ? "variable" : "bloc"]}`,
  },
});

/** Colour of a block, without legend: the key has it. */
export const blockColour = (field: string, styles: readonly SeriesStyle[]): Layer => ({
  field,
  type: "nominal",
  scale: { domain: styles.map(({ name }) => name), range: styles.map(({ colour }) => colour) },
  legend: null,
});
