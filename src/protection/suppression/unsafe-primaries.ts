import type { Solver } from "../solver/program.ts";
import type { AdditiveSystem } from "./additive-system.ts";
import type { Primary } from "./primaries.ts";
import { Deviations, needAgainst, type Reader, readersOf } from "./reader.ts";

/** A primary that a reader of the pattern confines too closely. */
export interface Unsafe {
  readonly primary: Primary;
  readonly reader: Reader;
  readonly need: number;
  /** True when only whole numbers give it away: in real numbers its interval is wide enough. */
  readonly inWholeNumbers: boolean;
}

/**
 * The primaries whose interval a reader can narrow below what was promised, once the pattern is applied: by linear programs, then, for counts that pass, in
 * whole numbers. Readers: anybody, and each contributor alone in some cell. For small tables; large ones have witnesses.
 */
export function unsafePrimaries(
  system: AdditiveSystem,
  primaries: readonly Primary[],
  hide: ArrayLike<number>,
  solver: Solver,
): readonly Unsafe[] {
  const shares = new Float64Array(system.values.length);
  for (let k = 0; k < hide.length; k++) shares[hide[k] ?? 0] = 1;
  const inReals = among(system, primaries, shares, solver, false);
  return inReals.length > 0 || !system.whole ? inReals : among(system, primaries, shares, solver, true);
}

function among(
  system: AdditiveSystem,
  primaries: readonly Primary[],
  shares: Float64Array,
  solver: Solver,
  whole: boolean,
): readonly Unsafe[] {
  const found: Unsafe[] = [];
  for (const reader of readersOf(system)) {
    const deviations = new Deviations(system, reader, shares, solver, { whole });
    for (const primary of primaries) {
      const need = needAgainst(system, reader, primary);
      if (need > 0 && deviations.reach(primary.cell, need) < need - 1e-6 * Math.max(1, need))
        found.push({ primary, reader, need, inWholeNumbers: whole });
    }
  }
  return found;
}
