import { crc32, deflateRawSync } from "node:zlib";

/** A member to write, and what its directory says in place of the truth. */
export interface ZipInput {
  /** As text (UTF-8, flagged) or as raw bytes without the flag, as Windows writes them. */
  readonly name: string | Uint8Array;
  readonly content: string | Uint8Array;
  readonly stored?: boolean;
  /** Said in place of the true one. */
  readonly crc?: number;
  readonly bytes?: number;
  readonly method?: number;
  readonly encrypted?: boolean;
  readonly symlink?: boolean;
  /** The offset of another member's data, to overlap it: index of that member. */
  readonly sameAs?: number;
}

/** A ZIP file by hand (APPNOTE 6.3.10), so that tests can lie in any field; `zip64` writes sizes and offsets in the 64-bit records. */
export function writeZip(members: readonly ZipInput[], { zip64 = false }: { zip64?: boolean } = {}): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const member of members) {
    const name = Buffer.from(member.name as Uint8Array);
    const content = Buffer.from(member.content as Uint8Array);
    const packed = member.stored ? content : deflateRawSync(content);
    const flags = (typeof member.name === "string" ? 0x800 : 0) | (member.encrypted ? 1 : 0);
    const method = member.method ?? (member.stored ? 0 : 8);
    const [crc, bytes] = [member.crc ?? crc32(content), member.bytes ?? content.length];
    const offset = member.sameAs === undefined ? at : offsets[member.sameAs];
    offsets.push(offset);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(zip64 ? 45 : 20, 4);
    head.writeUInt16LE(flags, 6);
    head.writeUInt16LE(method, 8);
    head.writeUInt16LE(0x21, 12);
    head.writeUInt32LE(crc, 14);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(bytes, 22);
    head.writeUInt16LE(name.length, 26);
    if (member.sameAs === undefined) {
      locals.push(head, name, packed);
      at += head.length + name.length + packed.length;
    }
    const extra = zip64 ? zip64Extra(bytes, packed.length, offset) : Buffer.alloc(0);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(member.symlink ? (3 << 8) | 20 : 20, 4);
    head.copy(entry, 6, 4, 28);
    if (zip64) entry.fill(0xff, 20, 28);
    entry.writeUInt16LE(extra.length, 30);
    if (member.symlink) entry.writeUInt32LE((0o120777 << 16) >>> 0, 38);
    entry.writeUInt32LE(zip64 ? 0xffffffff : offset, 42);
    central.push(entry, name, extra);
  }
  const directory = Buffer.concat(central);
  const ends = zip64 ? [zip64End(members.length, directory.length, at)] : [];
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : members.length, 8);
  end.writeUInt16LE(zip64 ? 0xffff : members.length, 10);
  end.writeUInt32LE(zip64 ? 0xffffffff : directory.length, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : at, 16);
  return Buffer.concat([...locals, directory, ...ends, end]);
}

function zip64Extra(bytes: number, packed: number, offset: number): Buffer {
  const extra = Buffer.alloc(28);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(24, 2);
  [bytes, packed, offset].forEach((value, i) => {
    extra.writeBigUInt64LE(BigInt(value), 4 + 8 * i);
  });
  return extra;
}

/** The ZIP64 end of central directory record (4.3.14) and its locator (4.3.15). */
function zip64End(count: number, length: number, offset: number): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeUInt16LE(45, 12);
  end.writeUInt16LE(45, 14);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(length), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(offset + length), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
