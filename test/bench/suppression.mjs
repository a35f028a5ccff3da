// Secondary suppression at scale: a 78 x 20 x 8 linked table (neighbourhoods in two groupings, ages in two groupings), and a table of one million cells.
//
//   node test/bench/suppression.mjs [--case linked|million]
//
// Prints, for each: cells, primaries, complementary cells, bound and gap, time (and processor time, which other programs do not lengthen), peak memory, and the audit by substitution of every witness. Seeded; run it on a quiet machine.
import { parseArgs } from "node:util";

const { values: options } = parseArgs({ options: { case: { type: "string" } } });
const load = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { seededRandom } = await load("codes/random.ts");
const { crossedSystem, dimensionWithTotal, withSums } = await load("protection/suppression/crossed-system.ts");
const { smallCounts } = await load("protection/suppression/primaries.ts");
const { suppressLargeTable } = await load("protection/suppression/suppress-large-table.ts");
const { withoutWitness } = await load("protection/suppression/witness.ts");

const names = (word, count) => Array.from({ length: count }, (_, i) => `${word} ${i + 1}`);

/** Labels, two groupings of the same labels by runs of two lengths, and the total. */
function twoGroupings(word, count, ...lengths) {
  const labels = names(word, count);
  const hierarchy = [];
  const groupings = lengths.map((length) => {
    const groups = [];
    for (let from = 0; from < count; from += length) {
      groups.push(labels.length);
      const parts = names(word, count).map((_, i) => i);
      hierarchy.push({ total: labels.length, parts: parts.slice(from, from + length) });
      labels.push(`${word} ${from + 1} à ${Math.min(count, from + length)}`);
    }
    return groups;
  });
  for (const groups of groupings) hierarchy.push({ total: labels.length, parts: groups });
  return { labels: [...labels, "Ensemble"], hierarchy };
}

/** Counts of households: sizes by label, a few structural zeros. */
function counts(dimensions, seed, scale) {
  const random = seededRandom(seed);
  const size = dimensions.reduce((product, { labels }) => product * labels.length, 1);
  return Float64Array.from({ length: size }, () => (random() < 0.05 ? 0 : Math.floor(scale * random() ** 2) + 1));
}

const cases = {
  linked: () => [
    twoGroupings("quartier", 78, 7, 13),
    twoGroupings("âge", 20, 4, 5),
    dimensionWithTotal(names("statut", 8)),
  ],
  million: () => [dimensionWithTotal(names("ligne", 999)), dimensionWithTotal(names("colonne", 999))],
};
const scales = { linked: 200, million: 4000 };

for (const [name, dimensionsOf] of Object.entries(cases)) {
  if (options.case && options.case !== name) continue;
  const dimensions = dimensionsOf();
  const system = crossedSystem(dimensions, withSums(dimensions, counts(dimensions, 7, scales[name])));
  const primaries = smallCounts(system, 11);
  const start = performance.now();
  const used = process.cpuUsage();
  const pattern = await suppressLargeTable(system, primaries);
  const seconds = (performance.now() - start) / 1000;
  const { user, system: kernel } = process.cpuUsage(used);
  const audit = performance.now();
  const failures = withoutWitness(system, primaries, pattern.hide, pattern.witnesses).length;
  console.log(
    `${name}: ${system.values.length} cells, ${system.lines.starts.length - 1} relations, ${primaries.length} primaries, ${pattern.complementary} complementary, bound ${pattern.bound.toFixed(1)}, gap ${pattern.gapPercent.toFixed(1)} %, ${seconds.toFixed(1)} s (processor ${((user + kernel) / 1e6).toFixed(1)} s), audit ${((performance.now() - audit) / 1000).toFixed(2)} s with ${failures} without proof, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  );
  console.log(`  ${pattern.sentence}`);
}
