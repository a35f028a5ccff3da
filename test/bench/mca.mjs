// Multiple correspondence analysis of 8 403 people x 18 questions against FactoMineR's MCA (graph = FALSE), in turn in one job; medians of the paired ratios (theirs / ours) and their spread.
//
//   node test/bench/mca.mjs [--runs 9] [--file hobbies.csv] [--people 100000]
//
// Same work on both sides, from coded columns in memory: 5 axes; coordinates, contributions and cos2 of rows and categories, v-tests, eta2; then with sex, age, marital status and profession as supplementary
// questions and one number. All these numbers are compared first, up to the signs of the axes: the largest difference is printed. The table is `hobbies` of the shared data when it is there, else a seeded
// one of its shape. --people draws that many rows of it, seeded, and times ours alone. Without Rscript or FactoMineR, ours alone too. Run it on a quiet machine.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const shared = fileURLToPath(new URL("../../../shared/data/insee_enquetes_loisirs/hobbies.csv", import.meta.url));
const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "9" },
    file: { type: "string", default: shared },
    people: { type: "string" },
  },
});
const runs = Number(options.runs);
const load = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { seededRandom } = await load("codes/random.ts");
const { categoricalVariable } = await load("models/factors/categorical-variable.ts");
const { mca } = await load("models/factors/mca.ts");

const folder = mkdtempSync(join(tmpdir(), "quartiers-mca-"));
const peer = spawnSync("Rscript", ["-e", "library(FactoMineR)"]).status === 0 && !options.people ? openPeer() : null;
try {
  const { names, rows, source } = readRows();
  const file = join(folder, "table.csv");
  const quoted = (cell) => `"${cell}"`;
  writeFileSync(
    file,
    [names.map(quoted), ...rows.map((row) => row.map(quoted))].map((line) => line.join(",")).join("\n"),
  );
  const coded = names.slice(0, 22).map((name, q) =>
    categoricalVariable(
      name,
      rows.map((row) => row[q]),
      { levels: levelsOf(rows, q) },
    ),
  );
  const count = { name: names[22], values: Float64Array.from(rows, (row) => Number(row[22])) };
  console.log(`${source} : ${rows.length} personnes`);
  if (peer) console.log(`FactoMineR ${(await peer.ask(`read ${file}`)).trim()}`);
  else console.log("FactoMineR n'est pas comparé");
  await pair("active", 3, () => mca(coded.slice(0, 18)));
  await pair("supplementary", 6, () => mca(coded.slice(0, 18), { supplementary: coded.slice(18), numbers: [count] }));
} finally {
  peer?.close();
  rmSync(folder, { recursive: true, force: true });
}

async function pair(task, target, ours) {
  if (peer) {
    const file = join(folder, `${task}.bin`);
    await peer.ask(`write ${task} ${file}`);
    const bytes = readFileSync(file);
    const theirs = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    console.log(
      `${task} : plus grand écart ${largestGap(ours(), theirs).toExponential(1)} sur ${theirs.length} nombres`,
    );
  }
  for (let warm = 0; warm < 5; warm++) ours();
  const times = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    ours();
    times.push({ ours: performance.now() - start, theirs: peer ? Number(await peer.ask(task)) : Number.NaN });
  }
  const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
  const ratios = times.map(({ ours: mine, theirs }) => theirs / mine).toSorted((a, b) => a - b);
  const words = [`${task} : ${median(times.map((time) => time.ours)).toFixed(1)} ms`];
  if (peer)
    words.push(
      `contre ${median(times.map((time) => time.theirs)).toFixed(0)} ms`,
      `rapport ${median(ratios).toFixed(1)} (${ratios[0].toFixed(1)} à ${ratios.at(-1).toFixed(1)}), au moins ${target} : ${median(ratios) >= target ? "tenu" : "MANQUÉ"}`,
    );
  console.log(words.join(" ; "));
}

/** Absolute values are compared: axes have no sign of their own. */
function largestGap({ axes, categories, questions, rows, supplementary, numbers }, theirs) {
  const parts = [
    axes.eigenvalues.subarray(0, 5),
    rows.coordinates,
    rows.contributions,
    rows.cos2,
    categories.coordinates,
  ];
  parts.push(categories.contributions, categories.cos2, categories.tests, questions.eta2);
  if (supplementary)
    parts.push(
      supplementary.coordinates,
      supplementary.cos2,
      supplementary.tests,
      supplementary.eta2,
      numbers.correlations,
    );
  const mine = Float64Array.from(parts.flatMap((part) => [...part]));
  if (mine.length !== theirs.length) throw new Error(`${mine.length} nombres contre ${theirs.length}`);
  return mine.reduce((most, value, at) => {
    const gap = Math.abs(Math.abs(value) - Math.abs(theirs[at])) / Math.max(1, Math.abs(value));
    if (Number.isNaN(gap)) throw new Error(`nombre ${at} : ${value} contre ${theirs[at]}`);
    return Math.max(most, gap);
  }, 0);
}

function readRows() {
  const table = existsSync(options.file) ? readFile() : seededRows();
  if (!options.people) return table;
  const random = seededRandom(5);
  const rows = Array.from(
    { length: Number(options.people) },
    () => table.rows[Math.floor(random() * table.rows.length)],
  );
  return { ...table, rows, source: `${table.source}, tirage` };
}

/** A missing profession is a level, under the same name on both sides. */
function readFile() {
  const [head, ...lines] = readFileSync(options.file, "utf8").trim().split("\n");
  const cells = (line) => [...line.matchAll(/"([^"]*)"|([^,"]+)/g)].map((match) => match[1] ?? match[2]);
  const rows = lines.map((line) => cells(line).map((cell) => (cell === "NA" ? "zz sans reponse" : cell)));
  return { names: cells(head), rows, source: "hobbies" };
}

function seededRows() {
  const random = seededRandom(11);
  const rows = Array.from({ length: 8403 }, () => {
    const trait = random();
    const yes = Array.from({ length: 17 }, (_, q) => (random() < 0.1 + 0.6 * trait * ((q % 5) / 4) + 0.1 ? 1 : 0));
    const others = [5, 2, 8, 5, 8].map((levels) => Math.floor(levels * Math.min(0.999, 0.6 * random() + 0.4 * trait)));
    const total = yes.reduce((sum, one) => sum + one, 0);
    return [...yes, ...others, total].map(String);
  });
  return { names: Array.from({ length: 23 }, (_, q) => `v${q + 1}`), rows, source: "table inventée" };
}

/** Levels in R's order for these sets: capitals and digits sort alike everywhere. */
function levelsOf(rows, q) {
  const found = [...new Set(rows.map((row) => row[q]))];
  const sign = (level) => (level.startsWith("[") ? `)${level}` : level);
  return found.toSorted((a, b) => (sign(a).toLowerCase() < sign(b).toLowerCase() ? -1 : 1));
}

function openPeer() {
  const child = spawn("Rscript", [fileURLToPath(new URL("mca.R", import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      child.stdin.write(`${question}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error("Rscript s'est arrêté");
      return value;
    },
    close: () => child.stdin.end(),
  };
}
