import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildBook } from "../../../src/book/build.ts";
import { readReleased } from "../../../src/book/scan/released-record.ts";
import { scanReports } from "../../../src/book/scan/scan-reports.ts";
import { checkNotebook, stripNotebook } from "../../../src/notebook/hygiene.ts";
import { type Notebook, notebookText } from "../../../src/notebook/nbformat.ts";
import { fixtureProject } from "../../book/fixture.ts";
import { hidden, plantPngText } from "../../book/scan/planting.ts";

const figure = "distance-par-ville";
const said = `${hidden.town} : ${hidden.value} km`;
let root = "";
let scratch = "";

beforeAll(async () => {
  root = fixtureProject();
  await buildBook({ root });
  scratch = mkdtempSync(join(tmpdir(), "quartiers-attaque-"));
}, 240_000);
afterAll(() => {
  for (const folder of [root, scratch]) rmSync(folder, { recursive: true, force: true });
});

/** Files of a folder whose bytes hold a text: what an attacker finds with a search. */
const holding = (folder: string, text: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));

test("attaque 20 : sorties de carnet, traces d'exécution, chemins, métadonnées des images, historique des rapports", async () => {
  const row = "Personne-017 ; 34 ans ; 9 140 €";
  const notebook: Notebook = {
    cells: [
      {
        cell_type: "code",
        id: "brouillon",
        metadata: { execution: { "iopub.execute_input": "2026-11-24T10:00:00Z" } },
        source: 'show("table")\n',
        execution_count: 4,
        outputs: [{ output_type: "stream", name: "stdout", text: `${row}\n/home/agent/donnees/fichier.csv\n` }],
      },
    ],
    metadata: { papermill: { input_path: "/home/agent/donnees" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  expect(notebookText(notebook)).toContain(row);
  expect(checkNotebook(notebook).map(({ rule }) => rule)).toContain("sorties");
  const clean = notebookText(stripNotebook(notebook));
  for (const trace of [row, "/home/agent", "2026-11-24T10"]) expect(clean).not.toContain(trace);

  // A published folder where they were left: the attacker finds them by a search, the scan of bytes names each file.
  const folder = join(scratch, "reports");
  cpSync(join(root, "reports"), folder, { recursive: true });
  const image = join(folder, "figures", figure, `${figure}.png`);
  plantPngText(image, said);
  const metadata = join(folder, "figures", figure, `meta.json`);
  const kept = JSON.parse(readFileSync(metadata, "utf8")) as object;
  writeFileSync(metadata, JSON.stringify({ ...kept, chemin: "/home/agent/donnees/fichier.csv" }));
  expect(holding(folder, said)).toEqual([image]);
  expect(holding(folder, "/home/agent")).toEqual([metadata]);
  const found = await scanReports(folder, readReleased(root, "reports").book);
  const files = new Set(found.map(({ file }) => file));
  expect(files).toContain(`figures/${figure}/${figure}.png`);
  expect(files).toContain(`figures/${figure}/meta.json`);
  for (const finding of found) expect(JSON.stringify(finding)).not.toMatch(/Val-de-Craie|home/);

  // What the build writes holds neither, and passes.
  const built = join(root, "reports");
  expect(holding(built, said)).toEqual([]);
  expect(holding(built, root)).toEqual([]);
  expect(await scanReports(built, readReleased(root, "reports").book)).toEqual([]);

  // Reports are built, never kept in the history of the repository, where an old version would stay readable.
  const ignored = readFileSync(join(import.meta.dirname, "../../../.gitignore"), "utf8").split("\n");
  expect(ignored).toContain("reports/*");
});
