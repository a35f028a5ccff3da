// Assignment and Sinkhorn against scipy and numpy, in turn in one job; medians of the paired ratios (ours / peer) and their spread.
//
//   PYTHON=/usr/bin/python3 node test/bench/matching.mjs [--runs 7] [--only assignment|sinkhorn|transport]
//
// Same work: costs and margins are in memory on both sides; the total (or the scaling factors) is compared before the clock counts. Two warm calls, then pairs.
// numpy runs on one thread (OPENBLAS_NUM_THREADS=1); set BLAS to 2 for its best. Without $PYTHON, ours alone against its plain twin: a ratio, never a time.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: { runs: { type: "string", default: "7" }, only: { type: "string" } },
});
const runs = Number(options.runs);
const src = (file) => import(new URL(`../../src/models/matching/${file}`, import.meta.url).href);
const { assignment } = await src("assignment.ts");
const { certifyAssignment } = await src("certify-assignment.ts");
const { scalingKernel } = await src("scaling-kernel.ts");
const { transport } = await src("transport.ts");
const { certifyTransport } = await src("certify-transport.ts");
const { costInstance, transportInstance } = await import(
  new URL("../models/matching/instances.ts", import.meta.url).href
);

const folder = mkdtempSync(join(tmpdir(), "quartiers-matching-"));
const peer = process.env.PYTHON ? openPeer(process.env.PYTHON) : null;
try {
  if (peer) console.log(await peer.ask("versions"));
  else console.log("scipy et numpy ne sont pas comparés : donner PYTHON=/usr/bin/python3");
  if (!options.only || options.only === "assignment") await benchAssignment();
  if (!options.only || options.only === "sinkhorn") await benchSinkhorn();
  if (!options.only || options.only === "transport") benchTransport();
  console.log(`mémoire : ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} Mo au plus`);
} finally {
  peer?.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Targets of issue 4: at or under scipy on random costs, at most 1.5 on clustered distances (1 500 x 2 000). */
async function benchAssignment() {
  for (const [kind, rows, columns, target] of [
    ["random", 1500, 2000, 1],
    ["integer", 1500, 2000, 1],
    ["clustered", 1500, 2000, 1.5],
    ["clustered-rounded", 1500, 2000, 1.5],
    ["clustered", 1500, 1500, 1.5],
    ["clustered-rounded", 1500, 1500, 1.5],
    ["integer", 500, 500, 1],
  ]) {
    const costs = { rows, columns, values: costInstance(kind, rows, columns, 5) };
    const ours = () => assignment(costs).total;
    const proof = certifyAssignment(costs, assignment(costs));
    if (!proof.optimal) throw new Error("la preuve manque");
    const file = save(costs.values);
    const theirs = peer && (() => peer.ask(`assignment ${file} ${rows} ${columns}`));
    await pair(`affectation ${kind} ${rows} x ${columns}`, ours, theirs, target, 1e-12);
  }
}

/** 100 iterations on a kernel already made, both sides: ours fuses the two products in one sweep. Target: at most 1.2. */
async function benchSinkhorn() {
  const [rows, columns] = [1500, 2000];
  const costs = costInstance("clustered", rows, columns, 5);
  const make = (engine) => {
    const kernel = scalingKernel(rows, columns, engine);
    kernel.rowMargins.fill(1 / rows);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) kernel.matrix[i * kernel.stride + j] = Math.exp(-costs[i * columns + j] / 10);
    return () => {
      kernel.columnScale.fill(1, 0, columns);
      for (let iteration = 0; iteration < 100; iteration++) {
        kernel.pass();
        for (let j = 0; j < columns; j++) kernel.columnScale[j] = 1 / columns / kernel.columnSums[j];
      }
      return kernel.columnScale.reduce((a, b) => a + b, 0);
    };
  };
  const plain = make("plain");
  const file = save(costs);
  const theirs = peer && (() => peer.ask(`sinkhorn ${file} ${rows} ${columns}`));
  await pair(`Sinkhorn ${rows} x ${columns}, 100 itérations`, make("best"), theirs, 1.2, 1e-10);
  await pair("Sinkhorn, vecteurs / jumeau en JavaScript seul", make("best"), async () => timed(plain), 1, 0);
}

/** No peer in memory: the time is said for a reader of this machine, and the proof is checked. */
function benchTransport() {
  for (const [cells, offers, radius] of [
    [300, 500, Infinity],
    [1500, 2000, Infinity],
    [2000, 8000, 8],
  ]) {
    const whole = transportInstance("clustered", cells, offers, 5);
    const kept = Int32Array.from(whole.arcs.cost.keys()).filter((k) => whole.arcs.cost[k] <= radius);
    const arcs = {
      cell: kept.map((k) => whole.arcs.cell[k]),
      offer: kept.map((k) => whole.arcs.offer[k]),
      cost: Float64Array.from(kept, (k) => whole.arcs.cost[k]),
    };
    const problem = { ...whole, arcs };
    transport(problem, "fewest");
    const start = performance.now();
    const plan = transport(problem, "fewest");
    const milliseconds = performance.now() - start;
    if (!certifyTransport(problem, plan).optimal) throw new Error("la preuve manque");
    console.log(`transport ${cells} x ${offers}, ${kept.length} paires : ${milliseconds.toFixed(0)} ms`);
  }
}

/** Ours, theirs, ours, theirs: the ratio of each pair. `theirs` answers milliseconds and the number to compare. */
async function pair(name, ours, theirs, target, tolerance) {
  for (let warm = 0; warm < 2; warm++) ours();
  if (!theirs) {
    ours();
    return;
  }
  for (let warm = 0; warm < 2; warm++) await theirs();
  const [mine, other] = [timed(ours), await theirs()];
  if (Math.abs(mine.value - other.value) > tolerance * Math.abs(other.value))
    throw new Error(`${name} : ${mine.value} au lieu de ${other.value}`);
  const rows = [];
  for (let run = 0; run < runs; run++)
    rows.push({ ours: timed(ours).milliseconds, theirs: (await theirs()).milliseconds });
  const ratios = rows.map((row) => row.ours / row.theirs).sort((a, b) => a - b);
  const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
  const said = median(ratios) <= target ? "tenu" : "MANQUÉ";
  console.log(
    `${name} : ${median(ratios).toFixed(2)} (${ratios[0].toFixed(2)} à ${ratios.at(-1).toFixed(2)}), au plus ${target} : ${said} ; ` +
      `${median(rows.map((row) => row.ours)).toFixed(1)} ms contre ${median(rows.map((row) => row.theirs)).toFixed(1)} ms`,
  );
}

function timed(work) {
  const start = performance.now();
  const value = work();
  return { milliseconds: performance.now() - start, value };
}

function save(values) {
  const file = join(folder, `${Math.round(performance.now() * 1000)}.bin`);
  writeFileSync(file, new Uint8Array(values.buffer));
  return file;
}

/** A Python that stays open and answers one line of JSON a question, so that its start is never in the time. */
function openPeer(python) {
  const child = spawn(python, [fileURLToPath(new URL("matching.py", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, OPENBLAS_NUM_THREADS: process.env.BLAS ?? "1" },
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
