import { logistic, type PracticeProfile, type WalkTime } from "./practice-effects.ts";
import type { Walks } from "./walking.ts";

/** Planted log-odds of the wish to go, or to go more often. */
export interface WishEffects {
  readonly constant: number;
  /** Of those who went in the last twelve months. */
  readonly practised: number;
  readonly age: readonly [number, number, number, number];
  readonly diploma: readonly [number, number, number, number];
  readonly qpv: number;
}

const age = [0, -0.15, -0.3, -0.8] as const;
const diploma = [0, 0.2, 0.4, 0.6] as const;

/** More wish for concerts in the neighbourhoods, and no other effect of them. */
export const wishEffects: Readonly<Record<string, WishEffects>> = {
  biblio: { constant: -2, practised: 1.3, age, diploma, qpv: 0 },
  cinema: { constant: -0.7, practised: 0.9, age, diploma, qpv: 0 },
  musee: { constant: -1.5, practised: 1.3, age, diploma, qpv: 0 },
  theatre: { constant: -1.6, practised: 1.2, age, diploma, qpv: 0 },
  concert: { constant: -0.8, practised: 1, age, diploma, qpv: 0.25 },
};

/** Planted weights of the barriers, in the order of their codes, for each outing; and what multiplies them, as logarithms. */
export const barrierModel = {
  weights: {
    biblio: [0.02, 0.35, 0.15, 0.2, 0.1, 0.18],
    cinema: [0.4, 0.22, 0.12, 0.06, 0.06, 0.14],
    musee: [0.15, 0.3, 0.2, 0.08, 0.12, 0.15],
    theatre: [0.28, 0.22, 0.16, 0.08, 0.14, 0.12],
    concert: [0.35, 0.2, 0.17, 0.06, 0.1, 0.12],
  } as Readonly<Record<string, readonly number[]>>,
  priceInNeighbourhoods: 0.4,
  timeOfThoseAtWork: 0.5,
  distancePer10Minutes: 0.2,
  placeInNeighbourhoods: 0.4,
  placeWithoutDiploma: 0.4,
} as const;

/** The walk that counts as distance for an outing; none is known for the museum. */
export const walkOfOuting: Readonly<Record<string, WalkTime | null>> = {
  biblio: "biblio",
  cinema: "cinema",
  musee: null,
  theatre: "scene",
  concert: "scene",
};

/** Probability of the wish. */
export function wishProbability(outing: string, profile: PracticeProfile, practised: boolean, qpv: boolean): number {
  const effect = wishEffects[outing];
  return logistic(
    effect.constant +
      (practised ? effect.practised : 0) +
      effect.age[profile.age] +
      effect.diploma[profile.diploma] +
      (qpv ? effect.qpv : 0),
  );
}

/** Barriers depend on who one is by work and by diploma only: four groups of profiles. */
export const barrierGroup = ({ occupation, diploma }: PracticeProfile): number =>
  (occupation < 4 ? 2 : 0) + (diploma === 0 ? 1 : 0);
/** A profile of each group. */
export const barrierGroups: readonly PracticeProfile[] = [0, 1, 2, 3].map((group) => ({
  woman: false,
  age: 0,
  diploma: group % 2 === 1 ? 0 : 1,
  occupation: group >= 2 ? 0 : 5,
}));

/** Probabilities of the six barriers of someone who wants and did not go. */
export function barrierProbabilities(
  outing: string,
  profile: PracticeProfile,
  walks: Walks,
  qpv: boolean,
): readonly number[] {
  const walk = walkOfOuting[outing];
  const logs = [
    qpv ? barrierModel.priceInNeighbourhoods : 0,
    profile.occupation < 4 ? barrierModel.timeOfThoseAtWork : 0,
    walk === null ? 0 : (barrierModel.distancePer10Minutes * walks[walk]) / 10,
    0,
    (qpv ? barrierModel.placeInNeighbourhoods : 0) + (profile.diploma === 0 ? barrierModel.placeWithoutDiploma : 0),
    0,
  ];
  const weights = barrierModel.weights[outing].map((weight, i) => weight * Math.exp(logs[i]));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
