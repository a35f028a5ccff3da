import { normal, type Random, weightedIndex } from "../../codes/random.ts";

export const inventedTypes = ["alone", "couple", "couple-children", "lone-parent", "complex"] as const;
export type InventedType = (typeof inventedTypes)[number];
export const inventedTenures = ["owner", "social", "private", "free"] as const;
export type InventedTenure = (typeof inventedTenures)[number];

export interface InventedPerson {
  readonly age: number;
  /** "other": neither reference person, partner nor child; always 25 or older. */
  readonly link: "reference" | "partner" | "child" | "other";
  readonly woman: boolean;
  employed: boolean;
}

/** A household, its reference person first. */
export interface InventedHousehold {
  readonly type: InventedType;
  readonly tenure: InventedTenure;
  readonly persons: readonly InventedPerson[];
}

/** What makes a place's households its own: shifts of the log odds against all places of its kind. */
export interface HouseholdsOfPlace {
  readonly priority: boolean;
  readonly loneParents: number;
  readonly socialHousing: number;
  readonly older: number;
}

export const usualPlaces: Readonly<Record<"outside" | "priority", HouseholdsOfPlace>> = {
  outside: { priority: false, loneParents: 0, socialHousing: 0, older: 0 },
  priority: { priority: true, loneParents: 0, socialHousing: 0, older: 0 },
};

/** Share of the households of one to six persons (six stands for six and seven). */
export const sizeShares: Readonly<Record<"outside" | "priority", readonly number[]>> = {
  outside: [0.37, 0.33, 0.13, 0.115, 0.04, 0.015],
  priority: [0.4, 0.25, 0.14, 0.11, 0.06, 0.04],
};
const SEVEN = 0.6;

/** Of the households of two, three... persons: weights of families around a couple, lone parents, complex households. */
const familyShares: Readonly<Record<"outside" | "priority", readonly (readonly number[])[]>> = {
  outside: [
    [0.82, 0.14, 0.04],
    [0.74, 0.2, 0.06],
    [0.88, 0.08, 0.04],
    [0.87, 0.06, 0.07],
    [0.78, 0.05, 0.17],
  ],
  priority: [
    [0.5, 0.42, 0.08],
    [0.53, 0.38, 0.09],
    [0.68, 0.23, 0.09],
    [0.72, 0.16, 0.12],
    [0.7, 0.11, 0.19],
  ],
};

/** Weights of owners, social tenants, private tenants and households housed free, by age of the reference person. */
const tenureShares: Readonly<Record<"outside" | "priority", Readonly<Record<AgeClass, readonly number[]>>>> = {
  outside: { young: [0.12, 0.13, 0.7, 0.05], middle: [0.58, 0.14, 0.25, 0.03], old: [0.74, 0.1, 0.13, 0.03] },
  priority: { young: [0.03, 0.62, 0.31, 0.04], middle: [0.1, 0.74, 0.13, 0.03], old: [0.2, 0.7, 0.07, 0.03] },
};

export type AgeClass = "young" | "middle" | "old";
/** Under 30, 30 to 59, 60 and over. */
export const ageClassOf = (age: number): AgeClass => (age < 30 ? "young" : age < 60 ? "middle" : "old");

const kindOf = ({ priority }: HouseholdsOfPlace): "outside" | "priority" => (priority ? "priority" : "outside");
const between = (random: Random, from: number, to: number): number => from + Math.floor((to - from + 1) * random());
const clamp = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, Math.round(value)));

/** A household of a place: of the size given (six means six or seven), or of a size drawn. Nobody works yet: see `employ`. */
export function drawHousehold(random: Random, place: HouseholdsOfPlace, size?: number): InventedHousehold {
  const wanted = size ?? 1 + weightedIndex(random, sizeShares[kindOf(place)]);
  const persons = wanted < 6 ? wanted : random() < SEVEN ? 7 : 6;
  const type = drawType(random, place, persons);
  const members = drawMembers(random, place, type, persons);
  return { type, tenure: drawTenure(random, place, type, members[0].age, persons), persons: members };
}

function drawType(random: Random, place: HouseholdsOfPlace, persons: number): InventedType {
  if (persons === 1) return "alone";
  const [couple, lone, complex] = familyShares[kindOf(place)][Math.min(persons, 6) - 2];
  const drawn = weightedIndex(random, [couple, lone * Math.exp(place.loneParents), complex]);
  if (drawn === 0) return persons === 2 ? "couple" : "couple-children";
  return drawn === 1 ? "lone-parent" : "complex";
}

function drawMembers(
  random: Random,
  { older }: HouseholdsOfPlace,
  type: InventedType,
  persons: number,
): InventedPerson[] {
  const person = (age: number, link: InventedPerson["link"], woman = random() < 0.5): InventedPerson => ({
    age,
    link,
    woman,
    employed: false,
  });
  if (type === "alone" || type === "couple") {
    const age = adultAge(random, type === "alone" ? 0.15 : 0.14, (type === "alone" ? 0.42 : 0.56) * Math.exp(older));
    const woman = random() < 0.52;
    const reference = person(age, "reference", woman);
    return type === "alone"
      ? [reference]
      : [reference, person(clamp(age + 3 * normal(random), 20, 95), "partner", !woman)];
  }
  if (type === "complex" && persons <= 3) {
    const adults = Array.from({ length: persons - 1 }, () => person(between(random, 25, 70), "other"));
    return [person(between(random, 22, 75), "reference"), ...adults];
  }
  const kin = type === "complex" ? 1 : 0;
  const couple = type === "couple-children" || (type === "complex" && random() < 0.7);
  const ages = childrenAges(random, persons - kin - (couple ? 2 : 1));
  const eldest = Math.max(...ages);
  const age = eldest + between(random, 19, 36);
  const woman = couple ? random() < 0.4 : random() < 0.83;
  const partner = couple
    ? [person(Math.max(eldest + 18, clamp(age + 3 * normal(random), 20, 90)), "partner", !woman)]
    : [];
  const grandparent = kin === 1 ? [person(Math.min(95, age + between(random, 20, 32)), "other")] : [];
  return [person(age, "reference", woman), ...partner, ...ages.map((own) => person(own, "child")), ...grandparent];
}

/** The age of somebody who lives alone or with a partner, from the shares of the young and of the old against the middle. */
function adultAge(random: Random, young: number, old: number): number {
  const drawn = weightedIndex(random, [young, 0.44, old]);
  if (drawn === 0) return between(random, 20, 29);
  return drawn === 1 ? between(random, 30, 59) : 60 + Math.floor(32 * random() ** 1.5);
}

/** Ages of brothers and sisters: most are minors, some are grown and still at home. */
function childrenAges(random: Random, count: number): number[] {
  const draw = random();
  const first = draw < 0.82 ? between(random, 0, 19) : draw < 0.93 ? between(random, 20, 24) : between(random, 25, 34);
  const others = Array.from({ length: count - 1 }, () => clamp(first + 5 * normal(random), 0, 34));
  return [first, ...others].sort((a, b) => b - a);
}

function drawTenure(
  random: Random,
  place: HouseholdsOfPlace,
  type: InventedType,
  age: number,
  persons: number,
): InventedTenure {
  const [owner, social, tenant, free] = tenureShares[kindOf(place)][ageClassOf(age)];
  const drawn = weightedIndex(random, [
    owner * (type === "lone-parent" ? 0.45 : type === "couple" ? 1.4 : 1),
    social * (type === "lone-parent" || persons > 4 ? 1.4 : 1) * Math.exp(place.socialHousing),
    tenant,
    free,
  ]);
  return inventedTenures[drawn];
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Log odds of working, by age, before the shift of the place; -Infinity outside 15 to 64 years. */
function employmentScore({ age, link }: InventedPerson, type: InventedType): number {
  if (age < 15 || age > 64) return Number.NEGATIVE_INFINITY;
  const byAge = age < 20 ? -2.3 : age < 25 ? -0.2 : age < 55 ? 1.25 : age < 60 ? 0.7 : -0.8;
  return byAge - (type === "lone-parent" && link === "reference" ? 0.35 : 0);
}

/** Shift of the log odds of working outside the neighbourhoods, and in them where nothing else is known. */
export const usualEmployment: Readonly<Record<"outside" | "priority", number>> = { outside: 0.1, priority: -1.05 };

/** The shift under which the expected share of those of 15 to 64 years who work is the one wanted (bisection). */
export function employmentShift(households: readonly InventedHousehold[], share: number): number {
  const scores = households.flatMap(({ type, persons }) =>
    persons.map((person) => employmentScore(person, type)).filter(Number.isFinite),
  );
  let [low, high] = [-8, 8];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    const expected = scores.reduce((sum, score) => sum + logistic(score + middle), 0);
    if (expected < share * scores.length) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Draws who works. */
export function employ(random: Random, { type, persons }: InventedHousehold, shift: number): void {
  for (const person of persons) person.employed = random() < logistic(employmentScore(person, type) + shift);
}
