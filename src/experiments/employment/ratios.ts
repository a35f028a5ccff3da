import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { travelRatios } from "../../models/access/travel-ratios.ts";
import { rounded } from "../rows.ts";
import type { AccessStudy } from "./access-study.ts";
import { groupMean, groupMedian, placeGroups, releaseGroups } from "./group-rows.ts";
import { relevantOffers } from "./relevant-offers.ts";
import { placeHomes, studyOffers } from "./study-columns.ts";
import type { StudyTravel } from "./study-travel.ts";
import { champOf } from "./study-words.ts";

/** A pair nearer than this says nothing of a detour. */
const leastKm = 0.5;

/** How much longer the road is than the straight line, and transit than the car, by kind of place. */
export function ratiosTable(study: AccessStudy, travel: StudyTravel): Figure {
  const base = { homes: placeHomes(study), offers: studyOffers(study), relevance: relevantOffers(study, "near") };
  const detour = travelRatios(
    { ...base, numerator: travel.carKm, denominator: travel.straightKm },
    { leastDenominator: leastKm },
  );
  const transit = travelRatios(
    { ...base, numerator: travel.minutes.transit, denominator: travel.minutes.car },
    { leastDenominator: 1 },
  );
  const groups = placeGroups(study);
  const column = (values: Float64Array, decimals: number, label: string, unit: string) =>
    numberColumn(
      rounded(
        groups.map((group) => (unit === "%" ? groupMean : groupMedian)(study, group, values)),
        decimals,
      ),
      { label, unit },
    );
  const released = releaseGroups(
    study,
    "détour et rapport du transport à la voiture",
    groups.map((group) => ({ group })),
    {
      detour: column(detour.median, 2, "Détour par la route (médiane)", ""),
      rapport: column(transit.firstQuartile, 1, "Temps du transport ÷ temps de la voiture (premier quartile)", ""),
      sans: column(
        transit.onlyDenominator.map((share) => 100 * share),
        0,
        "Postes que seule la voiture atteint",
        "%",
      ),
    },
  );
  const last = groups.length - 1;
  const at = (name: string, decimals: number): string =>
    frenchNumber(numbers(released, name).values[last], { decimals });
  return dataTable(released, {
    id: "acces-rapports",
    title: `Par la route, ${at("detour", 2)} fois la ligne droite ; pour un quart seulement des postes, le transport prend moins de ${at("rapport", 1)} fois le temps de la voiture`,
    subtitle: `Vers les ${study.words.jobs}${study.hasOccupations ? " correspondants" : ""}, médiane des ${study.words.many} pondérée par leurs ${study.words.seekers}`,
    alt: "Tableau par genre de lieu : détour par la route, rapport du temps de transport à celui de la voiture, part des postes que seule la voiture atteint.",
    champ: champOf(study),
    lecture: `dans l’ensemble des ${study.words.many}, un trajet par la route mesure ${at("detour", 2)} fois la ligne droite, et ${frenchNumber(numbers(released, "sans").values[last], { unit: "%" })} des postes que la voiture atteint en deux heures ne le sont pas en transport collectif.`,
    columns: ["groupe", "detour", "rapport", "sans"],
  });
}
