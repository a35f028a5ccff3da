import { type AccessMeasures, measuresByDestination, measuresByOrigin, type NamedColumns } from "./access-measure.ts";
import { checkColumns } from "./pair-sums.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

export interface GravityInput<Name extends string> {
  /** One weight a pair, from `decayWeights`. */
  readonly weights: Float64Array;
  /** Opportunities at each destination; people at each origin when passive. Several kinds are summed in one pass. */
  readonly opportunities: NamedColumns<Name>;
  /** true: what each origin can reach; false: who can reach each destination (market potential). */
  readonly active?: boolean;
}

/**
 * Gravity accessibility, or potential (Hansen 1959): A_i = Σ_j O_j f(c_ij); passive, B_j = Σ_i P_i f(c_ij). Missing and negative values are refused;
 * an origin that reaches nothing has 0. O(pairs × kinds).
 */
export function gravity<Name extends string>(matrix: TravelMatrix, input: GravityInput<Name>): AccessMeasures<Name> {
  const { weights, opportunities, active = true } = input;
  checkColumns(matrix, { weights, [active ? "byDestination" : "byOrigin"]: opportunities });
  return active
    ? measuresByOrigin(matrix, weights, null, opportunities)
    : measuresByDestination(matrix, weights, opportunities, null);
}
