import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { sha256 } from "../../engine/hash.ts";

const require = createRequire(import.meta.url);
const book = join(import.meta.dirname, "..");

/** SHA-256 of the files of the site that are copied from the project and from its fonts, by their path in the reports. */
export function ownAssets(): ReadonlyMap<string, string> {
  const font = (family: string, face: string): string =>
    require.resolve(`@fontsource/${family}/files/${family}-latin-${face}.woff2`);
  const sources: readonly (readonly [string, string])[] = [
    ["site/assets/site.css", join(book, "site.css")],
    ["site/assets/page.js", join(book, "page.client.js")],
    ["site/assets/visionneuse.css", join(book, "viewer/viewer.css")],
    ...[400, 600, 700].map(
      (weight) =>
        [`site/assets/fonts/source-sans-3-${weight}.woff2`, font("source-sans-3", `${weight}-normal`)] as const,
    ),
    ...[400, 600].map(
      (weight) =>
        [`site/assets/fonts/source-serif-4-${weight}.woff2`, font("source-serif-4", `${weight}-normal`)] as const,
    ),
    ["site/assets/fonts/source-serif-4-400i.woff2", font("source-serif-4", "400-italic")],
  ];
  return new Map(sources.map(([file, source]) => [file, sha256(readFileSync(source))]));
}
