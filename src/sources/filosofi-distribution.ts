import { count, estimate, measure, namesOfYear, ofYear, percent, required, text } from "./columns.ts";
import type { ColumnContract, Contract, Edition } from "./contract.ts";
import { taxIncomeSecrecy } from "./secrecy-rules.ts";

const hidden = { "": "s", s: "s", ns: "ns", nd: "nd" } as const;
const euros = (name: string, label: string): ColumnContract =>
  measure(name, label, "EUR/an", [-10_000, 1_000_000], { missing: hidden });

const distribution: readonly ColumnContract[] = [
  count("NBMEN", "Ménages", "ménages", 5_000_000, { missing: hidden }),
  estimate("NBPERS", "Personnes des ménages", "personnes", 12_000_000, { missing: hidden }),
  estimate("NBUC", "Unités de consommation des ménages", "unités de consommation", 8_000_000, { missing: hidden }),
  euros("Q1", "Premier quartile du niveau de vie"),
  euros("Q2", "Niveau de vie médian"),
  euros("Q3", "Troisième quartile du niveau de vie"),
  ...[1, 2, 3, 4, 6, 7, 8, 9].map((k) => euros(`D${k}`, `Décile ${k} du niveau de vie`)),
  measure("GI", "Indice de Gini du niveau de vie", "", [0, 1], { missing: hidden }),
];

/** The quantiles of the living standard that these sheets publish, by rank: column and share of persons under it. */
export const distributionQuantiles: readonly (readonly [column: string, rank: number])[] = [
  ["D1", 0.1],
  ["D2", 0.2],
  ["Q1", 0.25],
  ["D3", 0.3],
  ["D4", 0.4],
  ["Q2", 0.5],
  ["D6", 0.6],
  ["D7", 0.7],
  ["Q3", 0.75],
  ["D8", 0.8],
  ["D9", 0.9],
];

/** INSEE's household sizes and types, one sheet each, in the words of its documentation. */
const groups: readonly (readonly [sheet: string, prefix: string, label: string])[] = [
  ["TAILLEM_1", "TME1", "une personne"],
  ["TAILLEM_2", "TME2", "deux personnes"],
  ["TAILLEM_3", "TME3", "trois personnes"],
  ["TAILLEM_4", "TME4", "quatre personnes"],
  ["TAILLEM_5", "TME5", "cinq personnes et plus"],
  ["TYPMENR_1", "TYM1", "hommes seuls"],
  ["TYPMENR_2", "TYM2", "femmes seules"],
  ["TYPMENR_3", "TYM3", "couples sans enfant"],
  ["TYPMENR_4", "TYM4", "couples avec enfants"],
  ["TYPMENR_5", "TYM5", "familles monoparentales"],
  ["TYPMENR_6", "TYM6", "ménages complexes"],
];

const archive2017 = {
  via: "file",
  url: "https://www.insee.fr/fr/statistiques/fichier/4291712/indic-struct-distrib-revenu-2017-COMMUNES.zip",
  md5: "a189cb66bf380747884aa0efd91e048a",
  to: "filosofi/indic-struct-distrib-revenu-2017-COMMUNES.zip",
} as const;

const places: readonly ColumnContract[] = [
  required("code_commune", "commune", "Code de la commune", { from: "CODGEO" }),
  text("nom_commune", "Commune", { from: "LIBGEO" }),
];

const common = {
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2017",
  url: "https://www.insee.fr/fr/statistiques/4291712",
  geography: "communes, COG 2020",
  geographies: { commune: 2020 },
  unit: "commune",
  access: "public",
  files: [archive2017.to],
  member: "FILO2017_DISP_COM.xlsx",
  retrieval: archive2017,
  megabytes: 52,
  format: "xlsx",
  key: ["code_commune"],
  published: true,
  secrecy: taxIncomeSecrecy,
} as const;

const edition2019 = (columns: readonly ColumnContract[], prefix = ""): Edition => ({
  vintage: "2019",
  files: ["filosofi/indic-struct-distrib-revenu-2019-COMMUNES.zip", "filosofi-communes/FILO2019_DISP_COM.xlsx"],
  member: "FILO2019_DISP_COM.xlsx",
  geographies: { commune: 2021 },
  names: Object.fromEntries(
    Object.entries(namesOfYear(columns, "19")).map(([name, found]) => [name, `${prefix}${found}`]),
  ),
});

const sharedNotes = [
  "Classeur à cinq lignes de titre\u00a0: l'en-tête est en ligne 6. L'année finit le nom des colonnes (D117, D119).",
  "Niveau de vie\u00a0: revenu disponible du ménage par unité de consommation. La distribution est celle des personnes (à relire dans la note du classeur, non vérifié).",
  "Signes et seuils de diffusion par commune non lus dans ce classeur\u00a0; adresse et archive de 2017 d'après le catalogue de l'Insee, année des communes non vérifiée.",
];

/** Distribution of living standards by commune: all households (sheet ENSEMBLE). */
export const filosofiDistributionContract: Contract = {
  ...common,
  id: "filosofi-distribution",
  title: "Distribution des niveaux de vie, par commune",
  xlsx: { sheet: "ENSEMBLE", headerRow: 6, ignored: "any" },
  columns: [...places, ...ofYear(distribution, "17")],
  editions: [edition2019(distribution)],
  notes: sharedNotes,
};

const ofGroup = (columns: readonly ColumnContract[], prefix: string): readonly ColumnContract[] =>
  ofYear(columns, "17").map((column) => ({ ...column, from: `${prefix}${column.from}` }));

/** The same by size and by type of household, one contract a sheet: what an income ceiling by household needs. */
export const filosofiMenagesContracts: readonly Contract[] = groups.map(([sheet, prefix, label]) => ({
  ...common,
  id: `filosofi-${sheet.toLowerCase().replace("_", "-")}`,
  title: `Distribution des niveaux de vie par commune, ${label}`,
  xlsx: { sheet, headerRow: 6, ignored: "any" },
  columns: [
    ...places,
    ...ofGroup(
      distribution.filter(({ name }) => name !== "GI" && name !== "NBUC"),
      prefix,
    ),
  ],
  editions: [
    edition2019(
      distribution.filter(({ name }) => name !== "GI" && name !== "NBUC"),
      prefix,
    ),
  ],
  notes: [
    ...sharedNotes,
    `Préfixe ${prefix}\u00a0: ${label}. Le taux de pauvreté de ces ménages est dans un autre classeur du même dossier, non lu.`,
  ],
}));

/** Poverty rate by commune of the same release, kept apart by INSEE in a workbook of its own. */
export const filosofiPauvreteContract: Contract = {
  ...common,
  id: "filosofi-pauvrete",
  title: "Taux de pauvreté, par commune",
  member: "FILO2017_DISP_Pauvres_COM.xlsx",
  xlsx: { sheet: "ENSEMBLE", headerRow: 6, ignored: "any" },
  columns: [...places, percent("TP60", "Taux de pauvreté à 60 % de la médiane", { from: "TP6017", missing: hidden })],
  notes: sharedNotes,
};
