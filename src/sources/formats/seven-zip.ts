import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { libarchiveWasm } from "libarchive-wasm";
import { QuartiersError } from "../../codes/errors.ts";
import type { Progress } from "../../engine/progress.ts";
import { archiveFault, checkMembers, type ExtractLimits, SMALL_BYTES, tooDense } from "./archive-member.ts";
import { writeGuarded } from "./guarded-write.ts";
import { readSevenZipDirectory, type SevenZipMember } from "./seven-zip-header.ts";

/** The decompressor's memory goes to 2 GB, and holds the archive and a dictionary. */
const MAX_ARCHIVE_BYTES = 1.2e9;
const CHUNK_BYTES = 1 << 20;

type Library = Awaited<ReturnType<typeof libarchiveWasm>>;

/**
 * The members of a 7z file, checked.
 * @throws QuartiersError when the archive is truncated, damaged, hostile or encrypted
 */
export async function sevenZipMembers(
  path: string,
  limits: ExtractLimits,
  file: string,
): Promise<readonly SevenZipMember[]> {
  const { members, isEncrypted } = await readSevenZipDirectory(path, file, (archive) => unpackHeader(archive, file));
  checkMembers(members, limits, file);
  if (isEncrypted) throw archiveFault("encrypted", file);
  return members;
}

/** Extracts a member of a 7z file by libarchive. Memory: the archive, its dictionary and a megabyte; a solid archive is unpacked up to the member. */
export async function extractSevenZipMember(
  path: string,
  members: readonly SevenZipMember[],
  member: SevenZipMember,
  targetPath: string,
  limits: ExtractLimits,
  file: string,
  progress: Progress,
): Promise<void> {
  const where = `${file}, membre ${member.path}`;
  const archive = openSync(path, "r");
  try {
    const { size } = fstatSync(archive);
    if (size > MAX_ARCHIVE_BYTES)
      throw new QuartiersError({
        what: "Cette archive 7z est trop grande pour être ouverte ici",
        value: `${Math.round(size / 1e6)}\u00a0Mo`,
        where: file,
        expected: `au plus ${MAX_ARCHIVE_BYTES / 1e6}\u00a0Mo`,
        remedy: "l'extraire avec un outil d'archives, puis déposer le fichier extrait à la place de l'archive",
      });
    if (member.bytes > SMALL_BYTES && member.bytes > limits.maxRatio * size)
      throw tooDense(member.bytes, size, limits.maxRatio, where);
    const library = await libarchiveWasm();
    const pointer = loadFile(library, archive, size, file);
    const chunks = memberChunks(library, pointer, size, members.indexOf(member), where);
    const { bytes, crc } = member;
    const promised = { ...limits, where, bytes, packedBytes: () => size, ...(crc === undefined ? {} : { crc }) };
    await writeGuarded(chunks, targetPath, promised, progress);
  } finally {
    closeSync(archive);
  }
}

/** Reads the archive straight into the decompressor's memory: one copy only. */
function loadFile(library: Library, archive: number, size: number, file: string): number {
  const pointer = allocate(library, size, file);
  for (let at = 0; at < size; ) {
    const read = readSync(archive, library.module.HEAP8, pointer + at, Math.min(CHUNK_BYTES, size - at), at);
    if (read === 0) throw archiveFault("truncated", file);
    at += read;
  }
  return pointer;
}

function allocate({ module }: Library, size: number, file: string): number {
  const pointer = module._malloc(Math.max(1, size)) as number;
  if (pointer === 0) throw archiveFault("damaged", file, { value: `${size} octets`, expected: "de la mémoire libre" });
  return pointer;
}

async function* memberChunks(
  library: Library,
  pointer: number,
  size: number,
  index: number,
  where: string,
): AsyncGenerator<Uint8Array> {
  try {
    const archive = library.read_new_memory(pointer, size);
    for (let i = 0; ; i++) {
      if (library.read_next_entry(archive) === 0) throw new Error(library.error_string(archive));
      if (i === index) break;
    }
    const buffer = allocate(library, CHUNK_BYTES, where);
    for (;;) {
      const length = library.read_data(archive, buffer, CHUNK_BYTES);
      if (length === 0) return;
      const { HEAP8 } = library.module;
      yield Buffer.from(HEAP8.buffer as ArrayBuffer, buffer, length);
    }
  } catch (error) {
    throw libraryFault(error, where);
  }
}

/** What the library says, told in words. An abort of its memory is damage too. */
function libraryFault(error: unknown, where: string): unknown {
  if (error instanceof QuartiersError) return error;
  const message = error instanceof Error ? error.message : "";
  if (/truncated/i.test(message)) return archiveFault("truncated", where, { cause: error });
  if (/encrypted/i.test(message)) return archiveFault("encrypted", where, { cause: error });
  if (/CRC/.test(message)) return archiveFault("crc", where, { cause: error });
  if (/unsupported|not supported|unknown codec/i.test(message)) return archiveFault("method", where, { cause: error });
  return archiveFault("damaged", where, { cause: error });
}

async function unpackHeader(archive: Buffer, file: string): Promise<Buffer> {
  const where = `${file}, répertoire de l'archive`;
  const library = await libarchiveWasm();
  const pointer = allocate(library, archive.length, where);
  library.module.HEAP8.set(archive, pointer);
  const chunks: Buffer[] = [];
  for await (const chunk of memberChunks(library, pointer, archive.length, 0, where)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
