import { existsSync } from "node:fs";
import { readFile, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomic } from "../engine/atomic.ts";
import { sha256, sha256File } from "../engine/hash.ts";
import { type Progress, silentProgress } from "../engine/progress.ts";
import type { Contract } from "./contract.ts";
import { inspectFile } from "./inspect.ts";
import type { Located } from "./locate.ts";

/** A file to read, and the archive that held it. */
export interface Unpacked {
  readonly path: string;
  /** Null when the publisher's file is read as it is. */
  readonly archive: {
    readonly path: string;
    /** Fingerprint of the member when it was extracted: its copy is read again and again. */
    readonly memberSha256: string;
  } | null;
}

const archiveName = /\.(zip|7z|gz)$/i;

/** Members are kept here, by the fingerprint of their archive: a second reading unpacks nothing. */
const store = join(import.meta.dirname, "../../.quartiers/archives");

/**
 * The file of a source out of its archive, if it is in one. A shapefile stays in its archive, whose reader takes all its parts; an Office workbook is
 * no archive.
 * @param folder where to put the member; by default a place that lasts. What a partner lends must not outlast its file
 * @throws QuartiersError when the archive is damaged or hostile, or does not hold the member that the contract names
 */
export async function unpack(
  { contract, path, file }: Located,
  progress: Progress = silentProgress,
  folder: string | null = null,
): Promise<Unpacked> {
  if (!archiveName.test(path) || contract.format === "shapefile") return { path, archive: null };
  const { extractMember } = await import("./formats/archive.ts");
  const { sha256: fingerprint } = await inspectFile(path, file, null);
  const own = folder ?? join(store, fingerprint);
  const pattern = contract.member ?? "*";
  const target = join(own, `${safeName(pattern)}${extensionOf(contract)}`);
  /** Written last: a member without it was left by a process that was stopped, and is extracted again. */
  const seal = `${target}.sha256`;
  if (!existsSync(target) || !existsSync(seal)) {
    await extractMember(path, pattern, target, { file }, progress).catch(async (error: unknown) => {
      // The folder is removed when it holds no other member.
      await rmdir(own).catch(() => undefined);
      throw error;
    });
    await writeFileAtomic(seal, await sha256File(target));
  }
  return { path: target, archive: { path, memberSha256: await readFile(seal, "utf8") } };
}

/** A pattern as the name of a file; its fingerprint keeps apart those that differ by what a name of file cannot hold. */
function safeName(pattern: string): string {
  const name = pattern.replace(/[^\w.-]+/g, "_").replace(/^\.+/, "_");
  return name === pattern ? name : `${sha256(pattern).slice(0, 8)}-${name}`;
}

/** Readers of some formats look at the extension. */
function extensionOf({ format, member = "" }: Contract): string {
  const extension = {
    csv: ".csv",
    json: ".json",
    geojson: ".geojson",
    topojson: ".json",
    parquet: ".parquet",
  } as const;
  const wanted = format in extension ? extension[format as keyof typeof extension] : "";
  return wanted === "" || member.toLowerCase().endsWith(wanted) ? "" : wanted;
}
