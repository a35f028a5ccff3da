import type { CardParameter, CardStory } from "./card.ts";

/** What all cards of territories say alike: nothing individual comes out, and nobody decides on anybody with it. */
export const aboutAreas: Pick<
  CardStory,
  "appliesTo" | "contribution" | "personList" | "legalGrounds" | "humanOversight"
> = {
  appliesTo: "zone",
  contribution:
    "Nul : aucune décision individuelle ne s’appuie sur ce calcul, qui décrit des quartiers. Il peut éclairer un choix collectif (une desserte, une permanence, un budget) des élus et des agents qui le lisent.",
  personList: {
    possible: false,
    sentence:
      "Aucune liste de personnes ne peut sortir d’un tel calcul : ses résultats portent sur des quartiers, des communes ou des groupes d’au moins autant de personnes que le seuil du producteur.",
    consequence:
      "La mention due sur une décision individuelle (CRPA, articles L. 311-3-1 et R. 311-3-1-1) n’a donc pas lieu d’être. Si un organisme en tirait un jour une liste de personnes, ces articles s’appliqueraient, et une décision entièrement automatique sans cette mention serait nulle (loi du 6 janvier 1978, article 47).",
  },
  legalGrounds:
    "Le calcul est une statistique d’intérêt public, dans les limites de la clause de données de chaque producteur ; ses règles sont publiées au titre de l’article L. 312-1-3 du CRPA.",
  humanOversight:
    "Un agent choisit les données et les réglages, relit le chapitre et signe la publication ; la porte de protection refuse ce qui n’est pas sûr, et personne ne peut passer outre sans un motif signé et imprimé.",
};

/** The seed of a run, told alike in every card. */
export const seedParameter = (seed: number): CardParameter => ({
  key: "graine",
  label: "graine du hasard",
  value: String(seed),
  sentence: "Ce nombre fixe les tirages au sort : tout le monde retrouve ainsi le même résultat.",
});
