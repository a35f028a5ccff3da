import { type AccessMeasures, measuresByOrigin, shares } from "./access-measure.ts";
import { type CatchmentInput, mapNamed } from "./floating-catchment.ts";
import { checkColumns, sumByDestination, sumByOrigin } from "./pair-sums.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

/**
 * Balanced floating catchment area (Páez, Higgins and Vivona 2019): weights that add up to 1 from each origin share its people, weights that add up to 1
 * into each destination share its opportunities. R_j = O_j / Σ_i P_i f_ij / Σ_k f_ik; A_i = Σ_j R_j f_ij / Σ_k f_kj. Nobody and nothing is counted twice:
 * Σ_i A_i = Σ_j R_j over the places reached. O(pairs × kinds).
 */
export function balancedFloatingCatchment<Name extends string>(
  matrix: TravelMatrix,
  input: CatchmentInput<Name>,
): AccessMeasures<Name> {
  const { weights, demand, opportunities } = input;
  checkColumns(matrix, { weights, byOrigin: { demand }, byDestination: opportunities });
  const fromOrigins = sumByOrigin(matrix, weights, new Float64Array(matrix.destinationIds.length).fill(1));
  const intoDestinations = sumByDestination(matrix, weights, new Float64Array(matrix.originIds.length).fill(1));
  const served = sumByDestination(matrix, weights, shares(demand, fromOrigins));
  return measuresByOrigin(
    matrix,
    weights,
    null,
    mapNamed(opportunities, (supply) => shares(shares(supply, served), intoDestinations)),
  );
}
