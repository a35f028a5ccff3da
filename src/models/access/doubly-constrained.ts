import { QuartiersError } from "../../codes/errors.ts";
import { shares } from "./access-measure.ts";
import { checkColumns, sumByDestination, sumByOrigin } from "./pair-sums.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

export interface DoublyConstrainedInput {
  readonly weights: Float64Array;
  /** People at each origin. */
  readonly demand: Float64Array;
  /** Opportunities at each destination; as many in all as people. */
  readonly opportunities: Float64Array;
  /** Largest gap of a margin, as a share of all the people. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
}

/** Flows that meet both margins. */
export interface DoublyConstrained {
  /** People of each pair. */
  readonly flows: Float64Array;
  /** a_i and b_j: T_ij = a_i P_i b_j O_j f_ij. Known up to one common factor. */
  readonly originBalance: Float64Array;
  readonly destinationBalance: Float64Array;
  readonly iterations: number;
  /** Gap left between margins and flows, summed over both, as a share of all the people. */
  readonly gap: number;
}

/**
 * Doubly constrained flows (Wilson 1971) by iterative proportional fitting (Deming and Stephan 1940): every person has one opportunity, every opportunity one
 * person. Refuses unequal totals, a place with people or opportunities and no way, and margins that no flow can meet. O(pairs × iterations).
 */
export function doublyConstrained(matrix: TravelMatrix, input: DoublyConstrainedInput): DoublyConstrained {
  const { weights, demand, opportunities, tolerance = 1e-10, maxIterations = 10_000 } = input;
  checkColumns(matrix, { weights, byOrigin: { demand }, byDestination: { opportunities } });
  const people = sum(demand);
  if (Math.abs(people - sum(opportunities)) > 1e-9 * Math.max(people, 1))
    throw new QuartiersError({
      what: "Totaux différents",
      value: `${people} personnes et ${sum(opportunities)} opportunités`,
      expected: "autant d'opportunités que de personnes",
      remedy: "ramener une colonne au total de l'autre, et le dire au lecteur",
    });
  refuseClosed(sumByOrigin(matrix, weights, opportunities), demand, matrix.originIds, "Origines");
  refuseClosed(sumByDestination(matrix, weights, demand), opportunities, matrix.destinationIds, "Destinations");
  let fromOrigins: Float64Array = demand.map((count) => (count > 0 ? 1 : 0));
  let intoDestinations: Float64Array = opportunities.map((count) => (count > 0 ? 1 : 0));
  let gap = people > 0 ? Number.POSITIVE_INFINITY : 0;
  let iterations = 0;
  let reached = sumByOrigin(matrix, weights, intoDestinations);
  while (gap > tolerance) {
    if (iterations++ === maxIterations)
      throw new QuartiersError({
        what: `Marges non atteintes après ${maxIterations} itérations`,
        value: `écart de ${gap}`,
        expected: `un écart d'au plus ${tolerance}`,
        remedy: "vérifier que chaque groupe de lieux reliés a autant de personnes que d'opportunités",
      });
    fromOrigins = shares(demand, reached);
    intoDestinations = shares(opportunities, sumByDestination(matrix, weights, fromOrigins));
    reached = sumByOrigin(matrix, weights, intoDestinations);
    // Destinations are met by construction at this point; only origins can be off.
    gap = demand.reduce((total, count, i) => total + Math.abs(count - fromOrigins[i] * reached[i]), 0) / people;
  }
  return {
    flows: flowsOf(matrix, weights, fromOrigins, intoDestinations),
    originBalance: shares(fromOrigins, demand),
    destinationBalance: shares(intoDestinations, opportunities),
    iterations,
    gap,
  };
}

function flowsOf(
  { starts, destinations, originIds }: TravelMatrix,
  weights: Float64Array,
  fromOrigins: Float64Array,
  intoDestinations: Float64Array,
): Float64Array {
  const flows = new Float64Array(weights.length);
  for (let origin = 0; origin < originIds.length; origin++)
    for (let pair = starts[origin]; pair < starts[origin + 1]; pair++)
      flows[pair] =
        fromOrigins[origin] *
        weights[pair] *
        intoDestinations[destinations ? destinations[pair] : pair - starts[origin]];
  return flows;
}

function refuseClosed(open: Float64Array, counts: Float64Array, ids: readonly string[], what: string): void {
  const closed = ids.filter((_id, place) => counts[place] > 0 && !(open[place] > 0));
  if (closed.length > 0)
    throw new QuartiersError({
      what: `${what} sans aucun trajet possible (${closed.length})`,
      value: closed.slice(0, 3).join(", "),
      expected: "au moins un couple de poids positif par lieu occupé",
      remedy: "élargir la décroissance ou retirer ces lieux des deux totaux",
    });
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
