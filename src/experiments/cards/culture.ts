import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import type { PlantedPractices } from "../../sources/planted-practices.ts";
import type { Neighbourhoods } from "../../tables/neighbourhoods.ts";
import { supplyThresholds } from "../culture/supply.ts";
import type { AlgorithmCard, CardParameter } from "./card.ts";
import { personErrors, placeErrors } from "./culture-equity.ts";
import { type CultureRun, cultureSensitivity } from "./culture-sensitivity.ts";
import { cultureStory } from "./culture-story.ts";
import { equityTable } from "./equity-table.ts";
import { sensitivityTable } from "./sensitivity-table.ts";
import { seedParameter } from "./shared-words.ts";

/** The card of the cultural practices. `planted` is the truth of an invented territory; null for a real one. */
export function cultureCard(run: CultureRun, places: Neighbourhoods, planted: PlantedPractices | null): AlgorithmCard {
  const { survey } = run.classes.map;
  const lineage = mergeLineages(survey.lineage, run.supply?.lineage ?? [], places.table.lineage);
  const errors =
    planted && run.local
      ? [...personErrors(survey, run.local, run.seed), ...placeErrors(run.local, places, planted)]
      : [];
  return {
    ...cultureStory,
    kind: "card",
    parameters: parametersOf(run),
    sensitivity: sensitivityTable(cultureSensitivity(run), {
      name: "sensibilité des pratiques culturelles",
      lineage,
      units: survey.people,
    }),
    equity:
      errors.length > 0 ? equityTable(errors, { name: "erreurs par groupe, pratiques culturelles", lineage }) : null,
    equityWords:
      errors.length > 0
        ? "Pour les femmes, les hommes et chaque âge, le taux du modèle est comparé aux réponses pondérées de l’enquête, sur les sorties étudiées ; selon la taille de la ville, il est comparé à la vérité du territoire inventé, quartier par quartier. Une erreur nettement plus grande dans un groupe serait une injustice de la méthode."
        : "Aucun taux n’est prédit par quartier sur ce territoire, donc aucune erreur par groupe ne peut être calculée ; le territoire inventé, où la vérité est connue, sert d’épreuve.",
  };
}

const parameter = (key: string, label: string, value: string, sentence: string): CardParameter => ({
  key,
  label,
  value,
  sentence,
});

function parametersOf({ classes, local, supply, seed, draws, resamples }: CultureRun): readonly CardParameter[] {
  return [
    parameter(
      "rares",
      "réponses rares",
      "sous 5\u00a0%",
      "Une réponse si rare ne fait pas d’axe : quelques personnes feraient la carte.",
    ),
    parameter(
      "niveauEllipses",
      "confiance des ellipses",
      "95\u00a0%",
      "L’ellipse qui entoure un groupe est plus grande quand on veut être plus sûr.",
    ),
    parameter(
      "axes",
      "axes gardés pour les classes",
      frenchNumber(classes.axes),
      "Ce sont les directions de la carte qui portent presque toute l’information.",
    ),
    parameter(
      "classes",
      "nombre de classes",
      frenchNumber(classes.chosen.classes),
      "L’arbre est coupé en ce nombre de groupes, choisi par une règle entre trois et six.",
    ),
    parameter(
      "seuilVTest",
      "seuil des réponses qui distinguent",
      "1,96",
      "Le hasard ne dépasse ce seuil que cinq fois sur cent.",
    ),
    parameter(
      "reprises",
      "reprises des classes",
      frenchNumber(resamples),
      "Les classes sont refaites sur des personnes tirées de nouveau, pour voir si elles tiennent.",
    ),
    parameter(
      "margePoints",
      "marge d’équivalence",
      "5\u00a0points",
      "Deux groupes sont équivalents si leur écart est sûrement plus petit ; la marge est fixée d’avance.",
    ),
    ...(local
      ? [
          seedParameter(seed),
          parameter(
            "tirages",
            "nombre de tirages",
            frenchNumber(draws),
            "L’intervalle d’un quartier vient de ce nombre de tirages au sort du modèle.",
          ),
        ]
      : []),
    ...(supply
      ? [
          parameter(
            "minutes",
            "durées de marche",
            `${supplyThresholds.join(", ")}\u00a0min`,
            "Un lieu est proche quand on y va à pied en moins de temps.",
          ),
        ]
      : []),
  ];
}
