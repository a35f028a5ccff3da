import { QuartiersError } from "../../codes/errors.ts";
import type { NamedColumns } from "./access-measure.ts";
import { cumulativeCutoff } from "./cumulative-cutoff.ts";
import type { CostColumn } from "./distinct-costs.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

export interface CumulativeIntervalInput<Name extends string> {
  readonly cost: CostColumn;
  /** First and last cut-off, both included. */
  readonly interval: readonly [first: number, last: number];
  readonly increment?: number;
  readonly opportunities: NamedColumns<Name>;
  readonly summary?: "median" | "mean";
  readonly active?: boolean;
  /** true cuts the result to a whole number, as R accessibility does: half an opportunity cannot be reached. */
  readonly truncate?: boolean;
}

/**
 * Cumulative opportunities summed up over all cut-offs of an interval rather than at one of them, whose choice is arbitrary (Tomasiello, Herszenhut,
 * Oliveira, Braga and Pereira 2023). The median of an even number of cut-offs is the mean of the two in the middle. The mean is a gravity measure whose
 * weight ramps down across the interval. O(pairs + origins × cut-offs).
 */
export function cumulativeInterval<Name extends string>(
  matrix: TravelMatrix,
  input: CumulativeIntervalInput<Name>,
): Readonly<Record<Name, Float64Array>> {
  const { cost, opportunities, summary = "median", active = true, truncate = false } = input;
  const cutoffs = intervalCutoffs(input.interval, input.increment ?? 1);
  const profile = cumulativeCutoff(matrix, { limits: { cost: { cost, cutoffs } }, opportunities, active });
  const summarize = summary === "mean" ? mean : medianOfSorted;
  return Object.fromEntries(
    (Object.keys(opportunities) as Name[]).map((name) => {
      const columns = profile.map(({ access }) => access[name]);
      const values = new Float64Array(active ? matrix.originIds.length : matrix.destinationIds.length);
      const reached = new Float64Array(columns.length);
      for (let place = 0; place < values.length; place++) {
        for (const [k, column] of columns.entries()) reached[k] = column[place];
        const value = summarize(reached);
        values[place] = truncate ? Math.trunc(value) : value;
      }
      return [name, values];
    }),
  ) as Record<Name, Float64Array>;
}

/**
 * The cut-offs of an interval, both ends included where the step falls on them.
 * @example
 * ```ts
 * intervalCutoffs([40, 60], 10) // [ 40, 50, 60 ]
 * ```
 */
export function intervalCutoffs([first, last]: readonly [first: number, last: number], increment: number): number[] {
  if (!(first >= 0 && first < last && last < Number.POSITIVE_INFINITY && increment > 0))
    throw new QuartiersError({
      what: "Intervalle impossible",
      value: `de ${first} à ${last} par ${increment}`,
      expected: "deux seuils croissants, positifs, et un pas positif",
    });
  const steps = Math.floor((last - first) / increment + 1e-10);
  return Array.from({ length: steps + 1 }, (_, k) => first + k * increment);
}

/** What is reached never falls from a cut-off to the next, so that the values are already in order. */
function medianOfSorted(values: Float64Array): number {
  const middle = values.length >>> 1;
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
