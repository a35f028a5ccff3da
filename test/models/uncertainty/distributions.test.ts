import { describe, expect, test } from "vitest";
import { betaQuantile, incompleteBeta, logGamma } from "../../../src/models/uncertainty/incomplete-beta.ts";
import { normalCdf, normalQuantile } from "../../../src/models/uncertainty/normal.ts";
import { studentCdf, studentQuantile } from "../../../src/models/uncertainty/student-t.ts";
import { expectRelative, reference } from "../../reference/reference.ts";

type Columns<Name extends string> = Record<Name, number[]>;
const expected = reference<{
  student: Columns<"p" | "df" | "t" | "cdf">;
  beta: Columns<"a" | "b" | "p" | "quantile" | "cdf">;
  normal: Columns<"z" | "cdf">;
  normalQuantiles: Columns<"p" | "z">;
}>("quantiles");

describe("distribution functions equal R's to 1e-10", () => {
  test("normal", () => {
    expected.normal.z.forEach((z, i) => {
      expectRelative(normalCdf(z), expected.normal.cdf[i] as number, 1e-12, `pnorm(${z})`);
    });
    expected.normalQuantiles.p.forEach((p, i) => {
      expectRelative(normalQuantile(p), expected.normalQuantiles.z[i] as number, 1e-10, `qnorm(${p})`);
    });
  });

  test("Student, from 0.7 to 100 000 degrees of freedom", () => {
    expect(expected.student.p.length).toBe(99);
    expected.student.p.forEach((p, i) => {
      const [df, t, cdf] = [
        expected.student.df[i] as number,
        expected.student.t[i] as number,
        expected.student.cdf[i] as number,
      ];
      // Under one degree of freedom R searches on P itself, which near 1 keeps 7 digits only: there the two tails of ours are compared instead.
      if (df < 1 && p > 0.999) expectRelative(studentQuantile(p, df), -studentQuantile(1 - p, df), 1e-15);
      else if (p === 0.5) expect(studentQuantile(p, df)).toBe(0);
      else expectRelative(studentQuantile(p, df), t, 1e-10, `qt(${p}, ${df})`);
      expectRelative(studentCdf(t * 0.9, df), cdf, 1e-10, `pt(${t * 0.9}, ${df})`);
    });
  });

  test("beta", () => {
    expected.beta.p.forEach((p, i) => {
      const [a, b] = [expected.beta.a[i] as number, expected.beta.b[i] as number];
      expectRelative(betaQuantile(p, a, b), expected.beta.quantile[i] as number, 1e-10, `qbeta(${p}, ${a}, ${b})`);
      expectRelative(
        incompleteBeta((a / (a + b)) * 0.8, a, b),
        expected.beta.cdf[i] as number,
        1e-10,
        `pbeta(${a}, ${b})`,
      );
    });
  });

  test("factorials", () => {
    for (const [n, factorial] of [
      [1, 1],
      [5, 24],
      [11, 3628800],
      [18, 355687428096000],
    ] as const)
      expectRelative(Math.exp(logGamma(n)), factorial, 1e-13);
  });

  test("ends and impossible values", () => {
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(0.5)].map((z) => z + 0)).toEqual([
      -Infinity,
      Infinity,
      expect.closeTo(0, 15),
    ]);
    expect([
      normalQuantile(-0.1),
      normalQuantile(Number.NaN),
      studentQuantile(0.9, 0),
      studentCdf(1, -1),
      betaQuantile(0.5, 0, 1),
    ]).toEqual(Array(5).fill(Number.NaN));
    expect([
      normalCdf(-Infinity),
      normalCdf(Infinity),
      normalCdf(-60),
      studentCdf(-Infinity, 4),
      studentCdf(Infinity, 4),
    ]).toEqual([0, 1, 0, 0, 1]);
    expect([studentQuantile(0.5, 3), studentQuantile(0, 3), studentQuantile(1, 3)]).toEqual([0, -Infinity, Infinity]);
    expect([incompleteBeta(0, 2, 2), incompleteBeta(1, 2, 2), betaQuantile(0, 2, 2), betaQuantile(1, 2, 2)]).toEqual([
      0, 1, 0, 1,
    ]);
    expectRelative(studentQuantile(0.975, Infinity), normalQuantile(0.975), 1e-15);
  });
});
