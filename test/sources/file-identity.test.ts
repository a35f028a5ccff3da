import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { numbers } from "../../src/codes/table.ts";
import { sqlText, withDatabase } from "../../src/engine/database.ts";
import { type Contract, noSecrecy } from "../../src/sources/contract.ts";
import { loadTable } from "../../src/sources/load.ts";
import { openTerritory } from "../../src/sources/territory.ts";

const contract: Contract = {
  id: "essai",
  title: "Fichier d'essai",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  url: "https://www.insee.fr/essai",
  geography: "communes",
  unit: "ligne",
  access: "public",
  files: ["a.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "," },
  columns: [{ name: "annee", type: "integer", label: "Année", required: true }],
  key: [],
  published: true,
  secrecy: noSecrecy,
};

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "identite-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(file: string, content: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

const yearsOf = async (folder: string, change: Partial<Contract> = {}): Promise<number[]> => {
  const territory = openTerritory({ territory: "exemple", data: join(root, folder) });
  return [...numbers(await loadTable(territory, { ...contract, ...change }), "annee").values];
};

describe("the file that is read is the one that is named", () => {
  test.each([
    ["[1]", "1"],
    ["a*", "ab"],
    ["a?", "ab"],
  ])("the folder « %s » does not stand for « %s »", async (odd, twin) => {
    put(`${odd}/a.csv`, "annee\n2019\n");
    put(`${twin}/a.csv`, "annee\n2024\n");
    // Beyond this size the rows are not counted beforehand.
    const territory = openTerritory({ territory: "exemple", data: join(root, odd) });
    const read = await loadTable(territory, contract, { scanFirstBytes: 0 });
    expect([...numbers(read, "annee").values]).toEqual([2019]);
    expect(await yearsOf(odd)).toEqual([2019]);
  });

  test.each(["annee=2024", "c0=2024"])("a folder « %s » adds no column and changes no value", async (folder) => {
    put(`${folder}/a.csv`, "annee\n2019\n");
    await withDatabase((database) =>
      database.query(`COPY (SELECT 2019 AS annee) TO ${sqlText(join(root, folder, "a.parquet"))} (FORMAT parquet)`),
    );
    expect(await yearsOf(folder)).toEqual([2019]);
    expect(await yearsOf(folder, { format: "parquet", files: ["a.parquet"] })).toEqual([2019]);
  });
});
