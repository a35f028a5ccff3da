import type { CatchmentInput } from "./floating-catchment.ts";
import { checkColumns, sumByDestination } from "./pair-sums.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

/** Opportunities that nobody can reach with the weights given. */
export interface UnservedOpportunities {
  readonly destinationIds: readonly string[];
  readonly total: number;
}

/** Lists what measures with competition leave out: destinations with opportunities and no demand in reach. O(pairs). */
export function unservedOpportunities<Name extends string>(
  matrix: TravelMatrix,
  { weights, demand, opportunities }: CatchmentInput<Name>,
): Readonly<Record<Name, UnservedOpportunities>> {
  checkColumns(matrix, { weights, byOrigin: { demand }, byDestination: opportunities });
  const served = sumByDestination(matrix, weights, demand);
  return Object.fromEntries(
    Object.entries<Float64Array>(opportunities).map(([name, supply]): [string, UnservedOpportunities] => {
      const alone = (destination: number): boolean => supply[destination] > 0 && !(served[destination] > 0);
      return [
        name,
        {
          destinationIds: matrix.destinationIds.filter((_, destination) => alone(destination)),
          total: supply.reduce((sum, count, destination) => (alone(destination) ? sum + count : sum), 0),
        },
      ];
    }),
  ) as Record<Name, UnservedOpportunities>;
}
