import { QuartiersError } from "../../codes/errors.ts";
import type { Foyers } from "./foyers.ts";
import { placementGroupOf } from "./placement.ts";
import type { RightThresholds } from "./right-thresholds.ts";
import type { SeedHouseholds } from "./seed-households.ts";

/**
 * What eligibility needs of the seed, made once for all areas and replicates: each distinct threshold once, and for each foyer the places of its own. Plain columns:
 * threads can share them.
 */
export interface EligibilityTable {
  readonly households: number;
  /** Persons of each household. */
  readonly persons: Uint8Array;
  /** Group of placement of each household. */
  readonly groups: Uint8Array;
  /** Distinct thresholds, increasing, EUR a year and consumption unit. */
  readonly thresholds: Float64Array;
  /** Foyers of household h: from foyerStart[h] to foyerStart[h + 1] - 1. */
  readonly foyerStart: Int32Array;
  /** Persons of each foyer; 0 when it may not claim. */
  readonly foyerPersons: Uint8Array;
  /** Place in `thresholds` of each foyer's own. */
  readonly rsa: Uint16Array;
  readonly free: Uint16Array;
  readonly participation: Uint16Array;
}

export interface EligibilityTableInput {
  readonly seed: SeedHouseholds;
  readonly foyers: Pick<Foyers, "foyers" | "household" | "persons" | "mayClaim">;
  readonly thresholds: RightThresholds;
}

/**
 * Prepares seed, foyers and thresholds for `eligiblePersons`. Refuses thresholds that are absent, negative or not in order (RSA, free, participation), and more than 65 535
 * distinct ones. O(foyers log foyers).
 * @example
 * ```ts
 * const seed = { households: 1, weight: Float64Array.of(1), tenure: Uint8Array.of(1), type: Uint8Array.of(0), start: Int32Array.of(0, 1),
 *   age: Uint8Array.of(52), link: Uint8Array.of(0), employed: Uint8Array.of(0) };
 * const foyers = { foyers: 1, household: Int32Array.of(0), persons: Uint8Array.of(1), mayClaim: Uint8Array.of(1) };
 * const thresholds = { rsa: Float64Array.of(6000), free: Float64Array.of(9700), participation: Float64Array.of(13000) };
 * const made = eligibilityTable({ seed, foyers, thresholds });
 * [[...made.thresholds], made.free[0]] // [ [ 6000, 9700, 13000 ], 1 ]
 * ```
 */
export function eligibilityTable({ seed, foyers, thresholds }: EligibilityTableInput): EligibilityTable {
  const { rsa, free, participation } = thresholds;
  for (const column of [rsa, free, participation])
    if (column.length !== foyers.foyers)
      throw new QuartiersError({
        what: "Seuils trop courts ou trop longs",
        value: String(column.length),
        expected: `${foyers.foyers} foyers`,
      });
  for (let f = 0; f < foyers.foyers; f++)
    if (!(rsa[f] >= 0 && free[f] >= rsa[f] && participation[f] >= free[f]))
      throw new QuartiersError({
        what: "Seuils d'un foyer absents, négatifs ou en désordre",
        value: `${rsa[f]} ; ${free[f]} ; ${participation[f]}`,
        where: `foyer ${f + 1}`,
        expected: "0 <= RSA <= gratuite <= avec participation, en EUR par an et par unité de consommation",
      });
  const sorted = new Float64Array(3 * foyers.foyers);
  sorted.set(rsa);
  sorted.set(free, foyers.foyers);
  sorted.set(participation, 2 * foyers.foyers);
  sorted.sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  if (distinct.length > 0xffff)
    throw new QuartiersError({
      what: "Trop de seuils différents",
      value: String(distinct.length),
      expected: "65 535 au plus",
      remedy: "arrondir les seuils à l'euro",
    });
  const places = new Map<number, number>();
  distinct.forEach((value, place) => {
    places.set(value, place);
  });
  const placesOf = (column: Float64Array): Uint16Array => Uint16Array.from(column, (value) => places.get(value) ?? 0);
  const foyerStart = new Int32Array(seed.households + 1);
  for (let f = 0; f < foyers.foyers; f++) foyerStart[foyers.household[f] + 1]++;
  for (let h = 0; h < seed.households; h++) foyerStart[h + 1] += foyerStart[h];
  return {
    households: seed.households,
    persons: Uint8Array.from({ length: seed.households }, (_, h) => seed.start[h + 1] - seed.start[h]),
    groups: placementGroupOf(seed),
    thresholds: distinct,
    foyerStart,
    foyerPersons: foyers.persons.map((count, f) => count * foyers.mayClaim[f]),
    rsa: placesOf(rsa),
    free: placesOf(free),
    participation: placesOf(participation),
  };
}
