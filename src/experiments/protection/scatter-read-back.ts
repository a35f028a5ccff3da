/** One point of a scatter, in the units of its axes. */
export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
}

/** One axis of a drawing: the values printed at two ticks, and their places in pixels. */
interface AxisTicks {
  readonly values: readonly [number, number];
  readonly pixels: readonly [number, number];
}

/**
 * Reads the points of a scatter back from an SVG written by Vega or by `scatterSvg()`: the place of each symbol, turned into a value by two ticks of each axis whose labels are
 * printed. Nothing but the drawing is read. A label printed in French is understood.
 * @throws TypeError when the drawing has no symbol or no axis with two labels
 * @example
 * ```ts
 * readScatter(scatterSvg([{ x: 34, y: 12000 }], { x: 100, y: 40000 })) // [{ x: 34, y: 12000 }]
 * ```
 */
export function readScatter(svg: string): readonly ScatterPoint[] {
  const symbols = group(svg, "mark-symbol");
  const across = ticksOf(svg, "x");
  const up = ticksOf(svg, "y");
  const points = [...symbols.matchAll(/translate\(([-\d.e]+)[ ,]+([-\d.e]+)\)/g)].map(([, x = "", y = ""]) => ({
    x: valueAt(across, Number(x)),
    y: valueAt(up, Number(y)),
  }));
  if (points.length === 0) throw new TypeError("no symbol in this drawing");
  return points;
}

const valueAt = ({ values, pixels }: AxisTicks, pixel: number): number =>
  values[0] + ((pixel - pixels[0]) / (pixels[1] - pixels[0])) * (values[1] - values[0]);

/** The content of the first group whose class names it, to its own end. */
function group(svg: string, name: string): string {
  const start = svg.search(new RegExp(`<g class="${name}[ "]`));
  if (start < 0) return "";
  let depth = 0;
  for (const tag of svg.slice(start).matchAll(/<(\/?)g\b[^>]*?(\/?)>/g)) {
    if (tag[2] === "/") continue;
    depth += tag[1] === "/" ? -1 : 1;
    if (depth === 0) return svg.slice(start, start + tag.index);
  }
  return svg.slice(start);
}

/** The first and last labels of an axis, with their places. Vega writes the axis of x after a rule that goes across. */
function ticksOf(svg: string, side: "x" | "y"): AxisTicks {
  const labels = [...svg.matchAll(/<g class="mark-text role-axis-label"[^>]*>(.*?)<\/g>/gs)].map(([, inner = ""]) =>
    [...inner.matchAll(/<text[^>]*translate\(([-\d.e]+)[ ,]+([-\d.e]+)\)[^>]*>([^<]*)<\/text>/g)].map(
      ([, x = "", y = "", text = ""]) => ({ x: Number(x), y: Number(y), value: frenchValue(text) }),
    ),
  );
  const axis = labels.find((list) => {
    const [first, last] = [list[0], list.at(-1)];
    return list.length > 1 && first && last && (side === "x" ? first.x !== last.x : first.x === last.x);
  });
  const [first, last] = [axis?.[0], axis?.at(-1)];
  if (!first || !last) throw new TypeError(`no axis ${side} with two labels`);
  return { values: [first.value, last.value], pixels: [first[side], last[side]] };
}

const frenchValue = (text: string): number =>
  Number(
    text
      .replaceAll(/[\u202f\u00a0 ]/g, "")
      .replace("−", "-")
      .replace(",", "."),
  );

/** Size of the drawing, in pixels. */
export const side = { width: 300, height: 200 };

/** A scatter as a drawing tool writes it: one symbol a person, two axes from 0 with their ends labelled. Symbols are placed to a hundredth of a pixel. */
export function scatterSvg(points: readonly ScatterPoint[], ends: ScatterPoint): string {
  const place = ({ x, y }: ScatterPoint): string =>
    `translate(${round((x / ends.x) * side.width)},${round(side.height - (y / ends.y) * side.height)})`;
  const label = (at: ScatterPoint, value: number): string =>
    `<text transform="translate(${at.x},${at.y})">${value}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side.width} ${side.height}">`,
    `<g class="mark-text role-axis-label">${label({ x: 0, y: side.height }, 0)}${label({ x: side.width, y: side.height }, ends.x)}</g>`,
    `<g class="mark-text role-axis-label">${label({ x: 0, y: side.height }, 0)}${label({ x: 0, y: 0 }, ends.y)}</g>`,
    `<g class="mark-symbol role-mark marks">${points.map((point) => `<path d="M2,0A2,2,0,1,1,-2,0A2,2,0,1,1,2,0" transform="${place(point)}"/>`).join("")}</g>`,
    "</svg>",
  ].join("");
}

const round = (pixel: number): number => Math.round(pixel * 100) / 100;
