import { boxesAt, type Layer, wordsAt } from "./pixel-marks.ts";

const room = 92;
const step = 20;

/**
 * Bars of the inertia gained by each class more: the k-th highest merge of the tree is what is gained by going from k to k + 1 classes. Dark up to the number kept.
 */
export function gainBars(
  heights: readonly number[],
  {
    left,
    kept,
    most,
    write,
  }: {
    readonly left: number;
    readonly kept: number;
    readonly most: number;
    readonly write: (value: number) => string;
  },
): readonly Layer[] {
  const gains = heights.toSorted((a, b) => b - a).slice(0, most);
  const longest = Math.max(...gains, 1e-12);
  const start = left + 22;
  const y = (k: number): number => 26 + k * step;
  const bars = (keep: (k: number) => boolean, fill: string): Layer =>
    boxesAt(
      gains
        .map((gain, k) => ({ x: start, x2: start + (gain / longest) * room, y: y(k) - 6, y2: y(k) + 6, k }))
        .filter(({ k }) => keep(k))
        .map(({ x, x2, y: top, y2 }) => ({ x, x2, y: top, y2 })),
      { fill, stroke: "#555555", strokeWidth: 0.4 },
    );
  return [
    wordsAt([{ x: left, y: -4, label: "Gain d’inertie\npar classe de plus" }], { weight: 600, size: 11.5 }),
    bars((k) => k + 2 <= kept, "#333333"),
    bars((k) => k + 2 > kept, "#C9C9C9"),
    wordsAt(
      gains.map((_, k) => ({ x: start - 6, y: y(k), label: String(k + 2) })),
      { align: "right", size: 11.5 },
    ),
    wordsAt(
      gains.map((gain, k) => ({ x: start + (gain / longest) * room + 5, y: y(k), label: write(gain) })),
      { size: 11 },
    ),
  ];
}
