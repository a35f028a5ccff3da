import { type AccessMeasures, measuresByOrigin, type NamedColumns, shares } from "./access-measure.ts";
import { checkColumns, sumByDestination } from "./pair-sums.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

export interface CatchmentInput<Name extends string> {
  /** One weight a pair, the same in both steps. */
  readonly weights: Float64Array;
  /** People at each origin. */
  readonly demand: Float64Array;
  /** Opportunities at each destination. */
  readonly opportunities: NamedColumns<Name>;
}

/**
 * Two-step floating catchment area. Step 1: opportunities a person that can come, R_j = O_j / Σ_i P_i f_ij. Step 2: A_i = Σ_j R_j f_ij. With `binaryDecay` it
 * is 2SFCA (Luo and Wang 2003), with a stepped or continuous decay E2SFCA (Luo and Qi 2009), which is Shen's measure (1998). Both steps use the cost from
 * home to the opportunity. Σ_i P_i A_i is the number of opportunities that someone can reach; `unservedOpportunities` lists the others, which count for
 * nothing here. O(pairs × kinds).
 */
export function twoStepFloatingCatchment<Name extends string>(
  matrix: TravelMatrix,
  input: CatchmentInput<Name>,
): AccessMeasures<Name> {
  const { weights, demand, opportunities } = input;
  checkColumns(matrix, { weights, byOrigin: { demand }, byDestination: opportunities });
  const served = sumByDestination(matrix, weights, demand);
  return measuresByOrigin(
    matrix,
    weights,
    null,
    mapNamed(opportunities, (supply) => shares(supply, served)),
  );
}

/** The same function of each named column. */
export const mapNamed = <Name extends string>(
  columns: NamedColumns<Name>,
  change: (column: Float64Array) => Float64Array,
): NamedColumns<Name> =>
  Object.fromEntries((Object.keys(columns) as Name[]).map((name) => [name, change(columns[name])])) as Record<
    Name,
    Float64Array
  >;
