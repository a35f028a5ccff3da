import { type Random, weightedIndex } from "../../codes/random.ts";
import { TRAJECTORY_MONTHS, trajectoryStates } from "../trajectoires.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { stream } from "./stream.ts";
import { csv } from "./writing.ts";

const PERSONS = 2_400;

/** Planted: log-odds of going from unemployment to a job in a month. */
export const returnModel = {
  constante: -2.6,
  accompagnement: 0.4,
  permis: 0.35,
  quartier: -0.25,
  femme: -0.1,
  age_par_an_apres_35: -0.02,
  diplome: [0, 0.2, 0.35, 0.6],
  par_mois: -0.02,
} as const;

/** Planted: closer follow-up is not given at random. */
export const followUpModel = { constante: -0.2, bac_ou_plus: 0.6, quartier: -0.5 } as const;

/** Monthly chances of leaving each state, other than from unemployment to a job, to the states in their order. */
const moves: Readonly<Record<string, readonly number[]>> = {
  emploi: [0.97, 0.003, 0.002, 0.022, 0.003],
  interim: [0.06, 0.76, 0.01, 0.16, 0.01],
  formation: [0.09, 0.03, 0.7, 0.16, 0.02],
  chomage: [0, 0.05, 0.03, 0.905, 0.015],
  inactivite: [0.01, 0.005, 0.015, 0.04, 0.93],
};

/** Share of the persons who leave the file before the end, at a month drawn evenly. */
const LOST = 0.22;

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

function path(odds: (month: number) => number, random: Random): string[] {
  const last = random() < LOST ? 2 + Math.floor(random() * (TRAJECTORY_MONTHS - 2)) : TRAJECTORY_MONTHS;
  const months = ["chomage"];
  for (let month = 1; month < TRAJECTORY_MONTHS; month++) {
    const now = months[month - 1];
    const hired = now === "chomage" && random() < logistic(odds(month));
    const next = hired ? "emploi" : trajectoryStates[weightedIndex(random, moves[now])];
    months.push(next);
  }
  return months.map((state, i) => (i < last ? state : ""));
}

/** `trajectoires.csv`: everyone starts unemployed; an empty month is after the last observation. */
export function writeTrajectories(qpvs: readonly SampleQpv[], seed: number): string {
  const random = stream(seed, "trajectoires");
  const weights = qpvs.map(({ population }) => population);
  const rows = Array.from({ length: PERSONS }, (_, i) => {
    const qpv = random() < 0.45 ? qpvs[weightedIndex(random, weights)].code : "";
    const inside = Number(qpv !== "");
    const woman = Number(random() < 0.48);
    const age = 18 + Math.floor(random() ** 1.3 * 44);
    const diploma = 1 + weightedIndex(random, inside ? [0.4, 0.32, 0.16, 0.12] : [0.18, 0.35, 0.22, 0.25]);
    const licence = Number(random() < (inside ? 0.52 : 0.74));
    const follow =
      followUpModel.constante + (diploma > 2 ? followUpModel.bac_ou_plus : 0) + followUpModel.quartier * inside;
    const followed = Number(random() < logistic(follow));
    const fixed =
      returnModel.constante +
      returnModel.accompagnement * followed +
      returnModel.permis * licence +
      returnModel.quartier * inside +
      returnModel.femme * woman +
      returnModel.age_par_an_apres_35 * Math.max(0, age - 35) +
      returnModel.diplome[diploma - 1];
    const months = path((month) => fixed + returnModel.par_mois * month, random);
    return [`T${String(i + 1).padStart(5, "0")}`, qpv, 1 + woman, age, diploma, licence, followed, ...months];
  });
  const months = Array.from({ length: TRAJECTORY_MONTHS }, (_, i) => `m${String(i + 1).padStart(2, "0")}`);
  return csv(["id", "code_qp", "sexe", "age", "diplome", "permis", "accompagnement", ...months], rows, {
    separator: ";",
  });
}

export const trajectoryTruths = (): string =>
  `${JSON.stringify(
    {
      synthetique: true,
      definition: {
        retour:
          "chaque mois passé au chômage : logit(probabilité d'être en emploi le mois suivant) = somme des effets ; mois compté de 1",
        censure: `${100 * LOST} % des personnes quittent le fichier à un mois tiré au hasard, sans lien avec le retour`,
        accompagnement: "logit(probabilité) = constante + baccalauréat ou plus + quartier",
      },
      retour: returnModel,
      accompagnement: followUpModel,
      passages: moves,
    },
    null,
    1,
  )}\n`;
