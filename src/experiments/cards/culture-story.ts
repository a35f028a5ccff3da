import type { CardStory } from "./card.ts";
import { aboutAreas } from "./shared-words.ts";

/** The words of the card of the cultural practices. */
export const cultureStory: Omit<CardStory, "equityWords"> = {
  ...aboutAreas,
  id: "pratiques-culturelles",
  title: "Pratiques culturelles",
  summary:
    "Dessine, d’après une enquête, la carte des pratiques culturelles, réunit les personnes qui se ressemblent en quelques classes, et compare les habitants des quartiers aux autres. Estime, par quartier, qui va à la bibliothèque ou au spectacle, et ce qui se trouve à portée de marche.",
  why: "On dit souvent que les habitants des quartiers ne sortent pas, ou que la distance suffit à l’expliquer : il fallait le mesurer, à âge, diplôme et profession comparables.",
  context:
    "Les enquêtes nationales ne connaissent pas le quartier ; celle d’un partenaire le connaît, mais interroge peu de personnes dans chacun.",
  audience: "Services culturels, associations, habitants. Elle parle de groupes de personnes et de quartiers.",
  previousProcess: "La fréquentation comptée à l’entrée des équipements, qui ne dit rien de ceux qui ne viennent pas.",
  alternatives: [
    "La moyenne brute des réponses d’un quartier : écartée là où peu de personnes répondent, car elle saute d’une enquête à l’autre.",
    "Un modèle opaque qui prédit les goûts : écarté, car personne ne pourrait l’expliquer.",
    "Des classes décidées d’avance : écartées, car elles diraient ce que l’on croit déjà.",
  ],
  weighting:
    "Chaque personne interrogée pèse le nombre d’habitants qu’elle représente. Plus les réponses d’un quartier sont nombreuses, plus elles pèsent ; le reste vient de personnes semblables d’ailleurs.",
  operations: [
    "Les réponses oui ou non à chaque pratique deviennent des points ; celles des mêmes personnes sont proches (analyse des correspondances multiples).",
    "Les personnes qui répondent de même sont réunies pas à pas, puis l’arbre est coupé en classes.",
    "L’écart entre les quartiers et le reste est mesuré à âge, diplôme et profession égaux, et jugé : différent, équivalent ou indécis.",
    "Le taux d’un quartier est prédit par un modèle à plusieurs niveaux, puis ramené à sa population (régression et redressement).",
    "Les lieux culturels à portée de marche ou de transport sont comptés depuis les logements.",
    "Les résultats passent la porte de protection, puis sont dessinés.",
  ],
  nature: "appris",
  risks: [
    {
      risk: "Enfermer les habitants dans une classe.",
      mitigation:
        "Une classe décrit des réponses, jamais une personne ; aucune personne n’est montrée, même comme exemple.",
    },
    {
      risk: "Conclure à une différence par hasard, parmi beaucoup de pratiques.",
      mitigation: "Les jugements sont corrigés du nombre de pratiques, et la marge d’équivalence est fixée d’avance.",
    },
    {
      risk: "Retrouver une réponse dans un petit groupe.",
      mitigation: "Une part n’est montrée que si assez de personnes ont répondu oui et assez ont répondu non.",
    },
  ],
  limits: [
    "Une enquête ne demande que ce qu’elle a pensé à demander : des pratiques des quartiers n’y sont pas.",
    "Les personnes qui n’ont pas répondu peuvent être différentes.",
    "Un lien entre la distance et la sortie n’est pas une cause.",
  ],
  code: [
    "src/experiments/cultural-practices.ts",
    "src/models/factors/",
    "src/models/clustering/",
    "src/models/comparison/",
    "src/models/multilevel/",
  ],
};
