// The scan of a built book: every written file read in its own format and confronted with what was released.
//
//   npm run book && node test/bench/scan.mjs [FOLDER]
//
// Prints the least and the median of seven scans, warmed, and how many files and megabytes were read. Run it on a quiet machine; it skips a folder that no build made here.
import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const load = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { readReleased } = await load("book/scan/released-record.ts");
const { scanReports } = await load("book/scan/scan-reports.ts");

const root = resolve(import.meta.dirname, "../..");
const out = process.argv[2] ?? "reports";
let released;
try {
  released = readReleased(root, out);
} catch (error) {
  console.log(error.message);
  process.exit();
}
const { book, admitted, contacts, entries } = released;
const folder = resolve(root, out);
const sizes = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((file) => statSync(join(folder, file)))
  .filter((file) => file.isFile())
  .map(({ size }) => size);
const times = [];
let findings = [];
for (let i = 0; i < 8; i++) {
  const start = performance.now();
  findings = await scanReports(folder, book, { admitted, contacts, entries });
  if (i > 0) times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
console.log(`${sizes.length} files, ${megabytes.toFixed(0)} MB, ${findings.length} findings`);
console.log(`least ${times[0].toFixed(0)} ms, median ${times[3].toFixed(0)} ms, most ${times[6].toFixed(0)} ms`);
