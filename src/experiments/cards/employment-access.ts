import { frenchDate, frenchNumber } from "../../codes/french.ts";
import { LONGEST_JOURNEY } from "../employment/assignment.ts";
import { HOURS_LIMIT } from "../employment/hours.ts";
import { HEADLINE_LIMIT } from "../employment/match-profiles.ts";
import { seekerCounts } from "../employment/study-columns.ts";
import { travelRules } from "../travel/travel-rules.ts";
import { type AccessRun, accessSensitivity } from "./access-sensitivity.ts";
import type { AlgorithmCard, CardParameter, CardStory } from "./card.ts";
import { sensitivityTable } from "./sensitivity-table.ts";
import { aboutAreas, seedParameter } from "./shared-words.ts";

const story: CardStory = {
  ...aboutAreas,
  id: "acces-emploi",
  title: "Accès à l’emploi",
  summary:
    "Calcule les temps de trajet de porte à porte entre les lieux où l’on habite et ceux où l’on travaille, à pied, à vélo, en transport collectif et en voiture. En tire la part des emplois à portée, le meilleur appariement possible, et ce que changeraient un permis, un vélo ou une navette.",
  why: "La distance ne dit pas le temps. Le programme voulait savoir combien d’emplois un habitant peut vraiment rejoindre, et ce qu’une politique y changerait.",
  context:
    "Les rues et les horaires de transport sont des données libres ; les métiers recherchés et les offres viennent de partenaires, ou manquent, et le chapitre le dit.",
  audience:
    "Collectivités, autorités de transport, service public de l’emploi. Elle parle des quartiers, et de leurs demandeurs d’emploi pris ensemble.",
  previousProcess:
    "Un nombre d’offres « à trente minutes » pris sur un site d’itinéraires, depuis le centre du quartier, à une seule heure.",
  alternatives: [
    "La distance à vol d’oiseau : c’est la carte « Distance à l’emploi ».",
    "Un service d’itinéraires en ligne : écarté, car ses règles ne sont pas publiées et ses réponses changent.",
    "Les temps déclarés par des habitants : meilleurs, mais aucune enquête ne les donne par quartier.",
  ],
  weighting:
    "Chaque lieu de résidence pèse ses habitants, chaque quartier ses demandeurs d’emploi, chaque offre ses postes. Un emploi est à portée ou ne l’est pas : il n’y a pas de note, ni de poids caché.",
  operations: [
    "Les rues deviennent un réseau où chaque tronçon a une durée, selon la vitesse du mode.",
    "Les horaires publiés donnent les courses du jour choisi ; on marche jusqu’aux arrêts.",
    "Le temps le plus court est cherché pour chaque départ de l’heure ; le temps retenu est celui du milieu.",
    "Les postes à portée des métiers recherchés sont comptés, puis partagés entre ceux qui peuvent les atteindre.",
    "Le meilleur appariement de personnes et de postes est calculé par groupes ; il est prouvé qu’il n’y en a pas de meilleur.",
    "Chaque politique est une autre table de temps, comparée à la première.",
    "Les résultats passent la porte de protection, puis sont dessinés.",
  ],
  nature: "règles",
  risks: [
    {
      risk: "Prendre l’appariement calculé pour une affectation de personnes.",
      mitigation:
        "Il est fait sur des comptes par quartier et métier ; il ne connaît personne, et seuls des taux sont publiés.",
    },
    {
      risk: "Croire un horaire théorique : retards, pannes et trains complets n’y sont pas.",
      mitigation:
        "Plusieurs heures sont montrées, et les deux sens ; le chapitre dit que le temps est celui de l’horaire.",
    },
    {
      risk: "Décider d’une politique sur un coût supposé.",
      mitigation: "Les coûts sont dits sans source, et cette carte montre ce que chacun change.",
    },
  ],
  limits: [
    "Ni embouteillages, ni stationnement, ni retards.",
    "Ni la garde d’enfants, ni le coût du trajet, ni la sécurité ressentie.",
    "Les personnes d’ailleurs et celles qui ont déjà un emploi ne sont pas comptées parmi celles qui cherchent.",
  ],
  equityWords:
    "Sans objet : les temps sont calculés, pas prédits ; il n’y a pas d’erreur de prédiction à comparer entre groupes. Les écarts d’accès entre quartiers, et entre qui a une voiture et qui n’en a pas, sont l’objet même du chapitre.",
  code: [
    "src/experiments/employment-access.ts",
    "src/models/streets/",
    "src/models/transit/",
    "src/models/access/",
    "src/models/matching/",
  ],
};

/** The card of the access to jobs: settings of travel, of matching and of the policies, each varied. */
export async function accessCard(run: AccessRun): Promise<AlgorithmCard> {
  const rows = await accessSensitivity(run);
  return {
    ...story,
    kind: "card",
    parameters: parametersOf(run),
    sensitivity: sensitivityTable(rows, {
      name: "sensibilité de l’accès à l’emploi",
      lineage: run.travel.lineage,
      units: seekerCounts(run.study).reduce((sum, count) => sum + count, 0),
    }),
    equity: null,
  };
}

const parameter = (key: string, label: string, value: string, sentence: string): CardParameter => ({
  key,
  label,
  value,
  sentence,
});

function parametersOf({ study, seed, draws, assumptions }: AccessRun): readonly CardParameter[] {
  const minutes = (value: number): string => frenchNumber(value, { unit: "min" });
  const kmh = (value: number): string => frenchNumber(value, { decimals: value % 1 ? 1 : 0, unit: "km/h" });
  const euros = (value: number): string => frenchNumber(value, { unit: "€" });
  return [
    parameter(
      "seuil_min",
      "durée du trajet",
      `${minutes(HEADLINE_LIMIT)} (${minutes(HOURS_LIMIT)} en horaires décalés)`,
      "Un emploi est à portée si le trajet de porte à porte ne dure pas plus.",
    ),
    parameter(
      "jour",
      "jour de l’horaire",
      frenchDate(study.transport.day),
      "Les bus, trams et trains sont ceux de ce jour-là.",
    ),
    parameter(
      "heure",
      "heure de départ",
      frenchNumber(study.transport.hour, { unit: "h" }),
      "On part à plusieurs moments de l’heure qui suit ; le temps du milieu est retenu.",
    ),
    parameter(
      "marche_kmh",
      "vitesse de la marche",
      kmh(travelRules.walkKmh),
      "C’est le pas d’une personne qui ne se presse pas.",
    ),
    parameter(
      "velo_kmh",
      "vitesse du vélo",
      kmh(travelRules.bikeKmh),
      "C’est l’allure d’une personne qui n’est pas entraînée.",
    ),
    parameter(
      "velo_electrique_kmh",
      "vitesse du vélo électrique",
      kmh(travelRules.ebikeKmh),
      "C’est une moyenne supposée, arrêts compris.",
    ),
    parameter(
      "marche_arret",
      "marche la plus longue vers un arrêt",
      minutes(travelRules.stopWalkMinutes),
      "On suppose que personne ne marche plus pour prendre un bus.",
    ),
    parameter(
      "marche_correspondance",
      "marche la plus longue pour changer",
      minutes(travelRules.changeWalkMinutes),
      "Entre deux bus, on ne marche pas plus que cela.",
    ),
    parameter(
      "correspondance_s",
      "temps pour changer au même arrêt",
      frenchNumber(travelRules.changeSeconds, { unit: "s" }),
      "Il faut au moins ce temps pour descendre et remonter.",
    ),
    parameter(
      "pas_depart",
      "départs essayés",
      `toutes les ${minutes(travelRules.everyMinutes)}`,
      "Plus ces départs sont serrés, plus le temps retenu est juste.",
    ),
    parameter(
      "duree_max",
      "trajet le plus long",
      minutes(travelRules.maxMinutes),
      "Un trajet plus long compte comme impossible.",
    ),
    ...(study.hasOccupations
      ? [
          parameter(
            "correspondance",
            "correspondance des métiers",
            "métier proche",
            "Les offres des métiers que le répertoire dit proches comptent aussi.",
          ),
        ]
      : []),
    parameter(
      "duree_max_min",
      "trajet le plus long de l’appariement",
      minutes(LONGEST_JOURNEY),
      "Le meilleur appariement n’envoie personne plus loin que cela.",
    ),
    parameter(
      "adoption",
      "adoption supposée",
      frenchNumber(100 * assumptions.takeUp, { unit: "%" }),
      "On suppose que cette part des personnes prendrait le permis ou le vélo.",
    ),
    parameter(
      "licenceEuros",
      "coût du permis",
      euros(assumptions.licenceEuros),
      "Ce prix est supposé ; mettre celui du territoire.",
    ),
    parameter(
      "licenceYears",
      "durée du permis",
      frenchNumber(assumptions.licenceYears, { unit: "ans" }),
      "Le coût du permis est partagé sur ce nombre d’années.",
    ),
    parameter(
      "carEurosPerYear",
      "coût d’une voiture par an",
      euros(assumptions.carEurosPerYear),
      "Ce coût est supposé : achat, assurance, carburant et entretien ensemble.",
    ),
    parameter("ebikeEuros", "coût d’un vélo électrique", euros(assumptions.ebikeEuros), "Ce prix d’achat est supposé."),
    parameter(
      "ebikeYears",
      "durée d’un vélo",
      frenchNumber(assumptions.ebikeYears, { unit: "ans" }),
      "Le coût du vélo est partagé sur ce nombre d’années.",
    ),
    parameter(
      "vehicleHourEuros",
      "coût d’une heure de navette",
      euros(assumptions.vehicleHourEuros),
      "C’est le coût supposé d’un véhicule avec son conducteur.",
    ),
    parameter(
      "daysPerYear",
      "jours de navette par an",
      frenchNumber(assumptions.daysPerYear),
      "La navette roule ce nombre de jours par an.",
    ),
    seedParameter(seed),
    parameter(
      "tirages",
      "nombre de tirages",
      frenchNumber(draws),
      "Autant de tirages au sort des offres et des personnes font les intervalles.",
    ),
  ];
}
