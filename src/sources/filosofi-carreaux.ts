import { estimate, required } from "./columns.ts";
import type { ColumnContract, Contract } from "./contract.ts";
import { taxIncomeSecrecy } from "./secrecy-rules.ts";

const households = (name: string, label: string): ColumnContract => estimate(name, label, "ménages", 10_000);
const dwellings = (name: string, label: string): ColumnContract => estimate(name, label, "logements", 10_000);
const persons = (name: string, label: string): ColumnContract => estimate(name, label, "personnes", 20_000);

const counts: readonly ColumnContract[] = [
  persons("ind", "Individus"),
  households("men", "Ménages"),
  households("men_pauv", "Ménages pauvres"),
  households("men_1ind", "Ménages d'une personne"),
  households("men_5ind", "Ménages de cinq personnes et plus"),
  households("men_prop", "Ménages propriétaires"),
  households("men_fmp", "Ménages monoparentaux"),
  estimate("ind_snv", "Somme des niveaux de vie winsorisés des individus", "EUR/an", 2_000_000_000),
  estimate("men_surf", "Somme des surfaces des logements", "m²", 2_000_000),
  households("men_coll", "Ménages en logement collectif"),
  households("men_mais", "Ménages en maison"),
  dwellings("log_av45", "Logements construits avant 1945"),
  dwellings("log_45_70", "Logements construits de 1945 à 1969"),
  dwellings("log_70_90", "Logements construits de 1970 à 1989"),
  dwellings("log_ap90", "Logements construits depuis 1990"),
  dwellings("log_inc", "Logements de date de construction inconnue"),
  dwellings("log_soc", "Logements sociaux"),
  persons("ind_0_3", "Individus de 0 à 3 ans"),
  persons("ind_4_5", "Individus de 4 à 5 ans"),
  persons("ind_6_10", "Individus de 6 à 10 ans"),
  persons("ind_11_17", "Individus de 11 à 17 ans"),
  persons("ind_18_24", "Individus de 18 à 24 ans"),
  persons("ind_25_39", "Individus de 25 à 39 ans"),
  persons("ind_40_54", "Individus de 40 à 54 ans"),
  persons("ind_55_64", "Individus de 55 à 64 ans"),
  persons("ind_65_79", "Individus de 65 à 79 ans"),
  persons("ind_80p", "Individus de 80 ans et plus"),
  persons("ind_inc", "Individus d'âge inconnu"),
];

/** In 2015 and 2017 the names begin with a capital: Ind, Men_pauv, Log_45_70. */
const capital = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
const capitalNames = Object.fromEntries(counts.map(({ name }) => [name, capital(name)]));

/** Squares of 200 m with residents: households, incomes, ages, dwellings. */
export const filosofiCarreauxContract: Contract = {
  id: "filosofi-carreaux",
  title: "Données carroyées à 200 m",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2019",
  url: "https://www.insee.fr/fr/statistiques/7655475",
  geography: "carreaux de 200 m, 2019",
  geographies: { carreau: 2019, commune: 2021 },
  unit: "carreau",
  access: "public",
  files: ["filosofi-carreaux/carreaux_200m_met.csv", "filosofi-carreaux/Filosofi2019_carreaux_200m_csv.zip"],
  member: "carreaux_200m_met.csv",
  megabytes: 200,
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: ".", ignored: "any" },
  columns: [
    required("idcar_200m", "carreau", "Identifiant du carreau"),
    required("i_est_200", "integer", "Carreau imputé (1) ou non (0)", { unit: "", values: ["0", "1"] }),
    required("communes", "text", "Communes du carreau, codes accolés", {
      from: "lcog_geo",
      pattern: { regex: "(\\d{5}|2[AB]\\d{3})+", expected: "des codes de commune accolés, cinq caractères chacun" },
    }),
    ...counts,
  ],
  key: ["idcar_200m"],
  published: true,
  secrecy: taxIncomeSecrecy,
  editions: [
    {
      vintage: "2019, GeoPackage",
      files: ["filosofi-carreaux/carreaux_200m_met.gpkg"],
      format: "geopackage",
    },
    {
      vintage: "2017",
      url: "https://www.insee.fr/fr/statistiques/6215217",
      files: ["filosofi-carreaux/Filosofi2017_carreaux_200m_met.csv"],
      geographies: { carreau: 2017, commune: 2019 },
      names: { ...capitalNames, idcar_200m: "Idcar_200m", i_est_200: "I_est_200" },
    },
    {
      vintage: "2015",
      url: "https://www.insee.fr/fr/statistiques/4176290",
      files: ["filosofi-carreaux/Filosofi2015_carreaux_200m_metropole.csv"],
      geographies: { carreau: 2015, commune: 2016 },
      names: { ...capitalNames, idcar_200m: "IdINSPIRE", i_est_200: "I_est_cr", communes: "Depcom" },
    },
  ],
  notes: [
    "i_est_200 = 1\u00a0: carreau de moins de 11 ménages, dont les valeurs sont imputées à partir du carreau plus grand qui le contient. Le compter comme observé serait faux.",
    "ind_snv est une SOMME de niveaux de vie\u00a0: la diviser par ind donne une moyenne, jamais une médiane.",
    "Un carreau peut porter plusieurs communes, accolées sans séparateur (cinq caractères chacune).",
    "Carreaux du quadrillage européen (EPSG:3035)\u00a0; l'identifiant donne le coin sud-ouest. Chaque territoire d'outre-mer a son fichier et sa projection.",
    "Les noms changent\u00a0: minuscules en 2019, Ind et Idcar_200m en 2017, IdINSPIRE et Depcom en 2015. Années des communes non vérifiées\u00a0; archive 7z ou zip selon la page, adresse directe non vérifiée.",
  ],
};
