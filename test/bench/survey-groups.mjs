// Weighted proportions with standard errors and intervals in thousands of groups: 50 000 respondents x 6 760 groups, 26 strata, seeded; each respondent a unit, then clusters.
//
//   node test/bench/survey-groups.mjs [--rows 50000] [--groups 6760] [--turns 9] [--peer] [--peer-groups 200]
//
// The time is that of `groupProportions` on a coded design; coding the design is timed apart. One warm call before. With --peer, R survey's svyby (svymean, standard
// errors and intervals) does the same rows in fewer groups, since its time grows with them: both sides do that number, turn by turn, and every number is compared before
// the ratio is printed. R's start, its design and its reading are not counted. Run it on a quiet machine.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "50000" },
    groups: { type: "string", default: "6760" },
    turns: { type: "string", default: "9" },
    peer: { type: "boolean", default: false },
    "peer-groups": { type: "string", default: "200" },
  },
});
const [rows, groups, turns, peerGroups] = [options.rows, options.groups, options.turns, options["peer-groups"]].map(
  Number,
);
const load = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { seededRandom } = await load("codes/random.ts");
const { surveyDesign } = await load("models/survey/design.ts");
const { groupProportions } = await load("models/survey/group-proportions.ts");

const random = seededRandom(164);
const weights = Float64Array.from({ length: rows }, () => 10 + 90 * random());
const answers = Float64Array.from({ length: rows }, () => Number(random() < 0.3));
const strata = Array.from({ length: rows }, (_, row) => `s${row % 26}`);
const clusters = Array.from({ length: rows }, (_, row) => `${row % 26}-${Math.floor(random() * 40)}`);
const draw = Float64Array.from({ length: rows }, random);
const codesOf = (count) => Int32Array.from(draw, (place) => Math.floor(place * count));
const timed = (work) => {
  const begin = performance.now();
  const value = work();
  return [performance.now() - begin, value];
};
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = (value) => `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;

for (const [label, input] of [
  ["each respondent a unit", { weights, strata }],
  ["1 040 clusters", { weights, strata, clusters }],
]) {
  const [coding, design] = timed(() => surveyDesign(input));
  const codes = codesOf(groups);
  groupProportions(design, answers, codes, groups);
  const times = Array.from({ length: turns }, () => timed(() => groupProportions(design, answers, codes, groups))[0]);
  console.log(
    `${label}: ${rows} rows x ${groups} groups, logit intervals, ${ms(median(times))} (${ms(Math.min(...times))} to ${ms(Math.max(...times))}); the design is coded in ${ms(coding)}`,
  );
  if (options.peer) await againstPeer(design, "clusters" in input);
}
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);

async function againstPeer(design, clustered) {
  const codes = codesOf(peerGroups);
  const folder = mkdtempSync(join(tmpdir(), "survey-groups-"));
  const lines = Array.from(
    weights,
    (weight, row) => `${weight},${answers[row]},${strata[row]},${clusters[row]},${codes[row]}`,
  );
  writeFileSync(join(folder, "rows.csv"), `w,y,s,c,g\n${lines.join("\n")}\n`);
  writeFileSync(
    join(folder, "peer.R"),
    `suppressMessages(library(survey))
d <- read.csv("rows.csv"); design <- svydesign(ids = ${clustered ? "~c" : "~1"}, strata = ~s, weights = ~w, data = d)
one <- function() { begin <- proc.time()[[3]]; found <- svyby(~y, ~g, design, svymean, vartype = c("se", "ci")); list(proc.time()[[3]] - begin, found) }
runs <- lapply(1:3, function(i) one()); found <- runs[[1]][[2]]
cat(as.character(packageVersion("survey")), vapply(runs, function(r) r[[1]] * 1000, 0), "\\n")
write.table(format(cbind(found$g, found$y, found$se), digits = 17), "out.csv", sep = ",", row.names = FALSE, col.names = FALSE, quote = FALSE)`,
  );
  const { stdout, stderr, status } = spawnSync("Rscript", ["peer.R"], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const [version, ...took] = stdout.trim().split(" ");
  const run = () => groupProportions(design, answers, codes, peerGroups, { method: "mean" });
  run();
  const times = Array.from({ length: turns }, () => timed(run)[0]);
  const found = run();
  let worst = 0;
  for (const line of readFileSync(join(folder, "out.csv"), "utf8").trim().split("\n")) {
    const [group, estimate, standardError] = line.split(",").map(Number);
    worst = Math.max(
      worst,
      Math.abs(found.estimate[group] - estimate),
      Math.abs(found.standardError[group] - standardError),
    );
  }
  rmSync(folder, { recursive: true });
  if (!(worst < 1e-9)) throw new Error(`Nos nombres diffèrent de ceux de R survey : ${worst}`);
  const [theirs, ours] = [median(took.map(Number)), median(times)];
  console.log(
    `  R survey ${version} svyby, ${peerGroups} groups: ${ms(theirs)}, ours ${ms(ours)}, ${Math.round(theirs / ours)} times faster; largest difference ${worst.toExponential(1)}`,
  );
}
