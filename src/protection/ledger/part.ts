import type { Band, LinearProgram, Solver } from "../solver/program.ts";
import { proofOfNone } from "./certificate.ts";
import type { Settled } from "./settle.ts";
import type { Unknown } from "./system.ts";

/** Can a sum of unknowns go that far? "yes" is a checked witness, "no" a checked proof with the lines it uses; "unknown" is neither. */
export type Answer =
  | { readonly is: "yes" }
  | { readonly is: "unknown" }
  | { readonly is: "no"; readonly from: ReadonlySet<number> };

/** A point that the solver keeps within, so that nothing is unbounded; a witness within it is a witness. */
const farthest = 1_000_000;

/** Unknowns under which a part is asked as a whole. */
const small = 150;
/** Unknowns of a line through which a neighbourhood grows. */
const longest = 40;

const unknownAnswer: Answer = { is: "unknown" };

/**
 * Relations with the questions that a reader asks of them. The solver proposes, exact arithmetic disposes: a point in whole numbers is
 * put back in every relation, and an impossibility is proven by adding relations up.
 */
export class Part {
  readonly #unknowns: readonly number[];
  readonly #local: ReadonlyMap<number, number>;
  readonly #what: readonly Unknown[];
  readonly #bands: readonly Band[];
  readonly #from: readonly ReadonlySet<number>[];
  readonly #program: LinearProgram;
  readonly #solver: Solver;
  /** Lines that hold each unknown. */
  readonly #holding: readonly (readonly number[])[];
  readonly #witnesses: Float64Array[] = [];

  constructor(unknowns: readonly number[], all: readonly Unknown[], lines: readonly Settled[], solver: Solver) {
    this.#unknowns = unknowns;
    this.#local = new Map(unknowns.map((unknown, k) => [unknown, k]));
    this.#what = unknowns.flatMap((unknown) => all[unknown] ?? []);
    this.#bands = lines.map(({ coefficients, low, high }) => ({ coefficients: this.#inside(coefficients), low, high }));
    this.#from = lines.map(({ from }) => from);
    this.#solver = solver;
    const holding = unknowns.map((): number[] => []);
    this.#bands.forEach(({ coefficients }, line) => {
      for (const unknown of coefficients.keys()) holding[unknown]?.push(line);
    });
    this.#holding = holding;
    const ends = this.#bands.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite);
    const box = farthest + 4 * ends.reduce((most, end) => Math.max(most, Math.abs(end)), 0);
    this.#program = {
      sense: "max",
      objective: new Map(),
      least: Float64Array.from(this.#what, ({ signed }) => (signed ? -box : 0)),
      greatest: new Float64Array(unknowns.length).fill(box),
      whole: new Uint8Array(unknowns.length),
      bands: this.#bands,
    };
  }

  /** Whether any values fit. */
  consistent(): Answer {
    return this.reaches([], "max", 0);
  }

  /** Whether the sum of these unknowns may be at least ("max") or at most ("min") that goal. */
  reaches(unknowns: readonly number[], sense: "max" | "min", goal: number): Answer {
    const target = this.#inside(new Map(unknowns.map((unknown) => [unknown, 1])));
    const band: Band = {
      coefficients: target,
      low: sense === "max" ? goal : Number.NEGATIVE_INFINITY,
      high: sense === "min" ? goal : Number.POSITIVE_INFINITY,
    };
    if (this.#witnesses.some((point) => within(band, point, this.#what))) return { is: "yes" };
    for (const reach of [small, 4 * small]) {
      if (this.#unknowns.length <= reach) break;
      for (const base of [this.#witnesses[0], this.#witnesses.at(-1)]) {
        if (base && this.#reachesNearby(base, reach, target, sense, band)) return { is: "yes" };
      }
    }
    const real = this.#solver({ ...this.#program, sense, objective: target });
    const far = real.status === "optimal" && (sense === "max" ? real.value >= goal - 1e-6 : real.value <= goal + 1e-6);
    if (real.status === "infeasible" || (real.status === "optimal" && !far)) return this.#prove(band);
    if (!far) return unknownAnswer;
    if (this.#keep(real.point, band)) return { is: "yes" };
    const whole = this.#solver({
      ...this.#program,
      whole: Uint8Array.from(this.#what, ({ kind }) => (kind === "count" ? 1 : 0)),
      bands: [...this.#bands, band],
    });
    if (whole.status === "optimal" || whole.status === "stopped") {
      return this.#keep(whole.point, band) ? { is: "yes" } : unknownAnswer;
    }
    return unknownAnswer;
  }

  /**
   * Looks for a witness that differs from a known one around the target only: the unknowns within a few short lines move, the others stay.
   * What it finds holds for the whole; finding nothing proves nothing.
   */
  #reachesNearby(
    base: Float64Array,
    reach: number,
    target: ReadonlyMap<number, number>,
    sense: "max" | "min",
    band: Band,
  ): boolean {
    const moving = this.#around([...target.keys()], reach);
    const index = new Map([...moving].map((unknown, k) => [unknown, k]));
    const lines = new Set([...moving].flatMap((unknown) => this.#holding[unknown] ?? []));
    const bands = [...lines].map((line): Band => {
      const { coefficients, low, high } = this.#bands[line] as Band;
      let fixed = 0;
      const own = new Map<number, number>();
      for (const [unknown, value] of coefficients) {
        const k = index.get(unknown);
        if (k === undefined) fixed += value * base[unknown];
        else own.set(k, value);
      }
      return { coefficients: own, low: low - fixed, high: high - fixed };
    });
    const pick = (values: Float64Array): Float64Array => Float64Array.from(moving, (unknown) => values[unknown]);
    const program: LinearProgram = {
      sense,
      objective: new Map([...target].map(([unknown, value]) => [index.get(unknown) ?? -1, value])),
      least: pick(this.#program.least),
      greatest: pick(this.#program.greatest),
      whole: new Uint8Array(moving.length),
      bands,
    };
    const wanted = { coefficients: program.objective, low: band.low, high: band.high };
    const whole = Uint8Array.from(moving, (unknown) => (this.#what[unknown]?.kind === "count" ? 1 : 0));
    for (const asked of [program, { ...program, whole, objective: new Map(), bands: [...bands, wanted] }]) {
      const solution = this.#solver(asked);
      if (solution.status !== "optimal") return false;
      const point = base.slice();
      moving.forEach((unknown, k) => {
        point[unknown] = solution.point[k];
      });
      if (this.#keep(point, band)) return true;
    }
    return false;
  }

  /** Unknowns within a few lines, long lines left out. */
  #around(start: readonly number[], reach: number): readonly number[] {
    const seen = new Set(start);
    for (let round = 0; round < 3; round++) {
      for (const unknown of [...seen]) {
        for (const line of this.#holding[unknown] ?? []) {
          const { coefficients } = this.#bands[line] as Band;
          if (coefficients.size > longest) continue;
          for (const other of coefficients.keys()) if (seen.size < reach) seen.add(other);
        }
      }
    }
    return [...seen];
  }

  /** Farthest value that a checked point reaches, as far as the solver finds. */
  end(unknowns: readonly number[], sense: "max" | "min"): number {
    const target = this.#inside(new Map(unknowns.map((unknown) => [unknown, 1])));
    const whole = Uint8Array.from(this.#what, ({ kind }) => (kind === "count" ? 1 : 0));
    for (const flags of [this.#program.whole, whole]) {
      const solution = this.#solver({ ...this.#program, whole: flags, sense, objective: target });
      if (solution.status === "optimal" && this.#keep(solution.point, null)) break;
    }
    const values = this.#witnesses.map((point) => valueAt(target, point));
    return sense === "max" ? Math.max(...values) : Math.min(...values);
  }

  /** Least and greatest value among the witnesses found so far; empty ends when there is none. */
  seen(unknowns: readonly number[]): readonly [number, number] {
    if (this.#witnesses.length === 0) this.consistent();
    const target = this.#inside(new Map(unknowns.map((unknown) => [unknown, 1])));
    const values = this.#witnesses.map((point) => valueAt(target, point));
    return [Math.min(...values), Math.max(...values)];
  }

  /** Looks for one point where as many of these sums as possible are at least the goal: later questions find their witness there. */
  spread(sums: readonly (readonly number[])[], goal: number): void {
    const count = this.#unknowns.length;
    if (count > small) return;
    const bands = sums.map((unknowns, k): Band => {
      const own = new Map(this.#inside(new Map(unknowns.map((unknown) => [unknown, 1]))));
      return { coefficients: own.set(count + k, -1), low: 0, high: Number.POSITIVE_INFINITY };
    });
    const wide = (values: Float64Array, filling: number): Float64Array => {
      const longer = new Float64Array(count + sums.length).fill(filling);
      longer.set(values);
      return longer;
    };
    const solution = this.#solver({
      sense: "max",
      objective: new Map(sums.map((_, k) => [count + k, 1])),
      least: wide(this.#program.least, 0),
      greatest: wide(this.#program.greatest, goal),
      whole: new Uint8Array(count + sums.length),
      bands: [...this.#bands, ...bands],
    });
    if (solution.status === "optimal") this.#keep(solution.point.slice(0, count), null);
  }

  #inside(coefficients: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
    return new Map([...coefficients].map(([unknown, value]) => [this.#local.get(unknown) ?? -1, value]));
  }

  /** Keeps a point that fits in whole numbers; false when it does not. */
  #keep(point: Float64Array, more: Band | null): boolean {
    const settled = Float64Array.from(point, (value, k) =>
      this.#what[k]?.kind === "count" ? Math.round(value) : this.#what[k]?.signed ? value : Math.max(0, value),
    );
    const bands = more === null ? this.#bands : [...this.#bands, more];
    if (settled.some((value, k) => value < 0 && this.#what[k]?.signed !== true)) return false;
    if (!bands.every((band) => within(band, settled, this.#what))) return false;
    this.#witnesses.push(settled);
    return true;
  }

  #prove(band: Band): Answer {
    const bands = [...this.#bands, band];
    const used = proofOfNone(bands, this.#unknowns.length, (k) => this.#what[k]?.signed === true, this.#solver);
    if (used === null) return unknownAnswer;
    return { is: "no", from: new Set(used.flatMap((index) => [...(this.#from[index] ?? [])])) };
  }
}

function valueAt(coefficients: ReadonlyMap<number, number>, point: Float64Array): number {
  let value = 0;
  for (const [k, coefficient] of coefficients) value += coefficient * point[k];
  return value;
}

/** Exact where whole counts are added up; amounts are real numbers, held to one part in ten million. */
function within({ coefficients, low, high }: Band, point: Float64Array, what: readonly Unknown[]): boolean {
  let value = 0;
  let slack = 0;
  for (const [k, coefficient] of coefficients) {
    value += coefficient * point[k];
    if (what[k]?.kind === "sum") slack = Math.max(slack, 1e-7 * Math.max(1, Math.abs(coefficient * point[k])));
  }
  return value >= low - slack && value <= high + slack;
}
