import { highsSolver } from "../solver/highs.ts";
import type { Solver } from "../solver/program.ts";
import { type AdditiveSystem, type AdditiveTable, asSystem } from "./additive-system.ts";
import { coveringProgram } from "./bound-by-program.ts";
import { capacityCut, metShare } from "./capacity-cut.ts";
import { type Demand, lineDemands } from "./lower-bound.ts";
import { type Pattern, patternOf } from "./pattern.ts";
import { checkPrimaries, type Primary } from "./primaries.ts";
import { Deviations, needAgainst, readersOf } from "./reader.ts";
import { suppressLargeTable } from "./suppress-large-table.ts";
import { type Unsafe, unsafePrimaries } from "./unsafe-primaries.ts";

export interface MinimumOptions {
  /** Choices examined before stopping with a gap; 400 by default. Counted, so that the answer does not depend on the machine. */
  readonly rounds?: number;
  /** Seconds allowed to each choice; none by default. */
  readonly seconds?: number;
}

/** A pattern of least loss, and how it was proven. */
export interface MinimumPattern extends Pattern {
  /** Choices examined. */
  readonly rounds: number;
  /** Demands found: each is met by every safe pattern. */
  readonly demands: number;
  /** Choices that are safe in real numbers and not in whole numbers; each was refused and the search went on. */
  readonly unsafeInWholeNumbers: number;
}

/**
 * The pattern of least loss that protects every primary, with its proof, for small tables (some hundreds of cells; linked and hierarchical ones too).
 * A program in whole numbers chooses cells that meet all the demands known so far; each reader's program then looks for a primary that the choice leaves too
 * narrow, and its prices make one more demand. The first choice that no reader breaks is the minimum: every safe pattern meets the demands. In counts, a choice
 * that is safe in real numbers is tried in whole numbers as well; when a whole-number reader breaks it, every safe pattern must hide something outside it.
 * Stopped before the end, the answer is the pattern of `suppressLargeTable` with the gap to the bound reached.
 * Complexity: exponential at worst; each round solves up to two programs a primary and a reader.
 * Deterministic, so the pattern is itself information: whoever knows the rule can run it on every table that fits what is published and put aside those
 * that give another pattern. Intervals are promised against the reader of the numbers, not against that search, which is not attacked; where it matters,
 * noise is the safer way.
 * Source: Fischetti and Salazar (2001), Solving the cell suppression problem on tabular data with linear constraints.
 * @throws Refusal when a primary cannot be hidden
 * @example
 * ```ts
 * const values = [4, 20, 24, 15, 30, 45, 19, 50, 69];
 * const sums = [
 *   { total: 2, parts: [0, 1] }, { total: 5, parts: [3, 4] }, { total: 8, parts: [6, 7] },
 *   { total: 6, parts: [0, 3] }, { total: 7, parts: [1, 4] }, { total: 8, parts: [2, 5] },
 * ];
 * const { complementary, proven } = await minimumSuppression({ values, sums }, [{ cell: 0, up: 7, down: 4 }]);
 * [complementary, proven] // [ 3, true ]
 * ```
 */
export async function minimumSuppression(
  table: AdditiveSystem | AdditiveTable,
  primaries: readonly Primary[],
  { rounds = 400, seconds }: MinimumOptions = {},
): Promise<MinimumPattern> {
  const system = asSystem(table);
  checkPrimaries(system, primaries);
  const solver = await highsSolver();
  const known = await suppressLargeTable(system, primaries);
  if (known.unprotected.length > 0) {
    const everything = Int32Array.from(system.open.keys()).filter((cell) => system.open[cell] === 0);
    const hopeless = unsafePrimaries(system, primaries, everything, solver);
    if (hopeless.length > 0) {
      const unprotected = [...new Set(hopeless.map(({ primary }) => primary.cell))];
      return { ...known, unprotected, rounds: 0, demands: 0, unsafeInWholeNumbers: 0 };
    }
  }
  return minimum({ system, primaries, solver, demands: [...lineDemands(system, primaries)] }, known, {
    rounds,
    seconds,
  });
}

function minimum(
  search: Search,
  known: Pattern,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number | undefined },
): MinimumPattern {
  const { system, primaries, solver, demands } = search;
  const ceiling = known.unprotected.length > 0 ? Number.POSITIVE_INFINITY : known.cost;
  let bound = known.bound;
  let round = 0;
  let unsafeInWholeNumbers = 0;
  let relaxed = true;
  let hide = known.hide;
  let cost = ceiling;
  while (round < rounds && bound < cost - 1e-6) {
    round++;
    const choice = choose(search, relaxed, seconds);
    if (choice === null) break;
    bound = Math.max(bound, Math.min(roundedBound(system, choice.bound), ceiling));
    if (relaxed) {
      relaxed = learn(search, choice.shares) > 0;
      continue;
    }
    const proposed = hiddenBy(search, choice.shares);
    const unsafe = unsafePrimaries(system, primaries, proposed, solver);
    if (unsafe.length === 0) {
      if (choice.cost < cost) [hide, cost] = [proposed, choice.cost];
      // A choice that the solver did not prove the best leaves a gap.
      break;
    }
    if (unsafe.some(({ inWholeNumbers }) => inWholeNumbers)) unsafeInWholeNumbers++;
    const added = learn(search, choice.shares, unsafe);
    if (added === 0) demands.push(somethingElse(search, choice.shares));
  }
  const pattern = patternOf(hide, {
    primaries: primaries.length,
    cost: Number.isFinite(cost) ? cost : known.cost,
    bound: Math.min(bound, cost),
    unprotected: Number.isFinite(cost) ? [] : known.unprotected,
  });
  return { ...pattern, rounds: round, demands: demands.length, unsafeInWholeNumbers };
}

/** What the search knows; `demands` grows. */
interface Search {
  readonly system: AdditiveSystem;
  readonly primaries: readonly Primary[];
  readonly solver: Solver;
  readonly demands: Demand[];
}

interface Choice {
  readonly shares: Float64Array;
  readonly cost: number;
  readonly bound: number;
}

/** The choice of least loss that meets the demands known so far, in shares of cells or in whole cells. */
function choose({ system, primaries, solver, demands }: Search, relaxed: boolean, seconds?: number): Choice | null {
  const { program, cells } = coveringProgram(system.costs, demands, !relaxed);
  const shares = new Float64Array(system.values.length);
  for (const { cell } of primaries) shares[cell] = 1;
  if (cells.length === 0) return { shares, cost: 0, bound: 0 };
  const solution = solver(seconds === undefined ? program : { ...program, seconds });
  if (solution.status !== "optimal" && solution.status !== "stopped") return null;
  cells.forEach((cell, unknown) => {
    shares[cell] = solution.point[unknown];
  });
  return { shares, cost: solution.value, bound: solution.bound };
}

/** A loss made of whole costs is whole. */
function roundedBound({ costs }: AdditiveSystem, bound: number): number {
  return costs.every((cost) => Number.isInteger(cost)) ? Math.ceil(bound - 1e-5) : bound * (1 - 1e-7);
}

function hiddenBy({ primaries }: Search, shares: Float64Array): Int32Array {
  const primary = new Set(primaries.map(({ cell }) => cell));
  return Int32Array.from(shares.keys()).filter((cell) => primary.has(cell) || (shares[cell] ?? 0) > 0.5);
}

/** Adds the demands that a choice breaks, at most one a primary and a reader; returns how many. */
function learn(search: Search, shares: Float64Array, unsafe: readonly Unsafe[] = narrowed(search, shares)): number {
  const { system, primaries, solver, demands } = search;
  const primary = new Uint8Array(system.values.length);
  for (const { cell } of primaries) primary[cell] = 1;
  const fresh: Demand[] = [];
  for (const {
    primary: { cell },
    need,
    reader,
    inWholeNumbers,
  } of unsafe) {
    if (inWholeNumbers) continue;
    const demand = capacityCut(system, { cell, need, reader, shares, primary }, solver);
    if (demand === null || metShare(demand, shares) > 0.999) continue;
    if (!fresh.some((other) => sameDemand(other, demand))) fresh.push(demand);
  }
  demands.push(...fresh);
  return fresh.length;
}

/** The primaries that a fractional choice leaves too narrow. */
function narrowed({ system, primaries, solver }: Search, shares: Float64Array): readonly Unsafe[] {
  const endless = Math.max(1, ...primaries.map(({ up, down }) => Math.max(up, down)));
  const found: Unsafe[] = [];
  for (const reader of readersOf(system)) {
    const deviations = new Deviations(system, reader, shares, solver, { endless });
    for (const primary of primaries) {
      const need = needAgainst(system, reader, primary);
      if (need > 0 && deviations.reach(primary.cell, need) < need * 0.999)
        found.push({ primary, reader, need, inWholeNumbers: false });
    }
  }
  return found;
}

/** Hiding less than an unsafe choice is unsafe too: a safe pattern hides something outside it. */
function somethingElse({ system, primaries }: Search, shares: Float64Array): Demand {
  const primary = new Set(primaries.map(({ cell }) => cell));
  const cells = Int32Array.from(system.open.keys()).filter(
    (cell) => system.open[cell] === 0 && !primary.has(cell) && (shares[cell] ?? 0) < 0.5,
  );
  return { cells, weights: new Float64Array(cells.length).fill(1), need: 1 };
}

const sameDemand = (a: Demand, b: Demand): boolean =>
  a.cells.length === b.cells.length &&
  a.cells.every((cell, k) => cell === b.cells[k] && Math.abs(a.weights[k] / a.need - b.weights[k] / b.need) < 1e-9);
