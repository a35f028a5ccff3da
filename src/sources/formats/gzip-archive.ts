import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { constants, createGunzip } from "node:zlib";
import type { Progress } from "../../engine/progress.ts";
import { type ArchiveMember, archiveFault, type ExtractLimits } from "./archive-member.ts";
import { through, writeGuarded } from "./guarded-write.ts";

/** The one file of a gzip file (RFC 1952): under the name without « .gz ». Its size is known only once extracted. */
export async function gzipMember(path: string, file: string): Promise<ArchiveMember> {
  const { size } = await stat(path);
  const name = (file.split("/").at(-1) ?? file).replace(/\.gz$|\.gzip$/i, "");
  return { path: name || "contenu", bytes: Number.NaN, packedBytes: size };
}

/** Extracts a gzip file, all its members one after the other as `gzip -d` does; checksums are the decompressor's. */
export async function extractGzip(
  path: string,
  targetPath: string,
  limits: ExtractLimits,
  file: string,
  progress: Progress,
): Promise<void> {
  const { size } = await stat(path);
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  const promised = { ...limits, where: file, packedBytes: () => Math.max(1, gunzip.bytesWritten) };
  const checked = async function* (): AsyncGenerator<Uint8Array> {
    yield* through(createReadStream(path, { highWaterMark: 1 << 18 }), gunzip);
    await refuseRest(path, gunzip.bytesWritten, size, file);
  };
  try {
    await writeGuarded(checked(), targetPath, promised, progress);
  } catch (error) {
    const { code, message = "" } = error as NodeJS.ErrnoException;
    if (code === "Z_BUF_ERROR") throw archiveFault("truncated", file, { cause: error });
    if (/incorrect data check/.test(message)) throw archiveFault("crc", file, { cause: error });
    if (/incorrect length check/.test(message)) throw archiveFault("size", file, { cause: error });
    if (String(code).startsWith("Z_")) throw archiveFault("damaged", file, { cause: error });
    throw error;
  } finally {
    gunzip.destroy();
  }
}

/** What follows the last member is zeros (padding of tapes) or a damaged member: the decompressor stops there and says nothing. */
async function refuseRest(path: string, from: number, size: number, where: string): Promise<void> {
  if (from >= size) return;
  const file = await open(path, "r");
  try {
    const buffer = Buffer.alloc(Math.min(size - from, constants.Z_MAX_CHUNK, 1 << 20));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
    if (buffer.subarray(0, bytesRead).some((byte) => byte !== 0) || size - from > buffer.length)
      throw archiveFault("damaged", `${where}, octet ${from}`, {
        expected: "la fin du fichier, ou un autre membre gzip",
      });
  } finally {
    await file.close();
  }
}
