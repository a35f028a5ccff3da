import { normal, type Random, weightedIndex } from "../../codes/random.ts";
import { outings, practices } from "../enquete-pratiques.ts";
import { barrierProbabilities, wishProbability } from "./expectations.ts";
import {
  logistic,
  oddsOfProfiles,
  type PracticeProfile,
  practiceEffects,
  practiceProfiles,
} from "./practice-effects.ts";
import type { PracticeArea, PracticeHome, PracticePopulation } from "./practice-population.ts";
import { stream } from "./stream.ts";
import type { Walks } from "./walking.ts";
import type { SampleIris } from "./zones.ts";

const RESPONDENTS = 9_200;
const A_CLUSTER = 40;

/** Planted response: rates by size of town (0 rural to 3 metropolis) among persons of 30 or more, and the factor of those under 30. */
export const responseModel = { bySize: [0.7, 0.63, 0.56, 0.47], under30: 0.75 } as const;
/** Planted item non-response by size of town: one answer in so many is missing; more of the wishes and of the barriers. */
export const itemGaps = [0.01, 0.015, 0.02, 0.035] as const;
export const expectationGaps = { wish: 1.5, barrier: 2 } as const;
/** Share of the persons whose dwelling the producer could not place. */
const UNPLACED = 0.008;

/** An answer: yes, no, none. */
type Answer = 0 | 1 | "";

export interface Respondent {
  readonly stratum: string;
  readonly size: number;
  readonly cluster: number;
  readonly iris: SampleIris;
  /** Code of the neighbourhood, empty outside. */
  readonly neighbourhood: string;
  readonly woman: boolean;
  readonly age: number;
  readonly diploma: number | "";
  readonly occupation: number | "";
  readonly walks: Walks | null;
  readonly answers: readonly Answer[];
  readonly wishes: readonly Answer[];
  readonly barriers: readonly (number | "")[];
  /** Before calibration on the population of the stratum. */
  readonly weight: number;
}

export interface PracticeSurvey {
  readonly respondents: readonly Respondent[];
  /** Persons of 15 or more by stratum: what the weights add up to. */
  readonly strata: ReadonlyMap<string, number>;
  readonly contacted: number;
}

/** Persons of 15 or more of an IRIS, with where each of them may live. */
interface Unit {
  readonly iris: SampleIris;
  readonly size: number;
  readonly stratum: string;
  readonly adults: number;
  readonly parts: readonly { readonly area: PracticeArea; readonly home: PracticeHome }[];
}

const sizeOf = ({ commune }: SampleIris, population: number): number =>
  commune.type === "métropole" ? 3 : population >= 20_000 ? 2 : commune.type !== "autre" ? 1 : 0;
const zoneOf = ({ commune: { centre } }: SampleIris): string => (centre[0] < -12 ? "A" : centre[0] < 6 ? "B" : "C");

/** The sampling frame: one unit an IRIS, in the order of their codes. */
function frameOf({ areas, populations }: PracticePopulation): readonly Unit[] {
  const found = new Map<SampleIris, { area: PracticeArea; home: PracticeHome }[]>();
  for (const area of areas)
    for (const home of area.homes) {
      const own = found.get(home.iris);
      if (own) own.push({ area, home });
      else found.set(home.iris, [{ area, home }]);
    }
  return [...found]
    .sort(([a], [b]) => (a.code < b.code ? -1 : 1))
    .map(([iris, parts]) => {
      const size = sizeOf(iris, populations.get(iris.commune.code) ?? 0);
      const adults = parts.reduce((sum, { home }) => sum + home.adults, 0);
      return { iris, size, stratum: `${zoneOf(iris)}${size}`, adults, parts };
    });
}

/** An age in years of a class and an occupation. */
function ageIn(random: Random, { age, occupation }: PracticeProfile): number {
  const others = occupation === 5;
  if (age === 0) return others ? 15 + Math.floor(10 * random()) : 18 + Math.floor(12 * random());
  if (age < 3) return 15 * (age + 1) + Math.floor(15 * random());
  return occupation === 4 ? 62 + Math.floor(34 * random() ** 1.5) : 60 + Math.floor(7 * random());
}

/**
 * Draws clusters in proportion to their size in each stratum, then persons until forty have answered in each. The population stays, so that
 * surveys of several seeds have one truth (`practiceTruth`): `makePracticeSurvey(practicePopulation(), 17)`.
 */
export function makePracticeSurvey(population: PracticePopulation, seed: number): PracticeSurvey {
  const random = stream(seed, "enquête des pratiques");
  const frame = frameOf(population);
  const strata = new Map<string, number>();
  for (const { stratum, adults } of frame) strata.set(stratum, (strata.get(stratum) ?? 0) + adults);
  const names = [...strata.keys()].sort();
  const wanted = clustersByStratum(names.map((name) => strata.get(name) as number));
  const respondents: Respondent[] = [];
  let contacted = 0;
  for (const [s, stratum] of names.entries()) {
    const units = frame.filter((unit) => unit.stratum === stratum);
    const sum = strata.get(stratum) as number;
    const start = random();
    for (let k = 0; k < wanted[s]; k++) {
      // Systematic draw in proportion to size: a large unit may be met twice, as two clusters.
      let at = ((k + start) * sum) / wanted[s];
      const unit =
        units.find(({ adults }) => {
          at -= adults;
          return at < 0;
        }) ?? units[units.length - 1];
      const drawn = drawCluster(random, unit, 1 + respondents.length / A_CLUSTER);
      contacted += drawn.contacted;
      respondents.push(...drawn.respondents);
    }
  }
  return { respondents, strata, contacted };
}

/** Clusters in proportion to the persons, two at least in each stratum. */
function clustersByStratum(persons: readonly number[]): readonly number[] {
  const total = persons.reduce((a, b) => a + b, 0);
  const clusters = RESPONDENTS / A_CLUSTER;
  const wanted = persons.map((count) => Math.max(2, Math.round((clusters * count) / total)));
  const largest = wanted.indexOf(Math.max(...wanted));
  wanted[largest] += clusters - wanted.reduce((a, b) => a + b, 0);
  return wanted;
}

/** Forty who answered, of those contacted. Size decided the draw of the cluster: it stands for a same number of persons, whatever the answers. */
function drawCluster(random: Random, unit: Unit, cluster: number): { contacted: number; respondents: Respondent[] } {
  const shifts = practices.map(([name]) => practiceEffects[name].cluster * normal(random));
  const adults = unit.parts.map(({ home }) => home.adults);
  const expected = meanResponse(unit);
  const respondents: Respondent[] = [];
  let contacted = 0;
  while (respondents.length < A_CLUSTER) {
    contacted++;
    const { area, home } = unit.parts[weightedIndex(random, adults)];
    const profile = weightedIndex(random, area.cells);
    const rate = responseRate(unit.size, profile);
    if (random() < rate)
      respondents.push(interview(random, unit, cluster, area, home, profile, shifts, expected / rate));
  }
  return { contacted, respondents };
}

const responseRate = (size: number, profile: number): number =>
  responseModel.bySize[size] * (practiceProfiles[profile].age === 0 ? responseModel.under30 : 1);

/** The rate of response that the composition of a unit makes one expect. */
const meanResponse = ({ size, parts, adults }: Unit): number =>
  parts.reduce((sum, { area, home }) => {
    const answering = area.cells.reduce((all, count, profile) => all + count * responseRate(size, profile), 0);
    return sum + (home.adults * answering) / area.adults;
  }, 0) / adults;

function interview(
  random: Random,
  { iris, size, stratum }: Unit,
  cluster: number,
  { qpv, effects }: PracticeArea,
  { walks }: PracticeHome,
  index: number,
  shifts: readonly number[],
  weight: number,
): Respondent {
  const profile = practiceProfiles[index];
  const inside = qpv !== null;
  const kept = <T>(gap: number, answer: T): T | "" => (random() < gap * itemGaps[size] ? "" : answer);
  const did = practices.map(([name], i): 0 | 1 => {
    const effect = practiceEffects[name];
    const walk = effect.walk ? (effect.walk.per10Minutes * walks[effect.walk.to]) / 10 : 0;
    const odds = oddsOfProfiles[i][index] + (inside ? effect.qpv : 0) + effects[i] + walk + shifts[i];
    return random() < logistic(odds) ? 1 : 0;
  });
  const answers = did.map((answer): Answer => kept(1, answer));
  const wishes: Answer[] = [];
  const barriers: (number | "")[] = [];
  for (const [outing] of outings) {
    const i = practices.findIndex(([name]) => name === outing);
    const wish = random() < wishProbability(outing, profile, did[i] === 1, inside) ? 1 : 0;
    const written = kept(expectationGaps.wish, wish);
    const barrier = 1 + weightedIndex(random, barrierProbabilities(outing, profile, walks, inside));
    wishes.push(written);
    barriers.push(written === 1 && answers[i] === 0 ? kept(expectationGaps.barrier, barrier) : "");
  }
  return {
    stratum,
    size,
    cluster,
    iris,
    neighbourhood: qpv?.code ?? "",
    woman: profile.woman,
    age: ageIn(random, profile),
    diploma: random() < 0.012 ? "" : profile.diploma + 1,
    occupation: random() < 0.02 ? "" : profile.occupation + 3,
    walks: random() < UNPLACED ? null : walks,
    answers,
    wishes,
    barriers,
    weight: weight * Math.exp(0.22 * normal(random)),
  };
}
