import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { QuartiersError } from "../codes/errors.ts";
import { type Contract, editionsOf } from "./contract.ts";
import type { Territory } from "./territory.ts";

/** A file of a source, where a territory has it. */
export interface Located {
  /** The contract as the edition of this file has it. */
  readonly contract: Contract;
  /** As printed in messages and provenance: relative to the data folder. */
  readonly file: string;
  readonly path: string;
}

export interface LocateOptions {
  /** Only this edition; the first that is there when absent. */
  readonly vintage?: string;
}

/** The file of a source in a territory, or null: the first candidate of the first edition that has one. Reads nothing. */
export function locateSource(
  { dataFolder, synthetic }: Territory,
  contract: Contract,
  { vintage }: LocateOptions = {},
): Located | null {
  const editions = editionsOf(contract).filter((edition) => vintage === undefined || edition.vintage === vintage);
  if (editions.length === 0) {
    throw new QuartiersError({
      what: `La source « ${contract.title} » n'a pas ce millésime`,
      value: vintage ?? "",
      expected: editionsOf(contract)
        .map((edition) => edition.vintage)
        .join(", "),
      remedy: "choisir l'un de ces millésimes, ou ajouter une édition au contrat de la source",
    });
  }
  for (const edition of editions) {
    for (const file of edition.files) {
      const path = file.startsWith("npm:") ? (synthetic ? null : packagePath(file.slice(4))) : join(dataFolder, file);
      if (path !== null && existsSync(path)) return { contract: edition, file: file.replace("npm:", ""), path };
    }
  }
  return null;
}

/** Every path under which a source may stand, all editions. */
export function candidateFiles(contract: Contract): readonly string[] {
  return editionsOf(contract).flatMap(({ files }) => files);
}

/** Whether a territory has the file of a source. Reads nothing: a damaged file is available, and refused when loaded. */
export function isAvailable(territory: Territory, contract: Contract): boolean {
  return locateSource(territory, contract) !== null;
}

/** Why a source cannot be loaded here, as a French sentence for the reader of a chapter; null when its file is there. */
export function whyMissing(territory: Territory, contract: Contract): string | null {
  if (isAvailable(territory, contract)) return null;
  const files = candidateFiles(contract).filter((file) => !file.startsWith("npm:"));
  return `Le territoire ${territory.label} n'a pas la source « ${contract.title} » (${contract.publisher})\u00a0: aucun fichier ${files.join(" ni ")}.`;
}

/** The file of a source, or an error that says where to get it. */
export function requireSource(territory: Territory, contract: Contract, options: LocateOptions = {}): Located {
  const located = locateSource(territory, contract, options);
  if (located) {
    refuseNotFile(located);
    return located;
  }
  throw new QuartiersError({
    what: `Le fichier de la source « ${contract.title} » est introuvable pour le territoire ${territory.name}`,
    where: territory.dataFolder,
    expected: candidateFiles(contract).join(" ou "),
    remedy: howToGet(contract),
  });
}

/** A folder, a pipe or a device under the name of a file: reading it would fail in strange words, or never end. */
function refuseNotFile({ path, file }: Located): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return;
  throw new QuartiersError({
    what: found?.isDirectory() ? "C'est un dossier qui porte le nom du fichier" : "Ce n'est pas un fichier ordinaire",
    where: file,
    expected: "le fichier du producteur",
    remedy: "déposer le fichier lui-même à cet endroit",
  });
}

/** What to do to have a source, as the end of a French sentence. */
export function howToGet({ id, retrieval, publisher, url }: Contract): string {
  if (retrieval?.via === "partner") return retrieval.ask;
  if (retrieval?.via === "npm") return `installer le paquet ${retrieval.package} (npm ci)`;
  if (retrieval) return `le télécharger par npm run quartiers -- fetch ${id}, ou à la main depuis ${url}`;
  return `le demander à ${publisher} ou le télécharger (${url}), puis le déposer à cet endroit`;
}

const require = createRequire(import.meta.url);

function packagePath(specifier: string): string | null {
  try {
    return require.resolve(specifier);
  } catch {
    return null;
  }
}
