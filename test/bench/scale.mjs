// Files larger than memory: loaded through their contracts, checked, and brought to neighbourhoods, each in a process of its own whose memory is printed.
//
//   node test/bench/scale.mjs [--fraction 1] [--folder DIR] [--only mobpro,sirene,indcvi] [--keep]
//
// fraction 1 is the size of the issue: 8 million rows of MOBPRO, 30 million of SIRENE, 20 million of INDCVI, about 5 GB of disk. Exits with 1 when a sum is not
// the generator's own, or when a process held more than 2 GB.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const LIMIT_MB = 2048;
const src = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);

const tasks = {
  sirene: {
    rows: 30_000_000,
    kind: "sirene-geo",
    file: "sirene/GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv",
  },
  mobpro: { rows: 8_000_000, kind: "mobpro", file: "rp-mobpro/FD_MOBPRO_2019.csv" },
  indcvi: { rows: 20_000_000, kind: "indcvi", file: "rp-indcvi/FD_INDCVI_2019.csv" },
};

const { values: options } = parseArgs({
  options: {
    fraction: { type: "string", default: "1" },
    folder: { type: "string" },
    only: { type: "string" },
    keep: { type: "boolean", default: false },
    task: { type: "string" },
  },
});

if (options.task) await run(options.task, options.folder);
else main();

function main() {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "quartiers-echelle-"));
  const fraction = Number(options.fraction);
  const names = options.only ? options.only.split(",") : Object.keys(tasks);
  let failed = false;
  try {
    generate("perimetres", 1609, join(folder, "perimetres.geojson"));
    for (const name of names) {
      const { rows, kind, file } = tasks[name];
      generate(kind, Math.round(rows * fraction), join(folder, file));
      const { status } = spawnSync(
        process.execPath,
        [fileURLToPath(import.meta.url), "--task", name, "--folder", folder],
        {
          stdio: "inherit",
        },
      );
      if (status !== 0) failed = true;
      if (!options.keep) rmSync(join(folder, file), { force: true });
    }
  } finally {
    if (!options.keep && !options.folder) rmSync(folder, { recursive: true, force: true });
  }
  process.exitCode = failed ? 1 : 0;
}

function generate(kind, rows, out) {
  if (existsSync(out) && existsSync(`${out}.json`) && JSON.parse(readFileSync(`${out}.json`, "utf8")).rows === rows)
    return;
  mkdirSync(join(out, ".."), { recursive: true });
  const bulk = fileURLToPath(new URL("bulk.mjs", import.meta.url));
  const { status } = spawnSync(
    process.execPath,
    [bulk, "--kind", kind, "--rows", String(rows), "--seed", "1", "--out", out],
    {
      stdio: "inherit",
    },
  );
  if (status !== 0) throw new Error(`${kind}: le fichier n'a pas été écrit`);
}

async function run(name, folder) {
  const { file } = tasks[name];
  const truth = JSON.parse(readFileSync(join(folder, `${file}.json`), "utf8"));
  const { openTerritory } = await src("sources/territory.ts");
  const territory = openTerritory({ territory: "exemple", data: folder });
  const started = performance.now();
  const answer =
    name === "sirene" ? await establishments(territory, folder, truth) : await persons(territory, name, truth, folder);
  const seconds = (performance.now() - started) / 1000;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  const { rows, faults, said } = answer;
  console.log(
    `${name.padEnd(7)} ${(rows / 1e6).toFixed(1)} M lignes, ${(statSync(join(folder, file)).size / 1e6).toFixed(0)} Mo : ${seconds.toFixed(1)} s, ` +
      `${megabytes.toFixed(0)} Mo de mémoire au plus ; ${said} ; ${faults} écart(s) avec le générateur`,
  );
  if (faults > 0 || megabytes > LIMIT_MB) process.exitCode = 1;
}

/**
 * Persons of each commune shared out between its neighbourhoods and the rest, as its establishments are (the files of scale carry no better weight): what
 * matters here is that the sum is kept.
 */
function byNeighbourhood(communes, folder) {
  const parts = join(folder, "parts.json");
  if (!existsSync(parts)) return "parts absentes : lancer sirene d'abord";
  const found = new Map();
  let [total, shared] = [0, 0];
  const shares = JSON.parse(readFileSync(parts, "utf8"));
  for (const [commune, { weight }] of communes) {
    total += weight;
    for (const [shape, share] of Object.entries(shares[commune] ?? { "-1": 1 })) {
      found.set(shape, (found.get(shape) ?? 0) + weight * share);
      shared += weight * share;
    }
  }
  if (Math.abs(shared - total) > 1e-9 * total) throw new Error("la répartition ne garde pas la somme");
  const outside = found.get("-1") ?? 0;
  found.delete("-1");
  return `${found.size} quartiers, ${((100 * (total - outside)) / total).toFixed(1)} % des personnes`;
}

/** Weighted persons by place of residence: the commune, or outside large communes the canton-ville of the detail file, as the generator counted them. */
async function persons(territory, name, truth, folder) {
  const { aggregateSource } = await src("sources/aggregate.ts");
  const contract = (await src(`sources/rp-${name}.ts`))[name === "mobpro" ? "rpMobproContract" : "rpIndcviContract"];
  const by = name === "mobpro" ? ["COMMUNE", "TRANS"] : ["CANTVILLE", "IRIS", "TRANS"];
  const found = await aggregateSource(territory, contract, {
    by,
    measures: { personnes: { sum: "IPONDI" }, lignes: "count" },
  });
  const add = (places, place, rows, weight) => {
    const own = places.get(place) ?? { rows: 0, weight: 0 };
    places.set(place, { rows: own.rows + rows, weight: own.weight + weight });
  };
  const placeOf = (row) => {
    if (name === "mobpro") return found.columns.COMMUNE.values[row];
    const iris = found.columns.IRIS.values[row];
    return /^\d/.test(iris) ? iris.slice(0, 5) : `canton ${found.columns.CANTVILLE.values[row]}`;
  };
  const ours = new Map();
  for (let row = 0; row < found.numRows; row++)
    add(ours, placeOf(row), found.columns.lignes.values[row], found.columns.personnes.values[row]);
  const theirs = new Map();
  for (const [commune, { rows, weight }] of Object.entries(truth.communes)) {
    const rank = Number(commune) - 1; // the generator's: ten communes a canton, IRIS in the first 120
    const hidden = name === "indcvi" && rank >= 120;
    add(theirs, hidden ? `canton ${String(1 + Math.floor(rank / 10)).padStart(4, "0")}` : commune, rows, weight);
  }
  let faults = ours.size === theirs.size ? 0 : 1;
  for (const [place, { rows, weight }] of theirs) {
    const own = ours.get(place);
    if (own?.rows !== rows || Math.abs(own.weight - weight) > 1e-9 * weight) faults++;
  }
  const rows = [...ours.values()].reduce((sum, own) => sum + own.rows, 0);
  return { rows, faults, said: `${found.numRows} groupes, ${ours.size} lieux, ${byNeighbourhood(ours, folder)}` };
}

async function establishments(territory, folder, truth) {
  const { countLocated } = await src("tables/count-located.ts");
  const { pointIndex } = await src("tables/point-index.ts");
  const { sireneGeolocalisationContract } = await src("sources/sirene-geolocalisation.ts");
  const { features } = JSON.parse(readFileSync(join(folder, "perimetres.geojson"), "utf8"));
  const shapes = features.map(({ geometry }) => ({
    polygons: (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).map((rings) =>
      rings.map((ring) => Float64Array.from(ring.flat())),
    ),
  }));
  const index = pointIndex(shapes, { unit: "metres" });
  const { table, points, inside, unplaced } = await countLocated(territory, sireneGeolocalisationContract, index, {
    x: "x",
    y: "y",
    by: "code_commune",
  });
  const byCommune = new Map();
  table.columns.code.values.forEach((code, row) => {
    byCommune.set(code, (byCommune.get(code) ?? 0) + table.columns.points.values[row]);
  });
  const shares = {};
  table.columns.code.values.forEach((code, row) => {
    shares[code] ??= {};
    shares[code][table.columns.forme.values[row]] = table.columns.points.values[row] / byCommune.get(code);
  });
  writeFileSync(join(folder, "parts.json"), JSON.stringify(shares));
  let faults = 0;
  for (const [commune, { rows }] of Object.entries(truth.communes)) if (byCommune.get(commune) !== rows) faults++;
  return {
    rows: points,
    faults,
    said: `${inside} établissements dans ${features.length} quartiers, ${unplaced} sans coordonnées`,
  };
}
