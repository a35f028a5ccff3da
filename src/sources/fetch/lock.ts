import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import { writeFileAtomic } from "../../engine/atomic.ts";
import { sha256File } from "../../engine/hash.ts";
import { printable } from "../printable.ts";
import { withFileLock } from "./file-lock.ts";

/** Name of the lock file in a data folder: what was fetched, from where, and exactly which bytes. */
export const LOCK_FILE = "quartiers.lock.json";

/** One file brought by `quartiers fetch`. */
export interface LockEntry {
  /** Identifier of the source. */
  readonly source: string;
  readonly publisher: string;
  readonly licence: string;
  readonly vintage: string;
  /** Address asked, and the one that answered; without secrets. */
  readonly url: string;
  readonly finalUrl: string;
  /** Moment of the download, ISO 8601, UTC. */
  readonly date: string;
  readonly bytes: number;
  readonly sha256: string;
  /** What the publisher gives to recognise this version. */
  readonly etag?: string;
  readonly lastModified?: string;
  readonly revision?: string;
}

/** Entries by path of the file, relative to the data folder, with "/". */
export type Lock = ReadonlyMap<string, LockEntry>;

const VERSION = 1;
const required = ["source", "publisher", "licence", "vintage", "url", "finalUrl", "date", "sha256"] as const;
const optional = ["etag", "lastModified", "revision"] as const;

/**
 * Reads the lock file of a data folder; empty when there is none.
 * @throws QuartiersError naming the entry and the field that are not as they should
 */
export async function readLock(folder: string): Promise<Lock> {
  const where = join(folder, LOCK_FILE);
  let text: string;
  try {
    if (!(await stat(where)).isFile()) throw damaged(LOCK_FILE, "ce n'est pas un fichier", "un fichier");
    text = await readFile(where, "utf8");
  } catch (error) {
    if (error instanceof QuartiersError) throw error;
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return new Map();
    throw damaged(LOCK_FILE, "ne peut pas être lu", "un fichier que l'on a le droit de lire");
  }
  return parseLock(text);
}

/** The entries of a lock file's text. */
export function parseLock(text: string, where: string = LOCK_FILE): Lock {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw damaged(where, "ce n'est pas du JSON", "un document JSON");
  }
  const { version, files } = (isRecord(document) ? document : {}) as { version?: unknown; files?: unknown };
  if (version !== VERSION)
    throw damaged(
      where,
      version === undefined ? told("version", version) : `version ${printable(JSON.stringify(version), 40)}`,
      `version ${VERSION}`,
    );
  if (!isRecord(files)) throw damaged(where, "« files » manque", "un objet « files »");
  return new Map(Object.entries(files).map(([file, entry]) => [file, checkEntry(file, entry, where)]));
}

function checkEntry(file: string, entry: unknown, where: string): LockEntry {
  const at = `${where}, ${printable(file, 120)}`;
  if (!isInside(file)) throw damaged(at, printable(file, 120), "un chemin relatif au dossier de données");
  if (!isRecord(entry)) throw damaged(at, printable(JSON.stringify(entry), 40), "un objet");
  for (const name of required)
    if (typeof entry[name] !== "string") throw damaged(at, told(name, entry[name]), "un texte");
  for (const name of optional)
    if (entry[name] !== undefined && typeof entry[name] !== "string")
      throw damaged(at, told(name, entry[name]), "un texte");
  if (!/^[0-9a-f]{64}$/.test(String(entry["sha256"])))
    throw damaged(at, `sha256 = ${printable(String(entry["sha256"]), 80)}`, "64 chiffres hexadécimaux");
  if (!Number.isSafeInteger(entry["bytes"]) || Number(entry["bytes"]) < 0)
    throw damaged(at, told("bytes", entry["bytes"]), "un nombre entier d'octets");
  return entry as unknown as LockEntry;
}

/**
 * Whether a path stays in the data folder: relative, and never going up.
 * @example
 * ```ts
 * isInside("insee/../../secret.csv") // false
 * ```
 */
export function isInside(file: string): boolean {
  return file !== "" && !/^([/\\]|[A-Za-z]:)|\0/.test(file) && !file.split(/[/\\]/).includes("..");
}

/** The text of a lock file: sorted, so that the same downloads give the same text. */
export function lockText(lock: Lock): string {
  const files = Object.fromEntries(
    [...lock].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, entry]) => [file, sortedEntry(entry)]),
  );
  return `${JSON.stringify({ version: VERSION, files }, null, 2)}\n`;
}

function sortedEntry(entry: LockEntry): Record<string, unknown> {
  const names = [...required, "bytes", ...optional].sort();
  return Object.fromEntries(
    names.flatMap((name) =>
      entry[name as keyof LockEntry] === undefined ? [] : [[name, entry[name as keyof LockEntry]]],
    ),
  );
}

/** Another process may be writing: its turn lasts a few milliseconds. */
const LOCK_WAIT_MS = 20_000;

/** Writes or replaces one entry; two processes that do so at once both keep theirs. */
export async function updateLock(folder: string, file: string, entry: LockEntry): Promise<void> {
  const path = join(folder, LOCK_FILE);
  await withFileLock(
    `${path}.verrou`,
    async () => {
      const lock = new Map(await readLock(folder));
      lock.set(file, checkEntry(file, entry, path));
      await writeFileAtomic(path, lockText(lock));
    },
    LOCK_WAIT_MS,
  );
}

/** A file of the lock, as it stands in the folder. */
export interface LockFinding {
  readonly file: string;
  readonly source: string;
  /** "changed": not the bytes that were fetched, by whom is unknown. */
  readonly state: "same" | "changed" | "absent";
  readonly expectedSha256: string;
  readonly foundSha256?: string;
}

/** Compares the files of a folder with its lock, in the order of their paths. Reads every file whole. */
export async function verifyLock(folder: string): Promise<readonly LockFinding[]> {
  const findings: LockFinding[] = [];
  for (const [file, { source, sha256 }] of [...(await readLock(folder))].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const found = await sha256OrNull(join(folder, file));
    const base = { file, source, expectedSha256: sha256 };
    if (found === null) findings.push({ ...base, state: "absent" });
    else findings.push({ ...base, state: found === sha256 ? "same" : "changed", foundSha256: found });
  }
  return findings;
}

/** The sha256 of a file, or null when it is not there. */
export async function sha256OrNull(path: string): Promise<string | null> {
  const there = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
  return there ? sha256File(path) : null;
}

/** A field as a message says it. */
const told = (name: string, value: unknown): string =>
  value === undefined ? `« ${name} » manque` : `${name} = ${printable(JSON.stringify(value), 80)}`;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function damaged(where: string, value: string, expected: string): QuartiersError {
  return new QuartiersError({
    what: "Le verrou des téléchargements est abîmé",
    value,
    where,
    expected,
    remedy:
      "le restaurer depuis une sauvegarde, ou le supprimer\u00a0: les fichiers restent, et «\u202fquartiers fetch --force\u202f» le refait",
  });
}
