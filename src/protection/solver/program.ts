/** low <= coefficients·x <= high; both ends equal for an equation, infinite for a side that is open. */
export interface Band {
  readonly coefficients: ReadonlyMap<number, number>;
  readonly low: number;
  readonly high: number;
}

/** A linear program, in whole numbers where `whole` says so: what the attacker asks, and what the suppressor solves. */
export interface LinearProgram {
  readonly sense: "min" | "max";
  readonly objective: ReadonlyMap<number, number>;
  /** Bounds of each unknown; infinite where there is none. */
  readonly least: Float64Array;
  readonly greatest: Float64Array;
  /** 1 for an unknown in whole numbers. */
  readonly whole: Uint8Array;
  readonly bands: readonly Band[];
  /** Stop once the relative gap between the best solution and the proven bound is at most this; 0 by default. */
  readonly gap?: number;
  /** Stop after that many seconds and answer with what is known; none by default, so that the answer does not depend on the machine. */
  readonly seconds?: number;
}

/** What the solver found. */
export type Solution =
  /** `value` is the objective at `point`; `bound` is what no solution can beat, equal to `value` when the optimum is proven. */
  | {
      readonly status: "optimal" | "stopped";
      readonly value: number;
      readonly bound: number;
      readonly point: Float64Array;
    }
  | { readonly status: "infeasible" }
  | { readonly status: "unbounded" }
  /** Nothing is proven: the caller must take the severe side. */
  | { readonly status: "undecided" };

/** Solves programs one after another. */
export type Solver = (program: LinearProgram) => Solution;
