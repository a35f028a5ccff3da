import { type Note, note } from "../experiment.ts";

/** What a data clause with the health insurance should ask for, so that the chain can be run again on counted beneficiaries. */
export function dataClause(minUnits: number): Note {
  return note(
    [
      "Ce qu’un article de convention peut demander à la Cnam, à la caisse primaire et à la MSA, et rien de plus :",
      "",
      "1. **Les comptes.** Au 1er janvier, par quartier prioritaire, par IRIS entier (jamais la partie d’un IRIS qui est dans un quartier) et par commune : personnes couvertes par la C2S gratuite, par la C2S avec participation, et personnes affiliées au régime. Tous les régimes, ou le régime dit en toutes lettres.",
      "2. **Par profil, si la caisse l’accepte.** Les mêmes comptes par âge (moins de 18 ans, 18 à 29, 30 à 59, 60 et plus) et par taille de foyer (1, 2, 3, 4 et plus), sans croiser les deux sous la commune.",
      `3. **Le secret.** Le seuil de la caisse, écrit dans la clause (à défaut, ${minUnits} personnes) ; les comptes masqués portent « s » ; un total et ses parties ne se retrouvent pas par différence, y compris avec les fichiers déjà publiés.`,
      "4. **Les dates.** Le jour du compte, le mois d’ouverture des droits s’il est agrégé, et l’avertissement de l’Insee : deux années successives ne se comparent pas sous la commune.",
      "5. **Le découpage.** La génération des quartiers (2015 ou 2024) et la méthode qui place les adresses, avec la part des adresses non placées.",
      "6. **L’usage.** Informer les habitants de leurs droits, et rien d’autre : ni contrôle, ni recherche de fraude, ni fichier de personnes. La base légale (article L. 114-8 du Code des relations entre le public et l’administration si des données de personnes sont échangées), l’avis du délégué à la protection des données et la durée de conservation en mois sont écrits ; les résultats sont rendus à la caisse avant toute diffusion, et les fichiers détruits au terme.",
    ].join("\n"),
  );
}
