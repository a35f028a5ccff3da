/** A measure of security that the software takes, and the tests that show it. */
export interface SecurityMeasure {
  /** French sentence. */
  readonly text: string;
  /** File of tests, then the titles down to the one meant or to the group that holds it, joined by " > ". */
  readonly test: string;
}

/** What the software does for the security of the data (GDPR, art. 32), and nothing that it does not do. */
export const securityMeasures: readonly SecurityMeasure[] = [
  {
    text: "Le fichier d'un partenaire n'est lu qu'avec son contrat signé, en cours de validité, et pour une finalité que ce contrat permet. Le retrait d'une autorisation arrête la construction suivante du livre.",
    test: "test/book/permissions.test.ts > the next build refuses, and names the article",
  },
  {
    text: "Un fichier où un effectif inférieur au seuil est resté en clair est refusé, sans que cet effectif soit affiché.",
    test: "test/sources/bad-input.test.ts > a bad file is refused with one message > a small count left in clear, without printing it",
  },
  {
    text: "Rien n'est dessiné ni écrit dans le livre sans être passé par le contrôle du secret statistique ; un tableau modifié après ce contrôle est refusé.",
    test: "test/protection/release.test.ts > the gate itself > a cast object, a copy and an altered table are refused",
  },
  {
    text: "Avant publication, le logiciel joue l'attaquant : il essaie de retrouver chaque case masquée à partir de toutes celles qui restent.",
    test: "test/protection/attacker.property.test.ts",
  },
  {
    text: "Un refus ne dit jamais la valeur protégée, et son texte est le même quelle que soit cette valeur.",
    test: "test/protection/release.test.ts > the gate itself > a refusal is the same whatever the protected value",
  },
  {
    text: "Les messages d'erreur ne reproduisent ni le numéro ni la date qui désignerait une personne.",
    test: "test/sources/unprinted-keys.test.ts",
  },
  {
    text: "Le site publié ne charge rien depuis un autre serveur.",
    test: "test/book/build.test.ts > a whole build of a small book > the site has the same words, numbers and typography, and no foreign address",
  },
];
