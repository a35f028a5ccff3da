import { sha256 } from "../../../src/engine/hash.ts";
import { appendToLedger, type Ledger, readLedger } from "../../../src/protection/ledger/ledger.ts";
import type { Hash } from "../../../src/protection/ledger/lines.ts";
import type { Publication, PublishedNumber, Universe } from "../../../src/protection/ledger/publication.ts";
import { highsSolver } from "../../../src/protection/solver/highs.ts";
import type { Solver } from "../../../src/protection/solver/program.ts";

export const options: { readonly hash: Hash; readonly solver: Solver } = { hash: sha256, solver: await highsSolver() };

export const empty: Ledger = readLedger("", sha256);

export const count = (
  id: string,
  universe: string,
  value: number | null,
  more: Partial<PublishedNumber> = {},
): PublishedNumber => ({
  id,
  kind: "count",
  population: "ménages, 2024",
  measure: "ménages",
  universe,
  value,
  ...more,
});

/** A mean income with its number of households. */
export const mean = (
  id: string,
  universe: string,
  value: number | null,
  more: Partial<PublishedNumber> = {},
): PublishedNumber => count(id, universe, value, { kind: "mean", measure: "revenus", base: "ménages", ...more });

export const publication = (
  id: string,
  universes: readonly Universe[],
  numbers: readonly PublishedNumber[],
  more: Partial<Publication> = {},
): Publication => ({
  id,
  date: "2026-11-24",
  origin: "release",
  secrecy: { unit: "ménage", minUnits: 11 },
  universes,
  numbers,
  totals: [],
  ...more,
});

export const zone = (name: string, ...members: readonly string[]): Universe => ({ name, members });

/** The ledger after these publications, in order. */
export const ledgerOf = (...publications: readonly Publication[]): Ledger =>
  publications.reduce((ledger, one) => appendToLedger(ledger, one, options).ledger, empty);

/** A small generator of its own, so that the tables do not depend on the project. */
export function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
