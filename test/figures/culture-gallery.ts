import { normal, seededRandom } from "../../src/codes/random.ts";
import { type ClassProfilesOptions, classProfiles } from "../../src/figures/class-profiles.ts";
import { type DendrogramOptions, dendrogram } from "../../src/figures/dendrogram.ts";
import { type DirectAgainstModelOptions, directAgainstModel } from "../../src/figures/direct-against-model.ts";
import { type DotPlotOptions, dotPlot } from "../../src/figures/dot-plot.ts";
import { type FactorMapOptions, factorMap } from "../../src/figures/factor-map.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { type GapPlotOptions, gapPlot } from "../../src/figures/gap-plot.ts";
import { type IsochroneMapOptions, isochroneMap } from "../../src/figures/isochrone-map.ts";
import { type ScreeBarsOptions, screeBars } from "../../src/figures/scree-bars.ts";
import { type ShrinkagePlotOptions, shrinkagePlot } from "../../src/figures/shrinkage-plot.ts";
import { type SupplyPracticeWishOptions, supplyPracticeWish } from "../../src/figures/supply-practice-wish.ts";
import type { Released } from "../../src/protection/released.ts";
import { measures, passed, text, words } from "./gallery.ts";

/** Invented data for the figures of cultural practices: what the tests draw, and what a person looks at. */
export const practices = [
  "Lecture de livres",
  "Cinéma",
  "Musique",
  "Spectacle vivant",
  "Exposition ou musée",
  "Ordinateur",
  "Sport",
  "Marche et randonnée",
  "Voyage",
  "Jeux",
  "Jardinage",
  "Tricot, couture",
  "Cuisine",
  "Bricolage",
  "Pêche ou chasse",
  "Collection",
  "Bénévolat",
] as const;

/** 1 for what is hidden. */
const hide = (hidden: readonly number[], count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => (hidden.includes(i) ? 1 : 0));

export const gapTable = (): Released => {
  const gap = [0.4, -6.1, 2.2, -2.4, -9.8, 1.1, -4.2, -3.1, -12.5, 3.3, -7.7, 0.2, 1.8, -2.9, -0.7, -1.2, -5.4];
  const error = gap.map((_, i) => 1.1 + ((i * 7) % 5) * 0.45);
  const bound = (z: number): readonly number[] => gap.map((own, i) => own + z * (error[i] ?? 0));
  const verdict = gap.map((own, i) => {
    const se = error[i] ?? 0;
    const same = Math.abs(own) + 1.645 * se < 5;
    const differs = Math.abs(own) > 1.96 * se;
    if (same) return differs ? "différent mais négligeable" : "équivalent";
    return differs ? "différent" : `indécis (il faudrait ${(2.8 * se).toFixed(1).replace(".", ",")} points)`;
  });
  const hidden = hide([14], gap.length);
  const measure = (values: readonly number[], label: string): ReturnType<typeof measures> =>
    measures(
      values.map((value) => value / 100),
      label,
      "part",
      hidden,
    );
  return passed({
    pratique: words(practices, "Pratique"),
    ecart: measure(gap, "Écart standardisé"),
    bas90: measure(bound(-1.645), "Borne basse à 90 %"),
    haut90: measure(bound(1.645), "Borne haute à 90 %"),
    bas95: measure(bound(-1.96), "Borne basse à 95 %"),
    haut95: measure(bound(1.96), "Borne haute à 95 %"),
    brut: measure(
      gap.map((own, i) => own * 1.6 - 2 - (i % 3)),
      "Écart brut",
    ),
    verdict: words(verdict, "Verdict"),
  });
};
export const gapOptions: GapPlotOptions = {
  ...text,
  id: "ecarts",
  row: "pratique",
  gap: "ecart",
  gapName: "écart à âge, diplôme et profession égaux",
  low90: "bas90",
  high90: "haut90",
  low95: "bas95",
  high95: "haut95",
  other: "brut",
  otherName: "écart brut",
  verdict: "verdict",
  margin: 5,
  axisTitle: "Écart entre les quartiers prioritaires et les autres, en points",
  order: "gap",
};

const placeName = (i: number): string =>
  `${["Les Hauts de", "Cité", "Quartier du", "Le Grand", "Vieux", "Saint-Martin et Nord-Est de"][i % 6]} ${["Lanvaux", "Brume", "Phare", "Moulin-Neuf", "Val"][i % 5]} ${i + 1}`;

export const estimateTable = (areas = 105): Released => {
  const random = seededRandom(12);
  const rows = Array.from({ length: areas }, () => {
    const persons = Math.round(4 + 40 * random() ** 2);
    const truth = 0.42 + 0.08 * normal(random);
    const direct = Math.min(1, Math.max(0, truth + (normal(random) * 0.45) / Math.sqrt(persons)));
    const half = 0.98 / Math.sqrt(persons);
    const keep = persons / (persons + 25);
    return { persons, direct, half, model: 0.42 + keep * (direct - 0.42), modelHalf: 0.11 * (1 - keep / 2) };
  });
  const unsurveyed = rows.map((_, i) => (i % 17 === 5 ? 3 : 0));
  const share = (values: readonly number[], label: string, missing: readonly number[]): ReturnType<typeof measures> =>
    measures(
      values.map((value) => Math.min(1, Math.max(0, value))),
      label,
      "part",
      missing,
    );
  const hidden = rows.map((_, i) => (i === 3 ? 1 : 0));
  return passed({
    nom: words(
      rows.map((_, i) => placeName(i)),
      "Quartier",
    ),
    direct: share(
      rows.map(({ direct }) => direct),
      "Estimation directe",
      unsurveyed,
    ),
    direct_bas: share(
      rows.map(({ direct, half }) => direct - half),
      "Borne basse",
      unsurveyed,
    ),
    direct_haut: share(
      rows.map(({ direct, half }) => direct + half),
      "Borne haute",
      unsurveyed,
    ),
    modele: share(
      rows.map(({ model }) => model),
      "Estimation par le modèle",
      hidden,
    ),
    modele_bas: share(
      rows.map(({ model, modelHalf }) => model - modelHalf),
      "Borne basse",
      hidden,
    ),
    modele_haut: share(
      rows.map(({ model, modelHalf }) => model + modelHalf),
      "Borne haute",
      hidden,
    ),
    enquetes: measures(
      rows.map(({ persons }, i) => (unsurveyed[i] === 3 ? 0 : persons)),
      "Enquêtés",
      "personnes",
    ),
  });
};
export const estimateOptions: DirectAgainstModelOptions = {
  ...text,
  id: "estimations",
  row: "nom",
  direct: "direct",
  directLow: "direct_bas",
  directHigh: "direct_haut",
  model: "modele",
  modelLow: "modele_bas",
  modelHigh: "modele_haut",
  axisTitle: "Part des habitants allés au cinéma dans l’année",
  overall: { value: 0.42, label: "ensemble\u00a0: 42\u202f%" },
  highlight: [placeName(2)],
};

const blockOf = (i: number): string => (i < 5 ? "Culture" : i < 10 ? "Loisirs de plein air, jeux" : "Chez soi");
const supplementary = {
  Âge: ["15-24 ans", "25-34 ans", "35-44 ans", "45-54 ans", "55-64 ans", "65-74 ans", "75 ans ou plus"],
  Diplôme: ["Sans diplôme", "Brevet", "CAP ou BEP", "Baccalauréat", "Bac + 2", "Bac + 3 ou plus"],
  Lieu: ["Quartier prioritaire", "Reste de la ville"],
} as const;

export const factorTable = (): Released => {
  const random = seededRandom(31);
  const active = practices.flatMap((practice, i) => {
    const share = 0.2 + 0.6 * random();
    const x = 0.75 + 0.35 * normal(random);
    const y = (i < 5 ? -0.3 : i < 10 ? -0.1 : 0.5) + 0.35 * normal(random);
    const [yes, no] = [Math.sqrt((1 - share) / share), -Math.sqrt(share / (1 - share))];
    return [
      { name: practice, k: i, x: x * yes, y: y * yes, weight: (x * x + y * y) * (1 - share) },
      { name: `${practice}\u00a0: non`, k: i, x: x * no, y: y * no, weight: (x * x + y * y) * share },
    ].map((row) => ({ ...row, variable: practice as string, block: blockOf(i), role: "active" }));
  });
  const total = active.reduce((sum, { weight }) => sum + weight, 0);
  const added = Object.entries(supplementary).flatMap(([variable, levels]) =>
    levels.map((name, k) => ({
      name: name as string,
      k,
      variable,
      block: variable,
      role: "supplémentaire",
      x:
        variable === "Lieu"
          ? k * 0.25 - 0.2
          : variable === "Âge"
            ? 0.55 - k * 0.22
            : -0.8 + k * 0.3 + (k === 5 ? 0.2 : 0),
      y:
        variable === "Âge"
          ? -0.75 + k * 0.24 - (k === 6 ? 0.25 : 0)
          : variable === "Lieu"
            ? -0.12 + 0.2 * k
            : 0.3 - k * 0.12,
      weight: 0,
    })),
  );
  const rows = [...active, ...added];
  const texts = (of: (row: (typeof rows)[number]) => string, label: string): ReturnType<typeof words> =>
    words(rows.map(of), label);
  const none = rows.map(({ role }) => (role === "active" ? 3 : 0));
  const hidden = rows.map(({ name }) => (name === "Collection" ? 1 : 0));
  return passed({
    modalite: texts(({ name }) => name, "Modalité"),
    variable: texts(({ variable }) => variable, "Variable"),
    bloc: texts(({ block }) => block, "Bloc"),
    role: texts(({ role }) => role, "Rôle"),
    axe1: measures(
      rows.map(({ x }) => x),
      "Axe 1",
      "",
      hidden,
    ),
    axe2: measures(
      rows.map(({ y }) => y),
      "Axe 2",
      "",
      hidden,
    ),
    contribution: measures(
      rows.map(({ weight }) => (100 * weight) / total),
      "Contribution",
      "%",
      rows.map(({ role, name }) => (role === "active" ? (name === "Collection" ? 1 : 0) : 3)),
    ),
    demi_grand: measures(
      rows.map(({ k }) => 0.09 + 0.02 * (k % 3)),
      "Demi grand axe",
      "",
      none,
    ),
    demi_petit: measures(
      rows.map(({ k }) => 0.04 + 0.015 * (k % 2)),
      "Demi petit axe",
      "",
      none,
    ),
    angle: measures(
      rows.map(({ k }) => 25 * k),
      "Angle",
      "degrés",
      none,
    ),
  });
};
export const factorOptions: FactorMapOptions = {
  ...text,
  id: "plan-factoriel",
  name: "modalite",
  variable: "variable",
  block: "bloc",
  role: "role",
  x: "axe1",
  y: "axe2",
  size: "contribution",
  axes: [
    { number: 1, share: 0.823, rate: "Benzécri" },
    { number: 2, share: 0.094, rate: "Benzécri" },
  ],
  ellipse: { major: "demi_grand", minor: "demi_petit", angle: "angle", level: 0.95 },
  joined: ["Âge", "Diplôme"],
  unnamed: practices.map((practice) => `${practice}\u00a0: non`),
};

const classNames = [
  "Peu de pratiques",
  "Télévision et jardin",
  "Loisirs manuels",
  "Sorties et sport",
  "Toutes les pratiques",
] as const;

/** Twelve leaves, five classes; [node, parent, height, mass, class]. */
const branches: readonly (readonly [string, string, number, number, string])[] = [
  ["1", "", 0.142, 8403, ""],
  ["2", "1", 0.048, 4920, ""],
  ["3", "1", 0.061, 3483, ""],
  ["4", "2", 0.012, 2950, ""],
  ["5", "2", 0.031, 1970, ""],
  ["a", "4", 0, 1700, classNames[0]],
  ["6", "4", 0.006, 1250, ""],
  ["b", "6", 0, 700, classNames[0]],
  ["c", "6", 0, 550, classNames[0]],
  ["7", "5", 0.011, 1210, ""],
  ["d", "7", 0, 640, classNames[1]],
  ["e", "7", 0, 570, classNames[1]],
  ["8", "5", 0.008, 760, ""],
  ["f", "8", 0, 420, classNames[2]],
  ["g", "8", 0, 340, classNames[2]],
  ["9", "3", 0.014, 1840, ""],
  ["h", "9", 0, 980, classNames[3]],
  ["10", "9", 0.009, 860, ""],
  ["i", "10", 0, 510, classNames[3]],
  ["j", "10", 0, 350, classNames[3]],
  ["11", "3", 0.013, 1643, ""],
  ["k", "11", 0, 903, classNames[4]],
  ["l", "11", 0, 740, classNames[4]],
];
export const treeTable = (): Released =>
  passed({
    noeud: words(
      branches.map(([node]) => node),
      "Groupe",
    ),
    parent: words(
      branches.map(([, parent]) => parent),
      "Groupe au-dessus",
    ),
    hauteur: measures(
      branches.map(([, , height]) => height),
      "Perte d’inertie",
      "",
    ),
    personnes: measures(
      branches.map(([, , , mass]) => mass),
      "Personnes",
      "personnes",
      hide([22], branches.length),
    ),
    classe_nom: words(
      branches.map(([, , , , group]) => group),
      "Classe",
    ),
  });
export const treeOptions: DendrogramOptions = {
  ...text,
  id: "arbre",
  node: "noeud",
  parent: "parent",
  height: "hauteur",
  mass: "personnes",
  group: "classe_nom",
  heightTitle: "Inertie perdue par le regroupement",
  massTitle: "Personnes",
};

export const profilesTable = (): Released => {
  const random = seededRandom(4);
  const overall = practices.map(() => Math.round((0.12 + 0.55 * random()) * 1000) / 1000);
  const rows = classNames.flatMap((group, k) =>
    practices.map((practice, i) => {
      const all = overall[i] ?? 0;
      const lift = (k - 2) * 0.9 + normal(random) * 0.8;
      const share = 1 / (1 + Math.exp(-(Math.log(all / (1 - all)) + lift)));
      return { group, practice, all, share, vTest: lift * (10 + i) * 0.9 };
    }),
  );
  const hidden = hide([20], rows.length);
  return passed({
    classe_nom: words(
      rows.map(({ group }) => group),
      "Classe",
    ),
    pratique: words(
      rows.map(({ practice }) => practice),
      "Pratique",
    ),
    part: measures(
      rows.map(({ share }) => share),
      "Part de la classe",
      "part",
      hidden,
    ),
    ensemble: measures(
      rows.map(({ all }) => all),
      "Part de l’ensemble",
      "part",
    ),
    v_test: measures(
      rows.map(({ vTest }) => vTest),
      "Valeur-test",
      "",
      hidden,
    ),
  });
};
export const profilesOptions: ClassProfilesOptions = {
  ...text,
  id: "profils",
  group: "classe_nom",
  row: "pratique",
  inClass: "part",
  overall: "ensemble",
  vTest: "v_test",
  axisTitle: "Part des personnes de la classe qui ont eu cette pratique dans l’année",
};

export const shrinkageOptions: ShrinkagePlotOptions = {
  ...text,
  id: "rapprochement",
  name: "nom",
  direct: "direct",
  model: "modele",
  size: "enquetes",
  directTitle: "Estimation directe",
  modelTitle: "Estimation par le modèle",
  overall: { value: 0.42, label: "ensemble\u00a0: 42\u202f%" },
};

export const wishTable = (places = 14): Released => {
  const random = seededRandom(8);
  const rows = Array.from({ length: places }, () => ({
    supply: 18 * random() ** 2,
    practice: 0.2 + 0.35 * random(),
    wish: 0.08 + 0.2 * random(),
    half: 0.03 + 0.06 * random(),
  }));
  const share = (of: (row: (typeof rows)[number]) => number, label: string): ReturnType<typeof measures> =>
    measures(rows.map(of), label, "part", hide([6], places));
  return passed({
    nom: words(
      rows.map((_, i) => placeName(i)),
      "Quartier",
    ),
    places: measures(
      rows.map(({ supply }) => supply),
      "Places à 15 minutes",
      "places pour 1 000 habitants",
    ),
    pratique: share(({ practice }) => practice, "Ont vu un spectacle"),
    pratique_bas: share(({ practice, half }) => practice - half, "Borne basse"),
    pratique_haut: share(({ practice, half }) => practice + half, "Borne haute"),
    attente: share(({ wish }) => wish, "Voudraient en voir"),
    attente_bas: share(({ wish, half }) => Math.max(0, wish - half), "Borne basse"),
    attente_haut: share(({ wish, half }) => wish + half, "Borne haute"),
  });
};
export const wishOptions: SupplyPracticeWishOptions = {
  ...text,
  id: "offre-pratique-attente",
  row: "nom",
  supply: {
    value: "places",
    axisTitle: "places pour 1\u202f000 habitants, à 15 minutes",
    reference: { value: 6.4, label: "ville\u00a0: 6,4" },
  },
  practice: {
    value: "pratique",
    low: "pratique_bas",
    high: "pratique_haut",
    axisTitle: "ont vu un spectacle dans l’année",
    reference: { value: 0.41, label: "ville\u00a0: 41\u202f%" },
  },
  wish: {
    value: "attente",
    low: "attente_bas",
    high: "attente_haut",
    axisTitle: "voudraient en voir et n’en ont pas vu",
    reference: { value: 0.17, label: "ville\u00a0: 17\u202f%" },
  },
  order: "supply",
};

const eigenvalues = [0.171, 0.093, 0.071, 0.066, 0.062, 0.0585, 0.055, 0.052, 0.05, 0.047];
export const screeTable = (): Released => {
  const mean = 1 / 17;
  const corrected = eigenvalues.map((own) => (own > mean ? ((17 / 16) * (own - mean)) ** 2 : Number.NaN));
  const total = corrected.reduce((sum, own) => sum + (Number.isNaN(own) ? 0 : own), 0);
  return passed({
    axe: words(
      eigenvalues.map((_, i) => `Axe ${i + 1}`),
      "Axe",
    ),
    valeur: measures(eigenvalues, "Valeur propre", ""),
    brut: measures(eigenvalues, "Taux brut", "part"),
    benzecri: measures(
      corrected.map((own) => own / total),
      "Taux de Benzécri",
      "part",
    ),
    greenacre: measures(
      corrected.map((own) => (own / total) * 0.86),
      "Taux de Greenacre",
      "part",
    ),
  });
};
export const screeOptions: ScreeBarsOptions = {
  ...text,
  id: "valeurs-propres",
  axis: "axe",
  eigenvalue: "valeur",
  rates: [
    { column: "brut", name: "Taux brut" },
    { column: "benzecri", name: "Taux de Benzécri" },
    { column: "greenacre", name: "Taux de Greenacre" },
  ],
  mean: 1 / 17,
};

/** A wobbly ring around a place, kilometres. */
const ring = (lon: number, lat: number, km: number, wave: number): readonly (readonly [number, number])[] =>
  Array.from({ length: 41 }, (_, i) => {
    const turn = ((i % 40) * 2 * Math.PI) / 40;
    const far = km * (1 + 0.18 * Math.sin(3 * turn + wave) + 0.1 * Math.cos(7 * turn));
    return [lon + (far * Math.cos(turn)) / 75, lat + (far * Math.sin(turn)) / 111];
  });
const homes = [
  { name: "Maurepas", lon: -1.66, lat: 48.125 },
  { name: "Les Clôteaux et le Bas-Pays", lon: -1.69, lat: 48.095 },
];
const facilityKinds = ["Bibliothèque", "Cinéma", "Conservatoire", "Salle de spectacle"];
const facilities = Array.from({ length: 26 }, (_, i) => ({
  code: `E${i}`,
  name: `Équipement ${i + 1}`,
  kind: facilityKinds[i % 4] ?? "",
  lon: -1.675 + 0.045 * Math.sin(i * 1.7) * (0.3 + (i % 5) / 5),
  lat: 48.11 + 0.03 * Math.cos(i * 2.3) * (0.3 + (i % 7) / 7),
}));
export const facilityTable = (): Released =>
  passed({
    code: words(
      facilities.map(({ code }) => code),
      "Code",
    ),
    equipement: words(
      facilities.map(({ name }) => name),
      "Équipement",
    ),
    genre: words(
      facilities.map(({ kind }) => kind),
      "Genre",
    ),
  });
export const isochroneOptions: IsochroneMapOptions = {
  ...text,
  id: "isochrones",
  code: "code",
  name: "equipement",
  kind: "genre",
  places: facilities,
  mode: "à pied",
  areas: [0.35, 1.05, 2.1].map((km, k) => ({
    minutes: [5, 15, 30][k] ?? 0,
    coordinates: homes.map(({ lon, lat }, h) => [ring(lon, lat, km, h)]),
  })),
  neighbourhoods: homes.map(({ name, lon, lat }) => ({
    name,
    shape: {
      polygons: [
        [
          Float64Array.of(
            ...[
              [-4, -2],
              [4, -3],
              [5, 3],
              [-3, 3],
              [-4, -2],
            ].flatMap(([x = 0, y = 0]) => [lon + x / 1000, lat + y / 1000]),
          ),
        ],
      ],
    },
  })),
};

const effectRows: readonly (readonly [string, string, number, number])[] = [
  ["Âge (référence\u00a0: 15-24 ans)", "25-44 ans", -9.2, 1.4],
  ["Âge (référence\u00a0: 15-24 ans)", "45-64 ans", -17.5, 1.5],
  ["Âge (référence\u00a0: 15-24 ans)", "65 ans ou plus", -27.1, 1.8],
  ["Diplôme (référence\u00a0: baccalauréat)", "Sans diplôme", -15.3, 1.6],
  ["Diplôme (référence\u00a0: baccalauréat)", "CAP ou BEP", -8.8, 1.3],
  ["Diplôme (référence\u00a0: baccalauréat)", "Supérieur", 12.6, 1.5],
  ["Accès et lieu", "10 minutes de marche de plus", -0.8, 0.7],
  ["Accès et lieu", "Quartier prioritaire", -0.4, 1.1],
];
export const effectTable = (): Released =>
  passed({
    groupe: words(
      effectRows.map(([group]) => group),
      "Variable",
    ),
    modalite: words(
      effectRows.map(([, level]) => level),
      "Modalité",
    ),
    effet: measures(
      effectRows.map(([, , effect]) => effect),
      "Effet marginal moyen",
      "points",
    ),
    bas: measures(
      effectRows.map(([, , effect, error]) => effect - 1.96 * error),
      "Borne basse",
      "points",
    ),
    haut: measures(
      effectRows.map(([, , effect, error]) => effect + 1.96 * error),
      "Borne haute",
      "points",
    ),
  });
export const effectOptions: DotPlotOptions = {
  ...text,
  id: "effets",
  row: "modalite",
  facet: "groupe",
  value: "effet",
  low: "bas",
  high: "haut",
  format: ",.0f",
  axisTitle: "Effet marginal moyen sur la part qui va au cinéma, en points",
  reference: { value: 0, label: "aucun effet" },
};

export const cultureGallery: Readonly<Record<string, () => Figure>> = {
  "factor-map": () => factorMap(factorTable(), factorOptions),
  "factor-map-all-names": () => factorMap(factorTable(), { ...factorOptions, unnamed: [] }),
  dendrogram: () => dendrogram(treeTable(), treeOptions),
  "class-profiles": () => classProfiles(profilesTable(), profilesOptions),
  gaps: () => gapPlot(gapTable(), gapOptions),
  effects: () => dotPlot(effectTable(), effectOptions),
  isochrones: () => isochroneMap(facilityTable(), isochroneOptions),
  scree: () => screeBars(screeTable(), screeOptions),
  shrinkage: () => shrinkagePlot(estimateTable(), shrinkageOptions),
  "wish-14": () => supplyPracticeWish(wishTable(), wishOptions),
  "wish-105": () => supplyPracticeWish(wishTable(105), wishOptions),
  "direct-model-105": () => directAgainstModel(estimateTable(), estimateOptions),
  "direct-model-40": () => directAgainstModel(estimateTable(40), estimateOptions),
  "direct-model-5": () => directAgainstModel(estimateTable(5), estimateOptions),
};
