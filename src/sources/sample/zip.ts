import { strToU8, type Zippable, zipSync } from "fflate";

/**
 * A ZIP archive whose bytes depend on its contents only: one date, written in local time whatever the machine's zone, and fflate's own
 * deflate, which is the same everywhere.
 */
export function zip(members: readonly (readonly [name: string, content: string | Uint8Array])[]): Uint8Array {
  const files: Zippable = {};
  for (const [name, content] of members) files[name] = typeof content === "string" ? strToU8(content) : content;
  return zipSync(files, { level: 9, mtime: new Date(2022, 2, 1, 12) });
}
