import { beforeAll, describe, expect, test } from "vitest";
import { numberColumn, numbers, table, textColumn } from "../../../src/codes/table.ts";
import { type Facilities, loadFacilities, rowsOfKind } from "../../../src/experiments/culture/facilities.ts";
import {
  catchmentLimits,
  communeSupply,
  type PlacedSupply,
  placedSupply,
  residentsWithin,
} from "../../../src/experiments/culture/supply.ts";
import { cultureTypequ2018 } from "../../../src/sources/bpe-typequ.ts";
import { loadNeighbourhoods, type Neighbourhoods } from "../../../src/tables/neighbourhoods.ts";
import { sampleTerritory } from "./sample-survey.ts";

/** Kilometres on the sphere. */
function kilometres(a: readonly [number, number], b: readonly [number, number]): number {
  const radians = Math.PI / 180;
  const half =
    Math.sin(((b[1] - a[1]) * radians) / 2) ** 2 +
    Math.cos(a[1] * radians) * Math.cos(b[1] * radians) * Math.sin(((b[0] - a[0]) * radians) / 2) ** 2;
  return 2 * 6371.0088 * Math.asin(Math.sqrt(half));
}

describe("supply around the neighbourhoods of the sample", () => {
  let places: Neighbourhoods;
  let facilities: Facilities;
  let supply: PlacedSupply;
  beforeAll(async () => {
    const territory = sampleTerritory();
    places = await loadNeighbourhoods(territory);
    facilities = await loadFacilities(territory);
    supply = (await placedSupply(territory, places, facilities)) as PlacedSupply;
  }, 180_000);

  test("neighbourhoods without any place within 1 km are those of a search of every home and place", () => {
    const { points, neighbourhoods } = supply.points;
    const near = (kind: string | null) =>
      neighbourhoods.map(({ rows }) =>
        [...rows].some((home) =>
          [...facilities.kind.keys()].some(
            (row) =>
              (kind === null || facilities.kind[row] === kind) &&
              kilometres(
                [points.lon[home], points.lat[home]],
                [facilities.points?.lon[row] ?? 0, facilities.points?.lat[row] ?? 0],
              ) <= 1,
          ),
        ),
      );
    expect(supply.noneWithinKm).toBe(near(null).filter((is) => !is).length);
    for (const { code, noneWithinKm } of supply.kinds.slice(0, 3))
      expect([...noneWithinKm], code).toEqual(near(code).map((is) => (is ? 0 : 1)));
  });

  test("units of each kind are conserved over the residents of the whole territory, at each limit", () => {
    const all = supply.points.residents.reduce((sum, people) => sum + people, 0);
    for (const { code, units, catchments } of supply.kinds) {
      expect(units).toBe(rowsOfKind(facilities, code).length);
      expect(catchments.length).toBe(catchmentLimits.length);
      for (const { overall, unserved } of catchments) expect((overall * all) / 1_000 + unserved).toBeCloseTo(units, 6);
      // A longer walk serves more places.
      expect(catchments[1]?.unserved).toBeLessThanOrEqual(catchments[0]?.unserved ?? 0);
    }
  });

  test("people live where they are counted: each neighbourhood's shares make 1, and residents those of the communes", () => {
    for (const { shares } of supply.points.neighbourhoods)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect([...supply.residents]).toEqual([...numbers(places.table, "pop_mun").values]);
    const inside = supply.residents.reduce((sum, people) => sum + people, 0);
    const all = supply.points.residents.reduce((sum, people) => sum + people, 0);
    expect(supply.insideShare.residents).toBeCloseTo(inside / all, 12);
    const kinds = supply.kinds.reduce((sum, kind) => sum + kind.inside, 0);
    expect(supply.insideShare.facilities).toBeCloseTo(kinds / facilities.kind.length, 12);
  });

  test("a bicycle is never slower than feet to the nearest, nor is what may be walked as well as ridden", () => {
    for (const { near, code } of supply.kinds)
      near.walk.forEach((walk, row) => {
        expect(near.bike[row]?.median ?? 0, code).toBeLessThanOrEqual(walk.median + 1e-9);
        expect(walk.within[0] ?? 1, code).toBeLessThanOrEqual(walk.within[2] ?? 0);
      });
  });
});

test("residents within a threshold are counted, and not neighbourhoods", () => {
  const near = [[1], [0.5], [0]].map((within) => ({ minutes: 0, median: 0, within }));
  expect(residentsWithin(Float64Array.of(1_000, 3_000, 6_000), near, 0)).toBeCloseTo(0.25, 12);
});

test("by commune: places for 10 000 of its people, and the share of residents whose commune has one", () => {
  const text = (values: readonly string[]) => textColumn(values, { label: "Commune" });
  const people = (values: readonly number[]) => numberColumn(values, { label: "Habitants", unit: "personnes" });
  const neighbourhoods = {
    table: table({
      code_commune: text(["31555", "31555", "34172", "11069"]),
      pop_com: people([50_000, 50_000, 20_000, 10_000]),
      pop_mun: people([3_000, 1_000, 4_000, 2_000]),
    }),
  } as unknown as Neighbourhoods;
  const facilities: Facilities = {
    typequ: cultureTypequ2018,
    kinds: ["F303", "F304"],
    kind: ["F303", "F303", "F303", "F304"],
    commune: ["31555", "31555", "66136", "34172"],
    units: Float64Array.of(2, 3, 9, 1),
    rooms: new Float64Array(4).fill(Number.NaN),
    points: null,
    unplaced: 0,
    lineage: [],
  };
  const [cinema, museum] = communeSupply(neighbourhoods, facilities).kinds;
  expect([...(cinema?.perTenThousand ?? [])]).toEqual([1, 1, 0, 0]);
  expect(cinema).toMatchObject({ units: 14, served: 0.4, label: "Cinéma" });
  expect([...(museum?.perTenThousand ?? [])]).toEqual([0, 0, 0.5, 0]);
  expect(museum).toMatchObject({ units: 1, served: 0.4 });
});
