import { barriers, outings, practices } from "../enquete-pratiques.ts";
import { barrierGroup, barrierGroups, barrierProbabilities, walkOfOuting, wishProbability } from "./expectations.ts";
import { oddsOfProfiles, practiceEffects, practiceProfiles, type WalkTime } from "./practice-effects.ts";
import type { PracticeArea, PracticePopulation } from "./practice-population.ts";
import { adultsByMinutes, meanChance } from "./practice-rates.ts";

/** What is truly wanted of one outing, and what stands in the way. */
export interface ExpectationTruth {
  readonly name: string;
  /** Share who would have liked to go, or to go more often, by area. */
  readonly wishes: Float64Array;
  /** Share who wanted and did not go, by area. */
  readonly unmet: Float64Array;
  /** Of those who wanted and did not go: shares of the six barriers, inside and outside the neighbourhoods. */
  readonly barriersInside: Float64Array;
  readonly barriersOutside: Float64Array;
}

/** Exact wishes and barriers of every outing, computed on the whole population. */
export function expectationTruth({ areas }: PracticePopulation): readonly ExpectationTruth[] {
  return outings.map(([name]): ExpectationTruth => {
    const found = areas.map((area) => expectationsOf(area, name));
    const shares = (inside: boolean): Float64Array => {
      const sums = new Float64Array(barriers.length);
      for (const [i, { qpv }] of areas.entries())
        if ((qpv !== null) === inside) for (let b = 0; b < sums.length; b++) sums[b] += found[i].barriers[b];
      const all = sums.reduce((a, b) => a + b, 0);
      return sums.map((sum) => sum / all);
    };
    return {
      name,
      wishes: Float64Array.from(areas, ({ adults }, i) => found[i].wishes / adults),
      unmet: Float64Array.from(areas, ({ adults }, i) => found[i].unmet / adults),
      barriersInside: shares(true),
      barriersOutside: shares(false),
    };
  });
}

/** Expected persons of one area who wish, who wish and did not go, and these by barrier. */
function expectationsOf(area: PracticeArea, outing: string): { wishes: number; unmet: number; barriers: Float64Array } {
  const practice = practices.findIndex(([name]) => name === outing);
  const effect = practiceEffects[outing];
  const inside = area.qpv !== null;
  const place = (inside ? effect.qpv : 0) + area.effects[practice];
  const to = walkOfOuting[outing];
  const perMinute = (effect.walk?.per10Minutes ?? 0) / 10;
  const wished = [false, true].map((went) =>
    Float64Array.from(practiceProfiles, (profile) => wishProbability(outing, profile, went, inside)),
  );
  const sums = new Float64Array(barriers.length);
  let [wishes, unmet] = [0, 0];
  for (const [away, adults] of to === null ? [[0, area.adults] as const] : adultsByMinutes(area, to)) {
    const walks: Record<WalkTime, number> = { biblio: away, cinema: away, scene: away };
    const wanting = [0, 1, 2, 3].map(() => 0);
    for (const [i, profile] of practiceProfiles.entries()) {
      const persons = (area.cells[i] * adults) / area.adults;
      if (persons === 0) continue;
      const went = meanChance(oddsOfProfiles[practice][i] + place + perMinute * away, effect.cluster);
      const without = persons * (1 - went) * wished[0][i];
      wishes += without + persons * went * wished[1][i];
      unmet += without;
      wanting[barrierGroup(profile)] += without;
    }
    for (const [group, example] of barrierGroups.entries()) {
      const shares = barrierProbabilities(outing, example, walks, inside);
      for (let b = 0; b < sums.length; b++) sums[b] += wanting[group] * shares[b];
    }
  }
  return { wishes, unmet, barriers: sums };
}
