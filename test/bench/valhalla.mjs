// Our car times against those of Valhalla on Porto Alegre: how far two routers are from one another, not which is right.
//   mkdir valhalla && cd valhalla && npm install @valhallajs/valhallajs      (280 MB with its binaries: never a dependency of the project)
//   node test/bench/valhalla.mjs --valhalla <that folder> [--places 45] [--data ../shared/data/porto_alegre]
// Builds Valhalla's tiles of the same extract in a temporary folder, asks for the matrix of hexagons drawn with a seed, and prints the distribution of the ratio and of
// the difference. Both are free flow, without traffic nor parking; Valhalla adds the cost of turns and crossings to times by class, which ours leaves out but for barred turns.
// Ways are compared by length too, which has no speed table in it. Its answer goes through our own reader of matrices, order and unit checked.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { seededRandom } from "../../src/codes/random.ts";
import { streetTimes } from "../../src/experiments/travel/street-times.ts";
import { streetProfile } from "../../src/models/streets/profiles.ts";
import { streetGraph } from "../../src/models/streets/street-graph.ts";
import { readRoads } from "../../src/sources/formats/roads.ts";
import { readTravelMatrix } from "../../src/sources/travel-matrix-file.ts";

const { values } = parseArgs({
  options: { valhalla: { type: "string" }, data: { type: "string" }, places: { type: "string" } },
});
const data = values.data ?? join(import.meta.dirname, "../../../shared/data/porto_alegre");
const package_ = values.valhalla && join(resolve(values.valhalla), "node_modules/@valhallajs/valhallajs");
if (!package_ || !existsSync(package_) || !existsSync(data)) {
  console.log(
    !existsSync(data)
      ? `Pas de données dans ${data} : rien n'est comparé.`
      : "Valhalla n'est pas installé. Dans un dossier à part : npm install @valhallajs/valhallajs (280 Mo), puis --valhalla ce-dossier.",
  );
  process.exit(0);
}
const count = Number(values.places ?? 45);

const random = seededRandom(11);
const hexagons = readFileSync(join(data, "poa_hexgrid.csv"), "utf8")
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => line.split(","))
  .map(([id, lon, lat, population]) => ({ id, lon: Number(lon), lat: Number(lat), population: Number(population) }));
const drawn = hexagons
  .filter(({ population }) => population > 0)
  .map((hexagon) => ({ hexagon, key: random() }))
  .sort((a, b) => a.key - b.key)
  .slice(0, 2 * count)
  .map(({ hexagon }) => hexagon);
const placesOf = (list) => ({
  ids: list.map(({ id }) => id),
  lon: Float64Array.from(list, ({ lon }) => lon),
  lat: Float64Array.from(list, ({ lat }) => lat),
});
const [origins, destinations] = [placesOf(drawn.slice(0, count)), placesOf(drawn.slice(count))];

const roads = readRoads(join(data, "poa_osm.pbf"));
// The walk to the street is left out of both: Valhalla starts on the street.
const ours = await streetTimes(streetGraph(roads, streetProfile("car")), origins, destinations, {
  accessKmh: 1e9,
  kilometres: true,
});

const folder = mkdtempSync(join(tmpdir(), "quartiers-valhalla-"));
try {
  const { Actor, getConfig } = createRequire(join(package_, "package.json"))("@valhallajs/valhallajs");
  const config = await getConfig({ tileDir: join(folder, "tiles"), tileExtract: join(folder, "tiles.tar") });
  config.service_limits.auto.max_matrix_location_pairs = count * count;
  const configFile = join(folder, "config.json");
  writeFileSync(configFile, JSON.stringify(config));
  const begin = performance.now();
  const built = spawnSync(
    process.execPath,
    [join(package_, "bin/valhalla-cli.js"), "build_tiles", "-c", configFile, join(data, "poa_osm.pbf")],
    { encoding: "utf8" },
  );
  if (built.status !== 0) throw new Error(`build_tiles : ${built.stderr.slice(-400)}`);
  const tiles = performance.now();
  const at = ({ ids, lon, lat }) => ids.map((_, i) => ({ lon: lon[i], lat: lat[i] }));
  const answer = await new Actor(config).matrix({
    sources: at(origins),
    targets: at(destinations),
    costing: "auto",
    units: "kilometers",
  });
  const asked = performance.now();
  const file = join(folder, "matrix.json");
  writeFileSync(file, JSON.stringify(typeof answer === "string" ? JSON.parse(answer) : answer));
  const theirs = await readTravelMatrix(file, {
    producer: "valhalla",
    origin: {
      title: "Valhalla sur Porto Alegre",
      publisher: "Valhalla",
      licence: "MIT, données ODbL",
      vintage: "extrait du banc d'essai",
      url: "https://github.com/valhalla/valhalla",
    },
    origins,
    destinations,
  });
  console.log(
    `tuiles ${Math.round(tiles - begin)} ms, matrice ${count} x ${count} ${Math.round(asked - tiles)} ms, vitesse médiane à vol d'oiseau ${theirs.unitChecks.travelTimeMinutes.medianKmh.toFixed(1)} km/h`,
  );
  compare("minutes", ours.minutes, theirs.rows.costs.travelTimeMinutes, "min");
  compare("longueur (la nôtre : la plus courte)", ours.kilometres, theirs.rows.costs.distanceKm, "km");
} finally {
  rmSync(folder, { recursive: true });
}

function compare(what, own, other, unit) {
  const pairs = Array.from(own, (value, i) => [value, other[i]]);
  const both = pairs.filter(([a, b]) => a < Infinity && b < Infinity && b > 0);
  const alone = pairs.filter(([a, b]) => a < Infinity !== b < Infinity).length;
  const spread = (list) => {
    const sorted = list.toSorted((a, b) => a - b);
    return [0.05, 0.25, 0.5, 0.75, 0.95].map((p) => sorted[Math.floor(p * (sorted.length - 1))].toFixed(2)).join(" ");
  };
  console.log(`${what} : ${both.length} couples, ${alone} que l'un des deux seul relie`);
  console.log(`  le nôtre / Valhalla, 5 25 50 75 95 % : ${spread(both.map(([a, b]) => a / b))}`);
  console.log(`  le nôtre - Valhalla, ${unit}          : ${spread(both.map(([a, b]) => a - b))}`);
  const rank = (list) => {
    const order = list.map((_, i) => i).sort((a, b) => list[a] - list[b]);
    const ranks = new Float64Array(list.length);
    order.forEach((i, r) => {
      ranks[i] = r;
    });
    return ranks;
  };
  const [a, b] = [rank(both.map(([x]) => x)), rank(both.map(([, y]) => y))];
  const mean = (a.length - 1) / 2;
  const [ab, aa] = a.reduce(([x, y], r, i) => [x + (r - mean) * (b[i] - mean), y + (r - mean) ** 2], [0, 0]);
  console.log(`  corrélation des rangs                : ${(ab / aa).toFixed(4)}`);
}
