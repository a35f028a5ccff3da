import type { CommuneSpread } from "./commune-spread.ts";

/** Communes that are computed as one. */
export interface CommuneClass {
  readonly members: readonly CommuneSpread[];
  readonly persons: number;
  readonly meanSize: number;
  readonly median: number;
  readonly d1: number;
  readonly d9: number;
}

/** Communes whose median (3 %), D1 / median (0.04), D9 / median (0.15) and mean size (0.2) are the same to rounding, at their persons-weighted means. */
export function communeClasses(communes: readonly CommuneSpread[], imputedD1: number): readonly CommuneClass[] {
  const classes = new Map<string, CommuneSpread[]>();
  for (const given of communes) {
    const commune = given.spread === "imputed" ? { ...given, d1: Math.min(given.d1 * imputedD1, given.median) } : given;
    const { median, d1, d9 } = commune;
    const key = [
      Math.round(Math.log(median) / 0.03),
      Math.round(d1 / median / 0.04),
      Math.round(d9 / median / 0.15),
      roundedSize(commune.meanSize),
    ].join(" ");
    classes.set(key, [...(classes.get(key) ?? []), commune]);
  }
  return [...classes.values()].map((members) => {
    const persons = members.reduce((sum, one) => sum + one.persons, 0);
    const mean = (ofCommune: (one: CommuneSpread) => number): number =>
      members.reduce((sum, one) => sum + one.persons * ofCommune(one), 0) / persons;
    return {
      members,
      persons,
      meanSize: roundedSize(members[0]?.meanSize ?? 2.2),
      median: mean(({ median }) => median),
      d1: mean(({ d1 }) => d1),
      d9: mean(({ d9 }) => d9),
    };
  });
}

const roundedSize = (size: number): number => Math.min(Math.max(Math.round(size * 5) / 5, 1.4), 3.4);
