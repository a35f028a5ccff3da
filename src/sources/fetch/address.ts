import type { Retrieval } from "../retrieval.ts";

/** Names of query parameters whose value is a secret or a short-lived signature. */
const secretName =
  /(token|secret|password|passwd|signature|credential|api_?key|^key$|^sig$|^auth$|^x-amz-|^x-goog-|^se$|^sp$)/i;

/**
 * An address as it may be printed and kept: without user, password, fragment, and with the values of secret parameters left out.
 * @example
 * ```ts
 * publicAddress("https://moi:mdp@exemple.fr/a.zip?annee=2021&token=abc#haut") // "https://exemple.fr/a.zip?annee=2021&token=***"
 * ```
 */
export function publicAddress(address: string): string {
  const url = parseAddress(address);
  if (!url) return "adresse illisible";
  url.username = "";
  url.password = "";
  url.hash = "";
  for (const name of [...new Set(url.searchParams.keys())])
    if (secretName.test(name)) url.searchParams.set(name, "***");
  return url.href;
}

/** The parts of an http(s) address, or null. */
export function parseAddress(address: string, base?: string): URL | null {
  try {
    const url = new URL(address, base);
    return url.protocol === "http:" || url.protocol === "https:" ? url : null;
  } catch {
    return null;
  }
}

/** Another server in place of a publisher's own, by way of retrieval: for tests and for mirrors. */
export type Bases = Readonly<Partial<Record<Retrieval["via"], string>>>;

/**
 * The same path on another server, when one is given in place of the publisher's.
 * @example
 * ```ts
 * rebase("https://www.insee.fr/fr/a.zip", "file", { file: "http://127.0.0.1:8080" }) // "http://127.0.0.1:8080/fr/a.zip"
 * ```
 */
export function rebase(address: string, via: Retrieval["via"], bases: Bases = {}): string {
  const base = bases[via];
  if (base === undefined) return address;
  const { pathname, search } = new URL(address);
  return `${base.replace(/\/+$/, "")}${pathname}${search}`;
}
