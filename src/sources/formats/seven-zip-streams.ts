import { archiveFault } from "./archive-member.ts";

/** Bytes compressed together by a chain of methods. */
export interface Folder {
  /** Method identifiers in hexadecimal: "21" LZMA2, "030101" LZMA, "06f10701" AES. */
  readonly methods: readonly string[];
  /** Streams that come out; the last of the chain is the content. */
  readonly outputs: number;
  /** Outputs that feed another coder. */
  readonly bound: ReadonlySet<number>;
  unpackSize: number;
  crc?: number;
}

export interface Streams {
  readonly packPosition: number;
  readonly packedBytes: number;
  readonly folders: readonly Folder[];
  readonly sizes: readonly number[];
  readonly crcs: readonly (number | undefined)[];
}

/** Reads the numbers of a header, and refuses to read past its end. */
export class HeaderReader {
  readonly #bytes: Buffer;
  readonly #file: string;
  at = 0;
  /** Where the position of the packed streams ended. */
  packPositionEnd = 0;

  constructor(bytes: Buffer, file: string) {
    this.#bytes = bytes;
    this.#file = file;
  }

  damaged(): Error {
    return archiveFault("damaged", `${this.#file}, répertoire de l'archive, octet ${this.at}`);
  }

  byte(): number {
    if (this.at >= this.#bytes.length) throw this.damaged();
    return this.#bytes[this.at++];
  }

  expect(value: number): void {
    if (this.byte() !== value) throw this.damaged();
  }

  skip(length: number): Buffer {
    if (!(length >= 0 && this.at + length <= this.#bytes.length)) throw this.damaged();
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  /** The ones at the head of the first byte count the bytes that follow, low byte first; its other bits are the highest. */
  number(): number {
    const first = this.byte();
    let value = 0;
    let scale = 1;
    for (let mask = 0x80; mask > 0 && (first & mask) !== 0; mask >>= 1) {
      value += this.byte() * scale;
      scale *= 256;
    }
    const extra = Math.log2(scale) / 8;
    if (extra < 7) value += (first & ((0x80 >> extra) - 1)) * scale;
    if (!Number.isSafeInteger(value)) throw this.damaged();
    return value;
  }

  /** A count of things that each take at least a bit of the header. */
  count(): number {
    const value = this.number();
    if (value > this.#bytes.length * 8) throw this.damaged();
    return value;
  }

  bits(count: number): boolean[] {
    const bytes = this.skip(Math.ceil(count / 8));
    return Array.from({ length: count }, (_, i) => (bytes[i >> 3] & (0x80 >> (i & 7))) !== 0);
  }

  /** All true, or a bit for each. */
  optionalBits(count: number): boolean[] {
    return this.byte() === 0 ? this.bits(count) : Array.from({ length: count }, () => true);
  }

  digests(count: number): (number | undefined)[] {
    return this.optionalBits(count).map((defined) => (defined ? this.skip(4).readUInt32LE(0) : undefined));
  }
}

/** Where the packed bytes are, how each folder of them was compressed, and the size and checksum of each content. */
export function readStreams(reader: HeaderReader): Streams {
  let [packPosition, packedBytes] = [0, 0];
  let folders: Folder[] = [];
  let sub: { sizes: number[]; crcs: (number | undefined)[] } | null = null;
  for (let id = reader.byte(); id !== 0x00; id = reader.byte()) {
    if (id === 0x06) [packPosition, packedBytes] = readPacked(reader);
    else if (id === 0x07) folders = readFolders(reader);
    else if (id === 0x08) sub = readSubStreams(reader, folders);
    else throw reader.damaged();
  }
  const { sizes, crcs } = sub ?? { sizes: folders.map((f) => f.unpackSize), crcs: folders.map((f) => f.crc) };
  return { packPosition, packedBytes, folders, sizes, crcs };
}

function readPacked(reader: HeaderReader): [number, number] {
  const position = reader.number();
  reader.packPositionEnd = reader.at;
  const count = reader.count();
  let bytes = 0;
  for (let id = reader.byte(); id !== 0x00; id = reader.byte()) {
    if (id === 0x09) for (let i = 0; i < count; i++) bytes += reader.number();
    else if (id === 0x0a) reader.digests(count);
    else throw reader.damaged();
  }
  return [position, bytes];
}

function readFolders(reader: HeaderReader): Folder[] {
  reader.expect(0x0b);
  const count = reader.count();
  reader.expect(0);
  const folders = Array.from({ length: count }, () => readFolder(reader));
  reader.expect(0x0c);
  for (const folder of folders) {
    for (let output = 0; output < folder.outputs; output++) {
      const size = reader.number();
      if (!folder.bound.has(output)) folder.unpackSize = size;
    }
  }
  for (let id = reader.byte(); id !== 0x00; id = reader.byte()) {
    if (id !== 0x0a) throw reader.damaged();
    reader.digests(count).forEach((crc, i) => {
      if (crc !== undefined) (folders[i] as Folder).crc = crc;
    });
  }
  return folders;
}

function readFolder(reader: HeaderReader): Folder {
  const coders = reader.count();
  const methods: string[] = [];
  let [inputs, outputs] = [0, 0];
  for (let i = 0; i < coders; i++) {
    const flags = reader.byte();
    if ((flags & 0xc0) !== 0) throw reader.damaged();
    methods.push(reader.skip(flags & 0x0f).toString("hex"));
    inputs += (flags & 0x10) === 0 ? 1 : reader.count();
    outputs += (flags & 0x10) === 0 ? 1 : reader.count();
    if ((flags & 0x20) !== 0) reader.skip(reader.number());
  }
  const bound = new Set<number>();
  for (let i = 0; i < outputs - 1; i++) {
    reader.number();
    bound.add(reader.number());
  }
  const packed = inputs - (outputs - 1);
  if (packed < 1 || outputs < 1) throw reader.damaged();
  if (packed > 1) for (let i = 0; i < packed; i++) reader.number();
  return { methods, outputs, bound, unpackSize: 0 };
}

/** Sizes and checksums of the files that share a folder: all but the last size are written. */
function readSubStreams(
  reader: HeaderReader,
  folders: readonly Folder[],
): { sizes: number[]; crcs: (number | undefined)[] } {
  let counts = folders.map(() => 1);
  const sizes: number[] = [];
  let crcs: (number | undefined)[] = [];
  let id = reader.byte();
  if (id === 0x0d) {
    counts = folders.map(() => reader.count());
    id = reader.byte();
  }
  folders.forEach((folder, f) => {
    let left = folder.unpackSize;
    for (let i = 0; i < counts[f]; i++) {
      const size = i < counts[f] - 1 ? (id === 0x09 ? reader.number() : Number.NaN) : left;
      left -= size;
      sizes.push(size);
    }
    if (!(left >= 0) && counts[f] > 0) throw reader.damaged();
  });
  if (id === 0x09) id = reader.byte();
  const known = (f: number): boolean => counts[f] === 1 && folders[f].crc !== undefined;
  const unknown = counts.reduce((sum, count, f) => sum + (known(f) ? 0 : count), 0);
  let digests: (number | undefined)[] = [];
  for (; id !== 0x00; id = reader.byte()) {
    if (id !== 0x0a) throw reader.damaged();
    digests = reader.digests(unknown);
  }
  let next = 0;
  crcs = folders.flatMap((folder, f) =>
    known(f) ? [folder.crc] : Array.from({ length: counts[f] }, () => digests[next++]),
  );
  return { sizes, crcs };
}
