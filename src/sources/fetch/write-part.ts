import { type FileHandle, open } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { publicAddress } from "./address.ts";
import { advanceWords, frenchBytes } from "./byte-words.ts";
import { contentRange } from "./content-range.ts";
import type { FetchEffects } from "./effects.ts";
import { encodingOf, refuseUnknownEncoding } from "./encoding.ts";
import { FetchFault } from "./faults.ts";
import type { Answer } from "./http.ts";
import { networkFault } from "./network-faults.ts";
import { type PartialState, partialPath, writePartialState } from "./partial.ts";

/** What is counted over all the tries of one download. */
export interface Journey {
  /** Farthest byte reached. */
  best: number;
  /** Bytes of body received over the network, those received twice counted twice. */
  received: number;
  /** Bytes that stood there when the last try took up the rest; 0 when it began from the start. */
  resumed: number;
}

const NOTE_BYTES = 4 << 20;
const NOTE_MS = 2000;
const NEWS_MS = 250;

/**
 * Writes the body of an answer, at the end of the part when it is its rest. Whatever happens, what was written is flushed and noted.
 */
export async function writePart(
  answer: Answer,
  part: PartialState | null,
  { url, target }: { readonly url: string; readonly target: string },
  journey: Journey,
  effects: FetchEffects,
): Promise<PartialState> {
  const { headers, body, url: answered } = answer;
  const encoding = encodingOf(headers);
  refuseUnknownEncoding(encoding, answered);
  const offset = part?.bytes ?? 0;
  const length = headers["content-length"] === undefined ? undefined : Number(headers["content-length"]);
  const total = contentRange(headers).total ?? part?.total ?? (length === undefined ? undefined : offset + length);
  await refuseFullDisk(target, (total ?? offset) - offset, effects);
  let state: PartialState = {
    url: publicAddress(url),
    bytes: offset,
    ...pick("etag", headers["etag"] ?? part?.etag),
    ...pick("lastModified", headers["last-modified"] ?? part?.lastModified),
    ...pick("encoding", encoding),
    ...(total === undefined ? {} : { total }),
  };
  const file = await open(partialPath(target), part ? "r+" : "w");
  try {
    state = await writeBody(file, body, state, target, journey, effects);
  } catch (error) {
    throw networkFault(error, answered, effects.signal);
  } finally {
    await file.close();
  }
  if (total !== undefined && state.bytes !== total) throw incomplete(state.bytes, total, answered);
  return state;
}

const pick = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<K, string>>;

/** Writes a body at the end of the part; whatever happens, what was written is flushed and noted. */
async function writeBody(
  file: FileHandle,
  body: AsyncIterable<Uint8Array>,
  start: PartialState,
  target: string,
  journey: Journey,
  { now, progress }: FetchEffects,
): Promise<PartialState> {
  const name = basename(target);
  const begun = now();
  let [bytes, noted, notedAt, news] = [start.bytes, start.bytes, begun, Number.NEGATIVE_INFINITY];
  const note = async (): Promise<PartialState> => {
    await file.datasync();
    const state = { ...start, bytes };
    await writePartialState(target, state);
    [noted, notedAt] = [bytes, now()];
    return state;
  };
  try {
    for await (const piece of body) {
      for (let done = 0; done < piece.length; ) {
        const { bytesWritten } = await file.write(piece, done, piece.length - done, bytes + done);
        done += bytesWritten;
      }
      bytes += piece.length;
      journey.received += piece.length;
      journey.best = Math.max(journey.best, bytes);
      const time = now();
      if (time - news >= NEWS_MS) {
        const received = bytes - start.bytes;
        progress.step(advanceWords({ name, bytes, total: start.total, received, milliseconds: time - begun }));
        news = time;
      }
      if (bytes - noted >= NOTE_BYTES || time - notedAt >= NOTE_MS) await note();
    }
  } catch (error) {
    // A disk that is full, say, cannot be written to: the first error is the one to tell.
    await note().catch(() => undefined);
    throw error;
  }
  return note();
}

/** Room left for others: a disk is never filled to its last byte. */
const SPARE_BYTES = 16 << 20;

async function refuseFullDisk(target: string, needed: number, { freeBytes }: FetchEffects): Promise<void> {
  const free = await freeBytes(dirname(target));
  if (needed + SPARE_BYTES <= free) return;
  throw new FetchFault("disk", {
    what: "Il n'y a pas assez de place sur le disque\u00a0: rien n'a été reçu",
    value: `${frenchBytes(free)} libres`,
    where: target,
    expected: `${frenchBytes(needed + SPARE_BYTES)} au moins`,
    remedy: "libérer de la place, ou choisir un autre dossier par --data",
  });
}

function incomplete(bytes: number, total: number, answered: string): FetchFault {
  const longer = bytes > total;
  return new FetchFault(
    longer ? "size" : "cut",
    {
      what: longer ? "Le serveur a envoyé plus d'octets qu'annoncé" : "Le transfert a été coupé avant la fin",
      value: `${bytes} octets`,
      where: publicAddress(answered),
      expected: `${total} octets`,
      remedy: "relancer la même commande, qui reprendra où elle s'est arrêtée",
    },
    { retryable: true },
  );
}
