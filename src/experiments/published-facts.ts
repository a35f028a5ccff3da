import type { SourceRef } from "../codes/lineage.ts";
import { canonicalJson, sha256 } from "../engine/hash.ts";
import { publishedCeilings } from "../models/benefits/c2s-parameters.ts";
import { nonTakeUpRates } from "../models/benefits/non-take-up-rates.ts";

/** The law and the published rates are typed in the models, from their texts: these references let a figure cite them like any file. */
const noCount = { unit: "texte", minUnits: 1, statedBy: "texte publié, aucune personne comptée" };

/** The ceilings of the C2S as the texts give them. */
export const c2sLawRef: SourceRef = {
  id: "code-securite-sociale-c2s",
  title: "Code de la sécurité sociale, art. L. 861-1, R. 861-3, D. 861-1, et arrêtés annuels",
  publisher: "Légifrance",
  licence: "Licence Ouverte 2.0",
  vintage: "2019-2025",
  url: "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006073189",
  file: "src/models/benefits/c2s-parameters.ts",
  sha256: sha256(canonicalJson(publishedCeilings)),
  synthetic: false,
  published: true,
  secrecy: noCount,
};

/** DREES's national rates of non-take-up. */
export const dreesNonTakeUpRef: SourceRef = {
  id: "drees-non-recours-c2s",
  title: "Estimations du non-recours à la C2S, reprises dans les rapports annuels",
  publisher: "Drees",
  licence: "Licence Ouverte 2.0",
  vintage: "2018-2021",
  url: "https://drees.solidarites-sante.gouv.fr",
  file: "src/models/benefits/non-take-up-rates.ts",
  sha256: sha256(canonicalJson(nonTakeUpRates)),
  synthetic: false,
  published: true,
  secrecy: noCount,
};
