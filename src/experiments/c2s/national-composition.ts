import { calibrate } from "../../models/calibration/calibrate.ts";
import { seedColumns } from "../../models/calibration/seed-columns.ts";
import type { SeedHouseholds } from "../../models/microsimulation/seed-households.ts";
import { householdCounts } from "./household-counts.ts";
import { householdOfPerson } from "./margin-sets.ts";

/** France: persons under 20 for one of 60 and over (INSEE, population by département, 2019), employment rate of 15 to 64 (census of 2018, rounded), persons a household. */
const france = { youth: 0.91, employment: 0.64, meanSize: 2.2 };

/**
 * Weights of the seed for places of a given mean household size, one person in all. The start weights are first brought to the youth, the employment and the mean size of
 * France, then tilted to each size alone: what else differs between a town and a village is not known here.
 */
export function nationalComposition(seed: SeedHouseholds): (meanSize: number) => Float64Array {
  const counts = householdCounts(seed);
  const size = Float64Array.from({ length: seed.households }, (_, h) => seed.start[h + 1] - seed.start[h]);
  const one = new Float64Array(seed.households).fill(1);
  const persons = {
    of: "persons",
    name: "habitants",
    categories: ["ensemble"],
    codes: new Uint8Array(seed.age.length),
  } as const;
  const households = { of: "quantity", name: "ménages", values: one } as const;
  const common = { households: seed.households, householdOfPerson: householdOfPerson(seed) };
  const whole = calibrate(
    seedColumns({
      ...common,
      variables: [
        persons,
        households,
        {
          of: "quantity",
          name: "jeunesse",
          values: size.map((_, h) => counts.young[h] - france.youth * counts.old[h]),
        },
        {
          of: "quantity",
          name: "emploi",
          values: size.map((_, h) => counts.employed[h] - france.employment * counts.working[h]),
        },
      ],
    }),
    { weights: seed.weight, targets: Float64Array.of(1, 1 / france.meanSize, 0, 0), scaleStart: true },
  ).weights;
  const columns = seedColumns({ ...common, variables: [persons, households] });
  return (meanSize) =>
    calibrate(columns, { weights: whole, targets: Float64Array.of(1, 1 / meanSize), scaleStart: true }).weights;
}
