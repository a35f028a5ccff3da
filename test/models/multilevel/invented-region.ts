import { binomial, normal, seededRandom } from "../../../src/codes/random.ts";
import type { CategoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import type { MixedLogitInput } from "../../../src/models/multilevel/mixed-logit-input.ts";
import type { PopulationCells } from "../../../src/models/multilevel/population-cells.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";

/** A region drawn with a known truth: neighbourhoods, a census by age, diploma and sex, and a survey of a few persons in some of them. */
export interface InventedRegion {
  readonly sample: MixedLogitInput;
  readonly population: PopulationCells;
  readonly area: CategoricalVariable;
  /** True rate of each area, and of the region. */
  readonly truth: Float64Array;
  readonly overall: number;
  /** Share of yes among the persons surveyed, NaN where nobody was. */
  readonly direct: Float64Array;
  readonly surveyed: Uint8Array;
}

export interface RegionOptions {
  readonly seed: number;
  readonly areas?: number;
  readonly sampledShare?: number;
  readonly perArea?: number;
  readonly deviation?: number;
}

export function inventedRegion({
  seed,
  areas = 40,
  sampledShare = 0.75,
  perArea = 25,
  deviation = 0.5,
}: RegionOptions): InventedRegion {
  const random = seededRandom(seed);
  const [ages, diplomas, sexes] = [4, 4, 2];
  const cells = areas * ages * diplomas * sexes;
  const column = (): Int32Array => new Int32Array(cells);
  const [area, age, diploma, sex] = [column(), column(), column(), column()];
  const [persons, probability, minutes, yes, asked] = Array.from({ length: 5 }, () => new Float64Array(cells));
  const [truth, totals, direct, all] = Array.from({ length: 4 }, () => new Float64Array(areas));
  const surveyed = Uint8Array.from({ length: areas }, () => Number(random() < sampledShare));
  let cell = 0;
  for (let a = 0; a < areas; a++) {
    const effect = deviation * normal(random);
    const walk = 3 + 25 * random();
    const [young, schooled] = [0.5 * normal(random), 0.8 * normal(random)];
    const shares: number[] = [];
    for (let i = 0; i < ages; i++)
      for (let d = 0; d < diplomas; d++)
        for (let s = 0; s < sexes; s++) shares.push(Math.exp(-0.3 * i * young + 0.4 * (d - 1.5) * schooled));
    const sum = shares.reduce((total, share) => total + share, 0);
    const size = 1000 + 4000 * random();
    const start = cell;
    for (let i = 0; i < ages; i++)
      for (let d = 0; d < diplomas; d++)
        for (let s = 0; s < sexes; s++, cell++) {
          [area[cell], age[cell], diploma[cell], sex[cell], minutes[cell]] = [a, i, d, s, walk];
          persons[cell] = Math.round((size * (shares[cell - start] ?? 0)) / sum);
          const ofAge = [0.5, 0.1, -0.2, -0.4][i] ?? 0;
          const ofDiploma = [-0.8, -0.3, 0.3, 0.9][d] ?? 0;
          probability[cell] = 1 / (1 + Math.exp(-(-0.2 + ofAge + ofDiploma + 0.15 * s - 0.03 * walk + effect)));
          truth[a] += persons[cell] * probability[cell];
          totals[a] += persons[cell];
        }
    if (surveyed[a] === 0) continue;
    // Each person surveyed is drawn from the census of the area, with equal chances.
    for (let one = 0; one < perArea; one++) {
      let left = random() * totals[a];
      let chosen = start;
      while (chosen + 1 < cell && left >= persons[chosen]) left -= persons[chosen++];
      asked[chosen]++;
      yes[chosen] += binomial(random, 1, probability[chosen]);
    }
    for (let one = start; one < cell; one++) {
      direct[a] += yes[one];
      all[a] += asked[one];
    }
  }
  const whole = totals.reduce((sum, value) => sum + value, 0);
  const variable = (name: string, codes: Int32Array, count: number): CategoricalVariable => ({
    name,
    levels: Array.from({ length: count }, (_, level) => `${name} ${level + 1}`),
    codes,
  });
  const byArea = variable("quartier", area, areas);
  const groups = [variable("âge", age, ages), variable("diplôme", diploma, diplomas), byArea];
  const fixed = [variable("sexe", sex, sexes), { name: "minutes", values: minutes }];
  return {
    sample: { successes: yes, trials: asked, fixed: modelMatrix(fixed), groups },
    population: { persons, fixed, groups },
    area: byArea,
    truth: truth.map((sum, a) => sum / totals[a]),
    overall: truth.reduce((sum, value) => sum + value, 0) / whole,
    direct: direct.map((sum, a) => sum / all[a]),
    surveyed,
  };
}
