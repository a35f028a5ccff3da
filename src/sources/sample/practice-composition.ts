import { normal, type Random } from "../../codes/random.ts";
import type { SampleCommune } from "./communes.ts";
import type { InventedHousehold } from "./invented-households.ts";
import { practiceAgeClass, practiceProfiles } from "./practice-effects.ts";

/** An area whose persons are to be invented. */
export type Place =
  | {
      readonly kind: "priority";
      readonly persons: number;
      /** The households behind `profil_qpv`: age and sex are theirs. */
      readonly households: readonly InventedHousehold[];
      /** Standard deviations above the mean of the neighbourhoods: the poorer, the less diplomas. */
      readonly poverty: number;
    }
  | { readonly kind: "outside"; readonly persons: number; readonly commune: SampleCommune };

/** Planted composition. Log-odds of a diploma step by poverty and at random; of a higher occupation at random. */
export const compositionModel = {
  adultsOutside: 0.82,
  byPoverty: -0.15,
  diplomaSpread: { priority: 0.25, outside: 0.15 },
  occupationSpread: { priority: 0.2, outside: 0.12 },
  metropolis: 0.2,
  village: -0.1,
} as const;

/** Share of the classes 15-29, 30-44, 45-59, 60 and over among men and women outside. */
const agesOutside = [
  [0.115, 0.115, 0.125, 0.125],
  [0.11, 0.12, 0.13, 0.16],
] as const;

/** Diplomas by age class: none, CAP or brevet, baccalauréat, higher. */
const diplomas = {
  priority: [
    [0.27, 0.3, 0.31, 0.12],
    [0.4, 0.3, 0.16, 0.14],
    [0.52, 0.3, 0.1, 0.08],
    [0.67, 0.23, 0.06, 0.04],
  ],
  outside: [
    [0.08, 0.22, 0.4, 0.3],
    [0.08, 0.26, 0.22, 0.44],
    [0.15, 0.38, 0.19, 0.28],
    [0.31, 0.36, 0.15, 0.18],
  ],
} as const;

/** Occupations of those who are neither retired nor at school, by diploma: managers, intermediate, employees, workers, others. */
const occupations = [
  [0.02, 0.08, 0.34, 0.36, 0.2],
  [0.04, 0.16, 0.36, 0.32, 0.12],
  [0.12, 0.3, 0.34, 0.15, 0.09],
  [0.46, 0.34, 0.13, 0.03, 0.04],
] as const;

/** Shares of students under 30 by diploma, and of the retired from 60. */
const students = [0.12, 0.2, 0.5, 0.3] as const;
const RETIRED = 0.86;

const normalised = (weights: readonly number[]): readonly number[] => {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
};

/** Persons of 15 or more by sex and age class. */
function adultsBySexAndAge(place: Place): readonly (readonly number[])[] {
  if (place.kind === "outside")
    return agesOutside.map((row) => row.map((share) => share * compositionModel.adultsOutside * place.persons));
  const persons = place.households.flatMap((household) => household.persons);
  const counts = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  for (const { age, woman } of persons) if (age >= 15) counts[woman ? 1 : 0][practiceAgeClass(age)]++;
  return counts.map((row) => row.map((count) => (count * place.persons) / persons.length));
}

function occupationShares(age: number, diploma: number, woman: boolean, shift: number): readonly number[] {
  const [managers, middle, employees, workers, others] = occupations[diploma];
  const [up, down] = [Math.exp(shift), Math.exp(-shift)];
  const active = normalised([
    managers * up,
    middle * Math.sqrt(up),
    employees * (woman ? 1.7 : 0.5),
    workers * down * (woman ? 0.5 : 1.3),
    others * down,
  ]);
  const retired = age === 3 ? RETIRED : 0;
  const student = age === 0 ? students[diploma] : 0;
  const rest = 1 - retired - student;
  return [...active.slice(0, 4).map((share) => rest * share), retired, rest * active[4] + student];
}

/** Persons of 15 or more of an area by profile: expected counts, each rounded up or down by chance so that small cells are not emptied. */
export function jointCells(random: Random, place: Place): Int32Array {
  const { kind } = place;
  const shift =
    compositionModel.diplomaSpread[kind] * normal(random) +
    (place.kind === "priority"
      ? compositionModel.byPoverty * place.poverty
      : place.commune.type === "métropole"
        ? compositionModel.metropolis
        : place.commune.type === "autre"
          ? compositionModel.village
          : 0);
  const rise = compositionModel.occupationSpread[kind] * normal(random);
  const adults = adultsBySexAndAge(place);
  const diplomaShares = diplomas[kind].map((row) =>
    normalised(row.map((share, step) => share * Math.exp(shift * (step - 1.5)))),
  );
  return Int32Array.from(practiceProfiles, ({ woman, age, diploma, occupation }) => {
    const expected =
      adults[woman ? 1 : 0][age] *
      diplomaShares[age][diploma] *
      occupationShares(age, diploma, woman, rise)[occupation];
    return Math.floor(expected + random());
  });
}
