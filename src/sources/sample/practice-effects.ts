import { practices } from "../enquete-pratiques.ts";
import { rounded } from "./writing.ts";

/** Places to which the survey says how long one walks. */
export const walkTimes = ["biblio", "cinema", "scene"] as const;
export type WalkTime = (typeof walkTimes)[number];

/**
 * Planted log-odds of one practice. Age by class (15-29, 30-44, 45-59, 60 and over), diploma from none to higher, woman, occupation
 * (PCS 3 to 8), priority neighbourhood, walk.
 */
export interface PracticeEffects {
  /** At no walk. */
  readonly constant: number;
  readonly age: readonly [number, number, number, number];
  readonly diploma: readonly [number, number, number, number];
  readonly woman: number;
  readonly occupation: readonly [number, number, number, number, number, number];
  readonly qpv: number;
  /** Spread (standard deviation) of the own effects of the priority neighbourhoods. */
  readonly neighbourhood: number;
  /** Spread of the effects of the clusters. */
  readonly cluster: number;
  /** Effect of ten minutes of walk, and to which place; absent when walking has no effect. */
  readonly walk?: { readonly to: WalkTime; readonly per10Minutes: number };
}

type Four = readonly [number, number, number, number];

/** Spread of the neighbourhoods for every practice that is not a planted « no difference ». */
export const NEIGHBOURHOOD_SPREAD = 0.35;

/** `slope`: from no diploma to a higher one; `rank`: from employees to managers, workers half as far on the other side. */
const effects = (
  constant: number,
  age: Four,
  slope: number,
  woman: number,
  rank: number,
  qpv: number,
  cluster: number,
  walk?: PracticeEffects["walk"],
): PracticeEffects => ({
  constant,
  age,
  diploma: [0, rounded(0.45 * slope, 3), rounded(0.85 * slope, 3), rounded(1.4 * slope, 3)],
  woman,
  occupation: [rank, rounded(rank / 2, 3), 0, rank === 0 ? 0 : rounded(-rank / 2, 3), 0, 0],
  qpv,
  neighbourhood: cluster === 0 ? 0 : NEIGHBOURHOOD_SPREAD,
  cluster,
  ...(walk ? { walk } : {}),
});

const flat = [0, -0.1, -0.2, -0.35] as const;
const young = [0, -0.5, -0.9, -1.5] as const;
const old = [0, 0.5, 0.9, 1.2] as const;

/**
 * Three practices are the variants: neither the neighbourhood nor the cluster has any effect on cinema, comics and the press, and a model must be
 * able to say so. Nearly everybody watches television. Walking weighs on the library, the theatre and the concert only.
 */
export const practiceEffects: Readonly<Record<string, PracticeEffects>> = {
  biblio: effects(-0.85, [0, -0.5, -0.8, -1], 0.8, 0.45, 0, 0.1, 0.3, { to: "biblio", per10Minutes: -0.3 }),
  cinema: effects(0.45, young, 1, 0, 0, 0, 0, { to: "cinema", per10Minutes: 0 }),
  musee: effects(-1.4, flat, 1.1, 0.05, 0.4, -0.35, 0.25),
  expo: effects(-1.5, flat, 1.1, 0.1, 0.4, -0.35, 0.25),
  patrimoine: effects(-0.8, flat, 1, 0, 0, -0.3, 0.25),
  theatre: effects(-1.85, flat, 1.1, 0.25, 0.4, -0.5, 0.3, { to: "scene", per10Minutes: -0.15 }),
  concert: effects(-0.85, young, 0.8, 0, 0.3, -0.25, 0.2, { to: "scene", per10Minutes: -0.1 }),
  danse: effects(-2.4, flat, 0.8, 0.5, 0, -0.2, 0.2),
  cirque: effects(-2.2, [0, 0.4, -0.2, -0.9], 0.2, 0.15, 0, -0.1, 0.2),
  festival: effects(-1.1, young, 0.7, 0, 0, -0.3, 0.25),
  livre: effects(0, [0, 0.1, 0.1, 0.2], 1.1, 0.7, 0.3, -0.15, 0.15),
  bd: effects(-0.5, young, 0.7, -0.4, 0, 0, 0),
  presse: effects(-1, old, 0.4, -0.15, 0, 0, 0),
  jeuxvideo: effects(1.1, [0, -0.7, -1.4, -2.1], -0.1, -0.3, 0, 0.1, 0.1),
  musique_q: effects(1.6, [0, -0.6, -1.1, -1.9], 0.1, 0, 0, 0.1, 0.1),
  tele_q: effects(3, old, -0.5, 0.1, 0, 0.25, 0.1),
  amateur: effects(-0.6, young, 0.7, 0.1, 0, -0.2, 0.2),
};

/** Index of the age class. */
export const practiceAgeClass = (age: number): number => (age < 30 ? 0 : age < 45 ? 1 : age < 60 ? 2 : 3);

/** Who a person is, as far as practices depend on it: indexes of classes, from 0. */
export interface PracticeProfile {
  readonly woman: boolean;
  /** 15-29, 30-44, 45-59, 60 and over. */
  readonly age: number;
  /** None, CAP or brevet, baccalauréat, higher. */
  readonly diploma: number;
  /** PCS 3 to 8: managers, intermediate, employees, workers, retired, others. */
  readonly occupation: number;
}

/** All profiles, occupation fastest: the joint cells of the invented population. */
export const practiceProfiles: readonly PracticeProfile[] = [false, true].flatMap((woman) =>
  [0, 1, 2, 3].flatMap((age) =>
    [0, 1, 2, 3].flatMap((diploma) => [0, 1, 2, 3, 4, 5].map((occupation) => ({ woman, age, diploma, occupation }))),
  ),
);

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Log-odds of a profile before place and walk. */
export const profileOdds = (effect: PracticeEffects, { woman, age, diploma, occupation }: PracticeProfile): number =>
  effect.constant +
  effect.age[age] +
  effect.diploma[diploma] +
  (woman ? effect.woman : 0) +
  effect.occupation[occupation];

/** Log-odds of each practice (row) for each profile (column), before place and walk. */
export const oddsOfProfiles: readonly Float64Array[] = practices.map(([name]) =>
  Float64Array.from(practiceProfiles, (profile) => profileOdds(practiceEffects[name], profile)),
);
