import type { Progress } from "../engine/progress.ts";
import type { Located } from "./locate.ts";

/** The file to read, once out of its archive if it is in one. */
export async function unpack(
  { path }: Located,
  _progress?: Progress,
): Promise<{ readonly path: string; readonly archive: string | null }> {
  return { path, archive: null };
}
