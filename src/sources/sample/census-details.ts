import { normal, type Random, weightedIndex } from "../../codes/random.ts";
import { carsOf, neighbourhoodShares } from "./cars.ts";
import type { Land } from "./communes.ts";
import { distance } from "./geometry.ts";
import type { SampleZones } from "./grow-zones.ts";
import { stream } from "./stream.ts";
import { csv } from "./writing.ts";

const COMMUTERS = 4_000;
const RESIDENTS = 6_000;
/** Planted: share of the inhabitants who work, and the kilometres over which a place of work is divided by e. */
export const commuteModel = { employed: 0.4, km: 9 } as const;

const one = (random: Random, values: string): string =>
  values.split(" ")[Math.floor(random() * values.split(" ").length)];

/** Weights that add up to a total, with ten decimals and the spread of a sampled census. */
function weights(count: number, total: number, random: Random): string[] {
  const raw = Array.from({ length: count }, () => Math.exp(0.12 * Math.max(-2, Math.min(2, normal(random)))));
  const sum = raw.reduce((a, b) => a + b, 0);
  return raw.map((weight) => ((weight * total) / sum).toFixed(10));
}

/** How many of the rows each unit gets, rounded up: no weight far above the mean. */
function rowsOf(total: number, sizes: readonly number[]): number[] {
  const sum = sizes.reduce((a, b) => a + b, 0);
  return sizes.map((size) => Math.ceil((total * size) / sum));
}

/** `FD_MOBPRO_2019.csv`: journeys to work by gravity; the weights of a commune add up to its employed residents. */
export function writeCommutes({ communes }: Land, populations: ReadonlyMap<string, number>, seed: number): string {
  const random = stream(seed, "mobpro");
  const persons = communes.map(({ code }) => populations.get(code) ?? 0);
  const counts = rowsOf(COMMUTERS, persons);
  const rows = communes.flatMap((home, h) => {
    const pull = communes.map(
      ({ centre }, i) => persons[i] ** 1.08 * Math.exp(-distance(centre, home.centre) / commuteModel.km),
    );
    return weights(counts[h], commuteModel.employed * persons[h], random).map((weight) => {
      const work = communes[weightedIndex(random, pull)];
      const same = work === home;
      const far = distance(work.centre, home.centre);
      const mode = same && random() < 0.35 ? "2" : far > 2 && random() < 0.8 ? "5" : one(random, "3 4 5 6");
      return [
        home.code,
        "ZZZZZ",
        "99999",
        work.code,
        one(random, "020 025 030 035 040 045 050 055 060"),
        one(random, "2 3 4 5 6"),
        "Z",
        one(random, "01 11 13 14 16 17 18"),
        one(random, "12 13 14 16 16 16 21 22"),
        same ? "1" : "2",
        one(random, "2 2 2 2 1"),
        one(random, "11 11 11 12"),
        weight,
        "M",
        one(random, "AZ BE FZ GU GU OQ OQ"),
        "00",
        "00",
        one(random, "1 2"),
        one(random, "10 10 10 21 22"),
        one(random, "10 21 22"),
        one(random, "1 1 1 2"),
        mode,
        one(random, "1 2"),
        one(random, "11 12 20 31 41"),
        one(random, "0 1 1 2 2"),
      ];
    });
  });
  const header =
    "COMMUNE;ARM;DCFLT;DCLT;AGEREVQ;CS1;DEROU;DIPL_15;EMPL;ILT;IMMI;INATC;IPONDI;METRODOM;NA5;REGION;REGLT;SEXE;STAT;STOCD;TP;TRANS;TYPL;TYPMR;VOIT";
  return csv(header.split(";"), rows, { separator: ";" });
}

/** `FD_INDCVI_2019.csv`: inhabitants one by one; the weights of an IRIS add up to its inhabitants. Outside divided communes, IRIS is masked. */
export function writeResidents({ communes }: Land, { iris, irisPersons, homes }: SampleZones, seed: number): string {
  const random = stream(seed, "indcvi");
  const cars = stream(seed, "voitures");
  const shares = neighbourhoodShares({ homes });
  const units = iris.filter(({ code }) => (irisPersons.get(code) ?? 0) > 0);
  const persons = units.map(({ code }) => irisPersons.get(code) ?? 0);
  const counts = rowsOf(RESIDENTS, persons);
  const rank = new Map(communes.map(({ code }, i) => [code, i]));
  const divided = new Set(iris.filter(({ code }) => !code.endsWith("0000")).map(({ commune }) => commune.code));
  let household = 0;
  let owned = carsOf(0, 1 - Number.EPSILON);
  const rows = units.flatMap(({ code, commune }, u) => {
    const area = divided.has(commune.code)
      ? 9_000 + (rank.get(commune.code) ?? 0)
      : 1 + Math.floor((rank.get(commune.code) ?? 0) / 5);
    return weights(counts[u], persons[u], random).map((weight) => {
      if (random() < 0.45) {
        household++;
        owned = carsOf(shares.get(code) ?? 0, cars());
      }
      const age = Math.floor(92 * random());
      const adult = age > 14;
      const works = adult && age < 65 && random() < 0.64;
      const tenant = random() < 0.25;
      return [
        `00${String(area).padStart(4, "0")}`,
        String(household).padStart(7, "0"),
        String(age).padStart(3, "0"),
        adult ? one(random, "1 2") : "2",
        adult ? one(random, "2 3 4 5 6 7 8") : "8",
        "00",
        adult ? one(random, "01 03 11 13 14 16 17 18") : "ZZ",
        works ? one(random, "12 13 14 16 16 21") : "ZZ",
        tenant ? "1" : "2",
        works ? one(random, "1 2 3") : "Z",
        one(random, "2 2 2 2 1"),
        one(random, "1 2 3 4 5"),
        weight,
        divided.has(commune.code) ? code : "ZZZZZZZZZ",
        one(random, "1 2 3"),
        "00",
        one(random, "1 2"),
        tenant ? "22" : one(random, "10 10 21"),
        works ? "11" : adult ? one(random, "12 21 22 25") : "23",
        works ? "1" : "Z",
        works ? one(random, "2 3 5 5 5 6") : "Z",
        one(random, "1 2"),
        one(random, "11 12 20 31 41 42"),
        owned,
      ];
    });
  });
  const header =
    "CANTVILLE;NUMMI;AGED;COUPLE;CS1;DEPT;DIPL_15;EMPL;HLML;ILT;IMMI;INPER;IPONDI;IRIS;LPRM;REGION;SEXE;STOCD;TACT;TP;TRANS;TYPL;TYPMR;VOIT";
  return csv(header.split(";"), rows, { separator: ";" });
}
