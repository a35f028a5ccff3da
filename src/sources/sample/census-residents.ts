import { normal, type Random } from "../../codes/random.ts";
import { carsOf, neighbourhoodShares } from "./cars.ts";
import type { Land } from "./communes.ts";
import type { SampleZones } from "./grow-zones.ts";
import {
  drawHousehold,
  employ,
  type InventedHousehold,
  type InventedPerson,
  usualEmployment,
  usualPlaces,
} from "./invented-households.ts";
import { stream } from "./stream.ts";
import { csv } from "./writing.ts";

const RESIDENTS = 6_000;

const one = (random: Random, values: string): string =>
  values.split(" ")[Math.floor(random() * values.split(" ").length)];

/** `FD_INDCVI_2019.csv`: households of the census, person by person; the weights of an IRIS add up to its inhabitants. Outside divided communes, IRIS is masked. */
export function writeResidents({ communes }: Land, { iris, irisPersons, homes }: SampleZones, seed: number): string {
  const random = stream(seed, "ménages du recensement");
  const cars = stream(seed, "voitures des ménages");
  const shares = neighbourhoodShares({ homes });
  const units = iris.filter(({ code }) => (irisPersons.get(code) ?? 0) > 0);
  const all = units.reduce((sum, { code }) => sum + (irisPersons.get(code) ?? 0), 0);
  const rank = new Map(communes.map(({ code }, i) => [code, i]));
  const divided = new Set(iris.filter(({ code }) => !code.endsWith("0000")).map(({ commune }) => commune.code));
  let number = 0;
  const rows = units.flatMap(({ code, commune }) => {
    const inhabitants = irisPersons.get(code) ?? 0;
    const share = shares.get(code) ?? 0;
    const canton = divided.has(commune.code)
      ? 9_000 + (rank.get(commune.code) ?? 0)
      : 1 + Math.floor((rank.get(commune.code) ?? 0) / 5);
    const households = sampled(random, share, Math.ceil((RESIDENTS * inhabitants) / all));
    const weights = weightsOf(random, households, inhabitants);
    return households.flatMap((household, h) => {
      number++;
      const place = [
        `00${String(canton).padStart(4, "0")}`,
        String(number).padStart(7, "0"),
        divided.has(commune.code) ? code : "ZZZZZZZZZ",
      ] as const;
      return residentsOf(random, household, place, weights[h], share, carsOf(share, cars()));
    });
  });
  const header =
    "CANTVILLE;NUMMI;AGED;COUPLE;CS1;DEPT;DIPL_15;EMPL;HLML;ILT;IMMI;INPER;IPONDI;IRIS;LPRM;REGION;SEXE;STOCD;TACT;TP;TRANS;TYPL;TYPMR;VOIT";
  return csv(header.split(";"), rows, { separator: ";" });
}

/** Households until so many persons or more are in them; each is of a neighbourhood with the probability given. */
function sampled(random: Random, share: number, persons: number): readonly InventedHousehold[] {
  const households: InventedHousehold[] = [];
  for (let left = persons; left > 0; ) {
    const kind = random() < share ? "priority" : "outside";
    const household = drawHousehold(random, usualPlaces[kind]);
    employ(random, household, usualEmployment[kind]);
    households.push(household);
    left -= household.persons.length;
  }
  return households;
}

/** One weight a household, ten decimals, with the spread of a sampled census; its persons' weights add up to the inhabitants. */
function weightsOf(random: Random, households: readonly InventedHousehold[], total: number): readonly string[] {
  const raw = households.map(() => Math.exp(0.12 * Math.max(-2, Math.min(2, normal(random)))));
  const sum = households.reduce((all, { persons }, h) => all + persons.length * raw[h], 0);
  return raw.map((weight) => ((weight * total) / sum).toFixed(10));
}

function residentsOf(
  random: Random,
  household: InventedHousehold,
  [canton, number, iris]: readonly [string, string, string],
  weight: string,
  share: number,
  cars: string,
): readonly (readonly (string | number)[])[] {
  const { persons, tenure, type } = household;
  const furnished = tenure === "private" && random() < (persons.length === 1 ? 0.3 : 0.08);
  const occupation = { owner: "10", social: "22", private: furnished ? "23" : "21", free: "30" }[tenure];
  const flat = random() < (tenure === "owner" ? 0.25 + 0.4 * share : 0.75 + 0.2 * share);
  const family = familyCode(household);
  const immigrant = random() < 0.09 + 0.25 * share;
  return persons.map((person) => {
    const { age, link, employed } = person;
    const adult = age > 14;
    const activity = activityOf(random, person);
    const inCouple = (link === "reference" || link === "partner") && persons.some((other) => other.link === "partner");
    return [
      canton,
      number,
      String(age).padStart(3, "0"),
      inCouple ? "1" : "2",
      employed || activity === "12" ? one(random, "2 3 4 5 5 6 6") : activity === "21" ? "7" : "8",
      "00",
      adult ? one(random, "01 03 11 13 14 16 17 18") : "ZZ",
      employed ? one(random, "12 13 15 15 16 16 16 16 16 16 21") : "ZZ",
      tenure === "social" ? "1" : "2",
      employed ? one(random, "1 2 3") : "Z",
      immigrant && link !== "child" ? "1" : "2",
      persons.length,
      weight,
      iris,
      link === "other" ? otherLink(age, persons[0].age, type) : { reference: "1", partner: "2", child: "3" }[link],
      "00",
      person.woman ? "2" : "1",
      occupation,
      activity,
      employed ? one(random, "1 1 1 1 2") : "Z",
      employed ? one(random, "2 3 5 5 5 6") : "Z",
      flat ? "2" : "1",
      family,
      cars,
    ];
  });
}

/** LPRM of a person who is neither partner nor child: an ascendant, another relative or a friend. */
const otherLink = (age: number, reference: number, type: InventedHousehold["type"]): string =>
  age > reference + 18 ? "5" : type === "complex" && age % 2 === 0 ? "7" : "6";

/** TYPMR: 11 and 12 alone (man, woman), 20 no family, 31 and 32 lone parent (father, mother), 41 to 44 couple: both work, only he, only she, neither. */
function familyCode({ persons }: InventedHousehold): string {
  const [reference] = persons;
  if (persons.length === 1) return reference.woman ? "12" : "11";
  const partner = persons.find(({ link }) => link === "partner");
  if (!partner) return persons.some(({ link }) => link === "child") ? (reference.woman ? "32" : "31") : "20";
  const works = (woman: boolean): boolean =>
    [reference, partner].some((person) => person.woman === woman && person.employed);
  return works(false) ? (works(true) ? "41" : "42") : works(true) ? "43" : "44";
}

/** TACT: 11 works, 12 unemployed, 21 retired, 22 pupil or student, 23 under 14, 24 at home, 25 other. */
function activityOf(random: Random, { age, employed, link }: InventedPerson): string {
  if (employed) return "11";
  if (age < 14) return "23";
  if (age < 18) return "22";
  if (age < 25) return random() < (link === "child" ? 0.75 : 0.5) ? "22" : "12";
  if (age >= 65) return "21";
  if (age >= 60) return random() < 0.75 ? "21" : one(random, "12 25");
  return random() < 0.5 ? "12" : one(random, "24 25");
}
