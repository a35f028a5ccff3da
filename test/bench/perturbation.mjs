// Noise and rounding: keys of a million records, their cells, noise, controlled rounding of 78 x 20 and 1 000 x 100, what totals leave of 20 x 18 rounded cells.
//
//   node test/bench/perturbation.mjs [--turns 5]
//
// Least and greatest time of each step over the turns, after one warm turn. Answers are checked before a time is kept: sums of controlled tables hold, and each turn
// gives the same numbers. Run it on a quiet machine.
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { turns: { type: "string", default: "5" } } });
const turns = Number(values.turns);
const load = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { seededRandom } = await load("codes/random.ts");
const { recordKeys, keyedCells } = await load("protection/perturbation/cell-keys.ts");
const { noiseTable, perturbCounts } = await load("protection/perturbation/noise-table.ts");
const { roundCrossed } = await load("protection/perturbation/controlled-rounding.ts");
const { roundCrossedUnbiased } = await load("protection/perturbation/unbiased-rounding.ts");
const { roundedIntervals } = await load("protection/perturbation/rounded-intervals.ts");
const { roundNearest } = await load("protection/perturbation/rounding.ts");
const { discreteLaplace } = await load("protection/perturbation/discrete-laplace.ts");
const { keyedWords } = await load("protection/perturbation/keyed-words.ts");
const { crossed, linesOf, listOf } = await import("../protection/perturbation/crossed.ts");

const key = "000102030405060708090a0b0c0d0e0f";
const random = seededRandom(1);
const identifiers = Array.from({ length: 1_000_000 }, (_, i) => `P${i}`);
const cellOf = Int32Array.from(identifiers, () => Math.floor(random() * 200_000));
const tableOf = (rows, columns) =>
  crossed(
    rows,
    columns,
    Array.from({ length: rows * columns }, () => Math.floor(random() ** 3 * 400)),
  );
const [small, large, attacked] = [tableOf(78, 20), tableOf(1000, 100), tableOf(20, 18)];
const records = recordKeys(key, identifiers);
const cells = keyedCells(cellOf, records, 200_000);
const noise = noiseTable({ greatest: 5, variance: 3, smallest: 2 });
const rounded = roundNearest(listOf(attacked), 5);
const sum = (list) => list.reduce((total, value) => total + value, 0);
const controlled = (counts, round) => {
  const { cells: inner, total } = round(counts);
  if (sum(inner) !== total) throw new Error("Les sommes ne tiennent pas.");
  return total;
};

const steps = {
  "keys of 1 000 000 records": () => sum(recordKeys(key, identifiers)),
  "their 200 000 cells": () => sum(keyedCells(cellOf, records, 200_000).keys),
  "noise table, D = 5, V = 3, js = 2": () => noiseTable({ greatest: 5, variance: 3, smallest: 2 }).rows.length,
  "noise of 200 000 cells": () => sum(perturbCounts(cells.counts, cells.keys, noise)),
  "controlled rounding, 78 x 20": () => controlled(small, (counts) => roundCrossed(counts, 5)),
  "controlled rounding, 1 000 x 100": () => controlled(large, (counts) => roundCrossed(counts, 5)),
  "unbiased rounding, 78 x 20": () =>
    controlled(small, (counts) => roundCrossedUnbiased(counts, 5, keyedWords(key, "essai"))),
  "unbiased rounding, 1 000 x 100": () =>
    controlled(large, (counts) => roundCrossedUnbiased(counts, 5, keyedWords(key, "essai"))),
  "intervals of 20 x 18 rounded cells": () =>
    sum(roundedIntervals(rounded, linesOf(attacked), 5, { rounding: "nearest" }).map(({ greatest }) => greatest)),
  "10 000 discrete Laplace draws": () => {
    const words = keyedWords(key, "essai");
    let total = 0;
    for (let i = 0; i < 10_000; i++) total += discreteLaplace(words, { milliEpsilon: 100 });
    return total;
  },
};
for (const [name, step] of Object.entries(steps)) {
  const expected = step();
  const times = Array.from({ length: turns }, () => {
    const start = performance.now();
    const answer = step();
    if (answer !== expected) throw new Error(`${name}: ${answer} au lieu de ${expected}`);
    return performance.now() - start;
  });
  console.log(`${name}: ${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)} ms`);
}
