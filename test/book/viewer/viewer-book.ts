import { VIEWER_MIME } from "../../../src/notebook/bundle.ts";
import { displaySymbol, show } from "../../../src/notebook/display.ts";
import { sampleViewer } from "../../figures/area-viewer-sample.ts";
import { fixtureProject, showCell } from "../fixture.ts";

const preface =
  "# Préface\n\nUn livre d’essai ; rien de plus. Il montre une page où chaque quartier se regarde, sans connexion ni compte.\n";
const chapter = "# La carte des droits\n\nVoici la page où chaque quartier se regarde ; elle s’ouvre sans connexion.";

/** A small project whose one notebook shows the invented viewer of `count` areas. Returns its folder. */
export async function viewerProject(count = 40): Promise<string> {
  const shown = await show(sampleViewer(count))[displaySymbol]();
  const { content } = shown[VIEWER_MIME] as { readonly content: unknown };
  return fixtureProject(
    [
      { type: "markdown", source: chapter },
      { type: "code", source: showCell([{ mime: VIEWER_MIME, content }]) },
    ],
    { preface },
  );
}
