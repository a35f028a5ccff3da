import { numberColumn, type Table, table, textColumn } from "../../src/codes/table.ts";
import { type BeforeAfterOptions, beforeAfter } from "../../src/figures/before-after.ts";
import { type DotPlotOptions, dotPlot } from "../../src/figures/dot-plot.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { type FlowMapOptions, flowMap } from "../../src/figures/flow-map.ts";
import { type HourChartOptions, hourChart } from "../../src/figures/hour-chart.ts";
import { type LorenzCurveOptions, lorenzCurveChart } from "../../src/figures/lorenz-curve.ts";
import { type PlaceMapOptions, placeMap } from "../../src/figures/place-map.ts";
import { type ProfileCurveOptions, profileCurve } from "../../src/figures/profile-curve.ts";
import { type SlopeChartOptions, slopeChart } from "../../src/figures/slope-chart.ts";
import { release } from "../../src/protection/release.ts";
import type { Released } from "../../src/protection/released.ts";
import { sampleLineage } from "../support/lineage.ts";

/** Invented French data for every kind of figure: what the tests draw, and what a person looks at (test/figures/draw-gallery.ts). */
const lineage = sampleLineage({ published: true });

/** A table let through the gate as published. */
export const passed = (columns: Table["columns"]): Released =>
  release(table(columns, lineage), { name: "galerie", open: [] });

export const words = (values: readonly string[], label: string): ReturnType<typeof textColumn> =>
  textColumn(values, { label });
export const measures = (
  values: readonly number[],
  label: string,
  unit: string,
  missing: readonly number[] = [],
): ReturnType<typeof numberColumn> =>
  numberColumn(values, {
    label,
    unit,
    missing: missing.length > 0 ? Uint8Array.from(values, (_, i) => missing[i] ?? 0) : null,
  });

export const text = {
  title: "Un titre qui dit ce que l’on trouve, assez long pour occuper deux lignes quand la page est étroite",
  subtitle: "Ce qui est mesuré, dans son unité",
  alt: "Dessin d’essai fait de données inventées, pour regarder chaque genre de figure.",
  champ: "quartiers inventés, 2026",
  lecture: "dans le quartier des Brumes, la moitié des offres est à moins de 30 minutes.",
};

const reach = (minutes: number, half: number, top: number): number =>
  Math.round((top / (1 + Math.exp((half - minutes) / 7))) * 1000) / 1000;

const profileNames = [
  "Maurepas-Gayeulles",
  "La Vigie du Phare et Cité des Terre-Neuvas",
  "Commune de Port-Brume",
  "Agglomération de Port-Brume",
];
const profileTimes = Array.from({ length: 19 }, (_, i) => i * 5);
const profileRows = profileNames.flatMap((name, s) =>
  profileTimes.map((t) => ({ name, t, v: reach(t, [34, 51, 30, 33][s], [0.82, 0.41, 0.86, 0.79][s]) })),
);

export const profileTable = (): Released =>
  passed({
    lieu: words(
      profileRows.map(({ name }) => name),
      "Lieu",
    ),
    minutes: measures(
      profileRows.map(({ t }) => t),
      "Temps",
      "min",
    ),
    part: measures(
      profileRows.map(({ v }) => v),
      "Offres atteintes",
      "part",
      profileRows.map(({ name, t }) => (name.startsWith("La Vigie") && t > 75 ? 1 : 0)),
    ),
    offres: measures(
      profileRows.map(({ v }) => Math.round(v * 2031)),
      "Offres atteintes",
      "offres",
    ),
  });

export const profileOptions: ProfileCurveOptions = {
  ...text,
  id: "profil",
  series: "lieu",
  minutes: "minutes",
  value: "part",
  axisTitle: "Part des offres atteintes",
};

const towns = [
  "Port-Brume",
  "Saint-Orme-les-Bains",
  "Hauteville-sur-Vilaine",
  "Kerlann",
  "La Roche-Fable",
  "Val-de-Craie",
  "Monts-le-Clair",
  "Pont-Aubert",
  "Les Trois-Clochers",
  "Belle-Ance",
  "Quai-Neuf et Vieux-Port de la Hève",
  "ensemble",
];
const levels = ["même métier", "métier proche", "même domaine"];
const slopeRows = towns.flatMap((town, i) =>
  levels.map((level, k) => ({
    town,
    level,
    km: Math.round((15.2 - i * 0.8 - k * (0.8 + (i % 3))) * 10) / 10,
    gap: i === 3 && k === 2 ? 1 : i === 5 && k === 1 ? 3 : 0,
  })),
);
export const slopeTable = (): Released =>
  passed({
    ville: words(
      slopeRows.map(({ town }) => town),
      "Ville",
    ),
    niveau: words(
      slopeRows.map(({ level }) => level),
      "Correspondance",
    ),
    km: measures(
      slopeRows.map(({ km, town, level }) =>
        town === "Belle-Ance" && level === "même métier" ? Number.POSITIVE_INFINITY : km,
      ),
      "Distance médiane",
      "km",
      slopeRows.map(({ gap }) => gap),
    ),
  });
export const slopeOptions: SlopeChartOptions = {
  ...text,
  id: "pente",
  row: "ville",
  level: "niveau",
  value: "km",
  axisTitle: "Distance médiane, kilomètres",
};

const hours = [5, 7, 9, 13, 17, 21, 23];
const hourRows = ["aller vers l’emploi", "retour au quartier"].flatMap((way, s) =>
  hours.map((h) => ({
    way,
    h,
    v:
      h === 5 && s === 0
        ? Number.NaN
        : h >= 21 && s === 1
          ? Number.POSITIVE_INFINITY
          : Math.round(40 - 10 * Math.exp(-((h - 9 - 8 * s) ** 2) / 12)) / 100,
  })),
);
export const hourTable = (): Released =>
  passed({
    sens: words(
      hourRows.map(({ way }) => way),
      "Sens",
    ),
    heure: measures(
      hourRows.map(({ h }) => h),
      "Heure",
      "h",
    ),
    part: measures(
      hourRows.map(({ v }) => v),
      "Offres atteintes",
      "part",
    ),
  });
export const hourOptions: HourChartOptions = {
  ...text,
  id: "heures",
  hour: "heure",
  series: "sens",
  value: "part",
  axisTitle: "Offres à moins de 45 minutes",
  gapWords: { notAvailable: "horaires inconnus" },
};

const lorenzNames = ["À pied", "Transports collectifs, heure de pointe", "Voiture"];
const lorenzRows = lorenzNames.flatMap((mode, m) =>
  Array.from({ length: 21 }, (_, i) => ({
    mode,
    p: i / 20,
    l: Math.round((i / 20) ** [3.4, 2.1, 1.3][m] * 1000) / 1000,
    g: Math.round((1 - 2 / ([3.4, 2.1, 1.3][m] + 1)) * 1000) / 1000,
  })),
);
export const lorenzTable = (): Released =>
  passed({
    mode: words(
      lorenzRows.map(({ mode }) => mode),
      "Mode",
    ),
    personnes: measures(
      lorenzRows.map(({ p }) => p),
      "Part des habitants",
      "part",
    ),
    part: measures(
      lorenzRows.map(({ l }) => l),
      "Part de l’accès",
      "part",
    ),
    gini: measures(
      lorenzRows.map(({ g }) => g),
      "Indice de Gini",
      "",
    ),
  });
export const lorenzOptions: LorenzCurveOptions = {
  ...text,
  id: "lorenz",
  series: "mode",
  people: "personnes",
  share: "part",
  gini: "gini",
  peopleTitle: "Part des habitants, du moins au mieux desservi",
  shareTitle: "Part des offres atteintes",
};

const policyRows = towns.map((town, i) => ({
  town,
  before: 0.1 + ((i * 37) % 11) / 30,
  gain: [0.123, 0.004, 0, 0.2, -0.012, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.072][i] ?? 0,
}));
export const policyTable = (): Released =>
  passed({
    ville: words(
      policyRows.map(({ town }) => town),
      "Ville",
    ),
    avant: measures(
      policyRows.map(({ before }) => before),
      "Part avant",
      "part",
      policyRows.map((_, i) => (i === 6 ? 1 : 0)),
    ),
    apres: measures(
      policyRows.map(({ before, gain }) => before + gain),
      "Part après",
      "part",
    ),
    ecart: measures(
      policyRows.map(({ gain }) => gain),
      "Écart",
      "part",
      policyRows.map((_, i) => (i === 6 ? 1 : 0)),
    ),
    bas: measures(
      policyRows.map(({ gain }) => gain - 0.021),
      "Borne basse",
      "part",
    ),
    haut: measures(
      policyRows.map(({ gain }) => gain + 0.034),
      "Borne haute",
      "part",
    ),
  });
export const policyOptions: BeforeAfterOptions = {
  ...text,
  id: "avant-apres",
  row: "ville",
  before: "avant",
  after: "apres",
  difference: "ecart",
  low: "bas",
  high: "haut",
  beforeName: "Aujourd’hui",
  afterName: "Avec le permis",
  axisTitle: "Offres à moins de 45 minutes",
};

const hexagons = Array.from({ length: 900 }, (_, i) => {
  const [column, row] = [i % 30, Math.floor(i / 30)];
  return {
    code: `H${String(i).padStart(4, "0")}`,
    lon: -51.2 + (column + (row % 2) / 2) * 0.00444,
    lat: -30.08 + row * 0.00332,
  };
}).filter(({ lon, lat }) => Math.hypot(lon + 51.13, lat + 30.03) < 0.055);
export const cellTable = (): Released =>
  passed({
    id: words(
      hexagons.map(({ code }) => code),
      "Cellule",
    ),
    minutes: measures(
      hexagons.map(({ lon, lat }, i) =>
        i % 97 === 5 ? Number.POSITIVE_INFINITY : Math.round(12 + 900 * Math.hypot(lon + 51.16, lat + 30.02)),
      ),
      "Temps médian",
      "min",
      hexagons.map((_, i) => (i % 61 === 7 ? 1 : i % 89 === 3 ? 3 : 0)),
    ),
  });
export const cellOptions: PlaceMapOptions = {
  ...text,
  id: "carte-cellules",
  code: "id",
  value: "minutes",
  legend: "Temps médian jusqu’aux offres, minutes",
  places: hexagons,
  cell: { shape: "hexagon", metres: 420 },
  lines: [Float64Array.from([-51.19, -30.06, -51.16, -30.02, -51.11, -30.01, -51.09, -29.985])],
  linesName: "ligne de tramway à l’étude",
};

const flowPlaces = [
  { code: "Q1", name: "Maurepas", lon: -1.655, lat: 48.127 },
  { code: "Q2", name: "Le Blosne", lon: -1.66, lat: 48.086 },
  { code: "Q3", name: "Villejean-Kennedy", lon: -1.705, lat: 48.121 },
  { code: "Q4", name: "Les Clôteaux – Champs-Manceaux", lon: -1.69, lat: 48.09 },
  { code: "C1", name: "Centre", lon: -1.677, lat: 48.111 },
  { code: "C2", name: "Cesson-Sévigné", lon: -1.603, lat: 48.121 },
  { code: "C3", name: "Saint-Jacques-de-la-Lande, zone de l’aéroport", lon: -1.725, lat: 48.068 },
  { code: "C4", name: "Chantepie", lon: -1.615, lat: 48.088 },
];
const flows: readonly (readonly [string, string, number])[] = [
  ["Q1", "C1", 120],
  ["Q1", "C2", 85],
  ["Q2", "C4", 140],
  ["Q2", "C1", 60],
  ["Q3", "C1", 95],
  ["Q3", "C3", 40],
  ["Q4", "C3", 110],
  ["Q4", "C1", 35],
  ["Q1", "C4", 25],
  ["Q2", "C3", 3],
  ["Q3", "Q3", 30],
  ["Q1", "ailleurs", 18],
  ["Q2", "ailleurs", 11],
  ["Q4", "C2", 0],
];
export const flowTable = (): Released =>
  passed({
    origine: words(
      flows.map(([from]) => from),
      "Quartier",
    ),
    destination: words(
      flows.map(([, to]) => to),
      "Destination",
    ),
    personnes: measures(
      flows.map(([, , count]) => count),
      "Personnes affectées",
      "personnes",
      flows.map(([, , count]) => (count === 3 ? 1 : 0)),
    ),
  });
export const flowOptions: FlowMapOptions = {
  ...text,
  id: "flux",
  origin: "origine",
  destination: "destination",
  people: "personnes",
  places: flowPlaces,
  elsewhere: "ailleurs",
  legend: "Personnes affectées",
};

const places78 = Array.from({ length: 78 }, (_, i) => ({
  name: `${["Les Hauts de", "Cité", "Quartier du", "Le Grand", "Vieux"][i % 5]} ${["Lanvaux", "Brume", "Phare", "Moulin-Neuf", "Val", "Roc’h", "Trois-Chênes"][i % 7]} ${i + 1}`,
  km: Math.round((3 + ((i * 53) % 78) / 5) * 10) / 10,
  place: ["Côtes-d’Armor", "Finistère", "Ille-et-Vilaine", "Morbihan"][i % 4],
}));
export const rankTable = (): Released =>
  passed({
    nom: words([...places78.map(({ name }) => name), "Agglomération de Port-Brume"], "Quartier"),
    km: measures(
      [...places78.map(({ km }, i) => (i === 40 ? Number.POSITIVE_INFINITY : km)), 6.1],
      "Distance médiane",
      "km",
      [...places78.map((_, i) => (i === 10 || i === 50 ? 1 : 0)), 0],
    ),
    bas: measures([...places78.map(({ km }) => km * 0.85), 5.9], "Borne basse", "km", [
      ...places78.map((_, i) => (i === 10 || i === 50 || i === 40 ? 1 : 0)),
      0,
    ]),
    haut: measures([...places78.map(({ km }) => km * 1.2), 6.4], "Borne haute", "km", [
      ...places78.map((_, i) => (i === 10 || i === 50 || i === 40 ? 1 : 0)),
      0,
    ]),
    departement: words([...places78.map(({ place }) => place), "Comparaison"], "Département"),
  });
/** 105 names as long as those of a region, with their town. */
export const longNameTable = (): Released => {
  const places = Array.from({ length: 105 }, (_, i) => i);
  return passed({
    nom: words(
      places.map(
        (i) =>
          `Quartier ${["Bas-Vernet", "Grand Moulin", "Cité des Oliviers"][i % 3]} Ancien Secteur ${i + 1} (Port-Brume)`,
      ),
      "Quartier",
    ),
    km: measures(
      places.map((i) => 3 + ((i * 53) % 105) / 5),
      "Distance médiane",
      "km",
    ),
    bas: measures(
      places.map((i) => 2 + ((i * 53) % 105) / 5),
      "Borne basse",
      "km",
    ),
    haut: measures(
      places.map((i) => 5 + ((i * 53) % 105) / 5),
      "Borne haute",
      "km",
    ),
  });
};
export const rankOptions: DotPlotOptions = {
  ...text,
  id: "rang",
  row: "nom",
  value: "km",
  low: "bas",
  high: "haut",
  axisTitle: "Kilomètres",
  order: "value",
  highlight: ["Agglomération de Port-Brume"],
  format: ",.0f",
};

export const gallery: Readonly<Record<string, () => Figure>> = {
  "rank-78": () => dotPlot(rankTable(), rankOptions),
  "rank-long-names": () => dotPlot(longNameTable(), { ...rankOptions, highlight: [] }),
  "rank-78-facets": () =>
    dotPlot(rankTable(), {
      ...rankOptions,
      id: "rang-departements",
      facet: "departement",
      reference: { value: 6.1, label: "agglomération" },
    }),
  "map-hexagons": () => placeMap(cellTable(), cellOptions),
  "map-dots": () =>
    placeMap(cellTable(), { ...cellOptions, id: "carte-points", cell: { shape: "dot" }, bounds: [20, 30, 45] }),
  flows: () => flowMap(flowTable(), flowOptions),
  slope: () => slopeChart(slopeTable(), slopeOptions),
  "slope-highlight": () =>
    slopeChart(slopeTable(), {
      ...slopeOptions,
      id: "pente-choisie",
      highlight: ["ensemble", "Port-Brume", "Kerlann"],
    }),
  hours: () => hourChart(hourTable(), hourOptions),
  lorenz: () => lorenzCurveChart(lorenzTable(), lorenzOptions),
  "before-after": () => beforeAfter(policyTable(), policyOptions),
  "before-after-ranked": () =>
    beforeAfter(policyTable(), { ...policyOptions, id: "avant-apres-range", order: "difference" }),
  "profile-share": () => profileCurve(profileTable(), profileOptions),
  "profile-log": () =>
    profileCurve(profileTable(), {
      ...profileOptions,
      id: "profil-log",
      value: "offres",
      axisTitle: "Offres atteintes (échelle logarithmique)",
      scale: "log",
      interpolate: "line",
    }),
};
