import { normal, seededRandom } from "../../src/codes/random.ts";
import { type DirectAgainstModelOptions, directAgainstModel } from "../../src/figures/direct-against-model.ts";
import { type FactorMapOptions, factorMap } from "../../src/figures/factor-map.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { type GapPlotOptions, gapPlot } from "../../src/figures/gap-plot.ts";
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

export const cultureGallery: Readonly<Record<string, () => Figure>> = {
  "factor-map": () => factorMap(factorTable(), factorOptions),
  "factor-map-all-names": () => factorMap(factorTable(), { ...factorOptions, unnamed: [] }),
  gaps: () => gapPlot(gapTable(), gapOptions),
  "direct-model-105": () => directAgainstModel(estimateTable(), estimateOptions),
  "direct-model-40": () => directAgainstModel(estimateTable(40), estimateOptions),
  "direct-model-5": () => directAgainstModel(estimateTable(5), estimateOptions),
};
