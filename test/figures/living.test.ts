import * as vega from "vega";
import { expressionInterpreter } from "vega-interpreter";
import * as vegaLite from "vega-lite";
import { describe, expect, test } from "vitest";
import { cultureGallery } from "./culture-gallery.ts";
import { gallery } from "./gallery.ts";

/** Drawn as the site does under its policy, without compiling expressions, or as the book does. */
async function drawnBy(spec: Readonly<Record<string, unknown>>, interpreted: boolean): Promise<string> {
  const { spec: compiled } = vegaLite.compile(spec as unknown as vegaLite.TopLevelSpec, {
    logger: vega.logger(vega.Error),
  });
  const runtime = vega.parse(compiled, undefined, { ast: interpreted });
  const view = new vega.View(runtime, { renderer: "none", ...(interpreted ? { expr: expressionInterpreter } : {}) });
  vega.resetSVGDefIds();
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

/** Every tooltip of a specification. */
function tooltipsOf(
  value: unknown,
): readonly { readonly title?: string; readonly type?: string; readonly format?: string }[] {
  if (Array.isArray(value)) return value.flatMap(tooltipsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "datasets" ? [] : key === "tooltip" ? [inner].flat() : tooltipsOf(inner),
  );
}

describe.each(Object.entries({ ...gallery, ...cultureGallery }))("%s on the site", (_, make) => {
  const { spec } = make();

  test("is the same drawing without compiled expressions, as the page's policy asks", async () => {
    expect(await drawnBy(spec ?? {}, true)).toBe(await drawnBy(spec ?? {}, false));
  });

  test("its tooltips have French titles, and French numbers", () => {
    const tooltips = tooltipsOf(spec);
    expect(tooltips.length).toBeGreaterThan(0);
    for (const { title, type, format } of tooltips) {
      expect(title).toMatch(/^\p{Lu}/u);
      if (type === "quantitative") expect(format).toMatch(/^,/);
    }
  });
});
