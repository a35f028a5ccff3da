import { describe, expect, it } from "vitest";
import { highsSolver } from "../../../src/protection/solver/highs.ts";
import type { Band, LinearProgram } from "../../../src/protection/solver/program.ts";
import { expectNear, reference } from "../../reference/reference.ts";

const infinite = Number.POSITIVE_INFINITY;

function program(options: {
  readonly sense?: "min" | "max";
  readonly cost: readonly number[];
  readonly rows?: readonly (readonly [number, readonly number[], number])[];
  readonly greatest?: readonly number[];
  readonly whole?: readonly number[];
  readonly gap?: number;
  readonly seconds?: number;
}): LinearProgram {
  const count = options.cost.length;
  const sparse = (values: readonly number[]) => new Map(values.map((value, i): [number, number] => [i, value]));
  return {
    sense: options.sense ?? "min",
    objective: sparse(options.cost),
    least: new Float64Array(count),
    greatest: Float64Array.from(options.greatest ?? new Array<number>(count).fill(infinite)),
    whole: Uint8Array.from(options.whole ?? new Array<number>(count).fill(0)),
    bands: (options.rows ?? []).map(([low, values, high]): Band => ({ coefficients: sparse(values), low, high })),
    ...(options.gap === undefined ? {} : { gap: options.gap }),
    ...(options.seconds === undefined ? {} : { seconds: options.seconds }),
  };
}

interface Case {
  readonly sense: "min" | "max";
  readonly cost: readonly number[];
  readonly matrix: readonly (readonly number[])[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  readonly greatest: readonly (number | null)[];
  readonly whole: readonly number[];
  readonly status: string;
  readonly value: number | null;
}

describe("programmes linéaires résolus par HiGHS", () => {
  it("trouve un optimum réel, un optimum entier, et rend un point qui satisfait les bandes", async () => {
    const solve = await highsSolver();
    const rows = [[-infinite, [2, 2], 7]] as const;
    const real = solve(program({ sense: "max", cost: [1, 1], rows }));
    expect(real).toMatchObject({ status: "optimal", value: 3.5, bound: 3.5 });
    const whole = solve(program({ sense: "max", cost: [1, 1], rows, whole: [1, 1] }));
    expect(whole).toMatchObject({ status: "optimal", value: 3, bound: 3 });
    if (whole.status === "optimal") expect(whole.point[0] + whole.point[1]).toBe(3);
  });

  it("distingue l'impossible et l'infini, en réels comme en entiers", async () => {
    const solve = await highsSolver();
    for (const whole of [
      [0, 0],
      [1, 1],
    ]) {
      expect(solve(program({ sense: "max", cost: [1, 0], rows: [[-infinite, [-1, 1], 4]], whole })).status).toBe(
        "unbounded",
      );
      expect(solve(program({ sense: "max", cost: [1, 0], rows: [[5, [1, 1], 4]], whole })).status).toBe("infeasible");
      expect(solve(program({ cost: [1, 0], rows: [[-9, [1, 1], -1]], whole })).status).toBe("infeasible");
    }
    // x - y is even and odd: real numbers fit, whole numbers do not.
    const odd = program({ sense: "max", cost: [1, 0], rows: [[1, [2, -2], 1]], whole: [1, 1], greatest: [50, 50] });
    expect(solve(odd).status).toBe("infeasible");
  });

  it("un temps épuisé ne prouve rien en réels, et donne en entiers une borne, ou rien", async () => {
    const solve = await highsSolver();
    const rows = Array.from({ length: 12 }, (_, r) => {
      const values = Array.from({ length: 40 }, (_, k) => 100 + ((7919 * (r + 1) * (k + 3)) % 401));
      return [-infinite, values, 2400] as const;
    });
    const cost = Array.from({ length: 40 }, (_, k) => 100 + ((104729 * (k + 1)) % 397));
    const hard = program({
      sense: "max",
      cost,
      rows,
      whole: cost.map(() => 1),
      greatest: cost.map(() => 1),
      seconds: 0,
    });
    const solution = solve(hard);
    expect(["stopped", "undecided"]).toContain(solution.status);
    if (solution.status === "stopped") expect(solution.bound).toBeGreaterThanOrEqual(solution.value);
    const near = solve({ ...hard, gap: 0.5, seconds: 60 });
    expect(near.status === "stopped" || near.status === "optimal").toBe(true);
    if (near.status === "stopped") expect((near.bound - near.value) / near.value).toBeLessThanOrEqual(0.5);
  });

  it("repart des mêmes contraintes sans garder les anciennes bornes", async () => {
    const solve = await highsSolver();
    const one = program({ sense: "max", cost: [1, 0], rows: [[10, [1, 1], 10]] });
    expect(solve(one)).toMatchObject({ value: 10 });
    expect(solve({ ...one, sense: "min" })).toMatchObject({ value: 0 });
    one.greatest[1] = 4;
    expect(solve({ ...one, sense: "min" })).toMatchObject({ value: 6 });
    expect(solve(program({ cost: [] }))).toMatchObject({ status: "optimal", value: 0 });
    expect(solve(program({ cost: [1] }))).toMatchObject({ status: "optimal", value: 0 });
    expect(solve(program({ sense: "max", cost: [1] })).status).toBe("unbounded");
  });

  it("donne les valeurs de scipy sur 120 programmes au hasard, deux fois de suite", async () => {
    const solve = await highsSolver();
    const { programs } = reference<{ readonly programs: readonly Case[] }>("linear-programs");
    expect(programs).toHaveLength(120);
    for (const { matrix, low, high, greatest, status, value, ...rest } of programs) {
      const rows = matrix.map((values, r) => [low[r] ?? -infinite, values, high[r] ?? infinite] as const);
      const same = program({ ...rest, rows, greatest: greatest.map((bound) => bound ?? infinite) });
      const found = solve(same);
      expect(found.status).toBe(status);
      if (found.status === "optimal") expectNear(found.value, value ?? Number.NaN, 1e-7);
      const again = solve(same);
      expect(again.status).toBe(status);
      if (again.status === "optimal") expectNear(again.value, value ?? Number.NaN, 1e-7);
    }
  });
});
