// A CSV of about 1 GB: load, check and sum by commune and mode of transport. Ours, DuckDB's own read_csv with the same sums, and pandas when $PYTHON has it
// (Debian's: /usr/bin/python3), in turn, each run in a process of its own; medians of the paired ratios.
//
//   PYTHON=/usr/bin/python3 node test/bench/read-csv.mjs [--rows 9600000] [--runs 5] [--file FILE]
//
// Same work: three columns of 33 are asked by all. Ours also takes the fingerprint of the file and holds codes, values and bounds to the contract;
// « relu » is a second reading in the same process, whose fingerprint is known. pandas checks the same codes and bounds, by its fastest way (categories).

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "9600000" },
    runs: { type: "string", default: "5" },
    file: { type: "string" },
    folder: { type: "string" },
    run: { type: "string" },
  },
});
const NAME = "rp-mobpro/FD_MOBPRO_2019.csv";
const self = fileURLToPath(import.meta.url);

if (options.run === "ours") await ours(options.folder);
else if (options.run === "duckdb") await duckdb(join(options.folder, NAME));
else bench();

function bench() {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "quartiers-csv-"));
  const file = join(folder, NAME);
  try {
    if (!existsSync(file)) {
      mkdirSync(join(file, ".."), { recursive: true });
      const bulk = fileURLToPath(new URL("bulk.mjs", import.meta.url));
      spawnSync(process.execPath, [bulk, "--kind", "mobpro", "--rows", options.rows, "--seed", "1", "--out", file], {
        stdio: "inherit",
      });
    }
    console.log(`${(statSync(file).size / 1e6).toFixed(0)} Mo`);
    const python = process.env.PYTHON;
    const child = (command, args) => {
      const { stdout, stderr, status } = spawnSync(command, args, { encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
      return JSON.parse(stdout);
    };
    const runOurs = () => child(process.execPath, [self, "--run", "ours", "--folder", folder]);
    const runDuckdb = () => child(process.execPath, [self, "--run", "duckdb", "--folder", folder]);
    const runPandas = () => child(python, [fileURLToPath(new URL("read_csv.py", import.meta.url)), file]);
    runDuckdb(); // the file in the memory of the system, for all
    const rows = [];
    for (let i = 0; i < Number(options.runs); i++)
      rows.push({ ours: runOurs(), duckdb: runDuckdb(), ...(python ? { pandas: runPandas() } : {}) });
    const sums = new Set(rows.flatMap((row) => Object.values(row).map(({ total }) => Number(total).toPrecision(9))));
    if (sums.size !== 1) throw new Error(`les sommes diffèrent : ${[...sums].join(", ")}`);
    const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
    const say = (name, ratio) => {
      const list = rows.map(ratio);
      console.log(
        `${name} : ${median([...list]).toFixed(2)} (${Math.min(...list).toFixed(2)} à ${Math.max(...list).toFixed(2)})`,
      );
    };
    for (const name of Object.keys(rows[0]))
      console.log(
        `${name.padEnd(7)} ${median(rows.map((row) => row[name].seconds)).toFixed(2)} s, ${Math.max(...rows.map((row) => row[name].megabytes)).toFixed(0)} Mo au plus`,
      );
    say("première lecture / DuckDB (au plus 1,2)", ({ ours: a, duckdb: b }) => a.seconds / b.seconds);
    say("relu / DuckDB", ({ ours: a, duckdb: b }) => a.again / b.seconds);
    if (python) say("pandas / première lecture (au moins 3)", ({ ours: a, pandas: b }) => b.seconds / a.seconds);
    else console.log("pandas n'est pas comparé : donner PYTHON=/usr/bin/python3");
  } finally {
    if (!options.folder) rmSync(folder, { recursive: true, force: true });
  }
}

async function ours(folder) {
  const src = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
  const { aggregateSource } = await src("sources/aggregate.ts");
  const { openTerritory } = await src("sources/territory.ts");
  const { rpMobproContract } = await src("sources/rp-mobpro.ts");
  await import("@duckdb/node-api");
  const territory = openTerritory({ territory: "exemple", data: folder });
  const once = async () => {
    const start = performance.now();
    const found = await aggregateSource(territory, rpMobproContract, {
      by: ["COMMUNE", "TRANS"],
      measures: { personnes: { sum: "IPONDI" }, lignes: "count" },
    });
    return {
      seconds: (performance.now() - start) / 1000,
      total: found.columns.personnes.values.reduce((a, b) => a + b, 0),
    };
  };
  const first = await once();
  const second = await once();
  console.log(JSON.stringify({ ...first, again: second.seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
}

async function duckdb(file) {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "2" })).connect();
  const start = performance.now();
  const answer = await connection.run(
    `SELECT COMMUNE, TRANS, sum(IPONDI) AS s, count(*) AS n FROM read_csv('${file.replaceAll("'", "''")}') GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const { s } = await answer.getColumnsObjectJS();
  const seconds = (performance.now() - start) / 1000;
  console.log(
    JSON.stringify({
      seconds,
      total: s.reduce((a, b) => a + Number(b), 0),
      megabytes: process.resourceUsage().maxRSS / 1024,
    }),
  );
}
