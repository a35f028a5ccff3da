import { highsSolver } from "../solver/highs.ts";
import { type AdditiveSystem, type AdditiveTable, asSystem } from "./additive-system.ts";
import { boundByProgram } from "./bound-by-program.ts";
import { greedyCover } from "./greedy-cover.ts";
import { ascentBound, lineDemands } from "./lower-bound.ts";
import { Moves } from "./moves.ts";
import { type Pattern, patternOf } from "./pattern.ts";
import { checkPrimaries, type Primary } from "./primaries.ts";
import { withoutWitness } from "./witness.ts";

export interface LargeTableOptions {
  /** Tries to show cells again, each being a search of a move; 200 000 by default. */
  readonly reductions?: number;
  /** Entries of the program above which the bound is a dual ascent and not a program for the solver; 1 000 000 by default. */
  readonly largestProgram?: number;
}

/**
 * Hides cells of a large, hierarchical or linked table, all its relations at once, so that every primary keeps its interval.
 * Cells that meet what every line demands are hidden first. Each primary is then given a move: changes of hidden cells that leave every sum true and that no reader can tell from the truth; the move of least loss found
 * is
 * hidden. Then cells are shown again, dearest first, where every move that used them finds another way through what is already hidden.
 * The pattern is audited by substitution of each move (see `withoutWitness`); a primary without proof is in `unprotected`, never passed over.
 * The gap is against a bound that no pattern can beat: how far from the minimum at most, not how far it is.
 * Deterministic. Memory: typed arrays of the size of the system, and a few dozen numbers a primary. Not a table-by-table iteration, which is unsafe for linked tables.
 * Sources: Kelly, Golden and Assad (1992) for moves (cycles) in tables; Giessing and Repsilber (2002) for boxes in k dimensions.
 * @throws Refusal when a primary cannot be hidden
 * @example
 * ```ts
 * const values = [4, 20, 24, 15, 30, 45, 19, 50, 69];
 * const sums = [
 *   { total: 2, parts: [0, 1] }, { total: 5, parts: [3, 4] }, { total: 8, parts: [6, 7] },
 *   { total: 6, parts: [0, 3] }, { total: 7, parts: [1, 4] }, { total: 8, parts: [2, 5] },
 * ];
 * (await suppressLargeTable({ values, sums }, [{ cell: 0, up: 7, down: 4 }])).hide // Int32Array(4) [ 0, 1, 3, 4 ]
 * ```
 */
export async function suppressLargeTable(
  table: AdditiveSystem | AdditiveTable,
  primaries: readonly Primary[],
  { reductions = 200_000, largestProgram = 1_000_000 }: LargeTableOptions = {},
): Promise<Pattern> {
  const system = asSystem(table);
  checkPrimaries(system, primaries);
  const solver = await highsSolver();
  const demands = lineDemands(system, primaries);
  const moves = new Moves(system, primaries, solver);
  moves.hideFirst(greedyCover(system.costs, demands, system.values));
  moves.protectAll();
  moves.reduce(reductions);
  const hide = moves.hidden();
  const witnesses = moves.witnesses();
  const unprotected = withoutWitness(system, primaries, hide, witnesses);
  const ascent = ascentBound(system.costs, demands);
  const entries = demands.reduce((sum, { cells }) => sum + cells.length, 0);
  const bound = entries > largestProgram ? ascent : Math.max(ascent, boundByProgram(solver, system.costs, demands));
  return patternOf(hide, { primaries: primaries.length, cost: moves.cost(), bound, unprotected, witnesses });
}
