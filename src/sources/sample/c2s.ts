import { normal, type Random, weightedIndex } from "../../codes/random.ts";
import { thresholdsByKind } from "./c2s-rights.ts";
import { type C2sOfArea, type C2sTally, countHousehold, emptyTally, freeAndPaying } from "./c2s-tally.ts";
import type { SampleZones } from "./grow-zones.ts";
import type { SampleIndicators } from "./indicators.ts";
import { livingStandards, priorityShifts, throughDeciles } from "./living-standards.ts";
import type { PriorityPopulation } from "./priority-households.ts";
import { stream } from "./stream.ts";
import { csv } from "./writing.ts";

/** What is true of the C2S in one area, a neighbourhood or the rest of a commune: read by tests only. */
export interface C2sTruth {
  readonly code: string;
  readonly planted: C2sOfArea;
  readonly tally: C2sTally;
}

/** Persons counted in each IRIS. */
export type IrisTallies = Map<string, C2sTally>;

/** Planted take-up of the three rights (median of the areas), how much areas differ (log odds), and the share of the foyers in the general scheme. */
export const takeUpModel = {
  inside: { takeUp: [0.85, 0.69, 0.33], general: [0.8, 0.95] },
  outside: { takeUp: [0.8, 0.62, 0.28], general: [0.78, 0.93] },
  spread: 0.25,
  reluctant: 0.04,
} as const;

/** A count of persons under eleven is written `s`: the strictest rule known, since the provider's own is not published. */
export const C2S_THRESHOLD = 11;
export const C2S_YEAR = 2021;
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const logit = (p: number): number => Math.log(p / (1 - p));

/** Draws what is planted in an area: one effect moves its three rights together. */
export function plantArea(random: Random, where: "inside" | "outside"): C2sOfArea {
  const { takeUp, general } = takeUpModel[where];
  const effect = takeUpModel.spread * normal(random);
  const [rsa, free, paying] = takeUp.map((p) => logistic(logit(p) + effect));
  return { takeUp: [rsa, free, paying], general: general[0] + (general[1] - general[0]) * random() };
}

/** The tally of an IRIS, made when it is met first. */
export function tallyOf(tallies: IrisTallies, code: string): C2sTally {
  const tally = tallies.get(code) ?? emptyTally();
  tallies.set(code, tally);
  return tally;
}

/** The neighbourhoods: every household's standard of living, the rights of its foyers, its take-up, and the IRIS where it lives. */
export function makeC2s(
  indicators: readonly SampleIndicators[],
  populations: readonly PriorityPopulation[],
  { homes }: Pick<SampleZones, "homes">,
  iris: IrisTallies,
  seed: number,
): readonly C2sTruth[] {
  const reluctant = [...indicators]
    .sort((a, b) => a.qpv.population - b.qpv.population)
    .slice(0, 5)
    .map(({ qpv }) => qpv.code);
  const random = stream(seed, "c2s des quartiers");
  const thresholds = thresholdsByKind();
  const irisOf = irisOfNeighbourhoods({ homes });
  return indicators.map(({ qpv: { code }, income }, i) => {
    const drawn = plantArea(random, "inside");
    const [rsa, free] = drawn.takeUp;
    const planted = reluctant.includes(code)
      ? { ...drawn, takeUp: [rsa, free, takeUpModel.reluctant] as const }
      : drawn;
    const { households } = populations[i];
    const standards = livingStandards(random, households, priorityShifts, throughDeciles(income));
    const tally = emptyTally();
    const places = irisOf.get(code) ?? { codes: [], persons: [] };
    households.forEach((household, h) => {
      const home = tallyOf(iris, places.codes[weightedIndex(random, places.persons)]);
      countHousehold(random, household, standards[h], planted, thresholds, [tally, home]);
    });
    return { code, planted, tally };
  });
}

/** The IRIS of each neighbourhood, with its inhabitants there, counted by squares. */
function irisOfNeighbourhoods({
  homes,
}: Pick<SampleZones, "homes">): ReadonlyMap<string, { readonly codes: string[]; readonly persons: number[] }> {
  const found = new Map<string, { codes: string[]; persons: number[] }>();
  for (const [{ inside }, { code }] of homes)
    for (const { qpv, persons } of inside) {
      const own = found.get(qpv.code) ?? { codes: [], persons: [] };
      const at = own.codes.indexOf(code);
      if (at < 0) {
        own.codes.push(code);
        own.persons.push(persons);
      } else own.persons[at] += persons;
      found.set(qpv.code, own);
    }
  return found;
}

/** `c2s_qpv.csv`: persons covered on 1 January, all schemes, small counts written `s`. */
export function writeC2s(rows: readonly C2sTruth[]): string {
  const shown = (persons: number): string | number => (persons > 0 && persons < C2S_THRESHOLD ? "s" : persons);
  const lines = rows.map(({ code, tally }) => {
    const [free, paying] = freeAndPaying(tally.covered);
    return [code, C2S_YEAR, shown(free), shown(paying)];
  });
  return csv(["code_qp", "annee", "sans_participation", "avec_participation"], lines, { separator: ";" });
}
