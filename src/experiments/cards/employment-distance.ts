import { frenchNumber } from "../../codes/french.ts";
import { numbers, texts } from "../../codes/table.ts";
import type { Figure } from "../../figures/figure.ts";
import type { KeyNumbers } from "../../figures/key-numbers.ts";
import { matchLevelLabels } from "../../models/matching/rome-match.ts";
import type { Note } from "../experiment.ts";
import type { AlgorithmCard, CardParameter, CardStory } from "./card.ts";
import { type Sensitivity, sensitivityTable } from "./sensitivity-table.ts";
import { aboutAreas } from "./shared-words.ts";

/** What the card reads of the experiment: released values alone. */
export interface DistanceResults {
  readonly numbers: KeyNumbers;
  readonly shares: Figure;
  readonly levels: Figure | Note;
}

export interface DistanceRun {
  readonly radiusKm: number;
  readonly results: DistanceResults;
  /** What stands for jobs where no file tells the offers; "" where one does. */
  readonly destinations: string;
  /** The experiment with another radius. */
  readonly again: (radiusKm: number) => Promise<DistanceResults>;
}

const story: CardStory = {
  ...aboutAreas,
  id: "distance-emploi",
  title: "Distance à l’emploi",
  summary:
    "Mesure, pour chaque quartier prioritaire, la distance à vol d’oiseau entre ses habitants et les emplois qui correspondent aux métiers qu’ils cherchent. Là où aucun fichier ne dit ces métiers, elle mesure la distance aux établissements de services, et le dit.",
  why: "Savoir si les emplois recherchés sont loin, avant d’étudier les transports : c’est la plus simple des mesures, et la première que l’on demande.",
  context:
    "Programme de recherche sur les quartiers prioritaires : la distance à l’emploi y était discutée avec une moyenne par ville, qui efface les différences entre quartiers.",
  audience:
    "Collectivités, État et associations de quartier. Elle parle des quartiers et, à travers eux, de leurs demandeurs d’emploi pris ensemble.",
  previousProcess:
    "Distance du centre de la commune à une zone d’activité, quartier par quartier, mesurée à la main sur une carte.",
  alternatives: [
    "Le temps de trajet plutôt que la distance : c’est l’objet de la carte « Accès à l’emploi », qui demande les rues et les horaires.",
    "La distance à l’emploi le plus proche : écartée, car un seul emploi ne dit rien de ceux que l’on cherche.",
    "Tous les emplois sans distinction de métier : gardée seulement là où les métiers recherchés ne sont pas connus.",
  ],
  weighting:
    "Chaque métier recherché pèse le nombre de personnes du quartier qui le cherchent ; chaque offre, son nombre de postes. Au-delà du rayon, une offre compte pour zéro. Aucun autre poids n’est choisi.",
  operations: [
    "Les demandeurs d’emploi sont comptés par quartier et par métier ; un compte de moins de cinq personnes est secret et n’entre pas.",
    "Les offres sont placées à leur adresse, et réunies aux métiers qui leur correspondent.",
    "La distance à vol d’oiseau est mesurée du centre de chaque quartier à chaque offre.",
    "La médiane, les quartiles et les parts à moins de 5, 10 et 20 km sont pris sur les offres qui correspondent, dans le rayon.",
    "Les résultats passent la porte de protection, puis sont dessinés.",
  ],
  nature: "règles",
  risks: [
    {
      risk: "Lire une distance courte comme un accès facile, alors qu’un fleuve ou une voie rapide peut séparer.",
      mitigation: "Le chapitre le dit, et renvoie aux temps de trajet.",
    },
    {
      risk: "Retrouver un petit nombre de demandeurs d’emploi d’un quartier.",
      mitigation:
        "Les comptes sous le seuil du producteur restent secrets, et le nombre pris en compte par quartier n’est pas publié.",
    },
    {
      risk: "Comparer deux territoires qui n’ont pas les mêmes données.",
      mitigation:
        "Chaque figure dit ses destinations ; celles des établissements de services ne s’appellent jamais emplois.",
    },
  ],
  limits: [
    "Le quartier est réduit à son centre.",
    "Une offre publiée n’est pas toute l’embauche : beaucoup de postes ne sont jamais publiés.",
    "Près des limites du territoire, les offres d’à côté manquent.",
  ],
  equityWords:
    "Sans objet : la distance est mesurée, pas prédite ; il n’y a pas d’erreur de prédiction à comparer entre groupes. Un quartier où peu de personnes cherchent est mesuré sur moins de métiers, car les petits comptes sont secrets.",
  code: ["src/experiments/employment-distance.ts", "src/models/access/distance-profile.ts"],
};

/** The card of the distance to jobs, from released results and the same with other radii. */
export async function distanceCard({ radiusKm, results, destinations, again }: DistanceRun): Promise<AlgorithmCard> {
  const near = radiusKm / 2;
  const far = 2 * radiusKm;
  const people = numbers(results.shares.data, "habitants").values.at(-1) ?? Number.NaN;
  const km = (value: number): string => frenchNumber(value, { unit: "km", decimals: value % 1 ? 1 : 0 });
  const median = { measured: "distance médiane du quartier médian", unit: "km", decimals: 1 };
  const share = (column: string): number => numbers(results.shares.data, column).values.at(-1) ?? Number.NaN;
  const rows: Sensitivity[] = [
    {
      parameter: "rayon_km",
      ...median,
      low: { setting: km(near), result: medianOf(await again(near)) },
      base: medianOf(results),
      high: { setting: km(far), result: medianOf(await again(far)) },
    },
    {
      parameter: "seuils_km",
      measured: "part des destinations à moins du seuil, ensemble",
      unit: "%",
      decimals: 1,
      low: { setting: km(5), result: share("part_5") },
      base: share("part_10"),
      high: { setting: km(20), result: share("part_20") },
    },
    destinations ? destinationRow(destinations) : levelRow(results),
  ];
  return {
    ...story,
    kind: "card",
    parameters: parametersOf(radiusKm, destinations),
    sensitivity: sensitivityTable(rows, {
      name: "sensibilité de la distance à l’emploi",
      lineage: results.shares.data.lineage,
      units: people,
    }),
    equity: null,
  };
}

function parametersOf(radiusKm: number, destinations: string): readonly CardParameter[] {
  return [
    {
      key: "rayon_km",
      label: "rayon de recherche",
      sentence: "On ne regarde pas les emplois plus loin que cette distance, car presque personne n’irait.",
      value: frenchNumber(radiusKm, { unit: "km" }),
    },
    {
      key: "seuils_km",
      label: "distances des parts",
      sentence: "On compte la part des emplois à moins de chacune ; le résultat montré est celui du milieu.",
      value: "5, 10 et 20\u00a0km",
    },
    destinations
      ? {
          key: "destinations",
          label: "lieux mesurés",
          sentence:
            "Faute d’offres d’emploi, on mesure la distance à ces lieux de travail, et le chapitre ne les appelle jamais emplois.",
          value: destinations,
        }
      : {
          key: "correspondance",
          label: "correspondance des métiers",
          sentence: "Les offres des métiers que le répertoire dit proches comptent aussi.",
          value: matchLevelLabels.near,
        },
  ];
}

/** Pooled distances at the stricter and the wider match, as the chapter's own figure has them. */
function levelRow({ levels }: DistanceResults): Sensitivity {
  if (levels.kind === "note") throw new Error("levels of match are known where occupations are");
  const { data } = levels;
  const at = (label: string): number => {
    const row = texts(data, "niveau").values.findIndex(
      (name, i) => name === label && texts(data, "taille").values[i] === "ensemble",
    );
    return numbers(data, "mediane").values[row] ?? Number.NaN;
  };
  return {
    parameter: "correspondance",
    measured: "distance médiane, tous quartiers réunis",
    unit: "km",
    decimals: 1,
    low: { setting: matchLevelLabels.strict, result: at(matchLevelLabels.strict) },
    base: at(matchLevelLabels.near),
    high: { setting: matchLevelLabels.wide, result: at(matchLevelLabels.wide) },
  };
}

const destinationRow = (destinations: string): Sensitivity => ({
  parameter: "destinations",
  measured: "distance médiane du quartier médian",
  unit: "km",
  decimals: 1,
  low: { setting: "offres d’emploi", result: Number.NaN },
  base: Number.NaN,
  high: { setting: destinations, result: Number.NaN },
  why: "ce territoire n’a aucun autre fichier de lieux de travail : rien à quoi comparer",
});

function medianOf({ numbers: list }: DistanceResults): number {
  const row = texts(list.data, "key").values.indexOf("emploi.mediane");
  return numbers(list.data, "value").values[row] ?? Number.NaN;
}
