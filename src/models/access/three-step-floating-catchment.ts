import { type AccessMeasure, type AccessMeasures, measuresByOrigin, shares } from "./access-measure.ts";
import type { CatchmentInput } from "./floating-catchment.ts";
import { checkColumns, sumByDestination, sumByOrigin } from "./pair-sums.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

export interface ThreeStepInput<Name extends string> extends CatchmentInput<Name> {
  /**
   * Among which places people choose. "supplied": those with opportunities (Wan, Zou and Sternberg 2012); "listed": all places of the matrix, as PySAL
   * access does.
   */
  readonly choices?: "supplied" | "listed";
}

/**
 * Three-step floating catchment area (Wan, Zou and Sternberg 2012): 2SFCA whose people are first shared among the places they may choose,
 * G_ij = f_ij / Σ_k f_ik; R_j = O_j / Σ_i G_ij P_i f_ij; A_i = Σ_j G_ij R_j f_ij. It lessens the demand that 2SFCA counts several times.
 * O(pairs × kinds).
 */
export function threeStepFloatingCatchment<Name extends string>(
  matrix: TravelMatrix,
  input: ThreeStepInput<Name>,
): AccessMeasures<Name> {
  const { weights, demand, opportunities, choices = "supplied" } = input;
  checkColumns(matrix, { weights, byOrigin: { demand }, byDestination: opportunities });
  const squares = new Float64Array(weights.length);
  for (let pair = 0; pair < squares.length; pair++) squares[pair] = weights[pair] * weights[pair];
  const everywhere = new Float64Array(matrix.destinationIds.length).fill(1);
  return Object.fromEntries(
    Object.entries<Float64Array>(opportunities).map(([name, supply]): [string, AccessMeasure] => {
      const chosen = choices === "listed" ? everywhere : supply.map((count) => (count > 0 ? 1 : 0));
      const choice = sumByOrigin(matrix, weights, chosen);
      const perChoice = shares(new Float64Array(choice.length).fill(1), choice);
      const served = sumByDestination(matrix, squares, shares(demand, choice));
      return [
        name,
        measuresByOrigin(matrix, squares, perChoice, { [name]: shares(supply, served) })[name] as AccessMeasure,
      ];
    }),
  ) as Record<Name, AccessMeasure>;
}
