import type { Random } from "../../codes/random.ts";
import { foyersOf, householdUnits, plantedRights, type thresholdsByKind } from "./c2s-rights.ts";
import { foyerPersons } from "./foyer-budgets.ts";
import type { InventedHousehold } from "./invented-households.ts";

/** Persons of foyers that have a right by their RSA, free by their resources, with participation. */
type ByRight = [rsa: number, free: number, participation: number];

/** Persons counted in an area, all schemes and in the general scheme. */
export interface C2sTally {
  persons: number;
  insured: number;
  readonly eligible: ByRight;
  readonly covered: ByRight;
  readonly eligibleGeneral: ByRight;
  readonly coveredGeneral: ByRight;
}

/** What is planted in an area: probability that an eligible foyer takes up each right, share of the foyers in the general scheme. */
export interface C2sOfArea {
  readonly takeUp: Readonly<ByRight>;
  readonly general: number;
}

export const emptyTally = (): C2sTally => ({
  persons: 0,
  insured: 0,
  eligible: [0, 0, 0],
  covered: [0, 0, 0],
  eligibleGeneral: [0, 0, 0],
  coveredGeneral: [0, 0, 0],
});

/** Compares each foyer's share of the household's income with its thresholds, draws its scheme and its take-up, and counts its persons in the tallies. */
export function countHousehold(
  random: Random,
  household: InventedHousehold,
  standard: number,
  { takeUp, general }: C2sOfArea,
  thresholds: ReturnType<typeof thresholdsByKind>,
  tallies: readonly C2sTally[],
): void {
  const disposable = standard * householdUnits(household);
  for (const { kind, share } of foyersOf(household)) {
    const persons = foyerPersons(kind);
    const [isGeneral, draw] = [random() < general, random()];
    const right = thresholds(kind).findIndex((threshold) => disposable * share < threshold);
    for (const tally of tallies) {
      tally.persons += persons;
      if (isGeneral) tally.insured += persons;
      if (right < 0) continue;
      const takes = draw < takeUp[right];
      tally.eligible[right] += persons;
      if (takes) tally.covered[right] += persons;
      if (isGeneral) tally.eligibleGeneral[right] += persons;
      if (isGeneral && takes) tally.coveredGeneral[right] += persons;
    }
  }
}

/** Persons with the free C2S, by RSA or by resources, and with participation. */
export const freeAndPaying = ([rsa, free, participation]: Readonly<ByRight>): readonly [
  free: number,
  paying: number,
] => [rsa + free, participation];

const rightNames = { rsa: "rsa", free: "gratuite_hors_rsa", participation: "participation" } as const;

/** One area in the truth file: what was planted, who has a right, who is covered. */
export function tallyTruth({ takeUp, general }: C2sOfArea, tally: C2sTally): Readonly<Record<string, unknown>> {
  const named = (values: Readonly<ByRight>): Record<string, number> =>
    Object.fromEntries(plantedRights.map((right, i) => [rightNames[right], values[i]]));
  const sum = (values: Readonly<ByRight>): number => values[0] + values[1] + values[2];
  const rate = (covered: number, eligible: number): number | null =>
    eligible === 0 ? null : Number((1 - covered / eligible).toFixed(6));
  const [eligibleFree, eligiblePaying] = freeAndPaying(tally.eligible);
  const [coveredFree, coveredPaying] = freeAndPaying(tally.covered);
  return {
    recours_plante: named(takeUp.map((p) => Number(p.toFixed(6))) as ByRight),
    part_du_regime_general: Number(general.toFixed(6)),
    personnes: tally.persons,
    personnes_du_regime_general: tally.insured,
    eligibles: named(tally.eligible),
    couverts: named(tally.covered),
    eligibles_du_regime_general: named(tally.eligibleGeneral),
    couverts_du_regime_general: named(tally.coveredGeneral),
    eligibles_sans_participation: eligibleFree,
    eligibles_avec_participation: eligiblePaying,
    couverts_sans_participation: coveredFree,
    couverts_avec_participation: coveredPaying,
    non_recours: {
      ensemble: rate(sum(tally.covered), sum(tally.eligible)),
      sans_participation: rate(coveredFree, eligibleFree),
      avec_participation: rate(coveredPaying, eligiblePaying),
      regime_general: rate(sum(tally.coveredGeneral), sum(tally.eligibleGeneral)),
    },
  };
}
