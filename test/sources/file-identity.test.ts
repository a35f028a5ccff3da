import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { numbers, texts } from "../../src/codes/table.ts";
import { sqlText, withDatabase } from "../../src/engine/database.ts";
import { sha256 } from "../../src/engine/hash.ts";
import { type Contract, noSecrecy } from "../../src/sources/contract.ts";
import { odcsYaml } from "../../src/sources/contracts/odcs.ts";
import { updateLock } from "../../src/sources/fetch/lock.ts";
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

function put(file: string, content: string | Uint8Array): void {
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

describe("a file that was fetched", () => {
  const lock = (file: string, content: string | Uint8Array) =>
    updateLock(root, file, {
      source: "essai",
      publisher: "Insee",
      licence: "Licence Ouverte 2.0",
      vintage: "2021",
      url: "https://www.insee.fr/essai",
      finalUrl: "https://www.insee.fr/essai",
      date: "2026-01-05T10:00:00.000Z",
      bytes: content.length,
      sha256: sha256(content),
    });
  const [fetched, edited] = ["annee\n2019\n", "annee\n2018\n"];

  test("is read as long as it is the same, and refused with both fingerprints once it is another", async () => {
    await lock("a.csv", fetched);
    put("a.csv", fetched);
    expect(await yearsOf("")).toEqual([2019]);
    put("a.csv", edited);
    await expect(yearsOf("")).rejects.toThrow("n'est plus celui qui a été téléchargé");
    await expect(yearsOf("")).rejects.toThrow(sha256(fetched));
    await expect(yearsOf("")).rejects.toThrow(sha256(edited));
  });

  test("in an archive: the archive is what was fetched", async () => {
    const zipped: Partial<Contract> = { files: ["a.csv.gz"] };
    await lock("a.csv.gz", gzipSync(fetched));
    put("a.csv.gz", gzipSync(fetched));
    expect(await yearsOf("", zipped)).toEqual([2019]);
    put("a.csv.gz", gzipSync(edited));
    await expect(yearsOf("", zipped)).rejects.toThrow(sha256(gzipSync(edited)));
  });

  test("is refused too when it is streamed, or fits in memory only", async () => {
    await lock("a.csv", fetched);
    await lock("a.json", '[{"annee":2019}]');
    put("a.csv", edited);
    put("a.json", '[{"annee":2018}]');
    const territory = openTerritory({ territory: "exemple", data: root });
    await expect(loadTable(territory, contract, { scanFirstBytes: 0 })).rejects.toThrow("quartiers fetch --verify");
    await expect(yearsOf("", { format: "json", files: ["a.json"] })).rejects.toThrow("quartiers fetch essai --force");
  });
});

describe("the copy of a member of an archive", () => {
  const store = join(import.meta.dirname, "../../.quartiers/archives");
  // Another archive at each run: the copy of one run does not serve another.
  const archive = (): Buffer => gzipSync(`annee;essai\n2019;${randomUUID()}\n`);
  const zipped: Partial<Contract> = {
    files: ["a.csv.gz"],
    csv: { separator: ";", encoding: "utf-8", decimal: ",", ignored: ["essai"] },
  };

  test("is refused once it is not what was extracted, and made again when it was not finished", async () => {
    const bytes = archive();
    const kept = join(store, sha256(bytes));
    put("a.csv.gz", bytes);
    try {
      expect(await yearsOf("", zipped)).toEqual([2019]);
      const [member = "", seal = ""] = readdirSync(kept).sort();
      writeFileSync(join(kept, member), "annee;essai\n1999;x\n");
      await expect(yearsOf("", zipped)).rejects.toThrow("copie extraite de l'archive a changé");
      rmSync(join(kept, seal));
      expect(await yearsOf("", zipped)).toEqual([2019]);
    } finally {
      rmSync(kept, { recursive: true, force: true });
    }
  });

  test("does not outlast the reading of a partner's file", async () => {
    const bytes = archive();
    put("a.csv.gz", bytes);
    const by = (role: "fournisseur" | "programme") =>
      ({ organisation: `${role} (fictif)`, role, name: "Personne (fictif)", on: "2022-01-10" }) as const;
    const lent: Contract = {
      ...contract,
      ...zipped,
      access: "partner",
      published: false,
      terms: {
        legalBasis: "convention d'essai",
        purposes: ["essai"],
        recipients: ["les essais"],
        retention: "2099-12-31",
        permission: { status: "accordée", on: "2022-01-10", by: "fournisseur (fictif)" },
        signatures: [by("fournisseur"), by("programme")],
      },
    };
    put("contrat.yaml", odcsYaml(lent));
    const territory = openTerritory({ territory: "exemple", data: root, purpose: "essai" });
    expect([...numbers(await loadTable(territory, lent), "annee").values]).toEqual([2019]);
    expect(existsSync(join(store, sha256(bytes)))).toBe(false);
  });
});

test("a Parquet text that its writer calls bytes keeps its accents; bytes that are no text are refused", async () => {
  const text: Partial<Contract> = {
    format: "parquet",
    files: ["a.parquet"],
    columns: [{ name: "nom", type: "text", label: "Nom" }],
  };
  const write = (value: string): Promise<unknown> =>
    withDatabase((database) =>
      database.query(`COPY (SELECT ${value} AS nom) TO ${sqlText(join(root, "a.parquet"))} (FORMAT parquet)`),
    );
  const territory = openTerritory({ territory: "exemple", data: root });
  await write("encode('Été')");
  expect(texts(await loadTable(territory, { ...contract, ...text }), "nom").values).toEqual(["Été"]);
  await write("'\\xC3\\x28'::BLOB");
  await expect(loadTable(territory, { ...contract, ...text })).rejects.toThrow("Parquet lisible");
});

test("a JSON code of more digits than a number keeps is refused, a short one and a large number pass", async () => {
  const json: Contract = {
    ...contract,
    format: "json",
    files: ["a.json"],
    columns: [
      { name: "code", type: "text", label: "Code" },
      { name: "valeur", type: "number", label: "Valeur", unit: "EUR" },
    ],
  };
  const territory = openTerritory({ territory: "exemple", data: root });
  put("a.json", '[{"code":12345678901234,"valeur":12345678901234567000}]');
  const read = await loadTable(territory, json);
  expect(texts(read, "code").values).toEqual(["12345678901234"]);
  expect(numbers(read, "valeur").values[0]).toBe(12345678901234567000);
  put("a.json", '[{"code":12345678901234567,"valeur":1}]');
  await expect(loadTable(territory, json)).rejects.toThrow(
    /garder tous ses chiffres.*enregistrement 1, propriété code/,
  );
});
