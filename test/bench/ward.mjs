// Ward's tree of 8 403 people on 6 axes against FactoMineR's HCPC and fastcluster's linkage_vector, in turn in one job; medians of the paired ratios (theirs / ours) and their spread.
//
//   [PYTHON=python-with-fastcluster] node test/bench/ward.mjs [--runs 7] [--file hobbies.csv] [--rows 50000] [--axes 6]
//
// What is counted. fastcluster: the tree alone, on both sides, from coordinates in memory. HCPC (graph = FALSE, description = FALSE, order = FALSE, the PCA that carries the coordinates is made before): tree,
// number of classes, cut and consolidation; ours does the same four. Losses are compared first: to 1e-9 where no two are equal; where ties leave several trees, the number of losses that differ is printed.
// The coordinates are those of our MCA of `hobbies` when the shared data is there, else seeded; `--rows` draws that many normal points instead, against fastcluster alone. Run it on a quiet machine.
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
    runs: { type: "string", default: "7" },
    file: { type: "string", default: shared },
    rows: { type: "string" },
    axes: { type: "string", default: "6" },
  },
});
const [runs, axes] = [Number(options.runs), Number(options.axes)];
const load = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { normal, seededRandom } = await load("codes/random.ts");
const { categoricalVariable } = await load("models/factors/categorical-variable.ts");
const { mca } = await load("models/factors/mca.ts");
const { wardTree } = await load("models/clustering/ward-tree.ts");
const { chooseClasses } = await load("models/clustering/choose-classes.ts");
const { cutTree } = await load("models/clustering/cut-tree.ts");
const { consolidate } = await load("models/clustering/consolidate.ts");

const folder = mkdtempSync(join(tmpdir(), "quartiers-ward-"));
const peers = [];
try {
  const { coordinates, source } = cloud();
  const file = join(folder, "coordinates.bin");
  writeFileSync(file, new Uint8Array(coordinates.buffer));
  const tree = wardTree(coordinates, axes);
  console.log(
    `${source} : ${tree.size} lignes sur ${axes} axes, dont ${tree.distinct} différentes ; ${tree.ties} fusions à égalité`,
  );
  const python = process.env.PYTHON ?? "python3";
  if (spawnSync(python, ["-c", "import fastcluster"]).status === 0)
    await pair("fastcluster", python, "ward.py", 1.5, () => wardTree(coordinates, axes), file, tree);
  else console.log("fastcluster n'est pas comparé : donner PYTHON=un python qui l'a");
  if (!options.rows && spawnSync("Rscript", ["-e", "library(FactoMineR)"]).status === 0)
    await pair("HCPC", "Rscript", "ward.R", 4, () => classes(coordinates), file, tree);
  else console.log("FactoMineR n'est pas comparé");
  if (peers.length === 0)
    console.log(`nous seuls : ${median(timesOf(() => wardTree(coordinates, axes))).toFixed(0)} ms`);
  console.log(`mémoire : ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} Mo au plus`);
} finally {
  for (const peer of peers) peer.close();
  rmSync(folder, { recursive: true, force: true });
}

/** What HCPC does: tree, number of classes, cut, consolidation. */
function classes(coordinates) {
  const tree = wardTree(coordinates, axes);
  return consolidate(tree.cloud, cutTree(tree, chooseClasses(tree).classes));
}

async function pair(name, command, script, target, ours, file, tree) {
  const peer = openPeer(command, script);
  peers.push(peer);
  console.log(`${name} ${await peer.ask(`read ${file} ${axes}`)}`);
  await peer.ask(`write ${join(folder, `${name}.bin`)}`);
  compare(name, tree, readDoubles(join(folder, `${name}.bin`)));
  timesOf(ours, 3);
  const rows = [];
  for (let run = 0; run < runs; run++) rows.push({ ours: timesOf(ours, 1)[0], theirs: Number(await peer.ask("run")) });
  const ratios = rows.map((row) => row.theirs / row.ours).toSorted((a, b) => a - b);
  console.log(
    `${name} : rapport ${median(ratios).toFixed(2)} (${ratios[0].toFixed(2)} à ${ratios.at(-1).toFixed(2)}), au moins ${target} : ${median(ratios) >= target ? "tenu" : "MANQUÉ"} ; ` +
      `${median(rows.map((row) => row.ours)).toFixed(0)} ms contre ${median(rows.map((row) => row.theirs)).toFixed(0)} ms`,
  );
}

/** Losses of both, lowest first. */
function compare(name, { losses, ties, totalInertia }, theirs) {
  if (theirs.length !== losses.length) throw new Error(`${name} : ${theirs.length} fusions`);
  const total = theirs.reduce((sum, loss) => sum + loss, 0);
  if (Math.abs(total / totalInertia - 1) > 1e-9) throw new Error(`${name} : inertie ${total} contre ${totalInertia}`);
  const differ = losses.filter((loss, at) => Math.abs(loss - theirs[at]) > 1e-9 * Math.max(loss, 1e-6)).length;
  if (differ > 0 && ties === 0) throw new Error(`${name} : ${differ} pertes diffèrent`);
  console.log(`${name} : inertie égale ; ${differ} pertes sur ${losses.length} diffèrent (égalités)`);
}

function timesOf(work, times = runs) {
  return Array.from({ length: times }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}

function median(list) {
  return list.toSorted((a, b) => a - b)[list.length >> 1];
}

function cloud() {
  if (options.rows) {
    const random = seededRandom(4);
    const coordinates = Float64Array.from({ length: Number(options.rows) * axes }, () => normal(random));
    return { coordinates, source: "points tirés" };
  }
  const { answers, source } = existsSync(options.file) ? readAnswers() : seededAnswers();
  const analysis = mca(
    answers.map((column, q) => categoricalVariable(`question ${q + 1}`, column)),
    { axes },
  );
  return { coordinates: analysis.rows.coordinates, source };
}

function readAnswers() {
  const lines = readFileSync(options.file, "utf8").trim().split("\n").slice(1);
  const rows = lines.map((line) => line.split(",").slice(0, 18));
  return { answers: Array.from({ length: 18 }, (_, q) => rows.map((row) => row[q])), source: "hobbies" };
}

function seededAnswers() {
  const random = seededRandom(11);
  const traits = Array.from({ length: 8403 }, () => random());
  const column = (q) => traits.map((trait) => String(Number(random() < 0.1 + 0.15 * (q % 5) * trait)));
  return { answers: Array.from({ length: 18 }, (_, q) => column(q)), source: "réponses inventées" };
}

function readDoubles(file) {
  const bytes = readFileSync(file);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

/** A peer that stays open and answers one line a question, so that its start is never in the time. */
function openPeer(command, script) {
  const child = spawn(command, [fileURLToPath(new URL(script, import.meta.url))], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(question) {
      child.stdin.write(`${question}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${command} s'est arrêté`);
      return value;
    },
    close: () => child.stdin.end(),
  };
}
