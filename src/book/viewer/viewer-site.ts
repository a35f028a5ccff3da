import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { figureCsv, figureDictionary } from "../csv.ts";
import type { BookContent } from "../print.ts";
import type { RegisteredViewer } from "../registry.ts";

/** Writes the style and the script of the viewers. The script is the library's own TypeScript, bundled: the same rule answers in the page and in the model. */
export async function writeViewerAssets(assets: string): Promise<void> {
  copyFileSync(join(import.meta.dirname, "viewer.css"), join(assets, "visionneuse.css"));
  await build({
    entryPoints: [join(import.meta.dirname, "viewer.client.ts")],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    outfile: join(assets, "visionneuse.js"),
    legalComments: "none",
    logLevel: "error",
    absWorkingDir: import.meta.dirname,
  });
}

/** Writes the data of a viewer, in machine form, with its provenance. */
export function writeViewerFiles(
  folder: string,
  { viewer, place }: RegisteredViewer,
  { territory, seed, codeVersions }: Pick<BookContent, "territory" | "seed" | "codeVersions">,
): void {
  mkdirSync(folder, { recursive: true });
  const put = (name: string, content: string): void => writeFileSync(join(folder, name), content);
  const { areas, estimates, explanation, sources, releases, parameters } = viewer;
  put("quartiers.csv", figureCsv(areas));
  put("estimations.csv", figureCsv(estimates));
  if (explanation) put("explications.csv", figureCsv(explanation.data));
  put(
    "dictionnaire.csv",
    figureDictionary({ columns: { ...areas.columns, ...explanation?.data.columns, ...estimates.columns } }),
  );
  const { id, title, subtitle, champ, lecture, source, licence, vintage, synthetic, hypotheses } = viewer;
  const said = { id, kind: "viewer", title, subtitle, champ, lecture, source, licence, vintage, synthetic, hypotheses };
  const provenance = {
    territory,
    seed,
    parameters,
    code: codeVersions.get(place.notebook) ?? "",
    notebook: place.notebook,
    cell: place.cell,
    sources,
    releases,
  };
  put("meta.json", `${JSON.stringify({ ...said, provenance }, null, 2)}\n`);
}
