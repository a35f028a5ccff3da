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
 * The file of a source out of its archive, if it is in one. A shapefile comes with the files beside it; an Office workbook is no archive.
 * @throws QuartiersError when the archive is damaged or hostile, or does not hold the member that the contract names
 */
export async function unpack(
  { contract, path, file }: Located,
  progress: Progress = silentProgress,
): Promise<Unpacked> {
  if (!archiveName.test(path)) return { path, archive: null };
  const { extractMember, listMembers } = await import("./formats/archive.ts");
  const { sha256 } = await inspectFile(path, file, null);
  const folder = join(store, sha256);
  const pattern = contract.member ?? "*";
  if (contract.format !== "shapefile") {
    const target = join(folder, `${safeName(pattern)}${extensionOf(contract)}`);
    if (!existsSync(target)) {
      await mkdir(folder, { recursive: true });
      await extractMember(path, pattern, target, { file }, progress);
    }
    return { path: target, archive: path };
  }
  const { chooseMember } = await import("./formats/archive-member.ts");
  const members = await listMembers(path, { file });
  const shp = chooseMember(members, contract.member ?? "*.shp", file);
  const stem = shp.path.replace(/\.shp$/i, "");
  const layer = members.filter((member) => member.path.slice(0, stem.length + 1) === `${stem}.`);
  await mkdir(folder, { recursive: true });
  for (const member of layer) {
    const target = join(folder, `couche${member.path.slice(stem.length).toLowerCase()}`);
    if (!existsSync(target)) await extractMember(path, member.path, target, { file }, progress);
  }
  return { path: join(folder, "couche.shp"), archive: path };
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
