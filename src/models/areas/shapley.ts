import { QuartiersError } from "../../codes/errors.ts";
import { compensatedSum } from "./shapley-sum.ts";

/** What each factor brings to a value, for one area or for a column of them. Columns have one value an area, in the unit of `valueWith`. */
export interface ShapleyParts {
  readonly factors: readonly string[];
  /** v(none): no factor at work. */
  readonly none: Float64Array;
  /** v(all). */
  readonly all: Float64Array;
  /** One column a factor, in the order of `factors`; they add up to all - none. NaN where a coalition has no value. */
  readonly parts: readonly Float64Array[];
}

/** With more, 2^k evaluations are no longer a matter of moments. */
const mostFactors = 12;

/**
 * Exact Shapley values (Shapley 1953): the part of a factor is the mean, over all orders in which factors can be put to work, of what the value gains when
 * it comes in. For the decomposition of a statistic this is Shorrocks's rule (2013, Journal of Economic Inequality 11): the only one that
 * treats factors alike, leaves nothing over and gives nothing to a factor that changes nothing.
 *
 * `valueWith(mask)` is the value with the factors whose bit is set (bit 0 is the first factor): a number, or a column of areas; it is called once a mask. The
 * sums are compensated (Neumaier 1974), and what rounding leaves goes to the largest part, so that the parts add up to all - none to the last digit or two.
 * An area with NaN for some coalition has NaN parts, and no other area is touched. 2^k evaluations, O(areas x k x 2^k).
 *
 * @throws QuartiersError without a factor, with more than 12, with two of one name, or when columns differ in length
 * @example
 * ```ts
 * const { parts } = shapley(["prix", "quantité"], (mask) => (mask & 1 ? 3 : 2) * (mask & 2 ? 5 : 4));
 * parts.map(([part]) => part) // [ 4.5, 2.5 ]
 * ```
 */
export function shapley(factors: readonly string[], valueWith: (mask: number) => Float64Array | number): ShapleyParts {
  checkFactors(factors);
  const values = coalitionValues(factors.length, valueWith);
  const weights = coalitionWeights(factors.length);
  const none = values[0];
  const all = values[values.length - 1];
  const parts = factors.map((_, factor) => {
    const bit = 1 << factor;
    const without = values.map((_, mask) => mask).filter((mask) => (mask & bit) === 0);
    const marginals = new Float64Array(without.length);
    return all.map((_, area) => {
      for (const [i, mask] of without.entries())
        marginals[i] = weights[memberCount(mask)] * (values[mask | bit][area] - values[mask][area]);
      return compensatedSum(marginals);
    });
  });
  for (let area = 0; area < all.length; area++) giveLeftover(parts, area, all[area] - none[area]);
  return { factors, none, all, parts };
}

/** One column a mask, copied: the caller may use one buffer for all. */
function coalitionValues(factors: number, valueWith: (mask: number) => Float64Array | number): Float64Array[] {
  const values: Float64Array[] = [];
  for (let mask = 0; mask < 1 << factors; mask++) {
    const value = valueWith(mask);
    const column = typeof value === "number" ? Float64Array.of(value) : Float64Array.from(value);
    if (values.length > 0 && column.length !== values[0].length)
      throw new QuartiersError({
        what: "Décomposition\u00a0: les valeurs n'ont pas toutes le même nombre de territoires",
        value: `${column.length} pour le masque ${mask}`,
        expected: `${values[0].length}, comme sans aucun facteur`,
      });
    values.push(column);
  }
  return values;
}

/** s! (k - s - 1)! / k!: the share of orders where exactly those s factors come before a given one. */
function coalitionWeights(factors: number): readonly number[] {
  const weights: number[] = [];
  let choices = 1;
  for (let size = 0; size < factors; size++) {
    weights.push(1 / (factors * choices));
    choices = (choices * (factors - 1 - size)) / (size + 1);
  }
  return weights;
}

function memberCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** What rounding left goes to the largest part: a factor that changes nothing keeps exactly 0. */
function giveLeftover(parts: readonly Float64Array[], area: number, change: number): void {
  let largest = 0;
  for (const [i, part] of parts.entries()) if (Math.abs(part[area]) > Math.abs(parts[largest][area])) largest = i;
  parts[largest][area] += change - compensatedSum(parts.map((part) => part[area]));
}

function checkFactors(factors: readonly string[]): void {
  if (factors.length < 1 || factors.length > mostFactors)
    throw new QuartiersError({
      what: "Nombre de facteurs impossible pour une décomposition exacte",
      value: String(factors.length),
      expected: `de 1 à ${mostFactors} facteurs`,
      remedy: "regrouper des facteurs",
    });
  if (new Set(factors).size !== factors.length)
    throw new QuartiersError({
      what: "Deux facteurs portent le même nom",
      value: factors.join(", "),
      expected: "des noms tous différents",
    });
}
