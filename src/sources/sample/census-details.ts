import { normal, type Random, weightedIndex } from "../../codes/random.ts";
import type { Land } from "./communes.ts";
import { distance } from "./geometry.ts";
import { stream } from "./stream.ts";
import { csv } from "./writing.ts";

const COMMUTERS = 4_000;
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
