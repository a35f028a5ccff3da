import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { seededRandom } from "../../../src/codes/random.ts";
import { greatCircleKm } from "../../../src/models/access/great-circle.ts";
import { type AttachedPoints, type AttachOptions, attachPoints } from "../../../src/models/streets/attach-points.ts";
import { streetProfile } from "../../../src/models/streets/profiles.ts";
import { type StreetGraph, type StreetMode, streetGraph } from "../../../src/models/streets/street-graph.ts";
import { dijkstra } from "../../support/dijkstra.ts";
import { HUNDRED_METRES, type Town, townLines } from "../../support/town.ts";

const street = { highway: "residential" };
type Place = readonly [east: number, north: number];

const graphOf = (town: Town, mode: StreetMode = "walk") => streetGraph(townLines(town), streetProfile(mode));

/** Places in hundreds of metres, attached. */
function attach(graph: StreetGraph, places: readonly Place[], options: AttachOptions = {}): AttachedPoints {
  const points = {
    lon: Float64Array.from(places, ([east]) => east * HUNDRED_METRES),
    lat: Float64Array.from(places, ([, north]) => north * HUNDRED_METRES),
  };
  return attachPoints(graph, points, options);
}

const metresFrom = ({ graph }: AttachedPoints, node: number): Float64Array =>
  dijkstra({ ...graph, cost: graph.metres }, node);
const between = (attached: AttachedPoints, from: number, to: number): number =>
  Math.round(1000 * metresFrom(attached, attached.nodes[from])[attached.nodes[to]]) / 1000;

/** A street of 1 km from A to B, and C beyond at 100 m. */
const road: Town = { places: { A: [0.1, 0], B: [10.1, 0], C: [11.1, 0] }, ways: [["ABC", street]] };

describe("the nearest segment, wherever on it", () => {
  test("the middle of a long street is nearer than its ends: the street is cut there, in proportion", () => {
    const attached = attach(graphOf(road), [
      [4.1, 1],
      [9.1, -2],
    ]);
    expect([...attached.nodes]).toEqual([3, 4]);
    expect([...attached.accessMetres].map(Math.round)).toEqual([100, 200]);
    expect(attached.accessSeconds[0]).toBeCloseTo(100, 3);
    expect(between(attached, 0, 1)).toBeCloseTo(500, 2);
    const all = metresFrom(attached, attached.nodes[0]);
    expect([...all].map(Math.round)).toEqual([400, 600, 700, 0, 500]);
    const { lon, lat } = attached.graph;
    expect([lon[3] / HUNDRED_METRES, lat[3]].map((value) => Math.round(value * 1e6))).toEqual([4_100_000, 0]);
  });

  test("several points on a street follow each other; two at one place share their node; a point on a node is the node", () => {
    const attached = attach(graphOf(road), [
      [8.1, 1],
      [2.1, 1],
      [5.1, -1],
      [2.1, 1],
      [10.1, 0],
      [-0.9, 0],
      [2.1, -2],
    ]);
    expect(attached.nodes[3]).toBe(attached.nodes[1]);
    expect(attached.nodes[6]).toBe(attached.nodes[1]);
    expect([attached.nodes[4], attached.nodes[5]]).toEqual([1, 0]);
    expect([...attached.accessMetres].map(Math.round)).toEqual([100, 100, 100, 100, 0, 100, 200]);
    expect(attached.graph.lon.length).toBe(3 + 3);
    expect([between(attached, 0, 1), between(attached, 1, 2), between(attached, 5, 0)]).toEqual([600, 300, 800]);
    expect(between(attached, 1, 3)).toBe(0);
  });

  test("on a one-way street one goes round", () => {
    const oneway: Town = {
      places: { A: [0, 0.1], B: [4, 0.1], D: [0, 3.1], E: [4, 3.1] },
      ways: [
        ["AB", { ...street, oneway: "yes" }],
        ["BEDA", street],
      ],
    };
    const attached = attach(graphOf(oneway, "car"), [
      [1, 0],
      [3, 0],
    ]);
    expect([between(attached, 0, 1), between(attached, 1, 0)]).toEqual([200, 1200]);
  });

  test("motorways take no point, in either direction", () => {
    const places = { A: [0, 1], B: [4, 1], C: [0, 3], D: [4, 3] } as const;
    const motorway = { highway: "motorway", maxspeed: "130" };
    const town: Town = {
      places,
      ways: [
        ["AB", { ...motorway, oneway: "no" }],
        ["ACDB", street],
      ],
    };
    const house = attach(graphOf(town, "car"), [[1, 1.2]]);
    expect(Math.round(house.accessMetres[0])).toBe(100);
    expect(house.graph.lon[house.nodes[0]]).toBe(0);
    // Against the motorway, a street between the same ends: the house is on it, and reached by it only.
    const beside: Town = {
      places,
      ways: [
        ["AB", motorway],
        ["AB", street],
        ["ACDB", street],
      ],
    };
    const reached = attach(graphOf(beside, "car"), [
      [1, 1.2],
      [0, 1],
    ]);
    expect([...reached.accessMetres].map(Math.round)).toEqual([20, 0]);
    expect([between(reached, 1, 0), between(reached, 0, 1)].map(Math.round)).toEqual([700, 100]);
  });

  test("a second attachment cuts what the first one cut", () => {
    const homes = attach(graphOf(road), [[4.1, 1]]);
    const jobs = attach(homes.graph, [
      [2.1, 1],
      [4.1, -1],
    ]);
    expect([...metresFrom(jobs, homes.nodes[0])].map(Math.round)).toEqual([400, 600, 700, 0, 200]);
    expect(jobs.nodes[1]).toBe(homes.nodes[0]);
  });

  test("the segment found is the nearest of all: every one is measured", () => {
    const random = seededRandom(404);
    const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
    const ways = letters.map((letter, i) => [`${letter}${letters[(i + 1) % 26]}`, street] as const);
    for (let round = 0; round < 30; round++) {
      // Some streets of 40 km among short ones: they cross many cells.
      const size = round % 3 === 0 ? 400 : 12;
      const places = Object.fromEntries(letters.map((letter) => [letter, [random() * size, random() * size] as const]));
      const graph = graphOf({ places, ways });
      const asked = Array.from({ length: 40 }, (): Place => [random() * size, random() * size]);
      const { accessMetres, nodes, graph: split } = attach(graph, asked, { maxMetres: 700 });
      asked.forEach(([east, north], i) => {
        const distances = ways.map(([line]) => {
          const [[ax, ay], [bx, by]] = [...line].map((letter) => places[letter]) as [Place, Place];
          const squared = (bx - ax) ** 2 + (by - ay) ** 2;
          const share = Math.min(1, Math.max(0, ((east - ax) * (bx - ax) + (north - ay) * (by - ay)) / squared));
          return 100 * Math.hypot(ax + share * (bx - ax) - east, ay + share * (by - ay) - north);
        });
        const nearest = Math.min(...distances);
        if (nearest > 700) expect([nodes[i], accessMetres[i]]).toEqual([-1, Number.POSITIVE_INFINITY]);
        else {
          expect(accessMetres[i]).toBeCloseTo(nearest, 1);
          const node = nodes[i];
          const point = [east * HUNDRED_METRES, north * HUNDRED_METRES] as const;
          expect(1000 * greatCircleKm(...point, split.lon[node], split.lat[node])).toBeCloseTo(nearest, 1);
        }
      });
    }
  });
});

describe("points that cannot be attached", () => {
  test("each says why, reaches nothing, and is never at distance 0", () => {
    const graph = graphOf(road);
    const points = {
      lon: Float64Array.of(Number.NaN, 0, 200, 5 * HUNDRED_METRES, 5 * HUNDRED_METRES),
      lat: Float64Array.of(0.1, 0, 0, 6 * HUNDRED_METRES, 4.9 * HUNDRED_METRES),
    };
    const { nodes, accessSeconds, accessMetres, reasons } = attachPoints(graph, points);
    expect([...nodes]).toEqual([-1, -1, -1, -1, 3]);
    expect(reasons).toEqual([
      "coordonnées absentes",
      "coordonnées (0, 0), qui ne sont pas un lieu",
      "coordonnées hors de la terre",
      "aucune rue de ce mode à moins de 500 m",
      null,
    ]);
    for (const column of [accessSeconds, accessMetres])
      expect([...column.subarray(0, 4)].every((value) => value === Number.POSITIVE_INFINITY)).toBe(true);
    expect(attachPoints(graph, points, { maxMetres: 700 }).nodes[3]).toBe(3);
  });

  test("a private yard takes no point when a street is near, and says so when none is", () => {
    const town: Town = {
      places: { A: [0, 0.1], B: [4, 0.1], C: [4, 4], D: [1, 1], E: [2, 1], F: [20, 20], G: [21, 20] },
      ways: [
        ["ABC", street],
        ["DE", street],
        ["FG", street],
      ],
    };
    const attached = attach(graphOf(town), [
      [1.5, 1],
      [20.5, 20],
    ]);
    expect(Math.round(attached.accessMetres[0])).toBe(90);
    expect(attached.reasons).toEqual([null, "rien que des rues isolées (moins de 100 nœuds) à moins de 500 m"]);
    const islands = attach(
      graphOf(town),
      [
        [1.5, 1],
        [20.5, 20],
      ],
      { minPieceNodes: 2 },
    );
    expect(islands.reasons).toEqual([null, null]);
    expect(between(islands, 0, 1)).toBe(Number.POSITIVE_INFINITY);
  });

  test("a street that one can leave and not come back to takes no point", () => {
    const town: Town = {
      places: { A: [0, 0.1], B: [4, 0.1], C: [4, 4], D: [8, 0.1] },
      ways: [
        ["ABC", street],
        ["BD", { ...street, oneway: "yes" }],
      ],
    };
    const { accessMetres, nodes } = attach(graphOf(town, "car"), [[6, 0.1]]);
    expect([nodes[0], Math.round(accessMetres[0])]).toEqual([1, 200]);
    expect(attach(graphOf(town), [[6, 0.1]]).accessMetres[0]).toBeCloseTo(0, 3);
  });

  test("a town of no street", () => {
    expect(attach(graphOf({ places: {}, ways: [] }), [[1, 1]]).reasons).toEqual([
      "aucune rue de ce mode à moins de 500 m",
    ]);
  });

  test.each([
    { maxMetres: 0 },
    { maxMetres: Number.NaN },
    { accessKmh: -1 },
    { minPieceNodes: Number.POSITIVE_INFINITY },
  ])("%j is refused", (options) => {
    expect(() => attach(graphOf(road), [[1, 1]], options)).toThrow(QuartiersError);
  });

  test("columns of different lengths are refused", () => {
    expect(() => attachPoints(graphOf(road), { lon: Float64Array.of(1, 2), lat: Float64Array.of(1) })).toThrow(
      /2 et 1/,
    );
  });
});

/** A mainland of 12 x 12 streets and an island as large, 30 km away, with a ferry or without. */
function archipelago(ferry: boolean): Town {
  const places: Record<string, Place> = {};
  const ways: [string, object][] = [];
  const letter = (land: number, i: number): string => String.fromCodePoint(0x4e00 + land * 1000 + i);
  for (const land of [0, 1])
    for (let i = 0; i < 144; i++) {
      places[letter(land, i)] = [300 * land + (i % 12), 1 + Math.floor(i / 12)];
      if (i % 12 > 0) ways.push([`${letter(land, i - 1)}${letter(land, i)}`, street]);
      if (i >= 12) ways.push([`${letter(land, i - 12)}${letter(land, i)}`, street]);
    }
  if (ferry) ways.push([`${letter(0, 11)}${letter(1, 0)}`, { route: "ferry", duration: "01:00" }]);
  return { places, ways };
}

describe("islands", () => {
  const houses: readonly Place[] = [
    [2.5, 1.2],
    [305.5, 4.2],
    [150, 1],
  ];

  test("without a ferry, an inhabitant of the island reaches the island", () => {
    const attached = attach(graphOf(archipelago(false)), [...houses, [301.5, 4]]);
    expect(attached.reasons).toEqual([null, null, "aucune rue de ce mode à moins de 500 m", null]);
    expect(between(attached, 0, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(between(attached, 1, 3)).toBeCloseTo(400, 1);
  });

  test("with one, the mainland; nobody boards at sea", () => {
    const attached = attach(graphOf(archipelago(true)), houses);
    expect(attached.reasons[2]).toBe("aucune rue de ce mode à moins de 500 m");
    const seconds = dijkstra({ ...attached.graph, cost: attached.graph.seconds }, attached.nodes[0]);
    expect(seconds[attached.nodes[1]]).toBeCloseTo(3600 + 850 + 850, 0);
  });
});

const grid: Town = (({ places, ways }) => ({
  places: Object.fromEntries(Object.entries(places).slice(0, 36)),
  ways: ways.filter(([line]) => [...line].every((letter) => Object.keys(places).indexOf(letter) < 36)),
}))(archipelago(false));

const somewhere = fc.tuple(fc.double({ min: -1, max: 12, noNaN: true }), fc.double({ min: 0.5, max: 4, noNaN: true }));
const few = fc.array(fc.oneof(somewhere, fc.tuple(fc.nat({ max: 11 }), fc.integer({ min: 1, max: 3 }))), {
  minLength: 1,
  maxLength: 12,
});

describe("whatever the points", () => {
  test("distances between the other nodes do not change; on foot, out and back cost the same", () => {
    const oneways: Town = {
      ...grid,
      ways: grid.ways.map(([line], i) => [line, i % 3 ? street : { ...street, oneway: "yes" }]),
    };
    fc.assert(
      fc.property(few, fc.constantFrom<StreetMode>("walk", "bike", "car"), (places, mode) => {
        const graph = graphOf(oneways, mode);
        const attached = attach(graph, places, { minPieceNodes: 2 });
        for (const node of [0, 13, 35]) {
          const [before, after] = [
            dijkstra({ ...graph, cost: graph.seconds }, node),
            dijkstra({ ...attached.graph, cost: attached.graph.seconds }, node),
          ];
          before.forEach((seconds, to) => {
            if (seconds === Number.POSITIVE_INFINITY) expect(after[to]).toBe(seconds);
            else expect(Math.abs(after[to] - seconds)).toBeLessThan(1e-6);
          });
        }
        for (const node of attached.nodes) {
          expect(node).toBeGreaterThanOrEqual(0);
          if (mode !== "walk") continue;
          const out = metresFrom(attached, node);
          for (const other of attached.nodes)
            expect(Math.abs(out[other] - metresFrom(attached, other)[node])).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("beside a crossing where a turn is forbidden", () => {
  /** From W, no left turn to N at C. E is 200 m beyond. */
  const places = { W: [8, 10], C: [10, 10], E: [12, 10], N: [10, 12], S: [10, 8] } as const;
  const ways = [
    ["WC", street],
    ["CE", street],
    ["CN", street],
    ["CS", street],
  ] as const;
  const restricted: Town = { places, ways, turns: [{ kind: "no_left_turn", from: 0, via: "C", to: 2 }] };

  test("a house there does not let cars turn round and escape: trips of others do not change", () => {
    const graph = graphOf(restricted, "car");
    const [w, n] = [0, 3];
    const before = dijkstra({ ...graph, cost: graph.metres }, w);
    expect(Math.round(before[n])).toBe(800);
    const houses: Place[] = [
      [10.3, 10.1],
      [10, 10],
      [10.1, 9.5],
      [9.6, 10.1],
      [10.05, 11.2],
      [10.5, 10.1],
    ];
    const attached = attach(graph, houses);
    const after = metresFrom(attached, w);
    before.forEach((metres, node) => {
      expect(Math.abs(after[node] - metres)).toBeLessThan(1e-6);
    });
    // Every house is reached and left, the ones beyond the crossing by the forbidden turn only after a detour.
    for (const node of attached.nodes) {
      expect(Number.isFinite(after[node])).toBe(true);
      expect(metresFrom(attached, node).slice(0, 5).every(Number.isFinite)).toBe(true);
    }
    expect(Math.round(after[attached.nodes[0]])).toBe(230);
    // On the crossing itself, one arrives without turning.
    expect(Math.round(after[attached.nodes[1]])).toBe(200);
    expect(Math.round(after[attached.nodes[4]])).toBe(800 - 80);
  });

  test("a restriction at both ends of the street", () => {
    const both: Town = {
      places: { ...places, e: [12, 12], F: [14, 10] },
      ways: [...ways, ["Ee", street], ["EF", street]],
      turns: [...(restricted.turns ?? []), { kind: "no_right_turn", from: 5, via: "E", to: 4 }],
    };
    const graph = graphOf(both, "car");
    const attached = attach(graph, [
      [10.5, 10.1],
      [11.5, 10.1],
    ]);
    for (let node = 0; node < graph.lon.length; node++) {
      const [before, after] = [dijkstra({ ...graph, cost: graph.metres }, node), metresFrom(attached, node)];
      before.forEach((metres, to) => {
        if (Number.isFinite(metres)) expect(Math.abs(after[to] - metres)).toBeLessThan(1e-6);
        else expect(after[to]).toBe(metres);
      });
    }
    expect([between(attached, 0, 1), between(attached, 1, 0)].every((metres) => metres >= 100 && metres < 1000)).toBe(
      true,
    );
    expect(between(attached, 0, 1)).toBe(100);
  });

  test("a crossing where every way in is restricted, with an exit that no one comes back by", () => {
    const town: Town = {
      places,
      ways: [
        ["CW", { ...street, oneway: "yes" }],
        ["CE", street],
        ["CN", street],
        ["WSEN", street],
      ],
      turns: [
        { kind: "no_left_turn", from: 1, via: "C", to: 2 },
        { kind: "no_right_turn", from: 2, via: "C", to: 1 },
      ],
    };
    const graph = graphOf(town, "car");
    const attached = attach(
      graph,
      [
        [8.5, 10.1],
        [11, 10.1],
      ],
      { minPieceNodes: 2 },
    );
    const { lon } = attached.graph;
    expect([...attached.nodes].map((node) => Math.round((lon[node] / HUNDRED_METRES) * 1000) / 1000)).toEqual([
      8.5, 11,
    ]);
    // The house beside the crossing is left by its other side: 100 m to E, then back through C.
    expect(between(attached, 1, 0)).toBe(450);
  });
});
