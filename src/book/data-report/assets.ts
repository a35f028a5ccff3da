import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

/** Fonts of the book's site, by the name that its style sheet gives to them. */
const fonts = [
  ["source-sans-3", 400, "normal", "source-sans-3-400"],
  ["source-sans-3", 600, "normal", "source-sans-3-600"],
  ["source-sans-3", 700, "normal", "source-sans-3-700"],
  ["source-serif-4", 400, "normal", "source-serif-4-400"],
  ["source-serif-4", 600, "normal", "source-serif-4-600"],
  ["source-serif-4", 400, "italic", "source-serif-4-400i"],
] as const;

/** Puts the book's style and fonts, and what the report adds to them, beside the pages: they ask nothing of anybody. */
export function writeReportAssets(folder: string): void {
  const assets = join(folder, "assets");
  mkdirSync(join(assets, "fonts"), { recursive: true });
  for (const [family, weight, style, name] of fonts)
    copyFileSync(
      require.resolve(`@fontsource/${family}/files/${family}-latin-${weight}-${style}.woff2`),
      join(assets, "fonts", `${name}.woff2`),
    );
  copyFileSync(join(import.meta.dirname, "../site.css"), join(assets, "site.css"));
  copyFileSync(join(import.meta.dirname, "data-report.css"), join(assets, "data-report.css"));
}
