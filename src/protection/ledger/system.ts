import type { Band } from "../solver/program.ts";
import { type Cell, type PopulationAtoms, populationAtoms } from "./population.ts";
import type { Publication, PublishedNumber } from "./publication.ts";
import { type Relation, relationsOf } from "./relations.ts";

/** A published number, and the line of the ledger that holds it. */
export interface Source {
  /** Index of its publication, from 0. */
  readonly line: number;
  readonly publication: string;
  readonly number: string;
}

/** One relation over the unknowns, with the number it comes from; null for what every reader knows without reading. */
export interface Line extends Band {
  readonly source: Source | null;
  /** Index of the publication that brought it. */
  readonly owner: number;
  /** True for "a hidden count is not zero", which holds for whoever knows that zeros are published. */
  readonly zeros: boolean;
}

/** One measure over one atom: a count of people, or a sum over them. */
export interface Unknown {
  readonly kind: "count" | "sum";
  readonly population: string;
  readonly measure: string;
  /** Index of the count of the same people, for a sum; -1 for a count. */
  readonly base: number;
  /** A sum that may be negative, since a negative value of its measure was published. */
  readonly signed: boolean;
}

/** A set of atoms over which one measure was published, or hidden. */
export interface PublishedSet {
  readonly kind: Unknown["kind"];
  readonly unknowns: readonly number[];
  readonly source: Source;
  readonly number: PublishedNumber;
  /** True for the people behind an amount or a rate, which the number itself does not count. */
  readonly behind: boolean;
}

export interface System {
  readonly unknowns: readonly Unknown[];
  readonly lines: readonly Line[];
  readonly sets: readonly PublishedSet[];
}

/**
 * Every published number written as relations over atoms. An unknown is a measure over a piece of territory and a group of classes; a
 * number adds the unknowns that its universe is made of. Where a population is classed in several ways, each piece has the same total in all.
 */
export function systemOf(publications: readonly Publication[]): System {
  const builder = new Builder(publications);
  publications.forEach(({ id, origin, secrecy, numbers }, line) => {
    for (const number of numbers) {
      builder.read({ line, publication: id, number: number.id }, number, origin === "release" ? secrecy.minUnits : 0);
    }
  });
  const keyOf = (unknowns: Iterable<number>): string => [...unknowns].join(" ");
  const told = new Set(
    builder.sets
      .filter(({ number, behind }) => !behind && number.kind === "count" && number.value !== null)
      .map(({ unknowns }) => keyOf(unknowns)),
  );
  // A hidden cell that another number tells may be told to be zero.
  const lines = builder.lines.filter(({ zeros, coefficients }) => !zeros || !told.has(keyOf(coefficients.keys())));
  return { unknowns: builder.unknowns, lines, sets: builder.sets };
}

class Builder {
  readonly unknowns: Unknown[] = [];
  readonly lines: Line[] = [];
  readonly sets: PublishedSet[] = [];
  readonly #publications: readonly Publication[];
  readonly #atoms = new Map<string, PopulationAtoms>();
  readonly #index = new Map<string, number>();
  readonly #tied = new Set<string>();
  readonly #signed: ReadonlySet<string>;

  constructor(publications: readonly Publication[]) {
    this.#publications = publications;
    this.#signed = new Set(
      publications.flatMap(({ numbers }) =>
        numbers
          .filter(({ value, rounding = 0, least = 0 }) => (value ?? 0) - rounding < 0 || least < 0)
          .map(({ population, measure }) => JSON.stringify([population, measure])),
      ),
    );
  }

  read(source: Source, number: PublishedNumber, floor: number): void {
    const { kind, population, measure, base = "" } = number;
    const atoms = this.#atomsOf(population);
    const cells = atoms.cellsOf(number);
    const bases = kind === "count" ? [] : this.#measured("count", population, base, cells);
    const own = kind === "count" || kind === "rate" ? "count" : "sum";
    const tops = this.#measured(own, population, measure, cells, bases);
    this.sets.push({ kind: own, unknowns: tops, source, number, behind: false });
    if (bases.length > 0) this.sets.push({ kind: "count", unknowns: bases, source, number, behind: true });
    for (const relation of relationsOf(number, tops, bases, floor)) this.#add(relation, source);
    if (kind === "count" && number.value === null && floor > 0) {
      const coefficients = new Map(tops.map((unknown) => [unknown, 1]));
      this.lines.push({
        coefficients,
        low: 1,
        high: Number.POSITIVE_INFINITY,
        source: null,
        owner: source.line,
        zeros: true,
      });
    }
  }

  #atomsOf(population: string): PopulationAtoms {
    const atoms = this.#atoms.get(population) ?? populationAtoms(population, this.#publications);
    this.#atoms.set(population, atoms);
    return atoms;
  }

  #measured(
    kind: Unknown["kind"],
    population: string,
    measure: string,
    cells: readonly Cell[],
    bases: readonly number[] = [],
  ): readonly number[] {
    return cells.map((cell, k) => {
      this.#tie(kind, population, measure, cell, bases[k] ?? -1);
      return this.#unknown(kind, population, measure, cell, bases[k] ?? -1);
    });
  }

  #unknown(kind: Unknown["kind"], population: string, measure: string, cell: Cell, base: number): number {
    const key = JSON.stringify([kind, population, measure, cell.place, cell.crossing, cell.group]);
    const at = this.#index.get(key) ?? this.unknowns.length;
    if (at === this.unknowns.length) {
      this.#index.set(key, at);
      const signed = kind === "sum" && this.#signed.has(JSON.stringify([population, measure]));
      this.unknowns.push({ kind, population, measure, base: kind === "sum" ? base : -1, signed });
    }
    return at;
  }

  /** The people of a piece are as many in any crossing as in the first. */
  #tie(kind: Unknown["kind"], population: string, measure: string, { place, crossing }: Cell, base: number): void {
    const key = JSON.stringify([kind, population, measure, place, crossing]);
    if (crossing === 0 || this.#tied.has(key)) return;
    this.#tied.add(key);
    const { groups } = this.#atomsOf(population);
    const coefficients = new Map<number, number>();
    for (const [at, sign] of [[0, 1] as const, [crossing, -1] as const]) {
      for (let group = 0; group < (groups[at] ?? 0); group++) {
        const cell = { place, crossing: at, group };
        const own = kind === "sum" ? this.#countOf(population, base, cell) : -1;
        coefficients.set(this.#unknown(kind, population, measure, cell, own), sign);
      }
    }
    this.lines.push({ coefficients, low: 0, high: 0, source: null, owner: -1, zeros: false });
  }

  /** The count, in another cell, of the same base. */
  #countOf(population: string, base: number, cell: Cell): number {
    const measure = this.unknowns[base]?.measure ?? "";
    this.#tie("count", population, measure, cell, -1);
    return this.#unknown("count", population, measure, cell, -1);
  }

  #add({ coefficients, low, high, known }: Relation, source: Source): void {
    if (coefficients.size === 0) return;
    this.lines.push({ coefficients, low, high, source: known ? null : source, owner: source.line, zeros: false });
  }
}
