import { describe, expect, test } from "vitest";
import { type CategoryEllipse, categoryEllipses } from "../../../src/models/factors/category-ellipses.ts";
import { mca } from "../../../src/models/factors/mca.ts";
import { cases, expectSame, ownActives, ownOthers } from "./factor-cases.ts";

const analysis = mca(ownActives, { supplementary: ownOthers });
const age = ownOthers.slice(0, 1);

/** FactoMineR draws an ellipse by points p(a) = t (sx cos(a + d/2), sy cos(a - d/2)), a = 0, π/2, ...: p(0) p(0)' + p(π/2) p(π/2)' is t² C, with the signs of its axes. */
function quadratic(points: readonly number[], at: number): { centre: number[]; matrix: number[] } {
  const point = (k: number): [number, number] => [
    points[10 * at + 2 * k] ?? Number.NaN,
    points[10 * at + 2 * k + 1] ?? Number.NaN,
  ];
  const [first, second, third] = [point(0), point(1), point(2)];
  const centre = [(first[0] + third[0]) / 2, (first[1] + third[1]) / 2];
  const [a, b] = [first, second].map((p) => [p[0] - (centre[0] ?? 0), p[1] - (centre[1] ?? 0)] as const);
  if (!a || !b) throw new Error("points illisibles");
  return { centre, matrix: [a[0] ** 2 + b[0] ** 2, a[0] * a[1] + b[0] * b[1], a[1] ** 2 + b[1] ** 2] };
}

const matrixOf = ({ major, minor, angle }: CategoryEllipse): number[] => {
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return [
    (major * cosine) ** 2 + (minor * sine) ** 2,
    (major ** 2 - minor ** 2) * cosine * sine,
    (major * sine) ** 2 + (minor * cosine) ** 2,
  ];
};

describe("ellipses of categories", () => {
  test.each([
    ["confidence", 0.95],
    ["population", 0.9],
  ] as const)("%s: those of FactoMineR's coord.ellipse on the map of people", (kind, level) => {
    const ours = categoryEllipses(analysis, age, { kind, level, space: "rows" });
    expect(ours.map((one) => one.level)).toEqual(["jeune", "adulte", "aine"]);
    const points = cases.own.ellipses[kind];
    ours.forEach((ellipse, at) => {
      const { centre, matrix } = quadratic(points, at);
      expectSame(ellipse.centre.map(Math.abs), centre.map(Math.abs), "centre");
      // FactoMineR's population covariance divides by n - 1; ours, as Le Roux and Rouanet's, by n.
      const divisor = kind === "population" ? ellipse.people / (ellipse.people - 1) : 1;
      expectSame(
        matrixOf(ellipse).map((value) => Math.abs(value * divisor)),
        matrix.map(Math.abs),
        "forme",
      );
    });
  });

  test("on the map of categories, the centre is the coordinate of the category", () => {
    for (const table of ["indicator", "burt"] as const) {
      const { supplementary, axes, ...rest } = mca(ownActives, { supplementary: ownOthers, table });
      const ellipses = categoryEllipses({ supplementary, axes, ...rest }, ownOthers, { axes: [1, 2] });
      expect(ellipses.length).toBe(5);
      ellipses.forEach(({ centre }, k) => {
        const start = k * axes.kept;
        expectSame(centre, [...(supplementary?.coordinates.subarray(start + 1, start + 3) ?? [])], "centre");
      });
    }
  });

  test("weights count by their shares, and confidence by the effective number of people", () => {
    const weights = Float64Array.from(cases.own.weights);
    const one = categoryEllipses(mca(ownActives, { weights }), age);
    const many = categoryEllipses(mca(ownActives, { weights: weights.map((weight) => 1000 * weight) }), age);
    one.forEach((ellipse, k) => {
      expectSame([many[k]?.major ?? 0], [ellipse.major], "demi-grand axe");
      expect(ellipse.effectivePeople).toBeLessThan(ellipse.people);
    });
  });

  test("about the stated share of the people is in a population ellipse", () => {
    const ellipses = categoryEllipses(analysis, age, { kind: "population", level: 0.8, space: "rows" });
    const { rows, axes } = analysis;
    const codes = age[0]?.codes ?? new Int32Array();
    let inside = 0;
    for (let row = 0; row < rows.count; row++) {
      const ellipse = ellipses[codes[row]];
      if (!ellipse) continue;
      const [x, y] = [0, 1].map((s) => rows.coordinates[row * axes.kept + s] - (ellipse.centre[s] ?? 0));
      const [cosine, sine] = [Math.cos(ellipse.angle), Math.sin(ellipse.angle)];
      const along = ((x ?? 0) * cosine + (y ?? 0) * sine) / ellipse.major;
      const across = ((y ?? 0) * cosine - (x ?? 0) * sine) / ellipse.minor;
      if (along ** 2 + across ** 2 <= 1) inside++;
    }
    expect(inside / rows.count).toBeGreaterThan(0.65);
    expect(inside / rows.count).toBeLessThan(0.95);
  });

  test("one person has no confidence ellipse; impossible levels and axes are refused", () => {
    const alone = {
      name: "seul",
      levels: ["lui", "les autres"],
      codes: Int32Array.from({ length: 90 }, (_, i) => (i === 7 ? 0 : 1)),
    };
    const [ellipse] = categoryEllipses(analysis, [alone]);
    expect(ellipse?.people).toBe(1);
    expect([ellipse?.major, ellipse?.minor]).toEqual([Number.NaN, Number.NaN]);
    expect(() => categoryEllipses(analysis, age, { level: 1 })).toThrow(/Niveau d'ellipse/);
    expect(() => categoryEllipses(analysis, age, { axes: [0, 5] })).toThrow(/pas parmi ceux/);
  });
});
