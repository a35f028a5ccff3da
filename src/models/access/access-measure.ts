import { sumByDestination, sumsByOrigin } from "./pair-sums.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

/**
 * An accessibility measure with what it is made of. Every pair contributes origin factor × weight × destination factor; `access` sums these by origin
 * (or by destination, when the measure is passive). `explainAccess` shows the terms of one place.
 */
export interface AccessMeasure {
  /** In the order of `matrix.originIds` (`matrix.destinationIds` when by destination). 0 where nothing can be reached; never NaN. */
  readonly access: Float64Array;
  readonly by: "origin" | "destination";
  readonly matrix: TravelMatrix;
  /** One a pair. */
  readonly weights: Float64Array;
  /** null stands for 1 everywhere. */
  readonly originFactors: Float64Array | null;
  readonly destinationFactors: Float64Array | null;
}

/** One measure a column of opportunities. */
export type AccessMeasures<Name extends string> = Readonly<Record<Name, AccessMeasure>>;

/** Values by place, one column a kind of opportunity or of people. */
export type NamedColumns<Name extends string> = Readonly<Record<Name, Float64Array>>;

/** Measures by origin that share their weights and origin factors, all columns in one pass. O(pairs × columns). */
export function measuresByOrigin<Name extends string>(
  matrix: TravelMatrix,
  weights: Float64Array,
  originFactors: Float64Array | null,
  destinationFactors: NamedColumns<Name>,
): AccessMeasures<Name> {
  const names = Object.keys(destinationFactors) as Name[];
  const sums = sumsByOrigin(
    matrix,
    weights,
    names.map((name) => destinationFactors[name]),
  );
  return Object.fromEntries(
    names.map((name, k) => {
      const sum = sums[k] ?? new Float64Array(0);
      const access = originFactors ? sum.map((value, origin) => value * originFactors[origin]) : sum;
      return [
        name,
        { access, by: "origin", matrix, weights, originFactors, destinationFactors: destinationFactors[name] },
      ];
    }),
  ) as Record<Name, AccessMeasure>;
}

/** Measures by destination. */
export function measuresByDestination<Name extends string>(
  matrix: TravelMatrix,
  weights: Float64Array,
  originFactors: NamedColumns<Name>,
  destinationFactors: Float64Array | null,
): AccessMeasures<Name> {
  return Object.fromEntries(
    (Object.keys(originFactors) as Name[]).map((name) => {
      const sum = sumByDestination(matrix, weights, originFactors[name]);
      const access = destinationFactors ? sum.map((value, place) => value * destinationFactors[place]) : sum;
      return [
        name,
        { access, by: "destination", matrix, weights, originFactors: originFactors[name], destinationFactors },
      ];
    }),
  ) as Record<Name, AccessMeasure>;
}

/** a / b, and 0 where b is 0: nobody, or nothing, to divide among. */
export const shares = (amounts: Float64Array, among: Float64Array): Float64Array =>
  amounts.map((amount, place) => (among[place] > 0 ? amount / among[place] : 0));
