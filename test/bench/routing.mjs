// Times along streets against scipy.sparse.csgraph.dijkstra, in turn in one job; medians of the paired ratios (theirs / ours) and their spread.
//
//   PYTHON=/usr/bin/python3 PYTHON_CURRENT=<python with a current scipy> node test/bench/routing.mjs [--runs 5] [--only matrix|reach|stream] [--mode car]
//
// Needs the OpenStreetMap extract of Porto Alegre in the shared data. Same work: the same compressed rows (streets with the hexagons attached), the same origins and
// destinations, in memory on both sides; answers are compared (1 ms, same trips without a way) before the clock counts. What ours adds is said apart: the
// contraction is inside the second ratio, all from the file is inside the last. Without a Python, ours against our own Dijkstra, row by row.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    only: { type: "string" },
    mode: { type: "string", default: "car" },
  },
});
const src = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { seededRandom } = await src("codes/random.ts");
const { withWorkers } = await src("engine/workers.ts");
const { streamStreetTimes, streetTimes } = await src("experiments/travel/street-times.ts");
const { attachPoints } = await src("models/streets/attach-points.ts");
const { contractStreets } = await src("models/streets/contract-streets.ts");
const { streetProfile } = await src("models/streets/profiles.ts");
const { NodeQueue } = await src("models/streets/shortest-path-queue.ts");
const { shortestCosts } = await src("models/streets/shortest-path.ts");
const { streetGraph } = await src("models/streets/street-graph.ts");
const { streetMatrix } = await src("models/streets/street-matrix.ts");
const { streetReach } = await src("models/streets/street-reach.ts");
const { readRoads } = await src("sources/formats/roads.ts");

const data = join(import.meta.dirname, "../../../shared/data/porto_alegre");
if (!existsSync(data)) throw new Error(`pas de données réelles : ${data}`);
const streetsOf = (mode) => streetGraph(readRoads(join(data, "poa_osm.pbf")), streetProfile(mode));
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const peak = () => `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} Mo au plus`;

if (options.only === "matrix") await benchMatrix();
else if (options.only === "reach") benchReach();
else if (options.only === "stream") await benchStream();
// One process each, so that each has its own peak of memory.
else
  for (const only of ["matrix", "reach", "stream"])
    execFileSync(
      process.execPath,
      [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2), "--only", only],
      {
        stdio: "inherit",
      },
    );

/** Targets of issue 4: 8 times the scipy of Debian, 4 times a current one. */
async function benchMatrix() {
  const hexagons = hexagonPoints();
  const streets = streetsOf(options.mode);
  const { graph, nodes } = attachPoints(streets, hexagons);
  const places = nodes.filter((node) => node >= 0);
  console.log(
    `${options.mode} : ${graph.lon.length} nœuds, ${graph.heads.length} tronçons, ${places.length} x ${places.length} trajets`,
  );
  const hierarchy = contractStreets(graph);
  const steps = {
    contraction: () => contractStreets(graph),
    matrice: () => streetMatrix(hierarchy, places, places),
    "contraction et matrice": () => streetMatrix(contractStreets(graph), places, places),
    "depuis le fichier, un fil": () => {
      const attached = attachPoints(streetsOf(options.mode), hexagons);
      return streetMatrix(contractStreets(attached.graph), attached.nodes, attached.nodes);
    },
  };
  await withWorkers(
    async (pool) => {
      const inThreads = (points, given) => streetTimes(given, points, points, { pool });
      steps["points, contraction, matrice et marches, deux fils"] = () => inThreads(hexagons, streets);
      const expected = streetMatrix(hierarchy, places, places);
      for (const [name, python] of [
        ["scipy de Debian", process.env.PYTHON],
        ["scipy récent", process.env.PYTHON_CURRENT],
      ])
        if (python) await againstScipy(name, python, { graph, places, expected, steps });
      if (!process.env.PYTHON && !process.env.PYTHON_CURRENT) {
        console.log("scipy n'est pas comparé : donner PYTHON ou PYTHON_CURRENT");
        await againstOurDijkstra({ graph, places, expected, steps });
      }
    },
    { size: 2 },
  );
  console.log(`mémoire de notre côté : ${peak()}`);
}

async function againstScipy(name, python, { graph, places, expected, steps }) {
  const folder = mkdtempSync(join(tmpdir(), "quartiers-routing-"));
  const columns = { starts: graph.starts, heads: graph.heads, seconds: graph.seconds, places };
  for (const [file, column] of Object.entries(columns))
    writeFileSync(join(folder, file), new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  const peer = openPeer(python, folder);
  try {
    console.log(`${name} : ${await peer.ask("versions")}`);
    await peer.ask("matrix 64");
    await peer.ask(`save ${places.length}`);
    const bytes = readFileSync(join(folder, "expected"));
    sameTimes(expected, new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8));
    const { megabytes } = await pairs(name, () => peer.ask(`matrix ${places.length}`), steps, places.length ** 2);
    console.log(`mémoire de ${name} : ${megabytes.toFixed(0)} Mo au plus`);
  } finally {
    peer.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function againstOurDijkstra({ graph, places, expected, steps }) {
  const queue = new NodeQueue(graph.lon.length);
  const rows = new Float64Array(expected.length);
  const theirs = () => {
    const start = performance.now();
    places.forEach((from, i) => {
      const costs = shortestCosts(graph, from, { queue });
      places.forEach((to, j) => {
        rows[i * places.length + j] = costs[to];
      });
    });
    return { milliseconds: performance.now() - start };
  };
  theirs();
  sameTimes(expected, rows);
  await pairs("notre Dijkstra", theirs, steps, places.length ** 2);
}

/** Theirs, then each of our steps, again and again: the ratio of each to the run of theirs just before. */
async function pairs(name, theirs, steps, trips) {
  for (const step of Object.values(steps)) for (let warm = 0; warm < 2; warm++) await step();
  const rows = [];
  let answer;
  for (let run = 0; run < Number(options.runs); run++) {
    answer = await theirs();
    const row = { theirs: answer.milliseconds };
    for (const [step, work] of Object.entries(steps)) {
      const start = performance.now();
      await work();
      row[step] = performance.now() - start;
    }
    rows.push(row);
  }
  const rate = (milliseconds) => `${Math.round(trips / milliseconds)} k trajets/s`;
  const other = median(rows.map((row) => row.theirs));
  console.log(`  ${name} : ${other.toFixed(0)} ms, ${rate(other)}`);
  for (const step of Object.keys(steps)) {
    const ratios = rows.map((row) => row.theirs / row[step]).sort((a, b) => a - b);
    const time = median(rows.map((row) => row[step]));
    const ratio = `${median(ratios).toFixed(1)} fois (${ratios[0].toFixed(1)} à ${ratios.at(-1).toFixed(1)}), ${rate(time)}`;
    console.log(`  ${step} : ${time.toFixed(0)} ms${step === "contraction" ? "" : `, ${ratio}`}`);
  }
  return answer;
}

/** 1 227 hexagons to 4 000 places within 20 minutes on foot. Target: well under a second. */
function benchReach() {
  const random = seededRandom(4);
  const streets = streetsOf("walk");
  const hexagons = hexagonPoints();
  const stops = pointsNear(streets, 4000, random);
  const lon = Float64Array.of(...hexagons.lon, ...stops.lon);
  const lat = Float64Array.of(...hexagons.lat, ...stops.lat);
  const { graph, nodes } = attachPoints(streets, { lon, lat });
  const [from, to] = [nodes.slice(0, hexagons.ids.length), nodes.slice(hexagons.ids.length)];
  const hierarchy = contractStreets(graph);
  for (const [name, network] of [
    ["recherches bornées dans le graphe", graph],
    ["montées dans la hiérarchie", hierarchy],
  ]) {
    const times = Array.from({ length: 7 }, () => {
      const start = performance.now();
      streetReach(network, from, to, 1200);
      return performance.now() - start;
    }).slice(2);
    const { targets } = streetReach(network, from, to, 1200);
    console.log(
      `portée de 20 min à pied, ${from.length} x ${to.length}, ${targets.length} paires, ${name} : ${median(times).toFixed(0)} ms`,
    );
  }
  console.log(`mémoire : ${peak()}`);
}

/** 1 600 origins x 35 000 destinations, row by row: the target is memory (2 GB), and the sum of the rows is the sink. */
async function benchStream() {
  const random = seededRandom(8);
  const streets = streetsOf(options.mode);
  const [origins, destinations] = [pointsNear(streets, 1600, random), pointsNear(streets, 35_000, random)];
  for (const size of [0, 2]) {
    let [reached, rows] = [0, 0];
    const visit = (_, minutes) => {
      rows++;
      for (let j = 0; j < minutes.length; j++) if (minutes[j] <= 30) reached++;
    };
    const start = performance.now();
    if (size === 0) await streamStreetTimes(streets, origins, destinations, visit);
    else await withWorkers((pool) => streamStreetTimes(streets, origins, destinations, visit, { pool }), { size });
    const seconds = (performance.now() - start) / 1000;
    console.log(
      `${rows} x ${destinations.ids.length} en flux, ${size === 0 ? "sans fil de plus" : `${size} fils`} : ${seconds.toFixed(1)} s, ` +
        `${((1600 * 35) / seconds / 1000).toFixed(1)} M trajets/s, ${reached} à 30 min ; mémoire ${peak()}`,
    );
  }
}

/** Points within some 50 m of nodes drawn at random. */
function pointsNear({ lon, lat }, count, random) {
  const nodes = Array.from({ length: count }, () => Math.floor(random() * lon.length));
  const beside = (column) => Float64Array.from(nodes, (node) => column[node] + (random() - 0.5) / 1000);
  return { ids: nodes.map((_, i) => String(i)), lon: beside(lon), lat: beside(lat) };
}

function hexagonPoints() {
  const rows = readFileSync(join(data, "poa_hexgrid.csv"), "utf8").trim().split("\n").slice(1);
  const fields = rows.map((row) => row.split(","));
  return {
    ids: fields.map(([id]) => id),
    lon: Float64Array.from(fields, (row) => Number(row[1])),
    lat: Float64Array.from(fields, (row) => Number(row[2])),
  };
}

function sameTimes(ours, theirs) {
  let worst = ours.length === theirs.length ? 0 : Infinity;
  for (let i = 0; i < ours.length; i++)
    if (ours[i] !== theirs[i])
      worst = Math.max(worst, theirs[i] === Infinity ? Infinity : Math.abs(ours[i] - theirs[i]));
  if (!(worst < 0.001)) throw new Error(`les temps diffèrent de ${worst} s`);
  console.log(`  mêmes temps à ${worst.toExponential(1)} s près`);
}

/** A Python that stays open and answers one line of JSON a question, so that its start is never in the time. */
function openPeer(python, folder) {
  const child = spawn(python, [fileURLToPath(new URL("routing.py", import.meta.url)), folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      child.stdin.write(`${question}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${python} s'est arrêté : a-t-il scipy ?`);
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}
