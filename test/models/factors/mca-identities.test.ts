import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import type { CategoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { mca } from "../../../src/models/factors/mca.ts";
import type { McaOptions } from "../../../src/models/factors/mca-options.ts";
import type { CategoryCloud, Mca } from "../../../src/models/factors/mca-result.ts";
import { projectRows } from "../../../src/models/factors/project-rows.ts";

/** Seeded answers of `questions` questions of 2 to 5 levels that share a hidden trait. */
function seededQuestions(seed: number, count: number, questions: number): CategoricalVariable[] {
  const random = seededRandom(seed);
  const trait = Float64Array.from({ length: count }, random);
  return Array.from({ length: questions }, (_, q) => {
    const levels = 2 + (q % 4);
    return {
      name: `question ${q}`,
      levels: Array.from({ length: levels }, (_, k) => `niveau ${k}`),
      codes: Int32Array.from(trait, (value) =>
        Math.min(levels - 1, Math.floor(levels * (0.5 * value + 0.5 * random()))),
      ),
    };
  });
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
const every = (values: Float64Array, kept: number, axis: number): number[] =>
  [...values].filter((_, at) => at % kept === axis);
const near = (actual: number, expected: number, what: string, tolerance = 1e-11): void =>
  expect(Math.abs(actual - expected), `${what} ${actual} ${expected}`).toBeLessThan(tolerance);

const random = seededRandom(3);
const questions = seededQuestions(11, 300, 6);
const weights = Float64Array.from({ length: 300 }, () => 0.2 + 5 * random());
const analyses: readonly (readonly [string, McaOptions])[] = [
  ["plain", {}],
  ["weighted", { weights }],
  ["specific", { weights, passive: [{ question: "question 2", level: "niveau 3" }] }],
  ["class", { weights, classRows: Int32Array.from({ length: 120 }, (_, i) => 2 * i) }],
];

describe.each(analyses)("identities, %s", (name, options) => {
  const analysis = mca(questions, { axes: 99, ...options });
  const { axes, categories, rows, questions: active } = analysis;
  const { kept } = axes;

  test("contributions of categories and of rows are 100 on each axis", () => {
    for (let s = 0; s < kept; s++) {
      near(sum(every(categories.contributions, kept, s)), 100, "modalités", 1e-10);
      near(sum(every(active.contributions, kept, s)), 100, "questions", 1e-10);
      near(sum(every(rows.contributions, kept, s)), 100, "lignes", 1e-9);
    }
  });

  test("eigenvalues sum to the inertia, which is Σ f (1 - f) / (Q F) over active categories", () => {
    near(sum(axes.eigenvalues), axes.totalInertia, "trace");
    const parts = categories.shares.map((f, k) =>
      categories.passive[k] ? 0 : (f * (1 - f)) / (active.names.length * categories.referenceShares[k]),
    );
    near(sum(parts), axes.totalInertia, "inertie");
    if (name === "plain" || name === "weighted")
      near(axes.totalInertia, categories.levels.length / active.names.length - 1, "J/Q - 1");
  });

  test("rows: mean 0, variance λ, no correlation between axes; squared cosines sum to 1 over all axes", () => {
    for (let s = 0; s < kept; s++)
      for (let t = s; t < kept; t++) {
        let [mean, product] = [0, 0];
        for (let row = 0; row < rows.count; row++) {
          mean += rows.masses[row] * rows.coordinates[row * kept + s];
          product += rows.masses[row] * rows.coordinates[row * kept + s] * rows.coordinates[row * kept + t];
        }
        near(mean, 0, "moyenne");
        near(product, s === t ? axes.rowVariances[s] : 0, "covariance");
      }
    for (let row = 0; row < rows.count; row++)
      if (rows.status[row] === 1)
        near(sum(rows.cos2.subarray(row * kept, (row + 1) * kept)), 1, "cos2 d'une ligne", 1e-9);
  });

  test("categories: squared cosines sum to 1, and the mean of the people gives the coordinate back (transition)", () => {
    categories.levels.forEach((level, k) => {
      const start = k * kept;
      if (categories.passive[k] === 0) near(sum(categories.cos2.subarray(start, start + kept)), 1, level, 1e-9);
      for (let s = 0; s < kept; s++) {
        let [total, mass] = [0, 0];
        for (let row = 0; row < rows.count; row++) {
          if (rows.status[row] !== 1 || rows.answers[categories.question[k]]?.[row] !== k) continue;
          mass += rows.masses[row];
          total += rows.masses[row] * rows.coordinates[row * kept + s];
        }
        near(mass, categories.shares[k], "part");
        near(total / mass, categories.means[start + s], "moyenne", 1e-10);
        const ratio = categories.shares[k] / categories.referenceShares[k];
        near((ratio * total) / mass / Math.sqrt(axes.rowVariances[s]), categories.coordinates[start + s], "g", 1e-8);
      }
    });
  });

  test("the barycentre of a question's categories, active or passive, is the centre", () => {
    for (let q = 0; q < active.names.length; q++)
      for (let s = 0; s < kept; s++) {
        const parts = categories.shares.map((f, k) =>
          categories.question[k] === q ? f * categories.means[k * kept + s] : 0,
        );
        near(sum(parts), 0, "barycentre");
      }
  });

  test("λ is the mean of the η² of the questions, less what passive categories add", () => {
    for (let s = 0; s < kept; s++) {
      const mean = sum(every(active.eta2, kept, s)) / active.names.length;
      const passive = sum(
        categories.shares.map((f, k) =>
          categories.passive[k] ? (f * categories.means[k * kept + s] ** 2) / axes.rowVariances[s] : 0,
        ),
      );
      // In a class, η² weighs a category by f'/F: the identity is that of the contributions.
      if (name !== "class") near(mean - passive / active.names.length, axes.rowVariances[s], "λ");
    }
  });

  test("supplementary rows, projected rows and the rows of the data themselves have one place", () => {
    const chosen = Int32Array.of(5, 17, 200);
    const pick = (variables: readonly CategoricalVariable[]) =>
      variables.map(({ name, levels, codes }) => ({
        name,
        levels,
        codes: Int32Array.from(chosen, (row) => codes[row]),
      }));
    const outside = mca(questions, { ...options, axes: 4, supplementaryRows: chosen });
    const again = projectRows(outside, pick(questions));
    chosen.forEach((row, at) => {
      expect(outside.rows.status[row]).toBe(2);
      expect(outside.rows.masses[row]).toBe(0);
      for (let s = 0; s < 4; s++)
        near(again.coordinates[at * 4 + s], outside.rows.coordinates[row * 4 + s], "projection", 1e-14);
      near(again.squaredDistances[at], outside.rows.squaredDistances[row], "distance", 1e-14);
    });
    const own = projectRows(analysis, questions);
    own.coordinates.forEach((value, at) => {
      near(value, rows.coordinates[at], "ligne du tableau", 1e-14);
    });
  });

  test("the largest contribution is positive on each axis, and a named category when one is asked", () => {
    for (let s = 0; s < kept; s++) {
      const all = every(categories.contributions, kept, s);
      const first = axes.positiveCategory[s];
      near(all[first] ?? 0, Math.max(...all), "plus forte contribution", 1e-6);
      expect(categories.coordinates[first * kept + s]).toBeGreaterThan(0);
    }
    const named = { question: "question 1", level: "niveau 0" };
    const turned = mca(questions, { ...options, positive: [named, null, named] });
    const k = turned.categories.levels.findIndex(
      (level, at) => level === named.level && turned.categories.question[at] === 1,
    );
    expect(turned.report.signRule).toBe("named-category");
    for (const s of [0, 2]) expect(turned.categories.coordinates[k * turned.axes.kept + s]).toBeGreaterThan(0);
    turned.rows.coordinates.forEach((value, at) => {
      const s = at % turned.axes.kept;
      near(Math.abs(value), Math.abs(rows.coordinates[Math.floor(at / turned.axes.kept) * kept + s]), "valeur absolue");
    });
  });
});

describe("corrected rates", () => {
  const { axes, categories, questions: active } = mca(questions);
  const [Q, J] = [active.names.length, categories.levels.length];

  test("Benzécri sums to 100; Greenacre is the same numerator over the inertia between questions, by the published formula", () => {
    near(sum(axes.benzecri), 100, "somme", 1e-10);
    const between = (Q / (Q - 1)) * (sum(axes.eigenvalues.map((value) => value ** 2)) - (J - Q) / Q ** 2);
    axes.eigenvalues.forEach((value, s) => {
      const pseudo = value > 1 / Q ? ((Q / (Q - 1)) * (value - 1 / Q)) ** 2 : 0;
      near(axes.pseudoEigenvalues[s], pseudo, "pseudo");
      near(axes.greenacre[s], (100 * pseudo) / between, "Greenacre", 1e-9);
      expect(axes.greenacre[s]).toBeLessThanOrEqual(axes.benzecri[s]);
    });
  });

  test("they are not rounded, and are the same for the Burt table", () => {
    expect(axes.benzecri[0]).not.toBe(Math.round(axes.benzecri[0] * 100) / 100);
    const burt = mca(questions, { table: "burt" }).axes;
    expect([...burt.benzecri]).toEqual([...axes.benzecri]);
    burt.eigenvalues.forEach((value, s) => {
      near(value, axes.eigenvalues[s] ** 2, "λ²", 1e-15);
    });
  });
});

describe("what must not change the result", () => {
  const absolute = (values: Float64Array): number[] => [...values].map(Math.abs);
  const same = (one: CategoryCloud, other: CategoryCloud): void => {
    const right = absolute(other.coordinates);
    absolute(one.coordinates).forEach((value, at) => {
      near(value, right[at] ?? Number.NaN, "coordonnée", 1e-10);
    });
  };

  test("a weight of 3 is three people, but for the v-tests' n", () => {
    const counts = Float64Array.from({ length: 300 }, (_, i) => 1 + (i % 3));
    const rows = [...counts.keys()].flatMap((row) => new Array<number>(counts[row]).fill(row));
    const repeated = questions.map((one) => ({ ...one, codes: Int32Array.from(rows, (row) => one.codes[row]) }));
    const [byWeight, byRows]: [Mca, Mca] = [mca(questions, { weights: counts }), mca(repeated)];
    same(byWeight.categories, byRows.categories);
    expect(byWeight.report.testedPeople).toBe(300);
    expect(byRows.report.testedPeople).toBe(rows.length);
  });

  test("a row of weight 0 is a supplementary row", () => {
    const zero = Float64Array.from({ length: 300 }, (_, i) => (i === 41 ? 0 : 1));
    const [byWeight, byName] = [
      mca(questions, { weights: zero }),
      mca(questions, { supplementaryRows: Int32Array.of(41) }),
    ];
    expect([...byWeight.rows.coordinates]).toEqual([...byName.rows.coordinates]);
    expect(byWeight.report.activeRows).toBe(299);
  });

  test("the inputs are left as they were", () => {
    const before = questions.map(({ codes }) => [...codes]);
    const given = Float64Array.from(weights);
    mca(questions, { weights: given, missing: "drop-rows", rare: { below: 0.1, rule: "merge", into: "autres" } });
    expect(questions.map(({ codes }) => [...codes])).toEqual(before);
    expect([...given]).toEqual([...weights]);
  });
});
