import { type AccessMeasures, measuresByDestination, measuresByOrigin } from "./access-measure.ts";
import { type GravityInput, gravity } from "./gravity.ts";
import type { TravelMatrix } from "./travel-matrix.ts";

/**
 * Total constrained accessibility (Wilson 1971; Soukhov, Pereira, Higgins and Páez 2025): gravity scaled so that its sum is the number of opportunities.
 * V_i = K Σ_j O_j f_ij with K = Σ_j O_j / Σ_ij O_j f_ij; passive, the people of the origins are shared among the destinations. 0 everywhere when nothing
 * can be reached. O(pairs × kinds).
 */
export function totalConstrained<Name extends string>(
  matrix: TravelMatrix,
  input: GravityInput<Name>,
): AccessMeasures<Name> {
  const { weights, active = true } = input;
  const potential = gravity(matrix, input);
  const scaled = Object.fromEntries(
    (Object.keys(input.opportunities) as Name[]).map((name) => {
      const total = sum(input.opportunities[name]);
      const weighted = sum(potential[name].access);
      const scale = weighted > 0 ? total / weighted : 0;
      return [name, input.opportunities[name].map((count) => count * scale)];
    }),
  ) as Record<Name, Float64Array>;
  return active
    ? measuresByOrigin(matrix, weights, null, scaled)
    : measuresByDestination(matrix, weights, scaled, null);
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
