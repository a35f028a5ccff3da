import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, texts } from "../../codes/table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import { type OffersPerSeeker, offersPerSeeker } from "../../models/access/offers-per-seeker.ts";
import { reachShares } from "../../models/access/reach-shares.ts";
import type { CostMatrix } from "../../models/matching/cost-matrix.ts";
import type { Released } from "../../protection/released.ts";
import { finiteRows, rounded } from "../rows.ts";
import type { AccessStudy } from "./access-study.ts";
import { HEADLINE_LIMIT } from "./match-profiles.ts";
import { measureMap } from "./measure-map.ts";
import { releasePlaces, studyCells, studyHomes, studyOffers } from "./study-columns.ts";
import type { StudyTravel } from "./study-travel.ts";
import { champOf } from "./study-words.ts";

/** Offers per competing seeker at the headline limit, by one table of times. */
export function competitionOf(study: AccessStudy, minutes: CostMatrix): OffersPerSeeker {
  return offersPerSeeker({
    reach: reachShares(minutes, studyHomes(study), HEADLINE_LIMIT),
    cells: studyCells(study),
    offers: studyOffers(study),
    matching: study.matching,
    level: "near",
  });
}

export interface Competition {
  readonly figure: Figure;
  readonly map: Figure;
  readonly table: Released;
  /** Posts shared among those who reach them, and posts that nobody reaches: they add up to all. */
  readonly shared: number;
  readonly outOfReach: number;
}

/** Posts for a hundred seekers of each place, once shared with all those who look for the same and reach them too. */
export function competition(study: AccessStudy, travel: StudyTravel): Competition {
  const { perSeeker, shared, outOfReach } = competitionOf(study, travel.minutes.transit);
  const { perSeeker: byCar } = competitionOf(study, travel.minutes.car);
  const column = (values: Float64Array, label: string) =>
    numberColumn(
      rounded(
        study.places.map((_, place) => 100 * values[place]),
        1,
      ),
      { label, unit: "pour 100" },
    );
  const table = releasePlaces(study, "postes par personne en concurrence", {
    transport: column(perSeeker, `Postes pour 100 ${study.words.seekers}, à pied ou en transport`),
    voiture: column(byCar, `Postes pour 100 ${study.words.seekers}, en voiture`),
  });
  const value = numbers(table, "transport").values;
  const shown = finiteRows(table, "transport");
  const top = shown.reduce((a, b) => (value[b] > value[a] ? b : a), shown[0] ?? 0);
  const none = shown.filter((row) => value[row] === 0).length;
  const lowest = shown.reduce((a, b) => (value[b] < value[a] ? b : a), shown[0] ?? 0);
  return {
    table,
    shared,
    outOfReach,
    map: measureMap(study, table, {
      id: "acces-concurrence-carte",
      title: `Postes pour 100 ${study.words.seekers} une fois partagés, ${study.words.one} par ${study.words.one}`,
      subtitle: `À ${HEADLINE_LIMIT} minutes à pied ou en transport collectif, chaque poste partagé entre ceux qui le cherchent et l’atteignent`,
      alt: `Carte des ${study.places.length} ${study.words.many} colorés selon le nombre de postes pour 100 personnes une fois la concurrence comptée.`,
      champ: champOf(study),
      lecture: `dans le ${study.words.one} ${texts(table, "nom").values[lowest]}, il reste ${frenchNumber(value[lowest], { decimals: 1 })} postes pour 100 ${study.words.seekers}.`,
      value: "transport",
      unit: "",
      legend: `Postes pour 100 ${study.words.seekers}`,
      parameters: { seuil_min: HEADLINE_LIMIT },
    }),
    figure: dotPlot(table, {
      id: "acces-concurrence",
      title: `Une fois partagés, de ${frenchNumber(Math.min(...shown.map((row) => value[row])), { decimals: 1 })} à ${frenchNumber(value[top], { decimals: 1 })} postes pour 100 ${study.words.seekers}`,
      subtitle: `Chaque poste est partagé entre tous ceux qui le cherchent et l’atteignent en ${HEADLINE_LIMIT} minutes à pied ou en transport collectif ; seuls les ${study.words.seekers} des ${study.words.many} sont en concurrence ici`,
      alt: `Un point par ${study.words.one}, du plus grand nombre de postes par personne au plus petit.`,
      champ: champOf(study),
      lecture: `dans le ${study.words.one} ${texts(table, "nom").values[top]}, il reste ${frenchNumber(value[top], { decimals: 1 })} postes pour 100 ${study.words.seekers} une fois les concurrents comptés${none > 0 ? ` ; dans ${none} ${study.words.many}, aucun` : ""}.`,
      row: "nom",
      value: "transport",
      order: "value",
      axisTitle: `Postes pour 100 ${study.words.seekers}`,
      format: ",.0f",
      parameters: { seuil_min: HEADLINE_LIMIT },
    }),
  };
}
