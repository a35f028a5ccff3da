/**
 * Where labels stand on one line so that none covers another, each as near as possible to where it wants to be (least squares): isotonic regression by
 * pooling neighbours (Ayer et al. 1955; the order of the wishes is kept, ties keep the order given). Labels that do not all fit between the
 * bounds start at the lower one and pass the upper one. O(n log n).
 *
 * @param wanted wished centres
 * @param sizes length of each label along the line, same unit
 * @returns the centres, in the order given
 * @example
 * ```ts
 * spreadLabels([10, 12, 50], [10, 10, 10], { low: 0, high: 100 }) // [6, 16, 50]
 * ```
 */
export function spreadLabels(
  wanted: readonly number[],
  sizes: readonly number[],
  { low, high }: { readonly low: number; readonly high: number },
): readonly number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const halfway: number[] = [];
  let total = 0;
  for (const i of order) {
    halfway.push(total + sizes[i] / 2);
    total += sizes[i];
  }
  // Without the lengths, "no overlap" is "not decreasing".
  const blocks: { sum: number; count: number }[] = [];
  for (const [k, i] of order.entries()) {
    blocks.push({ sum: wanted[i] - halfway[k], count: 1 });
    for (
      let last = blocks.at(-1), before = blocks.at(-2);
      last && before;
      last = blocks.at(-1), before = blocks.at(-2)
    ) {
      if (before.sum / before.count <= last.sum / last.count) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  }
  const starts = blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count));
  const latest = Math.max(low, high - total);
  const places = new Array<number>(wanted.length);
  for (const [k, i] of order.entries()) places[i] = Math.min(latest, Math.max(low, starts[k])) + halfway[k];
  return places;
}

/** A rectangle of the page, in pixels, y downwards. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PointLabel {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a point's label stands: its middle left end, and the side of the point it is on. */
export interface PlacedLabel {
  readonly left: number;
  readonly middle: number;
}

/**
 * Labels of points, in the order given (the most important first): each takes the first of twelve places round its point (right, left, above, below, corners;
 * Imhof 1975) that covers no label already placed, no other point and does not leave the frame; when all are taken, the one that covers least. O(n²).
 */
export function placeLabels(
  labels: readonly PointLabel[],
  frame: Box,
  { radius = 6, avoid = [] }: { readonly radius?: number; readonly avoid?: readonly Box[] } = {},
): readonly PlacedLabel[] {
  const taken: Box[] = [...avoid];
  const points = labels.map(
    ({ x, y }): Box => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }),
  );
  return labels.map(({ x, y, width, height }, own) => {
    const away = radius + 3;
    const [right, left, centre] = [x + away, x - away - width, x - width / 2];
    const [above, below] = [y - away - height / 2, y + away + height / 2];
    const places = [
      [right, y],
      [left, y],
      [centre, above],
      [centre, below],
      [right, above + 4],
      [left, above + 4],
      [right, below - 4],
      [left, below - 4],
      [x - radius, below],
      [x + radius - width, below],
      [x - radius, above],
      [x + radius - width, above],
    ] as const;
    let best: { readonly box: Box; readonly cost: number } | null = null;
    for (const [start, middle] of places) {
      const box = { left: start, right: start + width, top: middle - height / 2, bottom: middle + height / 2 };
      let cost = outside(box, frame) * 4;
      for (const other of taken) cost += covered(box, other);
      for (const [i, other] of points.entries()) if (i !== own) cost += covered(box, other);
      if (!best || cost < best.cost) best = { box, cost };
      if (cost === 0) break;
    }
    const { left: start = 0, top = 0, bottom = 0 } = best?.box ?? {};
    if (best) taken.push(best.box);
    return { left: start, middle: (top + bottom) / 2 };
  });
}

const covered = (a: Box, b: Box): number =>
  Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) *
  Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

const outside = (box: Box, frame: Box): number => (box.right - box.left) * (box.bottom - box.top) - covered(box, frame);
