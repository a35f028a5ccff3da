import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber } from "../../codes/french.ts";
import { badCost, type CostMatrix } from "./cost-matrix.ts";

/** The trips of one working day: places of residence x places of work, in the same order as the main costs. */
export interface ShiftTrips {
  /** « 5 h – 13 h », for messages. */
  readonly name: string;
  /** From home, to be there when work starts. */
  readonly outward: CostMatrix;
  /** Back home once work is over, one row a home as well. */
  readonly back: CostMatrix;
}

/** Conditions of a pair besides its occupation and its cost; each is declared, none is guessed. */
export interface PairFilters {
  /** 1 for the cells whose seekers hold the licence, 1 for the offers that require it. A cell is of holders or of others: `splitByLicence`. */
  readonly licence?: { readonly held: Uint8Array; readonly required: Uint8Array };
  /**
   * Working hours: the shift of each offer (number in `shifts`), -1 where the offer does not say. Both trips must exist and be under the limit; the cost of
   * the pair is then that of the outward trip at its hour. "main": an offer without hours keeps the main cost (default); "remove": it has no pair.
   */
  readonly hours?: {
    readonly shiftOfOffer: Int32Array;
    readonly shifts: readonly ShiftTrips[];
    readonly unknown?: "main" | "remove";
  };
}

/** Pairs whose occupations match, by what became of them: each is counted once, under the first condition that it fails, in this order. */
export interface PairRemovals {
  /** The licence required is not held. */
  licence: number;
  /** The offer does not say its hours, and they were asked for. */
  unknownHours: number;
  /** No trip, or one too long, to be there on time. */
  outward: number;
  /** No trip back, or one too long: the last bus has left. */
  back: number;
  /** No hours said: the main cost is too high, or there is no journey. */
  cost: number;
  kept: number;
}

export const countRemovals = (): PairRemovals => ({
  ...{ licence: 0, unknownHours: 0, outward: 0, back: 0, cost: 0, kept: 0 },
});

interface Verdict {
  readonly reason: keyof PairRemovals;
  readonly cost: number;
}

/** A function that judges one pair: `at` is its place in the tables of costs, `journey` its main cost. Refuses columns and tables of other sizes. */
export function pairJudge(
  { licence, hours }: PairFilters,
  sizes: { readonly cells: number; readonly offers: number; readonly costs: CostMatrix; readonly mostCost: number },
): (cell: number, offer: number, at: number, journey: number) => Verdict {
  const { costs, mostCost } = sizes;
  check("permis des cellules", licence?.held.length ?? sizes.cells, sizes.cells);
  check("permis exigé des offres", licence?.required.length ?? sizes.offers, sizes.offers);
  check("horaires des offres", hours?.shiftOfOffer.length ?? sizes.offers, sizes.offers);
  for (const { name, outward, back } of hours?.shifts ?? [])
    for (const trips of [outward, back]) {
      check(`lieux de résidence de l'horaire ${name}`, trips.rows, costs.rows);
      check(`lieux de travail de l'horaire ${name}`, trips.columns, costs.columns);
      check(`coûts de l'horaire ${name}`, trips.values.length, costs.values.length);
    }
  const wrong = hours?.shiftOfOffer.find((shift) => !(shift >= -1 && shift < hours.shifts.length));
  if (wrong !== undefined)
    throw unfit("horaire d'une offre", wrong, `-1 ou un horaire de 0 à ${(hours?.shifts.length ?? 0) - 1}`);
  const possible = (cost: number): boolean => cost <= mostCost && cost < Number.POSITIVE_INFINITY;
  const tripCost = (trips: CostMatrix, at: number, name: string): number => {
    const cost = trips.values[at];
    if (!(cost >= 0)) throw badCost(cost, `horaire ${name}`);
    return cost;
  };
  return (cell, offer, at, journey) => {
    if (licence?.required[offer] && !licence.held[cell]) return { reason: "licence", cost: journey };
    const number = hours ? hours.shiftOfOffer[offer] : -1;
    const shift = hours?.shifts[number];
    if (!shift) {
      if (hours?.unknown === "remove") return { reason: "unknownHours", cost: journey };
      return { reason: possible(journey) ? "kept" : "cost", cost: journey };
    }
    const outward = tripCost(shift.outward, at, shift.name);
    if (!possible(outward)) return { reason: "outward", cost: outward };
    return { reason: possible(tripCost(shift.back, at, shift.name)) ? "kept" : "back", cost: outward };
  };
}

function check(what: string, value: number, expected: number): void {
  if (value !== expected) throw unfit(what, value, String(expected));
}

const unfit = (what: string, value: number, expected: string): QuartiersError =>
  new QuartiersError({ what: `Filtre de paires qui ne va pas\u00a0: ${what}`, value: String(value), expected });

/** What the filters took out, in words, for a page. */
export function explainRemovals({ licence, unknownHours, outward, back, cost, kept }: PairRemovals): readonly string[] {
  const tried = licence + unknownHours + outward + back + cost + kept;
  const lines: readonly (readonly [number, string])[] = [
    [licence, "le permis exigé manque"],
    [unknownHours, "l'offre ne dit pas ses horaires"],
    [outward, "aucun trajet assez court pour arriver à l'heure"],
    [back, "aucun trajet assez court pour rentrer"],
    [cost, "trajet impossible ou trop long"],
  ];
  const say = (count: number): string => frenchNumber(count);
  return [
    `${say(tried)} paires de métiers correspondants, ${say(kept)} possibles`,
    ...lines.filter(([count]) => count > 0).map(([count, why]) => `${say(count)} écartées\u00a0: ${why}`),
  ];
}
