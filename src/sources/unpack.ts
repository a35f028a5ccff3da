import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Progress, silentProgress } from "../engine/progress.ts";
import type { Contract } from "./contract.ts";
import { inspectFile } from "./inspect.ts";
import type { Located } from "./locate.ts";

/** A file to read; `archive` is the path of the archive that held it, null when the publisher's file is read as it is. */
export interface Unpacked {
  readonly path: string;
  readonly archive: string | null;
}

const archiveName = /\.(zip|7z|gz)$/i;

/** Members are kept here, by the fingerprint of their archive: a second reading unpacks nothing. */
const store = join(import.meta.dirname, "../../.quartiers/archives");

/**
 * The file of a source out of its archive, if it is in one. A shapefile stays in its archive, whose reader takes all its parts; an Office workbook is
 * no archive.
 * @throws QuartiersError when the archive is damaged or hostile, or does not hold the member that the contract names
 */
export async function unpack(
  { contract, path, file }: Located,
  progress: Progress = silentProgress,
): Promise<Unpacked> {
  if (!archiveName.test(path) || contract.format === "shapefile") return { path, archive: null };
  const { extractMember } = await import("./formats/archive.ts");
  const { sha256 } = await inspectFile(path, file, null);
  const folder = join(store, sha256);
  const pattern = contract.member ?? "*";
  const target = join(folder, `${safeName(pattern)}${extensionOf(contract)}`);
  if (!existsSync(target)) {
    await mkdir(folder, { recursive: true });
    await extractMember(path, pattern, target, { file }, progress);
  }
  return { path: target, archive: path };
}

/** A pattern as the name of a file. */
const safeName = (pattern: string): string => pattern.replace(/[^\w.-]+/g, "_").replace(/^\.+/, "_");

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
