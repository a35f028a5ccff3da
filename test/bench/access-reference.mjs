// Every row of every accessibility measure on Belo Horizonte, against R accessibility and PySAL access run now.
//   [PYTHON=python-with-access] [ACCESSIBILITY_R=folder-of-R-files] node test/bench/access-reference.mjs [--data ../shared/data/belo_horizonte] [--results made.json] [--write]
// Prints the largest relative difference a measure, and fails over 1e-9. --results reads what both packages gave another time; --write renews the digests that the
// test suite reads (test/reference/access-belo-horizonte.json): sums only, no row.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  beloHorizonte,
  inequalityOfR,
  largestDifference,
  measuresOfPysal,
  measuresOfR,
  prepare,
} from "../support/access-measures.ts";
import { digestOf } from "../support/digest.ts";

const { values } = parseArgs({
  options: { data: { type: "string" }, results: { type: "string" }, write: { type: "boolean" } },
});
const data = values.data ?? join(import.meta.dirname, "../../../shared/data/belo_horizonte");
const references = join(import.meta.dirname, "../reference");
if (!existsSync(data)) {
  console.log(`Pas de données dans ${data} : rien n'est comparé.`);
  process.exit(0);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (error || status !== 0) throw new Error(`${command} ${args[0]} a échoué (${error?.message ?? status})`);
}

function results() {
  if (values.results) return JSON.parse(readFileSync(values.results, "utf8"));
  const folder = mkdtempSync(join(tmpdir(), "quartiers-access-"));
  try {
    const made = join(folder, "expected.json");
    run("Rscript", [join(references, "access.R"), made, data]);
    run(process.env.PYTHON ?? "python3", [join(references, "access.py"), made, data]);
    return JSON.parse(readFileSync(made, "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const expected = results();
const { measures } = expected;
const territory = beloHorizonte(data);
const prepared = prepare(territory);
const ours = measuresOfR(prepared);
const inequality = inequalityOfR(prepared, territory.decile, ours["cumulative 45.5"]);
const parts = [
  ["R accessibility", expected.versions.accessibility, ours, measures, true],
  ["R accessibility, inégalité", expected.versions.accessibility, inequality, expected.inequality, false],
  ["PySAL access", expected.pysal.versions.access, measuresOfPysal(prepared), expected.pysal.measures, true],
];
let worst = 0;
for (const [name, version, columns, wanted, skipNull] of parts) {
  console.log(`\n${name} ${version}`);
  for (const measure of Object.keys(wanted)) {
    const { difference, rows, skipped } = largestDifference(columns[measure] ?? [], wanted[measure], skipNull);
    worst = Math.max(worst, difference);
    const left = skipped > 0 ? `, ${skipped} sans référence` : "";
    console.log(`  ${measure.padEnd(32)} ${difference.toExponential(1).padStart(8)}  ${rows} lignes${left}`);
  }
}
console.log(`\nPlus grande différence relative : ${worst.toExponential(1)}`);
if (values.write) {
  const digests = (columns) =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, digestOf(column)]));
  const target = join(references, "access-belo-horizonte.json");
  const text = JSON.stringify({
    versions: { ...expected.versions, ...expected.pysal.versions },
    r: digests(measures),
    inequality: digests(expected.inequality),
    pysal: digests(expected.pysal.measures),
  });
  writeFileSync(`${target}.tmp`, `${text.replaceAll("},", "},\n")}\n`);
  renameSync(`${target}.tmp`, target);
}
process.exit(worst <= 1e-9 ? 0 : 1);
