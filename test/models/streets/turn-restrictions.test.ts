import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { streetProfile } from "../../../src/models/streets/profiles.ts";
import { streetGraph } from "../../../src/models/streets/street-graph.ts";
import { type Town, townCost, townLines } from "../../support/town.ts";

const street = { highway: "residential" };
/** C is a crossing: W to its west, E east, N north, S south; a ring W-N-E lies around by the north, S-E by the south. */
const crossing = {
  places: { C: [0, 0], W: [-1, 0], E: [1, 0], N: [0, 1], S: [0, -1], w: [-1, 1], e: [1, 1] },
  ways: [
    ["WC", street],
    ["CE", street],
    ["CN", street],
    ["CS", street],
    ["WwN", street],
    ["NeE", street],
  ],
} as const satisfies Town;

function metres(town: Town, trip: string): number {
  const metres = townCost(town, streetGraph(townLines(town), streetProfile("car")), trip);
  return Number.isFinite(metres) ? Math.round(metres) : metres;
}
const report = (town: Town) => streetGraph(townLines(town), streetProfile("car")).report;

describe("at a crossing", () => {
  test("a forbidden left turn costs a detour from that street only", () => {
    const town: Town = { ...crossing, turns: [{ kind: "no_left_turn", from: 0, via: "C", to: 2 }] };
    expect(metres(crossing, "WN")).toBe(200);
    // By the ring (W w N), as long here; to S and E nothing changes; nor from E.
    expect(metres({ ...town, ways: crossing.ways.slice(0, 4) }, "WN")).toBe(400);
    expect([metres(town, "WS"), metres(town, "WE"), metres(town, "EN"), metres(town, "CN")]).toEqual([
      200, 200, 200, 100,
    ]);
    expect(report(town)).toMatchObject({ copies: 1, restrictions: { applied: 1, withoutEffect: 0 } });
  });

  test("only straight on forbids every other way out, turning back included", () => {
    const town: Town = {
      ...crossing,
      ways: crossing.ways.slice(0, 4),
      turns: [{ kind: "only_straight_on", from: 0, via: "C", to: 1 }],
    };
    expect([metres(town, "WE"), metres(town, "WN"), metres(town, "WS")]).toEqual([200, 400, 400]);
    expect([metres(town, "NW"), metres(town, "EN")]).toEqual([200, 200]);
  });

  test("a forbidden U-turn", () => {
    const town: Town = {
      places: { A: [0, 0], B: [1, 0], C: [2, 0], D: [1, 1] },
      ways: [
        ["AB", street],
        ["BC", street],
        ["BD", street],
      ],
    };
    const half: Town = { ...town, turns: [{ kind: "no_u_turn", from: 0, via: "B", to: 0 }] };
    expect(metres(half, "AC")).toBe(200);
    expect(report(half).restrictions.applied).toBe(1);
  });

  test.each<[string, Partial<NonNullable<Town["turns"]>[number]>, string]>([
    ["spares cars", { except: "bicycle;motorcar" }, "exempt"],
    ["is of a kind that is not known", { kind: "maybe_left" }, "unknown"],
    ["names a way that does not end there", { from: 5 }, "withoutEffect"],
    ["names ways that are not there", { to: 99 }, "withoutEffect"],
  ])("a restriction that %s changes nothing and is counted", (_, change, counter) => {
    const town: Town = { ...crossing, turns: [{ kind: "no_left_turn", from: 0, via: "C", to: 2, ...change }] };
    expect(metres(town, "WN")).toBe(200);
    expect(report(town).restrictions).toMatchObject({ applied: 0, [counter]: 1 });
  });

  test("except=bicycle does not spare cars; walkers and cyclists are free", () => {
    const town: Town = {
      ...crossing,
      ways: crossing.ways.slice(0, 4),
      turns: [{ kind: "no_left_turn", from: 0, via: "C", to: 2, except: "bicycle" }],
    };
    expect(metres(town, "WN")).toBe(400);
    for (const mode of ["walk", "bike"] as const)
      expect(Math.round(townCost(town, streetGraph(townLines(town), streetProfile(mode)), "WN"))).toBe(200);
  });
});

test("through a way: the forbidden U-turn of a dual carriageway, free for whoever comes by another street", () => {
  // Westbound carriageway above, eastbound below, one link between them; a street arrives on the link's foot from the south.
  const oneway = { ...street, oneway: "yes" };
  const town: Town = {
    places: { A: [0, 0], B: [1, 0], C: [2, 0], D: [0, 1], E: [1, 1], F: [2, 1], S: [1, -1] },
    ways: [
      ["AB", oneway],
      ["BC", oneway],
      ["BE", street],
      ["FE", oneway],
      ["ED", oneway],
      ["SB", street],
      ["CF", street],
    ],
  };
  const turns = [{ kind: "no_u_turn", from: 0, via: [2], to: 4 }] as const;
  expect(metres(town, "AD")).toBe(300);
  expect(metres({ ...town, turns }, "AD")).toBe(500);
  expect(metres({ ...town, turns }, "AE")).toBe(200);
  expect(metres({ ...town, turns }, "SD")).toBe(300);
  const only = [{ kind: "only_straight_on", from: 0, via: [1], to: 6 }] as const;
  expect(metres({ ...town, turns: only }, "AD")).toBe(300);
  expect(report({ ...town, turns: only }).restrictions).toMatchObject({ withoutEffect: 1 });
});

/** Streets of a 3 x 3 square, letters A to I. */
const places = Object.fromEntries([..."ABCDEFGHI"].map((letter, i) => [letter, [i % 3, Math.floor(i / 3)] as const]));
const sides = ["AB", "BC", "DE", "EF", "GH", "HI", "AD", "BE", "CF", "DG", "EH", "FI"];

/** Shortest lengths to each letter by brute force: every drive of growing length, told apart by its last three segments, and cut where a restriction forbids it. */
function driven(town: Town, from: string): Map<string, number> {
  const ends = (way: number): string => town.ways[way][0];
  const other = (way: number, at: string): string => (ends(way)[0] === at ? ends(way)[1] : ends(way)[0]);
  const joins = (way: number, at: string): boolean =>
    ends(way).includes(at) && (town.ways[way][1].oneway !== "yes" || ends(way)[0] === at);
  const forbidden = (route: readonly { way: number; at: string }[], next: number): boolean =>
    (town.turns ?? []).some(({ kind, from: first, via, to: last }) => {
      const between = typeof via === "string" ? [] : via;
      const tail = route.slice(-1 - between.length);
      if (tail.length !== 1 + between.length || tail[0].way !== first) return false;
      if (between.some((way, i) => tail[i + 1].way !== way)) return false;
      const here = tail[tail.length - 1].at;
      if ((typeof via === "string" && here !== via) || !joins(last, here)) return false;
      return kind.startsWith("only_") ? next !== last : next === last;
    });
  const lengths = new Map<string, number>();
  const seen = new Set<string>();
  let front = [{ at: from, route: [] as { way: number; at: string }[] }];
  for (let length = 0; front.length > 0; length++) {
    const further: typeof front = [];
    for (const { at, route } of front) {
      if (!lengths.has(at)) lengths.set(at, length);
      for (let way = 0; way < town.ways.length; way++) {
        if (!joins(way, at) || forbidden(route, way)) continue;
        const next = { at: other(way, at), route: [...route, { way, at: other(way, at) }].slice(-3) };
        const key = JSON.stringify(next);
        if (!seen.has(key)) further.push(next);
        seen.add(key);
      }
    }
    front = further;
  }
  return lengths;
}

const turn = fc.record({
  kind: fc.constantFrom("no_left_turn", "no_u_turn", "only_straight_on", "only_right_turn"),
  corner: fc.constantFrom(..."ABCDEFGHI"),
  picks: fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()),
  through: fc.nat({ max: 2 }),
});

test("any set of restrictions, through nodes or ways, interlaced or not: times are those of a search by brute force", () => {
  const square = fc.record({
    oneways: fc.array(fc.boolean(), { minLength: sides.length, maxLength: sides.length }),
    drawn: fc.array(turn, { minLength: 4, maxLength: 24 }),
    from: fc.constantFrom(..."ABCDEFGHI"),
  });
  let detours = 0;
  fc.assert(
    fc.property(square, ({ oneways, drawn, from }) => {
      const ways = sides.map((side, i) => [side, oneways[i] && i % 2 ? { ...street, oneway: "yes" } : street] as const);
      const at = (corner: string): number[] => sides.flatMap((side, way) => (side.includes(corner) ? [way] : []));
      const pick = (list: readonly number[], number: number): number => list[number % list.length] as number;
      const turns = drawn.map(({ kind, corner, picks: [a, b, c, d], through }) => {
        if (through === 0) return { kind, from: pick(at(corner), a), via: corner, to: pick(at(corner), b) };
        const via = pick(at(corner), c);
        const first = at(corner).filter((way) => way !== via);
        const end = sides[via].replace(corner, "");
        if (through === 1) return { kind, from: pick(first, a), via: [via], to: pick(at(end), b) };
        const next = pick(
          at(end).filter((way) => way !== via),
          d,
        );
        return { kind, from: pick(first, a), via: [via, next], to: pick(at(sides[next].replace(end, "")), b) };
      });
      const town: Town = { places, ways, turns };
      const [expected, free] = [driven(town, from), driven({ ...town, turns: [] }, from)];
      const graph = streetGraph(townLines(town), streetProfile("car"));
      for (const to of "ABCDEFGHI") {
        if (expected.get(to) !== free.get(to)) detours++;
        const found = townCost(town, graph, `${from}${to}`) / 100;
        expect(Math.round(found * 1e5) / 1e5).toBe(expected.get(to) ?? Number.POSITIVE_INFINITY);
      }
    }),
    { numRuns: 500 },
  );
  expect(detours).toBeGreaterThan(100);
});
