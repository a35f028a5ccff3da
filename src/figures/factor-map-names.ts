import { type LedLabel, leadLabels, type Segment } from "./leader-labels.ts";
import { type Layer, linesAt, wordsAt } from "./pixel-marks.ts";
import type { PlaneFrame } from "./plane-frame.ts";
import { roughWidth, wrapWords } from "./text-room.ts";

/** A point of a factor map on the page. An empty name leaves it unnamed on purpose. */
export interface NamedPoint {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly name: string;
  readonly ink: string;
  readonly active: boolean;
}

const size = 11.5;
const lineHeight = 14;
const widest = 118;
const largestRadius = 10;

/** Radius of a point whose area is in proportion to its value, never too small to be seen. */
export const radiusOf = (value: number, largest: number): number =>
  largest > 0 && Number.isFinite(value) ? Math.max(2.2, largestRadius * Math.sqrt(Math.max(0, value) / largest)) : 2.2;

/**
 * Names of the points, none over another: supplementary ones first since they are what is looked for, then the active ones by size. `left` counts
 * those that found no place.
 */
export function factorNames(
  points: readonly NamedPoint[],
  { width, height, toPage }: PlaneFrame,
  keepOff: readonly Segment[],
): { readonly layers: readonly Layer[]; readonly left: number } {
  const order = points
    .filter(({ name }) => name !== "")
    .sort((a, b) => Number(a.active) - Number(b.active) || b.radius - a.radius);
  const lines = order.map(({ name }) => wrapWords(name, widest, size));
  const labels = order.map(
    ({ x, y, radius }, i): LedLabel => ({
      x,
      y,
      radius: radius + 0.5,
      width: Math.max(...lines[i].map((line) => roughWidth(line, size))) * 1.05,
      height: lines[i].length * lineHeight - 1,
    }),
  );
  const others = points
    .filter(({ name }) => name === "")
    .map(({ x, y, radius }): LedLabel => ({ x, y, radius, width: 0, height: 0 }));
  const [zeroX, zeroY] = toPage(0, 0);
  const axes = [
    { x: zeroX, y: 0, x2: zeroX, y2: height },
    { x: 0, y: zeroY, x2: width, y2: zeroY },
  ];
  const places = leadLabels(
    labels,
    { left: 2, right: width - 2, top: 2, bottom: height - 16 },
    { points: others, lines: [...axes, ...keepOff] },
  );
  const leaders = places.flatMap((place) => (place?.leader ? [place.leader] : []));
  const inks = [...new Set(order.map(({ ink, active }) => `${ink}${active ? "" : " "}`))];
  const words = inks.map((key) => {
    const own = order.flatMap((point, i) => {
      const place = places[i];
      if (!place || `${point.ink}${point.active ? "" : " "}` !== key) return [];
      return [{ x: place.left, y: place.middle, label: lines[i].join("\n") }];
    });
    return wordsAt(own, { size, colour: key.trim(), italic: key.endsWith(" ") });
  });
  return {
    layers: [...(leaders.length > 0 ? [linesAt(leaders, { color: "#9A9A9A", strokeWidth: 0.7 })] : []), ...words],
    left: places.filter((place) => place === null).length,
  };
}
