import { QuartiersError } from "../../codes/errors.ts";
import { type AccessMeasures, measuresByOrigin, shares } from "./access-measure.ts";
import { type CatchmentInput, mapNamed } from "./floating-catchment.ts";
import { checkColumns, sumByDestination } from "./pair-sums.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

export interface SpatialAvailabilityInput<Name extends string> extends CatchmentInput<Name> {
  /** Power of the population: 1 by default, 0 for places that compete equally whatever their people. */
  readonly alpha?: number;
}

/**
 * Spatial availability (Soukhov, Páez, Higgins and Mohamed 2023): each opportunity is shared among the origins that can reach it, in proportion to their
 * people and to their weight. V_i = Σ_j O_j P_i^α f_ij / Σ_k P_k^α f_kj. The shares of one opportunity add up to 1, so that Σ_i V_i is the number of opportunities that
 * someone can reach; with α = 1, V_i / P_i is the 2SFCA of the same weights. O(pairs × kinds).
 */
export function spatialAvailability<Name extends string>(
  matrix: TravelMatrix,
  input: SpatialAvailabilityInput<Name>,
): AccessMeasures<Name> {
  const { weights, demand, opportunities, alpha = 1 } = input;
  checkColumns(matrix, { weights, byOrigin: { demand }, byDestination: opportunities });
  if (!(alpha >= 0 && alpha < Number.POSITIVE_INFINITY))
    throw new QuartiersError({
      what: "Exposant alpha impossible",
      value: String(alpha),
      expected: "un nombre fini, positif ou nul",
    });
  const claims = alpha === 1 ? demand : demand.map((people) => people ** alpha);
  const claimed = sumByDestination(matrix, weights, claims);
  return measuresByOrigin(
    matrix,
    weights,
    claims,
    mapNamed(opportunities, (supply) => shares(supply, claimed)),
  );
}
