import { describe, expect, test } from "vitest";
import { streetProfile } from "../../../src/models/streets/profiles.ts";
import { type StreetMode, streetGraph } from "../../../src/models/streets/street-graph.ts";
import { type Town, townCost, townLines } from "../../support/town.ts";

const street = { highway: "residential" };

/** Metres of each trip, to the nearest; « - » where no path leads. */
function trips(town: Town, mode: StreetMode, ...pairs: string[]): string {
  const graph = streetGraph(townLines(town), streetProfile(mode));
  return pairs
    .map((pair) => {
      const metres = townCost(town, graph, pair);
      return `${pair} ${metres === Number.POSITIVE_INFINITY ? "-" : Math.round(metres)}`;
    })
    .join(", ");
}

/** A B C in a row, D E F above: a ladder of two squares of 100 m. */
const ladder = { A: [0, 0], B: [1, 0], C: [2, 0], D: [0, 1], E: [1, 1], F: [2, 1] } as const;

describe("directions", () => {
  test("a one-way street holds cars and not walkers; against it a cyclist pushes", () => {
    const town: Town = {
      places: ladder,
      ways: [
        ["ABC", { ...street, oneway: "yes" }],
        ["ADEFC", street],
      ],
    };
    expect(trips(town, "car", "AC", "CA", "CB")).toBe("AC 200, CA 400, CB 500");
    expect(trips(town, "walk", "AC", "CA", "CB")).toBe("AC 200, CA 200, CB 100");
    const graph = streetGraph(townLines(town), streetProfile("bike"));
    expect(townCost(town, graph, "AC", "seconds")).toBeCloseTo(60, 6);
    expect(townCost(town, graph, "CA", "seconds")).toBeCloseTo(120, 6);
    expect(townCost(town, graph, "CB", "seconds")).toBeCloseTo(100, 6);
  });

  test("oneway=-1 goes against the line", () => {
    expect(trips({ places: ladder, ways: [["ABC", { ...street, oneway: "-1" }]] }, "car", "AC", "CA")).toBe(
      "AC -, CA 200",
    );
  });

  test("a roundabout is driven round", () => {
    const town: Town = { places: ladder, ways: [["ABEDA", { ...street, junction: "roundabout" }]] };
    expect(trips(town, "car", "AB", "BA", "DA", "AD")).toBe("AB 100, BA 300, DA 100, AD 300");
    expect(trips(town, "walk", "BA")).toBe("BA 100");
  });
});

describe("who passes", () => {
  test("a private street is not in the graph, a street for residents is", () => {
    const ways = (access: string): Town => ({
      places: ladder,
      ways: [
        ["AB", street],
        ["BC", { ...street, access }],
      ],
    });
    expect(trips(ways("private"), "car", "AB", "AC")).toBe("AB 100, AC -");
    expect(trips(ways("destination"), "car", "AC")).toBe("AC 200");
    const { report } = streetGraph(townLines(ways("private")), streetProfile("car"));
    expect([report.ways, report.leftOut]).toEqual([1, { class: 0, access: 1, motorroad: 0, reversible: 0 }]);
  });

  test("a bollard stops cars, which go up to it from both sides; a gate that is private stops all", () => {
    const town: Town = { places: ladder, ways: [["ABC", street]], barriers: { B: { barrier: "bollard" } } };
    expect(trips(town, "car", "AC", "AB", "CB", "BA", "BC")).toBe("AC -, AB 100, CB 100, BA 100, BC -");
    expect(trips(town, "walk", "AC")).toBe("AC 200");
    expect(trips(town, "bike", "AC")).toBe("AC 200");
    const gate = (tags: object): Town => ({ ...town, barriers: { B: { barrier: "gate", ...tags } } });
    expect(trips(gate({}), "car", "AC")).toBe("AC 200");
    expect(trips(gate({ access: "private" }), "walk", "AC", "AB")).toBe("AC -, AB 100");
    expect(trips(gate({ access: "private", foot: "yes" }), "walk", "AC")).toBe("AC 200");
    expect(trips(gate({ access: "private", foot: "yes" }), "bike", "AC")).toBe("AC 200");
    expect(trips(gate({ access: "private", foot: "yes" }), "car", "AC")).toBe("AC -");
    expect(trips({ ...town, barriers: { B: { barrier: "bollard", motor_vehicle: "yes" } } }, "car", "AC")).toBe(
      "AC 200",
    );
    expect(streetGraph(townLines(town), streetProfile("car")).report.closedBarriers).toBe(1);
  });
});

describe("ferries", () => {
  test("the duration is spread along the line; without one, 20 km/h; a pedestrians' ferry takes no car", () => {
    const ferry = (tags: object): Town => ({
      places: ladder,
      ways: [
        ["AB", street],
        ["BEF", { route: "ferry", ...tags }],
      ],
    });
    const time = (tags: object, mode: StreetMode, trip: string): number => {
      const town = ferry(tags);
      return townCost(town, streetGraph(townLines(town), streetProfile(mode)), trip, "seconds");
    };
    expect(time({ duration: "01:10" }, "walk", "BF")).toBeCloseTo(4200, 6);
    expect(time({ duration: "01:10" }, "car", "BE")).toBeCloseTo(2100, 6);
    expect(time({}, "walk", "BF")).toBeCloseTo((200 / 20) * 3.6, 6);
    expect(time({ duration: "soon" }, "walk", "FB")).toBeCloseTo(36, 6);
    expect(time({ motor_vehicle: "no" }, "car", "AF")).toBe(Number.POSITIVE_INFINITY);
    expect(time({ motor_vehicle: "no" }, "bike", "BF")).toBeCloseTo(36, 6);
  });

  test("a crossing that the extract cuts keeps its duration whole", () => {
    const town: Town = {
      places: ladder,
      ways: [
        ["AB", { route: "ferry", duration: "30" }],
        ["DE", { route: "ferry", duration: "30" }],
      ],
    };
    const lines = townLines(town);
    const graph = streetGraph({ ...lines, wayId: Float64Array.of(7, 7) }, streetProfile("walk"));
    expect(townCost(town, graph, "AB", "seconds")).toBeCloseTo(900, 6);
    expect(townCost(town, graph, "DE", "seconds")).toBeCloseTo(900, 6);
  });
});

describe("arcs", () => {
  test("of two streets between the same crossings the quicker is kept; a line that stands still gives no arc", () => {
    const town: Town = {
      places: ladder,
      ways: [
        ["AB", { ...street, maxspeed: "20" }],
        ["AB", { ...street, maxspeed: "50" }],
        ["CC", street],
        ["AAB", street],
      ],
    };
    const graph = streetGraph(townLines(town), streetProfile("car"));
    expect([graph.lon.length, graph.heads.length]).toEqual([2, 2]);
    expect(townCost(town, graph, "AB", "seconds")).toBeCloseTo((100 / 50) * 3.6, 6);
  });

  test("two nodes at one place are joined by an arc of no length", () => {
    const town: Town = { places: { A: [0, 0], B: [0, 0], C: [1, 0] }, ways: [["ABC", street]] };
    const graph = streetGraph(townLines(town), streetProfile("walk"));
    expect(graph.metres[0]).toBe(0);
    expect(townCost(town, graph, "AC")).toBeCloseTo(100, 6);
  });

  test("no lines, no graph, and no failure", () => {
    const { lon, heads, report } = streetGraph(townLines({ places: ladder, ways: [] }), streetProfile("car"));
    expect([lon.length, heads.length, report.components, report.largestComponent]).toEqual([0, 0, 0, 0]);
  });
});
