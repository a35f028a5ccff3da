import { createRequire } from "node:module";
import { createCanvas, GlobalFonts, type SKRSContext2D } from "@napi-rs/canvas";
import * as vega from "vega";
import * as vegaLite from "vega-lite";
import { QuartiersError } from "../codes/errors.ts";

/** The one family of the charts; the same TTF files measure, draw the PNG and go into the PDF. */
export const CHART_FAMILY = "Source Sans 3";

const require = createRequire(import.meta.url);
const faces = ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold"];

let context: SKRSContext2D | null = null;
const widths = new Map<string, number>();

function measuringContext(): SKRSContext2D {
  if (!context) {
    for (const face of faces)
      GlobalFonts.registerFromPath(
        require.resolve(`@expo-google-fonts/source-sans-3/${face}/SourceSans3_${face}.ttf`),
        CHART_FAMILY,
      );
    context = createCanvas(1, 1).getContext("2d");
  }
  return context;
}

/** Width in pixels of a line of text in the charts' family. */
export function textWidth(
  text: string,
  {
    size,
    weight = 400,
    style = "normal",
  }: { readonly size: number; readonly weight?: number | string; readonly style?: string },
): number {
  if (text === "") return 0;
  const font = `${style} ${weight} ${size}px "${CHART_FAMILY}"`;
  const key = `${font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    const measuring = measuringContext();
    measuring.font = font;
    width = measuring.measureText(text).width;
    widths.set(key, width);
  }
  return width;
}

interface MeasuredItem {
  readonly fontStyle?: string;
  readonly fontWeight?: number | string;
  readonly fontSize?: number;
}

let installed = false;

/** Without real widths Vega guesses them, and a layout is wrong by up to a third. */
function installTextMetrics(): void {
  if (installed) return;
  installed = true;
  const metrics = (vega as unknown as { textMetrics: { width: (item: MeasuredItem, text: unknown) => number } })
    .textMetrics;
  metrics.width = (item, text) =>
    text === null || text === undefined
      ? 0
      : textWidth(String(text), {
          size: item.fontSize ?? 11,
          weight: item.fontWeight ?? 400,
          style: item.fontStyle ?? "normal",
        });
}

/**
 * Draws a Vega-Lite specification as SVG, with the real widths of its texts. Same specification, same bytes.
 * Identifiers inside the drawing carry `prefix`, so that several drawings can stand in one page.
 */
export async function renderSvg(
  spec: Readonly<Record<string, unknown>>,
  { prefix = "c" }: { readonly prefix?: string } = {},
): Promise<string> {
  installTextMetrics();
  let compiled: vega.Spec;
  try {
    compiled = vegaLite.compile(spec as unknown as vegaLite.TopLevelSpec, { logger: refusingLogger() }).spec;
  } catch (cause) {
    throw new QuartiersError({
      what: "La spécification Vega-Lite est refusée",
      value: String((cause as Error).message),
      cause,
    });
  }
  const view = new vega.View(vega.parse(compiled), { renderer: "none", loader: closedLoader() });
  try {
    vega.resetSVGDefIds();
    const svg = await view.toSVG();
    return svg.replace(/\b(id="|url\(#|xlink:href="#|href="#)((?:clip|gradient)[\w]*)/g, `$1${prefix}-$2`);
  } finally {
    view.finalize();
  }
}

/** A drawing loads nothing: neither file nor network. */
function closedLoader(): vega.Loader {
  const refuse = async (uri: string): Promise<never> => {
    throw new QuartiersError({
      what: "Une figure demande un fichier extérieur",
      value: uri,
      expected: "des données inscrites dans la spécification",
    });
  };
  return { load: refuse, sanitize: refuse, http: refuse, file: refuse } as unknown as vega.Loader;
}

/** What Vega-Lite reports as an error stops the drawing; its hints stay silent, so that a build prints nothing of its own accord. */
function refusingLogger(): vega.LoggerInterface {
  const logger: vega.LoggerInterface = {
    level: () => logger,
    error: (...messages: readonly unknown[]) => {
      throw new Error(messages.join(" "));
    },
    warn: () => logger,
    info: () => logger,
    debug: () => logger,
  } as unknown as vega.LoggerInterface;
  return logger;
}
