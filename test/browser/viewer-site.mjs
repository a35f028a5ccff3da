// Builds, in a temporary folder, a small book whose one notebook shows the invented viewer, and prints the folder of its site: node test/browser/viewer-site.mjs
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildBook } from "../../src/book/build.ts";
import { VIEWER_MIME } from "../../src/notebook/bundle.ts";
import { displaySymbol, show } from "../../src/notebook/display.ts";
import { fixtureProject, showCell } from "../book/fixture.ts";
import { sampleViewer } from "../figures/area-viewer-sample.ts";

/** The site of a book with one viewer of `count` areas. */
export async function viewerSite(count = 40) {
  const shown = await show(sampleViewer(count))[displaySymbol]();
  const { content } = shown[VIEWER_MIME];
  const root = fixtureProject(
    [
      {
        type: "markdown",
        source: "# La carte des droits\n\nVoici la page où chaque quartier se regarde ; elle s'ouvre sans connexion.",
      },
      { type: "code", source: showCell([{ mime: VIEWER_MIME, content }]) },
    ],
    {
      preface:
        "# Préface\n\nUn livre d’essai ; rien de plus. Il montre une page où chaque quartier se regarde, sans connexion ni compte.\n",
    },
  );
  await buildBook({ root });
  return join(root, "reports/site");
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(await viewerSite(Number(process.argv[2] ?? 40)));
