import { type PopulatedPlaces, populatedPlaces } from "./populated-places.ts";

/** One group's part of a Theil index. */
export interface TheilGroup {
  /** Its part of the inequality between groups; negative when the group has less than its share. */
  readonly between: number;
  /** Its part of the inequality within groups: its own Theil weighted by its share of access. */
  readonly within: number;
  readonly populationShare: number;
  readonly accessShare: number;
}

/** total = between + within. */
export interface TheilDecomposition {
  readonly total: number;
  readonly between: number;
  readonly within: number;
  readonly groups: Readonly<Record<string, TheilGroup>>;
}

/**
 * Theil T index (Theil 1967): Σ p_i (A_i/μ) ln(A_i/μ), with 0 ln 0 = 0, so that people without access stay in the population. 0 when all have the same. null when
 * nobody has any access, or nobody lives there. O(n). (R accessibility 1.4 leaves people without access out of the weights, and gives NaN for groups that have
 * some: it differs there.)
 * @example
 * ```ts
 * theilT(Float64Array.of(10, 20, 70), Float64Array.of(5, 3, 2)).toFixed(10) // "0.3397742749"
 * ```
 */
export function theilT(access: Float64Array, population: Float64Array): number | null {
  const places = populatedPlaces(access, population);
  if (!places || places.mean === 0) return null;
  return relativeEntropy(places, places.access, places.shares);
}

/** The same index split between and within groups of people (income deciles, neighbourhoods). O(n). */
export function theilByGroup(
  access: Float64Array,
  population: Float64Array,
  groupOf: readonly string[],
): TheilDecomposition | null {
  const places = populatedPlaces(access, population);
  if (!places || places.mean === 0) return null;
  const members = new Map<string, number[]>();
  for (let i = 0; i < places.rows.length; i++) {
    const group = groupOf[places.rows[i]] ?? "";
    const list = members.get(group);
    if (list) list.push(i);
    else members.set(group, [i]);
  }
  const groups = [...members].map(([name, list]): [string, TheilGroup] => {
    const populationShare = list.reduce((sum, i) => sum + places.shares[i], 0);
    const accessShare = list.reduce((sum, i) => sum + (places.shares[i] * places.access[i]) / places.mean, 0);
    const mean = (accessShare * places.mean) / populationShare;
    const own = list.reduce(
      (sum, i) => sum + (places.shares[i] / populationShare) * entropyTerm(places.access[i] / mean),
      0,
    );
    return [
      name,
      {
        between: populationShare * entropyTerm(accessShare / populationShare),
        within: accessShare > 0 ? accessShare * own : 0,
        populationShare,
        accessShare,
      },
    ];
  });
  const between = groups.reduce((sum, [, group]) => sum + group.between, 0);
  const within = groups.reduce((sum, [, group]) => sum + group.within, 0);
  return { total: between + within, between, within, groups: Object.fromEntries(groups) };
}

const relativeEntropy = ({ mean }: PopulatedPlaces, access: Float64Array, shares: Float64Array): number =>
  access.reduce((sum, value, i) => sum + shares[i] * entropyTerm(value / mean), 0);

/** x ln x, 0 at 0. */
const entropyTerm = (x: number): number => (x > 0 ? x * Math.log(x) : 0);
