import { required, text } from "./columns.ts";
import type { Contract } from "./contract.ts";
import { establishmentSecrecy } from "./secrecy-rules.ts";

/** Bands of staff of SIRENE, which are codes and not numbers: NN unknown, 00 none... */
const bands = ["NN", "00", "01", "02", "03", "11", "12", "21", "22", "31", "32", "41", "42", "51", "52", "53"];

/** Establishments, open and closed: the stock of the register of enterprises. */
export const sireneEtablissementsContract: Contract = {
  id: "sirene-etablissements",
  title: "Base Sirene, stock des établissements",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "stock mensuel",
  url: "https://www.data.gouv.fr/fr/datasets/base-sirene-des-entreprises-et-de-leurs-etablissements-siren-siret/",
  geography: "communes, COG de l'année du stock",
  unit: "établissement",
  access: "public",
  files: ["sirene/StockEtablissement_utf8.parquet"],
  retrieval: {
    via: "data.gouv",
    dataset: "base-sirene-des-entreprises-et-de-leurs-etablissements-siren-siret",
    titled: "StockEtablissement_utf8.parquet",
    to: "sirene/StockEtablissement_utf8.parquet",
  },
  megabytes: 2200,
  format: "parquet",
  columns: [
    required("siret", "siret", "SIRET de l'établissement"),
    text("activite", "Activité principale, NAF", {
      from: "activitePrincipaleEtablissement",
      missing: { "[ND]": "nd" },
    }),
    text("code_commune", "Commune de l'établissement", {
      from: "codeCommuneEtablissement",
      missing: { "[ND]": "nd" },
    }),
    required("etat", "text", "État\u00a0: A en activité, F fermé", {
      from: "etatAdministratifEtablissement",
      values: ["A", "F"],
    }),
    text("tranche_effectifs", "Tranche d'effectif salarié", {
      from: "trancheEffectifsEtablissement",
      values: bands,
      missing: { NN: "nd" },
    }),
    text("annee_effectifs", "Année de la tranche d'effectif", { from: "anneeEffectifsEtablissement" }),
    text("date_creation", "Date de création, AAAA-MM-JJ", { from: "dateCreationEtablissement" }),
    text("siege", "Siège de l'unité légale (true, false)", { from: "etablissementSiege" }),
    text("statut_diffusion", "Statut de diffusion (O, P, N)", { from: "statutDiffusionEtablissement" }),
  ],
  key: ["siret"],
  quasiIdentifiers: ["siret"],
  published: true,
  secrecy: establishmentSecrecy,
  editions: [
    {
      vintage: "stock mensuel, CSV",
      files: ["sirene/StockEtablissement_utf8.zip", "sirene/StockEtablissement_utf8.csv"],
      member: "StockEtablissement_utf8.csv",
      format: "csv",
      csv: { separator: ",", encoding: "utf-8", decimal: ".", ignored: "any" },
    },
  ],
  notes: [
    "Plus de quarante millions de lignes, fermés compris\u00a0: lu en flux, et filtré sur l'état A.",
    "Les tranches d'effectif sont des codes\u00a0: 41 = 500 à 999 salariés, 42 = 1 000 à 1 999, 51 = 2 000 à 4 999, 52 = 5 000 à 9 999, 53 = 10 000 et plus. NN\u00a0: non employeur ou inconnu.",
    "Établissements empilés aux sièges et aux adresses de domiciliation\u00a0: ce n'est pas la carte des emplois.",
    "Une personne physique peut s'opposer à la diffusion (statut P)\u00a0: ses champs valent alors [ND]\u00a0; un établissement d'entrepreneur individuel EST une personne.",
    "Le signe [ND] et le format Parquet sont vus chez des utilisateurs, non vérifiés ici. La clé sur tout le stock est annoncée par l'Insee.",
  ],
};
