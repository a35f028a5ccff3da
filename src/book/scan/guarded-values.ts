import { createHmac } from "node:crypto";

/** Rare values of guarded sources, as digests under a key that lives as long as the build: who reads them learns nothing. */
export interface GuardedValues {
  readonly key: Uint8Array;
  readonly digests: ReadonlySet<string>;
}

const plain = (value: string): string => value.normalize("NFKC").trim().toLowerCase();

/** The digest of a value or of a whole row written "a;b;c": HMAC-SHA256 of its plain form. */
export const guardedDigest = (value: string, key: Uint8Array): string =>
  createHmac("sha256", key).update(plain(value)).digest("base64");

/** True when a text, or one of its words of six signs or more, is a guarded value. O(words). */
export function holdsGuarded(text: string, { key, digests }: GuardedValues): boolean {
  if (digests.size === 0) return false;
  const words = text.split(/[^\p{L}\p{Nd}.,_-]+/u).filter(({ length }) => length >= 6);
  return [text, ...words].some((word) => digests.has(guardedDigest(word, key)));
}
