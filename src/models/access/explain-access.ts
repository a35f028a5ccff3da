import { QuartiersError } from "../../codes/errors.ts";
import type { AccessMeasure } from "./access-measure.ts";
import { mapColumns } from "./travel-matrix.ts";

/** What one place brings to the access of another. */
export interface AccessTerm {
  readonly id: string;
  /** Each cost of the matrix for this pair. */
  readonly costs: Readonly<Record<string, number>>;
  readonly originFactor: number;
  readonly weight: number;
  readonly destinationFactor: number;
  /** Product of the three above. */
  readonly contribution: number;
  /** Part of the sum, from 0 to 1. */
  readonly share: number;
}

/** A measure for one place, term by term. */
export interface AccessExplanation {
  readonly id: string;
  /** The measure itself. */
  readonly access: number;
  /** What counts, the largest contribution first; equal ones in the order of the matrix. Their sum is the measure. */
  readonly terms: readonly AccessTerm[];
  /** Pairs that bring nothing, and those that are not in the matrix. */
  readonly withoutEffect: number;
}

/**
 * The same computation for one place, shown: which places, at which cost, with which weight, and how much each brings. Refuses an id that the matrix
 * does not have. O(pairs of the place), O(pairs) for a measure by destination.
 */
export function explainAccess(measure: AccessMeasure, id: string): AccessExplanation {
  const { matrix, by, weights, originFactors, destinationFactors } = measure;
  const [places, others] =
    by === "origin" ? [matrix.originIds, matrix.destinationIds] : [matrix.destinationIds, matrix.originIds];
  const place = places.indexOf(id);
  if (place < 0)
    throw new QuartiersError({
      what: by === "origin" ? "Origine inconnue" : "Destination inconnue",
      value: id,
      expected: `un des ${places.length} lieux de la matrice, ${places.slice(0, 3).join(", ")}…`,
    });
  const access = measure.access[place];
  const terms: AccessTerm[] = [];
  for (const [origin, pair] of pairsOf(measure, place)) {
    const destination = matrix.destinations ? matrix.destinations[pair] : pair - matrix.starts[origin];
    const originFactor = originFactors ? originFactors[origin] : 1;
    const destinationFactor = destinationFactors ? destinationFactors[destination] : 1;
    const contribution = originFactor * weights[pair] * destinationFactor;
    if (contribution === 0) continue;
    terms.push({
      id: others[by === "origin" ? destination : origin] ?? "",
      costs: mapColumns(matrix.costs, (column) => column[pair]),
      originFactor,
      weight: weights[pair],
      destinationFactor,
      contribution,
      share: contribution / access,
    });
  }
  terms.sort((a, b) => b.contribution - a.contribution);
  return { id, access, terms, withoutEffect: others.length - terms.length };
}

/** Origin and place in the columns of the pairs of one place. */
function* pairsOf({ matrix, by }: AccessMeasure, place: number): Generator<readonly [origin: number, pair: number]> {
  const { starts, destinations } = matrix;
  if (by === "origin") {
    for (let pair = starts[place]; pair < starts[place + 1]; pair++) yield [place, pair];
    return;
  }
  for (let origin = 0; origin < matrix.originIds.length; origin++)
    for (let pair = starts[origin]; pair < starts[origin + 1]; pair++)
      if ((destinations ? destinations[pair] : pair - starts[origin]) === place) yield [origin, pair];
}
