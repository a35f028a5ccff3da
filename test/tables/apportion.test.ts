import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/codes/random.ts";
import type { Shape } from "../../src/codes/shape.ts";
import {
  numberColumn,
  numbers,
  reasonAt,
  rowAt,
  SECRET,
  type Table,
  table,
  textColumn,
} from "../../src/codes/table.ts";
import { apportion } from "../../src/tables/apportion.ts";
import { apportionPoints } from "../../src/tables/apportion-points.ts";
import { apportionRate } from "../../src/tables/apportion-rate.ts";
import { areaShares, concentration, type Places } from "../../src/tables/area-shares.ts";
import { weightShares } from "../../src/tables/weight-shares.ts";
import { sampleLineage } from "../support/lineage.ts";

const rectangle = (x: number, y: number, width: number, height: number): Shape => ({
  polygons: [[Float64Array.of(x, y, x + width, y, x + width, y + height, x, y + height)]],
});
const metres = { unit: "metres" } as const;

/** Four units of 10 by 10 in a row; one neighbourhood over a whole unit and 30 % of the next, another over half of the fourth. */
const units: Places = {
  codes: ["u1", "u2", "u3", "u4"],
  shapes: [0, 10, 20, 30].map((x) => rectangle(x, 0, 10, 10)),
  geography: { kind: "iris", vintage: 2021 },
};
const zones: Places = {
  codes: ["QP001001", "QP001002"],
  shapes: [rectangle(0, 0, 13, 10), rectangle(35, -5, 5, 15)],
  geography: { kind: "qpv", vintage: 2015 },
};

function people(values: readonly number[], missing: readonly number[] = [0, 0, 0, 0], summable = true): Table {
  return table(
    {
      iris: textColumn(["u1", "u2", "u3", "u4"], { label: "IRIS", geography: { kind: "iris", vintage: 2021 } }),
      pop: numberColumn(values, { label: "Habitants", unit: "personnes", summable, missing: Uint8Array.from(missing) }),
    },
    sampleLineage({}),
  );
}

describe("by area", () => {
  const shares = areaShares(units, zones, metres);

  test("what a reader can check by hand", () => {
    const { table: out, report } = apportion(people([100, 50, 80, 20]), { key: "iris", column: "pop", shares });
    const first = rowAt(out, 0);
    expect(first).toMatchObject({ code: "QP001001", pop_min: 100, pop_max: 150, part_couverte: 1, part_imputee: 0 });
    expect(first["pop"]).toBeCloseTo(115, 9);
    expect(first["pop_erreur_type"]).toBeCloseTo(Math.sqrt(50 ** 2 * 0.3 * 0.7), 9);
    expect(first["part_coupee"]).toBeCloseTo(15 / 115, 9);
    const second = rowAt(out, 1);
    expect(second).toMatchObject({ pop_min: 0, pop_max: 20, part_coupee: 1 });
    expect(second["pop"]).toBeCloseTo(10, 9);
    expect(second["part_couverte"]).toBeCloseTo(10 / 15, 9);
    expect(report).toMatchObject({ total: 250, cutSources: 2, missingTargets: { s: 0, ns: 0, nd: 0 } });
    expect(report.distributed + report.rest).toBeCloseTo(250, 9);
    expect(report.sentence).toContain("dont 2 coupées");
    expect(out.columns["code"]).toMatchObject({ geography: { kind: "qpv", vintage: 2015 } });
    expect(out.columns["pop_max"]).toMatchObject({ summable: false });
    expect(out.lineage.length).toBe(1);
  });
  test("a zone that no unit reaches has no value: nothing is known there", () => {
    const far: Places = { codes: [...zones.codes, "QP001003"], shapes: [...zones.shapes, rectangle(900, 0, 5, 5)] };
    const { table: out, report } = apportion(people([100, 50, 80, 20]), {
      key: "iris",
      column: "pop",
      shares: areaShares(units, far, metres),
    });
    expect(["pop", "pop_min", "pop_max"].map((name) => reasonAt(numbers(out, name), 2))).toEqual(["nd", "nd", "nd"]);
    expect(numbers(out, "part_couverte").values[2]).toBe(0);
    expect(report.missingTargets).toEqual({ s: 0, ns: 0, nd: 1 });
    expect(reasonAt(numbers(out, "pop"), 0)).toBeNull();
  });

  test("data whose contract does not allow the outlines is not shared out into them", () => {
    const lent = {
      ...people([100, 50, 80, 20]),
      lineage: sampleLineage({}).map((ref) => ({ ...ref, joins: ["iris"] })),
    };
    const outlines = { ...zones, lineage: sampleLineage({ id: "perimetres" }) };
    const into = areaShares(units, outlines, metres);
    expect(() => apportion(lent, { key: "iris", column: "pop", shares: into })).toThrow(
      /n'autorise pas son croisement/,
    );
    expect(apportion(lent, { key: "iris", column: "pop", shares }).table.lineage).toEqual(lent.lineage);
    const points = table(
      { x: numberColumn([1], { label: "x", unit: "m" }), y: numberColumn([1], { label: "y", unit: "m" }) },
      lent.lineage,
    );
    expect(() => apportionPoints(points, outlines, { x: "x", y: "y", ...metres })).toThrow(/n'autorise pas/);
  });

  test("evenly spread people leave no error", () => {
    const even = areaShares(units, zones, { ...metres, concentration: 0 });
    const { table: out } = apportion(people([100, 50, 80, 20]), { key: "iris", column: "pop", shares: even });
    expect([...numbers(out, "pop_erreur_type").values]).toEqual([0, 0]);
  });
  test("a secret unit makes secret what it gives to, and only that; it stays before the other reasons", () => {
    const secret = apportion(people([100, Number.NaN, 80, 20], [0, SECRET, 0, 0]), {
      key: "iris",
      column: "pop",
      shares,
    });
    expect([0, 1].map((row) => reasonAt(numbers(secret.table, "pop"), row))).toEqual(["s", null]);
    for (const name of ["pop_min", "pop_max", "pop_erreur_type", "part_coupee"])
      expect(reasonAt(numbers(secret.table, name), 0)).toBe("s");
    expect(secret.report.missingTargets).toEqual({ s: 1, ns: 0, nd: 0 });
    const both = apportion(people([Number.NaN, Number.NaN, 80, Number.NaN], [3, 1, 0, 2]), {
      key: "iris",
      column: "pop",
      shares,
    });
    expect([0, 1].map((row) => reasonAt(numbers(both.table, "pop"), row))).toEqual(["s", "ns"]);
  });
  test("a unit without row is not available; a row without shape goes to the rest; both are named", () => {
    const t = table({
      iris: textColumn(["u1", "u9"], { label: "IRIS" }),
      pop: numberColumn([100, 7], { label: "Habitants", unit: "personnes", summable: true }),
    });
    const { table: out, report } = apportion(t, { key: "iris", column: "pop", shares });
    expect([0, 1].map((row) => reasonAt(numbers(out, "pop"), row))).toEqual(["nd", "nd"]);
    expect(report).toMatchObject({ total: 107, rest: 7, withoutShape: ["u9"], withoutRow: ["u2", "u4"] });
  });
  test("imputed rows are told in the part that they make", () => {
    const t = people([100, 50, 80, 20]);
    const flagged = table({
      ...t.columns,
      i_est_200: numberColumn([0, 1, 0, 0], { label: "Imputé", unit: "" }),
    });
    const { table: out } = apportion(flagged, { key: "iris", column: "pop", shares, imputed: "i_est_200" });
    expect(numbers(out, "part_imputee").values[0]).toBeCloseTo(15 / 115, 9);
  });
  test("slivers are left to the rest by a stated threshold", () => {
    const near: Places = { codes: ["z"], shapes: [rectangle(0, 0, 10.05, 10)] };
    const at = (sliver: number): readonly number[] => {
      const { table: out, report } = apportion(people([100, 50, 80, 20]), {
        key: "iris",
        column: "pop",
        shares: areaShares(units, near, { ...metres, sliver }),
      });
      expect(report.distributed + report.rest).toBeCloseTo(250, 9);
      return [numbers(out, "pop").values[0] as number, numbers(out, "pop_max").values[0] as number];
    };
    expect(at(0)[0]).toBeCloseTo(100.25, 9);
    expect(at(0)[1]).toBe(150);
    expect(at(0.01)).toEqual([100, 100]);
  });

  test.each([
    [
      "a median",
      () => apportion(people([1, 2, 3, 4], [0, 0, 0, 0], false), { key: "iris", column: "pop", shares }),
      /n'est pas sommable.*apportionRate/,
    ],
    [
      "a negative count",
      () => apportion(people([1, -2, 3, 4]), { key: "iris", column: "pop", shares }),
      /Compte impossible.*ligne 2/,
    ],
    [
      "another year of the list",
      () => {
        const t = people([1, 2, 3, 4]);
        const iris = textColumn(["u1", "u2", "u3", "u4"], {
          label: "IRIS",
          geography: { kind: "iris", vintage: 2018 },
        });
        return apportion(table({ ...t.columns, iris }), { key: "iris", column: "pop", shares });
      },
      /pas de la même géographie/,
    ],
    [
      "a repeated code",
      () => {
        const t = people([1, 2, 3, 4]);
        return apportion(table({ ...t.columns, iris: textColumn(["u1", "u1", "u3", "u4"], { label: "IRIS" }) }), {
          key: "iris",
          column: "pop",
          shares,
        });
      },
      /Code répété.*u1/,
    ],
    [
      "overlapping targets",
      () => areaShares(units, { codes: ["a", "b"], shapes: [rectangle(0, 0, 8, 10), rectangle(5, 0, 8, 10)] }, metres),
      /se recouvrent/,
    ],
    [
      "a code with two shapes",
      () => areaShares({ codes: ["a", "a"], shapes: units.shapes.slice(0, 2) }, zones, metres),
      /Code répété/,
    ],
    ["a code without shape", () => areaShares({ codes: ["a"], shapes: [] }, zones, metres), /en nombres différents/],
    ["an impossible concentration", () => areaShares(units, zones, { ...metres, concentration: 2 }), /Concentration/],
  ])("refused: %s", (_, task, message) => {
    expect(task).toThrow(message);
  });
});

describe("by weights", () => {
  const points = {
    label: "logements",
    weight: Float64Array.of(30, 10, 40, 20, 5),
    // Two in u1, one in the part of u2 that is in the zone, one in its other part, one nowhere.
    places: { x: Float64Array.of(2, 8, 11, 19, 99), y: Float64Array.of(5, 5, 5, 5, 5) },
  };
  test("dwellings say where the people of a cut unit are; a unit without any falls back on its area, and is named", () => {
    const shares = weightShares(units, zones, points, metres);
    const { table: out, report } = apportion(people([100, 60, 80, 20]), { key: "iris", column: "pop", shares });
    expect(numbers(out, "pop").values[0]).toBeCloseTo(100 + 60 * (40 / 60), 9);
    expect(numbers(out, "pop").values[1]).toBeCloseTo(10, 9);
    expect([numbers(out, "pop_min").values[0], numbers(out, "pop_max").values[0]]).toEqual([100, 160]);
    // u² Σ p² (g - s)², p = 2/3 and 1/3, s = 2/3.
    const variance = (2 / 3) ** 2 * (1 / 3) ** 2 + (1 / 3) ** 2 * (2 / 3) ** 2;
    expect(numbers(out, "pop_erreur_type").values[0]).toBeCloseTo(60 * Math.sqrt(variance), 9);
    expect(report.notes.join()).toContain("1 unités sans poids, réparties à la surface\u00a0: u4");
    expect(report.method).toBe("répartition selon les logements");
  });
  test("squares give by the part of them that lies in both, also where a square straddles two units", () => {
    const squares = {
      label: "habitants",
      weight: Float64Array.of(40, 60, 10),
      places: { shapes: [rectangle(8, 0, 4, 4), rectangle(12, 0, 4, 4), rectangle(16, 0, 4, 4)] },
      imputed: Uint8Array.of(0, 1, 0),
    };
    const shares = weightShares(units, zones, squares, metres);
    const { table: out } = apportion(people([100, 70, 80, 20]), { key: "iris", column: "pop", shares });
    // u2 holds half of the first square (20), the second (60), the third (10); the zone has x < 13: 20 and a quarter of 60.
    expect(numbers(out, "pop").values[0]).toBeCloseTo(100 + (70 * 35) / 90, 9);
    expect(numbers(out, "part_imputee").values[0]).toBeCloseTo((70 * 15) / 90 / (100 + (70 * 35) / 90), 9);
  });
  test("a square cut by both borders gives what lies in both, not the product of its parts", () => {
    const wide = {
      label: "habitants",
      weight: Float64Array.of(80, 30),
      places: { shapes: [rectangle(8, 0, 8, 4), rectangle(16, 0, 4, 4)] },
    };
    // Of the 80 of the first square, u2 holds six metres of eight (60), and the zone three of these six (30).
    const { table: out } = apportion(people([100, 90, 80, 20]), {
      key: "iris",
      column: "pop",
      shares: weightShares(units, zones, wide, metres),
    });
    expect(numbers(out, "pop").values[0]).toBeCloseTo(100 + 30, 9);
  });
  test("a secret unit that gives nothing to a zone hides nothing there but the upper bound", () => {
    const outside = {
      label: "logements",
      weight: Float64Array.of(9),
      places: { x: Float64Array.of(19), y: Float64Array.of(5) },
    };
    const shares = weightShares(units, zones, outside, metres);
    const { table: out } = apportion(people([100, Number.NaN, 80, 20], [0, SECRET, 0, 0]), {
      key: "iris",
      column: "pop",
      shares,
    });
    expect(rowAt(out, 0)).toMatchObject({ pop: 100, pop_min: 100, pop_max: "s" });
  });
  test("weights that are not weights are refused, without being printed", () => {
    const wrong = (weight: Float64Array) => () => weightShares(units, zones, { ...points, weight }, metres);
    expect(wrong(Float64Array.of(1, -123, 1, 1, 1))).toThrow(/ligne 2/);
    expect(wrong(Float64Array.of(1, -123, 1, 1, 1))).not.toThrow(/123/);
    expect(wrong(Float64Array.of(1, Number.NaN, 1, 1, 1))).toThrow(/Poids impossible/);
    expect(wrong(Float64Array.of(1))).toThrow(/nombres différents/);
  });
});

describe("laws", () => {
  test("what is shared out and what is left make the total; the estimate lies within its bounds", () => {
    const count = fc.integer({ min: 0, max: 5000 });
    fc.assert(
      fc.property(
        fc.array(count, { minLength: 16, maxLength: 16 }),
        fc.array(fc.tuple(fc.integer({ min: -5, max: 35 }), fc.integer({ min: 1, max: 18 })), {
          minLength: 2,
          maxLength: 2,
        }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), count), { maxLength: 30 }),
        fc.constantFrom("area", "points", "squares"),
        (values, spans, places, method) => {
          const sources: Places = {
            codes: values.map((_, i) => `u${i}`),
            shapes: values.map((_, i) => rectangle(10 * (i % 4), 10 * Math.floor(i / 4), 10, 10)),
          };
          // Side by side from south to north, so that they do not overlap.
          const targets: Places = {
            codes: ["a", "b"],
            shapes: spans.map(([x, width], i) => rectangle(x, i * 17 + 0.5, width, 16)),
          };
          const weight = Float64Array.from(places, ([, , w]) => w);
          const [x, y] = [0, 1].map((axis) => Float64Array.from(places, (place) => (place[axis] as number) + 0.25));
          const weights =
            method === "points"
              ? { label: "logements", weight, places: { x: x as Float64Array, y: y as Float64Array } }
              : { label: "habitants", weight, places: { shapes: places.map(([px, py]) => rectangle(px, py, 3, 3)) } };
          const shares =
            method === "area" ? areaShares(sources, targets, metres) : weightShares(sources, targets, weights, metres);
          const t = table({
            code: textColumn(sources.codes, { label: "Unité" }),
            pop: numberColumn(values, { label: "Habitants", unit: "personnes", summable: true }),
          });
          const { table: out, report } = apportion(t, { key: "code", column: "pop", shares });
          const total = values.reduce((a, b) => a + b, 0);
          expect(report.total).toBe(total);
          expect(report.distributed + report.rest).toBeCloseTo(total, 6);
          for (let row = 0; row < 2; row++) {
            const outside = shares.coverage[row] === 0;
            expect(reasonAt(numbers(out, "pop"), row)).toBe(outside ? "nd" : null);
            if (outside) continue;
            const [value, low, high, error] = ["pop", "pop_min", "pop_max", "pop_erreur_type"].map(
              (name) => numbers(out, name).values[row] as number,
            ) as [number, number, number, number];
            expect(low).toBeLessThanOrEqual(value + 1e-6);
            expect(value).toBeLessThanOrEqual(high + 1e-6);
            expect(error).toBeLessThanOrEqual(total + 1e-6);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test("the stated error of the area method is the one met, when patches of unequal density are drawn as assumed", () => {
    const random = seededRandom(23);
    const m = 20;
    const unit: Places = { codes: ["u"], shapes: [rectangle(0, 0, m, 1)] };
    const zone: Places = { codes: ["z"], shapes: [rectangle(0, 0, 6, 1)] };
    let [squared, stated] = [0, 0];
    const draws = 4000;
    for (let draw = 0; draw < draws; draw++) {
      const patches = Array.from({ length: m }, () => (-Math.log(1 - random())) ** 3);
      const sum = patches.reduce((a, b) => a + b, 0);
      const truth = (1000 * patches.slice(0, 6).reduce((a, b) => a + b, 0)) / sum;
      const shares = areaShares(unit, zone, { ...metres, concentration: Math.min(1, concentration(patches)) });
      squared += (truth - 300) ** 2;
      stated += 1000 ** 2 * shares.variance[0];
    }
    expect(squared / stated).toBeGreaterThan(0.95);
    expect(squared / stated).toBeLessThan(1.05);
  });
  test("and that of weights, when the count by dwelling varies as stated", () => {
    const random = seededRandom(29);
    const places = Array.from({ length: 60 }, (_, i) => i + 0.5);
    const unit: Places = { codes: ["u"], shapes: [rectangle(0, 0, 60, 1)] };
    const zone: Places = { codes: ["z"], shapes: [rectangle(0, 0, 20, 1)] };
    const weight = Float64Array.from(places, () => 1 + Math.floor(5 * random()));
    const weights = {
      label: "logements",
      weight,
      places: { x: Float64Array.from(places), y: new Float64Array(60).fill(0.5) },
    };
    const shares = weightShares(unit, zone, weights, { ...metres, unevenness: 0.5 });
    let squared = 0;
    for (let draw = 0; draw < 5000; draw++) {
      // Uniform from 1 - a to 1 + a has the coefficient of variation a / √3.
      const truth = places.map((_, i) => weight[i] * (1 + 0.5 * Math.sqrt(3) * (2 * random() - 1)));
      const inside = truth.slice(0, 20).reduce((a, b) => a + b, 0) / truth.reduce((a, b) => a + b, 0);
      squared += (inside - shares.share[0]) ** 2 / 5000;
    }
    expect(squared / shares.variance[0]).toBeGreaterThan(0.93);
    expect(squared / shares.variance[0]).toBeLessThan(1.07);
  });
  test("concentration has no value under two weights or without any", () => {
    expect([[], [3], [0, 0]].map(concentration)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe("rates and points", () => {
  const shares = areaShares(units, zones, metres);
  const counts = (poor: readonly number[], all: readonly number[], missing = [0, 0, 0, 0]): Table =>
    table({
      iris: textColumn(units.codes, { label: "IRIS" }),
      poor: numberColumn(poor, {
        label: "Ménages pauvres",
        unit: "ménages",
        summable: true,
        missing: Uint8Array.from(missing),
      }),
      all: numberColumn(all, { label: "Ménages", unit: "ménages", summable: true }),
    });
  const options = {
    key: "iris",
    numerator: "poor",
    denominator: "all",
    shares,
    name: "taux",
    label: "Taux de pauvreté",
  };

  test("a rate is its two counts shared out, with bounds that its parts allow", () => {
    const { table: out } = apportionRate(counts([30, 10, 5, 8], [100, 50, 80, 20]), options);
    const first = rowAt(out, 0);
    expect(first["taux"]).toBeCloseTo((100 * 33) / 115, 9);
    expect(first["taux_min"]).toBeCloseTo((100 * 30) / 140, 9);
    expect(first["taux_max"]).toBeCloseTo((100 * 40) / 110, 9);
    expect(first["taux_erreur_type"]).toBeCloseTo((100 * Math.abs(10 - (33 / 115) * 50) * Math.sqrt(0.21)) / 115, 9);
    expect(rowAt(out, 1)).toMatchObject({ taux_min: 0, taux_max: 100 });
  });
  test("equal rates everywhere leave no error; a secret count leaves no rate; nobody leaves none either", () => {
    const same = apportionRate(counts([20, 10, 16, 4], [100, 50, 80, 20]), options).table;
    expect(numbers(same, "taux").values[0]).toBeCloseTo(20, 9);
    expect(numbers(same, "taux_erreur_type").values[0]).toBeCloseTo(0, 9);
    const secret = apportionRate(counts([20, Number.NaN, 16, 4], [100, 50, 80, 20], [0, 1, 0, 0]), options).table;
    expect([0, 1].map((row) => reasonAt(numbers(secret, "taux"), row))).toEqual(["s", null]);
    const nobody = apportionRate(counts([20, 10, 16, 0], [100, 50, 80, 0]), options).table;
    expect(reasonAt(numbers(nobody, "taux"), 1)).toBe("nd");
  });
  test("cases that are not a part of the denominator are refused", () => {
    expect(() => apportionRate(counts([120, 1, 1, 1], [100, 50, 80, 20]), options)).toThrow(
      /dépasse le dénominateur.*ligne 1/,
    );
  });
  test("points add up exactly; those without place widen the upper bound; a secret one hides its zone", () => {
    const t = table({
      x: numberColumn([1, 12, 13, 36, Number.NaN, 500], { label: "x", unit: "m" }),
      y: numberColumn([1, 1, 1, 1, 1, 1], { label: "y", unit: "m" }),
      jobs: numberColumn([5, 7, 11, Number.NaN, 2, 3], {
        label: "Emplois",
        unit: "emplois",
        summable: true,
        missing: Uint8Array.of(0, 0, 0, SECRET, 0, 0),
      }),
    });
    const counted = apportionPoints(t, zones, { x: "x", y: "y", ...metres });
    expect([...numbers(counted.table, "points").values]).toEqual([2, 1]);
    expect(counted.report).toEqual({ total: 6, located: 3, outside: 2, withoutPlace: 1, missingValues: 0 });
    const { table: out, report } = apportionPoints(t, zones, { x: "x", y: "y", column: "jobs", ...metres });
    expect(rowAt(out, 0)).toMatchObject({ jobs: 12, jobs_min: 12, jobs_max: 14 });
    expect(reasonAt(numbers(out, "jobs"), 1)).toBe("s");
    expect(report).toEqual({ total: 28, located: 12, outside: 14, withoutPlace: 2, missingValues: 1 });
  });
});
