// Great-circle distances 1 600 x 35 000 and the k nearest of 1 500 among 500 000, in turn with numpy and scikit-learn.
//   [PYTHON=python-with-sklearn] node test/bench/spatial.mjs [--turns 5]
// Points are drawn over mainland France by the same generator in both languages, so that answers are compared before a time is kept: sums of distances to 1e-9, and
// for the nearest the sum of their rows, which differs as soon as one neighbour does. One distance in 97 is summed on both sides. Ours asks by degrees too (`nearestOnSphere`): projections cannot help it.
// The matrix is made row by row in one buffer, as its readers take it; whole, it would be 448 MB on both sides.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { eachGreatCircleRow, greatCircleMatrixKm } from "../../src/models/access/great-circle.ts";
import { nearestOnSphere, sphereGrid } from "../../src/models/access/nearest-on-sphere.ts";

const { values } = parseArgs({ options: { turns: { type: "string" } } });
const turns = Number(values.turns ?? 5);

function points(seed, count) {
  let state = seed;
  const draw = () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const lon = new Float64Array(count);
  const lat = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    lon[i] = -4.5 + 12 * draw();
    lat[i] = 42 + 9 * draw();
  }
  return { lon, lat };
}

async function peer() {
  const child = spawn(process.env.PYTHON ?? "/usr/bin/python3", [join(import.meta.dirname, "spatial.py")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { done, value } = await lines.next();
  if (done) return null;
  return {
    name: value,
    async run(task) {
      child.stdin.write(`${task}\n`);
      const answer = await lines.next();
      return answer.value.split(" ").map(Number);
    },
    close: () => child.stdin.end(),
  };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = (time) => `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
const near = (a, b) => Math.abs(a - b) <= 1e-9 * Math.abs(b);
const sum = (column) => column.reduce((total, value) => total + value, 0);

const [origins, destinations] = [points(1, 1600), points(2, 35_000)];
const [queries, many] = [points(3, 1500), points(4, 500_000)];
let grid = null;
/** Sums of the rows, first and last: what the peer prints. */
function rows(kernel) {
  const totals = new Float64Array(1600);
  kernel((origin, km) => {
    for (let i = 0; i < km.length; i += 97) totals[origin] += km[i];
  });
  return [sum(totals), totals[0], totals[1599]];
}
const knn = (k) => {
  const { index, km } = nearestOnSphere(grid, queries, k);
  return [sum(km), sum(index)];
};
const tasks = {
  haversine: ["haversine", () => rows((visit) => eachGreatCircleRow(origins, destinations, visit))],
  "haversine, jumelle en JavaScript": [
    "haversine",
    () => rows((visit) => eachGreatCircleRow(origins, destinations, visit, "plain")),
  ],
  "haversine de scikit-learn": ["sklearn", () => rows((visit) => eachGreatCircleRow(origins, destinations, visit))],
  construction: [
    "build",
    () => {
      grid = sphereGrid(many);
      return [many.lon.length];
    },
  ],
  "10 plus proches": ["knn10", () => knn(10)],
  "100 plus proches": ["knn100", () => knn(100)],
};

const other = await peer();
console.log(other ? other.name : "numpy et scikit-learn absents : le nôtre seul");
for (const [name, [task, work]] of Object.entries(tasks)) {
  work();
  if (other) await other.run(task);
  const [own, theirs, ratios] = [[], [], []];
  for (let turn = 0; turn < turns; turn++) {
    const begin = performance.now();
    const result = work();
    own.push(performance.now() - begin);
    if (!other) continue;
    const [time, ...answer] = await other.run(task);
    if (!result.every((value, i) => near(value, answer[i])))
      throw new Error(`${name} : ${result.join(" ")} et ${answer.join(" ")}`);
    theirs.push(time);
    ratios.push(time / own.at(-1));
  }
  const compared = other
    ? `${ms(median(theirs)).padStart(8)} : ${median(ratios).toFixed(1)}x (${Math.min(...ratios).toFixed(1)} à ${Math.max(...ratios).toFixed(1)})`
    : "";
  console.log(`${name.padEnd(34)} ${ms(median(own)).padStart(8)}  ${compared}`);
}
other?.close();
const begin = performance.now();
const whole = greatCircleMatrixKm(origins, {
  lon: destinations.lon.subarray(0, 3500),
  lat: destinations.lat.subarray(0, 3500),
});
console.log(`matrice entière, dixième : ${ms(performance.now() - begin)}, ${whole.length} cases`);
console.log(`mémoire : ${Math.round(process.resourceUsage().maxRSS / 1024)} Mio au plus`);
