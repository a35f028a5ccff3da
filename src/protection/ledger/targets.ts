import type { PublishedNumber } from "./publication.ts";
import type { PublishedSet, System } from "./system.ts";

/** Something that a reader may want to know: the count or the amount of a set of atoms. */
export interface Target {
  readonly kind: "count" | "sum";
  readonly unknowns: readonly number[];
  /** The hidden cell that it is, or null for a set that no number tells. */
  readonly hidden: PublishedSet | null;
  /** In words: « QPV 2024 sans QPV 2015 ». */
  readonly name: string;
}

/**
 * Hidden cells, atoms, and every published set minus another one of the same measure that it overlaps.
 * A hidden cell that another number tells in clear is no longer hidden.
 * @param touched unknowns of which something new may be learnt
 */
export function targetsOf(system: System, touched: ReadonlySet<number>): readonly Target[] {
  const targets = new Map<string, Target>();
  const add = (target: Target): void => {
    const key = target.unknowns.join(" ");
    const before = targets.get(key);
    // Of two hidden cells over one set, the one that may be small binds.
    const binds = target.hidden !== null && target.hidden.number.secondary !== true;
    if (target.unknowns.length > 0 && (before === undefined || before.hidden === null || binds))
      targets.set(key, target);
  };
  const sets = system.sets.filter(({ unknowns }) => unknowns.some((unknown) => touched.has(unknown)));
  const told = new Set(sets.filter(({ number, behind }) => number.value !== null && !behind).map(tellingOf));
  const holding = new Map<number, PublishedSet[]>();
  for (const set of sets)
    for (const unknown of set.unknowns) holding.set(unknown, [...(holding.get(unknown) ?? []), set]);
  for (const [unknown, around] of holding) {
    if (!touched.has(unknown)) continue;
    const [smallest] = around.toSorted((a, b) => a.unknowns.length - b.unknowns.length);
    if (smallest === undefined) continue;
    const whole = smallest.unknowns.length === 1;
    add({
      kind: smallest.kind,
      unknowns: [unknown],
      hidden: null,
      name: `${whole ? "" : "une partie de "}${setName(smallest.number)}`,
    });
  }
  const seen = new Set<string>();
  for (const one of sets) {
    const own = new Set(one.unknowns);
    const met = new Set(one.unknowns.flatMap((unknown) => holding.get(unknown) ?? []));
    for (const other of met) {
      const pair = `${keyOf(one.unknowns)}/${keyOf(other.unknowns)}`;
      if (seen.has(pair)) continue;
      seen.add(pair);
      const taken = new Set(other.unknowns);
      const ring = [...own].filter((unknown) => !taken.has(unknown));
      if (ring.length === own.size) continue;
      add({
        kind: one.kind,
        unknowns: sorted(ring),
        hidden: null,
        name: `${setName(one.number)} sans ${setName(other.number)}`,
      });
    }
  }
  for (const set of sets) {
    if (set.behind || set.number.value !== null || told.has(tellingOf(set))) continue;
    add({ kind: set.kind, unknowns: sorted(set.unknowns), hidden: set, name: setName(set.number) });
  }
  return [...targets.values()];
}

const sorted = (unknowns: readonly number[]): readonly number[] => [...unknowns].sort((a, b) => a - b);
const keyOf = (unknowns: readonly number[]): string => sorted(unknowns).join(" ");

/** Kind of number and set: what another number may tell in clear. */
const tellingOf = ({ number, unknowns }: PublishedSet): string => `${number.kind} ${keyOf(unknowns)}`;

const setName = ({ universe, classes = {} }: PublishedNumber): string =>
  `«\u202f${[universe, ...Object.entries(classes).map(([name, labels]) => `${name}\u00a0: ${labels.join(" ou ")}`)].join(", ")}\u202f»`;
