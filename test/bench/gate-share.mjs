// How much of the experiments' time the gate takes, by sampling: the inclusive time of what stands in src/protection when called by src/experiments,
// over the whole run of the four experiments on the sample. Then, of a warm build, the time of the drawings' checks, the ledger and the reading of files.
// node test/bench/gate-share.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "quartiers-porte-"));
const program = join(folder, "experiences.mjs");
const index = pathToFileURL(join(root, "src/index.ts")).href;
writeFileSync(
  program,
  `import { c2sNonTakeUp, culturalPractices, employmentAccess, employmentDistance, openTerritory } from ${JSON.stringify(index)};
const territory = openTerritory({ territory: "exemple", data: ${JSON.stringify(join(root, "data-samples"))} });
await employmentDistance(territory);
await employmentAccess(territory, { seed: 20260301, draws: 200 });
await c2sNonTakeUp(territory, { date: "2020-04-01", seed: 20260301 });
await culturalPractices(territory, { seed: 20260301 });
`,
);
try {
  const started = performance.now();
  execFileSync(process.execPath, ["--cpu-prof", `--cpu-prof-dir=${folder}`, program], { cwd: root, stdio: "inherit" });
  const wall = performance.now() - started;
  const [name] = readdirSync(folder).filter((file) => file.endsWith(".cpuprofile"));
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, name ?? ""), "utf8"));
  const parent = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const inGate = new Map();
  const isGate = (id) => {
    if (id === undefined) return false;
    const known = inGate.get(id);
    if (known !== undefined) return known;
    const answer = byId.get(id).callFrame.url.includes("/src/protection/") || isGate(parent.get(id));
    inGate.set(id, answer);
    return answer;
  };
  let [gate, busy] = [0, 0];
  samples.forEach((id, i) => {
    if (byId.get(id).callFrame.functionName === "(idle)") return;
    busy += timeDeltas[i];
    if (isGate(id)) gate += timeDeltas[i];
  });
  console.log(
    `four experiments: ${(wall / 1000).toFixed(1)} s, main thread busy ${(busy / 1e6).toFixed(1)} s, gate ${(gate / 1e6).toFixed(2)} s (${((100 * gate) / busy).toFixed(1)} % of busy, ${((100 * gate) / 1000 / wall).toFixed(1)} % of wall)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
