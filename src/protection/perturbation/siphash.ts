import { Refusal } from "../refusal.ts";

/** A secret of 128 bits, written as 32 hexadecimal digits. It stands outside the repository and is never printed. */
export type SecretKey = string;

/** 64 bits of a hash, as two words. */
export interface Hash64 {
  readonly high: number;
  readonly low: number;
}

/** Four words of 64 bits: v0, v1, v2, v3, each low then high. */
type State = Int32Array;

/**
 * SipHash-2-4 (Aumasson and Bernstein 2012): a keyed hash of short texts. Without the key its values cannot be told from chance, and the
 * key cannot be found from them; with it, they are the same on every machine. The text is read as UTF-8. Cost: one round per 4 bytes.
 * @throws Refusal when the key is not 32 hexadecimal digits; the message does not repeat it.
 * @example
 * ```ts
 * sipHash("000102030405060708090a0b0c0d0e0f", "").high.toString(16) // "726fdb47"
 * ```
 */
export function sipHash(key: SecretKey, text: string): Hash64 {
  return sipHashBytes(parseKey(key), utf8(text));
}

/** The four words of a key, in the order that SipHash reads them. To be computed once for many texts. */
export function parseKey(key: SecretKey): Int32Array {
  if (!/^[0-9a-f]{32}$/i.test(key)) {
    throw new Refusal({
      what: "La clé secrète du bruit est mal formée",
      expected: "32 chiffres hexadécimaux (128 bits)",
      remedy: "tirer une clé au hasard, la garder hors du dépôt et la passer en argument",
    });
  }
  const bytes = Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(key.slice(2 * i, 2 * i + 2), 16));
  return Int32Array.from({ length: 4 }, (_, i) => wordAt(bytes, 4 * i));
}

/** SipHash-2-4 of bytes, with a key already parsed. */
export function sipHashBytes(key: Int32Array, bytes: Uint8Array): Hash64 {
  const v = Int32Array.of(
    key[0] ^ 0x70736575,
    key[1] ^ 0x736f6d65,
    key[2] ^ 0x6e646f6d,
    key[3] ^ 0x646f7261,
    key[0] ^ 0x6e657261,
    key[1] ^ 0x6c796765,
    key[2] ^ 0x79746573,
    key[3] ^ 0x74656462,
  );
  const padded = new Uint8Array(8 * (Math.floor(bytes.length / 8) + 1));
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length & 0xff;
  for (let at = 0; at < padded.length; at += 8) {
    const low = wordAt(padded, at);
    const high = wordAt(padded, at + 4);
    v[6] ^= low;
    v[7] ^= high;
    round(v);
    round(v);
    v[0] ^= low;
    v[1] ^= high;
  }
  v[4] ^= 0xff;
  for (let i = 0; i < 4; i++) round(v);
  return { low: (v[0] ^ v[2] ^ v[4] ^ v[6]) >>> 0, high: (v[1] ^ v[3] ^ v[5] ^ v[7]) >>> 0 };
}

/** UTF-8, without a lone surrogate (written U+FFFD). */
export function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const read = character.codePointAt(0) ?? 0;
    const code = read >= 0xd800 && read <= 0xdfff ? 0xfffd : read;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x1_0000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(bytes);
}

function wordAt(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
}

function round(v: State): void {
  add(v, 0, 2);
  rotate(v, 2, 13);
  mix(v, 2, 0);
  swap(v, 0);
  add(v, 4, 6);
  rotate(v, 6, 16);
  mix(v, 6, 4);
  add(v, 0, 6);
  rotate(v, 6, 21);
  mix(v, 6, 0);
  add(v, 4, 2);
  rotate(v, 2, 17);
  mix(v, 2, 4);
  swap(v, 4);
}

function add(v: State, to: number, from: number): void {
  const low = (v[to] >>> 0) + (v[from] >>> 0);
  v[to + 1] = v[to + 1] + v[from + 1] + (low > 0xffff_ffff ? 1 : 0);
  v[to] = low;
}

function rotate(v: State, at: number, bits: number): void {
  const low = v[at];
  const high = v[at + 1];
  v[at] = (low << bits) | (high >>> (32 - bits));
  v[at + 1] = (high << bits) | (low >>> (32 - bits));
}

function mix(v: State, to: number, from: number): void {
  v[to] ^= v[from];
  v[to + 1] ^= v[from + 1];
}

/** A rotation by 32 bits. */
function swap(v: State, at: number): void {
  const low = v[at];
  v[at] = v[at + 1];
  v[at + 1] = low;
}
