// Logistic regression of 100 000 people on 20 columns with standard errors, in turn with R's glm.fit (and the standard errors of its QR) where R is.
//   node test/bench/glm.mjs [--rows 100000] [--columns 20] [--turns 9]
// Seeded: half of the columns are 0 or 1, half are numbers. Ours is `glm` whole: checks, fit polished beyond R's rule, covariance, null deviance, likelihood. The ratio is the
// median of the paired ones, ours over R's; the largest differences of coefficients and standard errors are given in standard errors and as a share.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { normal, seededRandom } from "../../src/codes/random.ts";
import { glm } from "../../src/models/regression/glm.ts";
import { modelMatrix } from "../../src/models/regression/model-matrix.ts";

const { values } = parseArgs({
  options: { rows: { type: "string" }, columns: { type: "string" }, turns: { type: "string" } },
});
const [rows, columns, turns] = [
  Number(values.rows ?? 100_000),
  Number(values.columns ?? 20),
  Number(values.turns ?? 9),
];
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const random = seededRandom(20_261_124);
const terms = Array.from({ length: columns - 1 }, (_, k) => ({
  name: `x${k + 1}`,
  values: Float64Array.from({ length: rows }, () => (k % 2 === 0 ? Number(random() < 0.3) : normal(random))),
}));
const outcome = Float64Array.from({ length: rows }, (_, row) => {
  const eta = terms.reduce((sum, { values }, k) => sum + 0.3 * Math.cos(k) * values[row], -0.5);
  return Number(random() < 1 / (1 + Math.exp(-eta)));
});
const matrix = modelMatrix(terms);
const ours = () => {
  const begin = performance.now();
  const fit = glm(matrix, { family: "binomial", outcome });
  return { time: performance.now() - begin, fit };
};

const folder = mkdtempSync(join(tmpdir(), "glm-"));
const file = join(folder, "columns.bin");
writeFileSync(file, Buffer.concat([Buffer.from(matrix.values.buffer), Buffer.from(outcome.buffer)]));

/** R, fitting at each demand; null where it cannot run. */
async function peer() {
  const child = spawn("Rscript", [join(import.meta.dirname, "glm.R"), file, String(rows), String(columns)], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.on("error", () => undefined);
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  if ((await lines.next()).done) return null;
  return {
    fit: async () => {
      child.stdin.write("\n");
      const [time, iterations, ...numbers] = (await lines.next()).value.trim().split(" ").map(Number);
      return { time, iterations, coefficients: numbers.slice(0, columns), errors: numbers.slice(columns) };
    },
    close: () => child.stdin.end(),
  };
}

const r = await peer();
for (let warm = 0; warm < 3; warm++) ours();
await r?.fit();
const pairs = [];
for (let turn = 0; turn < turns; turn++) pairs.push({ mine: ours(), theirs: await r?.fit() });
r?.close();
rmSync(folder, { recursive: true });

const spread = (times) => `${Math.round(Math.min(...times))}-${Math.round(Math.max(...times))}`;
const mine = pairs.map(({ mine }) => mine.time);
console.log(`${rows} x ${columns}, logit avec erreurs types, ${turns} tours, ${cpus()[0]?.model ?? ""}`);
console.log(`Quartiers  ${Math.round(median(mine))} ms (${spread(mine)}), ${pairs[0].mine.fit.iterations} itérations`);
if (r) {
  const theirs = pairs.map(({ theirs }) => theirs.time);
  const ratio = median(pairs.map(({ mine, theirs }) => mine.time / theirs.time));
  const { fit } = pairs[0].mine;
  const last = pairs[0].theirs;
  const largest = (numbers) => numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0).toExponential(1);
  console.log(`R glm.fit  ${Math.round(median(theirs))} ms (${spread(theirs)}), ${last.iterations} itérations`);
  console.log(`rapport    ${ratio.toFixed(2)} (nous / R)`);
  console.log(
    `écarts     coefficients ${largest(last.coefficients.map((value, k) => value - fit.coefficients[k]))}, erreurs types ${largest(last.errors.map((value, k) => value / fit.standardErrors[k] - 1))} (relatif)`,
  );
} else console.log("R absent : nos temps seuls");
