import type { CardStory } from "./card.ts";
import { aboutAreas } from "./shared-words.ts";

/** The words of the card of the non-take-up of the C2S. */
export const c2sStory: Omit<CardStory, "equityWords"> = {
  ...aboutAreas,
  id: "non-recours-c2s",
  title: "Non-recours à la Complémentaire santé solidaire",
  summary:
    "Estime, quartier par quartier, combien d’habitants ont droit à la Complémentaire santé solidaire (C2S), puis, là où les bénéficiaires sont comptés, combien ne l’ont pas. Propose enfin où aller informer pour ouvrir le plus de droits avec un budget.",
  why: "Beaucoup de personnes qui ont droit à la C2S ne la demandent pas. Savoir dans quels quartiers permet d’aller vers elles, sans connaître personne.",
  context:
    "Aucun fichier ne croise, par quartier, les revenus, la composition des familles et la couverture santé : il faut rapprocher plusieurs sources publiées.",
  audience:
    "Caisses d’assurance maladie, communes, associations qui accompagnent vers les droits. Elle parle des quartiers, jamais d’un foyer.",
  previousProcess: "Le taux national de non-recours appliqué partout, ou l’impression des agents d’accueil.",
  alternatives: [
    "Croiser les fichiers individuels des impôts et de l’assurance maladie : plus exact, mais interdit sans autorisation, et une liste de personnes en sortirait.",
    "Une enquête dans chaque quartier : trop chère pour des centaines de quartiers.",
    "Le seul taux de pauvreté : écarté, car la loi compte d’autres ressources et d’autres familles.",
  ],
  weighting:
    "Chaque ménage du fichier de départ reçoit le poids qui change le moins et respecte les totaux du quartier. Plus un quartier compte d’habitants, plus sa propre mesure pèse face à ce que le modèle attend de lui.",
  operations: [
    "Les ménages d’un fichier d’ensemble sont pondérés pour ressembler à ceux de chaque quartier (calage).",
    "Leurs revenus sont placés dans ceux que l’on publie du quartier, puis deviennent les ressources de la loi.",
    "Les plafonds de la loi disent qui a droit, gratuitement ou avec participation.",
    "Les bénéficiaires comptés donnent le non-recours, lissé entre quartiers (modèle de Fay et Herriot).",
    "Tout est refait de nombreuses fois avec d’autres erreurs possibles, pour donner des intervalles.",
    "Un plan d’aller-vers choisit les quartiers où un budget ouvre le plus de droits.",
    "Les résultats passent la porte de protection, puis sont dessinés.",
  ],
  nature: "règles et appris",
  risks: [
    {
      risk: "Prendre une estimation pour un compte.",
      mitigation: "Chaque nombre a son intervalle, et l’ordre des quartiers n’est donné qu’avec son incertitude.",
    },
    {
      risk: "Soupçonner les habitants d’un quartier, ou y contrôler des droits.",
      mitigation: "Le chapitre imprime la liste de ces usages, que la convention doit interdire.",
    },
    {
      risk: "Oublier les quartiers sans données.",
      mitigation: "Ce qui manque est dit, avec la clause à demander à qui détient les données.",
    },
  ],
  limits: [
    "Le dixième le plus pauvre de chaque quartier n’est décrit par aucune publication.",
    "Les personnes sans domicile et celles qui ne déclarent rien ne sont pas dans les sources.",
    "Le coût et le rendement de l’aller-vers sont supposés, d’après un seul essai.",
  ],
  code: [
    "src/experiments/c2s-non-take-up.ts",
    "src/models/benefits/",
    "src/models/calibration/",
    "src/models/microsimulation/",
    "src/models/areas/",
    "src/models/outreach/",
  ],
};
