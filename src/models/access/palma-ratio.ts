import { QuartiersError } from "../../codes/errors.ts";
import { increasing, populatedPlaces } from "./populated-places.ts";

/** Income by place, beside its people. */
export interface IncomeInput {
  readonly population: Float64Array;
  /** Income a head; may be missing (NaN) where nobody lives. */
  readonly income: Float64Array;
}

/**
 * Palma ratio of access: mean access of the richest 10 % over that of the poorest 40 % (Palma 2011, carried to access by Banister 2018). The poorest are the
 * places whose income is at or under the 4th decile, the richest those strictly over the 9th; deciles count each person once and interpolate between
 * persons, rank 1 + (N - 1) p (Hmisc's weighted quantile, as in R accessibility). Refuses a place with people and no income. null when one of the two groups
 * is empty or the poorest have no access at all. O(n log n).
 * @example
 * ```ts
 * palmaRatio(Float64Array.of(1, 1, 3), { population: Float64Array.of(4, 5, 1), income: Float64Array.of(10, 20, 90) }) // 3
 * ```
 */
export function palmaRatio(access: Float64Array, { population, income }: IncomeInput): number | null {
  const places = populatedPlaces(access, population);
  if (!places) return null;
  const incomes = incomeOf(places.rows, income);
  const people = Float64Array.from(places.rows, (row) => population[row]);
  const [poorLimit, richLimit] = [0.4, 0.9].map((p) => frequencyQuantile(incomes, people, p)) as [number, number];
  const poorest = meanWhere(places.access, people, (i) => incomes[i] <= poorLimit);
  const richest = meanWhere(places.access, people, (i) => incomes[i] > richLimit);
  return poorest === null || richest === null || poorest === 0 ? null : richest / poorest;
}

/** Income of the places that have people. Refuses a missing one, naming its row. */
export function incomeOf(rows: Int32Array, income: Float64Array): Float64Array {
  const missing = rows.find((row) => !Number.isFinite(income[row]));
  if (missing !== undefined)
    throw new QuartiersError({
      what: `Revenu manquant là où des gens habitent, ligne ${missing + 1}`,
      value: String(income[missing]),
      expected: "un revenu par lieu habité",
      remedy: "retirer ces lieux et dire combien ils sont",
    });
  return Float64Array.from(rows, (row) => income[row]);
}

/** Quantile of values repeated `counts` times: between the persons of rank floor and ceiling of 1 + (N - 1) p. */
function frequencyQuantile(values: Float64Array, counts: Float64Array, p: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const rank = 1 + (total - 1) * p;
  const low = Math.max(Math.floor(rank), 1);
  const order = increasing(values);
  const atRank = (wanted: number): number => {
    let sum = 0;
    for (const i of order) {
      sum += counts[i];
      if (sum >= wanted) return values[i];
    }
    return values[order[order.length - 1]];
  };
  const part = rank - Math.floor(rank);
  return (1 - part) * atRank(low) + part * atRank(Math.min(low + 1, total));
}

function meanWhere(access: Float64Array, people: Float64Array, chosen: (i: number) => boolean): number | null {
  let [sum, total] = [0, 0];
  for (let i = 0; i < access.length; i++)
    if (chosen(i)) {
      sum += access[i] * people[i];
      total += people[i];
    }
  return total > 0 ? sum / total : null;
}
