import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline, type Readable, type Transform } from "node:stream";
import { crc32 } from "node:zlib";
import { explainWriting } from "../../engine/atomic.ts";
import type { Progress } from "../../engine/progress.ts";
import { refuseNested } from "./archive-kind.ts";
import { archiveFault, type ExtractLimits, SMALL_BYTES, tooDense, tooLarge } from "./archive-member.ts";

/** What an archive promises about the member that is written. */
export interface Promised extends ExtractLimits {
  /** Where the bytes come from, for messages: "mobpro.zip, membre FD_MOBPRO_2019.csv". */
  readonly where: string;
  /** Bytes read from the archive so far, for the ratio: a member's compressed size. */
  readonly packedBytes: () => number;
  readonly bytes?: number;
  readonly crc?: number;
}

const STEP_BYTES = 64e6;

/**
 * Writes chunks to a file, whole or not at all: under a temporary name, renamed once every promise is kept (size, checksum, limits). On a broken
 * promise nothing is left. Bounded memory.
 */
export async function writeGuarded(
  chunks: AsyncIterable<Uint8Array>,
  targetPath: string,
  promised: Promised,
  progress: Progress,
): Promise<void> {
  const temporary = join(dirname(targetPath), `.${basename(targetPath)}.extrait-${randomBytes(4).toString("hex")}`);
  try {
    await mkdir(dirname(targetPath), { recursive: true });
    const file = await open(temporary, "wx").catch((error: unknown) => {
      throw explainWriting(error, targetPath);
    });
    try {
      let [written, crc, told] = [0, 0, 0];
      for await (const chunk of chunks) {
        if (written === 0) refuseNested(chunk, promised.where);
        written += chunk.length;
        crc = crc32(chunk, crc);
        checkGrowth(written, promised);
        await file.write(chunk).catch((error: unknown) => {
          throw explainWriting(error, targetPath);
        });
        if (written - told < STEP_BYTES) continue;
        told = written;
        progress.step(`${promised.where}\u00a0: ${Math.round(written / 1e6).toLocaleString("fr-FR")}\u00a0Mo extraits`);
      }
      checkEnd(written, crc, promised);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, targetPath);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw explainWriting(error, targetPath);
  }
}

function checkGrowth(written: number, { where, bytes, maxBytes, maxRatio, packedBytes }: Promised): void {
  if (written > maxBytes) throw tooLarge(written, maxBytes, where);
  if (bytes !== undefined && written > bytes) throw wrongSize(written, bytes, where);
  if (written > SMALL_BYTES && written > maxRatio * packedBytes())
    throw tooDense(written, packedBytes(), maxRatio, where);
}

function checkEnd(written: number, crc: number, { where, bytes, crc: expected }: Promised): void {
  if (bytes !== undefined && written !== bytes) throw wrongSize(written, bytes, where);
  if (expected !== undefined && crc !== expected)
    throw archiveFault("crc", where, { value: hexadecimal(crc), expected: hexadecimal(expected) });
}

const wrongSize = (written: number, bytes: number, where: string): Error =>
  archiveFault("size", where, { value: `${written} octets`, expected: `${bytes} octets` });

const hexadecimal = (value: number): string => (value >>> 0).toString(16).padStart(8, "0");

/** The bytes of a stream through a decompressor. An error that comes while nobody reads is told by the next read, and to nobody else. */
export async function* through(packed: Readable, transform: Transform): AsyncGenerator<Uint8Array> {
  transform.on("error", () => undefined);
  pipeline(packed, transform, () => undefined);
  yield* transform as AsyncIterable<Uint8Array>;
}
