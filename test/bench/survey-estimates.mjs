// Estimates of a two-stage survey, in turn with R survey where R is: means of 50 domains, a total with the variance of both stages, three quantiles, a mean by jackknife.
//
//   node test/bench/survey-estimates.mjs [--rows 20000] [--turns 7]
//
// Seeded: 10 strata of 30 clusters of dwellings. Designs and replicates are made once on both sides and not counted; each task is whole, from columns to standard errors. One warm call
// before. The largest relative difference of estimates and standard errors is printed beside the ratio (the median of the paired ones, R's time over ours). Run it on a quiet machine.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { seededRandom } from "../../src/codes/random.ts";
import { surveyDesign } from "../../src/models/survey/design.ts";
import { means, totals } from "../../src/models/survey/estimates.ts";
import { jackknifeReplicates } from "../../src/models/survey/jackknife-replicates.ts";
import { quantiles } from "../../src/models/survey/quantiles.ts";

const { values } = parseArgs({ options: { rows: { type: "string" }, turns: { type: "string" } } });
const [n, turns] = [Number(values.rows ?? 20_000), Number(values.turns ?? 7)];
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const random = seededRandom(20_261_125);
const column = (value) => Float64Array.from({ length: n }, value);
// Rows go around the 300 clusters, then around their dwellings, so that none is alone.
const stratum = column((_, i) => (i % 300) % 10);
const cluster = column((_, i) => i % 300);
const dwelling = column((_, i) => Math.floor(i / 300) % 20);
const effect = Float64Array.from({ length: 300 }, () => 10 * random());
const weight = column(() => 20 + 60 * random());
const domain = column(() => Math.floor(50 * random()));
const y = column((_, i) => effect[cluster[i]] + 30 * random() * random());
const [N1, N2] = [new Float64Array(n).fill(90), new Float64Array(n).fill(75)];

const names = (numbers) => Array.from(numbers, String);
const first = { weights: weight, strata: names(stratum), clusters: names(cluster) };
const one = surveyDesign(first);
const two = surveyDesign({
  ...first,
  populationUnits: N1,
  lowerStages: [{ clusters: names(dwelling), populationUnits: N2 }],
});
const replicates = jackknifeReplicates(one);
const domains = names(domain);
const both = (list) => [...list.map(({ estimate }) => estimate), ...list.map(({ standardError }) => standardError)];
const tasks = {
  domains: () => both(means(one, y, { domains }).toSorted((a, b) => Number(a.domain) - Number(b.domain))),
  stages: () => both(totals(two, y)),
  quantiles: () => both(quantiles(one, y, { probabilities: [0.25, 0.5, 0.75] })),
  jackknife: () => both(means(replicates, y)),
};
const timed = (task) => {
  const begin = performance.now();
  const numbers = tasks[task]();
  return { time: performance.now() - begin, numbers };
};

const folder = mkdtempSync(join(tmpdir(), "survey-"));
const file = join(folder, "columns.bin");
writeFileSync(
  file,
  Buffer.concat([stratum, cluster, dwelling, N1, N2, weight, domain, y].map(({ buffer }) => Buffer.from(buffer))),
);

/** R, doing a task at each demand; null where it cannot run. */
async function peer() {
  const child = spawn("Rscript", [join(import.meta.dirname, "survey-estimates.R"), file, String(n)], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  if ((await lines.next()).done) return null;
  return {
    timed: async (task) => {
      child.stdin.write(`${task}\n`);
      const [time, ...numbers] = (await lines.next()).value.trim().split(" ").map(Number);
      return { time, numbers };
    },
    close: () => child.stdin.end(),
  };
}

const r = await peer();
console.log(`${n} lignes, ${turns} tours, ${cpus()[0]?.model ?? ""}${r ? "" : " ; R absent : nos temps seuls"}`);
for (const task of Object.keys(tasks)) {
  timed(task);
  await r?.timed(task);
  const pairs = [];
  for (let turn = 0; turn < turns; turn++) pairs.push({ mine: timed(task), theirs: await r?.timed(task) });
  const mine = median(pairs.map(({ mine }) => mine.time));
  if (!r) {
    console.log(`${task.padEnd(10)} ${mine.toFixed(1)} ms`);
    continue;
  }
  const theirs = median(pairs.map(({ theirs }) => theirs.time));
  const ratio = median(pairs.map(({ mine, theirs }) => theirs.time / mine.time));
  const { numbers } = pairs[0].mine;
  const gap = pairs[0].theirs.numbers.reduce((most, value, k) => Math.max(most, Math.abs(numbers[k] / value - 1)), 0);
  console.log(
    `${task.padEnd(10)} nous ${mine.toFixed(1)} ms, R ${theirs.toFixed(1)} ms, R / nous ${ratio.toFixed(1)}, écart ${gap.toExponential(1)}`,
  );
}
r?.close();
rmSync(folder, { recursive: true });
