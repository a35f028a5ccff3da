import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createGunzip } from "node:zlib";

/** Bytes of a file from a place, fewer at its end. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, length));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
  return buffer.subarray(0, bytesRead);
}

const EOCD_BYTES = 22;
const ZIP64_LOCATOR_BYTES = 20;

/**
 * Whether a ZIP file goes to its end: its end record, and the central directory where that record says (APPNOTE 4.3.16; with the ZIP64
 * record of 4.3.14 for files over 4 GB). Reads the last 65 KB.
 */
export async function isWholeZip(file: FileHandle, size: number): Promise<boolean> {
  const length = Math.min(size, EOCD_BYTES + 0xffff + ZIP64_LOCATOR_BYTES);
  const tail = await readAt(file, size - length, length);
  for (let at = tail.length - EOCD_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== 0x06054b50) continue;
    if (at + EOCD_BYTES + tail.readUInt16LE(at + 20) !== tail.length) continue;
    const entries = tail.readUInt16LE(at + 10);
    const directory = await directoryOf(file, tail, at, size - length);
    if (!directory || directory.offset + directory.bytes > size - length + at) continue;
    if (entries === 0) return true;
    const start = await readAt(file, directory.offset, 4);
    return start.length === 4 && start.readUInt32LE(0) === 0x02014b50;
  }
  return false;
}

async function directoryOf(
  file: FileHandle,
  tail: Buffer,
  at: number,
  tailStart: number,
): Promise<{ offset: number; bytes: number } | null> {
  const [bytes, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (offset !== 0xffffffff && bytes !== 0xffffffff) return { offset, bytes };
  const locator = at - ZIP64_LOCATOR_BYTES;
  if (locator < 0 || tail.readUInt32LE(locator) !== 0x07064b50) return null;
  const recordAt = Number(tail.readBigUInt64LE(locator + 8));
  if (recordAt > tailStart + locator) return null;
  const record = await readAt(file, recordAt, 56);
  if (record.length < 56 || record.readUInt32LE(0) !== 0x06064b50) return null;
  return { bytes: Number(record.readBigUInt64LE(40)), offset: Number(record.readBigUInt64LE(48)) };
}

/** Whether a gzip file unpacks to its end with the right checksum. Reads it whole. */
export async function isWholeGzip(path: string): Promise<boolean> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), createGunzip(), nowhere);
    return true;
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith("Z_")) return false;
    throw error;
  }
}

/** Whether a 7z file is as long as its start header says, and that header is whole (7zFormat.txt: SignatureHeader). */
export async function isWholeSevenZip(file: FileHandle, size: number): Promise<boolean> {
  const header = await readAt(file, 0, 32);
  if (header.length < 32 || crc32(header.subarray(12, 32)) !== header.readUInt32LE(8)) return false;
  const [offset, bytes] = [Number(header.readBigUInt64LE(12)), Number(header.readBigUInt64LE(20))];
  if (32 + offset + bytes > size) return false;
  return bytes === 0 || crc32(await readAt(file, 32 + offset, bytes)) === header.readUInt32LE(28);
}

/** Whether a Parquet file has its closing mark. */
export async function isWholeParquet(file: FileHandle, size: number): Promise<boolean> {
  return size >= 12 && (await readAt(file, size - 4, 4)).toString("latin1") === "PAR1";
}

/** Whether a JSON text ends as it began. */
export async function isWholeJson(file: FileHandle, size: number): Promise<boolean> {
  const first = withoutMark(await readAt(file, 0, 256))
    .trimStart()
    .charAt(0);
  const last = (await readAt(file, Math.max(0, size - 256), 256)).toString("latin1").trimEnd().at(-1);
  return (first === "{" && last === "}") || (first === "[" && last === "]");
}

/** A text without its byte order mark. */
export const withoutMark = (bytes: Buffer): string => bytes.toString("utf8").replace(/^\uFEFF/, "");
