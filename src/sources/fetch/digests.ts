import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

/** A checksum as publishers print them. */
export interface Checksum {
  readonly type: "md5" | "sha1" | "sha256";
  /** Hexadecimal. */
  readonly value: string;
}

export interface Digests {
  readonly bytes: number;
  readonly sha256: string;
  /** By the other algorithm, when one was asked for; otherwise the sha256. */
  readonly other: string;
}

/** Size and checksums of a file as it is on the disk, in one reading. */
export async function fileDigests(path: string, type: Checksum["type"] = "sha256"): Promise<Digests> {
  const sha256 = createHash("sha256");
  const other = type === "sha256" ? sha256 : createHash(type);
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const piece = chunk as Uint8Array;
    bytes += piece.length;
    sha256.update(piece);
    if (other !== sha256) other.update(piece);
  }
  const digest = sha256.digest("hex");
  return { bytes, sha256: digest, other: other === sha256 ? digest : other.digest("hex") };
}
