/** An upright rectangle. */
export interface Window {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/**
 * Area common to two sound shapes within a window, from their signed edges (see `MeasuredShape`). Each shape is a signed sum of the strips that go
 * from the bottom of the window up to each edge, so that the common area is a signed sum over pairs of edges of the area common to two strips: the
 * integral of the smaller of two straight lines. No crossing is looked for, so that nothing can go wrong on shared edges and vertices.
 * O(edges of one x edges of the other in the window).
 */
export function overlapOfEdges(a: Float64Array, b: Float64Array, window: Window): number {
  const first = clipped(a, window);
  const second = a === b ? first : clipped(b, window);
  let area = 0;
  for (let i = 0; i < first.length; i += 5) {
    const west = first[i];
    const east = first[i + 2];
    const slope = (first[i + 3] - first[i + 1]) / (east - west);
    let strip = 0;
    for (let j = 0; j < second.length && second[j] < east; j += 5) {
      if (second[j + 2] <= west) continue;
      const from = Math.max(west, second[j]);
      const to = Math.min(east, second[j + 2]);
      const otherSlope = (second[j + 3] - second[j + 1]) / (second[j + 2] - second[j]);
      const a0 = first[i + 1] + slope * (from - west);
      const a1 = first[i + 1] + slope * (to - west);
      const b0 = second[j + 1] + otherSlope * (from - second[j]);
      const b1 = second[j + 1] + otherSlope * (to - second[j]);
      strip += second[j + 4] * (to - from) * meanOfSmaller(a0, a1, b0, b1);
    }
    area += first[i + 4] * strip;
  }
  return area;
}

/** Area of a sound shape within a window: the overlap with an upright rectangle. O(edges). */
export function areaInWindow(edges: Float64Array, window: Window): number {
  const strips = clipped(edges, window);
  let area = 0;
  for (let i = 0; i < strips.length; i += 5)
    area += (strips[i + 4] * (strips[i + 2] - strips[i]) * (strips[i + 1] + strips[i + 3])) / 2;
  return area;
}

/** Mean, over an interval, of the smaller of two straight lines given by their values at both ends. */
function meanOfSmaller(a0: number, a1: number, b0: number, b1: number): number {
  const d0 = a0 - b0;
  const d1 = a1 - b1;
  if (d0 <= 0 && d1 <= 0) return (a0 + a1) / 2;
  if (d0 >= 0 && d1 >= 0) return (b0 + b1) / 2;
  const t = d0 / (d0 - d1);
  const crossing = a0 + t * (a1 - a0);
  return ((Math.min(a0, b0) + crossing) * t + (crossing + Math.min(a1, b1)) * (1 - t)) / 2;
}

/** The edges within the window, measured from its south-west corner: cut at its sides, dropped under it, laid flat on its top above it. Sorted by west end. */
function clipped(edges: Float64Array, { minX, minY, maxX, maxY }: Window): Float64Array {
  const [width, height] = [maxX - minX, maxY - minY];
  const pieces: number[] = [];
  let sorted = true;
  const add = (x0: number, y0: number, x1: number, y1: number, sign: number): void => {
    if (!(x1 > x0)) return;
    if (pieces.length > 0 && x0 < (pieces[pieces.length - 5] as number)) sorted = false;
    pieces.push(x0, y0, x1, y1, sign);
  };
  for (let i = 0; i < edges.length; i += 5) {
    const [west, east] = [edges[i] - minX, edges[i + 2] - minX];
    if (west >= width) break;
    if (east <= 0) continue;
    const [atWest, atEast, sign] = [edges[i + 1] - minY, edges[i + 3] - minY, edges[i + 4]];
    if (atWest <= 0 && atEast <= 0) continue;
    const slope = (atEast - atWest) / (east - west);
    const x0 = Math.max(0, west);
    const x1 = Math.min(width, east);
    const y0 = west < 0 ? atWest - slope * west : atWest;
    const y1 = east > width ? atEast - slope * (east - width) : atEast;
    if (y0 >= height && y1 >= height) {
      add(x0, height, x1, height, sign);
      continue;
    }
    // Where the edge meets the bottom and the top of the window, in the order of x.
    const meet = (level: number): number => Math.min(x1, Math.max(x0, x0 + (level - y0) / slope));
    const bottom = y0 < 0 !== y1 < 0 ? meet(0) : null;
    const top = y0 > height !== y1 > height ? meet(height) : null;
    let [x, y] = [x0, y0];
    const stops = [bottom, top].filter((stop) => stop !== null).sort((p, q) => p - q);
    for (const stop of [...stops, x1]) {
      const end = stop === x1 ? y1 : stop === top ? height : 0;
      const middle = (y + end) / 2;
      if (middle >= height) add(x, height, stop, height, sign);
      else if (middle > 0) add(x, Math.max(0, Math.min(height, y)), stop, Math.max(0, Math.min(height, end)), sign);
      [x, y] = [stop, end];
    }
  }
  if (sorted) return Float64Array.from(pieces);
  const order = Array.from({ length: pieces.length / 5 }, (_, i) => 5 * i);
  order.sort((p, q) => (pieces[p] as number) - (pieces[q] as number));
  return Float64Array.from(order.flatMap((at) => pieces.slice(at, at + 5)));
}
