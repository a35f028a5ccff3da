import type { NamedOutline } from "./isochrone-map.ts";
import { type LedLabel, leadLabels } from "./leader-labels.ts";
import { linesOnPage, type MapFrame } from "./map-frame.ts";
import { type Layer, linesAt, wordsAt } from "./pixel-marks.ts";
import { roughWidth, wrapWords } from "./text-room.ts";

const size = 12;

/** Names of outlines beside them, off the facilities and off each other. */
export function neighbourhoodNames(
  frame: MapFrame,
  outlines: readonly NamedOutline[],
  facilities: readonly { readonly x: number; readonly y: number }[],
): readonly Layer[] {
  const lines = outlines.map(({ name }) => wrapWords(name, 120, size));
  const labels = outlines.map(({ shape }, i): LedLabel => {
    const points = shape.polygons.flatMap((rings) => linesOnPage(frame, rings.slice(0, 1))).flat();
    const [xs, ys] = [points.map(([x = 0]) => x), points.map(([, y = 0]) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    return {
      x: (left + right) / 2,
      y: (top + bottom) / 2,
      radius: Math.min(40, Math.max(right - left, bottom - top) / 2),
      width: Math.max(...lines[i].map((line) => roughWidth(line, size))) * 1.08,
      height: lines[i].length * 15,
    };
  });
  const places = leadLabels(
    labels,
    { left: 2, right: frame.width - 2, top: 2, bottom: frame.height - 2 },
    { points: facilities.map(({ x, y }) => ({ x, y, radius: 5, width: 0, height: 0 })) },
  );
  const leaders = places.flatMap((place) => (place?.leader ? [place.leader] : []));
  const words = places.flatMap((place, i) =>
    place === null ? [] : [{ x: place.left, y: place.middle, label: lines[i].join("\n") }],
  );
  return [
    ...(leaders.length > 0 ? [linesAt(leaders, { color: "#555555", strokeWidth: 0.7 })] : []),
    ...(words.length > 0 ? [wordsAt(words, { weight: 600, size, colour: "#1B1B1B" })] : []),
  ];
}
