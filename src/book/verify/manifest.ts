import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import type { BundledSource } from "../../notebook/bundle.ts";
import { hashFile, listFiles } from "../keys.ts";

/** File of the reports that says what they are made of. */
export const MANIFEST = "empreintes.json";

/** Hashes of everything that a book was made from, and of everything that it wrote. */
export interface Manifest {
  readonly territory: string;
  /** By file, relative to the data folder. */
  readonly inputs: Readonly<Record<string, string>>;
  /** By file, relative to the reports. */
  readonly reports: Readonly<Record<string, string>>;
}

/**
 * Input files of a book: those of the data folder that its tables cite. Files of packages and of our code are held by the lock file, and the invented tables
 * of a lesson are in no file.
 */
export function inputHashes(sources: readonly BundledSource[], data: string): Readonly<Record<string, string>> {
  const files = sources.filter(({ file }) => existsSync(join(data, file)));
  return Object.fromEntries(
    [...new Map(files.map(({ file, sha256 }) => [file, sha256]))].sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Hashes of the files of the named entries of a folder of reports. */
export function reportHashes(folder: string, entries: readonly string[]): Readonly<Record<string, string>> {
  const files = entries.flatMap((entry) => {
    const path = join(folder, entry);
    if (!existsSync(path)) return [];
    return statSync(path).isFile() ? [entry] : listFiles(path).map((file) => `${entry}/${file}`);
  });
  return Object.fromEntries(files.sort().map((file) => [file, hashFile(join(folder, file))]));
}

/**
 * The manifest of a folder of reports.
 * @throws QuartiersError when it is absent or unreadable
 */
export function readManifest(reports: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(reports, MANIFEST), "utf8")) as Manifest;
  } catch (cause) {
    throw new QuartiersError({
      what: "Ces rapports n'ont pas d'empreintes lisibles",
      value: MANIFEST,
      expected: "le fichier écrit par la construction du livre",
      remedy: "construire le livre (npm run book), ou rétablir le fichier",
      cause,
    });
  }
}
