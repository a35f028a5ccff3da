// Accessibility measures on Belo Horizonte (748 437 pairs), in turn with R accessibility and PySAL access where they are.
//   [PYTHON=python-with-access] [ACCESSIBILITY_R=folder-of-R-files] node test/bench/access.mjs [--turns 7] [--data ../shared/data/belo_horizonte]
// Without the data: a seeded matrix of the same size, ours alone. The peers join their long tables at each call, which is how they are used; ours is given twice: the kernel on
// columns whose weights are ready, and with the weights computed. What precedes (reading the csv.gz, ids to whole numbers, coding the costs) is paid once for all measures and
// printed apart; at the end, gravity, 2SFCA and spatial availability are also given whole, from the csv.gz to the measure, on both sides. PySAL has no spatial availability: its
// 2SFCA of the same weights, times the people, is the same number. Sums of rows are compared before a time is kept; the ratio is the median of the paired ones, against the slower of ours.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { seededRandom } from "../../src/codes/random.ts";
import { balancedFloatingCatchment } from "../../src/models/access/balanced-floating-catchment.ts";
import { balancingCost } from "../../src/models/access/balancing-cost.ts";
import { costToClosest } from "../../src/models/access/cost-to-closest.ts";
import { cumulativeCutoff } from "../../src/models/access/cumulative-cutoff.ts";
import { cumulativeInterval } from "../../src/models/access/cumulative-interval.ts";
import {
  binaryDecay,
  decayWeights,
  exponentialDecay,
  logisticDecay,
  steppedDecay,
} from "../../src/models/access/decay.ts";
import { distinctCosts } from "../../src/models/access/distinct-costs.ts";
import { twoStepFloatingCatchment } from "../../src/models/access/floating-catchment.ts";
import { gravity } from "../../src/models/access/gravity.ts";
import { alignLandUse } from "../../src/models/access/land-use.ts";
import { raamEquilibrium } from "../../src/models/access/raam-equilibrium.ts";
import { raamScheme } from "../../src/models/access/raam-scheme.ts";
import { spatialAvailability } from "../../src/models/access/spatial-availability.ts";
import { threeStepFloatingCatchment } from "../../src/models/access/three-step-floating-catchment.ts";
import { travelMatrix } from "../../src/models/access/travel-matrix.ts";
import { readTravelMatrix } from "../../src/sources/travel-matrix-file.ts";
import { writeTravelMatrix } from "../../src/sources/travel-matrix-write.ts";
import { beloHorizonte, prepare } from "../support/access-measures.ts";

const { values } = parseArgs({ options: { turns: { type: "string" }, data: { type: "string" } } });
const turns = Number(values.turns ?? 7);
const data = values.data ?? join(import.meta.dirname, "../../../shared/data/belo_horizonte");
const real = existsSync(data);

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = (time) => `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`.padStart(9);
function timed(work) {
  const begin = performance.now();
  const value = work();
  return [performance.now() - begin, value];
}

function seeded() {
  const size = 865;
  const random = seededRandom(4);
  const ids = Array.from({ length: size }, (_, k) => `h${k}`);
  const column = (most) => Float64Array.from({ length: size }, () => Math.floor(most * random()));
  const length = size * size;
  return {
    rows: {
      from_id: Array.from({ length }, (_, pair) => ids[Math.floor(pair / size)]),
      to_id: Array.from({ length }, (_, pair) => ids[pair % size]),
      costs: { timeMinutes: Float64Array.from({ length }, () => 1 + Math.floor(120 * random())) },
    },
    landUse: {
      ids,
      columns: { population: column(3000), jobs: column(2000), schools: column(3), income: column(2000) },
    },
  };
}

/** A peer that answers one measure a line; null where it cannot run. */
async function peer(command, script) {
  if (!real) return null;
  const child = spawn(command, [join(import.meta.dirname, script), data], { stdio: ["pipe", "pipe", "ignore"] });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { done } = await lines.next();
  if (done) return null;
  return {
    async run(name) {
      child.stdin.write(`${name}\n`);
      const { value = "absent" } = await lines.next();
      return value === "absent" ? null : value.split(" ").map(Number);
    },
    close: () => child.stdin.end(),
  };
}

const [reading, territory] = timed(() => (real ? beloHorizonte(data) : seeded()));
const [joining, prepared] = timed(() => prepare(territory));
const { matrix, population, jobs, schools } = prepared;
const time = matrix.costs.timeMinutes;
const [coding, cost] = timed(() => distinctCosts(time));
const steps = steppedDecay([10, 20, 30, 60], [0.962, 0.704, 0.377, 0.042], { bound: "upTo" });
const onJobs = (weights) => ({ weights, demand: population, opportunities: { jobs } });
const finite = (column) => column.filter((value) => value < Infinity);

/** [decay, kernel on its weights]; measures that read costs have no decay. */
const measures = {
  cumulative: [
    null,
    () =>
      cumulativeCutoff(matrix, { limits: { time: { cost, cutoffs: [30] } }, opportunities: { jobs } })[0].access.jobs,
  ],
  interval: [
    null,
    () => cumulativeInterval(matrix, { cost, interval: [40, 60], opportunities: { jobs }, truncate: true }).jobs,
  ],
  gravity: [exponentialDecay(0.1), (weights) => gravity(matrix, onJobs(weights)).jobs.access],
  logistic: [logisticDecay(30, 5), (weights) => gravity(matrix, onJobs(weights)).jobs.access],
  closest: [null, () => finite(costToClosest(matrix, { cost, opportunities: schools, counts: [2] })[0])],
  balancing: [null, () => finite(balancingCost(matrix, { cost, opportunities: jobs, demand: population }))],
  twoStep: [binaryDecay(45), (weights) => twoStepFloatingCatchment(matrix, onJobs(weights)).jobs.access],
  threeStep: [
    steps,
    (weights) => threeStepFloatingCatchment(matrix, { ...onJobs(weights), choices: "listed" }).jobs.access,
  ],
  balanced: [exponentialDecay(0.05), (weights) => balancedFloatingCatchment(matrix, onJobs(weights)).jobs.access],
  availability: [exponentialDecay(0.1), (weights) => spatialAvailability(matrix, onJobs(weights)).jobs.access],
  raam: [
    null,
    () =>
      raamScheme(matrix, { cost: time, demand: population, opportunities: jobs }).access.filter(
        (value, i) => population[i] > 0 && value < Infinity,
      ),
  ],
};

const peers = [
  ["R accessibility", await peer("Rscript", "access.R")],
  ["PySAL access", await peer(process.env.PYTHON ?? "python3", "access.py")],
].filter(([, one]) => one);
console.log(
  `${real ? "Belo Horizonte" : "matrice inventée"}, ${time.length} couples, ${cost.values.length} coûts distincts`,
);
console.log(
  `une fois : lecture ${ms(reading)}, identifiants et couples ${ms(joining)}, codage des coûts ${ms(coding)}`,
);
for (const [name, one] of peers) {
  const times = [];
  for (let turn = 0; turn < 3; turn++) times.push((await one.run("read"))[0]);
  console.log(`  lecture par ${name} : ${ms(median(times))}`);
}

let sink = 0;
for (const [name, [decay, kernel]] of Object.entries(measures)) {
  const weights = decay ? decayWeights(cost, decay) : null;
  const whole = () => kernel(decay ? decayWeights(cost, decay) : null);
  const warm = name === "raam" ? 1 : 5;
  for (let i = 0; i < warm; i++) sink += whole()[0] + kernel(weights)[0];
  for (const [, one] of peers) await one.run(name);
  const kernels = [];
  const wholes = [];
  const ratios = new Map();
  const theirs = new Map();
  for (let turn = 0; turn < turns; turn++) {
    kernels.push(timed(() => kernel(weights))[0]);
    for (const [peerName, one] of peers) {
      const [own, result] = timed(whole);
      wholes.push(own);
      const answer = await one.run(name);
      if (!answer) continue;
      const sum = result.reduce((total, value) => total + value, 0);
      if (!(Math.abs(sum - answer[1]) <= 1e-9 * Math.abs(answer[1])))
        throw new Error(`${name} : ${sum} et ${answer[1]} (${peerName})`);
      ratios.set(peerName, [...(ratios.get(peerName) ?? []), answer[0] / own]);
      theirs.set(peerName, [...(theirs.get(peerName) ?? []), answer[0]]);
    }
    if (peers.length === 0) wholes.push(timed(whole)[0]);
  }
  const compared = [...ratios].map(
    ([peerName, list]) =>
      `${peerName} ${ms(median(theirs.get(peerName)))} : ${median(list).toFixed(1)}x (${Math.min(...list).toFixed(1)} à ${Math.max(...list).toFixed(1)})`,
  );
  console.log(
    `${name.padEnd(13)} noyau ${ms(median(kernels))}, avec les poids ${ms(median(wholes))}  ${compared.join("  ")}`,
  );
}
if (real) await fromTheFile();
const exact = timed(() => raamEquilibrium(matrix, { cost: time, demand: population, opportunities: jobs }));
console.log(
  `équilibre exact RAAM : ${ms(exact[0])}, ${exact[1].sweeps} passages, regret ${exact[1].regret.toExponential(1)}, excès ${exact[1].excess.toExponential(1)}`,
);
console.log(
  `mémoire : ${Math.round(process.memoryUsage.rss() / 2 ** 20)} Mio au dernier relevé${Number.isFinite(sink) ? "" : " ?"}`,
);
for (const [, one] of peers) one.close();

/** One measure, all included: the csv.gz is read and checked, ids joined, costs coded, weights and measure computed. Both sides start from the files each time. */
async function fromTheFile() {
  const origin = { title: "Belo Horizonte", publisher: "Ipea", licence: "MIT", vintage: "2019", url: "" };
  const whole = async (file, producer, name) => {
    const { rows } = await readTravelMatrix(file, { producer, origin });
    const { landUse } = readLandUse(data);
    const places = { direction: "outward", originIds: landUse.ids, destinationIds: landUse.ids };
    const own = travelMatrix(rows, places);
    const { population: demand, jobs: posts } = alignLandUse(landUse.ids, landUse).columns;
    const [decay] = measures[name];
    const weights = decayWeights(distinctCosts(own.costs.travelTimeMinutes), decay);
    const measure = { gravity, twoStep: twoStepFloatingCatchment, availability: spatialAvailability }[name];
    return measure(own, { weights, demand, opportunities: { posts } }).posts.access;
  };
  const csv = join(data, "travel_matrix.csv.gz");
  const folder = mkdtempSync(join(tmpdir(), "quartiers-bench-"));
  const parquet = join(folder, "matrix.parquet");
  try {
    await writeTravelMatrix(parquet, { ...matrix, costs: { travelTimeMinutes: time } }, { mode: "transit" });
    console.log("\ndu fichier à la mesure, une seule mesure, tout compris :");
    for (const name of ["gravity", "twoStep", "availability"]) {
      for (let i = 0; i < 3; i++) await whole(csv, "r5r", name);
      const times = { csv: [], parquet: [] };
      const ratios = new Map(peers.map(([peerName]) => [peerName, []]));
      for (let turn = 0; turn < Math.min(turns, 5); turn++) {
        let begin = performance.now();
        await whole(parquet, "quartiers", name);
        times.parquet.push(performance.now() - begin);
        for (const [peerName, one] of peers) {
          begin = performance.now();
          const result = await whole(csv, "r5r", name);
          times.csv.push(performance.now() - begin);
          const answer = await one.run(`file ${name}`);
          if (!answer) continue;
          const total = result.reduce((sum, value) => sum + value, 0);
          if (!(Math.abs(total - answer[1]) <= 1e-9 * Math.abs(answer[1])))
            throw new Error(`${name} : ${total} et ${answer[1]} (${peerName})`);
          ratios.get(peerName).push(answer[0] / times.csv.at(-1));
        }
      }
      const compared = [...ratios]
        .filter(([, list]) => list.length > 0)
        .map(
          ([peerName, list]) =>
            `${peerName} ${median(list).toFixed(1)}x (${Math.min(...list).toFixed(1)} à ${Math.max(...list).toFixed(1)})`,
        );
      const own = times.csv.length > 0 ? ms(median(times.csv)) : "";
      console.log(`${name.padEnd(13)} csv.gz ${own}, Parquet ${ms(median(times.parquet))}  ${compared.join("  ")}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readLandUse(folder) {
  const cells = readFileSync(join(folder, "land_use_data.csv"), "utf8")
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(","));
  const column = (k) => Float64Array.from(cells, (row) => Number(row[k]));
  return { landUse: { ids: cells.map(([id]) => id), columns: { population: column(1), jobs: column(2) } } };
}
