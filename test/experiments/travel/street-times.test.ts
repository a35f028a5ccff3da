import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Progress } from "../../../src/engine/progress.ts";
import { openWorkers } from "../../../src/engine/workers.ts";
import { streamStreetTimes, streetTimes } from "../../../src/experiments/travel/street-times.ts";
import type { TravelPoints } from "../../../src/experiments/travel/travel-times.ts";
import { greatCircleKm } from "../../../src/models/access/great-circle.ts";
import type { StreetGraph } from "../../../src/models/streets/street-graph.ts";
import { graphOf } from "../../support/random-streets.ts";

const pools = { one: openWorkers({ size: 1 }), two: openWorkers({ size: 2 }) };
afterAll(() => Promise.all(Object.values(pools).map((pool) => pool.close())));

/** Nodes each 0.001 degree of longitude apart on the equator, joined both ways at 1 m/s; nothing beyond the last. */
function straightStreet(nodes: number): StreetGraph {
  const metres = greatCircleKm(0, 0, 0.001, 0) * 1000;
  return graphOf(
    nodes,
    Array.from({ length: nodes - 1 }, (_, i) => [
      [i, i + 1, metres, metres] as const,
      [i + 1, i, metres, metres] as const,
    ]).flat(),
  );
}

const points = (places: readonly (readonly [string, number, number])[]): TravelPoints => ({
  ids: places.map(([id]) => id),
  lon: Float64Array.from(places, ([, lon]) => lon),
  lat: Float64Array.from(places, ([, , lat]) => lat),
});
const street = straightStreet(12);
const km = (lonA: number, latA: number, lonB: number, latB: number): number => greatCircleKm(lonA, latA, lonB, latB);

describe("door to door", () => {
  const origins = points([
    ["a", 0.0025, 0],
    ["loin", 0.002, 1],
    ["b", 0.0071, 0.001],
  ]);
  const destinations = points([
    ["a", 0.0025, 0],
    ["c", 0.005, 0.002],
    ["nulle part", 0, 0],
  ]);

  test("the walk to the street is paid at both ends, and a point to itself is 0", async () => {
    const { minutes, kilometres, unattached } = await streetTimes(street, origins, destinations, { kilometres: true });
    const along = km(0.0025, 0, 0.005, 0);
    const access = km(0.005, 0, 0.005, 0.002);
    expect(minutes[0]).toBe(0);
    expect(minutes[1]).toBeCloseTo((along + access) * (1000 / 60), 6);
    expect(kilometres?.[1]).toBeCloseTo(along + access, 9);
    expect(minutes[6]).toBeCloseTo((km(0.0025, 0, 0.0071, 0) + km(0.0071, 0, 0.0071, 0.001)) * (1000 / 60), 6);
    expect(Array.from(minutes.subarray(3, 6))).toEqual([Infinity, Infinity, Infinity]);
    expect([minutes[2], minutes[8], kilometres?.[8]]).toEqual([Infinity, Infinity, Infinity]);
    expect(unattached.origins.map(({ id }) => id)).toEqual(["loin"]);
    expect(unattached.destinations).toEqual([{ id: "nulle part", reason: expect.stringContaining("(0, 0)") }]);
  });

  test("a slower walk costs more at both ends", async () => {
    const [usual, slow] = await Promise.all(
      [3.6, 1.8].map((accessKmh) => streetTimes(street, origins, destinations, { accessKmh })),
    );
    expect(slow.minutes[1] - usual.minutes[1]).toBeCloseTo(km(0.005, 0, 0.005, 0.002) * (1000 / 60), 6);
    expect(usual.kilometres).toBeNull();
  });

  test("no origin, no destination", async () => {
    const none = points([]);
    expect((await streetTimes(street, none, destinations)).minutes).toEqual(new Float64Array(0));
    expect((await streetTimes(street, origins, none)).minutes).toEqual(new Float64Array(0));
  });

  test("columns of different lengths are refused", async () => {
    await expect(streetTimes(street, { ...origins, ids: ["a"] }, destinations)).rejects.toThrow(
      "1 identifiants, 3 longitudes",
    );
  });
});

describe("in threads and in a stream", () => {
  const place = fc.tuple(fc.integer({ min: 0, max: 110 }), fc.integer({ min: -60, max: 60 }));
  const places = (letter: string, max: number): fc.Arbitrary<TravelPoints> =>
    fc
      .array(place, { maxLength: max })
      .map((drawn) => points(drawn.map(([x, y], i) => [`${letter}${i}`, x / 10_000, y / 10_000] as const)));

  test("none, one or two threads give the same bits, and the stream gives the rows of the matrix in order", async () => {
    await fc.assert(
      fc.asyncProperty(places("o", 200), places("d", 20), async (origins, destinations) => {
        const here = await streetTimes(street, origins, destinations, { kilometres: true });
        for (const pool of Object.values(pools))
          expect(await streetTimes(street, origins, destinations, { kilometres: true, pool })).toEqual(here);
        const columns = destinations.ids.length;
        const visited: number[] = [];
        const minutes = new Float64Array(here.minutes.length);
        await streamStreetTimes(
          street,
          origins,
          destinations,
          async (origin, row) => {
            await null;
            visited.push(origin);
            minutes.set(row, origin * columns);
          },
          { pool: pools.two },
        );
        expect(visited).toEqual(origins.ids.map((_, i) => i));
        expect(minutes).toEqual(here.minutes);
      }),
      { numRuns: 20 },
    );
  });

  test("an error of the visitor stops the stream, and progress is told", async () => {
    const many = points(Array.from({ length: 150 }, (_, i) => [String(i), i / 15_000, 0.0001] as const));
    const steps: string[] = [];
    const progress: Progress = { step: (text) => steps.push(text), milestone: () => undefined, end: () => undefined };
    await streetTimes(street, many, many, { pool: pools.two }, progress);
    expect(steps[0]).toBe("rues en voiture, préparation");
    expect(steps.at(-1)).toBe("trajets en voiture, 150 origines sur 150");
    await expect(
      streamStreetTimes(
        street,
        many,
        many,
        (origin) => {
          if (origin === 70) throw new Error("assez");
        },
        { pool: pools.two },
      ),
    ).rejects.toThrow("assez");
  });
});
