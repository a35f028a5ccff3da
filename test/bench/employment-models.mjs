// The models of the employment experiment at its real size: 64 neighbourhoods of 30 homes in an agglomeration, 60 occupations each, 3 600 offers in 1 500 places.
//
//   node test/bench/employment-models.mjs [--runs 3] [--only gap|profile|shared|policy|levels]
//
// No peer does the same: the median time and its spread are said for a reader of this machine, one warm call before. Run it on a quiet machine.

import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: { runs: { type: "string", default: "3" }, only: { type: "string" } },
});
const runs = Number(options.runs);
const model = (file) => import(new URL(`../../src/models/${file}`, import.meta.url).href);
const { accessGap } = await model("access/access-gap.ts");
const { matchProfile } = await model("access/match-profile.ts");
const { offersPerSeeker } = await model("access/offers-per-seeker.ts");
const { policyEffect } = await model("access/policy-effect.ts");
const { groupCosts, reachShares } = await model("access/reach-shares.ts");
const { matchedOffers, offerFinder } = await model("access/match-weights.ts");
const { compareLevels } = await model("matching/compare-levels.ts");
const { romeMatching } = await model("matching/rome-match.ts");
const { seededRandom } = await import(new URL("../../src/codes/random.ts", import.meta.url).href);

const [groups, homesPerGroup, places, numOffers] = [64, 30, 1500, 3600];
const random = seededRandom(20220301);
const whole = (below) => Math.floor(below * random());
const codes = [..."ABCDEFGHIJKLMN"].flatMap((letter) =>
  Array.from({ length: 38 }, (_, k) => `${letter}1${Math.floor(k / 5)}0${k % 5}`),
);
const common = () => codes[Math.floor(random() * random() * codes.length)];
const matching = romeMatching(codes, {
  sought: Array.from({ length: 1784 }, common),
  offered: Array.from({ length: 1784 }, common),
  kind: new Array(1784).fill("Proche"),
});
const centres = Array.from({ length: groups }, () => [40 * random(), 40 * random()]);
const homes = centres.flatMap(([x, y]) => Array.from({ length: homesPerGroup }, () => [x + random(), y + random()]));
const work = Array.from({ length: places }, () => [40 * random(), 40 * random()]);
const minutesAt = (pace) => ({
  rows: homes.length,
  columns: places,
  values: Float64Array.from(
    homes.flatMap(([x, y]) => work.map(([a, b]) => Math.round(10 * (5 + pace * Math.hypot(x - a, y - b))) / 10)),
  ),
});
const [transit, car] = [minutesAt(5), minutesAt(1.8)];
const groupIds = [...centres.map((_, q) => `QP${q}`), "agglomération"];
const everybody = homes.map((_, point) => point);
const lived = {
  groupIds,
  group: Int32Array.from([
    ...everybody.map((point) => Math.floor(point / homesPerGroup)),
    ...everybody.map(() => groups),
  ]),
  point: Int32Array.from([...everybody, ...everybody]),
  weight: new Float64Array(2 * homes.length).fill(1),
};
const cellRows = centres.flatMap((_, q) =>
  [...new Set(Array.from({ length: 60 }, common))].map((rome) => ({ q, rome })),
);
const cells = {
  ids: cellRows.map(({ q, rome }) => `QP${q} ${rome}`),
  seekers: Float64Array.from(cellRows, () => 1 + whole(12)),
  rome: cellRows.map(({ rome }) => rome),
  origin: Int32Array.from(cellRows, ({ q }) => q),
};
const offers = {
  ids: Array.from({ length: numOffers }, (_, j) => `o${j}`),
  posts: Float64Array.from({ length: numOffers }, () => 1 + whole(3)),
  rome: Array.from({ length: numOffers }, common),
  destination: Int32Array.from({ length: numOffers }, () => whole(places)),
};
const find = offerFinder(matching, offers);
const comparisons = centres.map((_, q) => ({
  group: `QP${q}`,
  comparator: "agglomération",
  relevance: matchedOffers(
    find,
    "near",
    new Set(cellRows.filter((row) => row.q === q).map(({ rome }) => rome)),
    numOffers,
  ),
}));
const market = { homes: lived, cells, offers, matching };

const models = {
  gap: [
    "écarts de 64 quartiers à l'agglomération, 500 tirages",
    () => accessGap({ ...market, minutes: transit, comparisons }, { seed: 1, draws: 500 }),
  ],
  profile: [
    "profils, deux modes, trois niveaux, par famille",
    () =>
      matchProfile({
        ...market,
        travel: [
          { mode: "transit", minutes: transit },
          { mode: "car", minutes: car },
        ],
      }),
  ],
  shared: [
    "offres par demandeur",
    () => offersPerSeeker({ ...market, reach: reachShares(transit, lived, 30), level: "near" }),
  ],
  policy: [
    "effet d'une politique, 500 tirages",
    () => policyEffect({ ...market, level: "near", before: transit, after: car }, { seed: 1, draws: 500, takeUp: 0.3 }),
  ],
  levels: [
    "affectation aux trois niveaux, prouvée",
    () => {
      const rows = compareLevels({ matching, cells, offers, costs: groupCosts(transit, lived) }, { mostCost: 90 });
      if (!rows.every(({ certificate }) => certificate.optimal)) throw new Error("la preuve manque");
      return rows;
    },
  ],
};
console.log(`${cells.ids.length} cellules, ${numOffers} offres, ${homes.length} points × ${places} lieux`);
for (const [name, [title, run]] of Object.entries(models)) {
  if (options.only && options.only !== name) continue;
  run();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  const say = (milliseconds) => `${(milliseconds / 1000).toFixed(2)} s`;
  console.log(`${title} : ${say(times[runs >> 1])} (${say(times[0])} à ${say(times.at(-1))})`);
}
console.log(`mémoire : ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} Mo au plus`);
