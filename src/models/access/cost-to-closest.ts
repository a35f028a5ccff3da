import { QuartiersError } from "../../codes/errors.ts";
import { eachCostOrder } from "./cost-order.ts";
import { asDistinct, type CostColumn, firstAtLeast } from "./distinct-costs.ts";
import { checkColumns } from "./pair-sums.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

export interface CostToClosestInput {
  readonly cost: CostColumn;
  readonly opportunities: Float64Array;
  /** How many opportunities: 1 is the closest, 10 the cost to have ten of them. */
  readonly counts: readonly number[];
  /** true: from each origin; false: from each destination to the people at the origins. */
  readonly active?: boolean;
}

/**
 * Smallest cost that gives n opportunities, one column for each n in the order given. Places without opportunities do not count. Infinity where so many
 * cannot be reached (R accessibility since 1.0.1). O(pairs × log of the longest row).
 */
export function costToClosest(matrix: TravelMatrix, input: CostToClosestInput): Float64Array[] {
  const { cost, opportunities, counts, active = true } = input;
  checkColumns(matrix, { [active ? "byDestination" : "byOrigin"]: { opportunities } });
  for (const count of counts)
    if (!(count > 0 && count < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: "Nombre d'opportunités impossible",
        value: String(count),
        expected: "un nombre positif",
      });
  const places = active ? matrix.originIds.length : matrix.destinationIds.length;
  const found = counts.map(() => new Float64Array(places).fill(Number.POSITIVE_INFINITY));
  eachCostOrder(matrix, asDistinct(cost), opportunities, active, (place, { costs, cumulated, length }) => {
    for (const [k, count] of counts.entries()) {
      const at = firstAtLeast(cumulated.subarray(0, length), count);
      if (at < length && found[k]) found[k][place] = costs[at];
    }
  });
  return found;
}

/** The cost to reach each share (0 to 1) of all the opportunities, reachable or not: Infinity where that share cannot be reached. */
export function costToShare(
  matrix: TravelMatrix,
  input: Omit<CostToClosestInput, "counts"> & { readonly shares: readonly number[] },
): Float64Array[] {
  const total = input.opportunities.reduce((sum, count) => sum + count, 0);
  const bad = input.shares.find((share) => !(share > 0 && share <= 1));
  if (bad !== undefined || total === 0)
    throw new QuartiersError({
      what: total === 0 ? "Aucune opportunité dans toute la matrice" : "Part impossible",
      value: String(bad ?? total),
      expected: "une part entre 0 et 1 d'opportunités qui existent",
    });
  // A hair below the share, so that rounding of the cumulated sum cannot push it to the next cost.
  return costToClosest(matrix, { ...input, counts: input.shares.map((share) => share * total * (1 - 1e-12)) });
}
