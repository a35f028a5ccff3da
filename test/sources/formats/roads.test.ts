import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readRoads } from "../../../src/sources/formats/roads.ts";
import { writeOsmPbf } from "../../../src/sources/sample/osm-write.ts";
import { osmBlob, type PlainRelation, relationBlock } from "../../support/formats/osm-writer.ts";
import { refusal, type Scratch, scratch } from "../../support/formats/refusals.ts";

let place: Scratch;
beforeAll(() => {
  place = scratch();
});
afterAll(() => place.remove());

const nodes = Array.from({ length: 8 }, (_, i) => ({
  id: 100 + i,
  lon: i / 1000,
  lat: 47,
  ...(i === 2 ? { tags: { barrier: "gate", foot: "yes", motor_vehicle: "private", note: "fermé" } } : {}),
  ...(i === 4 ? { tags: { highway: "crossing" } } : {}),
  ...(i === 5 ? { tags: { barrier: "bollard" } } : {}),
  ...(i === 7 ? { tags: { barrier: "wall" } } : {}),
}));
const street = { highway: "residential" };
/** Node 107 belongs to no road. */
const ways = [
  { id: 1, nodes: [100, 101, 102], tags: street },
  { id: 2, nodes: [102, 103], tags: street },
  {
    id: 3,
    nodes: [103, 104, 105],
    tags: { ...street, motorroad: "yes", "maxspeed:backward": "30", "cycleway:left": "lane" },
  },
  { id: 4, nodes: [103, 106], tags: street },
  { id: 5, nodes: [106, 107], tags: { building: "yes" } },
];
const member = (role: string, kind: "node" | "way", id: number) => ({ role, kind, id });
const restriction = (id: number, tags: object, ...members: ReturnType<typeof member>[]): PlainRelation => ({
  id,
  tags: { type: "restriction", ...tags },
  members,
});

function read(relations: readonly PlainRelation[], forget: 8 | 9 | 10 | null = null) {
  const bytes = Buffer.concat([writeOsmPbf(nodes, ways), osmBlob("OSMData", relationBlock(relations, forget))]);
  return readRoads(place.file("tourne.osm.pbf", bytes));
}

const plain = [member("from", "way", 2), member("via", "node", 103), member("to", "way", 3)];

describe("what stands across the roads", () => {
  test("barriers of the roads' nodes, with who passes; others are left", () => {
    const { barriers, nodeId } = read([]);
    expect([...barriers.nodes].map((node) => nodeId[node])).toEqual([102, 105]);
    expect(barriers.tags).toEqual({
      barrier: ["gate", "bollard"],
      access: ["", ""],
      vehicle: ["", ""],
      motor_vehicle: ["private", ""],
      motorcar: ["", ""],
      bicycle: ["", ""],
      foot: ["yes", ""],
    });
  });

  test("tags that only some profiles read", () => {
    const { tags } = read([]);
    expect(tags.motorroad).toEqual(["", "", "yes", ""]);
    expect(tags["maxspeed:backward"]).toEqual(["", "", "30", ""]);
    expect(tags["cycleway:left"]).toEqual(["", "", "lane", ""]);
  });
});

describe("restrictions of turns", () => {
  test("through a node and through ways", () => {
    const { restrictions, restrictionsLeft, nodeId } = read([
      restriction(71, { restriction: "no_left_turn", except: "bicycle;psv" }, ...plain),
      restriction(
        72,
        { "restriction:motorcar": "no_u_turn" },
        ...[member("from", "way", 1), member("via", "way", 2), member("via", "way", 4), member("to", "way", 3)],
      ),
      { id: 73, tags: { type: "multipolygon", restriction: "no_left_turn" }, members: plain },
    ]);
    expect([...restrictions.relationId]).toEqual([71, 72]);
    expect(restrictions.kind).toEqual(["no_left_turn", "no_u_turn"]);
    expect(restrictions.except).toEqual(["bicycle;psv", ""]);
    expect([[...restrictions.fromWay], [...restrictions.toWay]]).toEqual([
      [2, 1],
      [3, 3],
    ]);
    expect(nodeId[restrictions.viaNode[0]]).toBe(103);
    expect(restrictions.viaNode[1]).toBe(-1);
    expect([[...restrictions.viaOffsets], [...restrictions.viaWays]]).toEqual([
      [0, 0, 2],
      [2, 4],
    ]);
    expect(restrictionsLeft).toEqual({ conditional: 0, otherVehicles: 0, incomplete: 0 });
  });

  test("no entry from several ways is as many rows; no other kind has several", () => {
    const several = [
      member("from", "way", 2),
      member("from", "way", 4),
      member("via", "node", 103),
      member("to", "way", 3),
    ];
    const { restrictions, restrictionsLeft } = read([
      restriction(71, { restriction: "no_entry" }, ...several),
      restriction(72, { restriction: "only_straight_on" }, ...several),
    ]);
    expect([...restrictions.fromWay]).toEqual([2, 4]);
    expect(restrictionsLeft.incomplete).toBe(1);
  });

  test("what is in force at some hours, for other vehicles, or cannot be understood is counted", () => {
    const { restrictions, restrictionsLeft } = read([
      restriction(71, { "restriction:conditional": "no_left_turn @ (Mo-Fr 07:00-09:00)" }, ...plain),
      restriction(72, { restriction: "no_left_turn", hour_on: "7", hour_off: "9" }, ...plain),
      restriction(73, { "restriction:hgv": "no_left_turn" }, ...plain),
      restriction(74, { restriction: "no_left_turn" }, ...plain.slice(0, 2)),
      restriction(75, { restriction: "no_left_turn" }, plain[0], member("via", "node", 999), plain[2]),
      restriction(76, { restriction: "no_left_turn" }, plain[0], plain[1], member("to", "way", 5)),
      restriction(77, { restriction: "no_left_turn" }),
    ]);
    expect(restrictions.kind).toEqual([]);
    expect(restrictionsLeft).toEqual({ conditional: 2, otherVehicles: 1, incomplete: 4 });
  });

  test.each([8, 9, 10] as const)("members that lack field %s are damage", async (field) => {
    const refused = await refusal(() => read([restriction(71, { restriction: "no_left_turn" }, ...plain)], field));
    expect(refused.message).toMatch(/abîmé.*membres de relation/s);
  });
});

test("an extract cut in half is told, with what to do", async () => {
  const whole = writeOsmPbf(nodes, ways);
  const path = place.file("moitie.osm.pbf", whole.subarray(0, Math.floor(whole.length / 2)));
  const { message } = await refusal(() => readRoads(path));
  expect(message).toMatch(/L'extrait OpenStreetMap est tronqué.*moitie\.osm\.pbf.*télécharger de nouveau/s);
});
