import { atomsOf } from "./atoms.ts";
import type { Publication, PublishedNumber } from "./publication.ts";
import type { Band } from "./whole-points.ts";

/** A published number and the publication that holds it. */
export interface Source {
  readonly publication: string;
  readonly number: string;
}

/** One relation over the unknowns, with the number it comes from; null for what every reader knows without reading. */
export interface Line extends Band {
  readonly source: Source | null;
}

/** One measure over one atom; `hidden` when it is the whole of a hidden cell. */
export interface Unknown {
  readonly kind: "count" | "sum";
  readonly measure: string;
  readonly unit: string;
  readonly atom: number | null;
  /** Index of the count of the same atom, for a sum. */
  readonly base: number;
  readonly hidden: Source | null;
}

export interface System {
  readonly unknowns: readonly Unknown[];
  readonly lines: readonly Line[];
}

/** Every published number written as relations over atoms: those of all universes that some number uses. */
export function systemOf(publications: readonly Publication[]): System {
  const used = new Set(publications.flatMap(({ numbers }) => numbers.map(({ universe }) => universe)));
  const universes = new Map(
    publications.flatMap((publication) => publication.universes.map((u) => [u.name, u] as const)),
  );
  const atoms = atomsOf([...universes.values()].filter(({ name }) => used.has(name)));
  const unknowns: Unknown[] = [];
  const index = new Map<string, number>();
  const lines: Line[] = [];
  const unknown = (kind: Unknown["kind"], measure: string, unit: string, atom: number, base = -1): number => {
    const key = JSON.stringify([kind, measure, unit, atom]);
    const at = index.get(key) ?? unknowns.length;
    if (at === unknowns.length) unknowns.push({ kind, measure, unit, atom, base, hidden: null });
    index.set(key, at);
    return at;
  };
  const add = (source: Source | null, coefficients: ReadonlyMap<number, number>, low: number, high: number): void => {
    lines.push({ source, coefficients, low, high });
  };
  const read = (publication: string, number: PublishedNumber): void => {
    const { kind, measure, unit, value, rounding = 0, n, per = 1 } = number;
    const source = { publication, number: number.id };
    const inside = atoms.of.get(number.universe) ?? [];
    const bases = kind === "count" ? [] : inside.map((atom) => unknown("count", number.base ?? "", unit, atom));
    const tops = inside.map((atom, k) =>
      unknown(kind === "count" || kind === "rate" ? "count" : "sum", measure, unit, atom, bases[k] ?? -1),
    );
    const total = new Map(tops.map((at) => [at, 1]));
    // A rate is the share of a part in its whole, atom by atom.
    if (kind === "rate") {
      for (const [k, top] of tops.entries()) {
        const share = new Map([[top, 1]]);
        share.set(bases[k] ?? -1, -1);
        add(null, share, Number.NEGATIVE_INFINITY, 0);
      }
    }
    if (n !== undefined) add(source, new Map(bases.map((at) => [at, 1])), n, n);
    if (value === null) {
      if (kind !== "count" && kind !== "sum") return;
      const at = unknowns.length;
      unknowns.push({ kind, measure, unit, atom: null, base: -1, hidden: source });
      add(null, new Map([[at, 1], ...tops.map((top) => [top, -1] as const)]), 0, 0);
    } else if (kind === "count" || kind === "sum") add(source, total, value - rounding, value + rounding);
    else if (n !== undefined) add(source, total, ((value - rounding) * n) / per, ((value + rounding) * n) / per);
    else
      for (const edge of rounding === 0 ? [0] : [-1, 1]) {
        const ratio = value + edge * rounding;
        const scale = 10 ** decimals(ratio);
        const rows = new Map(tops.map((at) => [at, per * scale]));
        for (const at of bases) rows.set(at, (rows.get(at) ?? 0) - Math.round(ratio * scale));
        add(source, rows, edge === 1 ? Number.NEGATIVE_INFINITY : 0, edge === -1 ? Number.POSITIVE_INFINITY : 0);
      }
  };
  for (const { id, numbers } of publications) for (const number of numbers) read(id, number);
  return { unknowns, lines };
}

/** Decimals written, at most 6. */
function decimals(value: number): number {
  let count = 0;
  while (count < 6 && Math.abs(value * 10 ** count - Math.round(value * 10 ** count)) > 1e-9) count++;
  return count;
}

/** Connected parts of the system that a publication touches: the others cannot teach more than they did. */
export function touchedBy({ unknowns, lines }: System, publication: string): readonly (readonly Line[])[] {
  const parent = unknowns.map((_, k) => k);
  const root = (k: number): number => {
    let at = k;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at;
      at = parent[at] ?? at;
    }
    return at;
  };
  for (const { coefficients } of lines) {
    const [first = 0, ...others] = coefficients.keys();
    for (const other of others) parent[root(other)] = root(first);
  }
  // A sum is judged by the count of the same units.
  unknowns.forEach(({ base }, k) => {
    if (base >= 0) parent[root(k)] = root(base);
  });
  const rootOf = ({ coefficients }: Line): number => root([...coefficients.keys()][0] ?? 0);
  const touched = new Set(unknowns.flatMap(({ hidden }, k) => (hidden?.publication === publication ? [root(k)] : [])));
  for (const line of lines)
    if (line.source?.publication === publication && line.coefficients.size > 0) touched.add(rootOf(line));
  return [...touched].map((at) => lines.filter((line) => line.coefficients.size > 0 && rootOf(line) === at));
}
