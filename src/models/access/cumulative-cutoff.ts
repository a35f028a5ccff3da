import { QuartiersError } from "../../codes/errors.ts";
import type { NamedColumns } from "./access-measure.ts";
import { type CostColumn, firstAtLeast } from "./distinct-costs.ts";
import { checkColumns } from "./pair-sums.ts";
import { pairCount, type TravelMatrix } from "./travel-matrix.ts";

export interface CutoffLimit {
  /** A column of the matrix, or its coded form (`distinctCosts`), which is read faster. */
  readonly cost: CostColumn;
  /** In the unit of the cost; the bound is within reach. */
  readonly cutoffs: readonly number[];
}

export interface CumulativeCutoffInput<Name extends string> {
  /** One limit a cost; several (time and fare) must all hold. */
  readonly limits: Readonly<Record<string, CutoffLimit>>;
  readonly opportunities: NamedColumns<Name>;
  /** true: what each origin reaches; false: who reaches each destination. */
  readonly active?: boolean;
}

/** Opportunities within one combination of cut-offs. */
export interface CumulativeAccess<Name extends string> {
  readonly cutoffs: Readonly<Record<string, number>>;
  /** One value an origin (a destination when passive). */
  readonly access: Readonly<Record<Name, Float64Array>>;
}

/**
 * Cumulative opportunities (Ingram 1971): how many opportunities can be reached within each cut-off, bound included; with several costs, within all of
 * them, for every combination of their cut-offs (first cost slowest). One histogram of the pairs by origin and cut-off serves all cut-offs and kinds:
 * O(pairs × kinds + origins × combinations). `cutoffWeights` with `gravity` gives the same, explained.
 */
export function cumulativeCutoff<Name extends string>(
  matrix: TravelMatrix,
  input: CumulativeCutoffInput<Name>,
): CumulativeAccess<Name>[] {
  const { limits, opportunities, active = true } = input;
  checkColumns(matrix, { [active ? "byDestination" : "byOrigin"]: opportunities });
  const costs = Object.entries(limits).map(([name, { cost, cutoffs }]) => {
    const sorted = sortedCutoffs(name, cutoffs);
    return { name, cutoffs, sorted, bins: costBins(matrix, name, cost, sorted) };
  });
  const width = costs.reduce((product, { sorted }) => product * sorted.length, 1);
  const cells = combineBins(costs, pairCount(matrix));
  const places = active ? matrix.originIds.length : matrix.destinationIds.length;
  const names = Object.keys(opportunities) as Name[];
  const cumulated = names.map((name) => {
    const histogram = fillHistogram(
      matrix,
      cells,
      opportunities[name],
      active,
      new Float64Array(places * width),
      width,
    );
    let stride = width;
    for (const { sorted } of costs) {
      stride /= sorted.length;
      for (let cell = 0; cell < histogram.length; cell++)
        if (Math.floor(cell / stride) % sorted.length > 0) histogram[cell] += histogram[cell - stride];
    }
    return histogram;
  });
  return combinations(costs.map(({ cutoffs }) => cutoffs)).map((combination) => {
    const column = costs.reduce((at, { sorted }, k) => at * sorted.length + sorted.indexOf(combination[k] ?? 0), 0);
    return {
      cutoffs: Object.fromEntries(costs.map(({ name }, k) => [name, combination[k] ?? 0])),
      access: Object.fromEntries(
        names.map((name, k) => [name, everyNth(cumulated[k] ?? new Float64Array(0), width, column)]),
      ) as Record<Name, Float64Array>,
    };
  });
}

/** 1 for the pairs within all the limits, 0 for others: the weights of a cumulative measure. O(pairs). */
export function cutoffWeights(
  matrix: TravelMatrix,
  limits: Readonly<Record<string, { readonly cost: CostColumn; readonly cutoff: number }>>,
): Float64Array {
  const weights = new Float64Array(pairCount(matrix)).fill(1);
  for (const [name, { cost, cutoff }] of Object.entries(limits)) {
    const bins = costBins(matrix, name, cost, sortedCutoffs(name, [cutoff]));
    for (let pair = 0; pair < weights.length; pair++) if (bins[pair] > 0) weights[pair] = 0;
  }
  return weights;
}

/** For each pair, the first of the sorted cut-offs that it is within; their number when none. */
function costBins(matrix: TravelMatrix, name: string, cost: CostColumn, cutoffs: readonly number[]): Uint16Array {
  const length = "codes" in cost ? cost.codes.length : cost.length;
  if (length !== pairCount(matrix))
    throw new QuartiersError({
      what: `Coût ${name} d'une autre longueur que la matrice`,
      value: String(length),
      expected: `${pairCount(matrix)} couples`,
    });
  const bins = new Uint16Array(length);
  if ("codes" in cost) {
    const table = Uint16Array.from(cost.values, (value) => firstAtLeast(cutoffs, value));
    for (let pair = 0; pair < length; pair++) bins[pair] = table[cost.codes[pair]];
  } else for (let pair = 0; pair < length; pair++) bins[pair] = firstAtLeast(cutoffs, cost[pair]);
  return bins;
}

/** The cell of each pair among combinations of cut-offs; -1 beyond one of them. */
function combineBins(
  costs: readonly { readonly sorted: readonly number[]; readonly bins: Uint16Array }[],
  pairs: number,
): Int32Array {
  const cells = new Int32Array(pairs);
  for (const { sorted, bins } of costs) {
    const size = sorted.length;
    for (let pair = 0; pair < pairs; pair++)
      cells[pair] = cells[pair] < 0 || bins[pair] === size ? -1 : cells[pair] * size + bins[pair];
  }
  return cells;
}

function fillHistogram(
  { starts, destinations, originIds }: TravelMatrix,
  cells: Int32Array,
  opportunities: Float64Array,
  active: boolean,
  histogram: Float64Array,
  width: number,
): Float64Array {
  for (let origin = 0; origin < originIds.length; origin++) {
    const start = starts[origin];
    for (let pair = start; pair < starts[origin + 1]; pair++) {
      const cell = cells[pair];
      if (cell < 0) continue;
      const destination = destinations ? destinations[pair] : pair - start;
      if (active) histogram[origin * width + cell] += opportunities[destination];
      else histogram[destination * width + cell] += opportunities[origin];
    }
  }
  return histogram;
}

function sortedCutoffs(name: string, cutoffs: readonly number[]): number[] {
  const bad = cutoffs.find((cutoff) => !(cutoff >= 0 && cutoff < Number.POSITIVE_INFINITY));
  if (bad !== undefined || cutoffs.length === 0 || cutoffs.length > 60_000)
    throw new QuartiersError({
      what: `Seuil impossible pour ${name}`,
      value: bad === undefined ? `${cutoffs.length} seuils` : String(bad),
      expected: "au moins un seuil, fini, positif ou nul, dans l'unité du coût",
    });
  return [...new Set(cutoffs)].sort((a, b) => a - b);
}

/** All combinations of one value from each list, the first list slowest. */
const combinations = (lists: readonly (readonly number[])[]): number[][] =>
  lists.reduce<number[][]>((made, list) => made.flatMap((start) => list.map((value) => [...start, value])), [[]]);

function everyNth(values: Float64Array, width: number, first: number): Float64Array {
  const column = new Float64Array(values.length / width);
  for (let row = 0; row < column.length; row++) column[row] = values[row * width + first];
  return column;
}
