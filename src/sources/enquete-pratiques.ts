import type { ColumnContract, Contract } from "./contract.ts";

/** The 17 practices of the last twelve months, with their question. */
export const practices: readonly (readonly [name: string, label: string])[] = [
  ["biblio", "Être allé dans une bibliothèque ou une médiathèque"],
  ["cinema", "Être allé au cinéma"],
  ["musee", "Avoir visité un musée"],
  ["expo", "Avoir visité une exposition"],
  ["patrimoine", "Avoir visité un monument historique"],
  ["theatre", "Être allé au théâtre"],
  ["concert", "Être allé à un concert"],
  ["danse", "Avoir vu un spectacle de danse"],
  ["cirque", "Être allé au cirque"],
  ["festival", "Être allé à un festival"],
  ["livre", "Avoir lu au moins un livre"],
  ["bd", "Avoir lu une bande dessinée"],
  ["presse", "Lire la presse chaque semaine"],
  ["jeuxvideo", "Jouer aux jeux vidéo"],
  ["musique_q", "Écouter de la musique chaque jour"],
  ["tele_q", "Regarder la télévision chaque jour"],
  ["amateur", "Avoir une pratique artistique en amateur"],
];

/** The five outings for which the wish and what stands in its way are asked, with their name in a sentence. */
export const outings: readonly (readonly [name: string, label: string])[] = [
  ["biblio", "dans une bibliothèque"],
  ["cinema", "au cinéma"],
  ["musee", "dans un musée"],
  ["theatre", "au théâtre"],
  ["concert", "à un concert"],
];

/** What stands in the way of those who want and did not go: codes 1 to 6. */
export const barriers: readonly string[] = [
  "prix",
  "temps",
  "distance ou transport",
  "horaires",
  "ne s'y sent pas à sa place ou personne avec qui y aller",
  "autre",
];

/** Minutes on foot from the dwelling, by the producer of the survey. */
const walks: readonly (readonly [name: string, place: string])[] = [
  ["min_biblio", "à la bibliothèque la plus proche"],
  ["min_cinema", "au cinéma le plus proche"],
  ["min_scene", "à la salle de spectacle la plus proche"],
];

const walkColumn = ([name, place]: readonly [string, string]): ColumnContract => ({
  name,
  from: name.toUpperCase(),
  type: "integer",
  label: `Minutes à pied du logement ${place} (120 veut dire 120 ou plus)`,
  unit: "min",
  range: [0, 120],
  missing: { "": "nd" },
});

const expectationColumns = ([name, label]: readonly [string, string]): readonly ColumnContract[] => [
  {
    name: `envie_${name}`,
    from: `ENVIE_${name.toUpperCase()}`,
    type: "integer",
    label: `Aurait aimé aller, ou aller plus souvent, ${label} ces douze derniers mois (1 oui, 0 non)`,
    unit: "",
    range: [0, 1],
    missing: { "": "nd" },
  },
  {
    name: `frein_${name}`,
    from: `FREIN_${name.toUpperCase()}`,
    type: "integer",
    label: `Premier frein de qui voulait aller ${label} et n'y est pas allé (${barriers.map((barrier, i) => `${i + 1} ${barrier}`).join(", ")})`,
    unit: "",
    range: [1, barriers.length],
    missing: { "": "nd" },
  },
];

const practiceColumn = ([name, label]: readonly [string, string]): ColumnContract => ({
  name,
  from: name.toUpperCase(),
  type: "integer",
  label: `${label} (1 oui, 0 non)`,
  unit: "",
  range: [0, 1],
  missing: { "": "nd" },
});

/**
 * Individuals of a survey of cultural practices, in the manner of the DEPS survey of 2018: strata, clusters, weights. The real one is had on
 * request; its columns have other names, and this contract reads the invented file only.
 */
export const enquetePratiquesContract: Contract = {
  id: "enquete-pratiques",
  title: "Enquête sur les pratiques culturelles, individus",
  publisher: "Enquête inventée, à la manière du DEPS (ministère de la Culture)",
  licence: "convention avec le partenaire, pas de rediffusion",
  vintage: "2018",
  url: "https://www.culture.gouv.fr/thematiques/etudes-et-statistiques",
  geography: "communes, COG 2018 ; QPV 2015",
  geographies: { commune: 2018 },
  unit: "personne de 15 ans ou plus",
  access: "partner",
  files: ["enquete-pratiques/pratiques_2018.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "." },
  columns: [
    { name: "id", from: "IDENT", type: "text", label: "Identifiant de la personne", required: true },
    { name: "strate", from: "STRATE", type: "text", label: "Strate : zone et taille d'unité urbaine", required: true },
    {
      name: "zone",
      from: "ZONE",
      type: "text",
      label: "Zone du plan de sondage",
      required: true,
      values: ["A", "B", "C"],
    },
    {
      name: "tuu",
      from: "TUU",
      type: "integer",
      label: "Taille d'unité urbaine (0 rurale, 1 petite, 2 moyenne, 3 métropole)",
      unit: "",
      required: true,
      range: [0, 3],
    },
    { name: "grappe", from: "GRAPPE", type: "text", label: "Grappe : zone d'enquête", required: true },
    {
      name: "poids",
      from: "POIDS",
      type: "number",
      label: "Poids de sondage",
      unit: "personnes",
      summable: true,
      required: true,
      range: [0, 10_000],
    },
    { name: "commune", from: "COMMUNE", type: "commune", label: "Commune de résidence", required: true },
    {
      name: "qpv",
      from: "QPV",
      type: "integer",
      label: "Réside dans un QPV (1 oui, 0 non)",
      unit: "",
      required: true,
      range: [0, 1],
    },
    { name: "code_qp", from: "CODE_QP", type: "qpv2015", label: "Quartier prioritaire de résidence, vide hors QPV" },
    {
      name: "sexe",
      from: "SEXE",
      type: "integer",
      label: "Sexe (1 homme, 2 femme)",
      unit: "",
      required: true,
      range: [1, 2],
    },
    { name: "age", from: "AGE", type: "integer", label: "Âge", unit: "ans", required: true, range: [15, 110] },
    {
      name: "diplome",
      from: "DIPLOME",
      type: "integer",
      label: "Diplôme (1 aucun, 2 CAP ou brevet, 3 baccalauréat, 4 supérieur)",
      unit: "",
      range: [1, 4],
      missing: { "": "nd" },
    },
    {
      name: "pcs",
      from: "PCS",
      type: "integer",
      label: "Groupe socioprofessionnel (3 cadres, 4 intermédiaires, 5 employés, 6 ouvriers, 7 retraités, 8 autres)",
      unit: "",
      range: [3, 8],
      missing: { "": "nd" },
    },
    ...walks.map(walkColumn),
    ...practices.map(practiceColumn),
    ...outings.flatMap(expectationColumns),
  ],
  key: ["id"],
  quasiIdentifiers: ["commune", "code_qp", "sexe", "age", "diplome", "pcs"],
  published: false,
  secrecy: { unit: "enquêté", minUnits: 11, statedBy: "seuil non publié : le plus strict connu (11)" },
  notes: [
    "Plan à strates et grappes : une variance qui l'ignore est trop petite.",
    "La non-réponse dépend de la taille d'unité urbaine et de l'âge ; les poids la corrigent.",
    "Minutes à pied\u00a0: à vol d'oiseau du logement au lieu de la base des équipements, allongé de 30 % (détour des rues), à 4 km/h, par le producteur.",
    "Un frein n'est demandé qu'à ceux qui voulaient (envie = 1) et n'y sont pas allés (pratique = 0)\u00a0: une case vide chez eux est une absence de réponse.",
  ],
};
