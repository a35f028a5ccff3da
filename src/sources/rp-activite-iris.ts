import { estimate, measure, required, text } from "./columns.ts";
import type { ColumnContract, Contract } from "./contract.ts";
import { censusSecrecy, taxIncomeSecrecy } from "./secrecy-rules.ts";

const persons = (name: string, label: string): ColumnContract => estimate(name, label, "personnes", 100_000);
const ages: readonly (readonly [string, string])[] = [
  ["1564", "15 à 64 ans"],
  ["1524", "15 à 24 ans"],
  ["2554", "25 à 54 ans"],
  ["5564", "55 à 64 ans"],
];
const groups: readonly string[] = [
  "agriculteurs",
  "artisans, commerçants, chefs d'entreprise",
  "cadres",
  "professions intermédiaires",
  "employés",
  "ouvriers",
];
const modes: readonly (readonly [string, string])[] = [
  ["PAS", "pas de déplacement"],
  ["MAR", "marche"],
  ["VELO", "vélo"],
  ["2ROUESMOT", "deux-roues motorisé"],
  ["VOIT", "voiture"],
  ["TCOM", "transports en commun"],
];

/** Activity of residents, as the census publishes it by IRIS: 48 counts (P: main exploitation, C: complementary one). */
const activity: readonly ColumnContract[] = [
  ...ages.map(([age, label]) => persons(`P17_POP${age}`, `Population de ${label}`)),
  ...ages.map(([age, label]) => persons(`P17_ACT${age}`, `Actifs de ${label}`)),
  ...ages.map(([age, label]) => persons(`P17_ACTOCC${age}`, `Actifs occupés de ${label}`)),
  ...ages.map(([age, label]) => persons(`P17_CHOM${age}`, `Chômeurs de ${label}`)),
  persons("P17_INACT1564", "Inactifs de 15 à 64 ans"),
  persons("P17_ETUD1564", "Élèves et étudiants de 15 à 64 ans"),
  persons("P17_RETR1564", "Retraités de 15 à 64 ans"),
  persons("P17_AINACT1564", "Autres inactifs de 15 à 64 ans"),
  persons("C17_ACT1564", "Actifs de 15 à 64 ans (exploitation complémentaire)"),
  ...groups.map((group, i) => persons(`C17_ACT1564_CS${i + 1}`, `Actifs de 15 à 64 ans, ${group}`)),
  persons("C17_ACTOCC1564", "Actifs occupés de 15 à 64 ans (exploitation complémentaire)"),
  ...groups.map((group, i) => persons(`C17_ACTOCC1564_CS${i + 1}`, `Actifs occupés de 15 à 64 ans, ${group}`)),
  persons("C17_ACTOCC15P", "Actifs occupés de 15 ans et plus"),
  ...modes.map(([mode, label]) => persons(`C17_ACTOCC15P_${mode}`, `Actifs occupés allant au travail\u00a0: ${label}`)),
];

const places: readonly ColumnContract[] = [
  required("code_iris", "iris", "Code de l'IRIS", { from: "IRIS" }),
  required("nom_iris", "text", "IRIS", { from: "LIBIRIS" }),
  required("type_iris", "text", "Type\u00a0: habitat (H), activité (A), divers (D), sans IRIS (Z)", {
    from: "TYP_IRIS",
    values: ["H", "A", "D", "Z"],
  }),
  required("code_commune", "commune", "Code de la commune", { from: "COM" }),
  required("nom_commune", "text", "Commune", { from: "LIBCOM" }),
];

/** Activity of residents by IRIS, whole country, as INSEE publishes it. */
export const rpActiviteIrisContract: Contract = {
  id: "rp-activite-iris",
  title: "Recensement, activité des résidents par IRIS",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2017",
  url: "https://www.insee.fr/fr/statistiques/4799323",
  geography: "IRIS 2019",
  geographies: { iris: 2019, commune: 2019 },
  unit: "IRIS",
  access: "public",
  files: ["rp-iris/base-ic-activite-residents-2017.zip"],
  member: "base-ic-activite-residents-2017.xlsx",
  retrieval: {
    via: "file",
    url: "https://www.insee.fr/fr/statistiques/fichier/4799323/base-ic-activite-residents-2017.zip",
    md5: "2df77900dcd6544a454d39abee9070a9",
    to: "rp-iris/base-ic-activite-residents-2017.zip",
  },
  megabytes: 61,
  format: "xlsx",
  xlsx: { sheet: "IRIS", headerRow: 6, ignored: "any" },
  columns: [...places, ...activity],
  key: ["code_iris"],
  published: true,
  secrecy: censusSecrecy,
  notes: [
    "Estimations pondérées, avec des décimales. P\u00a0: exploitation principale\u00a0; C\u00a0: complémentaire, au quart dans les grandes communes\u00a0; les deux ne se soustraient pas.",
    "Colonnes relevées sur l'extrait parisien de 2017\u00a0; les autres millésimes changent le préfixe (P18_, P19_). Année des IRIS non vérifiée.",
    "Les communes sans IRIS y figurent sous leur code suivi de 0000.",
  ],
};

/** The IRIS of Paris with their activity, commuting modes and incomes: the one IRIS table at hand. */
export const irisParis2017Contract: Contract = {
  id: "iris-paris-2017",
  title: "IRIS de Paris\u00a0: activité, trajets et revenus",
  publisher: "Insee (extrait de DoReMIFaSolData)",
  licence: "Licence Ouverte 2.0",
  vintage: "2017",
  url: "https://github.com/InseeFrLab/DoReMIFaSolData",
  geography: "IRIS 2018, arrondissements municipaux de Paris",
  geographies: { iris: 2018, commune: 2018 },
  unit: "IRIS",
  access: "public",
  files: ["insee_doremifasoldata/data_iris_paris_2017.csv", "rp-iris/data_iris_paris_2017.csv"],
  format: "csv",
  csv: {
    separator: ",",
    encoding: "utf-8",
    decimal: ".",
    ignored: ["categorie_part_cadres", "categorie_arrondissement"],
  },
  columns: [
    ...places,
    measure("DISP_TP6017", "Taux de pauvreté à 60 % de la médiane", "%", [0, 100], { missing: { NA: "s" } }),
    measure("DISP_Q117", "Premier quartile du niveau de vie", "EUR/an", [0, 500_000], { missing: { NA: "s" } }),
    ...activity,
    measure("part_cadres", "Part des cadres parmi les actifs de 15 à 64 ans", "part", [0, 1]),
    measure("taux_chomage", "Part des chômeurs parmi les actifs de 15 à 64 ans", "part", [0, 1]),
    text("arrondissement", "Arrondissement, en deux chiffres"),
    measure("niveau_vie_median", "Niveau de vie médian", "EUR/an", [0, 500_000], { missing: { NA: "s" } }),
  ],
  key: ["code_iris"],
  published: true,
  secrecy: taxIncomeSecrecy,
  notes: [
    "871 IRIS d'habitat ou d'activité\u00a0; le taux de pauvreté manque à 228, médiane et premier quartile à un seul. Le plus petit taux publié est 6,3 %.",
    "part_cadres et taux_chomage ont été calculés par les auteurs de l'extrait\u00a0: parts de 0 à 1, et non pourcentages.",
    "Rien ici sur les quartiers\u00a0: un IRIS n'est pas un quartier prioritaire.",
  ],
};
