import { createHash } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import type { Offer } from "./france-travail-search.ts";

/** Offers put aside on the disk as they come: memory holds only their numbers and places. */
export interface OfferSpool {
  /** Keeps the offers that were not seen yet. */
  readonly add: (offers: readonly Offer[]) => Promise<void>;
  readonly size: () => number;
  /** Writes all offers, sorted by number, as `{"resultats":[...]}`, one a line, and gives the file its name. */
  readonly finish: (target: string) => Promise<{ readonly bytes: number; readonly sha256: string }>;
  /** Closes and removes what stands aside. */
  readonly close: () => Promise<void>;
}

interface Place {
  readonly offset: number;
  readonly length: number;
}

const BLOCK_BYTES = 1 << 20;

export async function openOfferSpool(path: string): Promise<OfferSpool> {
  const file = await open(path, "w+");
  const places = new Map<string, Place>();
  const sorted = `${path}.trie`;
  let end = 0;
  return {
    add: async (offers) => {
      const lines: Buffer[] = [];
      for (const offer of offers) {
        if (places.has(offer.id)) continue;
        const line = Buffer.from(JSON.stringify(offer));
        places.set(offer.id, { offset: end, length: line.length });
        end += line.length;
        lines.push(line);
      }
      if (lines.length > 0) await file.appendFile(Buffer.concat(lines));
    },
    size: () => places.size,
    finish: async (target) => {
      const out = await open(sorted, "w");
      try {
        const written = await writeSorted(file, places, out);
        await out.sync();
        await out.close();
        await rename(sorted, target);
        return written;
      } catch (error) {
        await out.close().catch(() => undefined);
        throw error;
      }
    },
    close: async () => {
      await file.close();
      await rm(path, { force: true });
      await rm(sorted, { force: true });
    },
  };
}

async function writeSorted(
  spool: FileHandle,
  places: ReadonlyMap<string, Place>,
  out: FileHandle,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  let block: Buffer[] = [];
  let held = 0;
  const put = async (piece: Buffer): Promise<void> => {
    block.push(piece);
    held += piece.length;
    if (held >= BLOCK_BYTES) await flush();
  };
  const flush = async (): Promise<void> => {
    const whole = Buffer.concat(block);
    hash.update(whole);
    await out.writeFile(whole);
    bytes += whole.length;
    [block, held] = [[], 0];
  };
  await put(Buffer.from('{"resultats":['));
  let separator = "\n";
  for (const id of [...places.keys()].sort()) {
    const { offset, length } = places.get(id) as Place;
    const line = Buffer.alloc(length);
    await spool.read(line, 0, length, offset);
    await put(Buffer.concat([Buffer.from(separator), line]));
    separator = ",\n";
  }
  await put(Buffer.from("\n]}\n"));
  await flush();
  return { bytes, sha256: hash.digest("hex") };
}
