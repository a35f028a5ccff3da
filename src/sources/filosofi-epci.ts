import { required } from "./columns.ts";
import type { Contract } from "./contract.ts";
import { filosofiIndicators2016 } from "./filosofi-base.ts";
import { taxIncomeSecrecy } from "./secrecy-rules.ts";

/** Incomes and poverty by intercommunality. */
export const filosofiEpciContract: Contract = {
  id: "filosofi-epci",
  title: "Revenus et pauvreté des ménages, par EPCI",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2016",
  url: "https://www.insee.fr/fr/statistiques/4190004",
  geography: "EPCI au 1er janvier 2019",
  geographies: { epci: 2019 },
  unit: "EPCI",
  access: "public",
  files: ["insee_doremifasoldata/filosofi_epci_2016.csv", "filosofi/filosofi_epci_2016.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    required("code_epci", "epci", "SIREN de l'EPCI", { from: "CODGEO" }),
    required("nom_epci", "text", "EPCI", { from: "LIBGEO" }),
    ...filosofiIndicators2016,
  ],
  key: ["code_epci"],
  published: true,
  secrecy: taxIncomeSecrecy,
  notes: [
    "1 244 EPCI\u00a0; médiane, déciles et taux de pauvreté partout, mais le taux par âge manque à 46 à 597 d'entre eux.",
    "L'année des contours (2019) est déduite de leur nombre, non lue\u00a0: 18 de ces EPCI n'existent plus en 2026.",
  ],
};
