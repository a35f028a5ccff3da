import { QuartiersError } from "../../codes/errors.ts";
import { normalCdf, normalQuantile } from "../uncertainty/normal.ts";
import { type PlacementFactor, placementCategory, placementFactors } from "./placement.ts";
import { placementGroups } from "./seed-households.ts";

/** Published poverty rates (0 to 1, of persons) by category of each factor that is known; a factor left out makes no difference between households. */
export type PovertyRates = Readonly<Partial<Record<PlacementFactor, readonly number[]>>>;

export interface PlacementShiftsInput {
  /** Persons by group in the population of the published rates (not of one area). */
  readonly groupPersons: Float64Array;
  readonly rates: PovertyRates;
  /** Rate of the whole population; by default that of the first factor. */
  readonly overall?: number;
}

export interface PlacementShifts {
  /** Of each of the 30 groups; their mean over persons is 0. */
  readonly shifts: Float64Array;
  /** Rates that the shifts give back for the population, category by category: those published, once each factor is brought to the overall rate. */
  readonly reproduced: PovertyRates;
  /** What was added to the probits of each factor's published rates so that they agree on the overall rate. */
  readonly adjustments: Readonly<Partial<Record<PlacementFactor, number>>>;
}

/**
 * Shifts of the groups of placement from one-way poverty rates. The score of a group is additive over the factors: P(poor | g) = Phi(c + a(type) + b(tenure) + d(age)), shift
 * = -(a + b + d). Effects are solved so that every one-way rate is reproduced over the population's own crossing of the factors (what tenure explains is not
 * counted again in age): a probit fitted to margins, by cycles of Newton on one category at a time, which converge since the problem is convex. Published factors seldom
 * agree on the total: each is first moved by one constant on the probit. Interactions are not known, and supposed nil. Refuses rates out of ]0, 1[. O(cycles x groups).
 * @example
 * ```ts
 * const groupPersons = new Float64Array(30).fill(1);
 * const { shifts } = placementShifts({ groupPersons, rates: { tenure: [0.1, 0.3] }, overall: 0.2 });
 * [shifts[0].toFixed(3), shifts[3].toFixed(3)] // [ "0.379", "-0.379" ]
 * ```
 */
export function placementShifts({ groupPersons, rates, overall }: PlacementShiftsInput): PlacementShifts {
  const factors = (Object.keys(placementFactors) as PlacementFactor[]).filter((factor) => rates[factor] !== undefined);
  const persons = groupPersons.reduce((sum, count) => sum + count, 0);
  if (groupPersons.length !== placementGroups || !(persons > 0))
    throw new QuartiersError({
      what: "Population du placement absente",
      value: String(persons),
      expected: `des personnes dans ${placementGroups} groupes`,
    });
  const margins = factors.map((factor) => margin(factor, rates[factor] ?? [], groupPersons));
  const total = overall ?? (margins[0] ? meanRate(margins[0]) : 0.5);
  checkRate(total, "ensemble");
  const agreed = margins.map((one) => agree(one, total));
  const centre = normalQuantile(total);
  const score = new Float64Array(placementGroups).fill(centre);
  for (let cycle = 0; cycle < 500; cycle++) {
    let largest = 0;
    for (const { members, persons: held, rates: wanted } of agreed)
      members.forEach((groups, category) => {
        if (held[category] === 0) return;
        largest = Math.max(largest, moveTo(score, groups, groupPersons, wanted[category] * held[category]));
      });
    if (largest < 1e-13) break;
  }
  const reproduced = agreed.map(({ factor, members, persons: held }) => [
    factor,
    members.map((groups, category) => {
      let poor = 0;
      for (const g of groups) poor += groupPersons[g] * normalCdf(score[g]);
      return held[category] === 0 ? Number.NaN : poor / held[category];
    }),
  ]);
  let mean = 0;
  for (let g = 0; g < placementGroups; g++) mean += (groupPersons[g] * score[g]) / persons;
  return {
    shifts: score.map((value) => mean - value),
    reproduced: Object.fromEntries(reproduced) as PovertyRates,
    adjustments: Object.fromEntries(agreed.map(({ factor, moved }) => [factor, moved])),
  };
}

interface Margin {
  readonly factor: PlacementFactor;
  readonly members: readonly (readonly number[])[];
  readonly persons: readonly number[];
  readonly rates: readonly number[];
}

function margin(factor: PlacementFactor, rates: readonly number[], groupPersons: Float64Array): Margin {
  const size = placementFactors[factor];
  if (rates.length !== size)
    throw new QuartiersError({
      what: "Taux de pauvreté d'un facteur incomplets",
      value: `${factor}\u00a0: ${rates.length}`,
      expected: `${size} taux`,
    });
  for (const rate of rates) checkRate(rate, factor);
  const members = rates.map((_, category) =>
    [...groupPersons.keys()].filter((g) => placementCategory[factor](g) === category),
  );
  const persons = members.map((groups) => groups.reduce((sum, g) => sum + groupPersons[g], 0));
  return { factor, members, persons, rates };
}

const meanRate = ({ persons, rates }: Pick<Margin, "persons" | "rates">): number => {
  const total = persons.reduce((sum, count) => sum + count, 0);
  return persons.reduce((sum, count, category) => sum + (count * rates[category]) / total, 0);
};

/** Moves all rates of a factor by one constant of the probit until their mean is the overall rate. */
function agree(one: Margin, total: number): Margin & { readonly moved: number } {
  const probits = one.rates.map(normalQuantile);
  const moved = bisect((move) => meanRate({ ...one, rates: probits.map((z) => normalCdf(z + move)) }) - total);
  return { ...one, rates: probits.map((z) => normalCdf(z + moved)), moved };
}

/** Adds one number to the scores of some groups so that their poor persons are as wanted; gives back how far it went. */
function moveTo(score: Float64Array, groups: readonly number[], persons: Float64Array, wanted: number): number {
  const move = bisect((by) => {
    let poor = 0;
    for (const g of groups) if (persons[g] > 0) poor += persons[g] * normalCdf(score[g] + by);
    return poor - wanted;
  });
  for (const g of groups) score[g] += move;
  return Math.abs(move);
}

/** Root of an increasing function between -12 and 12, by Illinois' false position. */
function bisect(gapAt: (x: number) => number): number {
  let [low, high] = [-12, 12];
  let [gapLow, gapHigh] = [gapAt(low), gapAt(high)];
  const atZero = gapAt(0);
  if (atZero === 0) return 0;
  if (atZero < 0) [low, gapLow] = [0, atZero];
  else [high, gapHigh] = [0, atZero];
  let side = 0;
  for (let turn = 0; turn < 200 && high - low > 1e-15; turn++) {
    const middle = turn % 3 === 2 ? (low + high) / 2 : (low * gapHigh - high * gapLow) / (gapHigh - gapLow);
    const gap = gapAt(middle);
    if (gap === 0) return middle;
    if (gap < 0) {
      [low, gapLow] = [middle, gap];
      if (side < 0) gapHigh /= 2;
      side = -1;
    } else {
      [high, gapHigh] = [middle, gap];
      if (side > 0) gapLow /= 2;
      side = 1;
    }
  }
  return (low + high) / 2;
}

function checkRate(rate: number, where: string): void {
  if (!(rate > 0 && rate < 1))
    throw new QuartiersError({
      what: "Taux de pauvreté impossible pour un placement",
      value: String(rate),
      where,
      expected: "une part strictement entre 0 et 1 (et non un pourcentage)",
    });
}
