import { isUtf8 } from "node:buffer";
import { createInflateRaw } from "node:zlib";
import yauzl from "yauzl";
import { QuartiersError } from "../../codes/errors.ts";
import type { Progress } from "../../engine/progress.ts";
import {
  type ArchiveMember,
  archiveFault,
  checkMembers,
  type ExtractLimits,
  SMALL_BYTES,
  tooDense,
} from "./archive-member.ts";
import { through, writeGuarded } from "./guarded-write.ts";

/** A member of a ZIP file with what its directory says of it. */
export interface ZipMember extends ArchiveMember {
  readonly isLink: boolean;
  readonly entry: yauzl.Entry;
}

/** An open ZIP file and its members, checked. Close it. */
export interface OpenZip {
  readonly zip: yauzl.ZipFile;
  readonly members: readonly ZipMember[];
}

/** More members than any archive of data has. */
const MAX_MEMBERS = 200_000;

/**
 * Opens a ZIP file (APPNOTE 6.3.10, with ZIP64) and reads its directory.
 * @throws QuartiersError when the file is truncated, damaged, hostile or in several volumes
 */
export async function openZip(path: string, limits: ExtractLimits, file: string): Promise<OpenZip> {
  // Names are decoded here: archives made on Windows write CP437 or Latin-1 without saying which.
  const zip = await yauzl.openPromise(path, { decodeStrings: false, autoClose: false }).catch((error: unknown) => {
    throw zipFault(error, file);
  });
  try {
    if (zip.entryCount > MAX_MEMBERS)
      throw archiveFault("damaged", file, { value: `${zip.entryCount} membres`, expected: `au plus ${MAX_MEMBERS}` });
    const members: ZipMember[] = [];
    for await (const entry of zip.eachEntry()) members.push(memberOf(entry, file));
    checkMembers(members, limits, file);
    checkOverlap(members, file);
    return { zip, members };
  } catch (error) {
    zip.close();
    throw zipFault(error, file);
  }
}

function memberOf(entry: yauzl.Entry, file: string): ZipMember {
  const raw = entry.fileName as unknown as Buffer;
  const path = nameOf(raw, entry).replaceAll("\\", "/").normalize("NFC");
  if (!Number.isSafeInteger(entry.uncompressedSize + entry.compressedSize)) throw archiveFault("damaged", file);
  const unixMode = entry.externalFileAttributes >>> 16;
  return {
    path,
    bytes: entry.uncompressedSize,
    packedBytes: entry.compressedSize,
    isLink: (unixMode & 0o170000) === 0o120000,
    entry,
  };
}

/**
 * The name of a member: UTF-8 when the entry says so or when its bytes can be nothing else; then Latin-1 when every accent is one of Latin-1's letters
 * (0xC0 and over, where CP437 has frames and Greek), else the CP437 of the specification.
 */
function nameOf(raw: Buffer, entry: yauzl.Entry): string {
  const saysUtf8 = (entry.generalPurposeBitFlag & 0x800) !== 0;
  if (saysUtf8 || entry.extraFields.some(({ id }) => id === 0x7075) || raw.every((byte) => byte < 0x80))
    return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false);
  if (isUtf8(raw)) return raw.toString("utf8");
  if (raw.every((byte) => byte < 0x80 || byte >= 0xc0)) return raw.toString("latin1");
  return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false);
}

/** Members that share bytes of the archive: how a small file declares petabytes (Fifield 2019, « A better zip bomb »). */
function checkOverlap(members: readonly ZipMember[], file: string): void {
  const sorted = [...members].sort((a, b) => a.entry.relativeOffsetOfLocalHeader - b.entry.relativeOffsetOfLocalHeader);
  sorted.forEach(({ entry, path }, i) => {
    const next = sorted[i + 1];
    if (!next) return;
    const end = entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameLength + entry.compressedSize;
    if (end > next.entry.relativeOffsetOfLocalHeader)
      throw archiveFault("overlap", file, { value: `${path}, ${next.path}` });
  });
}

/** Extracts a member of an open ZIP file, size and CRC-32 checked. */
export async function extractZipMember(
  { zip }: OpenZip,
  { entry, path, bytes, packedBytes }: ZipMember,
  targetPath: string,
  limits: ExtractLimits,
  file: string,
  progress: Progress,
): Promise<void> {
  const where = `${file}, membre ${path}`;
  if (entry.isEncrypted()) throw archiveFault("encrypted", where);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    throw archiveFault("method", where, {
      value: `méthode ${entry.compressionMethod}`,
      expected: "deflate (8) ou sans compression (0)",
    });
  if (bytes > SMALL_BYTES && bytes > limits.maxRatio * packedBytes)
    throw tooDense(bytes, packedBytes, limits.maxRatio, where);
  try {
    const promised = { ...limits, where, bytes, crc: entry.crc32, packedBytes: () => packedBytes };
    await writeGuarded(content(zip, entry), targetPath, promised, progress);
  } catch (error) {
    throw zipFault(error, where);
  }
}

/** The bytes of a member. The library gives them as they are packed: its own inflating stream fails outside of the one that is read. */
async function* content(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Uint8Array> {
  const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  yield* entry.compressionMethod === 0 ? packed : through(packed, createInflateRaw());
}

/** What the library says, told in words. */
function zipFault(error: unknown, where: string): unknown {
  if (error instanceof QuartiersError) return error;
  const message = error instanceof Error ? error.message : "";
  const code = String((error as NodeJS.ErrnoException)?.code ?? "");
  if (/^(ENOENT|EACCES|EISDIR|EMFILE|EIO)$/.test(code)) return error;
  if (/signature not found|unexpected EOF/i.test(message)) return archiveFault("truncated", where, { cause: error });
  if (/multi-disk/.test(message)) return archiveFault("volume", where, { cause: error });
  if (/encrypt/.test(message)) return archiveFault("encrypted", where, { cause: error });
  if (/too many bytes|not enough bytes|size mismatch/.test(message))
    return archiveFault("size", where, { cause: error });
  if (/overflows file bounds/.test(message)) return archiveFault("truncated", where, { cause: error });
  return archiveFault("damaged", where, { cause: error });
}
