import { QuartiersError } from "../../codes/errors.ts";
import type { Foyers } from "./foyers.ts";
import { links, type SeedHouseholds, tenures } from "./seed-households.ts";

export interface FoyerOptions {
  /** A reference person under 25 without partner nor child: "may-claim" (default; it does not live with its parents) or "depends" (still on their tax return: no claim of its own). */
  readonly youngAlone?: "may-claim" | "depends";
  /**
   * How the household's disposable income is shared among its foyers. "by-adult" (default): each reference person, partner or person of 25 and over brings the same.
   * "by-unit": in proportion to the consumption units that each foyer would have alone.
   */
  readonly sharing?: "by-adult" | "by-unit";
}

const [reference, partner] = [links.indexOf("reference"), links.indexOf("partner")];
const free = tenures.indexOf("free");

/**
 * Splits seed households into foyers C2S (R861-2 CSS): the reference person, the partner and all others under 25 make one; each other person of 25 and over is a foyer
 * alone, housed by the household. What a census does not know (tax returns, alternating custody) is supposed: see the options. Foyers come in the order of the
 * households, that of the reference person first. Refuses a household that is empty, does not begin with its reference person, or has two partners. O(persons).
 * @example
 * ```ts
 * const seed = { households: 1, weight: Float64Array.of(1), tenure: Uint8Array.of(1), type: Uint8Array.of(3), start: Int32Array.of(0, 3),
 *   age: Uint8Array.of(52, 27, 16), link: Uint8Array.of(0, 2, 2), employed: Uint8Array.of(0, 1, 0) };
 * const foyers = splitFoyers(seed);
 * [[...foyers.persons], [...foyers.incomeShare], [...foyers.householdUnits]] // [ [ 2, 1 ], [ 0.5, 0.5 ], [ 2, 2 ] ]
 * ```
 */
export function splitFoyers(seed: SeedHouseholds, options: FoyerOptions = {}): Foyers {
  const { youngAlone = "may-claim", sharing = "by-adult" } = options;
  const { households, start, age, link, employed, tenure } = seed;
  let size = 0;
  for (let h = 0; h < households; h++) {
    checkHousehold(seed, h);
    size++;
    for (let k = start[h] + 1; k < start[h + 1]; k++) if (isAlone(link[k], age[k])) size++;
  }
  const foyers = emptyFoyers(size);
  let next = 0;
  for (let h = 0; h < households; h++) {
    const first = next++;
    const units = { household: 1, foyer: 1, alone: 0 };
    foyers.household[first] = h;
    foyers.age[first] = age[start[h]];
    foyers.tenure[first] = tenure[h];
    foyers.persons[first] = 1;
    foyers.earners[first] = employed[start[h]];
    for (let k = start[h] + 1; k < start[h + 1]; k++) {
      const unit = age[k] >= 14 ? 0.5 : 0.3;
      units.household += unit;
      if (isAlone(link[k], age[k])) {
        units.alone++;
        const own = next++;
        foyers.household[own] = h;
        foyers.age[own] = age[k];
        foyers.tenure[own] = free;
        foyers.persons[own] = 1;
        foyers.earners[own] = employed[k];
        foyers.mayClaim[own] = 1;
        continue;
      }
      units.foyer += unit;
      foyers.persons[first]++;
      if (link[k] === partner) {
        foyers.couple[first] = 1;
        foyers.earners[first] += employed[k];
      } else if (age[k] <= 2) foyers.children0to2[first]++;
      else if (age[k] <= 13) foyers.children3to13[first]++;
      else if (age[k] <= 19) foyers.children14to19[first]++;
      else foyers.children20to24[first]++;
    }
    foyers.mayClaim[first] = youngAlone === "depends" && foyers.age[first] < 25 && foyers.persons[first] === 1 ? 0 : 1;
    const mine = sharing === "by-adult" ? 1 + foyers.couple[first] : units.foyer;
    foyers.incomeShare.fill(1 / (mine + units.alone), first, next);
    foyers.incomeShare[first] = mine / (mine + units.alone);
    foyers.householdUnits.fill(Math.round(units.household * 10) / 10, first, next);
  }
  return foyers;
}

/** A person who makes a foyer alone. */
const isAlone = (link: number, age: number): boolean => link !== partner && age >= 25;

function checkHousehold({ start, link, age }: SeedHouseholds, h: number): void {
  const [begin, end] = [start[h], start[h + 1]];
  let partners = 0;
  for (let k = begin + 1; k < end; k++) if (link[k] === partner) partners++;
  if (end > begin && link[begin] === reference && partners <= 1 && end <= age.length) return;
  throw new QuartiersError({
    what: "Ménage de départ impossible",
    value: `${end - begin} personnes, ${partners} conjoints`,
    where: `ménage ${h + 1}`,
    expected: "une personne de référence d'abord, un conjoint au plus",
  });
}

const emptyFoyers = (size: number): Foyers => ({
  foyers: size,
  household: new Int32Array(size),
  persons: new Uint8Array(size),
  couple: new Uint8Array(size),
  children0to2: new Uint8Array(size),
  children3to13: new Uint8Array(size),
  children14to19: new Uint8Array(size),
  children20to24: new Uint8Array(size),
  earners: new Uint8Array(size),
  age: new Uint8Array(size),
  tenure: new Uint8Array(size),
  mayClaim: new Uint8Array(size),
  householdUnits: new Float64Array(size),
  incomeShare: new Float64Array(size),
});
