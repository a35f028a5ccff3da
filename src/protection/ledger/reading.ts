import type { Solver } from "../solver/program.ts";
import { type Answer, Part } from "./part.ts";
import { type Settled, type Settlement, settle } from "./settle.ts";
import type { System } from "./system.ts";

/** What a reader of some lines knows: values found by subtraction, then independent parts, each asked apart. */
export class Reading {
  readonly settlement: Settlement;
  readonly #system: System;
  readonly #solver: Solver;
  readonly #component: ReadonlyMap<number, number>;
  readonly #linesOf: ReadonlyMap<number, readonly Settled[]>;
  readonly #membersOf: ReadonlyMap<number, readonly number[]>;
  readonly #parts = new Map<string, Part>();

  constructor(system: System, chosen: Iterable<number>, solver: Solver) {
    this.#system = system;
    this.#solver = solver;
    this.settlement = settle(system, chosen);
    this.#component = components(this.settlement.rest);
    const lines = new Map<number, Settled[]>();
    for (const line of this.settlement.rest) {
      const [first = -1] = line.coefficients.keys();
      const at = this.#component.get(first) ?? -1;
      lines.set(at, [...(lines.get(at) ?? []), line]);
    }
    this.#linesOf = lines;
    const members = new Map<number, number[]>();
    for (const [unknown, at] of this.#component) {
      const own = members.get(at);
      if (own) own.push(unknown);
      else members.set(at, [unknown]);
    }
    this.#membersOf = members;
  }

  /** Independent parts that subtraction leaves, each by its lines. */
  get parts(): ReadonlyMap<number, readonly Settled[]> {
    return this.#linesOf;
  }

  /** Unknowns of one of these parts. */
  members(part: number): readonly number[] {
    return this.#membersOf.get(part) ?? [];
  }

  consistent(part: number): Answer {
    return this.#part([part], []).consistent();
  }

  /** Whether a sum of unknowns may be at least ("max") or at most ("min") that goal. */
  reaches(unknowns: readonly number[], sense: "max" | "min", goal: number): Answer {
    const { given, from, left } = this.#split(unknowns);
    const rest = Number((goal - given).toFixed(6));
    if (left.length === 0) return (sense === "max" ? rest <= 0 : rest >= 0) ? { is: "yes" } : { is: "no", from };
    const answer = this.#partOf(left).reaches(left, sense, rest);
    return answer.is === "no" ? { is: "no", from: new Set([...answer.from, ...from]) } : answer;
  }

  /** Farthest value that a checked point reaches. */
  end(unknowns: readonly number[], sense: "max" | "min"): number {
    const { given, left } = this.#split(unknowns);
    return left.length === 0 ? given : given + this.#partOf(left).end(left, sense);
  }

  /** Least and greatest value among the points found so far. */
  seen(unknowns: readonly number[]): readonly [number, number] {
    const { given, left } = this.#split(unknowns);
    if (left.length === 0) return [given, given];
    const [low, high] = this.#partOf(left).seen(left);
    return [given + low, given + high];
  }

  /** Prepares the answers to many questions of one part. */
  spread(part: number, sums: readonly (readonly number[])[], goal: number): void {
    this.#part([part], []).spread(sums, goal);
  }

  #split(unknowns: readonly number[]): { given: number; from: ReadonlySet<number>; left: readonly number[] } {
    let given = 0;
    const from = new Set<number>();
    const left: number[] = [];
    for (const unknown of unknowns) {
      const fact = this.settlement.known.get(unknown);
      if (fact === undefined) left.push(unknown);
      else {
        given += fact.value;
        for (const line of fact.from) from.add(line);
      }
    }
    return { given, from, left };
  }

  #partOf(unknowns: readonly number[]): Part {
    const tied = new Set<number>();
    const free: number[] = [];
    for (const unknown of unknowns) {
      const at = this.#component.get(unknown);
      if (at === undefined) free.push(unknown);
      else tied.add(at);
    }
    return this.#part([...tied], free);
  }

  #part(components: readonly number[], free: readonly number[]): Part {
    const key = JSON.stringify([components, free]);
    const existing = this.#parts.get(key);
    if (existing) return existing;
    const unknowns = [...components.flatMap((at) => this.#membersOf.get(at) ?? []), ...free];
    const lines = components.flatMap((at) => this.#linesOf.get(at) ?? []);
    const part = new Part(unknowns, this.#system.unknowns, lines, this.#solver);
    this.#parts.set(key, part);
    return part;
  }
}

/** Connected components: two unknowns are together when a relation holds both. */
function components(lines: readonly Settled[]): ReadonlyMap<number, number> {
  const parent = new Map<number, number>();
  const root = (unknown: number): number => {
    let at = unknown;
    for (let up = parent.get(at) ?? at; up !== at; up = parent.get(at) ?? at) {
      parent.set(at, parent.get(up) ?? up);
      at = up;
    }
    parent.set(unknown, at);
    return at;
  };
  for (const { coefficients } of lines) {
    const [first = -1, ...others] = coefficients.keys();
    const own = root(first);
    for (const other of others) parent.set(root(other), own);
  }
  return new Map([...parent.keys()].map((unknown) => [unknown, root(unknown)]));
}
