import { expect, it } from "vitest";
import { Part } from "../../../src/protection/ledger/exposures.ts";
import type { Publication } from "../../../src/protection/ledger/publication.ts";
import { systemOf } from "../../../src/protection/ledger/system.ts";

/** A small generator of its own, so that the tables do not depend on the project. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it("determines the atoms that a search of all whole tables determines", () => {
  let yes = 0;
  let no = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const random = draws(seed);
    const units = ["a", "b", "c", "d"];
    const truth = units.map(() => Math.floor(random() * 5));
    const sets = [units, ...Array.from({ length: 3 }, () => units.filter(() => random() < 0.5))].filter(
      (set) => set.length > 0,
    );
    const sum = (values: readonly number[], set: readonly string[]): number =>
      set.reduce((total, unit) => total + (values[units.indexOf(unit)] ?? 0), 0);
    const roundings = sets.map(() => (random() < 0.3 ? 1 : 0));
    const publication: Publication = {
      id: "p",
      date: "2026-01-01",
      origin: "release",
      totals: [],
      universes: sets.map((members, i) => ({ name: `u${i}`, members })),
      numbers: sets.map((set, i) => ({
        id: `n${i}`,
        kind: "count",
        measure: "m",
        unit: "u",
        universe: `u${i}`,
        value: sum(truth, set),
        rounding: roundings[i] ?? 0,
      })),
    };
    const system = systemOf([publication]);
    const seen = new Map<string, Set<number>>();
    // Atoms by the definition: same membership in every set.
    const atoms = [...new Set(units.map((unit) => JSON.stringify(sets.map((set) => set.includes(unit)))))].map((key) =>
      units.filter((unit) => JSON.stringify(sets.map((set) => set.includes(unit))) === key),
    );
    const top = sum(truth, units) + 1;
    for (let code = 0; code < (top + 1) ** 4; code++) {
      const values = units.map((_, k) => Math.floor(code / (top + 1) ** k) % (top + 1));
      if (!sets.every((set, i) => Math.abs(sum(values, set) - sum(truth, set)) <= (roundings[i] ?? 0))) continue;
      for (const atom of atoms) {
        const values2 = seen.get(atom.join()) ?? new Set<number>();
        seen.set(atom.join(), values2.add(sum(values, atom)));
      }
    }
    const part = new Part(system, system.lines);
    const ours = part.unknowns.map((unknown) => part.determined(unknown));
    const theirs = atoms.map((atom) => seen.get(atom.join())?.size === 1);
    expect(ours.map(String).sort(), `graine ${seed}`).toEqual(theirs.map(String).sort());
    yes += theirs.filter(Boolean).length;
    no += theirs.filter((is) => !is).length;
  }
  expect(Math.min(yes, no)).toBeGreaterThan(50);
});
