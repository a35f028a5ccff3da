import type { Publication, PublishedNumber } from "../../../src/protection/ledger/publication.ts";

/** A number, the zone it counts, and whether a reader knows that it is not zero. */
interface Told {
  readonly number: PublishedNumber;
  readonly zone: readonly number[];
}

/** What an attacker that shares nothing with the project finds by trying every table of whole numbers. */
export interface Everything {
  /** False when no table fits. */
  readonly possible: boolean;
  /** Whether something is known that the contract forbids: an atom, a set minus another, or a hidden cell. */
  readonly exposed: boolean;
}

/**
 * Tries all counts of a few units, from 0 to `top`; one of the numbers must bound them all. Counts only.
 * A set is exposed when its values stay under the threshold and are not all 0; a hidden cell also when one value is left, or when it may be under the
 * threshold and never 0. Zeros are known to be published, but for the last question.
 */
export function tryEveryTable(
  publications: readonly Publication[],
  units: readonly string[],
  top: number,
  threshold: number,
): Everything {
  const zones = new Map(publications.flatMap(({ universes }) => universes.map(({ name, members }) => [name, members])));
  const told = publications.flatMap(({ numbers }) =>
    numbers.map((number): Told => {
      const members = zones.get(number.universe) ?? [];
      return { number, zone: units.flatMap((unit, k) => (members.includes(unit) ? [k] : [])) };
    }),
  );
  const sets = new Map<string, readonly number[]>();
  const addSet = (set: readonly number[]): void => void (set.length > 0 && sets.set(set.join(), set));
  for (const { zone } of told) {
    for (const { zone: other } of told) addSet(zone.filter((k) => !other.includes(k)));
  }
  for (const k of units.keys()) {
    const inside = told.map(({ zone }) => zone.includes(k));
    addSet([...units.keys()].filter((other) => told.every(({ zone }, i) => zone.includes(other) === inside[i])));
  }
  const hidden = told.filter(({ number }) => number.value === null);
  const shown = new Set(told.filter(({ number }) => number.value !== null).map(({ zone }) => zone.join()));
  const knowing = new Map<string, Set<number>>();
  const ignorant = new Map<string, Set<number>>();
  const sum = (values: readonly number[], set: readonly number[]): number =>
    set.reduce((total, k) => total + (values[k] ?? 0), 0);
  const note = (into: Map<string, Set<number>>, key: string, value: number): void => {
    const seen = into.get(key) ?? new Set();
    into.set(key, seen.add(value));
  };
  const values = units.map(() => 0);
  const visit = (at: number): void => {
    if (at < units.length) {
      for (let value = 0; value <= top; value++) {
        values[at] = value;
        visit(at + 1);
      }
      return;
    }
    const fits = told.every(
      ({ number, zone }) =>
        number.value === null || Math.abs(sum(values, zone) - number.value) <= (number.rounding ?? 0),
    );
    if (!fits) return;
    for (const { zone } of hidden) note(ignorant, zone.join(), sum(values, zone));
    note(ignorant, "any", 0);
    if (hidden.some(({ zone }) => !shown.has(zone.join()) && sum(values, zone) === 0)) return;
    for (const [key, set] of sets) note(knowing, key, sum(values, set));
    for (const { zone } of hidden) note(knowing, `hidden ${zone.join()}`, sum(values, zone));
  };
  visit(0);
  const ringExposed = [...sets.keys()].some((key) => {
    const seen = [...(knowing.get(key) ?? [])];
    const most = Math.max(...seen);
    return most > 0 && most < threshold;
  });
  const cellExposed = hidden.some(({ zone }) => {
    if (shown.has(zone.join())) return false;
    const seen = [...(knowing.get(`hidden ${zone.join()}`) ?? [])];
    const without = [...(ignorant.get(zone.join()) ?? [])];
    const least = Math.min(...seen);
    return seen.length < 2 || Math.max(...seen) < threshold || (Math.min(...without) > 0 && least < threshold);
  });
  return { possible: ignorant.has("any"), exposed: ringExposed || cellExposed };
}
