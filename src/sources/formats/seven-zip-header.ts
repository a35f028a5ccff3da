import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { type ArchiveMember, archiveFault } from "./archive-member.ts";
import { HeaderReader, readStreams, type Streams } from "./seven-zip-streams.ts";

/** A member of a 7z file, in the order of its directory. */
export interface SevenZipMember extends ArchiveMember {
  readonly isLink: boolean;
  /** CRC-32 of the content, when the archive holds it. */
  readonly crc?: number;
}

/** How to get a packed header out: the archive's own decompressor, given a small 7z file that holds it. */
export type Unpack = (archive: Buffer) => Promise<Buffer>;

export interface SevenZipDirectory {
  readonly members: readonly SevenZipMember[];
  readonly isEncrypted: boolean;
}

/** Largest directory that is read: a million members. */
const MAX_HEADER_BYTES = 64 << 20;
const AES = "06f10701";
const SIGNATURE = Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]);

/**
 * Reads the directory of a 7z file (7zFormat.txt of the LZMA SDK): names, exact sizes, checksums, links. The decompressor reads it too, but loses the
 * accents of names and sizes over 2 GB.
 * @throws QuartiersError when the archive is truncated, damaged or its directory is encrypted
 */
export async function readSevenZipDirectory(path: string, file: string, unpack: Unpack): Promise<SevenZipDirectory> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    let header = await readNextHeader(handle, size, file);
    for (let turn = 0; header[0] === 0x17; turn++) {
      if (turn > 3) throw archiveFault("damaged", file);
      header = await unpackHeader(handle, size, header, file, unpack);
    }
    if (header.length === 0) return { members: [], isEncrypted: false };
    return parseHeader(header, size, file);
  } finally {
    await handle.close();
  }
}

/** The header that the first 32 bytes point to, both checked by their CRC-32. */
async function readNextHeader(handle: FileHandle, size: number, file: string): Promise<Buffer> {
  const start = await readExactly(handle, 0, 32, size, file);
  if (crc32(start.subarray(12, 32)) !== start.readUInt32LE(8)) throw archiveFault("damaged", `${file}, octets 12 à 31`);
  const [offset, length] = [Number(start.readBigUInt64LE(12)), Number(start.readBigUInt64LE(20))];
  if (length > MAX_HEADER_BYTES) throw archiveFault("damaged", file);
  const header = await readExactly(handle, 32 + offset, length, size, file);
  if (crc32(header) !== start.readUInt32LE(28)) throw archiveFault("crc", `${file}, répertoire de l'archive`);
  return header;
}

async function readExactly(
  handle: FileHandle,
  position: number,
  length: number,
  size: number,
  file: string,
): Promise<Buffer> {
  if (!(position + length <= size))
    throw archiveFault("truncated", file, {
      value: `${size} octets`,
      expected: `au moins ${position + length} octets`,
    });
  const buffer = Buffer.alloc(length);
  await handle.read(buffer, 0, length, position);
  return buffer;
}

/** A packed header, unpacked: it is put alone in a 7z file of its own, under the streams that describe it. */
async function unpackHeader(
  handle: FileHandle,
  size: number,
  header: Buffer,
  file: string,
  unpack: Unpack,
): Promise<Buffer> {
  const reader = new HeaderReader(header, file);
  reader.expect(0x17);
  const streams = readStreams(reader);
  const [folder] = streams.folders;
  if (streams.folders.length !== 1 || !folder || folder.unpackSize > MAX_HEADER_BYTES)
    throw archiveFault("damaged", `${file}, répertoire de l'archive`);
  if (folder.methods.includes(AES)) throw archiveFault("encrypted", `${file}, répertoire de l'archive`);
  const packed = await readExactly(handle, 32 + streams.packPosition, streams.packedBytes, size, file);
  // 01 Header, 04 MainStreamsInfo, 06 PackInfo at position 0, then the description as it stands; 08 SubStreamsInfo: one file a folder;
  // 05 FilesInfo: one file, named "h".
  const description = header.subarray(reader.packPositionEnd, reader.at - 1);
  const oneStream = Buffer.from([0x08, 0x00, 0x00]);
  const oneFile = Buffer.from([0x05, 0x01, 0x11, 0x05, 0x00, 0x68, 0x00, 0x00, 0x00, 0x00, 0x00]);
  const alone = Buffer.concat([Buffer.from([0x01, 0x04, 0x06, 0x00]), description, oneStream, oneFile]);
  const unpacked = await unpack(sevenZipOf(packed, alone));
  if (unpacked.length !== folder.unpackSize) throw archiveFault("damaged", `${file}, répertoire de l'archive`);
  if (folder.crc !== undefined && crc32(unpacked) !== folder.crc)
    throw archiveFault("crc", `${file}, répertoire de l'archive`);
  return unpacked;
}

/** A 7z file of packed bytes and the header that describes them. */
export function sevenZipOf(packed: Uint8Array, header: Uint8Array): Buffer {
  const start = Buffer.alloc(32);
  SIGNATURE.copy(start);
  start[7] = 4;
  start.writeBigUInt64LE(BigInt(packed.length), 12);
  start.writeBigUInt64LE(BigInt(header.length), 20);
  start.writeUInt32LE(crc32(header), 28);
  start.writeUInt32LE(crc32(start.subarray(12, 32)), 8);
  return Buffer.concat([start, packed, header]);
}

function parseHeader(header: Buffer, size: number, file: string): SevenZipDirectory {
  const reader = new HeaderReader(header, file);
  reader.expect(0x01);
  let streams: Streams = { packPosition: 0, packedBytes: 0, folders: [], sizes: [], crcs: [] };
  let members: SevenZipMember[] = [];
  for (let id = reader.byte(); id !== 0x00; id = reader.byte()) {
    if (id === 0x04) streams = readStreams(reader);
    else if (id === 0x05) members = readFiles(reader, streams);
    else throw reader.damaged();
  }
  if (32 + streams.packPosition + streams.packedBytes > size) throw archiveFault("truncated", file);
  return { members, isEncrypted: streams.folders.some(({ methods }) => methods.includes(AES)) };
}

function readFiles(reader: HeaderReader, { sizes, crcs, packedBytes }: Streams): SevenZipMember[] {
  const count = reader.count();
  let names: string[] = [];
  let empty: boolean[] = [];
  let emptyFiles: boolean[] = [];
  let attributes: (number | undefined)[] = [];
  for (let id = reader.byte(); id !== 0x00; id = reader.byte()) {
    const end = reader.number() + reader.at;
    if (id === 0x0e) empty = reader.bits(count);
    else if (id === 0x0f) emptyFiles = reader.bits(empty.filter(Boolean).length);
    else if (id === 0x11) names = readNames(reader, end);
    else if (id === 0x15) attributes = readAttributes(reader, count);
    reader.skip(end - reader.at);
  }
  if (names.length !== count) throw reader.damaged();
  let [stream, emptyIndex] = [0, 0];
  return names.map((name, i) => {
    const isEmpty = empty[i] === true;
    const isFolder = isEmpty && emptyFiles[emptyIndex++] !== true;
    const at = isEmpty ? -1 : stream++;
    if (at >= sizes.length) throw reader.damaged();
    const crc = isEmpty ? 0 : crcs[at];
    const path = name.replaceAll("\\", "/").normalize("NFC");
    return {
      path: isFolder && !path.endsWith("/") ? `${path}/` : path,
      bytes: isEmpty ? 0 : sizes[at],
      packedBytes: sizes.length === 1 ? packedBytes : Number.NaN,
      isLink: isLink(attributes[i]),
      ...(crc === undefined ? {} : { crc }),
    };
  });
}

function readNames(reader: HeaderReader, end: number): string[] {
  reader.expect(0);
  const text = reader.skip(end - reader.at).toString("utf16le");
  if (!text.endsWith("\0")) throw reader.damaged();
  return text.slice(0, -1).split("\0");
}

function readAttributes(reader: HeaderReader, count: number): (number | undefined)[] {
  const defined = reader.optionalBits(count);
  reader.expect(0);
  return defined.map((is) => (is ? reader.skip(4).readUInt32LE(0) : undefined));
}

/** A link of Unix (mode in the high half, when bit 15 says so), or a reparse point of Windows. */
const isLink = (attributes = 0): boolean =>
  ((attributes & 0x8000) !== 0 && ((attributes >>> 16) & 0o170000) === 0o120000) || (attributes & 0x400) !== 0;
