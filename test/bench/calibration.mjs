// Calibration of many areas on shared seed households: 78 areas x 5 000 households x 6 margins (4 of households, 2 of persons, 25 categories), seeded.
//
//   node test/bench/calibration.mjs [--areas 78] [--households 5000] [--turns 5] [--peer]
//
// The time is that of `calibrateAreas` with the report of each area and the weights of every household read; the columns of the seed are timed apart. One warm call before.
// With --peer, R survey's calibrate (raking) does the same areas, its design made once; the weights are compared before the ratio is printed, and R's start is not counted.
// Run it on a quiet machine; the processor's time (collector's threads included) says what a busy one hides.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    areas: { type: "string", default: "78" },
    households: { type: "string", default: "5000" },
    turns: { type: "string", default: "5" },
    peer: { type: "boolean", default: false },
  },
});
const [areas, households, turns] = [options.areas, options.households, options.turns].map(Number);
const load = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { seededRandom, weightedIndex } = await load("codes/random.ts");
const { seedColumns, marginTotals } = await load("models/calibration/seed-columns.ts");
const { areaWeights, calibrateAreas } = await load("models/calibration/calibrate-areas.ts");

const random = seededRandom(5);
const draw = (shares) => weightedIndex(random, shares);
const column = (shares) => Int32Array.from({ length: households }, () => draw(shares));
const size = column([0.38, 0.32, 0.14, 0.1, 0.06]);
const householdOfPerson = [...size].flatMap((code, household) => new Array(code + 1).fill(household));
const ofPersons = (shares) => Int32Array.from(householdOfPerson, () => draw(shares));
const named = (of, name, codes, count) => ({
  of,
  name,
  codes,
  categories: Array.from({ length: count }, (_, k) => `${k}`),
});
const input = {
  households,
  householdOfPerson,
  variables: [
    named("households", "size", size, 5),
    named("households", "tenure", column([0.3, 0.25, 0.4, 0.05]), 4),
    named("households", "family", column([0.5, 0.2, 0.2, 0.1]), 4),
    named("households", "car", column([0.3, 0.5, 0.2]), 3),
    named("persons", "age", ofPersons([0.2, 0.2, 0.25, 0.2, 0.15]), 5),
    named("persons", "work", ofPersons([0.45, 0.12, 0.2, 0.23]), 4),
  ],
};
const weights = Float64Array.from({ length: households }, () => 20 + 60 * random());
const timed = (work) => {
  const begin = performance.now();
  const value = work();
  return [performance.now() - begin, value];
};
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = (value) => `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;

const [seedTime, columns] = timed(() => seedColumns(input));
const names = Array.from({ length: areas }, (_, a) => `area ${a + 1}`);
const margins = columns.margins.length;
const targets = new Float64Array(areas * margins);
for (let a = 0; a < areas; a++) {
  // An area is another mixture of the same households, of 300 to 1 500 households.
  const tilt = Float64Array.from({ length: margins }, () => 1.6 * (random() - 0.5));
  const mixture = new Float64Array(columns.profiles);
  for (let i = 0; i < households; i++) {
    let score = 0;
    const p = columns.profileOf[i];
    for (let k = columns.rowStart[p]; k < columns.rowStart[p + 1]; k++) score += tilt[columns.column[k]];
    mixture[p] += weights[i] * Math.exp(score) * (0.5 + random());
  }
  const asked = 300 + 1200 * random();
  const held = mixture.reduce((sum, weight) => sum + weight, 0);
  targets.set(
    marginTotals(
      columns,
      mixture.map((weight) => (weight * asked) / held),
    ),
    a * margins,
  );
}
console.log(
  `${areas} areas, ${households} households (${columns.profiles} profiles, ${householdOfPerson.length} persons), 6 margins of ${margins} categories; columns of the seed ${ms(seedTime)}`,
);

let byRaking;
for (const [label, more] of [
  ["raking", {}],
  ["linear (GREG)", { method: "linear" }],
  ["linear, bounds 0.05 to 20", { method: "linear", bounds: [0.05, 20] }],
  ["logit, bounds 0.05 to 20", { method: "logit", bounds: [0.05, 20] }],
  ["soft entropy, ridge 100", { ridge: 100 }],
]) {
  const run = () => {
    const found = calibrateAreas(columns, { areas: names, weights, targets, ...more });
    return found.map((area) => (area.ok ? { ...area, weights: areaWeights(columns, weights, area.ratios) } : area));
  };
  run();
  const times = [];
  const processor = [];
  let found;
  for (let turn = 0; turn < turns; turn++) {
    const before = process.cpuUsage();
    const [time, value] = timed(run);
    const { user, system } = process.cpuUsage(before);
    times.push(time);
    processor.push((user + system) / 1000);
    found = value;
  }
  const done = found.filter(({ ok }) => ok);
  const iterations = done.map((area) => area.iterations);
  const gap = Math.max(...done.map(({ report }) => report.largestGap));
  console.log(
    `${label.padEnd(26)} ${ms(median(times)).padStart(9)} (${ms(Math.min(...times))} to ${ms(Math.max(...times))}), processor ${ms(median(processor))}; ${done.length}/${areas} areas, ${Math.min(...iterations)}-${Math.max(...iterations)} iterations, largest gap ${gap.toExponential(1)}`,
  );
  for (const { area, message } of found.filter(({ ok }) => !ok).slice(0, 1))
    console.log(`  ${area}: ${message.slice(0, 400)}`);
  if (label === "raking") byRaking = { found, time: median(times) };
}
{
  // A bootstrap replicate: other start weights (exponential, mean 1), from the multipliers of the base.
  const multipliers = Float64Array.from(
    byRaking.found.flatMap((area) => (area.ok ? [...area.multipliers] : new Array(margins).fill(0))),
  );
  const draws = Array.from({ length: turns + 1 }, () => weights.map((weight) => -weight * Math.log(1 - random())));
  const times = draws.map((drawn) =>
    timed(() => calibrateAreas(columns, { areas: names, weights: drawn, targets, multipliers })),
  );
  const done = times.flatMap(([, found]) => found).filter(({ ok }) => ok);
  console.log(
    `raking of a replicate      ${ms(median(times.slice(1).map(([time]) => time))).padStart(9)} from the base's multipliers, ${done.length}/${areas * (turns + 1)} areas, ${Math.max(...done.map(({ iterations }) => iterations))} iterations at most`,
  );
}
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);

if (options.peer) {
  const folder = mkdtempSync(join(tmpdir(), "calibration-"));
  const dense = Array.from({ length: households }, (_, i) => {
    const row = new Array(margins).fill(0);
    const p = columns.profileOf[i];
    for (let k = columns.rowStart[p]; k < columns.rowStart[p + 1]; k++) row[columns.column[k]] = columns.value[k];
    return row.join(",");
  });
  writeFileSync(join(folder, "x.csv"), `${dense.join("\n")}\n`);
  writeFileSync(join(folder, "w.csv"), `${weights.join("\n")}\n`);
  const rows = names.map((_, a) => targets.subarray(a * margins, (a + 1) * margins).join(","));
  writeFileSync(join(folder, "t.csv"), `${rows.join("\n")}\n`);
  writeFileSync(
    join(folder, "peer.R"),
    `suppressMessages(library(survey))
x <- as.matrix(read.csv("x.csv", header = FALSE)); w <- scan("w.csv", quiet = TRUE); t <- as.matrix(read.csv("t.csv", header = FALSE))
keep <- sort(qr(x)$pivot[seq_len(qr(x)$rank)]); frame <- as.data.frame(x[, keep])
form <- as.formula(paste("~", paste(names(frame), collapse = " + "), "- 1"))
base <- svydesign(ids = ~1, weights = w, data = frame)
one <- function(a) { s <- sum(t[a, 1:5]) / sum(w); d <- base; d$prob <- d$prob / s
  weights(calibrate(d, form, population = setNames(t[a, keep], names(frame)), calfun = "raking", epsilon = 1e-10, maxit = 200)) }
invisible(one(1)); begin <- proc.time()[[3]]; all <- sapply(seq_len(nrow(t)), one); took <- proc.time()[[3]] - begin
cat(as.character(packageVersion("survey")), took * 1000, "\\n"); write.table(format(all, digits = 17), "out.csv", sep = ",", row.names = FALSE, col.names = FALSE, quote = FALSE)`,
  );
  const { stdout, stderr, status } = spawnSync("Rscript", ["peer.R"], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const [version, took] = stdout.trim().split(" ");
  const peer = readFileSync(join(folder, "out.csv"), "utf8").trim().split("\n");
  let worst = 0;
  peer.forEach((line, i) => {
    line.split(",").forEach((weight, a) => {
      worst = Math.max(worst, Math.abs(byRaking.found[a].weights[i] / Number(weight) - 1));
    });
  });
  rmSync(folder, { recursive: true });
  console.log(
    `R survey ${version} (raking, no report): ${ms(Number(took))}, ${(Number(took) / byRaking.time).toFixed(1)} times ours; largest difference of a weight ${worst.toExponential(1)}`,
  );
}
