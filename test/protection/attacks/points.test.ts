import { expect, test } from "vitest";
import { checkDrawing } from "../../../src/protection/drawing/check-drawing.ts";
import { safeDrawing } from "../../../src/protection/drawing/safe-drawing.ts";
import { drawNumbers, ofPeople, people, peopleTable } from "../drawing/people.ts";
import { objectsWith } from "../drawing/played.ts";
import { render } from "../drawing/rendered.ts";

const list = people(400);
const metresPerDegree = { lon: 73_000, lat: 111_200 };

/** The same people, each moved by at most 19 m to the east or west and 28 m to the north or south. */
function jittered(draw: () => number): readonly { readonly lon: number; readonly lat: number }[] {
  const shift = (most: number, unit: number): number => ((2 * draw() - 1) * most) / unit;
  return list.map(({ lon, lat }) => ({
    lon: lon + shift(19, metresPerDegree.lon),
    lat: lat + shift(28, metresPerDegree.lat),
  }));
}

const metres = (a: { lon: number; lat: number }, b: { lon: number; lat: number }): number =>
  Math.hypot((a.lon - b.lon) * metresPerDegree.lon, (a.lat - b.lat) * metresPerDegree.lat);

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

test("attaque 13 : des points déplacés au hasard, moyennés sur plusieurs cartes", async () => {
  const draw = drawNumbers(5);
  const maps = Array.from({ length: 60 }, () => jittered(draw));
  const spec = (points: readonly object[]) => ({
    data: { values: points },
    mark: "circle",
    encoding: { longitude: { field: "lon", type: "quantitative" }, latitude: { field: "lat", type: "quantitative" } },
  });
  // Each map is read from its file, then averaged with the others: the street number is found.
  const read = await Promise.all(
    maps.slice(0, 1).map(async (map) => objectsWith((await render(spec(map))).spec, "lon")),
  );
  expect(read[0]).toHaveLength(list.length);
  const mean = list.map((_, i) => ({
    lon: maps.reduce((sum, map) => sum + (map[i]?.lon ?? 0), 0) / maps.length,
    lat: maps.reduce((sum, map) => sum + (map[i]?.lat ?? 0), 0) / maps.length,
  }));
  const alone = median(list.map((person, i) => metres(person, maps[0]?.[i] ?? person)));
  const averaged = median(list.map((person, i) => metres(person, mean[i] ?? person)));
  expect(alone).toBeLessThan(28);
  expect(averaged).toBeLessThan(4);

  const context = ofPeople({ columns: { ...ofPeople().columns, lon: "moved-position", lat: "moved-position" } });
  expect(checkDrawing(spec(maps[0] ?? []), context).map(({ code }) => code)).toContain("points-brouilles");
  // What is offered instead counts people: no place of anyone, however often it is published.
  const safe = safeDrawing(spec(list), peopleTable(list), context);
  expect(safe).not.toBeNull();
  if (!safe) return;
  const counts = objectsWith(JSON.stringify(safe.spec), "n").map(({ n }) => Number(n));
  expect(counts.length).toBeGreaterThan(0);
  for (const count of counts) expect(count).toBeGreaterThanOrEqual(11);
  for (const { lon, lat } of list) {
    expect(JSON.stringify(safe.spec)).not.toContain(String(lon));
    expect(JSON.stringify(safe.spec)).not.toContain(String(lat));
  }
});
