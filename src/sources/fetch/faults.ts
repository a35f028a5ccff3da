import { type ErrorParts, QuartiersError } from "../../codes/errors.ts";

/** What can go wrong between a publisher and the data folder, told apart because each has its own remedy. */
export type FaultKind =
  | "name"
  | "refused"
  | "unreachable"
  | "tls"
  | "timeout"
  | "cut"
  | "protocol"
  | "proxy"
  | "credentials"
  | "blocked"
  | "gone"
  | "redirect-loop"
  | "too-many-requests"
  | "unavailable"
  | "status"
  | "captive-portal"
  | "html"
  | "json-error"
  | "truncated"
  | "wrong-format"
  | "encoding"
  | "checksum"
  | "size"
  | "changing"
  | "disk"
  | "busy"
  | "path"
  | "answer"
  | "limit"
  | "interrupted";

export interface FaultOptions {
  /** True when the same request may succeed a little later. */
  readonly retryable?: boolean;
  /** The publisher's own delay before the next try, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** A fault of a download. Its cause, when there is one, holds a code and a short text: never a header, a body or an address with its secrets. */
export class FetchFault extends QuartiersError {
  override readonly name: string = "FetchFault";
  readonly kind: FaultKind;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(kind: FaultKind, parts: ErrorParts, { retryable = false, retryAfterMs }: FaultOptions = {}) {
    super(parts);
    this.kind = kind;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The same fault once every try is spent: says how many. */
export function exhausted(fault: FetchFault, tries: number): FetchFault {
  if (tries < 2) return fault;
  return new FetchFault(fault.kind, { ...fault.parts, what: `${fault.parts.what}, après ${tries} essais` });
}

/** The download was stopped from outside: the part received stays for the next time. */
export function interrupted(where: string): FetchFault {
  return new FetchFault("interrupted", {
    what: "Téléchargement interrompu\u00a0: la partie reçue est gardée",
    where,
    remedy: "relancer la même commande, qui reprendra où elle s'est arrêtée",
  });
}
