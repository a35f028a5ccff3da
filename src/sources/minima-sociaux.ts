import { count, estimate, required, text } from "./columns.ts";
import type { ColumnContract, Contract } from "./contract.ts";

const absent = { NA: "nd" } as const;
const persons = (name: string, label: string): ColumnContract =>
  estimate(name, label, "personnes", 5_000_000, { missing: absent });
const households = (name: string, label: string): ColumnContract =>
  estimate(name, label, "foyers", 5_000_000, { missing: absent });
const rsa = (name: string, label: string, unit: string): ColumnContract =>
  count(name, label, unit, 5_000_000, { missing: absent });

/** Beneficiaries of the minimum income benefits by département, each 31 December from 1995 to 2019. */
export const minimaSociauxContract: Contract = {
  id: "minima-sociaux",
  title: "Allocataires des minima sociaux par département",
  publisher: "Drees (extrait de l'extension asdep)",
  licence: "Licence Ouverte 2.0\u00a0; extension EUPL",
  vintage: "1995 à 2019",
  url: "https://github.com/patrickaubert/asdep",
  geography: "départements, France et caisses",
  geographies: { departement: 2020 },
  unit: "territoire et année",
  access: "public",
  files: ["drees_minima_sociaux/minsoc_departements.csv", "minima-sociaux/minsoc_departements.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "mixed", decimal: "." },
  columns: [
    text("code_drees", "Département (20A et 20B en Corse), NA pour un total", {
      from: "Code.departement",
      missing: absent,
      pattern: {
        regex: "\\d{2}|20[AB]|97\\d",
        expected: "un département à l'écriture de la Drees, comme 35, 20A ou 974",
      },
    }),
    text("territoire", "Nom du territoire", { from: "Territoire", missing: absent }),
    required("type_territoire", "text", "Département ou France", {
      from: "TypeTerritoire",
      values: ["Département", "France"],
    }),
    required("annee", "integer", "Année", { from: "Annee", unit: "", range: [1995, 2019] }),
    persons("AAH", "Allocataires de l'allocation aux adultes handicapés"),
    persons("AERRATSR", "Allocataires de l'AER-R et de l'ATS-R"),
    persons("AIATA", "Allocataires de l'allocation temporaire d'attente (ou d'insertion)"),
    persons("ADA", "Allocataires de l'allocation pour demandeur d'asile"),
    households("API", "Foyers allocataires de l'allocation de parent isolé"),
    persons("ASS", "Allocataires de l'allocation de solidarité spécifique"),
    persons("MinV", "Allocataires du minimum vieillesse"),
    persons("ASI", "Allocataires de l'allocation supplémentaire d'invalidité"),
    persons("AV", "Allocataires de l'allocation veuvage"),
    households("RMI", "Foyers allocataires du RMI"),
    households("RSO", "Allocataires du revenu de solidarité outre-mer"),
    persons("TotMinSoc", "Ensemble des minima sociaux"),
    rsa("RSAalloc", "Foyers allocataires du RSA", "foyers"),
    rsa("RSAbenef", "Personnes couvertes par le RSA (allocataire, conjoint, personnes à charge)", "personnes"),
    rsa("RSApopcouv", "Population couverte par le RSA, au sens du fichier", "personnes"),
    households("RMIRSA", "Foyers allocataires du RMI, puis du RSA"),
  ],
  key: [],
  published: true,
  secrecy: { unit: "allocataire", minUnits: 11, statedBy: "seuil non publié\u00a0: le plus strict connu (11)" },
  notes: [
    "Deux encodages se mêlent jusque DANS une ligne\u00a0: «\u00a0Département\u00a0» en UTF-8 et «\u00a0Ardèche\u00a0» en Latin-1. Chaque suite d'octets se lit pour ce qu'elle est.",
    "350 lignes sans code sont des totaux (France, DOM, caisses, CNAV…), 24 n'ont pas même de nom\u00a0: filtrer type_territoire avant toute somme.",
    "La Corse s'écrit 20A et 20B. Lot-et-Garonne et La Réunion ont deux lignes par an\u00a0: l'une porte l'ASS seule, l'autre tout le reste. Aucune clé ne tient avant de les réunir.",
    "RSAalloc compte des foyers, RSAbenef les personnes couvertes\u00a0; RSApopcouv est plus petit que RSAbenef malgré son nom (France 2019\u00a0: 1 916 100, 3 867 600 et 2 167 500).",
    "Zéro n'y est pas toujours un compte\u00a0: Mayotte a 0 au RSA avant qu'il y existe (2012), et RMIRSA vaut 0 sur des lignes de caisses.",
    "Unités\u00a0: le RMI, l'API et le RSA comptent des foyers, les autres des personnes\u00a0; TotMinSoc les additionne tels quels.",
  ],
};
