// Points in polygons, against geopandas when PYTHON names an interpreter that has it, else against a plain search by bounds and rings.
//   node test/bench/point-in-polygon.mjs [--points 5000000] [--turns 5] [--national 30000000]
// Seeded, warmed, minimum and spread of several turns, the same points and polygons on each side, answers compared to the last point.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seededRandom } from "../../src/codes/random.ts";
import { openWorkers } from "../../src/engine/workers.ts";
import { boundingBox, contains } from "../../src/tables/geometry.ts";
import { countPoints, locateInto } from "../../src/tables/point-in-polygon.ts";
import { countPointsInThreads, locatePointsInThreads } from "../../src/tables/point-in-polygon-threads.ts";
import { pointIndex } from "../../src/tables/point-index.ts";

const text = { type: "string" };
const { values } = parseArgs({ options: { points: text, turns: text, national: text } });
const numPoints = Number(values.points ?? 5_000_000);
const turns = Number(values.turns ?? 5);
const numNational = Number(values.national ?? 30_000_000);

const real = join(import.meta.dirname, "../../../shared/data/hackaviz2021_qpv_occitanie/qp.geojson");
const folder = mkdtempSync(join(tmpdir(), "quartiers-bench-"));
const sharedColumnOf = (length) => new Float64Array(new SharedArrayBuffer(length * 8));

/** A neighbourhood of some sixty sides around a centre: a rough circle, in the unit of the radius. */
function blob(random, centreX, centreY, radius, stretch) {
  const sides = 30 + Math.floor(random() * 60);
  const ring = [];
  for (let i = 0; i < sides; i++) {
    const r = radius * (0.55 + 0.45 * random());
    const angle = (2 * Math.PI * i) / sides;
    ring.push(centreX + r * stretch * Math.cos(angle), centreY + r * Math.sin(angle));
  }
  ring.push(ring[0], ring[1]);
  return { polygons: [[Float64Array.from(ring)]] };
}

const geojson = (shapes) => ({
  type: "FeatureCollection",
  features: shapes.map(({ polygons }) => ({
    type: "Feature",
    properties: {},
    geometry: {
      type: "MultiPolygon",
      coordinates: polygons.map((rings) =>
        rings.map((ring) => Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i], ring[2 * i + 1]])),
      ),
    },
  })),
});
const shapesOf = (document) =>
  document.features.map(({ geometry: { type, coordinates } }) => ({
    polygons: (type === "Polygon" ? [coordinates] : coordinates).map((rings) =>
      rings.map((ring) => Float64Array.from(ring.flat())),
    ),
  }));

/** Half of the points anywhere in the extent, half within a few metres of an edge; among these, vertices and points of edges as exactly as floats allow. */
function drawPoints(shapes, length, random) {
  const [x, y] = [sharedColumnOf(length), sharedColumnOf(length)];
  const boxes = shapes.map(boundingBox);
  const west = Math.min(...boxes.map(({ minX }) => minX));
  const east = Math.max(...boxes.map(({ maxX }) => maxX));
  const south = Math.min(...boxes.map(({ minY }) => minY));
  const north = Math.max(...boxes.map(({ maxY }) => maxY));
  const rings = shapes.flatMap(({ polygons }) => polygons.flat());
  for (let i = 0; i < length; i++) {
    if (i % 2 === 0) {
      x[i] = west + (east - west) * random();
      y[i] = south + (north - south) * random();
      continue;
    }
    const ring = rings[Math.floor(random() * rings.length)];
    const at = 2 * Math.floor((random() * (ring.length - 2)) / 2);
    const [ax, ay, bx, by] = ring.subarray(at, at + 4);
    const kind = i % 20;
    const along = kind === 1 ? 0 : kind === 3 ? 0.5 : random();
    const spread = kind < 6 ? 0 : 1e-4;
    x[i] = ax + along * (bx - ax) + spread * (random() - 0.5);
    y[i] = ay + along * (by - ay) + spread * (random() - 0.5);
  }
  return { x, y };
}

async function timed(task) {
  await task();
  const times = [];
  for (let turn = 0; turn < turns; turn++) {
    const started = performance.now();
    await task();
    times.push(performance.now() - started);
  }
  return times;
}
const show = (times) =>
  `${Math.min(...times).toFixed(0)} ms (up to ${Math.max(...times).toFixed(0)}, ${times.length} turns)`;
const memory = () => `${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident`;

async function regional(pool) {
  const random = seededRandom(20_261_124);
  const shapes = existsSync(real)
    ? shapesOf(JSON.parse(readFileSync(real, "utf8")))
    : Array.from({ length: 105 }, () => blob(random, 4 * random(), 43 + 2 * random(), 0.004, 1.4));
  const document = existsSync(real) ? real : join(folder, "polygons.geojson");
  if (document !== real) writeFileSync(document, JSON.stringify(geojson(shapes)));
  console.log(`\n${numPoints} points x ${shapes.length} polygons (${existsSync(real) ? "real" : "invented"})`);
  const { x, y } = drawPoints(shapes, numPoints, random);
  const ours = {};
  for (const border of ["intersects", "within"]) {
    const build = await timed(() => pointIndex(shapes, { unit: "degrees", border }));
    const index = pointIndex(shapes, { unit: "degrees", border });
    const out = new Int32Array(numPoints);
    const one = await timed(() => locateInto(index, x, y, out));
    let threaded;
    const many = await timed(async () => {
      threaded = await locatePointsInThreads(index, x, y, pool);
    });
    const same = out.every((shape, i) => shape === threaded[i]);
    const inside = out.reduce((count, shape) => count + (shape >= 0 ? 1 : 0), 0);
    console.log(
      `${border}: ours ${show(one)} in one thread, ${show(many)} in ${pool.size}; index ${show(build)}; ${inside} points inside; threads ${same ? "agree" : "DISAGREE"}`,
    );
    ours[border] = { out, one: Math.min(...one), many: Math.min(...many) };
  }
  const peer = geopandas(document, x, y) ?? plainSearch(shapes, x, y);
  for (const border of ["intersects", "within"]) {
    const answer = peer.answers[border];
    if (!answer) continue;
    let differences = 0;
    for (let i = 0; i < answer.length; i++) if (answer[i] !== ours[border].out[i]) differences++;
    const best = Math.min(...peer.times[border]);
    console.log(
      `${border}: ${peer.name} ${show(peer.times[border])}; ${differences} points differ; ratio ${(best / ours[border].one).toFixed(1)} in one thread, ${(best / ours[border].many).toFixed(1)} in ${pool.size}`,
    );
  }
}

function geopandas(document, x, y) {
  const python = process.env["PYTHON"] ?? "python3";
  if (spawnSync(python, ["-c", "import geopandas"]).status !== 0) return null;
  writeFileSync(join(folder, "x.f64"), new Uint8Array(x.buffer));
  writeFileSync(join(folder, "y.f64"), new Uint8Array(y.buffer));
  const script = join(import.meta.dirname, "point-in-polygon.py");
  const run = spawnSync(python, [script, folder, document, String(Math.min(turns, 3))], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  const { times, version } = JSON.parse(run.stdout);
  console.log(`geopandas ${version}: its points made in ${show(times.points)}, not counted below`);
  const read = (name) => {
    const bytes = readFileSync(join(folder, `${name}.i32`));
    return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  };
  return { name: `geopandas ${version}`, times, answers: { intersects: read("intersects"), within: read("within") } };
}

/** Without geopandas: every polygon's bounds, then its rings. The rule "once" differs on exact borders, and the count of differences says so. */
function plainSearch(shapes, x, y) {
  console.log(
    "geopandas is not here (PYTHON names no interpreter that has it): compared with a plain search of ours, borders excepted",
  );
  const boxes = shapes.map(boundingBox);
  const length = Math.min(x.length, 200_000);
  const out = new Int32Array(length).fill(-1);
  const started = performance.now();
  for (let i = 0; i < length; i++) {
    for (let shape = 0; shape < shapes.length && out[i] < 0; shape++) {
      const { minX, maxX, minY, maxY } = boxes[shape];
      if (x[i] >= minX && x[i] <= maxX && y[i] >= minY && y[i] <= maxY && contains(shapes[shape], x[i], y[i]))
        out[i] = shape;
    }
  }
  const time = ((performance.now() - started) * x.length) / length;
  return {
    name: "plain search",
    times: { intersects: [time], within: [time] },
    answers: { intersects: out, within: out },
  };
}

/** A country: neighbourhoods of 300 to 900 metres around a few hundred towns; establishments mostly in the same towns; batches as a reader would give them. */
async function national(pool) {
  const random = seededRandom(7);
  const towns = Array.from({ length: 300 }, () => [120_000 + 960_000 * random(), 6_100_000 + 950_000 * random()]);
  const near = (reach) => {
    const [x, y] = towns[Math.floor(towns.length * random() ** 2)];
    return [x + reach * (random() - 0.5), y + reach * (random() - 0.5)];
  };
  const shapes = Array.from({ length: 1609 }, () => blob(random, ...near(12_000), 300 + 600 * random(), 1));
  let started = performance.now();
  const index = pointIndex(shapes, { unit: "metres" });
  console.log(
    `\n${numNational} points x ${shapes.length} polygons (invented); index in ${(performance.now() - started).toFixed(0)} ms`,
  );
  const batch = 1_000_000;
  const [x, y] = [sharedColumnOf(batch), sharedColumnOf(batch)];
  for (const threads of [1, pool.size]) {
    const counts = new Float64Array(shapes.length);
    let [making, counting] = [0, 0];
    for (let done = 0; done < numNational; done += batch) {
      started = performance.now();
      for (let i = 0; i < batch; i++)
        [x[i], y[i]] = i % 4 === 0 ? [120_000 + 960_000 * random(), 6_100_000 + 950_000 * random()] : near(20_000);
      making += performance.now() - started;
      started = performance.now();
      const length = Math.min(batch, numNational - done);
      if (threads === 1) countPoints(index, x, y, counts, 0, length);
      else await countPointsInThreads(index, x.subarray(0, length), y.subarray(0, length), counts, pool);
      counting += performance.now() - started;
    }
    const inside = counts.reduce((a, b) => a + b, 0);
    console.log(
      `${threads} thread(s): ${(counting / 1000).toFixed(2)} s of counting (${((1e6 * counting) / numNational).toFixed(0)} ns a point), ${(making / 1000).toFixed(1)} s to invent the points; ${inside} counted inside; ${memory()}`,
    );
  }
}

const pool = openWorkers();
try {
  await regional(pool);
  await national(pool);
} finally {
  await pool.close();
  rmSync(folder, { recursive: true, force: true });
}
