import { QuartiersError } from "../../codes/errors.ts";
import { type AccessMeasures, measuresByOrigin, type NamedColumns, shares } from "./access-measure.ts";
import { checkColumns, sumByOrigin } from "./pair-sums.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

export interface CatchmentRatioInput<Name extends string> {
  /** One weight a pair, from each place to the opportunities. */
  readonly weights: Float64Array;
  readonly opportunities: NamedColumns<Name>;
  /** From the same places to where people live; its own weights, and the people at its destinations. */
  readonly neighbours: {
    readonly matrix: TravelMatrix;
    readonly weights: Float64Array;
    readonly demand: Float64Array;
  };
}

/**
 * Floating catchment ratio (Luo 2004; `fca_ratio` of PySAL access): opportunities within reach of a place over the people within reach of the same place,
 * A_i = Σ_j O_j f_ij / Σ_k P_k f_ik. One step where 2SFCA has two: opportunities are not shared with those who come from elsewhere, so that it counts them once a place that
 * reaches them. 0 where nobody is in reach. Refuses matrices of other places. O(pairs × kinds).
 */
export function catchmentRatio<Name extends string>(
  matrix: TravelMatrix,
  input: CatchmentRatioInput<Name>,
): AccessMeasures<Name> {
  const { weights, opportunities, neighbours } = input;
  checkColumns(matrix, { weights, byDestination: opportunities });
  checkColumns(neighbours.matrix, { weights: neighbours.weights, byDestination: { demand: neighbours.demand } });
  const other = matrix.originIds.findIndex((id, place) => neighbours.matrix.originIds[place] !== id);
  if (other >= 0 || matrix.originIds.length !== neighbours.matrix.originIds.length)
    throw new QuartiersError({
      what: "Les deux matrices ne partent pas des mêmes lieux",
      value: `${neighbours.matrix.originIds[other] ?? "(aucun)"} au rang ${other + 1}`,
      expected: `${matrix.originIds[other] ?? "autant de lieux"}, dans le même ordre`,
      remedy: "donner les mêmes originIds aux deux travelMatrix",
    });
  const around = sumByOrigin(neighbours.matrix, neighbours.weights, neighbours.demand);
  return measuresByOrigin(matrix, weights, shares(new Float64Array(around.length).fill(1), around), opportunities);
}
