import { frenchNumber } from "../../codes/french.ts";
import { Refusal } from "../refusal.ts";
import { maximumEntropy, type NoiseLaw, varianceRange } from "./maximum-entropy.ts";

export interface NoiseOptions {
  /** Greatest deviation D, in units. */
  readonly greatest: number;
  /** Variance V of the noise. */
  readonly variance: number;
  /** No published value from 1 to that one (js); 0 lets every value through. Default 0. */
  readonly smallest?: number;
}

/** One law of noise for each true count; the last serves all larger counts. */
export interface NoiseTable extends Required<NoiseOptions> {
  /** Row n is the law of a true count n; row 0 never moves. */
  readonly rows: readonly NoiseLaw[];
  /** For each row, the bounds of the cell key below which each deviation is chosen, out of 2^32. */
  readonly bounds: readonly Float64Array[];
  /** Rows whose variance is below V, because too few values are allowed. */
  readonly short: readonly number[];
  /** What the reader must know, in French. */
  readonly findings: readonly string[];
}

const whole = (value: number): boolean => Number.isInteger(value) && value >= 0;

/**
 * The perturbation table of the cell-key method: for a true count n, the law of greatest entropy of mean 0 and variance V on the deviations from
 * -D to D that publish neither a negative number nor one from 1 to js. A count of 0 stays 0. Rows too near 0 to reach V are named in `short`.
 * Probabilities become whole bounds out of 2^32, so the noise is unbiased to about D² / 2^32.
 * @throws Refusal when some row has no law of mean 0 of variance V at most: the row and the least possible V are named.
 * @example
 * ```ts
 * noiseTable({ greatest: 2, variance: 1 }).rows.length // 3
 * ```
 */
export function noiseTable({ greatest, variance, smallest = 0 }: NoiseOptions): NoiseTable {
  if (!whole(greatest) || greatest < 1 || greatest > 1000 || !whole(smallest) || !(variance > 0)) {
    throw new Refusal({
      what: "Une table de bruit ne peut pas être construite avec ces paramètres",
      value: `D = ${greatest}, V = ${variance}, js = ${smallest}`,
      expected: "D entier de 1 à 1 000, V positive, js entier",
    });
  }
  const last = smallest === 0 ? greatest : greatest + smallest + 1;
  const rows = Array.from({ length: last + 1 }, (_, n) => rowOf(n, greatest, variance, smallest));
  const short = rows.flatMap(({ reached }, n) => (n > 0 && !reached ? [n] : []));
  if (short.length === last) {
    throw new Refusal({
      what: "Aucun effectif ne peut recevoir un bruit de cette variance",
      value: `D = ${greatest}, V = ${variance}`,
      expected: `une variance d'au plus ${greatest ** 2}`,
    });
  }
  return { greatest, variance, smallest, rows, bounds: rows.map(boundsOf), short, findings: findingsOf(rows, short) };
}

/** The noise of a cell: read in the row of its count, at the place of its key. A count that is not a number stays so. */
export function noiseOf({ rows, bounds }: NoiseTable, count: number, key: number): number {
  if (Number.isNaN(count)) return Number.NaN;
  const row = Math.min(count, rows.length - 1);
  const deviations = rows[row]?.deviations ?? [];
  const limits = bounds[row] ?? new Float64Array();
  let at = 0;
  while (at < limits.length - 1 && key >= limits[at]) at++;
  return deviations[at] ?? 0;
}

/**
 * Published counts: each true count plus the noise of its cell. Zeros stay zeros; missing stays missing; sums no longer hold.
 * Who knows a true count learns its noise, and that of every cell of the same records.
 * @param counts true counts, whole and not negative
 * @param keys the key of each cell, made by `keyedCells()`
 * @throws Refusal when the counts are not whole, negative, or not as many as the keys.
 */
export function perturbCounts(counts: ArrayLike<number>, keys: Uint32Array, noise: NoiseTable): Float64Array {
  if (counts.length !== keys.length) {
    throw new Refusal({
      what: "Les effectifs et les clés de cellules ne vont pas ensemble",
      expected: "une clé par cellule",
    });
  }
  return Float64Array.from(counts, (count, cell) => {
    if (Number.isNaN(count)) return Number.NaN;
    if (!whole(count)) {
      throw new Refusal({
        what: "Une cellule à perturber n'est pas un effectif",
        expected: "des nombres entiers, jamais négatifs",
        remedy: "compter des enregistrements ; une somme de poids ou de revenus demande une autre méthode",
      });
    }
    return count + noiseOf(noise, count, keys[cell]);
  });
}

function rowOf(n: number, greatest: number, variance: number, smallest: number): NoiseLaw {
  if (n === 0) return { deviations: [0], probabilities: Float64Array.of(1), variance: 0, reached: true };
  const support: number[] = [];
  for (let v = -greatest; v <= greatest; v++) if (n + v === 0 || n + v > smallest) support.push(v);
  const law = maximumEntropy(support, variance);
  if (law !== null) return law;
  const range = varianceRange(support);
  throw new Refusal({
    what: `Un effectif de ${n} n'a pas de bruit de moyenne nulle avec ces paramètres`,
    value: `D = ${greatest}, V = ${variance}, js = ${smallest}`,
    expected: range === null ? `D d'au moins ${Math.max(n, smallest + 1 - n)}` : `V d'au moins ${range.least}`,
  });
}

/** Cumulated probabilities as whole numbers out of 2^32. */
function boundsOf({ probabilities }: NoiseLaw): Float64Array {
  let sum = 0;
  const bounds = probabilities.map((p) => {
    sum += p;
    return Math.round(sum * 0x1_0000_0000);
  });
  bounds[bounds.length - 1] = 0x1_0000_0000;
  return bounds;
}

function findingsOf(rows: readonly NoiseLaw[], short: readonly number[]): readonly string[] {
  return short.map(
    (n) =>
      `Un effectif de ${n} ne peut pas recevoir toute la variance demandée\u00a0: la sienne est de ${frenchNumber(rows[n]?.variance ?? 0, { decimals: 2 })}.`,
  );
}
