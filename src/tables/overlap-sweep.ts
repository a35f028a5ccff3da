import type { Shape } from "../codes/shape.ts";
import type { Window } from "./overlap-trapezoids.ts";

interface Edge {
  readonly west: number;
  readonly atWest: number;
  readonly east: number;
  readonly slope: number;
  readonly shape: number;
  /** Number of the polygon, over all shapes. */
  readonly polygon: number;
}

/**
 * Area common to any number of shapes, in the window that holds what they have in common, whatever their rings do: even-odd rule on each polygon, a shape
 * holds what one of its polygons holds. The window is cut into upright bands at each vertex and each crossing; in a band edges do not
 * cross, and are read from south to north. Never fails; O(edges² + bands x edges), for the shapes that are not sound and for three shapes at once.
 */
export function commonArea(shapes: readonly Shape[], { minX, minY, maxX }: Window): number {
  const edges = edgesOf(shapes, minX, minY).filter(({ west, east }) => east > 0 && west < maxX - minX);
  const stops = new Set([0, maxX - minX]);
  const stopAt = (x: number): unknown => x > 0 && x < maxX - minX && stops.add(x);
  edges.forEach((a, i) => {
    stopAt(a.west);
    stopAt(a.east);
    for (let j = i + 1; j < edges.length; j++) {
      const b = edges[j] as Edge;
      const [from, to] = [Math.max(a.west, b.west), Math.min(a.east, b.east)];
      if (from >= to || a.slope === b.slope) continue;
      const gap = heightAt(a, from) - heightAt(b, from);
      const x = from + gap / (b.slope - a.slope);
      if (x > from && x < to) stopAt(x);
    }
  });
  const sorted = [...stops].sort((a, b) => a - b);
  let area = 0;
  for (let i = 1; i < sorted.length; i++) {
    const [from, to] = [sorted[i - 1] as number, sorted[i] as number];
    area += (to - from) * commonLength(edges, (from + to) / 2, shapes.length);
  }
  return area;
}

/** Length common to all shapes on an upright line. */
function commonLength(edges: readonly Edge[], x: number, shapes: number): number {
  const crossed = edges
    .filter(({ west, east }) => west < x && x < east)
    .map((edge) => ({ edge, y: heightAt(edge, x) }));
  crossed.sort((a, b) => a.y - b.y);
  const insidePolygons = new Set<number>();
  const depth = new Array<number>(shapes).fill(0);
  let [length, shapesHere, before] = [0, 0, 0];
  for (const { edge, y } of crossed) {
    if (shapesHere === shapes) length += y - before;
    before = y;
    const step = insidePolygons.delete(edge.polygon) ? -1 : 1;
    if (step > 0) insidePolygons.add(edge.polygon);
    const now = (depth[edge.shape] ?? 0) + step;
    depth[edge.shape] = now;
    if (step > 0 && now === 1) shapesHere++;
    if (step < 0 && now === 0) shapesHere--;
  }
  return length;
}

const heightAt = ({ west, atWest, slope }: Edge, x: number): number => atWest + slope * (x - west);

function edgesOf(shapes: readonly Shape[], minX: number, minY: number): Edge[] {
  const edges: Edge[] = [];
  let polygon = 0;
  shapes.forEach(({ polygons }, shape) => {
    for (const rings of polygons) {
      polygon++;
      for (const ring of rings) {
        for (let i = 0, before = ring.length - 2; i < ring.length; before = i, i += 2) {
          const [ax, ay, bx, by] = [ring[before] - minX, ring[before + 1] - minY, ring[i] - minX, ring[i + 1] - minY];
          if (ax === bx) continue;
          const slope = (by - ay) / (bx - ax);
          edges.push(
            ax < bx
              ? { west: ax, atWest: ay, east: bx, slope, shape, polygon }
              : { west: bx, atWest: by, east: ax, slope, shape, polygon },
          );
        }
      }
    }
  });
  return edges;
}
