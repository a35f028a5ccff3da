import { QuartiersError } from "../../codes/errors.ts";
import { explainWriting } from "../../engine/atomic.ts";
import { publicAddress } from "./address.ts";
import { type FaultKind, FetchFault, interrupted } from "./faults.ts";

interface Explanation {
  readonly kind: FaultKind;
  readonly what: string;
  readonly remedy: string;
  readonly retryable: boolean;
}

const checkNetwork = "vérifier la connexion, et le mandataire (HTTPS_PROXY) si le réseau en demande un";

const nameNotFound: Explanation = {
  kind: "name",
  what: "Ce nom de serveur est introuvable",
  remedy: `vérifier l'adresse dans le contrat, puis ${checkNetwork}`,
  retryable: false,
};
const refused: Explanation = {
  kind: "refused",
  what: "Le serveur refuse la connexion",
  remedy: `réessayer plus tard\u202f; si cela dure, ${checkNetwork}`,
  retryable: true,
};
const unreachable: Explanation = {
  kind: "unreachable",
  what: "Aucun chemin ne mène à ce serveur",
  remedy: checkNetwork,
  retryable: true,
};
const timeout: Explanation = {
  kind: "timeout",
  what: "Le serveur ne répond plus\u00a0: délai dépassé",
  remedy: "relancer la même commande, qui reprendra où elle s'est arrêtée",
  retryable: true,
};
const cut: Explanation = {
  kind: "cut",
  what: "Le transfert a été coupé",
  remedy: "relancer la même commande, qui reprendra où elle s'est arrêtée",
  retryable: true,
};
const tls: Explanation = {
  kind: "tls",
  what: "La connexion chiffrée (TLS) a échoué",
  remedy:
    "vérifier la date de l'ordinateur\u202f; derrière un mandataire qui a son propre certificat, le donner par NODE_EXTRA_CA_CERTS. Ne pas désactiver la vérification",
  retryable: false,
};
const notHttp: Explanation = {
  kind: "protocol",
  what: "Le serveur ne répond pas selon le protocole HTTP",
  remedy: `vérifier l'adresse et le port, puis ${checkNetwork}`,
  retryable: false,
};

const byCode: Readonly<Record<string, Explanation>> = {
  ENOTFOUND: nameNotFound,
  EAI_NODATA: nameNotFound,
  EAI_AGAIN: { ...nameNotFound, retryable: true },
  ECONNREFUSED: refused,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENETDOWN: unreachable,
  UND_ERR_CONNECT_TIMEOUT: timeout,
  UND_ERR_HEADERS_TIMEOUT: timeout,
  UND_ERR_BODY_TIMEOUT: timeout,
  ETIMEDOUT: timeout,
  ECONNRESET: cut,
  ECONNABORTED: cut,
  EPIPE: cut,
  UND_ERR_SOCKET: cut,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: cut,
  UND_ERR_DESTROYED: cut,
  EPROTO: tls,
};

/** The first code of an error and of its causes that we can put in words. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 4) return [];
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const own = code !== undefined ? [code] : error.name === "HTTPParserError" ? ["HPE_INVALID"] : [];
  const inner = error instanceof AggregateError ? error.errors.flatMap((one) => codesOf(one, depth + 1)) : [];
  return [...own, ...inner, ...codesOf(error.cause, depth + 1)];
}

function explanationOf(codes: readonly string[]): Explanation | undefined {
  for (const code of codes) {
    const known = byCode[code];
    if (known) return known;
    if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH)/.test(code)) return tls;
    if (/^HPE_/.test(code)) return notHttp;
  }
  return undefined;
}

/** The proxy's own refusal of a tunnel, with its status. */
const proxyStatus = (error: unknown): string | undefined =>
  error instanceof Error ? /^Proxy response \((\d+)\)/.exec(error.message)?.[1] : undefined;

/**
 * An error of the network or of the disk as a fault in words. What it holds of the original is its code: a message of a library could repeat
 * an address with its password.
 */
export function networkFault(error: unknown, address: string, signal?: AbortSignal): unknown {
  const where = publicAddress(address);
  if (signal?.aborted) return interrupted(where);
  if (error instanceof QuartiersError) return error;
  const status = proxyStatus(error);
  if (status !== undefined) return proxyFault(Number(status), where);
  const codes = codesOf(error);
  const explanation = explanationOf(codes);
  if (!explanation) return explainWriting(error, where);
  const { kind, what, remedy, retryable } = explanation;
  return new FetchFault(kind, { what, where, remedy, cause: new Error(codes.join(" ")) }, { retryable });
}

/** The proxy (mandataire) that the environment names does not let the request through. */
export function proxyFault(status: number, where: string): FetchFault {
  const asked = status === 407;
  return new FetchFault(
    "proxy",
    {
      what: asked ? "Le mandataire (proxy) demande des identifiants" : "Le mandataire (proxy) ne laisse pas passer",
      value: `statut ${status}`,
      where,
      remedy: asked
        ? "écrire l'identifiant et le mot de passe dans HTTPS_PROXY, ou demander l'accès au service informatique"
        : "demander l'ouverture de ce site au service informatique, ou l'inscrire dans NO_PROXY s'il est joignable sans mandataire",
    },
    { retryable: status >= 500 },
  );
}
