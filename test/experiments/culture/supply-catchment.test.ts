import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { type CatchmentSupply, catchmentSupply } from "../../../src/experiments/culture/supply-catchment.ts";

const never = Number.POSITIVE_INFINITY;
const alone = (row: number) => ({ rows: Int32Array.of(row), shares: Float64Array.of(1) });

/** One place a home point: what it has is the access of its own people. */
function accessOf(
  residents: readonly number[],
  minutes: readonly number[],
  units: readonly number[],
  limit = 30,
): CatchmentSupply {
  const columns = minutes.length / residents.length;
  return catchmentSupply({
    places: residents.map((_, row) => alone(row)),
    residents: Float64Array.from(residents),
    minutes: Float64Array.from(minutes),
    facilities: { rows: Int32Array.from(units.keys()), columns },
    units: Float64Array.from(units),
    limit,
  });
}

/** Sum of the residents times what each has: the units that the measure gives out. */
const givenOut = (residents: readonly number[], { perThousand }: CatchmentSupply): number =>
  residents.reduce((sum, people, row) => sum + (people * perThousand[row]) / 1_000, 0);

describe("supply shared with those who compete for it", () => {
  test("one library for 500 and 1 500 people at its door: 0.5 for 1 000, the same for all", () => {
    const { perThousand, overall, unserved } = accessOf([500, 1_500], [5, 5], [1]);
    expect([...perThousand]).toEqual([0.5, 0.5]);
    expect([overall, unserved]).toEqual([0.5, 0]);
  });

  test("weighs 1, 0.68 and 0.22 by thirds of the limit, bounds included, and nothing beyond", () => {
    const { perThousand } = accessOf([1_000, 1_000, 1_000, 1_000], [10, 20, 30, 30.001], [1]);
    const demand = 1_000 * (1 + 0.68 + 0.22);
    [1, 0.68, 0.22, 0].forEach((weight, row) => {
      expect(perThousand[row], String(row)).toBeCloseTo((1_000 * weight) / demand, 12);
    });
  });

  test("a longer limit moves the shares: who was alone has neighbours", () => {
    const near = accessOf([100, 900], [3, 25], [1], 15).perThousand;
    const far = accessOf([100, 900], [3, 25], [1], 30).perThousand;
    expect([...near]).toEqual([10, 0]);
    expect(far[0]).toBeLessThan(10);
    expect(far[1]).toBeGreaterThan(0);
  });

  test("units are conserved: residents times access add up to the units that somebody reaches", () => {
    const random = seededRandom(7);
    for (let trial = 0; trial < 20; trial++) {
      const residents = Array.from({ length: 12 }, () => Math.floor(3_000 * random()));
      const units = Array.from({ length: 5 }, () => 1 + Math.floor(4 * random()));
      const minutes = Array.from({ length: 60 }, () => (random() < 0.2 ? never : 60 * random()));
      const found = accessOf(residents, minutes, units);
      const all = units.reduce((sum, count) => sum + count, 0);
      expect(givenOut(residents, found)).toBeCloseTo(all - found.unserved, 9);
      const total = residents.reduce((sum, people) => sum + people, 0);
      expect((found.overall * total) / 1_000).toBeCloseTo(all - found.unserved, 9);
    }
  });

  test("a facility that nobody reaches is unserved, with all its units, and gives to nobody", () => {
    const found = accessOf([1_000, 500], [10, never, 31, 10, 120, 45], [1, 3, 2]);
    expect(found.unserved).toBe(5);
    expect(givenOut([1_000, 500], found)).toBeCloseTo(1, 12);
  });

  test("a facility reached from homes where nobody lives is unserved too", () => {
    expect(accessOf([0, 1_000], [5, never], [1]).unserved).toBe(1);
  });

  test("only the facilities of the kind are read, among all the columns", () => {
    const { perThousand } = catchmentSupply({
      places: [alone(0), { rows: Int32Array.of(0, 1), shares: Float64Array.of(0.25, 0.75) }],
      residents: Float64Array.of(500, 500),
      minutes: Float64Array.of(1, never, 1, 1, 1, 1),
      facilities: { rows: Int32Array.of(1), columns: 3 },
      units: Float64Array.of(1),
      limit: 30,
    });
    expect([...perThousand]).toEqual([0, 1.5]);
  });
});
