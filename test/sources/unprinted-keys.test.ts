import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Contract, strictestSecrecy } from "../../src/sources/contract.ts";
import { loadTable } from "../../src/sources/load.ts";
import { openTerritory } from "../../src/sources/territory.ts";

/** Files of persons that are not publications: an error says where, never who. */
const contract: Contract = {
  id: "personnes",
  title: "Fichier de personnes",
  publisher: "Organisme d'essai",
  licence: "convention",
  vintage: "2021",
  url: "https://www.insee.fr/essai",
  geography: "communes",
  unit: "personne",
  access: "public",
  files: ["a.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "," },
  columns: [
    {
      name: "numero",
      type: "text",
      label: "Numéro",
      required: true,
      pattern: { regex: "\\d{13}", expected: "treize chiffres" },
    },
    { name: "commune", type: "commune", label: "Commune", required: true },
    { name: "naissance", type: "date", label: "Naissance" },
  ],
  key: ["numero"],
  quasiIdentifiers: ["naissance"],
  published: false,
  secrecy: strictestSecrecy("personne"),
};

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "personnes-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function refusal(rows: string, change: Partial<Contract> = {}): Promise<string> {
  writeFileSync(join(folder, "a.csv"), `numero;commune;naissance\n${rows}`);
  const territory = openTerritory({ territory: "exemple", data: folder });
  return loadTable(territory, { ...contract, ...change }).then(
    () => "accepté",
    (error: Error) => error.message,
  );
}

const twice = "1840735238001;35238;1984-07-01\n1840735238001;35238;1984-07-02\n";

test("a repeated number of a person is told by its lines alone", async () => {
  const message = await refusal(twice);
  expect(message).toMatch(/en double.*ligne 2 et ligne 3/);
  expect(message).not.toContain("1840735238001");
});

test("a malformed number or date of a person neither", async () => {
  const message = await refusal("18407352380;35238;1984-07-01\n1840735238001;35238;1er juillet 1984\n");
  expect(message).toMatch(/forme promise.*ligne 2, colonne numero.*ligne 3, colonne naissance/);
  expect(message).not.toContain("18407352380");
  expect(message).not.toContain("juillet");
});

test("what is no identifier, and the keys of a publication, are printed: they help to find the mistake", async () => {
  expect(await refusal("1840735238001;3523;1984-07-01\n")).toContain("«\u202f3523\u202f»");
  expect(await refusal(twice, { published: true })).toContain("1840735238001");
  expect(await refusal(twice, { key: ["commune"] })).toContain("« 35238 »");
});
