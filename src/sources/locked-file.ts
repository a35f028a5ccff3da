import { QuartiersError } from "../codes/errors.ts";
import { readLock } from "./fetch/lock.ts";
import type { Territory } from "./territory.ts";

/**
 * Refuses a file that is no longer the one that was fetched: edited, replaced by hand, damaged. A file that the lock of the data folder does not name was
 * put there by a person, and passes.
 * @param file relative to the data folder
 * @param sha256 of the file as it stands there, archive included
 * @throws QuartiersError with both fingerprints
 */
export async function refuseOtherThanFetched(
  { dataFolder }: Pick<Territory, "dataFolder">,
  file: string,
  sha256: string,
): Promise<void> {
  const entry = (await readLock(dataFolder)).get(file);
  if (!entry || entry.sha256 === sha256) return;
  throw new QuartiersError({
    what: "Le fichier n'est plus celui qui a été téléchargé",
    value: `sha256 ${sha256}`,
    where: file,
    expected: `sha256 ${entry.sha256}, téléchargé le ${entry.date.slice(0, 10)} (quartiers.lock.json)`,
    remedy: `voir ce qui a changé par «\u202fquartiers fetch --verify\u202f», puis reprendre le fichier par «\u202fquartiers fetch ${entry.source} --force\u202f»`,
  });
}
