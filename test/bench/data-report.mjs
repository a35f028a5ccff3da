// Counts of 100 000 rows × 20 columns for the data report: node test/bench/data-report.mjs

import { summariseTable } from "../../src/book/data-report/summary.ts";
import { seededRandom } from "../../src/codes/random.ts";
import { numberColumn, table, textColumn } from "../../src/codes/table.ts";

const ROWS = 100_000;
const random = seededRandom(9);
const numbers = Array.from({ length: 14 }, (_, i) => [
  `n${i}`,
  numberColumn(
    Float64Array.from({ length: ROWS }, () =>
      random() < 0.05 ? Number.NaN : i % 2 ? Math.floor(random() * 5000) : random() * 1e5,
    ),
    { label: "Nombre", unit: "personnes" },
  ),
]);
const texts = Array.from({ length: 6 }, (_, i) => [
  `t${i}`,
  textColumn(
    Array.from({ length: ROWS }, () =>
      String(10_000 + Math.floor(random() * [12, 100, 1000, 5000, 35_000, 90_000][i])),
    ),
    { label: "Code" },
  ),
]);
const t = table(Object.fromEntries([...numbers, ...texts]));
const times = Array.from({ length: 7 }, () => {
  const start = performance.now();
  summariseTable(t, { key: ["t0"] });
  return performance.now() - start;
});
const sorted = times.slice(2).sort((a, b) => a - b);
console.log(
  `${ROWS} lignes × 20 colonnes : ${sorted[0].toFixed(0)} à ${sorted.at(-1).toFixed(0)} ms (médiane ${sorted[2].toFixed(0)} ms)`,
);
