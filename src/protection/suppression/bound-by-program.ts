import type { LinearProgram, Solver } from "../solver/program.ts";
import type { Demand } from "./lower-bound.ts";

/**
 * The least loss of a fractional choice of cells that meets the demands: no pattern beats it. 0 when the solver proves nothing.
 */
export function boundByProgram(solver: Solver, costs: Float64Array, demands: readonly Demand[]): number {
  const { program } = coveringProgram(costs, demands, false);
  if (program.least.length === 0) return 0;
  const solution = solver(program);
  // The solver's own tolerance must not make a bound of one unit too much.
  return solution.status === "optimal" ? Math.max(0, solution.bound * (1 - 1e-7)) : 0;
}

/** The program that chooses, among the cells named by demands, those of least loss that meet them; `cells` gives the cell of each unknown. */
export function coveringProgram(
  costs: Float64Array,
  demands: readonly Demand[],
  whole: boolean,
): { readonly program: LinearProgram; readonly cells: readonly number[] } {
  const unknownOf = new Map<number, number>();
  for (const { cells } of demands)
    for (const cell of cells) if (!unknownOf.has(cell)) unknownOf.set(cell, unknownOf.size);
  const cells = [...unknownOf.keys()];
  const program: LinearProgram = {
    sense: "min",
    objective: new Map(cells.map((cell, unknown) => [unknown, costs[cell]])),
    least: new Float64Array(cells.length),
    greatest: new Float64Array(cells.length).fill(1),
    whole: new Uint8Array(cells.length).fill(whole ? 1 : 0),
    bands: demands.map((demand) => ({
      coefficients: new Map(
        Array.from(demand.cells, (cell, k) => [unknownOf.get(cell) ?? -1, demand.weights[k] / demand.need] as const),
      ),
      low: 1,
      high: Number.POSITIVE_INFINITY,
    })),
  };
  return { program, cells };
}
