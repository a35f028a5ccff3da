import type { Publication } from "./publication.ts";
import { settle } from "./settle.ts";
import { systemOf } from "./system.ts";

/** The ledger in figures, for the chapter on transparency. */
export interface LedgerOverview {
  readonly publications: number;
  /** Of which totals known from elsewhere. */
  readonly public: number;
  /** Of which published in spite of what they expose, with a signed reason. */
  readonly overrides: number;
  readonly numbers: number;
  readonly hidden: number;
  readonly zones: number;
  /** Measures over atoms: what all the numbers together are equations on. */
  readonly atoms: number;
  readonly relations: number;
  /** Atoms that subtraction alone gives. */
  readonly settled: number;
}

/**
 * Counts publications, numbers, zones, atoms and relations of a ledger. Complexity: that of writing the system of all publications.
 * @example
 * ```ts
 * overview([]).publications // 0
 * ```
 */
export function overview(publications: readonly Publication[]): LedgerOverview {
  const system = systemOf(publications);
  const numbers = publications.flatMap((one) => one.numbers);
  return {
    publications: publications.length,
    public: publications.filter(({ origin }) => origin === "public").length,
    overrides: publications.filter(({ override }) => override !== undefined).length,
    numbers: numbers.length,
    hidden: numbers.filter(({ value }) => value === null).length,
    zones: new Set(publications.flatMap(({ universes }) => universes.map(({ name }) => name))).size,
    atoms: system.unknowns.length,
    relations: system.lines.length,
    settled: settle(system, system.lines.keys()).known.size,
  };
}
