import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import { writeFileAtomic } from "../../engine/atomic.ts";
import { sha256 } from "../../engine/hash.ts";
import type { BookContent } from "../print.ts";

/** Where a build keeps what it released into a folder, so that the folder can be scanned later. It holds released content only. */
const recordOf = (root: string, out: string): string =>
  join(root, ".quartiers", "cache", `diffuse-${sha256(resolve(root, out)).slice(0, 12)}.json`);

/** What a build released into a folder, and the files of other parts that it vouched for. */
export interface ReleasedRecord {
  readonly book: BookContent;
  /** SHA-256 by path in the folder. */
  readonly admitted: ReadonlyMap<string, string>;
  /** Contacts that the book prints on purpose. */
  readonly contacts: readonly string[];
  /** Entries of the folder that are this book's: the ledgers of other territories are not. */
  readonly entries: readonly string[];
  /** Lines of the ledger that earlier editions wrote. */
  readonly heldLines: number;
}

/** Keeps what was released into a folder. */
export async function keepReleased(root: string, out: string, record: ReleasedRecord): Promise<void> {
  const plain = JSON.stringify(record, (_, value: unknown) => (value instanceof Map ? { $map: [...value] } : value));
  await writeFileAtomic(recordOf(root, out), plain);
}

/** What the last build released into a folder. @throws when no build did */
export function readReleased(root: string, out: string): ReleasedRecord {
  const file = recordOf(root, out);
  if (!existsSync(file))
    throw new QuartiersError({
      what: "Ce dossier n'a pas été construit ici : ce qui y a été diffusé n'est pas connu",
      value: relative(root, resolve(root, out)) || ".",
      remedy: "construire le livre dans ce dossier (npm run book -- --out DOSSIER), puis relancer",
    });
  return JSON.parse(readFileSync(file, "utf8"), (_, value: unknown) => {
    const entries = (value as { readonly $map?: readonly (readonly [string, unknown])[] } | null)?.$map;
    return entries ? new Map(entries) : value;
  }) as ReleasedRecord;
}
