import { normal, type Random, weightedIndex } from "../../codes/random.ts";
import { practices } from "../enquete-pratiques.ts";
import type { SampleZones } from "./grow-zones.ts";
import { stream } from "./stream.ts";
import { csv, rounded } from "./writing.ts";
import type { SampleIris } from "./zones.ts";

const RESPONDENTS = 9_200;
const A_CLUSTER = 40;

/** Planted log-odds of one practice. Age by class (15-29, 30-44, 45-59, 60 and over), diploma from none to higher, woman, neighbourhood. */
export interface PracticeEffects {
  readonly constant: number;
  readonly age: readonly [number, number, number, number];
  readonly diploma: readonly [number, number, number, number];
  readonly woman: number;
  readonly qpv: number;
  /** Spread of the effects of the clusters. */
  readonly cluster: number;
}

const effects = (
  constant: number,
  age: PracticeEffects["age"],
  slope: number,
  woman: number,
  qpv: number,
  cluster: number,
): PracticeEffects => ({
  constant,
  age,
  diploma: [0, rounded(0.45 * slope, 3), rounded(0.85 * slope, 3), rounded(1.4 * slope, 3)],
  woman,
  qpv,
  cluster,
});

const flat = [0, -0.1, -0.2, -0.35] as const;
const young = [0, -0.5, -0.9, -1.5] as const;
const old = [0, 0.5, 0.9, 1.2] as const;

/** Cinema is the variant: the neighbourhood and the cluster have no effect on it, and a model must be able to say so. */
export const practiceEffects: Readonly<Record<string, PracticeEffects>> = {
  biblio: effects(-1.3, [0, -0.5, -0.8, -1], 0.8, 0.45, 0.1, 0.3),
  cinema: effects(0.55, young, 0.8, 0, 0, 0),
  musee: effects(-1.4, flat, 1.1, 0.05, -0.35, 0.25),
  expo: effects(-1.5, flat, 1.1, 0.1, -0.35, 0.25),
  patrimoine: effects(-0.8, flat, 1, 0, -0.3, 0.25),
  theatre: effects(-2.2, flat, 1.1, 0.25, -0.5, 0.3),
  concert: effects(-1.1, young, 0.8, 0, -0.25, 0.2),
  danse: effects(-2.4, flat, 0.8, 0.5, -0.2, 0.2),
  cirque: effects(-2.2, [0, 0.4, -0.2, -0.9], 0.2, 0.15, -0.1, 0.2),
  festival: effects(-1.1, young, 0.7, 0, -0.3, 0.25),
  livre: effects(0, [0, 0.1, 0.1, 0.2], 1.1, 0.7, -0.15, 0.15),
  bd: effects(-0.5, young, 0.7, -0.4, -0.15, 0.15),
  presse: effects(-1, old, 0.4, -0.15, -0.2, 0.15),
  jeuxvideo: effects(1.1, [0, -0.7, -1.4, -2.1], -0.1, -0.3, 0.1, 0.1),
  musique_q: effects(1.6, [0, -0.6, -1.1, -1.9], 0.1, 0, 0.1, 0.1),
  tele_q: effects(0.6, old, -0.5, 0.1, 0.25, 0.1),
  amateur: effects(-0.6, young, 0.7, 0.1, -0.2, 0.2),
};

/** Planted response: rates by size of town (0 rural to 3 metropolis) among persons of 30 or more, and the factor of those under 30. */
export const responseModel = { bySize: [0.7, 0.63, 0.56, 0.47], under30: 0.75 } as const;
/** Planted item non-response by size of town: one answer in so many is missing. */
export const itemGaps = [0.01, 0.015, 0.02, 0.035] as const;

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
/** Index of the age class. */
export const practiceAgeClass = (age: number): number => (age < 30 ? 0 : age < 45 ? 1 : age < 60 ? 2 : 3);

interface Respondent {
  readonly stratum: string;
  readonly cluster: string;
  readonly iris: SampleIris;
  readonly values: readonly (string | number)[];
  /** Before calibration on the population of the stratum. */
  weight: number;
}

export interface PracticeSurvey {
  readonly respondents: readonly Respondent[];
  /** Persons of 15 or more by stratum: what the weights add up to. */
  readonly strata: ReadonlyMap<string, number>;
  readonly contacted: number;
}

const sizeOf = ({ commune }: SampleIris, population: number): number =>
  commune.type === "métropole" ? 3 : population >= 20_000 ? 2 : commune.type !== "autre" ? 1 : 0;
const zoneOf = ({ commune: { centre } }: SampleIris): string => (centre[0] < -12 ? "A" : centre[0] < 6 ? "B" : "C");

/** A person of an IRIS, by the composition of its neighbourhood. */
function person(qpv: boolean, random: Random): { age: number; woman: boolean; diploma: number; pcs: number } {
  const age = Math.min(95, 15 + Math.floor(random() ** 1.15 * (qpv ? 66 : 74)));
  const woman = random() < 0.52;
  const studying = age < 24 && random() < 0.6;
  const shares = qpv ? [0.42, 0.3, 0.16, 0.12] : age > 60 ? [0.3, 0.36, 0.15, 0.19] : [0.12, 0.32, 0.22, 0.34];
  const diploma = 1 + (studying ? 2 : weightedIndex(random, shares));
  const retired = age > 63;
  const pcs = retired
    ? 7
    : studying
      ? 8
      : [
          [0.02, 0.08, 0.35, 0.38, 0, 0.17],
          [0.04, 0.16, 0.36, 0.34, 0, 0.1],
          [0.12, 0.3, 0.34, 0.16, 0, 0.08],
          [0.46, 0.34, 0.13, 0.03, 0, 0.04],
        ].map((row) => weightedIndex(random, row))[diploma - 1] + 3;
  return { age, woman, diploma, pcs };
}

/** Draws clusters in proportion to their size in each stratum, then persons until forty have answered in each. */
export function makePracticeSurvey(
  zones: SampleZones,
  populations: ReadonlyMap<string, number>,
  seed: number,
): PracticeSurvey {
  const random = stream(seed, "pratiques 2018");
  const inside = new Map<string, number>();
  for (const [square, home] of zones.homes)
    inside.set(home.code, (inside.get(home.code) ?? 0) + square.inside.reduce((sum, part) => sum + part.persons, 0));
  const frame = zones.iris
    .map((iris) => {
      const persons = zones.irisPersons.get(iris.code) ?? 0;
      const size = sizeOf(iris, populations.get(iris.commune.code) ?? 0);
      return {
        iris,
        persons,
        size,
        stratum: `${zoneOf(iris)}${size}`,
        share: Math.min(1, (inside.get(iris.code) ?? 0) / Math.max(1, persons)),
      };
    })
    .filter(({ persons }) => persons > 0);
  const strata = new Map<string, number>();
  for (const { stratum, persons } of frame)
    strata.set(stratum, (strata.get(stratum) ?? 0) + Math.round(0.82 * persons));
  const respondents: Respondent[] = [];
  let contacted = 0;
  const names = [...strata.keys()].sort();
  const total = [...strata.values()].reduce((a, b) => a + b, 0);
  const clusters = RESPONDENTS / A_CLUSTER;
  const wanted = names.map((name) => Math.max(2, Math.round((clusters * (strata.get(name) as number)) / total)));
  const largest = wanted.indexOf(Math.max(...wanted));
  wanted[largest] += clusters - wanted.reduce((a, b) => a + b, 0);
  for (const [s, stratum] of names.entries()) {
    const units = frame.filter((unit) => unit.stratum === stratum);
    const sum = units.reduce((all, { persons }) => all + persons, 0);
    const start = random();
    for (let k = 0; k < wanted[s]; k++) {
      // Systematic draw in proportion to size: a large unit may be met twice, as two clusters.
      let at = ((k + start) * sum) / wanted[s];
      const unit =
        units.find(({ persons }) => {
          at -= persons;
          return at < 0;
        }) ?? units[units.length - 1];
      const cluster = `${stratum}-${String(k + 1).padStart(3, "0")}`;
      const shift = practices.map(([name]) => practiceEffects[name].cluster * normal(random));
      for (let answered = 0; answered < A_CLUSTER; ) {
        contacted++;
        const qpv = random() < unit.share;
        const who = person(qpv, random);
        const rate = responseModel.bySize[unit.size] * (who.age < 30 ? responseModel.under30 : 1);
        if (random() >= rate) continue;
        answered++;
        const answers = practices.map(([name], i) => {
          const { constant, age, diploma, woman, qpv: effect } = practiceEffects[name];
          const odds =
            constant +
            age[practiceAgeClass(who.age)] +
            diploma[who.diploma - 1] +
            (who.woman ? woman : 0) +
            (qpv ? effect : 0) +
            shift[i];
          const answer = random() < logistic(odds) ? 1 : 0;
          return random() < itemGaps[unit.size] ? "" : answer;
        });
        respondents.push({
          stratum,
          cluster,
          iris: unit.iris,
          weight: (1 / rate) * Math.exp(0.22 * normal(random)),
          values: [
            stratum[0],
            unit.size,
            Number(qpv),
            who.woman ? 2 : 1,
            who.age,
            random() < 0.012 ? "" : who.diploma,
            random() < 0.02 ? "" : who.pcs,
            ...answers,
          ],
        });
      }
    }
  }
  return { respondents, strata, contacted };
}

/** `pratiques_2018.csv`: `;`, weights that add up to the persons of 15 or more of each stratum. */
export function writePracticeSurvey({ respondents, strata }: PracticeSurvey): string {
  const sums = new Map<string, number>();
  for (const { stratum, weight } of respondents) sums.set(stratum, (sums.get(stratum) ?? 0) + weight);
  const rows = respondents.map(({ stratum, cluster, iris, weight, values: [zone, size, ...rest] }, i) => [
    `P${String(i + 1).padStart(5, "0")}`,
    stratum,
    zone,
    size,
    cluster,
    rounded((weight * (strata.get(stratum) as number)) / (sums.get(stratum) as number), 4),
    iris.commune.code,
    ...rest,
  ]);
  const header = [
    "IDENT",
    "STRATE",
    "ZONE",
    "TUU",
    "GRAPPE",
    "POIDS",
    "COMMUNE",
    "QPV",
    "SEXE",
    "AGE",
    "DIPLOME",
    "PCS",
  ];
  return csv([...header, ...practices.map(([name]) => name.toUpperCase())], rows, { separator: ";" });
}

export function practiceTruths({ strata, contacted, respondents }: PracticeSurvey): string {
  const truth = {
    synthetique: true,
    definition: {
      modele:
        "logit = constante + âge (15-29, 30-44, 45-59, 60+) + diplôme + femme + quartier + effet normal de la grappe",
      sans_effet_de_quartier: "cinema",
      poids: "somme des poids d'une strate = personnes de 15 ans ou plus (82 % des habitants)",
    },
    effets: practiceEffects,
    reponse: responseModel,
    non_reponse_partielle: itemGaps,
    contactes: contacted,
    repondants: respondents.length,
    strates: Object.fromEntries(strata),
  };
  return `${JSON.stringify(truth, null, 1)}\n`;
}
