import { count, required, text } from "./columns.ts";
import { type ColumnContract, type Contract, noSecrecy } from "./contract.ts";

const persons = (name: string, label: string, from = name): ColumnContract =>
  count(name, label, "personnes", 100_000_000, { from, required: true });

/** Population by département, region and country, each 1 January from 1989 to 2021. */
export const populationDepartementsContract: Contract = {
  id: "population-departements",
  title: "Population par département et tranche d'âge",
  publisher: "Insee (extrait de l'extension asdep)",
  licence: "Licence Ouverte 2.0\u00a0; extension EUPL",
  vintage: "1989 à 2021",
  url: "https://github.com/patrickaubert/asdep",
  geography: "départements, régions et France",
  geographies: { departement: 2020 },
  unit: "territoire et année",
  access: "public",
  files: ["drees_minima_sociaux/population_departements.csv", "minima-sociaux/population_departements.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "mixed", decimal: "." },
  columns: [
    text("code_departement", "Département, NA pour une région ou la France", {
      from: "Code.departement",
      missing: { NA: "nd" },
      pattern: { regex: "\\d{2}|2[AB]|97\\d", expected: "un code de département, comme 35, 2A ou 974" },
    }),
    required("type_territoire", "text", "Département, Région ou France", {
      from: "TypeTerritoire",
      values: ["Département", "Région", "France"],
    }),
    required("territoire", "text", "Nom du territoire", { from: "Territoire" }),
    text("code_region", "Région", { from: "Code.region", missing: { NA: "nd" } }),
    persons("popTOT", "Population totale"),
    persons("popASE", "Population de moins de 20 ans (champ de l'aide à l'enfance)"),
    persons("popPH", "Population de 20 ans et plus (champ du handicap)"),
    persons("popPA", "Population de 60 ans et plus (champ de l'autonomie)"),
    persons("pop_60_99", "Population de 60 ans et plus", "pop.60.99"),
    persons("pop_20_64", "Population de 20 à 64 ans", "pop.20.64"),
    persons("pop_0_20", "Population de moins de 20 ans", "pop.0.20"),
    required("annee", "integer", "Année", { from: "Annee", unit: "", range: [1989, 2021] }),
  ],
  key: ["type_territoire", "territoire", "annee"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "Deux encodages se mêlent jusque dans une ligne. La Corse s'écrit ici 2A et 2B, et non 20A et 20B.",
    "Départements, régions et totaux de France (dont des «\u00a0TOTAL estimé\u00a0») dans un même fichier\u00a0: filtrer avant de sommer. Régions d'outre-mer et départements y sont deux fois.",
    "Codes de région sur trois chiffres outre-mer (101 à 106), qui ne sont pas ceux de l'Insee.",
    "popASE et popPH s'ajoutent exactement en popTOT\u00a0: «\u00a00.20\u00a0» veut donc dire moins de 20 ans. Autres bornes d'âge d'après les noms de colonnes.",
  ],
};
