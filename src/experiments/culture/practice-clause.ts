import { type Note, note } from "../experiment.ts";

/** What a convention should ask for, so that the three sides are known: never a person's answers. */
export const practiceClause = (minUnits: number): Note =>
  note(
    [
      "### Ce qu’une convention peut demander",
      "",
      "1. **Une enquête qui sait le quartier.** À défaut d’un fichier de personnes, des comptes par quartier prioritaire : pratique de chaque sortie dans les douze mois, envie, premier frein, par âge et par diplôme, avec l’effectif interrogé, la somme des poids et le plan de sondage.",
      "2. **La marche calculée au domicile** par le producteur, en classes de cinq minutes, par sorte de lieu : l’adresse ne sort pas.",
      "3. **Les usagers des lieux subventionnés** (bibliothèques, scènes, cinémas) par quartier de résidence et par an, avec la part des usagers sans adresse connue.",
      "4. **L’offre réelle** : horaires, places, prix du billet le moins cher, jours gratuits, pour chaque lieu, en données ouvertes.",
      `5. **Le secret** : aucun compte sous ${minUnits} personnes, y compris par différence ; l’usage est la politique culturelle, jamais le suivi d’une personne.`,
    ].join("\n"),
  );
