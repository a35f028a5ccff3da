import { seededRandom } from "../../../src/codes/random.ts";

/** A damaged copy of a file, and how it was damaged. */
export interface Corruption {
  readonly how: string;
  readonly bytes: Buffer;
}

/** Cuts of a file at many places, its ends among them, and flips of one to three bytes anywhere. The same for a seed. */
export function* corruptions(
  whole: Uint8Array,
  { cuts = 40, flips = 80, seed = 1 }: { cuts?: number; flips?: number; seed?: number } = {},
): Generator<Corruption> {
  const bytes = Buffer.from(whole);
  const random = seededRandom(seed);
  const ends = [0, 1, 2, 3, 4, 8, 16, 31, 32, 33, 64, 100].map((n) => Math.min(n, bytes.length - 1));
  const tails = [1, 2, 3, 4, 8, 16, 22].map((n) => Math.max(0, bytes.length - n));
  const places = new Set([...ends, ...tails]);
  while (places.size < Math.min(cuts, bytes.length)) places.add(Math.floor(random() * bytes.length));
  for (const place of places) yield { how: `coupé à ${place}`, bytes: bytes.subarray(0, place) };
  for (let i = 0; i < flips; i++) {
    const copy = Buffer.from(bytes);
    const count = 1 + Math.floor(random() * 3);
    const flipped: number[] = [];
    for (let k = 0; k < count; k++) {
      const place = Math.floor(random() * copy.length);
      copy[place] ^= 1 + Math.floor(random() * 255);
      flipped.push(place);
    }
    yield { how: `octets ${flipped.join(", ")} changés`, bytes: copy };
  }
}
