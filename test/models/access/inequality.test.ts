import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concentrationIndex } from "../../../src/models/access/concentration-index.ts";
import { fgtPoverty } from "../../../src/models/access/fgt-poverty.ts";
import { giniIndex, lorenzCurve } from "../../../src/models/access/gini-index.ts";
import { palmaRatio } from "../../../src/models/access/palma-ratio.ts";
import { populatedPlaces } from "../../../src/models/access/populated-places.ts";
import { theilByGroup, theilT } from "../../../src/models/access/theil-t.ts";

const floats = (...values: number[]): Float64Array => Float64Array.of(...values);
const access = floats(10, 20, 70);
const population = floats(5, 3, 2);
const columns = fc
  .integer({ min: 1, max: 12 })
  .chain((size) => {
    const column = (max: number) =>
      fc
        .array(fc.integer({ min: 0, max }), { minLength: size, maxLength: size })
        .map((list) => Float64Array.from(list));
    return fc.record({ access: column(30), population: column(9), income: column(4) });
  })
  .filter((one) => one.access.some((value, i) => value > 0 && one.population[i] > 0));
type Columns = { access: Float64Array; population: Float64Array; income: Float64Array };
const holds = (property: (one: Columns) => void): void => fc.assert(fc.property(columns, property), { numRuns: 300 });
/** One row a person. */
const perPerson = (values: Float64Array, people: Float64Array): Float64Array =>
  Float64Array.from([...values].flatMap((value, i) => Array<number>(people[i]).fill(value)));
const ones = (length: number): Float64Array => new Float64Array(length).fill(1);

describe("Gini", () => {
  test("one of four has all", () => expect(giniIndex(floats(0, 0, 0, 1), ones(4))).toBe(0.75));
  test("the closed case", () => expect(giniIndex(access, population)).toBeCloseTo(0.42, 14));
  test("is the mean difference between two people over twice the mean", () =>
    holds((one) => {
      const people = perPerson(one.access, one.population);
      let [differences, total] = [0, 0];
      for (const a of people) {
        total += a;
        for (const b of people) differences += Math.abs(a - b);
      }
      expect(giniIndex(one.access, one.population)).toBeCloseTo(differences / (2 * people.length * total), 12);
    }));
  test("the Lorenz curve ends at one, under the diagonal", () =>
    holds((one) => {
      const { people, access: reached } = lorenzCurve(one.access, one.population);
      expect(people.at(-1)).toBeCloseTo(1, 12);
      expect(reached.at(-1)).toBeCloseTo(1, 12);
      for (const [k, share] of people.entries()) expect(reached[k]).toBeLessThanOrEqual(share + 1e-12);
    }));
});

describe("concentration", () => {
  test("is the Gini when income is access itself, and its opposite when the order is turned over", () =>
    holds(({ access: values, population: people }) => {
      const gini = giniIndex(values, people) ?? Number.NaN;
      expect(concentrationIndex(values, { population: people, income: values })).toBeCloseTo(gini, 12);
      expect(concentrationIndex(values, { population: people, income: values.map((value) => -value) })).toBeCloseTo(
        -gini,
        12,
      );
    }));
  test("does not depend on the order of rows when incomes tie", () =>
    holds((one) => {
      const turned = { population: one.population.toReversed(), income: one.income.toReversed() };
      expect(concentrationIndex(one.access.toReversed(), turned)).toBeCloseTo(
        concentrationIndex(one.access, one) ?? Number.NaN,
        12,
      );
    }));
  test("ranks by row, as R does, depend on it", () => {
    const input = { population: floats(1, 1, 1), income: floats(1, 1, 2), ties: "rows" } as const;
    expect(concentrationIndex(floats(0, 4, 5), input)).not.toBeCloseTo(
      concentrationIndex(floats(4, 0, 5), input) ?? Number.NaN,
      3,
    );
  });
  test("corrected by the bounds observed or given; 0 when all have the same", () => {
    const input = { population: floats(1, 1), income: floats(10, 20) };
    expect(concentrationIndex(floats(1, 3), { ...input, type: "corrected" })).toBeCloseTo((0.25 * 4 * 2) / 2, 14);
    expect(concentrationIndex(floats(1, 3), { ...input, type: "corrected", bounds: [0, 10] })).toBeCloseTo(0.2, 14);
    expect(concentrationIndex(floats(3, 3), { ...input, type: "corrected" })).toBe(0);
  });
});

describe("Theil", () => {
  test("the closed case", () => expect(theilT(access, population)).toBeCloseTo(0.3397742749, 10));
  test("people without access stay in the population: 0 ln 0 = 0", () =>
    expect(theilT(floats(0, 10, 30), floats(1, 1, 2))).toBeCloseTo(
      0.25 * (10 / 17.5) * Math.log(10 / 17.5) + 0.5 * (30 / 17.5) * Math.log(30 / 17.5),
      14,
    ));
  test("between and within add up to the whole, whatever the groups", () =>
    holds((one) => {
      const split = theilByGroup(one.access, one.population, [...one.income].map(String));
      const whole = theilT(one.access, one.population) ?? Number.NaN;
      expect(split?.total).toBeCloseTo(whole, 12);
      expect((split?.between ?? 0) + (split?.within ?? 0)).toBe(split?.total);
      const groups = Object.values(split?.groups ?? {});
      expect(groups.reduce((total, { populationShare }) => total + populationShare, 0)).toBeCloseTo(1, 12);
      expect(groups.reduce((total, { accessShare }) => total + accessShare, 0)).toBeCloseTo(1, 12);
      expect(groups.every(({ within }) => within >= -1e-12)).toBe(true);
    }));
  test("a group without any access has its whole weight between, and no NaN within", () => {
    const split = theilByGroup(floats(0, 0, 8), floats(1, 1, 2), ["none", "none", "all"]);
    expect(split?.groups["none"]).toEqual({ between: 0, within: 0, populationShare: 0.5, accessShare: 0 });
    expect(split?.total).toBeCloseTo(Math.log(2), 14);
  });
  test("one group has nothing between, one place a group has nothing within", () => {
    expect(theilByGroup(access, population, ["a", "a", "a"])?.between).toBeCloseTo(0, 14);
    expect(theilByGroup(access, population, ["a", "b", "c"])?.within).toBeCloseTo(0, 14);
  });
});

describe("Palma", () => {
  test("the deciles count each person once, and interpolate between persons", () => {
    // Ranks 1 to 10: the 4th decile is at rank 4.6, between persons of income 10 and 20; the 9th at 9.1, between 20 and 90.
    expect(palmaRatio(floats(1, 2, 6), { population: floats(4, 5, 1), income: floats(10, 20, 90) })).toBe(6);
    expect(palmaRatio(floats(1, 2, 6), { population: floats(5, 4, 1), income: floats(10, 20, 90) })).toBe(6);
  });
  test("null when no one is richer than the 9th decile, or the poorest have nothing", () => {
    expect(palmaRatio(floats(1), { population: floats(10), income: floats(10) })).toBeNull();
    expect(palmaRatio(floats(0, 2, 6), { population: floats(4, 5, 1), income: floats(10, 20, 90) })).toBeNull();
  });
});

describe("poverty", () => {
  test("the closed case, and a strict line", () => {
    const { incidence, gap, severity } = fgtPoverty(access, population, 50) ?? { incidence: 0, gap: 0, severity: 0 };
    expect([incidence, gap, severity].map((value) => Number(value.toFixed(12)))).toEqual([0.8, 0.58, 0.428]);
    expect(fgtPoverty(access, population, 10)?.incidence).toBe(0);
  });
  test("severity ≤ gap ≤ incidence ≤ 1", () =>
    holds((one) => {
      const { incidence, gap, severity } = fgtPoverty(one.access, one.population, 12) ?? {
        incidence: -1,
        gap: 0,
        severity: 0,
      };
      expect(severity <= gap && gap <= incidence && incidence <= 1 + 1e-12).toBe(true);
    }));
  test("a line that is no line", () => expect(() => fgtPoverty(access, population, 0)).toThrow(/Seuil/));
});

describe("who counts", () => {
  test("places without people change nothing, whatever they hold", () => {
    const more = [
      floats(10, 999, 20, 70, Number.NaN),
      floats(5, 0, 3, 2, 0),
      floats(1, Number.NaN, 2, 3, Number.NaN),
    ] as const;
    const income = floats(1, 2, 3);
    expect(populatedPlaces(more[0], more[1])?.empty).toBe(2);
    expect(giniIndex(more[0], more[1])).toBe(giniIndex(access, population));
    expect(theilT(more[0], more[1])).toBe(theilT(access, population));
    expect(fgtPoverty(more[0], more[1], 50)).toEqual(fgtPoverty(access, population, 50));
    expect(palmaRatio(more[0], { population: more[1], income: more[2] })).toBe(
      palmaRatio(access, { population, income }),
    );
    for (const type of ["standard", "corrected"] as const)
      expect(concentrationIndex(more[0], { population: more[1], income: more[2], type })).toBe(
        concentrationIndex(access, { population, income, type }),
      );
  });
  test("one neighbourhood alone is equal to itself", () => {
    const one = { population: floats(7), income: floats(3) };
    expect(giniIndex(floats(5), one.population)).toBe(0);
    expect(theilT(floats(5), one.population)).toBe(0);
    expect(concentrationIndex(floats(5), one)).toBe(0);
    expect(concentrationIndex(floats(5), { ...one, type: "corrected" })).toBe(0);
  });
  test("null, not NaN, when nobody has any access or nobody lives there", () => {
    for (const [values, people] of [
      [floats(0, 0), floats(1, 2)],
      [floats(1, 2), floats(0, 0)],
      [floats(), floats()],
    ] as const) {
      const input = { population: people, income: floats(1, 2).subarray(0, people.length) };
      expect([
        giniIndex(values, people),
        theilT(values, people),
        theilByGroup(values, people, ["a", "b"]),
        concentrationIndex(values, input),
        palmaRatio(values, input),
      ]).toEqual([null, null, null, null, null]);
      expect([...lorenzCurve(values, people).people]).toEqual([]);
    }
    expect(fgtPoverty(floats(1), floats(0), 3)).toBeNull();
  });
  test("missing, infinite or negative values are refused by row", () => {
    expect(() => giniIndex(floats(1, Number.POSITIVE_INFINITY), floats(1, 1))).toThrow(/ligne 2.*Infinity/);
    expect(() => giniIndex(floats(1, Number.NaN), floats(1, 1))).toThrow(/ligne 2.*NaN/);
    expect(() => theilT(floats(1, 2), floats(1, -1))).toThrow(/Population.*ligne 2/);
    expect(() => theilT(floats(1, 2), floats(1))).toThrow(/longueurs/);
    expect(() => palmaRatio(floats(1, 2), { population: floats(1, 1), income: floats(1, Number.NaN) })).toThrow(
      /Revenu manquant.*ligne 2/,
    );
  });
});
