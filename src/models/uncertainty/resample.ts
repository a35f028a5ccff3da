import { QuartiersError } from "../../codes/errors.ts";
import { normal, type Random, seededRandom } from "../../codes/random.ts";

/**
 * The random numbers of one replicate. They depend on the seed and on the number of the replicate alone: replicates can be computed in any order, in
 * any number of threads, and give the same interval. Refuses a replicate that is not a whole number from 0 to 2 097 151.
 * @example
 * ```ts
 * replicateRandom(7, 3)() === replicateRandom(7, 3)() // true
 * ```
 */
export function replicateRandom(seed: number, replicate: number): Random {
  if (!Number.isInteger(replicate) || replicate < 0 || replicate >= 0x20_0000 || !Number.isFinite(seed))
    throw new QuartiersError({
      what: "Numéro de tirage impossible",
      value: `${replicate} (graine ${seed})`,
      expected: "une graine finie et un entier de 0 à 2 097 151",
    });
  return seededRandom(replicate * 0x1_0000_0000 + (seed >>> 0));
}

/**
 * Draws as many rows as there are, with replacement, and counts how often each came: the multinomial weights of the bootstrap (Efron 1979). A statistic of
 * weighted rows needs only these counts, and no row is moved. Writes into `counts`. O(rows).
 * @example
 * ```ts
 * [...drawCounts(seededRandom(1), new Float64Array(4))].reduce((a, b) => a + b) // 4
 * ```
 */
export function drawCounts(random: Random, counts: Float64Array): Float64Array {
  const size = counts.length;
  counts.fill(0);
  for (let draw = 0; draw < size; draw++) counts[Math.floor(random() * size)]++;
  return counts;
}

/** Weights prepared so that one draw costs O(1) (Walker 1977, Vose 1991). */
export interface AliasTable {
  readonly keep: Float64Array;
  readonly alias: Int32Array;
}

/** Prepares weights, finite, never negative, of which one at least is positive. O(weights). */
export function aliasTable(weights: Float64Array): AliasTable {
  const size = weights.length;
  let total = 0;
  for (const weight of weights) {
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: "Poids de tirage impossible",
        value: String(weight),
        expected: "un nombre fini, positif ou nul",
      });
    total += weight;
  }
  if (!(total > 0))
    throw new QuartiersError({ what: "Rien à tirer\u00a0: tous les poids sont nuls", value: String(size) });
  const keep = weights.map((weight) => (weight / total) * size);
  const alias = Int32Array.from({ length: size }, (_, row) => row);
  const small: number[] = [];
  const large: number[] = [];
  for (let row = 0; row < size; row++) (keep[row] < 1 ? small : large).push(row);
  for (let row = small.pop(); row !== undefined; row = small.pop()) {
    const giver = large.at(-1);
    if (giver === undefined) {
      keep[row] = 1;
      continue;
    }
    alias[row] = giver;
    keep[giver] -= 1 - keep[row];
    if (keep[giver] < 1) {
      large.pop();
      small.push(giver);
    }
  }
  for (const row of large) keep[row] = 1;
  return { keep, alias };
}

/** Draws `size` rows with replacement in proportion to the weights of the table, and counts how often each came. Writes into `counts`. O(rows + size). */
export function drawWeightedCounts(
  random: Random,
  { keep, alias }: AliasTable,
  size: number,
  counts: Float64Array,
): Float64Array {
  counts.fill(0);
  for (let draw = 0; draw < size; draw++) {
    const place = random() * keep.length;
    const row = Math.floor(place);
    counts[place - row < keep[row] ? row : alias[row]]++;
  }
  return counts;
}

/**
 * Draws `size` people among cells with replacement in proportion to their counts, cell after cell by binomials of what is left (Davis 1993): as many numbers
 * as cells, whatever the size. Writes into `counts`, which add up to `size`. O(cells) when cells are large.
 * @example
 * ```ts
 * [...drawCells(seededRandom(1), Float64Array.of(40, 0, 60), 100, new Float64Array(3))].reduce((a, b) => a + b) // 100
 * ```
 */
export function drawCells(random: Random, weights: Float64Array, size: number, counts: Float64Array): Float64Array {
  let [left, weightLeft] = [size, weights.reduce((sum, weight) => sum + weight, 0)];
  let last = weights.length - 1;
  while (last > 0 && weights[last] === 0) last--;
  counts.fill(0);
  for (let cell = 0; cell < last; cell++) {
    counts[cell] = binomialCount(random, left, Math.min(1, weights[cell] / weightLeft));
    left -= counts[cell];
    weightLeft -= weights[cell];
  }
  counts[last] = left;
  return counts;
}

/** A binomial number: by inversion when its variance is under 100, else the rounded normal of same mean and variance (skewness under 0.1). */
function binomialCount(random: Random, n: number, p: number): number {
  if (n === 0 || p <= 0) return 0;
  if (p > 0.5) return n - binomialCount(random, n, 1 - p);
  const variance = n * p * (1 - p);
  if (variance >= 100) return Math.min(n, Math.max(0, Math.round(n * p + Math.sqrt(variance) * normal(random))));
  const odds = p / (1 - p);
  let chance = (1 - p) ** n;
  let left = random();
  let successes = 0;
  while (left > chance && successes < n) {
    left -= chance;
    successes++;
    chance *= (odds * (n - successes + 1)) / successes;
  }
  return successes;
}
