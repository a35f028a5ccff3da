import type { FaultKind } from "./faults.ts";

/**
 * What became of one source. `kept`: a file that we did not bring, or that someone changed, stands there and is not replaced without being
 * asked; `to-ask`: a partner's file; `package`: comes with npm; `no-address`: the contract says no way of retrieval.
 */
export type FetchStatus = "received" | "present" | "kept" | "to-ask" | "package" | "no-address" | "planned" | "failed";

export interface FetchOutcome {
  readonly source: string;
  readonly status: FetchStatus;
  /** Relative to the data folder. */
  readonly file?: string;
  readonly bytes?: number;
  readonly sha256?: string;
  /** French sentence for the reader. */
  readonly message: string;
  /** Further remarks: an address that moved, offers that did not come. */
  readonly notices: readonly string[];
  /** Why it failed. */
  readonly fault?: FaultKind | "other";
}

/** What became of all the sources asked for, in their order. */
export interface FetchReport {
  readonly outcomes: readonly FetchOutcome[];
  readonly failed: number;
}

const labels: Readonly<Record<FetchStatus, string>> = {
  received: "reçu",
  present: "déjà là",
  kept: "gardé",
  "to-ask": "à demander",
  package: "paquet npm",
  "no-address": "sans adresse",
  planned: "prévu",
  failed: "ÉCHEC",
};

/**
 * An outcome as the command prints it: a line, then its remarks.
 * @example
 * ```ts
 * outcomeLines({ source: "bpe-xy", status: "present", message: "bpe/bpe21.zip, inchangé.", notices: [] })[0]
 * // "déjà là       bpe-xy                     bpe/bpe21.zip, inchangé."
 * ```
 */
export function outcomeLines({ source, status, message, notices }: FetchOutcome): readonly string[] {
  return [
    `${labels[status].padEnd(13)} ${source.padEnd(26)} ${message}`,
    ...notices.map((notice) => `${" ".repeat(14)}${notice}`),
  ];
}
