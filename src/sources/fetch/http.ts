import { type Dispatcher, EnvHttpProxyAgent } from "undici";
import { parseAddress, publicAddress } from "./address.ts";
import { exchange, type Reply, type Sending } from "./exchange.ts";
import { FetchFault } from "./faults.ts";
import { networkFault } from "./network-faults.ts";

/** Delays of the network, in milliseconds. */
export interface Timeouts {
  readonly connectMs: number;
  /** Until the first line of the answer; an export can take a while to be made. */
  readonly headersMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
}

export const defaultTimeouts: Timeouts = { connectMs: 20_000, headersMs: 120_000, idleMs: 60_000 };

/** Connections to publishers, through the proxy of the environment (HTTP_PROXY, HTTPS_PROXY, NO_PROXY). It has a life cycle: close it. */
export interface Network {
  readonly dispatcher: Dispatcher;
  readonly close: () => Promise<void>;
}

export interface NetworkOptions extends Partial<Timeouts> {
  /** In place of the environment's; "" for none. */
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
}

export function openNetwork(options: NetworkOptions = {}): Network {
  const { connectMs, headersMs, idleMs } = { ...defaultTimeouts, ...options };
  const { httpProxy, httpsProxy, noProxy } = options;
  let dispatcher: Dispatcher;
  try {
    dispatcher = new EnvHttpProxyAgent({
      connect: { timeout: connectMs },
      headersTimeout: headersMs,
      bodyTimeout: idleMs,
      ...(httpProxy === undefined ? {} : { httpProxy }),
      ...(httpsProxy === undefined ? {} : { httpsProxy }),
      ...(noProxy === undefined ? {} : { noProxy }),
    });
  } catch {
    // Without the cause: it would repeat the proxy's address with its password.
    throw new FetchFault("proxy", {
      what: "L'adresse du mandataire (proxy) est illisible",
      where: "variables d'environnement HTTP_PROXY et HTTPS_PROXY",
      expected: "une adresse de la forme http://serveur:port",
      remedy: "corriger cette variable, ou la retirer",
    });
  }
  return { dispatcher, close: () => dispatcher.destroy() };
}

/** One redirection that was followed. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly permanent: boolean;
}

export interface Answer extends Reply {
  /** The address that answered. */
  readonly url: string;
  readonly hops: readonly Hop[];
}

export interface Question {
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** True when the request carries credentials: it is then never sent on to another site. */
  readonly confidential?: boolean;
}

const MAX_HOPS = 10;
const permanentStatuses: ReadonlySet<number> = new Set([301, 308]);
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Asks an address and follows its redirections, each of them told.
 * @throws FetchFault on the network's faults, a loop, or a redirection that would carry credentials elsewhere
 */
export async function ask(
  address: string,
  { method = "GET", headers = {}, body, confidential = false }: Question,
  dispatcher: Dispatcher,
  signal?: AbortSignal,
): Promise<Answer> {
  const hops: Hop[] = [];
  const seen = new Set([address]);
  let url = address;
  for (;;) {
    if (!parseAddress(url)) throw unreadable(url);
    const answer = await once(url, { method, headers, ...(body === undefined ? {} : { body }) }, dispatcher, signal);
    const location = answer.headers["location"];
    if (!redirectStatuses.has(answer.status) || location === undefined) return { ...answer, url, hops };
    answer.body.leave();
    const next = parseAddress(location, url);
    if (!next) throw unreadable(location);
    next.hash = "";
    if (seen.has(next.href) || hops.length >= MAX_HOPS) throw loop(address, hops.length + 1);
    if (confidential && next.origin !== new URL(url).origin) throw carriesCredentials(url, next.href);
    hops.push({ from: url, to: next.href, permanent: permanentStatuses.has(answer.status) });
    seen.add(next.href);
    url = next.href;
  }
}

async function once(url: string, sending: Sending, dispatcher: Dispatcher, signal?: AbortSignal): Promise<Reply> {
  try {
    const headers = { "user-agent": "quartiers (laboratoire de donnees)", ...sending.headers };
    return await exchange(url, { ...sending, headers }, dispatcher, signal);
  } catch (error) {
    throw networkFault(error, url, signal);
  }
}

/** The address to write in the contract, when the first redirections are permanent ones. */
export function newAddress(hops: readonly Hop[]): string | undefined {
  const stop = hops.findIndex(({ permanent }) => !permanent);
  return hops.slice(0, stop < 0 ? hops.length : stop).at(-1)?.to;
}

function unreadable(address: string): FetchFault {
  return new FetchFault("answer", {
    what: "Cette adresse est illisible",
    where: publicAddress(address),
    expected: "une adresse qui commence par https:// ou http://",
    remedy: "corriger l'adresse dans le contrat, ou prévenir le producteur si elle vient de lui",
  });
}

function loop(address: string, hops: number): FetchFault {
  return new FetchFault("redirect-loop", {
    what: "Les redirections tournent en rond",
    value: `${hops} redirections`,
    where: publicAddress(address),
    expected: `au plus ${MAX_HOPS} redirections, sans retour`,
    remedy: "ouvrir l'adresse dans un navigateur pour trouver la bonne, puis corriger le contrat",
  });
}

function carriesCredentials(from: string, to: string): FetchFault {
  return new FetchFault("protocol", {
    what: "Le serveur renvoie vers un autre site une demande qui porte des identifiants\u00a0: elle n'est pas suivie",
    value: new URL(to).origin,
    where: publicAddress(from),
    remedy: "vérifier l'adresse de l'interface chez le producteur",
  });
}
