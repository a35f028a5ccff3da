import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EARTH_RADIUS_METRES } from "../../../src/models/access/great-circle.ts";
import { isochrone } from "../../../src/models/streets/isochrone.ts";
import { isochroneArea } from "../../../src/models/streets/isochrone-area.ts";
import { shortestCosts } from "../../../src/models/streets/shortest-path.ts";
import { cities, graphOf } from "../../support/random-streets.ts";

/** Three nodes in a row: 0 and 1 both ways, then one-way to 2. Nodes are 0.001 degree apart. */
const street = graphOf(3, [
  [0, 1, 100, 110],
  [1, 0, 200, 110],
  [1, 2, 50, 55],
]);
const degreeMetres = (EARTH_RADIUS_METRES * Math.PI) / 180;

/** Pieces in degrees from metres around (0, 0). */
const inMetres = (...values: number[]): Float64Array => Float64Array.from(values, (value) => value / degreeMetres);

describe("streets reached", () => {
  test("a piece ends where the time is spent", () => {
    const [short, middle, whole] = isochrone(street, 0, [25, 125, 150]);
    expect([...short.pieces]).toEqual([0, 0, 0.00025, 0]);
    expect(short.metres).toBeCloseTo(27.5, 9);
    expect([...middle.pieces]).toEqual([0, 0, 0.001, 0, 0.001, 0, 0.0015, 0]);
    expect(whole.metres).toBeCloseTo(165, 9);
    expect(isochrone(street, 0, [125, 25]).map(({ cutoffSeconds }) => cutoffSeconds)).toEqual([125, 25]);
  });

  test("the walk to the street is spent first", () => {
    expect(isochrone(street, 0, [125], { startSeconds: 100 })).toEqual([
      { ...isochrone(street, 0, [25])[0], cutoffSeconds: 125 },
    ]);
    expect(isochrone(street, 0, [50], { startSeconds: 100 })[0].pieces).toHaveLength(0);
  });

  test("a street reached from both ends is there once, in two pieces while they do not meet", () => {
    const loop = graphOf(3, [
      [0, 1, 10, 10],
      [0, 2, 10, 10],
      [1, 2, 40, 40],
      [2, 1, 40, 40],
    ]);
    expect(isochrone(loop, 0, [20])[0].metres).toBeCloseTo(40, 9);
    expect(isochrone(loop, 0, [20])[0].pieces).toHaveLength(16);
    expect(isochrone(loop, 0, [35])[0].metres).toBeCloseTo(60, 9);
    expect(isochrone(loop, 0, [35])[0].pieces).toHaveLength(12);
  });

  test("a ferry is crossed, not reached; copies of a crossing are one place", () => {
    const ferry = { ...street, noStop: Uint8Array.of(1, 1, 0) };
    expect([...isochrone(ferry, 0, [125])[0].pieces]).toEqual([0.001, 0, 0.0015, 0]);
    const copied = {
      ...graphOf(3, [
        [0, 1, 10, 10],
        [2, 1, 10, 10],
        [1, 2, 0, 0],
      ]),
      copyOf: Int32Array.of(0, 1, 0),
    };
    expect(isochrone(copied, 0, [30])[0].metres).toBe(10);
  });

  test("nothing from nowhere; bad times and nodes are refused", () => {
    expect(isochrone(street, -1, [60])[0]).toEqual({ cutoffSeconds: 60, pieces: new Float64Array(0), metres: 0 });
    expect(isochrone(street, 0, [])).toEqual([]);
    expect(() => isochrone(street, 0, [-1])).toThrow("Limite de trajet impossible");
    expect(() => isochrone(street, 0, [60], { startSeconds: Number.NaN })).toThrow("Limite de trajet impossible");
    expect(() => isochrone(street, 5, [60])).toThrow("n'est pas un nœud");
  });

  test("longer times reach more, and an unlimited time reaches every street that leaves a node within reach", () => {
    fc.assert(
      fc.property(
        cities,
        fc.nat(),
        fc.array(fc.double({ min: 0, max: 3000, noNaN: true }), { minLength: 2 }),
        (graph, draw, times) => {
          const from = draw % graph.lon.length;
          const sorted = times.toSorted((a, b) => a - b);
          const reached = isochrone(graph, from, sorted);
          for (let i = 1; i < reached.length; i++)
            expect(reached[i].metres).toBeGreaterThanOrEqual(reached[i - 1].metres - 1e-9);
          const costs = shortestCosts(graph, from);
          const streets = new Set<string>();
          for (let node = 0; node < graph.lon.length; node++)
            for (let arc = graph.starts[node]; arc < graph.starts[node + 1]; arc++)
              if (costs[node] < Infinity) streets.add([node, graph.heads[arc]].sort((a, b) => a - b).join());
          expect(isochrone(graph, from, [Infinity])[0].pieces).toHaveLength(4 * streets.size);
        },
      ),
    );
  });
});

describe("area", () => {
  test("beside one straight street: a band and two half discs", () => {
    const exact = (2000 * 200 + Math.PI * 100 ** 2) / 1e6;
    expect(isochroneArea(inMetres(-1000, 0, 1000, 0)).areaKm2 / exact).toBeCloseTo(1, 2);
    const fine = isochroneArea(inMetres(-1000, 0, 1000, 0), { cellMetres: 5 });
    expect(fine.areaKm2 / exact).toBeCloseTo(1, 4);
    expect(fine.coordinates).toHaveLength(1);
    expect(fine.coordinates[0]).toHaveLength(1);
    const diagonal = isochroneArea(inMetres(-707.1068, -707.1068, 707.1068, 707.1068), { cellMetres: 5 });
    expect(diagonal.areaKm2 / exact).toBeCloseTo(1, 3);
  });

  test("a wide block stays a hole; two streets far apart are two polygons", () => {
    const square = inMetres(0, 0, 1000, 0, 1000, 0, 1000, 1000, 1000, 1000, 0, 1000, 0, 1000, 0, 0);
    const { coordinates, areaKm2 } = isochroneArea(square);
    expect(coordinates.map((polygon) => polygon.length)).toEqual([2]);
    expect(areaKm2).toBeCloseTo((4 * 1000 * 100 + Math.PI * 100 ** 2 + 1000 ** 2 - 800 ** 2) / 1e6, 2);
    const [outer, hole] = coordinates[0];
    for (const ring of [outer, hole]) expect(ring.at(-1)).toEqual(ring[0]);
    const turn = (ring: typeof outer): number =>
      ring.reduce((sum, [x, y], i) => (i === 0 ? 0 : sum + ring[i - 1][0] * y - x * ring[i - 1][1]), 0);
    expect([Math.sign(turn(outer)), Math.sign(turn(hole))]).toEqual([1, -1]);
    expect(isochroneArea(inMetres(0, 0, 100, 0, 0, 900, 100, 900)).coordinates).toHaveLength(2);
  });

  test("no street, no land; impossible sizes and endless grids are refused", () => {
    expect(isochroneArea(new Float64Array(0))).toEqual({ coordinates: [], areaKm2: 0 });
    expect(() => isochroneArea(inMetres(0, 0, 1, 1), { widthMetres: 0 })).toThrow("widthMetres = 0");
    expect(() => isochroneArea(Float64Array.of(0, 0, 10, 10))).toThrow("Grille trop fine");
  });

  test("on drawn pieces the rings are closed and the area grows with the width", () => {
    const coordinate = fc.integer({ min: -800, max: 800 });
    const segments = fc.array(fc.tuple(coordinate, coordinate, coordinate, coordinate), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(segments, (drawn) => {
        const pieces = inMetres(...drawn.flat());
        const areas = [50, 100, 200].map((widthMetres) => isochroneArea(pieces, { widthMetres, cellMetres: 25 }));
        for (const { coordinates } of areas)
          for (const ring of coordinates.flat()) expect(ring.at(-1)).toEqual(ring[0]);
        expect(areas[0].areaKm2).toBeGreaterThan(0);
        expect(areas[1].areaKm2).toBeGreaterThan(areas[0].areaKm2);
        expect(areas[2].areaKm2).toBeGreaterThan(areas[1].areaKm2);
      }),
    );
  });
});
