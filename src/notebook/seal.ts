import { createHmac, timingSafeEqual } from "node:crypto";
import { canonicalJson } from "../engine/hash.ts";
import type { Sealed } from "./bundle.ts";

const codeOf = (content: unknown, key: string): string =>
  createHmac("sha256", key).update(canonicalJson(content)).digest("hex");

/** Seals a content with HMAC-SHA-256 (RFC 2104) of its canonical JSON. Without a key (a person at the keyboard) the seal is null. */
export function seal<T>(content: T, key: string | null): Sealed<T> {
  return { content, seal: key === null ? null : codeOf(content, key) };
}

/** Whether a bundle was sealed with this key and not altered since. */
export function verifySeal(bundle: Sealed<unknown>, key: string): boolean {
  if (typeof bundle.seal !== "string") return false;
  const expected = Buffer.from(codeOf(bundle.content, key), "hex");
  const found = Buffer.from(bundle.seal, "hex");
  return found.length === expected.length && timingSafeEqual(found, expected);
}
