import { parseKey, type SecretKey, sipHashBytes, utf8 } from "./siphash.ts";

/** A source of whole numbers, uniform from 0 to 2^32 - 1. */
export type Words = () => number;

/**
 * Words drawn from a secret key and the name of what they serve: SipHash of the name and a counter. The same name gives the same words at every
 * build, so that nobody averages re-runs; without the key they cannot be foretold.
 * @param name what is drawn: a cell, with its table and its vintage
 */
export function keyedWords(key: SecretKey, name: string): Words {
  const parsed = parseKey(key);
  const text = utf8(name);
  const message = new Uint8Array(text.length + 8);
  message.set(text, 8);
  const view = new DataView(message.buffer);
  let counter = 0;
  let kept = -1;
  return () => {
    if (kept >= 0) {
      const word = kept;
      kept = -1;
      return word;
    }
    view.setUint32(0, counter % 0x1_0000_0000);
    view.setUint32(4, Math.floor(counter / 0x1_0000_0000));
    counter++;
    const { low, high } = sipHashBytes(parsed, message);
    kept = high;
    return low;
  };
}

/**
 * A whole number uniform from 0 to n - 1, by rejection: no value is likelier than another by even one part in 2^53.
 * @param n from 1 to 2^53
 */
export function uniformBelow(words: Words, n: number): number {
  const range = n <= 0x1_0000_0000 ? 0x1_0000_0000 : 2 ** 53;
  const limit = range - (range % n);
  for (;;) {
    const drawn = range === 2 ** 53 ? (words() & 0x1f_ffff) * 0x1_0000_0000 + words() : words();
    if (drawn < limit) return drawn % n;
  }
}
