import { crc32 } from "node:zlib";

/** A member to write, stored without compression. */
export interface SevenZipInput {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly crc?: number;
  /** Said in place of the true size. */
  readonly bytes?: number;
  readonly symlink?: boolean;
}

/** A number of a 7z header: the ones at the head of the first byte count the bytes that follow. */
function number(value: number): number[] {
  if (value < 0x80) return [value];
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return [0xff, ...bytes];
}

const uint32 = (value: number): number[] => [...Buffer.from(Uint32Array.of(value).buffer)];

/** A 7z file by hand (7zFormat.txt), each member in a folder of its own under the method « Copy ». */
export function writeSevenZip(
  members: readonly SevenZipInput[],
  { method = [0x00] }: { method?: number[] } = {},
): Buffer {
  const contents = members.map(({ content }) => Buffer.from(content as Uint8Array));
  const packed = Buffer.concat(contents);
  const sizes = members.map(({ bytes }, i) => bytes ?? contents[i].length);
  const names = members.flatMap(({ name }) => [...Buffer.from(`${name}\0`, "utf16le")]);
  const attributes = members.flatMap(({ symlink }) => uint32(symlink ? ((0o120777 << 16) | 0x8000) >>> 0 : 0x20));
  const header = Buffer.from([
    0x01,
    ...[0x04, 0x06, 0x00, ...number(members.length), 0x09, ...contents.flatMap(({ length }) => number(length)), 0x00],
    ...[0x07, 0x0b, ...number(members.length), 0x00, ...members.flatMap(() => [0x01, method.length, ...method])],
    ...[0x0c, ...sizes.flatMap(number)],
    ...[0x0a, 0x01, ...members.flatMap(({ crc }, i) => uint32(crc ?? crc32(contents[i]))), 0x00],
    ...[0x08, 0x00, 0x00],
    ...[0x05, ...number(members.length), 0x11, ...number(names.length + 1), 0x00, ...names],
    ...[0x15, ...number(attributes.length + 2), 0x01, 0x00, ...attributes],
    ...[0x00, 0x00],
  ]);
  return withStartHeader(packed, header);
}

/** The 32 bytes of the start, then the packed streams and the header. */
export function withStartHeader(packed: Uint8Array, header: Uint8Array): Buffer {
  const start = Buffer.from("377abcaf271c0004", "hex");
  const next = Buffer.alloc(20);
  next.writeBigUInt64LE(BigInt(packed.length), 0);
  next.writeBigUInt64LE(BigInt(header.length), 8);
  next.writeUInt32LE(crc32(header), 16);
  return Buffer.concat([start, Buffer.from(uint32(crc32(next))), next, packed, header]);
}
