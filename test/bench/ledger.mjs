// Attack of one publication against a whole ledger of the size of the book's: Occitanie's 105 neighbourhoods of 2015 and as many of 2024 that overlap them, 61
// communes, ten populations of twelve tables each (zones alone, by sex, by age; rates and means), about 25 000 numbers, invented counts.
//
//   node test/bench/ledger.mjs [--turns 3] [--hidden 0.05]
//
// Least and greatest time over the turns, after one warm turn: each of the twelve tables of the last population as the newcomer, after all others. A turn that
// finds other exposures is an error. Run it on a quiet machine.
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { turns: { type: "string", default: "3" }, hidden: { type: "string", default: "0.05" } },
});
const load = (file) => import(new URL(`../../src/${file}`, import.meta.url).href);
const { seededRandom } = await load("codes/random.ts");
const { sha256 } = await load("engine/hash.ts");
const { attackNewcomer } = await load("protection/ledger/attack-newcomer.ts");
const { readLedger } = await load("protection/ledger/ledger.ts");
const { writeLine } = await load("protection/ledger/lines.ts");
const { overview } = await load("protection/ledger/overview.ts");
const { highsSolver } = await load("protection/solver/highs.ts");

const random = seededRandom(7);
const sexes = ["F", "H"];
const ages = ["0-14", "15-29", "30-44", "45-59", "60+"];
const communes = Array.from({ length: 61 }, (_, c) => `commune ${c}`);
const kinds = { qpv2015: new Map(), qpv2024: new Map(), commune: new Map() };
for (const commune of communes) kinds.commune.set(commune, [`${commune}, ailleurs`]);
for (let q = 0; q < 105; q++) {
  const commune = communes[q % 61];
  const [kept, left, entered] = ["gardé", "sorti", "entré"].map((what) => `quartier ${q}, ${what}`);
  kinds.qpv2015.set(`QP${q}`, random() < 0.3 ? [kept] : [kept, left]);
  kinds.qpv2024.set(`QN${q}`, random() < 0.3 ? [kept] : [kept, entered]);
  kinds.commune.get(commune).push(kept, left, entered);
}
const universes = Object.entries(kinds).flatMap(([kind, zones]) =>
  [...zones, [`ensemble ${kind}`, [...new Set([...zones.values()].flat())]]].map(([name, members]) => ({
    name,
    members,
  })),
);

/** People of each piece, sex and age; at least 11 everywhere, so that only hidden cells are to be found. */
function people() {
  const counts = new Map();
  for (const piece of universes.flatMap(({ members }) => members)) {
    for (const sex of sexes)
      for (const age of ages) counts.set(`${piece}/${sex}/${age}`, 11 + Math.floor(120 * random()));
  }
  return counts;
}

const publications = [];
for (let year = 2015; year < 2025; year++) {
  const population = `habitants, ${year}`;
  const all = people();
  const poor = new Map([...all].map(([key, n]) => [key, Math.min(n, 11 + Math.floor(n / 4))]));
  const count = (of, { members }, classes) => {
    let sum = 0;
    for (const piece of members) {
      for (const sex of classes.sexe ?? sexes)
        for (const age of classes.âge ?? ages) sum += of.get(`${piece}/${sex}/${age}`);
    }
    return sum;
  };
  const add = (kind, what, classings, make) => {
    const own = universes.filter(({ name }) => kinds[kind].has(name) || name === `ensemble ${kind}`);
    publications.push({
      id: `${what}, ${kind}, ${year}`,
      date: `${year}-12-31`,
      origin: "release",
      secrecy: { unit: "personne", minUnits: 11 },
      universes: own,
      dimensions: { sexe: sexes, âge: ages },
      numbers: own.flatMap((zone) =>
        classings.map((classes) => ({
          id: `${what}, ${zone.name}, ${Object.values(classes).flat().join(" ")}`,
          kind: "count",
          population,
          measure: "habitants",
          universe: zone.name,
          ...(Object.keys(classes).length > 0 ? { classes } : {}),
          ...make(zone, classes),
        })),
      ),
      totals: [`ensemble ${kind}`],
    });
  };
  // Two ages of a neighbourhood, in its two perimeters and its commune: no difference gives either.
  const holes = new Set(Array.from({ length: 105 }, (_, q) => q).filter(() => random() < Number(values.hidden)));
  const hidden = ({ name }, { âge: [age] }) =>
    ages.indexOf(age) < 2 && [...holes].some((q) => [`QP${q}`, `QN${q}`, communes[q % 61]].includes(name));
  for (const kind of Object.keys(kinds)) {
    add(kind, "habitants", [{}], (zone, classes) => ({ value: count(all, zone, classes) }));
    add(
      kind,
      "par sexe",
      sexes.map((sex) => ({ sexe: [sex] })),
      (zone, classes) => ({ value: count(all, zone, classes) }),
    );
    add(
      kind,
      "par âge",
      ages.map((age) => ({ âge: [age] })),
      (zone, classes) =>
        hidden(zone, classes) ? { value: null, secondary: true } : { value: count(all, zone, classes) },
    );
    add(kind, "pauvreté", [{}], (zone, classes) => ({
      kind: "rate",
      measure: "pauvres",
      base: "habitants",
      per: 100,
      rounding: 0.05,
      value: Math.round((1000 * count(poor, zone, classes)) / count(all, zone, classes)) / 10,
    }));
  }
}
const numbers = publications.reduce((sum, one) => sum + one.numbers.length, 0);
console.log(`${publications.length} publications, ${numbers} numbers, ${universes.length} zones`);

let text = "";
let head = "";
publications.forEach((one, index) => {
  const { line, own } = writeLine(index + 1, head, one, sha256);
  text += `${line}\n`;
  head = own;
});
const solver = await highsSolver();
const last = publications.length - 12;
const steps = { "reading and verifying the ledger": () => readLedger(text, sha256, head).publications.length };
steps["overview of the ledger"] = () => JSON.stringify(overview(publications));
for (let k = last; k < publications.length; k++) {
  steps[`attack: ${publications[k].id}`] = () => {
    const earlier = publications.filter((_, at) => at !== k);
    return JSON.stringify(attackNewcomer(publications[k], earlier, solver).map(({ verdict, set }) => [verdict, set]));
  };
}
for (const [name, step] of Object.entries(steps)) {
  const expected = step();
  const times = Array.from({ length: Number(values.turns) }, () => {
    const start = performance.now();
    if (step() !== expected) throw new Error(`${name}: another answer`);
    return performance.now() - start;
  });
  const found = name.startsWith("attack") ? `, ${JSON.parse(expected).length} exposures` : "";
  console.log(`${name}: ${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)} ms${found}`);
}
