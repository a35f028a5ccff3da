import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, texts } from "../../codes/table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import { type OffersPerSeeker, offersPerSeeker } from "../../models/access/offers-per-seeker.ts";
import { reachShares } from "../../models/access/reach-shares.ts";
import type { CostMatrix } from "../../models/matching/cost-matrix.ts";
import type { Released } from "../../protection/released.ts";
import { finiteRows } from "../rows.ts";
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

/**
 * A place that reaches its posts alone would give its seekers away, as posts in reach over posts a head: the measure is published by steps of 5, of 1 under 10, so that the
 * quotient says no more than a tenth or so.
 */
const coarse = (value: number): number => (value >= 10 ? 5 * Math.round(value / 5) : Math.round(value));

/** French counts in the plural from two on. */
const posts = (value: number): string => `${frenchNumber(value)} ${value < 2 ? "poste" : "postes"}`;

/** Posts for a hundred seekers of each place, once shared with all those who look for the same and reach them too. */
export function competition(study: AccessStudy, travel: StudyTravel): Competition {
  const { perSeeker, shared, outOfReach } = competitionOf(study, travel.minutes.transit);
  const column = (values: Float64Array, label: string) =>
    numberColumn(
      study.places.map((_, place) => coarse(100 * values[place])),
      { label, unit: "pour 100" },
    );
  const table = releasePlaces(study, "postes par personne en concurrence", {
    transport: column(perSeeker, `Postes pour 100 ${study.words.seekers}, à pied ou en transport`),
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
      lecture: `dans le ${study.words.one} ${texts(table, "nom").values[lowest]}, il reste environ ${posts(value[lowest])} pour 100 ${study.words.seekers}.`,
      value: "transport",
      unit: "",
      legend: `Postes pour 100 ${study.words.seekers}`,
      parameters: { seuil_min: HEADLINE_LIMIT },
    }),
    figure: dotPlot(table, {
      id: "acces-concurrence",
      title: `Une fois partagés, environ ${frenchNumber(Math.min(...shown.map((row) => value[row])))} à ${posts(value[top])} pour 100 ${study.words.seekers}`,
      subtitle: `Chaque poste est partagé entre tous ceux qui le cherchent et l’atteignent en ${HEADLINE_LIMIT} minutes à pied ou en transport collectif ; seuls les ${study.words.seekers} des ${study.words.many} sont en concurrence ici ; arrondi à 5 près, à 1 près sous 10, pour que nul effectif ne s’en déduise`,
      alt: `Un point par ${study.words.one}, du plus grand nombre de postes par personne au plus petit.`,
      champ: champOf(study),
      lecture: `dans le ${study.words.one} ${texts(table, "nom").values[top]}, il reste environ ${posts(value[top])} pour 100 ${study.words.seekers} une fois les concurrents comptés${none > 0 ? ` ; dans ${none} ${study.words.many}, aucun` : ""}.`,
      row: "nom",
      value: "transport",
      order: "value",
      axisTitle: `Postes pour 100 ${study.words.seekers}`,
      format: ",.0f",
      parameters: { seuil_min: HEADLINE_LIMIT },
    }),
  };
}
