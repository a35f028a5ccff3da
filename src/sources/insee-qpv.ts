import { count, measure, percent, required, text } from "./columns.ts";
import type { ColumnContract, Contract, Edition } from "./contract.ts";
import { jobSeekerSecrecy, taxIncomeSecrecy } from "./secrecy-rules.ts";

/** INSEE's signs in the tables of the neighbourhoods. */
const signs = { s: "s", ns: "ns", nd: "nd" } as const;
const upper = (column: ColumnContract): ColumnContract => ({
  ...column,
  from: column.name.toUpperCase(),
  missing: signs,
});
const quartier: readonly ColumnContract[] = [
  required("code_qp", "qpv2015", "Code du quartier", { from: "CODGEO" }),
  text("nom_qp", "Quartier", { from: "LIBGEO" }),
];
const euros = (name: string, label: string): ColumnContract => measure(name, label, "EUR/an", [0, 200_000]);

const unread =
  "Fichier non lu\u00a0: clé CODGEO et noms en capitales d'après des usages publics\u00a0; feuille, ligne d'en-tête et nom du fichier non vérifiés.";
const rules =
  "L'Insee écrit «\u00a0soumis au secret statistique\u00a0» et «\u00a0la plupart des indicateurs sont non sommables\u00a0». Champ\u00a0: France métropolitaine, Martinique, La Réunion.";

const common = {
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  geography: "QPV 2015",
  geographies: { qpv: 2015 },
  unit: "quartier",
  access: "public",
  format: "xlsx",
  xlsx: { sheet: "DATA", headerRow: 6, ignored: "any" },
  key: ["code_qp"],
  published: true,
} as const;

const page = (id: string): string => `https://www.insee.fr/fr/statistiques/${id}`;
const earlier = (vintage: string, id: string, file: string): Edition => ({ vintage, files: [file], url: page(id) });

/** Incomes and poverty of the neighbourhoods (Filosofi), the table from which `qpv-indicateurs` takes its euros. */
export const inseeQpvRevenusContract: Contract = {
  ...common,
  id: "insee-qpv-revenus",
  title: "Revenus et pauvreté des quartiers prioritaires",
  vintage: "2020",
  url: page("7231733"),
  files: ["insee-qpv/revenus_qpv_2020.xlsx"],
  columns: [
    ...quartier,
    ...[
      percent("pmimp", "Part des ménages imposés"),
      euros("decuc_q2", "Revenu déclaré médian par unité de consommation"),
      euros("decuc_d1", "Premier décile du revenu déclaré par unité de consommation"),
      euros("decuc_d9", "Neuvième décile du revenu déclaré par unité de consommation"),
      euros("disp_q2", "Niveau de vie médian"),
      euros("disp_d1", "Premier décile du niveau de vie"),
      euros("disp_d9", "Neuvième décile du niveau de vie"),
      percent("tp60", "Taux de pauvreté à 60 % de la médiane"),
    ].map(upper),
  ],
  secrecy: taxIncomeSecrecy,
  editions: [
    earlier("2019", "6049692", "insee-qpv/revenus_qpv_2019.xlsx"),
    earlier("2018", "5019568", "insee-qpv/revenus_qpv_2018.xlsx"),
    earlier("2017", "5359605", "insee-qpv/revenus_qpv_2017.xlsx"),
  ],
  notes: [
    rules,
    unread,
    "Pour 2021, l'Insee nomme les colonnes DISP_MED_A21, DISP_TP60_A21… (vu chez des utilisateurs) et publie les générations 2015 et 2024 sur deux pages\u00a0: ne pas les soustraire l'une de l'autre.",
  ],
};

/** Population structure of the neighbourhoods. */
export const inseeQpvDemographieContract: Contract = {
  ...common,
  id: "insee-qpv-demographie",
  title: "Démographie des quartiers prioritaires",
  vintage: "2020",
  url: page("5359592"),
  files: ["insee-qpv/DEMO_2020_V1.xlsx", "insee-qpv/demographie_qpv.xlsx"],
  columns: [
    ...quartier,
    ...[
      count("pop_mun", "Population municipale du quartier", "personnes", 500_000),
      measure("ind_jeune", "Indice de jeunesse (0 à 19 ans pour une personne de 60 ans et plus)", "", [0, 50]),
      percent("tx_f", "Part des femmes dans la population"),
      percent("tx_tot_0a24", "Part des 0 à 24 ans"),
      percent("tx_tot_60etplus", "Part des 60 ans et plus"),
      percent("tx_tot_et", "Part des étrangers dans la population"),
      percent("tx_f_et", "Part des étrangères parmi les femmes"),
    ].map(upper),
  ],
  secrecy: { ...taxIncomeSecrecy, unit: "ménage" },
  notes: [
    rules,
    unread,
    "Noms de colonnes vus dans un usage public du fichier\u00a0; millésime de la population non vérifié.",
  ],
};

/** Job seekers of the neighbourhoods at the end of the year. */
export const inseeQpvDemandeursContract: Contract = {
  ...common,
  id: "insee-qpv-demandeurs-emploi",
  title: "Demandeurs d'emploi des quartiers prioritaires",
  vintage: "2020",
  url: page("2500477"),
  files: ["insee-qpv/demandeurs_emploi_qpv_2020.xlsx"],
  columns: [
    ...quartier,
    ...[
      ["abcde", "Demandeurs d'emploi en fin de mois"],
      ["abcde_f", "Demandeuses d'emploi"],
      ["abcde_h", "Demandeurs d'emploi hommes"],
      ["abc_capbep", "Demandeurs d'emploi (A, B, C) de niveau CAP ou BEP"],
      ["abc_bac", "Demandeurs d'emploi (A, B, C) de niveau bac"],
      ["abc_supbac", "Demandeurs d'emploi (A, B, C) de niveau supérieur au bac"],
    ].map(([name = "", label = ""]) => upper(count(name, label, "personnes", 100_000))),
  ],
  secrecy: jobSeekerSecrecy,
  notes: [
    rules,
    unread,
    "Par niveau seulement\u00a0: les métiers recherchés par quartier ne sont pas publiés (source demandeurs-emploi-rome, fichier d'un partenaire).",
    "Adresse\u00a0: sommaire des quartiers\u00a0; page du tableau non vérifiée.",
  ],
};
