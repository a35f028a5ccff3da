import { normal, type Random, seededRandom, weightedIndex } from "../../../src/codes/random.ts";
import { c2sCeiling } from "../../../src/models/benefits/c2s-ceiling.ts";
import type { Foyers } from "../../../src/models/microsimulation/foyers.ts";
import type { RightThresholds } from "../../../src/models/microsimulation/right-thresholds.ts";
import type { SeedHouseholds } from "../../../src/models/microsimulation/seed-households.ts";

/** One invented household, before it becomes columns. */
export interface InventedHousehold {
  readonly type: number;
  readonly tenure: number;
  readonly persons: readonly { readonly age: number; readonly link: number; readonly employed: number }[];
}

/** Draws a household: its type by `types`, then its persons, then its tenure. */
export function inventHousehold(random: Random, types: readonly number[]): InventedHousehold {
  const type = weightedIndex(random, types);
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const employed = (age: number): number => (age >= 18 && age < 64 && random() < 0.62 ? 1 : 0);
  const adult = (low: number, high: number, link: number) => {
    const age = between(low, high);
    return { age, link, employed: employed(age) };
  };
  const oldest = type === 2 || type === 3 ? 58 : 88;
  const persons = [adult(type === 0 ? 19 : 22, oldest, 0)];
  const head = persons[0].age;
  const bounded = (age: number): number => Math.min(95, Math.max(18, age));
  if (type === 1 || type === 2 || (type === 4 && random() < 0.6)) {
    const age = bounded(head + Math.round(3 * normal(random)));
    persons.push({ age, link: 1, employed: employed(age) });
  }
  if (type >= 2) {
    const children = type === 4 ? between(0, 3) : between(1, 4);
    for (let c = 0; c < children; c++) {
      const age = Math.max(0, Math.min(34, between(0, head - 18)));
      persons.push({ age, link: 2, employed: employed(age) });
    }
    if (type === 4) persons.push(adult(19, 80, 3));
  }
  const tenure = weightedIndex(random, head > 45 ? [0.45, 0.35, 0.17, 0.03] : [0.2, 0.42, 0.34, 0.04]);
  return { type, tenure, persons };
}

/** Households in columns. */
export function seedOf(households: readonly InventedHousehold[], weight?: Float64Array): SeedHouseholds {
  const start = new Int32Array(households.length + 1);
  households.forEach(({ persons }, h) => {
    start[h + 1] = start[h] + persons.length;
  });
  const all = households.flatMap(({ persons }) => persons);
  return {
    households: households.length,
    weight: weight ?? new Float64Array(households.length).fill(1),
    tenure: Uint8Array.from(households, ({ tenure }) => tenure),
    type: Uint8Array.from(households, ({ type }) => type),
    start,
    age: Uint8Array.from(all, ({ age }) => age),
    link: Uint8Array.from(all, ({ link }) => link),
    employed: Uint8Array.from(all, ({ employed }) => employed),
  };
}

/** Types of an ordinary town: alone, couple, couple with children, lone parent, complex. */
export const ordinaryTypes = [0.36, 0.25, 0.22, 0.11, 0.06] as const;

export function inventSeed(size: number, seed: number, types: readonly number[] = ordinaryTypes): SeedHouseholds {
  const random = seededRandom(seed);
  const households = Array.from({ length: size }, () => inventHousehold(random, types));
  return seedOf(
    households,
    Float64Array.from({ length: size }, () => 1 + 2 * random()),
  );
}

/** Thresholds without any bridge: the ceilings of the law over the units of the household, as if resources were the share of disposable income. */
export function plainThresholds(foyers: Foyers, date = "2021-01-01"): RightThresholds {
  const column = (eurYear: (persons: number) => number): Float64Array =>
    Float64Array.from(foyers.persons, (persons, f) =>
      foyers.mayClaim[f] === 1 ? eurYear(persons) / foyers.incomeShare[f] / foyers.householdUnits[f] : 0,
    );
  return {
    rsa: column((persons) => 0.55 * c2sCeiling({ date, persons }).freeEurYear),
    free: column((persons) => c2sCeiling({ date, persons }).freeEurYear),
    participation: column((persons) => c2sCeiling({ date, persons }).participationEurYear),
  };
}
