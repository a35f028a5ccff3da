/**
 * What estimates of non-take-up and outreach plans must not be used for, in words for the reader. The functions of this folder take areas and
 * counts, and give areas and counts: no output has a person. Texts: L114-8 II CRPA (data exchanged to open rights); CNIL, délibération 2023-120.
 */
export const forbiddenUses: readonly string[] = [
  "Contrôler des bénéficiaires ou choisir qui contrôler\u00a0: un territoire où le droit est peu demandé ne dit rien d’une personne.",
  "Rechercher la fraude, ou noter des personnes ou des foyers selon un risque.",
  "Dresser une liste de personnes, de foyers, d’adresses ou de cages d’escalier\u00a0: rien ici ne descend sous le territoire.",
  "Refuser, suspendre ou retarder un droit, ou instruire un dossier plus tard, d’après le lieu d’habitation (choisir où informer n’est pas choisir quel dossier traiter).",
  "Ouvrir un droit contre l’avis de la personne\u00a0: elle garde la liberté de ne pas demander.",
  "Juger un territoire, ses habitants ou les agents d’une caisse sur un rang\u00a0: les rangs sont incertains, et leurs intervalles le disent.",
  "Déduire l’origine, la nationalité ou la santé des habitants.",
];
