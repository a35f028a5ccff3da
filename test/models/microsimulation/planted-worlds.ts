import { normal, type Random, seededRandom } from "../../../src/codes/random.ts";
import { marginTotals } from "../../../src/models/calibration/seed-columns.ts";
import { placementCategory, placementGroupOf } from "../../../src/models/microsimulation/placement.ts";
import type { PovertyRates } from "../../../src/models/microsimulation/placement-shifts.ts";
import { rightThresholds } from "../../../src/models/microsimulation/right-thresholds.ts";
import type { SeedHouseholds } from "../../../src/models/microsimulation/seed-households.ts";
import { splitFoyers } from "../../../src/models/microsimulation/split-foyers.ts";
import { censusColumns } from "./invented-chain.ts";
import { type InventedHousehold, inventHousehold, ordinaryTypes, seedOf } from "./invented-seed.ts";

export const lawDate = "2020-06-01";
export const ranks = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

/** Standard deviations of what is not exact in a planted world. The chain is told these, and nothing else. */
export const plantedErrors = {
  margins: 0.03,
  decilesCommon: 0.005,
  decilesEach: 0.004,
  thresholdsShared: 0.02,
  thresholdsOwn: 0.015,
  shiftsOwn: 0.15,
  schemeMean: 0.92,
  schemeOwn: 0.02,
} as const;

/** What is published of one area, and what is true of it. */
export interface PlantedArea {
  readonly households: number;
  /** Published. */
  readonly targets: Float64Array;
  readonly deciles: Float64Array;
  readonly population: number;
  readonly povertyRate: number;
  readonly beneficiaries: number;
  /** True. */
  readonly eligible: number;
  readonly eligibleFree: number;
  readonly eligibleScheme: number;
  readonly nonTakeUp: number;
}

export interface PlantedWorld {
  /** Seed households: a sample of the region's, with unequal weights. */
  readonly seed: SeedHouseholds;
  readonly rates: PovertyRates;
  readonly povertyRate: number;
  readonly areas: readonly PlantedArea[];
}

interface TrueArea {
  readonly seed: SeedHouseholds;
  readonly living: Float64Array;
  readonly groups: Uint8Array;
}

/**
 * An invented region. Every household of every area is drawn with an income of its own: lognormal with logistic noise, group effects that vary by area, some with no
 * income: not the form that the chain supposes. Foyers of one household share its income unequally; the bridge is wrong by foyer, by area and for all; take-up is
 * drawn by foyer, by right, type and area. Only rounded or noisy figures are published.
 */
export function plantedWorld(number: number, areas: number, seedHouseholds: number): PlantedWorld {
  const random = seededRandom(1000 + number);
  const effects = {
    type: [-0.1, 0.35, 0, -0.6, -0.1].map((effect) => effect + 0.05 * normal(random)),
    tenure: [0.5, -0.3].map((effect) => effect + 0.05 * normal(random)),
    age: [-0.3, 0, 0.15].map((effect) => effect + 0.05 * normal(random)),
  };
  const sharedFactor = Math.exp(plantedErrors.thresholdsShared * normal(random));
  const people = Array.from({ length: areas }, () => trueArea(random, effects));
  const line = 0.6 * medianLiving(people);
  const published = people.map((area) => publish(random, area, line, sharedFactor));
  const { rates, povertyRate } = publishedRates(people, line);
  const seed = sampleSeed(random, seedHouseholds);
  return { seed, rates, povertyRate, areas: published };
}

type Effects = Readonly<Record<"type" | "tenure" | "age", readonly number[]>>;

function trueArea(random: Random, effects: Effects): TrueArea {
  const size = Math.round(150 * Math.exp(random() * Math.log(15)));
  const types = ordinaryTypes.map((share) => share * Math.exp(0.35 * normal(random)));
  const rented = 0.5 * random();
  const households = Array.from({ length: size }, () => withTenure(random, inventHousehold(random, types), rented));
  const seed = seedOf(households);
  const groups = placementGroupOf(seed);
  const own = {
    type: effects.type.map((effect) => effect + plantedErrors.shiftsOwn * normal(random)),
    tenure: effects.tenure.map((effect) => effect + plantedErrors.shiftsOwn * normal(random)),
    age: effects.age.map((effect) => effect + plantedErrors.shiftsOwn * normal(random)),
  };
  const level = Math.log(14000) + 0.13 * normal(random);
  const spread = 0.42 * Math.exp(0.08 * normal(random));
  const living = Float64Array.from(groups, (group) => {
    const u = random();
    const noise = Math.log(u / (1 - u)) / 1.8138;
    const shift =
      own.type[placementCategory.type(group)] +
      own.tenure[placementCategory.tenure(group)] +
      own.age[placementCategory.age(group)];
    return random() < 0.01 ? 0 : Math.exp(level + spread * (shift + noise));
  });
  return { seed, living, groups };
}

/** Some owners of the ordinary town are tenants of the HLM here. */
const withTenure = (random: Random, household: InventedHousehold, rented: number): InventedHousehold =>
  household.tenure === 0 && random() < rented ? { ...household, tenure: 1 } : household;

const sampleSeed = (random: Random, size: number): SeedHouseholds =>
  seedOf(
    Array.from({ length: size }, () => withTenure(random, inventHousehold(random, ordinaryTypes), 0.25)),
    Float64Array.from({ length: size }, () => 3 + 4 * random()),
  );

const personsOf = ({ start }: SeedHouseholds, h: number): number => start[h + 1] - start[h];

/** Living standard of every person, sorted. */
function sortedPersons({ seed, living }: TrueArea): Float64Array {
  const persons = new Float64Array(seed.start[seed.households]);
  for (let h = 0; h < seed.households; h++) persons.fill(living[h], seed.start[h], seed.start[h + 1]);
  return persons.sort();
}

function medianLiving(people: readonly TrueArea[]): number {
  const all = Float64Array.from(people.flatMap((area) => [...sortedPersons(area)])).sort();
  return all[all.length >> 1];
}

function publishedRates(people: readonly TrueArea[], line: number): Pick<PlantedWorld, "rates" | "povertyRate"> {
  const size = { type: 5, tenure: 2, age: 3 } as const;
  const whole = [0, 0];
  const rates = Object.fromEntries(
    (["type", "tenure", "age"] as const).map((factor) => {
      const [poor, all] = [new Float64Array(size[factor]), new Float64Array(size[factor])];
      for (const { seed, living, groups } of people)
        for (let h = 0; h < seed.households; h++) {
          const category = placementCategory[factor](groups[h]);
          all[category] += personsOf(seed, h);
          if (living[h] < line) poor[category] += personsOf(seed, h);
        }
      whole[0] = poor.reduce((sum, count) => sum + count, 0);
      whole[1] = all.reduce((sum, count) => sum + count, 0);
      return [factor, Array.from(poor, (count, k) => Math.round((1000 * count) / all[k]) / 1000)];
    }),
  ) as PovertyRates;
  return { rates, povertyRate: whole[0] / whole[1] };
}

/** The true rights and take-up of an area, and what is published of it. */
function publish(random: Random, area: TrueArea, line: number, sharedFactor: number): PlantedArea {
  const { seed, living } = area;
  const columns = censusColumns(seed);
  const profiles = Float64Array.from(columns.profileSize);
  const targets = marginTotals(columns, profiles).map((count) =>
    Math.max(1, Math.round(count * Math.exp(plantedErrors.margins * normal(random)))),
  );
  const sorted = sortedPersons(area);
  const common = plantedErrors.decilesCommon * normal(random);
  const deciles = Float64Array.from(ranks, (rank) => {
    const exact = sorted[Math.floor(rank * sorted.length)];
    return Math.round((exact * Math.exp(common + plantedErrors.decilesEach * normal(random))) / 10) * 10;
  }).sort();
  const counts = trueRights(random, area, sharedFactor);
  let poor = 0;
  for (let h = 0; h < seed.households; h++) if (living[h] < line) poor += personsOf(seed, h);
  return {
    households: seed.households,
    targets,
    deciles,
    population: sorted.length,
    povertyRate: Math.round((100 * poor) / sorted.length) / 100,
    ...counts,
  };
}

type Rights = Pick<PlantedArea, "eligible" | "eligibleFree" | "eligibleScheme" | "beneficiaries" | "nonTakeUp">;

function trueRights(random: Random, { seed, living }: TrueArea, sharedFactor: number): Rights {
  const foyers = splitFoyers(seed);
  const thresholds = rightThresholds(foyers, { lawDate });
  const factor = sharedFactor * Math.exp(plantedErrors.thresholdsOwn * normal(random));
  const areaEffect = 0.3 * normal(random);
  const scheme = Math.min(1, plantedErrors.schemeMean + plantedErrors.schemeOwn * normal(random));
  let [eligible, eligibleFree, eligibleScheme, beneficiaries] = [0, 0, 0, 0];
  for (let f = 0; f < foyers.foyers; f++) {
    const several = foyers.incomeShare[f] < 1;
    const own = factor * Math.exp(0.06 * normal(random) + (several ? 0.3 * normal(random) : 0));
    const depends = foyers.age[f] < 25 && foyers.persons[f] === 1 && random() < 0.2;
    const standard = living[foyers.household[f]];
    if (depends || !(standard < own * thresholds.participation[f])) continue;
    const free = standard < own * thresholds.free[f];
    eligible += foyers.persons[f];
    if (free) eligibleFree += foyers.persons[f];
    if (random() >= scheme) continue;
    eligibleScheme += foyers.persons[f];
    const type = seed.type[foyers.household[f]];
    const logit = (free ? 0.8 : -0.7) + (type === 3 ? 0.4 : type === 1 ? -0.3 : 0) + areaEffect;
    if (random() < 1 / (1 + Math.exp(-logit))) beneficiaries += foyers.persons[f];
  }
  return { eligible, eligibleFree, eligibleScheme, beneficiaries, nonTakeUp: 1 - beneficiaries / eligibleScheme };
}
