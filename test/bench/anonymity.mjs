// k, l (distinct, entropy, recursive) and t of the classic file « adult »: 32 561 records, 6 quasi-identifiers, 1 sensitive column. Aim: 150 ms.
//
//   node test/bench/anonymity.mjs [--turns 9] [--python PYTHON_WITH_PYCANON]
//
// Least and greatest time over the turns, each on a table whose texts are read already; the first turn, cold, is told apart. With --python, pyCANON computes k,
// distinct l and t once on the same columns, and its answers must be ours. Run it on a quiet machine.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { turns: { type: "string", default: "9" }, python: { type: "string" } } });
const load = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { table, textColumn } = await load("codes/table.ts");
const { equivalenceClasses, kAnonymity } = await load("protection/individual/equivalence-classes.ts");
const { sensitiveCounts } = await load("protection/individual/sensitive-counts.ts");
const { distinctDiversity, entropyDiversity, recursiveDiversity } = await load("protection/individual/l-diversity.ts");
const { tCloseness } = await load("protection/individual/t-closeness.ts");

const path = fileURLToPath(new URL("../../../shared/data/reference/disclosure/adult_raw.csv", import.meta.url));
if (!existsSync(path)) {
  console.log("Fichier adult absent : rien à mesurer.");
  process.exit(0);
}
const [head, ...rows] = readFileSync(path, "utf8")
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(","));
const people = table(
  Object.fromEntries(
    head.map((name, i) => [
      name,
      textColumn(
        rows.map((row) => row[i]),
        { label: name },
      ),
    ]),
  ),
);
const quasi = ["age", "education", "occupation", "relationship", "sex", "native-country"];
const measure = () => {
  const classes = equivalenceClasses(people, quasi);
  const counts = sensitiveCounts(classes, people.columns["salary-class"]);
  return {
    k: kAnonymity(classes),
    l: distinctDiversity(counts),
    entropy: entropyDiversity(counts),
    recursive: recursiveDiversity(counts, 2),
    t: tCloseness(counts),
  };
};
const times = [];
let answer = "";
for (let turn = 0; turn <= Number(values.turns); turn++) {
  const start = performance.now();
  const measured = measure();
  times.push(performance.now() - start);
  if (answer !== "" && answer !== JSON.stringify(measured)) throw new Error("Deux tours, deux réponses.");
  answer = JSON.stringify(measured);
}
const [cold, ...warm] = times;
const ms = (time) => `${time.toFixed(1)} ms`;
console.log(`${people.numRows} lignes ${answer}`);
console.log(`à froid ${ms(cold)} ; à chaud ${ms(Math.min(...warm))} à ${ms(Math.max(...warm))}`);

if (values.python) {
  const script = `
import json, sys, time
import pandas as pd
from pycanon import anonymity
path, quasi = sys.argv[1], json.loads(sys.argv[2])
data = pd.read_csv(path, dtype=str, keep_default_na=False)
start = time.perf_counter()
k = anonymity.k_anonymity(data, quasi)
l = anonymity.l_diversity(data, quasi, ["salary-class"])
t = anonymity.t_closeness(data, quasi, ["salary-class"])
print(json.dumps({"k": int(k), "l": int(l), "t": float(t), "seconds": time.perf_counter() - start}))`;
  const theirs = JSON.parse(
    execFileSync(values.python, ["-c", script, path, JSON.stringify(quasi)], { encoding: "utf8" }),
  );
  const ours = JSON.parse(answer);
  if (theirs.k !== ours.k || theirs.l !== ours.l || Math.abs(theirs.t - ours.t) > 1e-9)
    throw new Error("pyCANON répond autrement.");
  console.log(`pyCANON, mêmes k, l et t : ${theirs.seconds.toFixed(1)} s`);
}
