import { required } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** Communes, each a point, with the list of the priority neighbourhoods of 2024 that they hold. */
export const qpvCommunes2024Contract: Contract = {
  id: "qpv-communes-2024",
  title: "Communes des quartiers prioritaires de 2024",
  publisher: "ANCT (SIG Ville)",
  licence: "Licence Ouverte 2.0",
  vintage: "2024",
  url: "https://www.data.gouv.fr/fr/datasets/quartiers-prioritaires-de-la-politique-de-la-ville-qpv/",
  geography: "communes, COG 2024\u00a0; QPV 2024",
  geographies: { commune: 2024, qpv: 2024 },
  unit: "commune",
  access: "public",
  files: ["anct_qpv2024/centroide-4326_qpv.geojson", "qpv-communes-2024/centroide-4326_qpv.geojson"],
  format: "geojson",
  columns: [
    required("code_commune", "commune", "Code de la commune", { from: "insee_com", knownTo: "communes" }),
    required("communes", "text", "Communes du ou des quartiers", { from: "lib_com" }),
    required("codes_qp", "text", "Codes des quartiers, séparés par une virgule", {
      from: "code_qp",
      pattern: {
        regex: "QN(\\d{3}|02[AB])\\d{2}[A-Z](, QN(\\d{3}|02[AB])\\d{2}[A-Z])*",
        expected: "un ou plusieurs codes de quartier de 2024, comme QN00101M, QN00102M",
      },
    }),
    required("libelles_qp", "text", "Quartiers, séparés par une virgule", { from: "lib_qp" }),
  ],
  key: ["code_commune"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "Le point est celui de la COMMUNE, jamais celui du quartier\u00a0: aucune distance depuis un quartier ne s'en tire.",
    "824 communes\u00a0; 1 493 codes de quartier distincts sur 1 609\u00a0: le fichier est incomplet.",
    "Un quartier sur plusieurs communes revient dans chacune\u00a0; un nom de quartier peut contenir une virgule, si bien que les noms ne se découpent pas sans erreur\u00a0: se fier aux codes.",
    "Certains noms de communes portent un retour à la ligne.",
  ],
};
