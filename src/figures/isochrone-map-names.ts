import type { NamedOutline } from "./isochrone-map.ts";
import { type LedLabel, leadLabels } from "./leader-labels.ts";
import { linesOnPage, type MapFrame } from "./map-frame.ts";
import { type Layer, linesAt, wordsAt } from "./pixel-marks.ts";
import { roughWidth, wrapWords } from "./text-room.ts";

const size = 12;

/** Names of outlines, each led to the middle of its own, off the facilities and off each other; those that find no place are counted. */
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
      radius: Math.min(26, Math.max(right - left, bottom - top) / 2),
      width: Math.max(...lines[i].map((line) => roughWidth(line, size))) * 1.08,
      height: lines[i].length * 15,
    };
  });
  const places = leadLabels(
    labels,
    { left: 2, right: frame.width - 2, top: 2, bottom: frame.height - 2 },
    { points: facilities.map(({ x, y }) => ({ x, y, radius: 5, width: 0, height: 0 })) },
  );
  // To the middle of the outline: beside several, a name would be read as the wrong one's.
  const leaders = places.flatMap((place, i) => {
    if (place === null) return [];
    const { x, y, width, height } = labels[i];
    const [x2, y2] = [
      Math.max(place.left, Math.min(place.left + width, x)),
      Math.max(place.middle - height / 2, Math.min(place.middle + height / 2, y)),
    ];
    return [{ x, y, x2, y2 }];
  });
  const words = places.flatMap((place, i) =>
    place === null ? [] : [{ x: place.left, y: place.middle, label: lines[i].join("\n") }],
  );
  return [
    ...(leaders.length > 0 ? [linesAt(leaders, { color: "#1B1B1B", strokeWidth: 0.8 })] : []),
    ...(words.length < outlines.length
      ? [
          wordsAt(
            [
              {
                x: 2,
                y: frame.height + 14,
                label: `quartiers sans place pour leur nom\u00a0: ${outlines.length - words.length}`,
              },
            ],
            {
              size: 11,
              italic: true,
              colour: "#555555",
            },
          ),
        ]
      : []),
    ...(words.length > 0 ? [wordsAt(words, { weight: 600, size, colour: "#1B1B1B" })] : []),
  ];
}
