import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Contract } from "../../../src/sources/contract.ts";
import type { Case, Files } from "./case.ts";
import type { SoundFile } from "./sound.ts";
import { type CsvStyle, csvBytes, csvContract, csvStyles, csvText, partnerContract } from "./table.ts";

const style = csvStyles["CSV ;"] as CsvStyle;
const table = csvBytes(csvText(style), style);
const hasPipes = process.platform !== "win32";
/** The administrator of a machine reads every file: there the right to read cannot be taken away. */
const hasRights = hasPipes && process.getuid?.() !== 0;

/** A file of each format in a place where no file can be read. */
function places(one: SoundFile): readonly Case[] {
  const { [one.file]: _, ...others }: Record<string, unknown> = one.beside;
  const at = (damage: string, make: NonNullable<Case["make"]>, words?: RegExp): Case => ({
    format: one.format,
    damage,
    contract: one.contract,
    file: one.file,
    files: others as Files,
    make,
    outcome: "refused",
    ...(words ? { words } : {}),
  });
  return [
    at("un dossier sous ce nom", (path) => mkdirSync(path), /dossier/),
    at("un lien vers rien", (path) => symlinkSync("nulle-part", path), /introuvable/),
    at("un lien vers lui-même", (path) => symlinkSync(basename(path), path), /introuvable/),
    at(
      "deux liens en rond",
      (path) => {
        symlinkSync("autre", path);
        symlinkSync(basename(path), join(dirname(path), "autre"));
      },
      /introuvable/,
    ),
    at("un lien vers un dossier", (path, folder) => symlinkSync(folder, path), /dossier/),
    at("un lien vers un périphérique sans fin", (path) => symlinkSync("/dev/zero", path), /ordinaire/),
    ...(hasRights
      ? [
          at("sans droit de lecture", (path) => {
            writeFileSync(path, one.bytes);
            chmodSync(path, 0);
          }),
        ]
      : []),
    ...(hasPipes ? [at("un tube", (path) => execFileSync("mkfifo", [path]), /ordinaire/)] : []),
  ];
}

const named = (name: string): Case => ({
  format: "CSV ;",
  damage: `sous le nom « ${name} »`,
  contract: csvContract(style, `essai/${name}`),
  file: `essai/${name}`,
  files: { [`essai/${name}`]: table },
  // A neighbour that a pattern would catch.
  make: (path) => {
    for (const neighbour of ["table1.csv", "tableX.csv", "a.csv"])
      if (neighbour !== basename(path)) writeFileSync(join(dirname(path), neighbour), "autre\n1\n");
  },
  outcome: "same",
});

const gone = (delayMs: number): Case => ({
  format: "CSV ;",
  damage: `disparu après ${delayMs} ms`,
  contract: csvContract(style),
  file: "essai/table.csv",
  files: { "essai/table.csv": table },
  outcome: "either",
  meanwhile: (path) => {
    setTimeout(() => rmSync(path, { force: true }), delayMs);
  },
});

const replaced: Case = {
  ...gone(0),
  damage: "remplacé pendant la lecture",
  meanwhile: (path) => {
    setTimeout(() => {
      // The reading may be over, and the folder of the case gone with it.
      if (!existsSync(dirname(path))) return;
      writeFileSync(`${path}.neuf`, "<!DOCTYPE html>\n");
      renameSync(`${path}.neuf`, path);
    }, 8);
  },
};

const lent: Contract = partnerContract(csvContract(style));
const contractAt = (damage: string, make: (path: string) => void): Case => ({
  format: "Contrat",
  damage,
  contract: lent,
  file: "essai/table.contrat.yaml",
  files: { "essai/table.csv": table },
  make,
  outcome: "refused",
  unnamed: true,
});

/** Files that are not where or what a reader believes. */
export function fileCases(sound: readonly SoundFile[]): readonly Case[] {
  const one = (format: string): SoundFile => sound.find((each) => each.format === format) as SoundFile;
  return [
    ...["CSV ;", "CSV en ZIP", "XLSX", "Parquet", "JSON", "GeoPackage", "Shapefile en ZIP"].flatMap((format) =>
      places(one(format)),
    ),
    ...[
      "table 1.csv",
      "l'été.csv",
      "étoile*.csv",
      "table?.csv",
      "table[1X].csv",
      "[a].csv",
      'guillemet".csv',
      "point;virgule.csv",
      "a%20b.csv",
      "{a,b}.csv",
      "$HOME.csv",
      "--aide.csv",
      "été.csv".normalize("NFD"),
      "😀.csv",
      `${"long".repeat(50)}.csv`,
    ].map(named),
    ...[0, 2, 5, 10, 15, 20, 30].map(gone),
    replaced,
    contractAt("un dossier sous le nom du contrat", (path) => mkdirSync(path)),
    contractAt("un contrat vers lui-même", (path) => symlinkSync(basename(path), path)),
    ...(hasPipes ? [contractAt("un tube sous le nom du contrat", (path) => execFileSync("mkfifo", [path]))] : []),
  ];
}
