import { readFile, rm, stat, truncate } from "node:fs/promises";
import { writeFileAtomic } from "../../engine/atomic.ts";

/** Beside the part of a file already received: from where it comes, of which version, and how much of it is safe on the disk. */
export interface PartialState {
  /** Address asked, without its secrets. */
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Content-Encoding of what was received; absent when sent as it is. */
  readonly encoding?: string;
  /** Whole size, when the publisher said it. */
  readonly total?: number;
  /** Flushed to the disk. */
  readonly bytes: number;
}

export const partialPath = (target: string): string => `${target}.partiel`;
const statePath = (target: string): string => `${target}.partiel.json`;

/**
 * The part of a file left by an earlier try of the same address, cut to what its state says is safe (after a power cut, the end of a file may
 * hold anything). Null, and nothing left, when there is none that can be trusted.
 */
export async function readPartial(target: string, url: string): Promise<PartialState | null> {
  const state = await readState(target);
  const size = await stat(partialPath(target)).then(
    (found) => found.size,
    () => -1,
  );
  if (state && state.url === url && size >= state.bytes && state.bytes > 0) {
    if (size > state.bytes) await truncate(partialPath(target), state.bytes);
    return state;
  }
  await removePartial(target);
  return null;
}

async function readState(target: string): Promise<PartialState | null> {
  try {
    const read = JSON.parse(await readFile(statePath(target), "utf8")) as PartialState;
    return typeof read.url === "string" && Number.isSafeInteger(read.bytes) ? read : null;
  } catch {
    return null;
  }
}

/** Notes how far a part goes; after the part itself was flushed. */
export async function writePartialState(target: string, state: PartialState): Promise<void> {
  await writeFileAtomic(statePath(target), `${JSON.stringify(state, null, 2)}\n`);
}

export async function removePartial(target: string): Promise<void> {
  await rm(partialPath(target), { force: true });
  await rm(statePath(target), { force: true });
}

/**
 * The condition under which the rest of a file may be asked for: a strong ETag, else the date of last change. None when the publisher gave
 * neither (a weak ETag does not promise the same bytes: RFC 9110, 13.1.5).
 * @example
 * ```ts
 * resumeCondition({ url: "https://exemple.fr/a.zip", bytes: 10, etag: "W/\"v1\"", lastModified: "Wed, 21 Oct 2026 07:28:00 GMT" })
 * // "Wed, 21 Oct 2026 07:28:00 GMT"
 * ```
 */
export function resumeCondition({ etag, lastModified }: PartialState): string | undefined {
  return etag?.startsWith('"') ? etag : lastModified;
}
