import type { Dispatcher } from "undici";
import { type Bases, publicAddress } from "../address.ts";
import { jsonErrorOf, pageFault } from "../content.ts";
import type { Checksum } from "../digests.ts";
import type { FetchEffects } from "../effects.ts";
import { FetchFault } from "../faults.ts";
import { type Answer, ask, type Question } from "../http.ts";
import { networkFault } from "../network-faults.ts";
import { withRetries } from "../retry.ts";
import { statusFault } from "../status-faults.ts";

/** What a publisher's protocol needs of the world. */
export interface PublisherContext {
  readonly dispatcher: Dispatcher;
  readonly effects: FetchEffects;
  readonly bases: Bases;
  /** Page of the dataset, for the messages. */
  readonly page: string;
}

/** What a publisher's protocol makes of a retrieval: one address, and what is promised of the file behind it. */
export interface Download {
  readonly url: string;
  readonly checksum?: Checksum;
  readonly bytes?: number;
  /** The publisher's mark of this version, where its files have no ETag. */
  readonly revision?: string;
  /** True when the address is written in our contract, so that a permanent redirection concerns us. */
  readonly ours: boolean;
  /** Remarks for the reader, as French sentences. */
  readonly notices?: readonly string[];
}

/** Answers of interfaces are small; what is larger is not one. */
const MAX_TEXT_BYTES = 64 << 20;

export interface TextAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * Asks an interface and reads its answer as a text, with the same patience as for files.
 * @param credentials names of the variables of the environment that hold the credentials, for the message of a refusal
 * @param accept statuses to give back rather than to refuse
 */
export async function askText(
  url: string,
  question: Question,
  { dispatcher, effects, page }: PublisherContext,
  { credentials, accept = [] }: { credentials?: readonly string[]; accept?: readonly number[] } = {},
): Promise<TextAnswer> {
  return withRetries(
    async () => {
      const answer = await ask(url, question, dispatcher, effects.signal);
      const text = await readText(answer, effects.signal);
      const { status, headers } = answer;
      const context = { name: "", asked: url, answered: answer.url, page };
      const fault = pageFault(Buffer.from(text.slice(0, 4096)), context);
      if (fault && (status < 400 || fault.kind === "captive-portal")) throw fault;
      if ((status >= 200 && status < 300) || accept.includes(status)) return { status, headers, text };
      const names = credentials ? { credentials } : {};
      throw statusFault(status, headers, answer.url, { page, now: effects.now(), ...names });
    },
    effects.retry,
    effects,
  );
}

async function readText({ body, url }: Answer, signal?: AbortSignal): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of body) {
      bytes += piece.length;
      if (bytes > MAX_TEXT_BYTES) throw oddAnswer(url, `plus de ${MAX_TEXT_BYTES} octets`, "une réponse courte");
      pieces.push(piece);
    }
  } catch (error) {
    throw networkFault(error, url, signal);
  } finally {
    body.leave();
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** Asks an interface for a JSON document. */
export async function askJson(url: string, context: PublisherContext): Promise<Record<string, unknown>> {
  const { text } = await askText(url, { headers: { accept: "application/json" } }, context);
  return parseObject(text, url, context.page);
}

/** A text as a JSON object; an error told in JSON is given in the publisher's words. */
export function parseObject(text: string, url: string, page: string): Record<string, unknown> {
  const said = text.length <= 65_536 ? jsonErrorOf(text) : undefined;
  if (said !== undefined)
    throw new FetchFault("json-error", {
      what: "L'interface du producteur répond par un message d'erreur",
      value: said,
      where: publicAddress(url),
      remedy: `vérifier la demande dans le contrat, et la page du jeu de données\u00a0: ${page}`,
    });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw oddAnswer(url, "ce n'est pas du JSON", "un document JSON");
  }
  if (!isRecord(document)) throw oddAnswer(url, typeof document, "un objet JSON");
  return document;
}

/** The interface of a publisher does not answer as its documentation says. */
export function oddAnswer(url: string, value: string, expected: string): FetchFault {
  return new FetchFault("answer", {
    what: "L'interface du producteur ne répond pas comme sa documentation le dit",
    value,
    where: publicAddress(url),
    expected,
    remedy: "réessayer plus tard\u202f; si cela dure, l'interface a changé\u00a0: le signaler au projet",
  });
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The objects of a list, whatever else it holds. */
export const recordsOf = (value: unknown): readonly Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
