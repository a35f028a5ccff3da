import { namesOfYear, required, text } from "./columns.ts";
import type { Contract } from "./contract.ts";
import { filosofiIndicators, filosofiIndicators2016 } from "./filosofi-base.ts";
import { taxIncomeSecrecy } from "./secrecy-rules.ts";

/** Incomes and poverty by commune: Filosofi, « base comparateur de territoires ». */
export const filosofiCommunesContract: Contract = {
  id: "filosofi-communes",
  title: "Revenus et pauvreté des ménages, par commune",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2016",
  url: "https://www.insee.fr/fr/statistiques/4190004",
  geography: "communes, COG 2019 (et arrondissements municipaux)",
  geographies: { commune: 2019 },
  unit: "commune",
  access: "public",
  files: ["insee_doremifasoldata/filosofi_com_2016.csv", "filosofi/filosofi_com_2016.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    required("code_commune", "commune", "Code de la commune", { from: "CODGEO", knownTo: "communes" }),
    text("nom_commune", "Commune", { from: "LIBGEO" }),
    ...filosofiIndicators2016,
  ],
  key: ["code_commune"],
  published: true,
  secrecy: taxIncomeSecrecy,
  editions: [
    {
      vintage: "2019",
      url: "https://www.insee.fr/fr/statistiques/6036902",
      files: ["filosofi/base-cc-filosofi-2019_CSV.zip", "filosofi/cc_filosofi_2019_COM.csv"],
      member: "cc_filosofi_2019_COM.csv",
      retrieval: {
        via: "file",
        url: "https://www.insee.fr/fr/statistiques/fichier/6036902/base-cc-filosofi-2019_CSV.zip",
        to: "filosofi/base-cc-filosofi-2019_CSV.zip",
      },
      csv: { separator: ";", encoding: "utf-8", decimal: "." },
      geographies: { commune: 2021 },
      names: namesOfYear(filosofiIndicators, "19"),
      without: ["nom_commune"],
    },
  ],
  notes: [
    "Trois masques, mesurés sur 34 932 lignes\u00a0: la médiane manque à 3 527 communes, les déciles à 29 639, le taux de pauvreté à 30 560.",
    "La raison lue est «\u00a0s\u00a0»\u00a0: l'Insee écrit que des indicateurs manquent pour cause de secret. La règle passe d'abord par la taille\u00a0: aucune commune de 1 000 ménages fiscaux et plus n'est sans déciles.",
    "393 communes de 1 000 ménages et plus ont leurs déciles et pas leur taux de pauvreté. Le plus petit taux publié est 5 %, et ces communes sont plus riches\u00a0: leur trou n'est pas tiré au hasard, ne pas le remplir d'une moyenne.",
    "Les taux par âge et par statut d'occupation manquent bien davantage (le moins masqué, celui des locataires, à 31 758 communes).",
    "Taux arrondis à l'unité, parts au dixième. La distribution est celle des personnes, selon le niveau de vie de leur ménage par unité de consommation.",
    "Paris, Lyon et Marseille sont là deux fois\u00a0: la commune et ses arrondissements. Ne pas sommer les deux.",
    "L'année du COG (2019) est déduite du nombre des communes, non lue. Le fichier d'origine est un .xls\u00a0; celui-ci en est une conversion, où «\u00a0NA\u00a0» a remplacé les signes.",
    "Le fichier de 2019 est à point-virgule, sans nom de commune\u00a0; un tableau y a perdu des signes «\u00a0s\u00a0» selon les copies. Année de ses communes (COG 2021) non vérifiée.",
  ],
};
