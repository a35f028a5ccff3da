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
    checkCost(matrix, name, cost);
    return { name, cost, cutoffs, sorted: sortedCutoffs(name, cutoffs) };
  });
  const width = costs.reduce((product, { sorted }) => product * sorted.length, 1);
  const cells = pairCells(costs, width);
  const names = Object.keys(opportunities) as Name[];
  const cumulated = names.map((name) => {
    const histogram = fillHistogram(matrix, cells, opportunities[name], active, width + 1);
    let stride = width;
    for (const { sorted } of costs) {
      stride /= sorted.length;
      for (let row = 0; row < histogram.length; row += width + 1)
        for (let cell = stride; cell < width; cell++)
          if (Math.floor(cell / stride) % sorted.length > 0) histogram[row + cell] += histogram[row + cell - stride];
    }
    return histogram;
  });
  return combinations(costs.map(({ cutoffs }) => cutoffs)).map((combination) => {
    const column = costs.reduce((at, { sorted }, k) => at * sorted.length + sorted.indexOf(combination[k] ?? 0), 0);
    return {
      cutoffs: Object.fromEntries(costs.map(({ name }, k) => [name, combination[k] ?? 0])),
      access: Object.fromEntries(
        names.map((name, k) => [name, everyNth(cumulated[k] ?? new Float64Array(0), width + 1, column)]),
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
    checkCost(matrix, name, cost);
    const { codes, table } = costCells(cost, sortedCutoffs(name, [cutoff]));
    for (let pair = 0; pair < weights.length; pair++)
      if ((table ? table[codes[pair]] : codes[pair]) > 0) weights[pair] = 0;
  }
  return weights;
}

/** The cell of each pair, directly or by the code of its cost. */
interface PairCells {
  readonly codes: Int32Array;
  readonly table: Int32Array | null;
}

/** For each pair, the first of the sorted cut-offs that it is within; their number when none. */
function costCells(cost: CostColumn, cutoffs: readonly number[]): PairCells {
  if ("codes" in cost)
    return { codes: cost.codes, table: Int32Array.from(cost.values, (value) => firstAtLeast(cutoffs, value)) };
  const codes = new Int32Array(cost.length);
  for (let pair = 0; pair < codes.length; pair++) codes[pair] = firstAtLeast(cutoffs, cost[pair]);
  return { codes, table: null };
}

/** The cell of each pair among combinations of cut-offs; `beyond` when it is over one of them. */
function pairCells(
  costs: readonly { readonly cost: CostColumn; readonly sorted: readonly number[] }[],
  beyond: number,
): PairCells {
  const [first, ...others] = costs.map(({ cost, sorted }) => ({ size: sorted.length, cells: costCells(cost, sorted) }));
  if (!first) throw new QuartiersError({ what: "Aucune limite de coût", expected: "au moins un coût et ses seuils" });
  if (others.length === 0) return first.cells;
  const combined = Int32Array.from(first.cells.codes, (code) => cellOr(first.cells.table, code, first.size));
  for (const { size, cells } of others)
    for (let pair = 0; pair < combined.length; pair++) {
      const cell = cellOr(cells.table, cells.codes[pair], size);
      combined[pair] = combined[pair] < 0 || cell < 0 ? -1 : combined[pair] * size + cell;
    }
  return { codes: combined.map((cell) => (cell < 0 ? beyond : cell)), table: null };
}

/** -1 beyond the last cut-off. */
function cellOr(table: Int32Array | null, code: number, size: number): number {
  const cell = table ? table[code] : code;
  return cell === size ? -1 : cell;
}

/** Opportunities by place and cell; the last cell of a place holds what is beyond, so that no pair needs a test. */
function fillHistogram(
  { starts, destinations, originIds, destinationIds }: TravelMatrix,
  { codes, table }: PairCells,
  opportunities: Float64Array,
  active: boolean,
  width: number,
): Float64Array {
  const histogram = new Float64Array((active ? originIds.length : destinationIds.length) * width);
  if (active && width === 2) {
    // One cut-off: a sum a place, which stays in a register.
    for (let origin = 0; origin < originIds.length; origin++) {
      const start = starts[origin];
      let within = 0;
      for (let pair = start; pair < starts[origin + 1]; pair++)
        within +=
          (1 - (table ? table[codes[pair]] : codes[pair])) *
          opportunities[destinations ? destinations[pair] : pair - start];
      histogram[2 * origin] = within;
    }
    return histogram;
  }
  for (let origin = 0; origin < originIds.length; origin++) {
    const start = starts[origin];
    for (let pair = start; pair < starts[origin + 1]; pair++) {
      const cell = table ? table[codes[pair]] : codes[pair];
      const destination = destinations ? destinations[pair] : pair - start;
      if (active) histogram[origin * width + cell] += opportunities[destination];
      else histogram[destination * width + cell] += opportunities[origin];
    }
  }
  return histogram;
}

function checkCost(matrix: TravelMatrix, name: string, cost: CostColumn): void {
  const length = "codes" in cost ? cost.codes.length : cost.length;
  if (length !== pairCount(matrix))
    throw new QuartiersError({
      what: `Coût ${name} d'une autre longueur que la matrice`,
      value: String(length),
      expected: `${pairCount(matrix)} couples`,
    });
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
