import { increasing, populatedPlaces } from "./populated-places.ts";

/**
 * Gini index of access over people (Gini 1912; Lorenz curve by trapezoids): 0 when all have the same, near 1 when one has all. Places without people do not
 * count. null when nobody has any access, or nobody lives there. O(n log n).
 * @example
 * ```ts
 * giniIndex(Float64Array.of(10, 20, 70), Float64Array.of(5, 3, 2)).toFixed(2) // "0.42"
 * ```
 */
export function giniIndex(access: Float64Array, population: Float64Array): number | null {
  const places = populatedPlaces(access, population);
  if (!places || places.mean === 0) return null;
  let reached = 0;
  let area = 0;
  for (const i of increasing(places.access)) {
    const before = reached;
    reached += (places.shares[i] * places.access[i]) / places.mean;
    area += places.shares[i] * (before + reached);
  }
  return 1 - area;
}

/**
 * The Lorenz curve: cumulated share of people, poorest in access first, and of access; from (0, 0) to (1, 1). Empty columns where `giniIndex` is null.
 * O(n log n).
 */
export function lorenzCurve(
  access: Float64Array,
  population: Float64Array,
): { readonly people: Float64Array; readonly access: Float64Array } {
  const places = populatedPlaces(access, population);
  if (!places || places.mean === 0) return { people: new Float64Array(0), access: new Float64Array(0) };
  const order = increasing(places.access);
  const people = new Float64Array(order.length + 1);
  const reached = new Float64Array(order.length + 1);
  for (const [k, i] of order.entries()) {
    people[k + 1] = people[k] + places.shares[i];
    reached[k + 1] = reached[k] + (places.shares[i] * places.access[i]) / places.mean;
  }
  return { people, access: reached };
}
