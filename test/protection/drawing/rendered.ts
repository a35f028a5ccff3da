import * as vega from "vega";
import * as vegaLite from "vega-lite";

type Json = Readonly<Record<string, unknown>>;

/** What a reader who opens the files has: the specification, the compiled Vega, and the SVG. */
export interface Rendered {
  readonly spec: string;
  readonly compiled: string;
  readonly svg: string;
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
    return { spec: JSON.stringify(spec), compiled: JSON.stringify(compiled), svg: await view.toSVG() };
  } finally {
    view.finalize();
  }
}

/** The labels that a screen reader would speak, one a mark. */
export const spoken = (svg: string): readonly string[] =>
  [...svg.matchAll(/aria-label="([^"]*)"/g)].map(([, label = ""]) => label);

/** Where the marks of one kind stand in the drawing, in pixels. */
export function placesOf(svg: string, mark: string): readonly { readonly x: number; readonly y: number }[] {
  const group = svg.slice(svg.indexOf(mark));
  return [
    ...group.matchAll(
      /<path [^>]*aria-roledescription="(?:point|circle)"[^>]*transform="translate\(([-\d.]+),([-\d.]+)\)"|<path aria-label[^>]*transform="translate\(([-\d.]+),([-\d.]+)\)"/g,
    ),
  ].map(([, a, b, c, d]) => ({ x: Number(a ?? c), y: Number(b ?? d) }));
}
