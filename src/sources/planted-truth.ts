import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { QuartiersError } from "../codes/errors.ts";
import type { Territory } from "./territory.ts";

/**
 * A truth planted in the invented territory, as `read` makes it of the JSON of its file; null for a real territory, whatever its folder holds.
 * @throws QuartiersError when the file is not what the generator writes
 */
export function plantedTruth<Truth>(territory: Territory, file: string, read: (json: unknown) => Truth): Truth | null {
  const path = join(territory.dataFolder, file);
  if (!territory.synthetic || !existsSync(path)) return null;
  try {
    return read(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new QuartiersError({
      what: "La vérité plantée du territoire inventé est illisible",
      where: file,
      expected: "le fichier qu'écrit npm run samples",
      remedy: "le régénérer avec npm run samples",
      cause: error,
    });
  }
}
