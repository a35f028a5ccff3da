import { C2S_THRESHOLD, type C2sTruth, takeUpModel } from "./c2s.ts";
import { ceilingModel } from "./c2s-rights.ts";
import { tallyTruth } from "./c2s-tally.ts";
import { budgetModel } from "./foyer-budgets.ts";
import { priorityShifts } from "./living-standards.ts";
import { placeSpread } from "./priority-households.ts";
import { jsonLines } from "./writing.ts";

/** The planted model, in words and numbers. */
const model = {
  population:
    "chaque quartier est tiré ménage par ménage, aux tailles de menages_qpv (arrondies) ; type selon la taille, âges, statut d'occupation, emploi (taux de tx_tot_empl) ; profil_qpv en compte les marges",
  ecarts_entre_quartiers: placeSpread,
  niveau_de_vie:
    "note d'un ménage = décalages de son groupe + normale ; le rang des personnes du quartier suit deux demi-lois log-normales par disp_d1, disp_q2 et disp_d9",
  decalages: priorityShifts,
  hors_quartiers:
    "mêmes règles ; chaque IRIS a ses habitants hors quartier ; niveau de vie : loi log-normale du reste de la commune (verite/revenus.json, melanges, ou ENSEMBLE sans quartier), qui donne avec les quartiers les quantiles de Filosofi ; décalage d'un type = log(médiane du type / médiane) / sigma",
  unites_de_consommation: "1 ; + 0,5 par personne de 14 ans ou plus ; + 0,3 par enfant de moins de 14 ans",
  foyers:
    "personne de référence, conjoint, enfants de moins de 25 ans ; tout enfant de 25 ans ou plus et toute autre personne est un foyer à part, logé gratuitement ; revenu disponible du ménage partagé à parts égales entre personne de référence, conjoint, grands enfants et autres ; une personne de moins de 25 ans, seule, demande pour elle-même mais n'a pas le RSA ; pas de RSA non plus à partir de 65 ans, sauf avec un enfant ou un conjoint plus jeune",
  budget: budgetModel,
  revenu_de_marche:
    "M tel que revenu disponible = M + RSA + prime d'activité (si quelqu'un travaille) + allocations + aide au logement - impôt ; les ressources de la C2S sont M + allocations + forfait logement ; un droit tient tant que le revenu disponible du foyer est sous celui où il s'éteint (dichotomie sur M)",
  ...ceilingModel,
  droits:
    "rsa : RSA positif (C2S gratuite) ; gratuite_hors_rsa : ressources sous le plafond ; participation : sous 1,35 fois le plafond, arrondi à l'euro avant",
  recours: {
    ...takeUpModel,
    regle:
      "par foyer et droit (rsa, gratuite, participation) : logit(p) + spread × u, u normal par zone ; dans les cinq plus petits quartiers, reluctant pour la participation",
  },
  regime: "par foyer, probabilité de la zone (part_du_regime_general), indépendante du reste",
  annee: 2021,
  seuil: C2S_THRESHOLD,
} as const;

/** `verite/recours-c2s.json`: what a chain of estimation must find again, in persons. */
export function c2sTruths(inside: readonly C2sTruth[], outside: readonly C2sTruth[]): string {
  const neighbourhoods = inside.map(({ code, planted, tally }) => ({ code_qp: code, ...tallyTruth(planted, tally) }));
  const rest = outside.map(({ code, planted, tally }) => ({ code_commune: code, ...tallyTruth(planted, tally) }));
  return `{
"synthetique": true,
"modele": ${JSON.stringify(model, null, 1)},
"quartiers": ${jsonLines(neighbourhoods)},
"hors_quartiers": ${jsonLines(rest)}
}
`;
}
