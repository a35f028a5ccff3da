import { practices } from "../enquete-pratiques.ts";
import { logistic, oddsOfProfiles, practiceEffects, practiceProfiles, type WalkTime } from "./practice-effects.ts";
import type { PracticeArea, PracticePopulation } from "./practice-population.ts";

/** Gauss and Hermite, five points, for a standard normal deviate: the mean over the effects of the clusters. */
const nodes = [0, 1.355_626_179_974_266, -1.355_626_179_974_266, 2.856_970_013_872_806, -2.856_970_013_872_806];
const weights = [
  0.533_333_333_333_333, 0.222_075_922_005_612_6, 0.222_075_922_005_612_6, 0.011_257_411_327_720_69,
  0.011_257_411_327_720_69,
];

/** Mean of the logistic over a normal effect of the cluster. */
export function meanChance(odds: number, spread: number): number {
  if (spread === 0) return logistic(odds);
  let sum = 0;
  for (let k = 0; k < nodes.length; k++) sum += weights[k] * logistic(odds + spread * nodes[k]);
  return sum;
}

/** Persons of 15 or more of an area by minutes of walk to one kind of place. */
export function adultsByMinutes({ homes }: PracticeArea, to: WalkTime): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { walks, adults } of homes) counts.set(walks[to], (counts.get(walks[to]) ?? 0) + adults);
  return counts;
}

/**
 * Probability that a person of each profile of an area has a practice, exactly: the mean over the homes of the area and over the effects of the
 * clusters. `extraMinutes` moves every place away.
 */
export function practiceChances(area: PracticeArea, practice: number, extraMinutes = 0): Float64Array {
  const effect = practiceEffects[practices[practice][0]];
  const { walk } = effect;
  const place = (area.qpv === null ? 0 : effect.qpv) + area.effects[practice];
  const minutes = walk && walk.per10Minutes !== 0 ? [...adultsByMinutes(area, walk.to)] : [[0, area.adults] as const];
  const perMinute = walk ? walk.per10Minutes / 10 : 0;
  return Float64Array.from(practiceProfiles, (_, profile) => {
    if (area.cells[profile] === 0) return 0;
    let sum = 0;
    for (const [away, adults] of minutes) {
      const odds = oddsOfProfiles[practice][profile] + place + perMinute * (away + extraMinutes);
      sum += adults * meanChance(odds, effect.cluster);
    }
    return sum / area.adults;
  });
}

/** What one practice truly is in a population. Rates are probabilities, gaps their differences, inside less outside. */
export interface PracticeTruth {
  readonly name: string;
  /** By area, in the order of the population. */
  readonly rates: Float64Array;
  readonly inside: number;
  readonly outside: number;
  readonly all: number;
  readonly rawGap: number;
  /** The gap at equal age, diploma and occupation: cells weighed by the residents of the neighbourhoods. */
  readonly gapAsInside: number;
  /** The same, cells weighed by everybody; those without anybody on one side are left out. */
  readonly gapAsAll: number;
  /** Average marginal effect of ten minutes more of walk to the place of the practice, over everybody. */
  readonly tenMoreMinutes: number;
}

/** Persons and expected practitioners of a group of areas, by age, diploma and occupation. */
class Crossing {
  readonly persons: Float64Array = new Float64Array(96);
  readonly expected: Float64Array = new Float64Array(96);
  add({ cells }: PracticeArea, chances: Float64Array): void {
    for (let i = 0; i < cells.length; i++) {
      this.persons[i % 96] += cells[i];
      this.expected[i % 96] += cells[i] * chances[i];
    }
  }
  get rate(): number {
    return this.expected.reduce((a, b) => a + b, 0) / this.persons.reduce((a, b) => a + b, 0);
  }
}

/** Exact rates, gaps and effects of distance of every practice, computed on the whole population and not on a sample. */
export function practiceTruth({ areas }: PracticePopulation): readonly PracticeTruth[] {
  const total = areas.reduce((sum, { adults }) => sum + adults, 0);
  return practices.map(([name], practice): PracticeTruth => {
    const [inside, outside] = [new Crossing(), new Crossing()];
    const { walk } = practiceEffects[name];
    let moved = 0;
    const rates = Float64Array.from(areas, (area) => {
      const chances = practiceChances(area, practice);
      (area.qpv === null ? outside : inside).add(area, chances);
      const expected = dot(area.cells, chances);
      if (walk && walk.per10Minutes !== 0) moved += dot(area.cells, practiceChances(area, practice, 10)) - expected;
      return expected / area.adults;
    });
    const standardised = (weight: (cell: number) => number): number => {
      let [sum, gap] = [0, 0];
      for (let cell = 0; cell < 96; cell++) {
        if (inside.persons[cell] === 0 || outside.persons[cell] === 0) continue;
        sum += weight(cell);
        gap +=
          weight(cell) *
          (inside.expected[cell] / inside.persons[cell] - outside.expected[cell] / outside.persons[cell]);
      }
      return gap / sum;
    };
    return {
      name,
      rates,
      inside: inside.rate,
      outside: outside.rate,
      all: areas.reduce((sum, { adults }, i) => sum + adults * rates[i], 0) / total,
      rawGap: inside.rate - outside.rate,
      gapAsInside: standardised((cell) => inside.persons[cell]),
      gapAsAll: standardised((cell) => inside.persons[cell] + outside.persons[cell]),
      tenMoreMinutes: moved / total,
    };
  });
}

const dot = (counts: Int32Array, values: Float64Array): number =>
  counts.reduce((sum, count, i) => sum + count * values[i], 0);
