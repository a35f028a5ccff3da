import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reasonAt, table, textColumn, texts } from "../../src/codes/table.ts";
import { cogMouvementsContract, communeEvents } from "../../src/sources/cog-mouvements.ts";
import { loadTable } from "../../src/sources/load.ts";
import { openTerritory } from "../../src/sources/territory.ts";
import { communeHistory } from "../../src/tables/commune-history.ts";

const header =
  "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP";
const lines = [
  "41,2018-01-01,COM,49144,0,FREIGNE,Freigné,Freigné,COM,44225,0,FREIGNE,Freigné,Freigné",
  "32,2018-01-01,COM,44225,0,FREIGNE,Freigné,Freigné,COM,44180,0,VALLONS DE L ERDRE,Vallons-de-l'Erdre,Vallons-de-l'Erdre",
  "32,2018-01-01,COM,44180,0,SAINT MARS LA JAILLE,Saint-Mars-la-Jaille,Saint-Mars-la-Jaille,COM,44180,0,VALLONS DE L ERDRE,Vallons-de-l'Erdre,Vallons-de-l'Erdre",
  "20,1947-09-17,,,,,,,COM,06162,3,BRIGUE,Brigue,La Brigue",
];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cog-"));
  await mkdir(join(folder, "cog"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const load = async (text: string) => {
  await writeFile(join(folder, "cog/v_mvt_commune_2026.csv"), text);
  return loadTable(openTerritory({ territory: "occitanie", data: folder }), cogMouvementsContract);
};

test("INSEE's events load with their codes as text, and what had nothing before is nd", async () => {
  const events = await load(`${[header, ...lines].join("\n")}\n`);
  expect(texts(events, "code_apres").values).toEqual(["44225", "44180", "44180", "06162"]);
  expect(reasonAt(texts(events, "code_avant"), 3)).toBe("nd");
  const communes = table({ code_commune: textColumn(["44180", "06162"], { label: "Code" }) });
  expect([...communeHistory(events, communes, { through: 2026 }).listOf(2017).keys()].sort()).toEqual([
    "06162",
    "44180",
    "49144",
  ]);
});

test("an event that INSEE does not define is refused with its line", async () => {
  expect(communeEvents["41"]).toMatch(/département/);
  await expect(load(`${header}\n${(lines[0] ?? "").replace("41,", "99,")}\n`)).rejects.toThrow(/ligne 2.*MOD/);
});
