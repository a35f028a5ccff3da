import type { Box, PointLabel } from "./label-places.ts";

export interface LedLabel extends PointLabel {
  /** Radius of the point, pixels. */
  readonly radius: number;
}

/** Where a label stands (its middle left end), and the thin line that leads to it when it had to go away from its point. */
export interface LedPlace {
  readonly left: number;
  readonly middle: number;
  readonly leader: Segment | null;
}

export interface Segment {
  readonly x: number;
  readonly y: number;
  readonly x2: number;
  readonly y2: number;
}

/** Pixels between a point and its label, from near to far; beyond `near` a line leads to the label. */
const distances = [2, 7, 13, 21, 31, 43, 57, 73, 92, 115, 140];
const near = 7;
/** Right, left, above, below, then the corners (Imhof 1975), then between. Radians, y downwards. */
const angles = [0, 4, -2, 2, -1, -3, 1, 3, -0.5, 0.5, -3.5, 3.5, -1.5, 1.5, -2.5, 2.5].map(
  (eighth) => (eighth * Math.PI) / 4,
);

/** A name that found no place goes first in the next round. */
const rounds = 16;

export interface LeadOptions {
  /** Points without a label, to keep off. */
  readonly points?: readonly LedLabel[];
  /** Lines of the drawing, kept off where there is room. */
  readonly lines?: readonly Segment[];
}

/**
 * Labels of points on a crowded plane, none over another: each takes the nearest of 176 places round its point that covers nothing (a point, a label, a line that leads to
 * one), off the lines of the drawing where there is room. Labels are placed in the order given; those that find no place go first in the next round, and the round that
 * names most is kept. One that finds none in all rounds is null: the drawing leaves it to its tooltip rather than covering another. O(rounds n²).
 */
export function leadLabels(
  labels: readonly LedLabel[],
  frame: Box,
  options: LeadOptions = {},
): readonly (LedPlace | null)[] {
  let order = labels.map((_, i) => i);
  let best: { readonly places: readonly (LedPlace | null)[]; readonly left: number } | null = null;
  for (let round = 0; round < rounds; round++) {
    const places = placedInOrder(labels, order, frame, options);
    const absent = order.filter((i) => places[i] === null);
    if (!best || absent.length < best.left) best = { places, left: absent.length };
    if (absent.length === 0) break;
    order = [...absent, ...order.filter((i) => places[i] !== null)];
  }
  return best?.places ?? [];
}

function placedInOrder(
  labels: readonly LedLabel[],
  order: readonly number[],
  frame: Box,
  { points = [], lines = [] }: LeadOptions,
): readonly (LedPlace | null)[] {
  const taken: Box[] = [];
  const leaders: Segment[] = [];
  const dots = [...labels, ...points].map(
    ({ x, y, radius }): Box => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }),
  );
  const free = (box: Box, leader: Segment | null, own: number): boolean =>
    inside(box, frame) &&
    !taken.some((other) => cover(box, other) || (leader && crosses(leader, other))) &&
    !dots.some((dot, i) => cover(box, dot) || (leader && i !== own && crosses(leader, dot))) &&
    !leaders.some((other) => crosses(other, box) || (leader && meet(leader, other)));
  const onLine = (box: Box): boolean => lines.some((line) => crosses(line, box));
  const places: (LedPlace | null)[] = labels.map(() => null);
  for (const own of order) {
    const best = nearestFree(labels[own], own, { free, onLine });
    if (!best) continue;
    taken.push(best.box);
    if (best.leader) leaders.push(best.leader);
    places[own] = { left: best.box.left, middle: (best.box.top + best.box.bottom) / 2, leader: best.leader };
  }
  return places;
}

interface Candidate {
  readonly box: Box;
  readonly leader: Segment | null;
}

/** The nearest free place off the lines; beyond 31 pixels, a name on a line is read better than one far from its point. */
function nearestFree(
  label: LedLabel,
  own: number,
  {
    free,
    onLine,
  }: {
    readonly free: (box: Box, leader: Segment | null, own: number) => boolean;
    readonly onLine: (box: Box) => boolean;
  },
): Candidate | null {
  let crossing: Candidate | null = null;
  for (const distance of distances) {
    if (crossing && distance > 31) return crossing;
    for (const angle of angles) {
      const box = boxAt(label, angle, distance);
      const leader = distance > near ? leaderTo(label, box) : null;
      if (!free(box, leader, own)) continue;
      if (!onLine(box)) return { box, leader };
      crossing ??= { box, leader };
    }
  }
  return crossing;
}

function boxAt({ x, y, width, height, radius }: LedLabel, angle: number, distance: number): Box {
  const middleX = x + Math.cos(angle) * (radius + distance + width / 2);
  const middleY = y + Math.sin(angle) * (radius + distance + height / 2);
  return {
    left: middleX - width / 2,
    right: middleX + width / 2,
    top: middleY - height / 2,
    bottom: middleY + height / 2,
  };
}

/** From the edge of the point to the nearest place of the label. */
function leaderTo({ x, y, radius }: LedLabel, box: Box): Segment {
  const [x2, y2] = [Math.max(box.left, Math.min(box.right, x)), Math.max(box.top, Math.min(box.bottom, y))];
  const long = Math.hypot(x2 - x, y2 - y) || 1;
  return { x: x + ((x2 - x) / long) * radius, y: y + ((y2 - y) / long) * radius, x2, y2 };
}

const inside = (box: Box, frame: Box): boolean =>
  box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;

const cover = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const side = (ax: number, ay: number, bx: number, by: number, px: number, py: number): number =>
  Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));

/** True when two segments cross. */
const meet = (a: Segment, b: Segment): boolean =>
  side(a.x, a.y, a.x2, a.y2, b.x, b.y) !== side(a.x, a.y, a.x2, a.y2, b.x2, b.y2) &&
  side(b.x, b.y, b.x2, b.y2, a.x, a.y) !== side(b.x, b.y, b.x2, b.y2, a.x2, a.y2);

/** True when a segment passes through a box. */
function crosses(segment: Segment, box: Box): boolean {
  const within = (x: number, y: number): boolean => x > box.left && x < box.right && y > box.top && y < box.bottom;
  if (within(segment.x, segment.y) || within(segment.x2, segment.y2)) return true;
  const diagonals: readonly Segment[] = [
    { x: box.left, y: box.top, x2: box.right, y2: box.bottom },
    { x: box.left, y: box.bottom, x2: box.right, y2: box.top },
  ];
  return diagonals.some((diagonal) => meet(segment, diagonal));
}
