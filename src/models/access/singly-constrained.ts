import {
  type AccessMeasure,
  type AccessMeasures,
  measuresByDestination,
  measuresByOrigin,
  shares,
} from "./access-measure.ts";
import { type CatchmentInput, mapNamed } from "./floating-catchment.ts";
import { checkColumns, sumByDestination, sumByOrigin } from "./pair-sums.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

export interface SinglyConstrainedInput<Name extends string> extends CatchmentInput<Name> {
  /** true: each opportunity is shared among the people that can reach it; false: each person among the opportunities in reach. */
  readonly active?: boolean;
}

/**
 * Singly constrained accessibility (Wilson 1971; Soukhov, Pereira, Higgins and Páez 2025). Active: V_i = Σ_j O_j P_i f_ij / Σ_k P_k f_kj, in opportunities, which is
 * spatial availability. Passive: M_j = Σ_i P_i O_j f_ij / Σ_k O_k f_ik, in people: its sum is the number of people who reach something. O(pairs × kinds).
 */
export function singlyConstrained<Name extends string>(
  matrix: TravelMatrix,
  input: SinglyConstrainedInput<Name>,
): AccessMeasures<Name> {
  const { weights, demand, opportunities, active = true } = input;
  checkColumns(matrix, { weights, byOrigin: { demand }, byDestination: opportunities });
  if (active) {
    const claimed = sumByDestination(matrix, weights, demand);
    return measuresByOrigin(
      matrix,
      weights,
      demand,
      mapNamed(opportunities, (supply) => shares(supply, claimed)),
    );
  }
  return Object.fromEntries(
    Object.entries<Float64Array>(opportunities).map(([name, supply]): [string, AccessMeasure] => {
      const attracted = shares(demand, sumByOrigin(matrix, weights, supply));
      return [name, measuresByDestination(matrix, weights, { [name]: attracted }, supply)[name] as AccessMeasure];
    }),
  ) as Record<Name, AccessMeasure>;
}
