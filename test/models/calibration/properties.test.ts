import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { calibrate } from "../../../src/models/calibration/calibrate.ts";
import { areaWeights, calibrateAreas } from "../../../src/models/calibration/calibrate-areas.ts";
import type { CalibrationOptions } from "../../../src/models/calibration/calibration-options.ts";
import { proportionalFitting, proportionalUpdating } from "../../../src/models/calibration/proportional-fitting.ts";
import { ridgeOfErrors } from "../../../src/models/calibration/ridge.ts";
import { seedColumns } from "../../../src/models/calibration/seed-columns.ts";
import { effectiveSampleSize } from "../../../src/models/survey/design.ts";
import { expectRelative } from "../../reference/reference.ts";
import { dense, invented, totalsOf } from "./territory.ts";
import "../../support/seed.ts";

const methods: readonly CalibrationOptions[] = [
  { method: "raking" },
  { method: "linear" },
  { method: "linear", bounds: [0.3, 3] },
  { method: "logit", bounds: [0.3, 3] },
  { method: "raking", ridge: 1e-3 },
];
const anyTerritory = fc.record({
  seed: fc.integer({ min: 1, max: 1e6 }),
  households: fc.integer({ min: 12, max: 80 }),
  options: fc.constantFrom(...methods),
});

describe("what every calibration keeps", () => {
  test("margins are met to 1e-9, ratios stay in their bounds, raking and logit weights are positive", () => {
    fc.assert(
      fc.property(anyTerritory, ({ seed, households, options }) => {
        const { columns, weights, targets } = invented(seed, households);
        const found = calibrate(columns, { weights, targets, ...options });
        if (!options.ridge)
          totalsOf(columns, found.weights).forEach((total, k) => {
            expectRelative(total, targets[k], 1e-9);
          });
        const [low, high] = options.bounds ?? [
          options.method === "linear" ? Number.NEGATIVE_INFINITY : 0,
          Number.POSITIVE_INFINITY,
        ];
        found.weights.forEach((weight, i) => {
          const ratio = weight / weights[i];
          expect(ratio).toBeGreaterThanOrEqual(low - 1e-12);
          expect(ratio).toBeLessThanOrEqual(high + 1e-12);
          if (options.method !== "linear") expect(weight).toBeGreaterThan(0);
        });
      }),
    );
  });

  test("the order of households, of persons and of variables changes nothing", () => {
    fc.assert(
      fc.property(anyTerritory, ({ seed, households, options }) => {
        const { columns, weights, targets, variables, householdOfPerson } = invented(seed, households);
        const here = calibrate(columns, { weights, targets, ...options }).weights;
        const back = (i: number): number => households - 1 - i;
        const persons = householdOfPerson.map((_, i) => householdOfPerson.length - 1 - i);
        const turned = seedColumns({
          households,
          householdOfPerson: persons.map((person) => back(householdOfPerson[person])),
          variables: [...variables].reverse().map((variable) => {
            if (variable.of === "quantity") return variable;
            const { codes } = variable;
            const rows = variable.of === "persons" ? persons : Array.from(weights, (_, i) => back(i));
            return { ...variable, codes: rows.map((row) => codes[row]) };
          }),
        });
        const place = (name: string, category: string | null): number =>
          columns.margins.findIndex((margin) => margin.variable === name && margin.category === category);
        const there = calibrate(turned, {
          weights: weights.map((_, i) => weights[back(i)]),
          targets: Float64Array.from(turned.margins, ({ variable, category }) => targets[place(variable, category)]),
          ...options,
        }).weights;
        here.forEach((weight, i) => {
          expect(Math.abs(there[back(i)] - weight)).toBeLessThanOrEqual(1e-7 * weights[i]);
        });
      }),
    );
  });

  test("margins already met leave the weights as they are", () => {
    fc.assert(
      fc.property(anyTerritory, ({ seed, households, options }) => {
        const { columns, weights } = invented(seed, households);
        const targets = Float64Array.from(totalsOf(columns, weights));
        const { report } = calibrate(columns, { weights, targets, ...options });
        expect(Math.abs(report.ratios.min - 1)).toBeLessThan(1e-9);
        expect(Math.abs(report.ratios.max - 1)).toBeLessThan(1e-9);
        expectRelative(report.effectiveAfter, report.effectiveBefore, 1e-9);
      }),
    );
  });

  test("no weights that meet the margins are nearer, by the distance of the method", () => {
    const { columns, weights, targets } = invented(3, 60);
    const entropy = (after: Float64Array): number =>
      after.reduce((sum, w, i) => sum + w * Math.log(w / weights[i]) - w + weights[i], 0);
    const square = (after: Float64Array): number =>
      after.reduce((sum, w, i) => sum + (w - weights[i]) ** 2 / weights[i], 0);
    const [raked, greg] = [
      calibrate(columns, { weights, targets }),
      calibrate(columns, { weights, targets, method: "linear" }),
    ];
    expect(entropy(raked.weights)).toBeLessThan(entropy(greg.weights.map((w) => Math.max(w, 1e-9))));
    expect(square(greg.weights)).toBeLessThan(square(raked.weights));
  });
});

describe("GREG is its closed form", () => {
  test.each([1, 2, 3])("seed %i", (seed) => {
    const { columns, weights, targets } = invented(seed, 50);
    const { weights: found, multipliers } = calibrate(columns, { weights, targets, method: "linear" });
    // Columns of the margins that do not follow from others: all but the last of logement, and of emploi.
    const kept = [0, 1, 2, 3, 4, 5, 7, 8, 10];
    const x = dense(columns).map((row) => kept.map((k) => row[k]));
    const cross = kept.map((_, a) =>
      kept.map((_, b) => x.reduce((sum, row, i) => sum + weights[i] * row[a] * row[b], 0)),
    );
    const gaps = kept.map((k, a) => targets[k] - x.reduce((sum, row, i) => sum + weights[i] * row[a], 0));
    const lambda = eliminate(cross, gaps);
    found.forEach((weight, i) => {
      const ratio = 1 + x[i].reduce((sum, value, a) => sum + value * lambda[a], 0);
      expect(Math.abs(weight - weights[i] * ratio)).toBeLessThan(1e-8 * weights[i]);
    });
    expect(multipliers).toHaveLength(columns.margins.length);
  });
});

/** Solves a x = b by Gauss's elimination with pivots. */
function eliminate(a: readonly (readonly number[])[], b: readonly number[]): number[] {
  const rows = a.map((row, i) => [...row, b[i]]);
  const n = rows.length;
  for (let c = 0; c < n; c++) {
    const pivot = rows.reduce((best, row, i) => (i >= c && Math.abs(row[c]) > Math.abs(rows[best][c]) ? i : best), c);
    [rows[c], rows[pivot]] = [rows[pivot], rows[c]];
    for (let i = 0; i < n; i++) {
      if (i === c) continue;
      const factor = rows[i][c] / rows[c][c];
      for (let k = c; k <= n; k++) rows[i][k] -= factor * rows[c][k];
    }
  }
  return rows.map((row, i) => row[n] / row[i]);
}

describe("soft entropy", () => {
  const { columns, weights, targets } = invented(11, 60);
  // Persons counted another year: the two tables no longer agree.
  const disagreeing = targets.map((target, k) => (k >= 7 ? 1.08 * target : target));

  test("each gap is its softness times its multiplier, and weights are d exp(x'lambda)", () => {
    const ridge = ridgeOfErrors(disagreeing, 0.02);
    const found = calibrate(columns, { weights, targets: disagreeing, ridge });
    const totals = totalsOf(columns, found.weights);
    disagreeing.forEach((target, k) => {
      expect(Math.abs(target - totals[k] - ridge[k] * found.multipliers[k])).toBeLessThan(1e-8 * target);
    });
    dense(columns).forEach((row, i) => {
      const predictor = row.reduce((sum, value, k) => sum + value * found.multipliers[k], 0);
      expectRelative(found.weights[i], weights[i] * Math.exp(predictor), 1e-9);
    });
    expect(found.report.largestGap).toBeGreaterThan(1e-3);
    // Tenure and employment against size, age against size: what no weights can meet is named.
    expect(found.conflicts.flatMap(({ terms }) => terms.map(({ margin }) => margin))).toContain("âge = 65+");
    expect(calibrate(columns, { weights, targets, ridge }).conflicts).toEqual([]);
  });

  test("no other weights have less distance and gaps together", () => {
    const ridge = ridgeOfErrors(disagreeing, 0.02);
    const cost = (after: Float64Array): number => {
      const totals = totalsOf(columns, after);
      return (
        after.reduce((sum, w, i) => sum + w * Math.log(w / weights[i]) - w + weights[i], 0) +
        totals.reduce((sum, total, k) => sum + (total - disagreeing[k]) ** 2 / (2 * ridge[k]), 0)
      );
    };
    const { weights: best } = calibrate(columns, { weights, targets: disagreeing, ridge });
    const random = seededRandom(2);
    for (let turn = 0; turn < 50; turn++)
      expect(cost(best.map((w) => w * Math.exp(0.02 * (random() - 0.5))))).toBeGreaterThan(cost(best));
  });

  test("exact margins stay exact beside soft ones, and a vanishing softness is raking", () => {
    const errors = Array.from(disagreeing, (_, k) => (k < 7 ? 0 : 0.05));
    const mixed = calibrate(columns, { weights, targets: disagreeing, ridge: ridgeOfErrors(disagreeing, errors) });
    mixed.report.margins.slice(0, 7).forEach(({ gap }) => {
      expect(Math.abs(gap)).toBeLessThan(1e-9);
    });
    const [almost, exact] = [
      calibrate(columns, { weights, targets, ridge: 1e-7 }),
      calibrate(columns, { weights, targets }),
    ];
    exact.weights.forEach((weight, i) => {
      expectRelative(almost.weights[i], weight, 1e-6);
    });
  });
});

describe("the report", () => {
  const { columns, weights, targets } = invented(21, 70, 0.8);

  test("effective sizes are Kish's, ratios and totals those of the weights", () => {
    const found = calibrate(columns, { weights, targets });
    const { report } = found;
    expectRelative(report.effectiveBefore, effectiveSampleSize(weights), 1e-12);
    expectRelative(report.effectiveAfter, effectiveSampleSize(found.weights), 1e-12);
    const ratios = found.weights.map((weight, i) => weight / weights[i]).sort();
    expectRelative(report.ratios.min, ratios[0], 1e-12);
    expectRelative(report.ratios.p10, ratios[6], 1e-12);
    expectRelative(report.ratios.median, ratios[34], 1e-12);
    expectRelative(report.ratios.p90, ratios[62], 1e-12);
    expectRelative(report.ratios.max, ratios[69], 1e-12);
    const before = totalsOf(columns, weights);
    report.margins.forEach((margin, k) => {
      expectRelative(margin.before, before[k], 1e-12);
      expect(margin.target).toBe(targets[k]);
    });
    expect(report.margins.map(({ margin }) => margin)).toContain("logement = HLM");
    expect(report.excluded).toBe(0);
  });

  test("ratios at a bound and negative weights are counted", () => {
    const truncated = calibrate(columns, { weights, targets, method: "linear", bounds: [0.7, 1.6] });
    const ratios = truncated.weights.map((weight, i) => weight / weights[i]);
    const at = (bound: number): number => ratios.filter((ratio) => Math.abs(ratio - bound) < 1e-9).length;
    expect(truncated.report.ratios).toMatchObject({ atLow: at(0.7), atHigh: at(1.6), negative: 0 });
    expect(at(0.7) + at(1.6)).toBeGreaterThan(0);
    const pulled = targets.map((target, k) =>
      k === 4 ? target * 0.02 : k === 5 ? target + targets[4] * 0.98 : target,
    );
    const greg = calibrate(columns, { weights, targets: pulled, method: "linear" });
    expect(greg.report.ratios.negative).toBe(greg.weights.filter((weight) => weight < 0).length);
    expect(greg.report.ratios.negative).toBeGreaterThan(0);
  });
});

describe("many areas", () => {
  const { columns, weights } = invented(31, 90);
  const areas = ["a", "b", "c"];
  const rows = [32, 33, 34].map((seed) => {
    const random = seededRandom(seed);
    return totalsOf(
      columns,
      weights.map((weight) => 0.01 * weight * (0.5 + random())),
    );
  });
  const targets = Float64Array.from(rows.flat());

  test.each(methods)("each area is what it is alone: %o", (options) => {
    const found = calibrateAreas(columns, { areas, weights, targets, ...options });
    found.forEach((area, a) => {
      if (!area.ok) throw new Error(area.message);
      const alone = calibrate(columns, { weights, targets: Float64Array.from(rows[a]), scaleStart: true, ...options });
      expect([...areaWeights(columns, weights, area.ratios)]).toEqual([...alone.weights]);
      expect(area.report).toEqual(alone.report);
      const after = areaWeights(columns, weights, area.ratios);
      totalsOf(columns, after).forEach((total, k) => {
        if (!options.ridge) expectRelative(total, rows[a][k], 1e-9);
      });
      expectRelative(area.report.effectiveAfter, effectiveSampleSize(after), 1e-9);
      // Ratios are relative to start weights that hold the households of the area.
      const asked = rows[a].slice(0, 4).reduce((sum, total) => sum + total, 0);
      expectRelative(area.scale * weights.reduce((sum, weight) => sum + weight, 0), asked, 1e-12);
      expectRelative(area.report.margins[0].before, area.scale * totalsOf(columns, weights)[0], 1e-12);
    });
  });

  test.each(methods)(
    "a replicate that begins at the multipliers of another ends sooner, at the same weights: %o",
    (options) => {
      const base = calibrateAreas(columns, { areas, weights, targets, ...options });
      const multipliers = Float64Array.from(base.flatMap((area) => (area.ok ? [...area.multipliers] : [])));
      const random = seededRandom(9);
      const replicate = {
        areas,
        weights: weights.map((weight) => weight * (0.9 + 0.2 * random())),
        targets,
        ...options,
      };
      const [cold, warm] = [calibrateAreas(columns, replicate), calibrateAreas(columns, { ...replicate, multipliers })];
      cold.forEach((area, a) => {
        const again = warm[a];
        if (!area.ok || !again.ok) throw new Error("une zone a échoué");
        area.ratios.forEach((ratio, p) => {
          expect(Math.abs(again.ratios[p] - ratio)).toBeLessThan(1e-7 * area.scale);
        });
        expect(again.iterations).toBeLessThanOrEqual(area.iterations);
      });
      expect(() => calibrateAreas(columns, { ...replicate, multipliers: multipliers.slice(1) })).toThrow(/36 nombres/);
      expect(() => calibrateAreas(columns, { ...replicate, multipliers: multipliers.fill(Number.NaN) })).toThrow(
        /Multiplicateurs/,
      );
    },
  );

  test("each area may have its own softness; a margin softened without end says nothing", () => {
    const size = columns.margins.length;
    const ridge = targets.map((target, k) => (k % 5 === 4 ? 1e18 : k % 2 === 0 ? (0.05 * target) ** 2 + 1 : 1));
    const found = calibrateAreas(columns, { areas, weights, targets, ridge });
    found.forEach((area, a) => {
      if (!area.ok) throw new Error(area.message);
      const own = { targets: Float64Array.from(rows[a]), ridge: ridge.slice(a * size, (a + 1) * size) };
      const alone = calibrate(columns, { weights, scaleStart: true, ...own });
      expect([...areaWeights(columns, weights, area.ratios)]).toEqual([...alone.weights]);
    });
    const moved = targets.map((target, k) => (k % 5 === 4 ? target * 1.5 : target));
    const again = calibrateAreas(columns, { areas, weights, targets: moved, ridge, scaleStart: false });
    const before = calibrateAreas(columns, { areas, weights, targets, ridge, scaleStart: false });
    again.forEach((area, a) => {
      const first = before[a];
      if (!area.ok || !first.ok) throw new Error("une zone a échoué");
      area.ratios.forEach((ratio, p) => {
        expect(Math.abs(ratio - first.ratios[p])).toBeLessThan(1e-9 * Math.max(1, ratio));
      });
    });
  });

  test("an area that fails says why, and stops no other", () => {
    const broken = targets.slice();
    broken[columns.margins.length] = Number.NaN;
    const found = calibrateAreas(columns, { areas, weights, targets: broken });
    expect(found.map(({ ok }) => ok)).toEqual([true, false, true]);
    const [, failed] = found;
    expect(failed).toMatchObject({ kind: "refused", message: expect.stringMatching(/taille = 1.*Lieu\u00a0: b\./) });
    broken[columns.margins.length] = 2 * targets[columns.margins.length];
    const [, conflict] = calibrateAreas(columns, { areas, weights, targets: broken });
    expect(conflict).toMatchObject({ kind: "conflict", conflicts: [{}, {}, {}] });
    const tight = calibrateAreas(columns, { areas, weights, targets, method: "logit", bounds: [0.999, 1.001] });
    expect(tight.map((area) => (area.ok ? "ok" : area.kind))).toEqual(["infeasible", "infeasible", "infeasible"]);
    // What threads send is plain.
    for (const area of [...found, ...tight]) expect(structuredClone(area)).toEqual(area);
    expect(() => calibrateAreas(columns, { areas, weights, targets, method: "logit" })).toThrow(/bornes/);
    expect(() => calibrateAreas(columns, { areas, weights, targets: targets.slice(1) })).toThrow(/3 zones x 12 marges/);
    expect(calibrateAreas(columns, { areas, weights, targets, maxIterations: 1 })).toMatchObject([
      { kind: "unsolved" },
      {},
      {},
    ]);
  });
});

describe("proportional fits", () => {
  test("IPF on categories is raking, whatever the order", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { variables, weights } = invented(seed, 60);
        const columns = seedColumns({ households: 60, variables: variables.slice(0, 2) });
        const random = seededRandom(seed);
        const targets = Float64Array.from(
          totalsOf(
            columns,
            weights.map((weight) => weight * (0.4 + random())),
          ),
        );
        const [fitted, raked] = [
          proportionalFitting(columns, { weights, targets }),
          calibrate(columns, { weights, targets }),
        ];
        expect(fitted.converged).toBe(true);
        fitted.weights.forEach((weight, i) => {
          expectRelative(weight, raked.weights[i], 1e-8);
        });
      }),
      { numRuns: 30 },
    );
  });

  test("IPU meets household and person margins, but is farther than the exact calibration", () => {
    const { columns, weights, targets } = invented(41, 80, 0.4);
    const updated = proportionalUpdating(columns, { weights, targets, tolerance: 1e-8, maxIterations: 20_000 });
    expect(updated.converged).toBe(true);
    const entropy = (after: Float64Array): number =>
      after.reduce((sum, w, i) => sum + w * Math.log(w / weights[i]) - w + weights[i], 0);
    const exact = calibrate(columns, { weights, targets });
    expect(entropy(updated.weights)).toBeGreaterThan(entropy(exact.weights) * (1 + 1e-6));
  });

  test("IPU says when it does not converge", () => {
    const { columns, weights, targets } = invented(42, 40);
    const wrong = targets.map((target, k) => (k < 4 ? 2 * target : target));
    const { converged, iterations, report } = proportionalUpdating(columns, { weights, targets: wrong });
    expect(converged).toBe(false);
    // It stops when it no longer gains.
    expect(iterations).toBeLessThan(1000);
    expect(report.largestGap).toBeGreaterThan(0.01);
    expect(() => proportionalFitting(columns, { weights, targets })).toThrow(/catégories.*emploi/);
  });
});
