// Mixed logits: the sample's survey of practices (a practice by age, diploma and sex, with a random commune, then with age, diploma and commune all random, as
// MRP takes them) and, where the machine has it, verbagg (7 584 answers, 316 persons by 24 items).
//
//   node test/bench/mixed-logit.mjs [--turns 7] [--peer]
//
// The time is that of one fit with its standard errors, conditional modes and variances, from columns already coded; one warm call before. With --peer, R's
// lme4 fits the same rows with its own settings (and, for the first model, the same rows summed to cells, its best case), R's start not counted; the
// estimates are compared before the ratio is printed. Run it on a quiet machine; the processor's time says what a busy one hides.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: { turns: { type: "string", default: "7" }, peer: { type: "boolean", default: false } },
});
const turns = Number(options.turns);
const load = (file) => import(new URL(`../../src/models/${file}`, import.meta.url).href);
const { mixedLogit } = await load("multilevel/mixed-logit.ts");
const { poststratify } = await load("multilevel/poststratify.ts");
const { modelMatrix } = await load("regression/model-matrix.ts");
const { categoricalVariable } = await load("factors/categorical-variable.ts");

const here = (path) => new URL(`../../${path}`, import.meta.url).pathname;
function columnsOf(file, separator) {
  const [header, ...rows] = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.replaceAll('"', "").split(separator));
  return Object.fromEntries(header.map((name, index) => [name, rows.map((row) => row[index])]));
}
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = (value) => `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`;

/** A model: its rows, its fixed variables and its groups, and the same as lme4 writes it. */
const survey = columnsOf(here("data-samples/enquete-pratiques/pratiques_2018.csv"), ";");
const age = survey.AGE.map((years) => `a${[30, 45, 60].filter((limit) => Number(years) >= limit).length}`);
// Those who did not say their diploma are a level of their own.
const diploma = survey.DIPLOME.map((level) => `d${level || "?"}`);
const sex = survey.SEXE.map((code) => `s${code}`);
const rows = { y: survey.BIBLIO, age, diploma, sex, commune: survey.COMMUNE, grappe: survey.GRAPPE };
const models = [
  ["survey, random commune", rows, ["age", "diploma", "sex"], ["commune"], true],
  ["survey, random cluster", rows, ["age", "diploma", "sex"], ["grappe"], false],
  ["survey, MRP: age, diploma, commune", rows, ["sex"], ["age", "diploma", "commune"], false],
];
const published = here("../shared/data/reference/statistics/verbagg.csv");
if (existsSync(published)) {
  const { r2, Anger, Gender, btype, situ, id, item } = columnsOf(published, ",");
  const answers = { y: r2.map((answer) => Number(answer === "Y")), Anger, Gender, btype, situ, id, item };
  models.push(["verbagg, person and item", answers, ["Anger", "Gender", "btype", "situ"], ["id", "item"], false]);
}

const folder = mkdtempSync(join(tmpdir(), "mixed-"));
for (const [label, table, fixed, groups, alsoCells] of models) {
  const kept = table.y
    .map((value, row) => (value === "" || fixed.some((name) => table[name][row] === "") ? -1 : row))
    .filter((row) => row >= 0);
  const column = (name) => kept.map((row) => table[name][row]);
  const term = (name) =>
    name === "Anger"
      ? { name, values: Float64Array.from(column(name), Number) }
      : categoricalVariable(name, column(name));
  const input = {
    successes: Float64Array.from(column("y"), Number),
    fixed: modelMatrix(fixed.map(term)),
    groups: groups.map((name) => categoricalVariable(name, column(name))),
  };
  const run = () => mixedLogit(input);
  let fit = run();
  const [times, processor] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    const before = process.cpuUsage();
    const begin = performance.now();
    fit = run();
    times.push(performance.now() - begin);
    const { user, system } = process.cpuUsage(before);
    processor.push((user + system) / 1000);
  }
  const deviations = fit.groups.map(({ name, deviation }) => `${name} ${deviation.toFixed(4)}`).join(", ");
  console.log(
    `${label}: ${kept.length} rows, ${fit.joint.cells.trials.length} cells, ${fit.names.length} coefficients, deviations ${deviations}`,
  );
  console.log(
    `  ours ${ms(median(times))} (${ms(Math.min(...times))} to ${ms(Math.max(...times))}), processor ${ms(median(processor))}`,
  );
  if (groups.length === 3) {
    // The census is the sample's own profiles in every commune, 10 persons a cell: what matters here is the time.
    const cells = [];
    for (const commune of new Set(column("commune")))
      for (const a of new Set(age))
        for (const d of new Set(diploma))
          for (const s of new Set(sex)) cells.push({ commune, age: a, diploma: d, sex: s });
    const of = (name) =>
      categoricalVariable(
        name,
        cells.map((cell) => cell[name]),
      );
    const population = { persons: new Float64Array(cells.length).fill(10), fixed: [of("sex")], groups: groups.map(of) };
    const begin = performance.now();
    poststratify(fit, population, { by: [of("commune")], unseen: "drawn", seed: 1 });
    console.log(`  rates of ${cells.length} cells, 1 000 draws: ${ms(performance.now() - begin)}`);
  }
  if (!options.peer) continue;
  writeFileSync(
    join(folder, "rows.csv"),
    [
      ["y", ...fixed, ...groups].join(","),
      ...kept.map((row) => ["y", ...fixed, ...groups].map((name) => table[name][row]).join(",")),
    ].join("\n"),
  );
  const right = `${fixed.join(" + ")} + ${groups.map((name) => `(1 | ${name})`).join(" + ")}`;
  writeFileSync(
    join(folder, "peer.R"),
    `suppressMessages(library(lme4)); d <- read.csv("rows.csv", stringsAsFactors = TRUE, colClasses = c(${groups.map((name) => `${name} = "factor"`).join(", ")}))
time <- function(f) { f(); t <- replicate(${Math.min(turns, 3)}, { b <- proc.time()[[3]]; f(); proc.time()[[3]] - b }); median(t) * 1000 }
one <- function() { fit <- glmer(y ~ ${right}, d, family = binomial); vcov(fit); ranef(fit, condVar = TRUE); fit }
cat(as.character(packageVersion("lme4")), time(one), "\\n"); fit <- suppressWarnings(one())
cat(sapply(VarCorr(fit)[c(${groups.map((name) => `"${name}"`).join(", ")})], function(v) attr(v, "stddev")), "\\n"); cat(fixef(fit), "\\n"); cat(sqrt(diag(as.matrix(vcov(fit)))), "\\n"); cat(format(as.numeric(logLik(fit)), digits = 15), "\\n")
${
  alsoCells
    ? `a <- aggregate(cbind(yes = y, n = 1) ~ ${[...fixed, ...groups].join(" + ")}, d, sum)
cat(time(function() { fit <- glmer(cbind(yes, n - yes) ~ ${right}, a, family = binomial); vcov(fit); ranef(fit, condVar = TRUE) }), "\\n")`
    : ""
}`,
  );
  const { stdout, stderr, status } = spawnSync("Rscript", ["peer.R"], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const [[version, took], sds, coefficients, errors, [log], [onCells] = []] = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(" "));
  const worst = (ours, theirs) =>
    Math.max(...theirs.map((value, k) => Math.abs(ours[k] - Number(value)))).toExponential(1);
  const size = fit.names.length;
  console.log(
    `  R lme4 ${version}: ${ms(Number(took))}; ours takes ${(median(times) / Number(took)).toFixed(3)} of its time${onCells ? `, ${(median(times) / Number(onCells)).toFixed(3)} of its time on summed cells (${ms(Number(onCells))})` : ""}`,
  );
  console.log(
    `  largest difference: deviations ${worst(
      fit.groups.map(({ deviation }) => deviation),
      sds,
    )}, coefficients ${worst(fit.coefficients, coefficients)}, standard errors ${worst(
      fit.names.map((_, k) => Math.sqrt(fit.covariance[k * size + k])),
      errors,
    )}; log-likelihood ours - lme4's ${(fit.logLikelihood - Number(log)).toExponential(1)}`,
  );
}
rmSync(folder, { recursive: true });
