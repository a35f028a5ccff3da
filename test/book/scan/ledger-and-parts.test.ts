import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BookContent } from "../../../src/book/print.ts";
import { scanReports } from "../../../src/book/scan/scan-reports.ts";
import { sha256 } from "../../../src/engine/hash.ts";
import { chart } from "../fixture.ts";

const figure = chart();
const book: BookContent = {
  settings: { title: "Essai", subtitle: "Essai", authors: ["Atelier"], edition: "2026", territories: {}, chapters: [] },
  territory: "Essai",
  chapters: [],
  figures: new Map([[figure.id, { figure, place: { notebook: "01-essai.ipynb", cell: 1 } }]]),
  viewers: new Map(),
  drawings: new Map(),
  numberOf: new Map(),
  synthetic: true,
  codeVersions: new Map(),
  seed: 1,
};

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quartiers-parties-"));
  mkdirSync(join(folder, "registre/essai"), { recursive: true });
  mkdirSync(join(folder, "transparence"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (id: string, values: readonly (number | null)[]): string =>
  `${JSON.stringify({ publication: { id, numbers: values.map((value) => ({ id: "n", value })) } })}\n`;
const ledger = (...lines: readonly string[]): void =>
  writeFileSync(join(folder, "registre/essai/publications.jsonl"), lines.join(""));
const codes = async (admitted: ReadonlyMap<string, string> = new Map()): Promise<readonly string[]> =>
  (await scanReports(folder, book, { admitted })).map(({ code, position }) => `${code} (${position})`);

describe("the ledger of a book", () => {
  test("holds the released numbers of its figures; lines of earlier editions are held by their chain", async () => {
    ledger(line(figure.id, [2, 9]), line("ancienne", [6]), line(figure.id, [3.2, null]));
    expect(await codes()).toEqual([]);
  });
  test("a hidden cell written in it is seen", async () => {
    ledger(line(figure.id, [3.2, 6]));
    expect(await codes(new Map([["registre/essai/publications.jsonl", sha256(line(figure.id, [3.2, 6]))]]))).toEqual(
      await codes(),
    );
    expect(await codes()).toEqual(["ligne-non-diffusee (ligne 1, nombre 2)"]);
  });
  test("a line that does not read is not passed over", async () => {
    ledger(line(figure.id, [3.2]), "{}\n");
    expect(await codes()).toEqual(["fichier-illisible (ligne 2)"]);
  });
});

describe("files of other parts", () => {
  const words = "# Carte\n\nAucune personne n'est désignée.\n";
  test("pass when they are those that were vouched for, byte by byte", async () => {
    writeFileSync(join(folder, "transparence/carte.md"), words);
    expect(await codes(new Map([["transparence/carte.md", sha256(words)]]))).toEqual([]);
  });
  test("a file that nobody writes is refused, and the digits of its name are not told", async () => {
    writeFileSync(join(folder, "transparence/effectif-6.txt"), "");
    const [found] = await scanReports(folder, book);
    expect(found?.place).toBe("transparence/effectif-#.txt, dossier");
  });
  test("are refused otherwise, and read for traces in any case", async () => {
    writeFileSync(join(folder, "transparence/carte.md"), `${words}6\n`);
    expect(await codes(new Map([["transparence/carte.md", sha256(words)]]))).toEqual([
      "fichier-inattendu (autres octets)",
    ]);
    expect(await codes()).toEqual(["fichier-inattendu (dossier)"]);
    const traced = `${words}Écrire au 06 12 34 56 78, ou lire /home/claire/c2s.csv.\n`;
    writeFileSync(join(folder, "transparence/carte.md"), traced);
    expect(await codes(new Map([["transparence/carte.md", sha256(traced)]]))).toEqual([
      "chemin-de-machine (texte)",
      "identifiant (texte)",
    ]);
  });
});
