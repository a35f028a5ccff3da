import { normal, seededRandom } from "../../src/codes/random.ts";
import { numbers } from "../../src/codes/table.ts";
import { type ContributionBarsOptions, contributionBars } from "../../src/figures/contribution-bars.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { type RankChartOptions, rankChart } from "../../src/figures/interval-rank.ts";
import { type NormalPlotOptions, normalPlot } from "../../src/figures/normal-plot.ts";
import { type OutreachCurveOptions, outreachCurve } from "../../src/figures/outreach-curve.ts";
import { type WaterfallOptions, waterfall } from "../../src/figures/waterfall.ts";
import { normalScores } from "../../src/models/areas/normal-scores.ts";
import { outreachByBudget } from "../../src/models/outreach/outreach-by-budget.ts";
import { outreachTrials } from "../../src/models/outreach/outreach-trials.ts";
import { outreachYield } from "../../src/models/outreach/outreach-yield.ts";
import type { Released } from "../../src/protection/released.ts";
import { measures, passed, text, words } from "./gallery.ts";

/** Invented data for the figures of non-take-up: what the tests draw, and what a person looks at. */
const firstNames = ["Les Hauts de", "Cité", "Quartier du", "Le Grand", "Vieux", "Saint-Martin et Nord-Est de"];
const lastNames = [
  "Lanvaux",
  "Brume",
  "Phare",
  "Moulin-Neuf",
  "Val",
  "Roc’h",
  "Trois-Chênes – Université – Bellefontaine",
];
const nameOf = (i: number): string => `${firstNames[i % 6]} ${lastNames[i % 7]} ${i + 1}`;

export const rankedTable = (areas = 105): Released => {
  const places = Array.from({ length: areas }, (_, i) => i);
  const middle = places.map((i) => Math.round((1 + ((areas - 1) * i) / Math.max(1, areas - 1)) * 10) / 10);
  const half = places.map((i) => 4 + ((i * 29) % 23));
  const hidden = places.map((i) => (i === 60 ? 1 : 0));
  const chance = middle.map((rank, i) => 1 / (1 + Math.exp((rank - 11) / ((half[i] ?? 1) / 4))));
  return passed({
    nom: words(places.map(nameOf), "Quartier"),
    rang_bas: measures(
      middle.map((rank, i) => Math.max(1, Math.round(rank - (half[i] ?? 0)))),
      "Rang le plus haut",
      "rang",
      hidden,
    ),
    rang_haut: measures(
      middle.map((rank, i) => Math.min(areas, Math.round(rank + (half[i] ?? 0)))),
      "Rang le plus bas",
      "rang",
      hidden,
    ),
    rang_moyen: measures(middle, "Rang moyen", "rang", hidden),
    probabilite: measures(chance, "Probabilité d’être parmi les 11 premiers", "part", hidden),
  });
};
export const rankedOptions: RankChartOptions = {
  ...text,
  id: "rangs",
  row: "nom",
  low: "rang_bas",
  high: "rang_haut",
  middle: "rang_moyen",
  probability: "probabilite",
  highest: 11,
  axisTitle: "Rang du taux de non-recours (1\u00a0: le plus fort)",
};

const factors = ["Revenu", "Taille des ménages", "Âge", "Statut d’occupation", "Régime", "Recours"];
const chosen = [0, 1, 5, 11, 13, 20, 34, 48].map(nameOf);
const bringsTo = (area: number, factor: number): number =>
  Math.round(120 * Math.sin(area * 2.1 + factor * 1.3) * (factor === 0 ? 2 : 0.6));
export const contributionTable = (): Released => {
  const rows = chosen.flatMap((name, area) =>
    factors.map((factor, f) => ({ name, factor, value: bringsTo(area, f), area })),
  );
  return passed({
    nom: words(
      rows.map(({ name }) => name),
      "Quartier",
    ),
    facteur: words(
      rows.map(({ factor }) => factor),
      "Facteur",
    ),
    apport: measures(
      rows.map(({ value }) => value),
      "Apport à l’écart",
      "personnes",
      rows.map(({ area }) => (area === 6 ? 1 : 0)),
    ),
    ecart: measures(
      rows.map(({ area }) => factors.reduce((sum, _, f) => sum + bringsTo(area, f), 0)),
      "Écart à la région",
      "personnes",
      rows.map(({ area }) => (area === 6 ? 1 : 0)),
    ),
  });
};
export const contributionOptions: ContributionBarsOptions = {
  ...text,
  id: "contributions",
  row: "nom",
  part: "facteur",
  value: "apport",
  total: "ecart",
  axisTitle: "Personnes éligibles de plus ou de moins que si le quartier était comme la région",
};

export const waterfallTable = (): Released =>
  passed({
    etape: words(["Comme la région", ...factors, "Dans le quartier"], "Étape"),
    personnes: measures([1240, 310, 85, -60, 45, -20, 130, 1730], "Personnes éligibles", "personnes"),
  });
export const waterfallOptions: WaterfallOptions = {
  ...text,
  id: "cascade",
  step: "etape",
  value: "personnes",
  axisTitle: "Personnes éligibles à la C2S",
};

export const normalTable = (): Released => {
  const random = seededRandom(5);
  const panels = ["Résidus", "Effets des territoires"].map((panel, p) => {
    const values = Float64Array.from(
      { length: 60 },
      (_, i) => normal(random) * (p === 0 ? 1 : 1.15) + (i === 7 ? 3.2 : 0),
    );
    return { panel, values, scores: normalScores(values) };
  });
  const all = panels.flatMap(({ panel, values, scores }) =>
    Array.from(values, (value, i) => ({ panel, value, i, scores })),
  );
  const hidden = all.map(({ i }) => (i === 20 ? 1 : 0));
  const measure = (values: readonly number[], label: string): ReturnType<typeof measures> =>
    measures(values, label, "écarts types", hidden);
  return passed({
    nom: words(
      all.map(({ i }) => nameOf(i)),
      "Quartier",
    ),
    panneau: words(
      all.map(({ panel }) => panel),
      "Panneau",
    ),
    observe: measure(
      all.map(({ value }) => Math.round(value * 100) / 100),
      "Valeur standardisée",
    ),
    attendu: measure(
      all.map(({ scores, i }) => scores.expected[i] ?? 0),
      "Valeur attendue",
    ),
    bas: measure(
      all.map(({ scores, i }) => scores.low[i] ?? 0),
      "Borne basse",
    ),
    haut: measure(
      all.map(({ scores, i }) => scores.high[i] ?? 0),
      "Borne haute",
    ),
  });
};
export const normalOptions: NormalPlotOptions = {
  ...text,
  id: "normalite",
  name: "nom",
  observed: "observe",
  expected: "attendu",
  low: "bas",
  high: "haut",
  facet: "panneau",
  observedTitle: "Valeur standardisée",
};

export const outreachTable = (): Released => {
  const random = seededRandom(9);
  const areas = Array.from({ length: 30 }, (_, i) => {
    const persons = Math.round(1500 + 6000 * random());
    const value = Math.round(persons * (0.05 + 0.13 * random()));
    return { code: `QN${i}`, persons, nonTakers: { value, low: value * 0.6, high: value * 1.5 } };
  });
  const points = outreachByBudget({
    areas,
    budgetsEur: Array.from({ length: 17 }, (_, i) => i * 12_500),
    costs: { fixedEurArea: 2000, eurPerContact: 3 },
    yields: outreachYield(outreachTrials["lille-2009"], { draws: 300, seed: 1 }),
    seed: 2,
  });
  const rows = (["best", "equalSplit", "byPopulation"] as const).flatMap((way, k) =>
    points.map(({ budgetEur, [way]: { opened } }) => ({
      way: ["Plan proposé", "Parts égales", "Selon la population"][k] ?? "",
      budgetEur,
      opened,
    })),
  );
  return passed({
    partage: words(
      rows.map(({ way }) => way),
      "Partage du budget",
    ),
    budget: measures(
      rows.map(({ budgetEur }) => budgetEur),
      "Budget",
      "EUR",
    ),
    ouverts: measures(
      rows.map(({ opened }) => opened.value),
      "Droits ouverts attendus",
      "personnes",
    ),
    bas: measures(
      rows.map(({ opened }) => opened.low),
      "Borne basse",
      "personnes",
    ),
    haut: measures(
      rows.map(({ opened }) => opened.high),
      "Borne haute",
      "personnes",
    ),
  });
};
/** The same, all ways ending in one point, as when the budget is enough for every neighbourhood. */
export const meetingTable = (): Released => {
  const data = outreachTable();
  const { values } = numbers(data, "ouverts");
  const points = data.numRows / 3;
  const last = values[points - 1] ?? 0;
  const opened = Array.from(values, (value, i) => (i % points === points - 1 ? last : value));
  return passed({ ...data.columns, ouverts: measures(opened, "Droits ouverts attendus", "personnes") });
};
export const outreachOptions: OutreachCurveOptions = {
  ...text,
  id: "demarches",
  series: "partage",
  budget: "budget",
  opened: "ouverts",
  low: "bas",
  high: "haut",
  axisTitle: "Droits ouverts, personnes",
  mark: { budgetEur: 60_000, label: "60\u202f000\u00a0€" },
};

export const c2sGallery: Readonly<Record<string, () => Figure>> = {
  "ranks-105": () => rankChart(rankedTable(), rankedOptions),
  contributions: () => contributionBars(contributionTable(), contributionOptions),
  waterfall: () => waterfall(waterfallTable(), waterfallOptions),
  normal: () => normalPlot(normalTable(), normalOptions),
  outreach: () => outreachCurve(outreachTable(), outreachOptions),
  "outreach-meeting": () => outreachCurve(meetingTable(), outreachOptions),
  "ranks-12": () => rankChart(rankedTable(12), { ...rankedOptions, highest: 3 }),
};
