import { determinedUnknowns } from "../rank.ts";
import type { LinearProgram, Solution, Solver } from "../solver/program.ts";
import type { Ends } from "./guarantee.ts";
import type { Part } from "./part.ts";

/** What a reader takes into account beside the lines and the rounding. */
export interface Knowledge {
  /** Least value known of each unknown, 0 or 1. */
  readonly least: (unknown: number) => number;
  /** Counts are in whole numbers. */
  readonly whole: boolean;
  /** Bounds from elsewhere are used. */
  readonly outside: boolean;
  /** A contributor's own number: the unknown is at least that, or exactly that when he is alone. */
  readonly insider?: { readonly unknown: number; readonly own: number; readonly alone: boolean };
}

/**
 * The ends of what a reader may think of each unknown, by linear programming, in whole numbers for counts. Each solution found is checked by
 * substitution and serves as a witness for every unknown: few questions reach the solver. What the solver leaves undecided is not witnessed.
 */
export class Reader implements Ends {
  readonly #solver: Solver;
  readonly #program: LinearProgram;
  readonly #real: LinearProgram;
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  #witnessed = false;

  constructor(part: Part, knowledge: Knowledge, solver: Solver) {
    const { unknowns, lines } = part;
    const { insider } = knowledge;
    const alone = (at: number): boolean => insider?.unknown === at && insider.alone;
    const least = Float64Array.from(unknowns, (unknown, at) => {
      if (alone(at)) return insider?.own ?? 0;
      const own = insider?.unknown === at ? insider.own : 0;
      return Math.max(unknown.least, knowledge.least(at), own, knowledge.outside ? unknown.outside.least : 0);
    });
    const greatest = Float64Array.from(unknowns, (unknown, at) =>
      alone(at)
        ? (insider?.own ?? 0)
        : Math.min(unknown.greatest, knowledge.outside ? unknown.outside.greatest : Number.POSITIVE_INFINITY),
    );
    const whole = Uint8Array.from(unknowns, (unknown) => (knowledge.whole && unknown.whole ? 1 : 0));
    this.#solver = solver;
    this.#program = { sense: "min", objective: new Map(), least, greatest, whole, bands: lines };
    this.#real = whole.includes(1) ? { ...this.#program, whole: new Uint8Array(whole.length) } : this.#program;
    this.#high = new Float64Array(unknowns.length).fill(Number.NEGATIVE_INFINITY);
    this.#low = new Float64Array(unknowns.length).fill(Number.POSITIVE_INFINITY);
  }

  /** False when nothing fits what is published; "undecided" is taken as consistent, and nothing is then witnessed. */
  consistent(): boolean {
    return this.#witnessed || this.#ask(0, "min", new Map()) !== "infeasible";
  }

  highest(unknown: number, enough: number): number {
    if (this.#high[unknown] >= enough) return this.#high[unknown];
    return this.#ask(unknown, "max", new Map([[unknown, 1]])) === "unbounded"
      ? Number.POSITIVE_INFINITY
      : this.#high[unknown];
  }

  lowest(unknown: number, enough: number): number {
    if (this.#low[unknown] > enough) this.#ask(unknown, "min", new Map([[unknown, 1]]));
    return this.#low[unknown];
  }

  /** In real numbers first: where their solution is whole, it is the answer in whole numbers too. */
  #ask(unknown: number, sense: "min" | "max", objective: ReadonlyMap<number, number>): Solution["status"] {
    const real = this.#solver({ ...this.#real, sense, objective });
    if (real.status === "infeasible") return "infeasible";
    if (this.#real === this.#program) return this.#seen(real, unknown);
    if (real.status === "optimal" && this.#witness(real.point)) return "optimal";
    if (real.status === "unbounded" && this.#witnessed) return "unbounded";
    return this.#seen(this.#solver({ ...this.#program, sense, objective }), unknown);
  }

  #seen(solution: Solution, unknown: number): Solution["status"] {
    if (solution.status === "unbounded") this.#high[unknown] = Number.POSITIVE_INFINITY;
    if (solution.status === "optimal" || solution.status === "stopped") this.#witness(solution.point);
    return solution.status;
  }

  #witness(point: Float64Array): boolean {
    const { least, greatest, whole, bands } = this.#program;
    const values = point.map((value, at) => {
      const near = Math.round(value);
      return whole[at] === 1 || Math.abs(value - near) <= 1e-7 ? near : value;
    });
    const fits =
      values.every((value, at) => {
        const slack = whole[at] === 1 ? 0 : 1e-6 * Math.max(1, Math.abs(value));
        return value >= least[at] - slack && value <= greatest[at] + slack;
      }) &&
      bands.every(({ coefficients, low, high }) => {
        let sum = 0;
        let magnitude = 1;
        let exact = true;
        for (const [at, value] of coefficients) {
          sum += value * values[at];
          magnitude += Math.abs(value * values[at]);
          if (whole[at] !== 1 || !Number.isInteger(value)) exact = false;
        }
        const slack = exact && Number.isInteger(low) && Number.isInteger(high) ? 0 : 1e-6 * magnitude;
        return sum >= low - slack && sum <= high + slack;
      });
    if (!fits) return false;
    this.#witnessed = true;
    for (let at = 0; at < values.length; at++) {
      if (values[at] > this.#high[at]) this.#high[at] = values[at];
      if (values[at] < this.#low[at]) this.#low[at] = values[at];
    }
    return true;
  }
}

/** Unknowns in the row space of the exact lines, and of what the insider knows of his own cell. */
export function recoveredByRank({ unknowns, lines }: Part, insider?: Knowledge["insider"]): readonly boolean[] {
  const exact = lines.filter(
    ({ low, high, coefficients }) => low === high && [...coefficients.values()].every(Number.isInteger),
  );
  const equations = exact.map(({ coefficients }) => coefficients);
  const known = insider?.alone ? [new Map([[insider.unknown, 1]])] : [];
  return determinedUnknowns([...equations, ...known], unknowns.length);
}
