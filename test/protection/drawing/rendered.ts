import * as vega from "vega";
import * as vegaLite from "vega-lite";

type Json = Readonly<Record<string, unknown>>;

/** What a reader who opens the files, or points at the marks, has. */
export interface Rendered {
  readonly spec: string;
  /** The Vega that the page runs. */
  readonly compiled: string;
  readonly svg: string;
  /** What each mark says when it is pointed at. */
  readonly tooltips: readonly string[];
}

/** Compiles and draws for real, as a reader's own copy of Vega would. */
export async function render(spec: Json): Promise<Rendered> {
  const silent = {
    level: () => silent,
    error: () => silent,
    warn: () => silent,
    info: () => silent,
    debug: () => silent,
  };
  const compiled = vegaLite.compile(spec as unknown as vegaLite.TopLevelSpec, { logger: silent as never }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logger: silent as never });
  try {
    const svg = await view.toSVG();
    const tooltips: string[] = [];
    collectTooltips((view.scenegraph() as unknown as { root: Item }).root, tooltips);
    return { spec: JSON.stringify(spec), compiled: JSON.stringify(compiled), svg, tooltips };
  } finally {
    view.finalize();
  }
}

interface Item {
  readonly items?: readonly Item[];
  readonly tooltip?: unknown;
}

function collectTooltips(item: Item, into: string[]): void {
  if (item.tooltip !== undefined && item.tooltip !== null) into.push(JSON.stringify(item.tooltip));
  for (const child of item.items ?? []) collectTooltips(child, into);
}

/** The labels that a screen reader would speak, one a mark. */
export const spoken = (svg: string): readonly string[] =>
  [...svg.matchAll(/aria-label="([^"]*)"/g)].map(([, label = ""]) => label);

interface Place {
  readonly x: number;
  readonly y: number;
}

const places = (text: string, pattern: RegExp): readonly (Place & { readonly text: string })[] =>
  [...text.matchAll(pattern)].map(([, x, y, label = ""]) => ({ x: Number(x), y: Number(y), text: label }));

/**
 * A scatter read back from its SVG alone: the marks' coordinates, and the two scales that the axes' labels give. No label of a mark is read.
 */
export function pointsReadBack(svg: string): readonly Place[] {
  const marks = svg.slice(svg.indexOf("mark-symbol role-mark"));
  const points = places(
    marks.slice(0, marks.indexOf("</g>")),
    /<path [^>]*transform="translate\(([-\d.]+),([-\d.]+)\)"/g,
  );
  const axes = svg.split("role-axis-label").slice(1);
  const labels = axes.map((axis) =>
    places(
      axis.slice(0, axis.indexOf("</g>")),
      /<text [^>]*transform="translate\(([-\d.]+),([-\d.]+)\)"[^>]*>([^<]*)</g,
    ),
  );
  const horizontal = labels.find((list) => list.length > 1 && list[0]?.y === list[1]?.y);
  const vertical = labels.find((list) => list.length > 1 && list[0]?.x === list[1]?.x);
  if (!horizontal || !vertical) return [];
  // A label of the vertical axis is written some pixels under its tick: the shift is the same for all, and the first one is at the axis' foot.
  const foot = Number(/role-axis-domain[^>]*><line transform="translate\(0,(\d+)\)" x2="0"/.exec(svg)?.[1] ?? 0);
  const read = (list: typeof points, pixel: (place: Place) => number, shift: number): ((at: number) => number) => {
    const value = (text: string): number => Number(text.replace(/,/g, "").replace("−", "-"));
    const [first, last] = [list[0], list.at(-1)];
    if (!first || !last) return () => Number.NaN;
    const slope = (value(last.text) - value(first.text)) / (pixel(last) - pixel(first));
    return (at) => value(first.text) + slope * (at - (pixel(first) - shift));
  };
  const shift = (vertical[0]?.y ?? 0) - foot;
  const across = read(horizontal, ({ x }) => x, 0);
  const up = read(vertical, ({ y }) => y, shift);
  return points.map(({ x, y }) => ({ x: across(x), y: up(y) }));
}
