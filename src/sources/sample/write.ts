import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { generateSample } from "./generate.ts";
import { DEFAULT_SEED } from "./stream.ts";

/**
 * Writes the invented territory in a folder, each file under a temporary name first, then renamed: a reader never meets half a file.
 * Files that are already there and that the generator does not make are left alone.
 * @returns the paths written, relative to the folder
 */
export async function writeSample(folder: string, seed: number = DEFAULT_SEED): Promise<readonly string[]> {
  const files = generateSample({ seed });
  for (const [file, content] of files) {
    const target = join(folder, file);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(`${target}.partiel`, content);
    await rename(`${target}.partiel`, target);
  }
  return [...files.keys()];
}
