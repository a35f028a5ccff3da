import { required, text } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

const common = {
  publisher: "Pôle emploi (copie de Bob Emploi)",
  licence: "non dite par le dépôt, données publiques de Pôle emploi",
  url: "https://github.com/bayesimpact/bob-emploi",
  geographies: { departement: 2016 },
  unit: "offre d'emploi",
  access: "public",
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  key: [],
  published: true,
  secrecy: noSecrecy,
} as const;

const card = [
  required("metier", "text", "Métier, complété par des blancs", { from: "rome_profession_card_name" }),
  required("code_rome", "rome", "Code du métier", { from: "rome_profession_card_code" }),
  required("date_creation", "text", "Date de création, AAAA-MM-JJ HH:MM", { from: "creation_date" }),
  required("code_departement", "departement", "Département", { from: "departement_code" }),
] as const;

/** Listed offers of nine départements, 2016. */
export const peOffresDepartementsContract: Contract = {
  ...common,
  id: "pe-offres-departements",
  title: "Offres de Pôle emploi, échantillon de neuf départements",
  vintage: "2016",
  geography: "départements",
  files: ["rome_emploi/bob_offers_per_departement.csv"],
  columns: [
    required("appellation", "text", "Appellation, complétée par des blancs", { from: "rome_profession_name" }),
    required("code_appellation", "text", "Code de l'appellation, avec ses zéros", { from: "rome_profession_code" }),
    ...card,
  ],
  notes: [
    "365 offres, échantillon d'essai. Libellés complétés par des blancs jusqu'à une largeur fixe\u00a0; dernière ligne vide.",
  ],
};

/** Listed seasonal offers of the Alpes-Maritimes, 2015 to 2017. */
export const peOffresSaisonnieresContract: Contract = {
  ...common,
  id: "pe-offres-saisonnieres",
  title: "Offres saisonnières de Pôle emploi, échantillon des Alpes-Maritimes",
  vintage: "2015 à 2017",
  geography: "département 06",
  files: ["rome_emploi/bob_seasonal_offers_2015_2017.csv"],
  columns: [text("type_contrat", "Type de contrat (SAI)", { from: "contract_type_code" }), ...card],
  notes: ["793 offres d'un seul département, échantillon d'essai. Libellés complétés par des blancs."],
};
