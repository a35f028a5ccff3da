import type { Band, LinearProgram, Solver } from "../../../src/protection/solver/program.ts";

/** What somebody outside the project would do: unknowns, sums, and a solver. It shares nothing with the gate's attacker but HiGHS. */
export class Outsider {
  readonly #solver: Solver;
  readonly #program: LinearProgram;
  readonly #points: Float64Array[] = [];
  readonly #at: ReadonlyMap<number, number>;

  /** @param shown null for a hidden cell @param least what is known of each hidden cell */
  constructor(
    shown: readonly (number | null)[],
    sums: readonly (readonly number[])[],
    least: (cell: number) => number,
    whole: boolean,
    solver: Solver,
  ) {
    const hidden = shown.flatMap((value, cell) => (value === null ? [cell] : []));
    this.#at = new Map(hidden.map((cell, k) => [cell, k]));
    const bands = sums.flatMap((sum): Band[] => {
      const coefficients = new Map<number, number>();
      let right = 0;
      sum.forEach((cell, k) => {
        const sign = k === 0 ? 1 : -1;
        const at = this.#at.get(cell);
        if (at === undefined) right -= sign * (shown[cell] ?? 0);
        else coefficients.set(at, sign);
      });
      const end = whole ? Math.round(right) : right;
      return coefficients.size === 0 ? [] : [{ coefficients, low: end, high: end }];
    });
    this.#solver = solver;
    this.#program = {
      sense: "max",
      objective: new Map(),
      least: Float64Array.from(hidden, least),
      greatest: new Float64Array(hidden.length).fill(Number.POSITIVE_INFINITY),
      whole: new Uint8Array(hidden.length).fill(whole ? 1 : 0),
      bands,
    };
  }

  /** Whether the cell may be at least (`max`) or at most (`min`) that. */
  mayReach(cell: number, sense: "min" | "max", end: number): boolean {
    const at = this.#at.get(cell) ?? -1;
    const reaches = (value: number): boolean => (sense === "max" ? value >= end - 1e-6 : value <= end + 1e-6);
    if (this.#points.some((point) => reaches(point[at]))) return true;
    const objective = new Map([[at, 1]]);
    const real = this.#solver({
      ...this.#program,
      whole: new Uint8Array(this.#program.whole.length),
      sense,
      objective,
    });
    const wholeToo =
      real.status === "optimal" && real.point.every((value) => Math.abs(value - Math.round(value)) < 1e-7);
    if (real.status === "optimal" && (this.#program.whole[0] !== 1 || wholeToo)) {
      this.#points.push(real.point);
      return reaches(real.point[at]);
    }
    const solution = this.#solver({ ...this.#program, sense, objective });
    if (solution.status === "unbounded") return sense === "max";
    if (solution.status !== "optimal") throw new Error(`L'attaquant de l'essai ne conclut pas : ${solution.status}`);
    this.#points.push(solution.point);
    return reaches(solution.point[at]);
  }

  /** Whether another value than that one is possible. */
  mayDiffer(cell: number, value: number, step: number): boolean {
    return this.mayReach(cell, "max", value + step) || this.mayReach(cell, "min", value - step);
  }
}
