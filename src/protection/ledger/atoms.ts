import type { Universe } from "./publication.ts";

/** Atoms of a family of universes. */
export interface Atoms {
  /** Base units of each atom. */
  readonly units: readonly (readonly string[])[];
  /** Atoms of which each universe is the disjoint union. */
  readonly of: ReadonlyMap<string, readonly number[]>;
}

/**
 * Groups base units that belong to exactly the same universes: the finest pieces that differences of published numbers can reach.
 * At most min(n, 2^m) atoms for n units and m universes; linear in the number of memberships.
 *
 * @example
 * ```ts
 * atomsOf([{ name: "2015", members: ["a", "b"] }, { name: "2024", members: ["a", "b", "c"] }]).units
 * // [["a", "b"], ["c"]]
 * ```
 */
export function atomsOf(universes: readonly Universe[]): Atoms {
  const signature = new Map<string, number[]>();
  universes.forEach(({ members }, index) => {
    for (const unit of new Set(members)) {
      const seen = signature.get(unit);
      if (seen) seen.push(index);
      else signature.set(unit, [index]);
    }
  });
  const groups = new Map<string, { readonly units: string[]; readonly inside: readonly number[] }>();
  for (const [unit, inside] of signature) {
    const key = inside.join(" ");
    const group = groups.get(key);
    if (group) group.units.push(unit);
    else groups.set(key, { units: [unit], inside });
  }
  const of = universes.map((): number[] => []);
  const units = [...groups.values()].map((group, atom) => {
    for (const index of group.inside) of[index]?.push(atom);
    return group.units;
  });
  return { units, of: new Map(universes.map(({ name }, index) => [name, of[index] ?? []])) };
}
