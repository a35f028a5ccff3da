import { normal, type Random } from "../../codes/random.ts";
import { type AgeClass, ageClassOf, type InventedHousehold, type InventedType } from "./invented-households.ts";
import { normalQuantile } from "./normal-law.ts";

/** Shifts of the normal score that ranks the households of an area by standard of living. */
export interface LivingShifts {
  readonly type: Readonly<Record<InventedType, number>>;
  readonly owner: number;
  readonly age: Readonly<Record<AgeClass, number>>;
}

/** Planted in the neighbourhoods: lone parents and the young lower, couples, owners and the old higher. */
export const priorityShifts: LivingShifts = {
  type: { alone: -0.1, couple: 0.35, "couple-children": 0.05, "lone-parent": -0.6, complex: -0.25 },
  owner: 0.5,
  age: { young: -0.3, middle: 0, old: 0.25 },
};

/** Quantiles of an area: from a normal deviate to EUR a year and consumption unit. */
export type QuantileOfNormal = (z: number) => number;

const Z90 = 1.2815515655446004;

/** A log-normal law. */
export const logNormal =
  ({ median, sigma }: { readonly median: number; readonly sigma: number }): QuantileOfNormal =>
  (z) =>
    median * Math.exp(sigma * z);

/** Two half log-normal laws that meet at the median, through the first and the last decile. */
export function throughDeciles({
  d1,
  q2,
  d9,
}: {
  readonly d1: number;
  readonly q2: number;
  readonly d9: number;
}): QuantileOfNormal {
  const below = Math.log(q2 / d1) / Z90;
  const above = Math.log(d9 / q2) / Z90;
  return (z) => q2 * Math.exp(z * (z < 0 ? below : above));
}

/**
 * The standard of living of each household: households are ranked by a score (the shifts of their group, and a normal deviate), and the rank of
 * the PERSONS in the area is carried to its quantiles. The distribution of the area is followed whatever the shifts.
 */
export function livingStandards(
  random: Random,
  households: readonly InventedHousehold[],
  { type, owner, age }: LivingShifts,
  quantile: QuantileOfNormal,
): Float64Array {
  const scores = Float64Array.from(
    households,
    (household) =>
      type[household.type] +
      (household.tenure === "owner" ? owner : 0) +
      age[ageClassOf(household.persons[0].age)] +
      normal(random),
  );
  const order = Uint32Array.from(households, (_, h) => h).sort((a, b) => scores[a] - scores[b]);
  const total = households.reduce((sum, { persons }) => sum + persons.length, 0);
  const standards = new Float64Array(households.length);
  let before = 0;
  for (const h of order) {
    const { length } = households[h].persons;
    standards[h] = quantile(normalQuantile((before + length / 2) / total));
    before += length;
  }
  return standards;
}
