// Builds, in a temporary folder, a small book whose one notebook shows the invented viewer, and prints the folder of its site: node test/browser/viewer-site.mjs [areas]
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildBook } from "../../src/book/build.ts";
import { viewerProject } from "../book/viewer/viewer-book.ts";

/** The site of a book with one viewer of `count` areas. */
export async function viewerSite(count = 40) {
  const root = await viewerProject(count);
  await buildBook({ root });
  return join(root, "reports/site");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(await viewerSite(Number(process.argv[2] ?? 40)));
