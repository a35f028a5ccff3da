// The whole chain of C2S eligibility replayed: 105 areas x 200 replicates x 5 000 seed households, seeded.
//
//   node test/bench/c2s-chain.mjs [--areas 105] [--replicates 200] [--households 5000] [--threads 2]
//
// Each replicate draws the seed, the margins, the deciles, the tail, the thresholds, the placement and the realised count, then calibrates and counts every area. Replicates are
// shared between threads; the numbers are compared with those of one thread on the first replicates. Run it on a quiet machine.
import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

const load = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { chainEstimate, chainReplicates, mergeReplicates } = await load("models/microsimulation/chain-replicates.ts");

if (!isMainThread) {
  const { input, options } = workerData;
  parentPort.postMessage(chainReplicates(input, options));
} else {
  const { values } = parseArgs({
    options: {
      areas: { type: "string", default: "105" },
      replicates: { type: "string", default: "200" },
      households: { type: "string", default: "5000" },
      threads: { type: "string", default: "2" },
    },
  });
  const [areas, replicates, households, threads] = ["areas", "replicates", "households", "threads"].map((name) =>
    Number(values[name]),
  );
  const { inventedChain } = await import(new URL("../models/microsimulation/invented-chain.ts", import.meta.url).href);
  const input = inventedChain({ areas, households, seed: 5 });
  const seconds = (begin) => ((performance.now() - begin) / 1000).toFixed(2);
  let begin = performance.now();
  const estimate = chainEstimate(input);
  const margins = input.columns.margins.length;
  console.log(
    `${areas} zones, ${households} ménages, ${input.columns.profiles} profils, ${margins} marges, ${input.variants[0].table.thresholds.length} seuils distincts`,
  );
  console.log(`estimation : ${seconds(begin)} s ; zones sans estimation : ${estimate.filter(({ ok }) => !ok).length}`);
  begin = performance.now();
  const shares = await Promise.all(
    Array.from({ length: threads }, (_, t) => {
      const from = Math.floor((t * replicates) / threads);
      const to = Math.floor(((t + 1) * replicates) / threads);
      const options = { replicates, seed: 7, from, to };
      return new Promise((resolve, reject) => {
        const worker = new Worker(new URL(import.meta.url), { workerData: { input, options } });
        worker.once("message", resolve);
        worker.once("error", reject);
      });
    }),
  );
  const all = mergeReplicates(shares, areas);
  const elapsed = performance.now() - begin;
  const { user, system } = process.cpuUsage();
  console.log(
    `${replicates} tirages x ${areas} zones sur ${threads} fils : ${(elapsed / 1000).toFixed(1)} s ; ${((elapsed * threads) / replicates / areas).toFixed(2)} ms de fil par zone et tirage (processeur ${((user + system) / 1e6).toFixed(1)} s)`,
  );
  console.log("échecs :", JSON.stringify(all.failures));
  const few = Math.min(3, replicates);
  const alone = chainReplicates(input, { replicates, seed: 7, from: 0, to: few });
  const digest = (column) =>
    createHash("sha256")
      .update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
      .digest("hex")
      .slice(0, 12);
  const firsts = new Float64Array(areas * few * 4);
  for (let area = 0; area < areas; area++)
    firsts.set(all.eligible.subarray(area * replicates * 4, (area * replicates + few) * 4), area * few * 4);
  console.log(`mêmes nombres sur un fil : ${digest(firsts) === digest(alone.eligible) ? "oui" : "NON"}`);
}
