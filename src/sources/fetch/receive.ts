import type { Dispatcher } from "undici";
import { publicAddress } from "./address.ts";
import { pageFault } from "./content.ts";
import { contentRange, rangeTotal } from "./content-range.ts";
import type { FetchEffects } from "./effects.ts";
import { encodingOf } from "./encoding.ts";
import type { FetchFault } from "./faults.ts";
import { type Answer, ask, type Hop } from "./http.ts";
import { type PartialState, readPartial, removePartial, resumeCondition } from "./partial.ts";
import { statusFault } from "./status-faults.ts";
import { type Journey, writePart } from "./write-part.ts";

/** What identifies a version of a file at its publisher. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface Reception {
  readonly url: string;
  /** The complete file's path; the part received stands beside it. */
  readonly target: string;
  readonly page?: string;
  /** The version already there: if it is still the publisher's, nothing is received. */
  readonly known?: Validators;
  /** True when a checksum will tell a bad joining of two parts, so that a rest may be asked for without condition. */
  readonly checked: boolean;
}

export type Received =
  | {
      readonly kind: "complete";
      readonly state: PartialState;
      readonly answered: string;
      readonly hops: readonly Hop[];
    }
  | { readonly kind: "unchanged"; readonly answered: string; readonly hops: readonly Hop[] }
  | { readonly kind: "restart" };

/** One try: asks for the file, or for its rest when a part of the same version is there, and writes what comes. */
export async function receive(
  reception: Reception,
  journey: Journey,
  dispatcher: Dispatcher,
  effects: FetchEffects,
): Promise<Received> {
  const { url, target, known, checked } = reception;
  let part = await readPartial(target, publicAddress(url));
  const condition = part ? resumeCondition(part) : undefined;
  if (part && condition === undefined && !checked) {
    await removePartial(target);
    part = null;
  }
  const headers = part ? rangeHeaders(part.bytes, condition) : knownHeaders(known);
  const answer = await ask(url, { headers: { "accept-encoding": "identity", ...headers } }, dispatcher, effects.signal);
  const { status, hops, url: answered } = answer;
  try {
    if (status === 304 && !part) return { kind: "unchanged", answered, hops };
    if (status === 200) {
      if (known && !part && sameVersion(known, answer.headers)) return { kind: "unchanged", answered, hops };
      if (part) await removePartial(target);
      journey.resumed = 0;
      return { kind: "complete", state: await writePart(answer, null, reception, journey, effects), answered, hops };
    }
    if (status === 206 && part) {
      if (!continues(part, answer.headers)) return { kind: "restart" };
      journey.resumed = part.bytes;
      return { kind: "complete", state: await writePart(answer, part, reception, journey, effects), answered, hops };
    }
    if (status === 416 && part) {
      const whole = rangeTotal(answer.headers) === part.bytes && (part.total ?? part.bytes) === part.bytes;
      journey.resumed = whole ? part.bytes : 0;
      return whole ? { kind: "complete", state: part, answered, hops } : { kind: "restart" };
    }
    throw await refusal(answer, reception, effects);
  } finally {
    answer.body.leave();
  }
}

function rangeHeaders(bytes: number, condition: string | undefined): Record<string, string> {
  return { range: `bytes=${bytes}-`, ...(condition === undefined ? {} : { "if-range": condition }) };
}

function knownHeaders(known: Validators | undefined): Record<string, string> {
  return {
    ...(known?.etag === undefined ? {} : { "if-none-match": known.etag }),
    ...(known?.lastModified === undefined ? {} : { "if-modified-since": known.lastModified }),
  };
}

/** For servers that answer 200 whatever the condition. */
function sameVersion(known: Validators, headers: Readonly<Record<string, string>>): boolean {
  if (known.etag !== undefined && headers["etag"] !== undefined) return known.etag === headers["etag"];
  return known.lastModified !== undefined && known.lastModified === headers["last-modified"];
}

/** Whether an answer is the rest of the very version of which we hold the start: some servers ignore If-Range and send another one's. */
function continues(part: PartialState, headers: Readonly<Record<string, string>>): boolean {
  const { start, total } = contentRange(headers);
  const same = (ours: string | undefined, theirs: string | undefined): boolean =>
    ours === undefined || theirs === undefined || ours === theirs;
  return (
    start === part.bytes &&
    (total === undefined || part.total === undefined || total === part.total) &&
    same(part.etag, headers["etag"]) &&
    same(part.lastModified, headers["last-modified"]) &&
    encodingOf(headers) === part.encoding
  );
}

/** An answer without the file: its first bytes tell whether a page of the network stands in the way. */
async function refusal(answer: Answer, { url, page }: Reception, { now, signal }: FetchEffects): Promise<FetchFault> {
  let head = Buffer.alloc(0);
  try {
    for await (const chunk of answer.body) {
      head = Buffer.concat([head, chunk]);
      if (head.length > 4096) break;
    }
  } catch {
    // the status alone will do
  }
  const context = { name: "", asked: url, answered: answer.url, ...(page ? { page } : {}) };
  const portal = pageFault(head, context);
  if (portal?.kind === "captive-portal" && !signal?.aborted) return portal;
  return statusFault(answer.status, answer.headers, answer.url, { now: now(), ...(page ? { page } : {}) });
}
