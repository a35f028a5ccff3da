// Public transport of Porto Alegre: loading, one-to-all, a window of departures; two threads; minotor beside us where it is installed.
//
//   node test/bench/transit.mjs [--data ../shared/data] [--homes 1000] [--threads 2] [--minotor /folder/where/npm/installed/it]
//
// minotor (MIT, installed apart) leaves out calls without a time, 96 % of these: it is given ours, so that the work is the same. Without it, the window is compared with
// itself done plainly, one scan a departure. Medians, after two warm calls; targets of performance.md.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { strToU8, zipSync } from "fflate";

const { values: options } = parseArgs({
  options: {
    data: { type: "string", default: join(import.meta.dirname, "../../../shared/data") },
    homes: { type: "string", default: "1000" },
    threads: { type: "string", default: "2" },
    minotor: { type: "string" },
  },
});
const src = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { withWorkers, shards } = await src("engine/workers.ts");
const { openTerritory } = await src("sources/territory.ts");
const { sources } = await src("sources/catalogue.ts");
const { loadGtfs } = await src("sources/load-gtfs.ts");
const { loadRoads } = await src("sources/load-roads.ts");
const { streetProfile } = await src("models/streets/profiles.ts");
const { streetGraph } = await src("models/streets/street-graph.ts");
const { transitFeed } = await src("models/transit/transit-feed.ts");
const { clockText } = await src("models/transit/clock.ts");
const { timetable } = await src("models/transit/timetable.ts");
const { withWalks } = await src("models/transit/transfers.ts");
const { arrivalScratch, earliestArrivals, UNREACHED } = await src("models/transit/earliest-arrivals.ts");
const { prepareTransit, transitRows } = await src("models/transit/transit-matrix.ts");
const { transitWalks } = await src("experiments/travel/transit-walks.ts");
const { shareColumns, transitHomes } = await src("experiments/travel/transit-shards.ts");

const territory = openTerritory({ territory: "occitanie", data: resolve(options.data) });
const DAY = "2019-05-13";
const [FROM, TO] = [14 * 3600, 15 * 3600];
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const say = (what, milliseconds, rest = "") =>
  console.log(`${what.padEnd(58)} ${milliseconds.toFixed(milliseconds < 10 ? 2 : 0).padStart(8)} ms ${rest}`);
async function timed(runs, task) {
  const times = [];
  for (let run = 0; run < runs + 2; run++) {
    const start = performance.now();
    await task();
    if (run >= 2) times.push(performance.now() - start);
  }
  return median(times);
}

const load = () =>
  Promise.all(
    ["gtfs-porto-alegre-bus", "gtfs-porto-alegre-train"].map(async (id) => transitFeed(await loadGtfs(territory, id))),
  );
say("jeux lus, vérifiés, en colonnes", await timed(5, load), "(bus et train, archive déjà défaite)");
const feeds = await load();
say("horaire du jour : interpolation, tri", await timed(5, () => timetable(feeds, DAY)));
const day = timetable(feeds, DAY);
console.log(
  `  ${day.stops.ids.length} arrêts, ${day.connections.from.length} liaisons, ${day.report.calls.byGreatCircle} heures interpolées`,
);

const roads = sources().find(({ id }) => id === "osm-porto-alegre");
const streets = streetGraph(await loadRoads(territory, roads), streetProfile("walk"));
const places = hexagons(join(resolve(options.data), "porto_alegre/poa_hexgrid.csv"));
const start = performance.now();
const walks = transitWalks({ streets, stops: day.stops, origins: places, destinations: places });
say(`marches, ${places.ids.length} lieux et ${day.stops.ids.length} arrêts`, performance.now() - start);
const network = { ...day, footpaths: withWalks(day.footpaths, walks.transfers) };

oneToAll("une origine, une heure, tous les arrêts, correspondances au même arrêt", day);
oneToAll("la même, marches entre arrêts", network);
for (const direction of ["outward", "return"]) await window(direction);
await minotor();
console.log(`mémoire : ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} Mo au plus`);

function oneToAll(what, over) {
  const scratch = arrivalScratch(over);
  const access = new Float64Array(day.stops.ids.length).fill(Number.POSITIVE_INFINITY);
  const times = [];
  let reached = 0;
  for (let stop = 0; stop < day.stops.ids.length; stop += 8) {
    access[stop] = 0;
    const begun = performance.now();
    const { byRun } = earliestArrivals(over, access, FROM, {}, scratch);
    times.push(performance.now() - begun);
    access[stop] = Number.POSITIVE_INFINITY;
    for (const time of byRun) if (time !== UNREACHED) reached++;
  }
  say(what, median(times.slice(20)), `(but : moins de 2 ms ; ${Math.round(reached / times.length)} arrêts atteints)`);
}

async function window(direction) {
  const homes = Math.min(Number(options.homes), places.ids.length);
  const question = {
    network: day,
    access: walks.access,
    egress: walks.egress,
    transfers: walks.transfers,
    walk: walks.direct,
    window: { from: FROM, to: TO, everySeconds: 60 },
    direction,
    percentiles: [50],
  };
  const way = direction === "outward" ? "aller" : "retour";
  const prepared = shareColumns(prepareTransit(question));
  const run = async (threads) => {
    const all = shards(homes, 32);
    return withWorkers(
      async (pool) => {
        const rows = await Promise.all(
          all.map((shard) => transitHomes(threads === 0 ? null : pool, { prepared, ...shard })),
        );
        return rows.map(([minutes]) => minutes.length).reduce((a, b) => a + b, 0);
      },
      { size: Math.max(1, threads) },
    );
  };
  const begun = performance.now();
  const cells = await run(Number(options.threads));
  say(
    `60 départs, ${homes} origines, ${way}, ${options.threads} fils`,
    performance.now() - begun,
    `(but : moins de 60 s ; ${cells} couples)`,
  );
  if (direction === "return") return;

  // The same rows, one scan a departure: what a plain window costs, on a few homes, in turn.
  const few = 8;
  const ratios = [];
  const plainNetwork = prepared.network;
  const scratch = arrivalScratch(plainNetwork);
  const access = new Float64Array(day.stops.ids.length);
  for (let home = 0; home < few + 2; home++) {
    access.fill(Number.POSITIVE_INFINITY);
    for (let i = walks.access.starts[home]; i < walks.access.starts[home + 1]; i++)
      access[walks.access.targets[i]] = walks.access.seconds[i];
    const one = performance.now();
    transitRows(prepared, home, home + 1, [new Float64Array(places.ids.length)], home);
    const two = performance.now();
    for (let departure = FROM; departure < TO; departure += 60)
      earliestArrivals(plainNetwork, access, departure, { latest: departure + 7200 }, scratch);
    const three = performance.now();
    if (home >= 2) ratios.push((three - two) / (two - one));
  }
  console.log(
    `  balayages départ par départ / fenêtre entière : ${median(ratios).toFixed(1)} fois (médiane de ${few}, sans la marche finale)`,
  );
}

/**
 * One-to-all by minotor on the same day, its calls interpolated by us and written as a feed, for it leaves out calls without a time. Same question: one stop, one departure, every
 * stop, at most as many runs as anybody needs here, changes at one stop without delay. Its arrivals are compared before the clock counts.
 */
async function minotor() {
  if (!options.minotor) {
    console.log("minotor n'est pas comparé : npm install minotor dans un dossier à part, puis --minotor et ce dossier");
    return;
  }
  const folder = join(resolve(options.minotor), "node_modules/minotor");
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { GtfsParser } = await import(pathToFileURL(join(folder, "dist/parser.esm.js")).href);
  const { Duration, Query, Router, Time } = await import(pathToFileURL(join(folder, "dist/router.esm.js")).href);
  const bus = timetable(feeds[0], DAY);
  const place = mkdtempSync(join(tmpdir(), "quartiers-transit-"));
  try {
    const file = join(place, "bus.zip");
    writeFileSync(file, timedFeed(bus));
    const begun = performance.now();
    const theirs = await new GtfsParser(file).parse(new Date(`${DAY}T12:00:00`));
    say(`minotor ${version}, le bus lu, toutes ses heures données`, performance.now() - begun);
    const router = new Router(theirs.timetable, theirs.stopsIndex);
    const access = new Float64Array(bus.stops.ids.length).fill(Number.POSITIVE_INFINITY);
    const scratch = arrivalScratch(bus);
    const [ratios, ours, peers] = [[], [], []];
    let [same, all] = [0, 0];
    for (let stop = 0; stop < bus.stops.ids.length; stop += 40) {
      const query = new Query.Builder()
        .from(named(bus.stops.ids[stop]))
        .to([])
        .departureTime(Time.fromSeconds(FROM))
        .maxTransfers(12)
        .minTransferTime(Duration.fromSeconds(0))
        .build();
      const one = performance.now();
      const answer = router.route(query);
      const two = performance.now();
      access[stop] = 0;
      const { byRun } = earliestArrivals(bus, access, FROM, {}, scratch);
      const three = performance.now();
      access[stop] = Number.POSITIVE_INFINITY;
      bus.stops.ids.forEach((id, other) => {
        if (other === stop || byRun[other] === UNREACHED) return;
        all++;
        const found = theirs.stopsIndex.findStopById(named(id));
        const arrival = found && answer.arrivalAt(found.id);
        if (arrival && Math.abs(arrival.time.toSeconds() - byRun[other]) < 1) same++;
      });
      ours.push(three - two);
      peers.push(two - one);
      ratios.push((two - one) / (three - two));
    }
    say("  une origine, tous les arrêts : minotor", median(peers.slice(10)));
    say("  une origine, tous les arrêts : ici", median(ours.slice(10)));
    console.log(
      `  minotor / ici : ${median(ratios.slice(10)).toFixed(1)} fois ; ${((100 * same) / all).toFixed(1)} % d'arrivées égales à la seconde`,
    );
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** It takes an id made of digits for a number. */
function named(id) {
  return `arret-${id}`;
}

/** The runs of a day as a feed whose calls all have their time. */
function timedFeed({ connections, stops, runCount, runs }) {
  const calls = Array.from({ length: runCount }, () => []);
  for (let i = 0; i < connections.from.length; i++) {
    const own = calls[connections.run[i]];
    const last = own.pop();
    own.push([connections.from[i], last?.[1] ?? connections.departure[i], connections.departure[i]]);
    own.push([connections.to[i], connections.arrival[i], connections.arrival[i]]);
  }
  const lines = [...new Set(runs.lines)];
  const table = (header, rows) => strToU8(`${[header, ...rows].join("\n")}\n`);
  return zipSync({
    "agency.txt": table("agency_id,agency_name,agency_url,agency_timezone", [
      "E,EPTC,https://exemple.invalid,America/Sao_Paulo",
    ]),
    "stops.txt": table(
      "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station",
      stops.ids.map((id, i) => `${named(id)},${id},${stops.lat[i]},${stops.lon[i]},0,`),
    ),
    "routes.txt": table(
      "route_id,agency_id,route_short_name,route_long_name,route_type",
      lines.map((line) => `${line},E,${line},,3`),
    ),
    "calendar.txt": table("service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date", [
      "S,1,1,1,1,1,1,1,20190101,20191231",
    ]),
    "trips.txt": table(
      "route_id,service_id,trip_id",
      calls.map((_, run) => `${runs.lines[run]},S,T${run}`),
    ),
    "stop_times.txt": table(
      "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type",
      calls.flatMap((own, run) =>
        own.map(
          ([stop, arrival, departure], k) =>
            `T${run},${clockText(arrival)},${clockText(departure)},${named(stops.ids[stop])},${k + 1},0,0`,
        ),
      ),
    ),
  });
}

function hexagons(file) {
  const [header, ...rows] = readFileSync(file, "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.replaceAll('"', "").split(","));
  const column = (name) => rows.map((row) => row[header.indexOf(name)]);
  return {
    ids: column("id"),
    lon: Float64Array.from(column("lon"), Number),
    lat: Float64Array.from(column("lat"), Number),
  };
}
