import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { forPurpose, openTerritory, type Territory } from "../../../src/sources/territory.ts";

const purpose = "pratiques-culturelles";
const samples = join(import.meta.dirname, "../../../data-samples");

/** The invented territory, as the culture experiment opens it. */
export const sampleTerritory = (data?: string): Territory =>
  forPurpose(openTerritory({ territory: "exemple", ...(data ? { data } : {}) }), purpose);

/** A folder that holds some of the sample's sources, whose files can be changed. */
export interface SampleFolder {
  readonly folder: string;
  readonly territory: Territory;
  readonly write: (file: string, text: string) => void;
  /** Rewrites a file line by line; refuses to change nothing. */
  readonly editLines: (file: string, change: (line: string, place: number) => string) => void;
  readonly remove: () => void;
}

export function sampleFolder(...sources: readonly string[]): SampleFolder {
  const folder = mkdtempSync(join(tmpdir(), "culture-"));
  for (const path of ["synthetique.json", ...sources])
    cpSync(join(samples, path), join(folder, path), { recursive: true });
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  return {
    folder,
    territory: sampleTerritory(folder),
    write,
    editLines: (file, change) => {
      const before = readFileSync(join(folder, file), "utf8");
      const after = before.split("\n").map(change).join("\n");
      if (after === before) throw new Error(`nothing was changed in ${file}`);
      write(file, after);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
