import type { Highs, Model } from "highs";
import type { Band, LinearProgram, Solution, Solver } from "./program.ts";

/** Compiled at its first use; one instance and one model a process, since the compiled memory of each is never given back. */
let solver: Promise<Solver> | null = null;

/**
 * HiGHS (dual simplex; branch and cut in whole numbers), compiled to WebAssembly: one thread, no file, no clock but `seconds`.
 * Presolve is off for programs without whole numbers, so that an interval is the simplex's own. A verdict that HiGHS does not prove
 * is "undecided". A program whose bands, bounds and whole numbers are those of the one before keeps its basis: asking for the ends of
 * many cells of one table costs a few pivots each.
 * Errors: a coefficient that is not finite, or an unknown that does not exist, are HiGHS's own errors.
 * Source: Huangfu and Hall (2018), Parallelizing the dual revised simplex method.
 * @example
 * ```ts
 * const solve = await highsSolver()
 * const cell = { least: new Float64Array(1), greatest: Float64Array.of(4), whole: new Uint8Array(1), bands: [] }
 * solve({ sense: "max", objective: new Map([[0, 1]]), ...cell }).value // 4
 * ```
 */
export function highsSolver(): Promise<Solver> {
  // The package's types describe its CommonJS build.
  solver ??= import("highs")
    .then(({ default: load }) => (load as unknown as typeof load.default)())
    .then((highs) => solverOf(highs, highs.createModel()));
  return solver;
}

function solverOf(highs: Highs, model: Model): Solver {
  model.options.set({ output_flag: false, random_seed: 0, mip_abs_gap: 1e-6 });
  let kept: LinearProgram | null = null;
  return (program) => {
    if (crosses(program)) return infeasible;
    if (program.least.length === 0) return withoutUnknowns(program);
    const again = kept !== null && sameConstraints(kept, program);
    kept = null;
    const solution = solve(highs, model, program, again);
    kept = snapshot(program);
    return solution;
  };
}

const infeasible: Solution = { status: "infeasible" };
const undecided: Solution = { status: "undecided" };

/** Bounds that leave an unknown no value: HiGHS takes them for an error, and they are an answer. */
function crosses({ least, greatest, bands }: LinearProgram): boolean {
  return least.some((low, i) => low > greatest[i]) || bands.some(({ low, high }) => low > high);
}

/** Nothing to choose: every band must hold 0. */
function withoutUnknowns({ bands }: LinearProgram): Solution {
  const holds = bands.every(({ low, high }) => low <= 0 && high >= 0);
  return holds ? { status: "optimal", value: 0, bound: 0, point: new Float64Array() } : infeasible;
}

function solve(highs: Highs, model: Model, program: LinearProgram, again: boolean): Solution {
  const whole = program.whole.some((flag) => flag === 1);
  const { objectiveSense } = highs.constants;
  const sense = program.sense === "min" ? objectiveSense.minimize : objectiveSense.maximize;
  if (again) {
    model.changeObjectiveSense(sense);
    model.changeColsCost({ kind: "range", from: 0, to: program.least.length - 1 }, costs(program));
  } else {
    model.passModel({
      numCols: program.least.length,
      numRows: program.bands.length,
      sense,
      colCost: costs(program),
      colLower: program.least,
      colUpper: program.greatest,
      rowLower: program.bands.map(({ low }) => low),
      rowUpper: program.bands.map(({ high }) => high),
      matrix: matrixOf(program.bands, program.least.length),
      ...(whole ? { integrality: [...program.whole].map((flag) => (flag === 1 ? 1 : 0)) } : {}),
    });
  }
  model.zeroAllClocks();
  model.options.set({
    presolve: whole ? "choose" : "off",
    mip_rel_gap: program.gap ?? 0,
    time_limit: program.seconds ?? 1e9,
  });
  return run(highs, model, program, whole);
}

function run(highs: Highs, model: Model, program: LinearProgram, whole: boolean): Solution {
  const { modelStatus, solutionStatus } = highs.constants;
  let status = statusOf(model);
  if (!whole && (status === modelStatus.unboundedOrInfeasible || status === modelStatus.unknown)) {
    // The basis kept from the question before may lead nowhere.
    model.clearSolver();
    status = statusOf(model);
    if (status === modelStatus.unboundedOrInfeasible) return realWithoutEnd(highs, model, program);
  }
  if (status === modelStatus.infeasible) return infeasible;
  if (status === modelStatus.unbounded && !whole) return { status: "unbounded" };
  if (status === modelStatus.unbounded || status === modelStatus.unboundedOrInfeasible) {
    return whole ? unboundedInWholeNumbers(highs, model, program) : undecided;
  }
  const stopped =
    status === modelStatus.timeLimit || status === modelStatus.iterationLimit || status === modelStatus.solutionLimit;
  if (status !== modelStatus.optimal && !(stopped && whole)) return undecided;
  if (model.info.get("primal_solution_status") !== solutionStatus.feasible) return undecided;
  const point = model.getSolution().colValue;
  for (let i = 0; i < point.length; i++) if (program.whole[i] === 1) point[i] = Math.round(point[i]);
  let value = 0;
  for (const [unknown, cost] of program.objective) value += cost * point[unknown];
  const bound = whole ? Number(model.info.get("mip_dual_bound")) : value;
  if (Number.isNaN(bound)) return undecided;
  const proven = !stopped && Math.abs(bound - value) <= 1e-6 * Math.max(1, Math.abs(value));
  return proven ? { status: "optimal", value, bound: value, point } : { status: "stopped", value, bound, point };
}

/** An error of the solver itself proves nothing. */
function statusOf(model: Model): number {
  const { status } = model.raw.run();
  return status === -1 ? -1 : model.getModelStatus();
}

/** One of the two is proven: it is without end when some point fits. */
function realWithoutEnd(highs: Highs, model: Model, { least }: LinearProgram): Solution {
  model.changeColsCost({ kind: "range", from: 0, to: least.length - 1 }, new Float64Array(least.length));
  const feasible = statusOf(model);
  if (feasible === highs.constants.modelStatus.infeasible) return infeasible;
  return feasible === highs.constants.modelStatus.optimal ? { status: "unbounded" } : undecided;
}

/** With rational data, a program in whole numbers is unbounded when some whole point fits and the program in real numbers is unbounded. */
function unboundedInWholeNumbers(highs: Highs, model: Model, program: LinearProgram): Solution {
  const { modelStatus } = highs.constants;
  const columns = { kind: "range", from: 0, to: program.least.length - 1 } as const;
  model.changeColsCost(columns, new Float64Array(program.least.length));
  const feasible = statusOf(model);
  if (feasible === modelStatus.infeasible) return infeasible;
  if (feasible !== modelStatus.optimal) return undecided;
  const real = highs.createModel(model.getLp("csr"));
  try {
    real.options.set({ output_flag: false, presolve: "off" });
    real.clearIntegrality();
    real.changeColsCost(columns, costs(program));
    return statusOf(real) === modelStatus.unbounded ? { status: "unbounded" } : undecided;
  } finally {
    real.dispose();
  }
}

function costs({ objective, least }: LinearProgram): Float64Array {
  const dense = new Float64Array(least.length);
  for (const [unknown, cost] of objective) dense[unknown] = cost;
  return dense;
}

/** Compressed rows. */
function matrixOf(
  bands: readonly Band[],
  numCols: number,
): {
  readonly format: "csr";
  readonly numRows: number;
  readonly numCols: number;
  readonly starts: readonly number[];
  readonly indices: readonly number[];
  readonly values: readonly number[];
} {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { coefficients } of bands) {
    for (const [unknown, value] of coefficients) {
      if (value === 0) continue;
      indices.push(unknown);
      values.push(value);
    }
    starts.push(indices.length);
  }
  return { format: "csr", numRows: bands.length, numCols, starts, indices, values };
}

/** What must not have changed for the basis to be kept. The arrays are copied: their owner may write into them. */
function snapshot(program: LinearProgram): LinearProgram {
  return {
    ...program,
    least: program.least.slice(),
    greatest: program.greatest.slice(),
    whole: program.whole.slice(),
    bands: program.bands.slice(),
  };
}

function sameConstraints(one: LinearProgram, other: LinearProgram): boolean {
  const same = <Value>(a: ArrayLike<Value>, b: ArrayLike<Value>): boolean => {
    if (a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
    return true;
  };
  return (
    same(one.least, other.least) &&
    same(one.greatest, other.greatest) &&
    same(one.whole, other.whole) &&
    same(one.bands, other.bands)
  );
}
