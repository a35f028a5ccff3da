import { seededRandom } from "../../../src/codes/random.ts";
import { marginTotals, type SeedColumns, seedColumns } from "../../../src/models/calibration/seed-columns.ts";
import type { ChainInput } from "../../../src/models/microsimulation/chain-input.ts";
import { eligibilityTable } from "../../../src/models/microsimulation/eligibility-table.ts";
import { rightThresholds } from "../../../src/models/microsimulation/right-thresholds.ts";
import type { SeedHouseholds } from "../../../src/models/microsimulation/seed-households.ts";
import { splitFoyers } from "../../../src/models/microsimulation/split-foyers.ts";
import { inventSeed } from "./invented-seed.ts";

const categories = (count: number): string[] => Array.from({ length: count }, (_, k) => `${k + 1}`);

/** The margins of the census for a neighbourhood: size, type, tenure of households; age and employment of persons. */
export function censusColumns(seed: SeedHouseholds): SeedColumns {
  const { households, start, age, employed, tenure, type } = seed;
  const householdOfPerson = new Int32Array(age.length);
  for (let h = 0; h < households; h++) householdOfPerson.fill(h, start[h], start[h + 1]);
  const size = Uint8Array.from({ length: households }, (_, h) => Math.min(5, start[h + 1] - start[h]) - 1);
  const ages = age.map((years) => [15, 25, 40, 60, 75, 200].findIndex((limit) => years < limit));
  const work = Int8Array.from(age, (years, k) => (years >= 15 && years < 65 ? employed[k] : -1));
  return seedColumns({
    households,
    householdOfPerson,
    variables: [
      { of: "households", name: "size", categories: categories(5), codes: size },
      { of: "households", name: "type", categories: categories(5), codes: type },
      { of: "households", name: "tenure", categories: categories(4), codes: tenure },
      { of: "persons", name: "age", categories: categories(6), codes: ages },
      { of: "persons", name: "work", categories: categories(2), codes: work, partial: true },
    ],
  });
}

/** Areas that are each a mixture of the households of the seed, with deciles of their own, and every error drawn. */
export function inventedChain(options: { areas: number; households: number; seed: number }): ChainInput {
  const seed = inventSeed(options.households, options.seed);
  const foyers = splitFoyers(seed);
  const columns = censusColumns(seed);
  const random = seededRandom(options.seed + 1);
  const margins = columns.margins.length;
  const targets = new Float64Array(options.areas * margins);
  const probabilities = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
  const deciles = new Float64Array(options.areas * probabilities.length);
  for (let a = 0; a < options.areas; a++) {
    const tilt = Float64Array.from({ length: margins }, () => random() - 0.5);
    const mixture = new Float64Array(columns.profiles);
    for (let h = 0; h < options.households; h++) {
      let score = 0;
      const p = columns.profileOf[h];
      for (let k = columns.rowStart[p]; k < columns.rowStart[p + 1]; k++) score += tilt[columns.column[k]];
      mixture[p] += seed.weight[h] * Math.exp(score) * (0.5 + random());
    }
    const held = mixture.reduce((sum, weight) => sum + weight, 0);
    const asked = 300 + 1700 * random();
    targets.set(
      marginTotals(
        columns,
        mixture.map((weight) => (weight * asked) / held),
      ),
      a * margins,
    );
    const level = 0.8 + 0.4 * random();
    [7210, 8890, 10120, 11370, 12760, 14390, 16530, 19340, 24010].forEach((value, k) => {
      deciles[a * 9 + k] = Math.round((level * value) / 10) * 10;
    });
  }
  const table = (factor: number) => {
    const { rsa, free, participation } = rightThresholds(foyers, { lawDate: "2020-06-01" });
    const moved = (column: Float64Array): Float64Array => column.map((value) => factor * value);
    return eligibilityTable({
      seed,
      foyers,
      thresholds: { rsa: moved(rsa), free: moved(free), participation: moved(participation) },
    });
  };
  return {
    columns,
    weights: seed.weight,
    areas: { names: categories(options.areas).map((name) => `zone ${name}`), targets, probabilities, deciles },
    variants: [
      { table: table(1), chance: 0.6 },
      { table: table(0.95), chance: 0.4 },
    ],
    tails: [{ chance: 0.7 }, { chance: 0.3, method: "fritsch-carlson", lowerTail: "flat" }],
    shifts: Float64Array.from({ length: 30 }, () => 0.8 * (random() - 0.5)),
    errors: {
      seed: true,
      margins: 0.03,
      deciles: { common: 0.005, each: 0.005 },
      shifts: { shared: 0.05, own: 0.1 },
      thresholds: { shared: 0.02, own: 0.01 },
      realised: true,
    },
  };
}
