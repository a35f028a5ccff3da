import { measure, namesOfYear, ofYear, percent, required, text } from "./columns.ts";
import type { ColumnContract, Contract } from "./contract.ts";
import { taxIncomeSecrecy } from "./secrecy-rules.ts";

const hidden = { "": "s", s: "s", ns: "ns", nd: "nd" } as const;
const euros = (name: string, label: string): ColumnContract =>
  measure(name, label, "EUR/an", [-10_000, 1_000_000], { missing: hidden });
const share = (name: string, label: string): ColumnContract =>
  measure(name, label, "%", [-100, 200], { missing: hidden });

const indicators: readonly ColumnContract[] = [
  percent("DISP_TP60", "Taux de pauvreté à 60 % de la médiane", { missing: hidden }),
  euros("DISP_Q1", "Premier quartile du niveau de vie"),
  euros("DISP_MED", "Niveau de vie médian"),
  euros("DISP_Q3", "Troisième quartile du niveau de vie"),
  ...[1, 2, 3, 4, 6, 7, 8, 9].map((k) => euros(`DISP_D${k}`, `Décile ${k} du niveau de vie`)),
  measure("DISP_RD", "Rapport interdécile D9/D1", "", [1, 100], { missing: hidden }),
  measure("DISP_S80S20", "Masse des plus riches rapportée à celle des plus pauvres (S80/S20)", "", [1, 100], {
    missing: hidden,
  }),
  measure("DISP_GI", "Indice de Gini", "", [0, 1], { missing: hidden }),
  share("DISP_PACT", "Part des revenus d'activité"),
  share("DISP_PPEN", "Part des pensions, retraites et rentes"),
  share("DISP_PPAT", "Part des revenus du patrimoine et autres revenus"),
  share("DISP_PPSOC", "Part de l'ensemble des prestations sociales"),
  share("DISP_PPFAM", "Part des prestations familiales"),
  share("DISP_PPMINI", "Part des minima sociaux"),
  share("DISP_PPLOGT", "Part des prestations logement"),
  share("DISP_PIMPOT", "Part des impôts (négative)"),
];

/** Living standards by IRIS: Filosofi, disposable income. */
export const filosofiIrisContract: Contract = {
  id: "filosofi-iris",
  title: "Revenus disponibles par IRIS",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2017",
  url: "https://www.insee.fr/fr/statistiques/4479212",
  geography: "IRIS 2018",
  geographies: { iris: 2018, commune: 2018 },
  unit: "IRIS",
  access: "public",
  files: ["filosofi/BASE_TD_FILO_DISP_IRIS_2017.xlsx"],
  retrieval: {
    via: "file",
    url: "https://www.insee.fr/fr/statistiques/fichier/4479212/BASE_TD_FILO_DISP_IRIS_2017.xlsx",
    md5: "6a1e1e68028ce458ff8c08163589ede0",
    to: "filosofi/BASE_TD_FILO_DISP_IRIS_2017.xlsx",
  },
  megabytes: 3,
  format: "xlsx",
  xlsx: { sheet: "IRIS_DISP", headerRow: 6, ignored: "any" },
  columns: [
    required("code_iris", "iris", "Code de l'IRIS", { from: "IRIS" }),
    text("nom_iris", "IRIS", { from: "LIBIRIS" }),
    required("code_commune", "commune", "Code de la commune", { from: "COM" }),
    text("nom_commune", "Commune", { from: "LIBCOM" }),
    ...ofYear(indicators, "17"),
  ],
  key: ["code_iris"],
  published: true,
  secrecy: taxIncomeSecrecy,
  editions: [
    {
      vintage: "2020",
      url: "https://www.insee.fr/fr/statistiques/7233950",
      files: ["filosofi/BASE_TD_FILO_DISP_IRIS_2020_CSV.zip"],
      member: "BASE_TD_FILO_DISP_IRIS_2020.csv",
      retrieval: {
        via: "file",
        url: "https://www.insee.fr/fr/statistiques/fichier/7233950/BASE_TD_FILO_DISP_IRIS_2020_CSV.zip",
        to: "filosofi/BASE_TD_FILO_DISP_IRIS_2020_CSV.zip",
      },
      format: "csv",
      csv: { separator: ";", encoding: "utf-8", decimal: ",", ignored: "any" },
      geographies: { iris: 2021, commune: 2021 },
      names: namesOfYear(indicators, "20"),
      without: ["nom_iris", "code_commune", "nom_commune"],
    },
  ],
  notes: [
    "À partir de 2020, IRIS des communes de 5 000 habitants et plus seulement\u00a0; avant, les communes sans IRIS y sont sous un code finissant par 0000.",
    "La colonne DISP_NOTE dit quand un chiffre est fragile\u00a0: elle est ignorée ici, à relire avant de publier un IRIS.",
    "Signes «\u00a0ns\u00a0», «\u00a0nd\u00a0» et «\u00a0s\u00a0» vus dans des usages publics du fichier. Règle de dominance de 85 % et masque des taux sous 200 personnes\u00a0: non vérifiés.",
    "Année des IRIS déduite, non lue.",
  ],
};
