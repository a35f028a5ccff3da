import { type Random, seededRandom } from "../../codes/random.ts";

/** Version of the generator: raised whenever the same seed gives other files. */
export const GENERATOR_VERSION = "3.1.0";
/** The seed of the files that are embedded in `data-samples/`: the day the white book came out, 1 March 2022. */
export const DEFAULT_SEED = 20220301;

/** FNV-1a (Fowler, Noll, Vo) of a text, on 32 bits. */
function hash(text: string): number {
  let h = 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x0100_0193);
  return h >>> 0;
}

/**
 * A stream of random numbers of its own for each subject, so that drawing one more offer does not move a border.
 * @example
 * ```ts
 * stream(7, "offres")() === stream(7, "contours")() // false
 * ```
 */
export const stream = (seed: number, subject: string): Random =>
  seededRandom((hash(subject) ^ Math.imul(seed, 0x9e37_79b1)) >>> 0);
