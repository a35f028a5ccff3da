import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import type { Figure } from "../../figures/figure.ts";
import { hourChart } from "../../figures/hour-chart.ts";
import type { CostMatrix } from "../../models/matching/cost-matrix.ts";
import { hasStaggeredShift } from "../../models/matching/work-hours.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { rounded } from "../rows.ts";
import type { AccessStudy } from "./access-study.ts";
import { relevantOffers } from "./relevant-offers.ts";
import { seekerCounts } from "./study-columns.ts";
import type { StudyTravel, TimedJourneys } from "./study-travel.ts";
import { champOf } from "./study-words.ts";

/** Somebody who works at these hours accepts a longer journey than the half hour of the headline. */
export const HOURS_LIMIT = 45;

const words = {
  outward: "Aller : départ dans l’heure qui précède",
  return: "Retour : départ dans l’heure qui suit",
} as const;

/** Share of the matching posts in reach by the hour at which work begins or ends; a journey that no service makes counts for nothing. */
export function hoursFigure(
  study: AccessStudy,
  travel: StudyTravel,
): { readonly figure: Figure; readonly table: Released } {
  const counts = seekerCounts(study);
  const people = counts.reduce((sum, n) => sum + n, 0);
  const rows = travel.byHour.map((journeys) => ({ journeys, share: meanShare(study, journeys.minutes, HOURS_LIMIT) }));
  const released = release(
    table(
      {
        sens: textColumn(
          rows.map(({ journeys }) => words[journeys.direction]),
          { label: "Sens" },
        ),
        heure: numberColumn(
          rows.map(({ journeys }) => journeys.hour),
          { label: "Heure", unit: "h" },
        ),
        part: numberColumn(
          rounded(
            rows.map(({ share }) => (share > 0 ? 100 * share : Number.POSITIVE_INFINITY)),
            1,
          ),
          { label: `Part à ${HOURS_LIMIT} min`, unit: "%" },
        ),
        personnes: numberColumn(
          rows.map(() => people),
          { label: "Personnes prises en compte", unit: "personnes" },
        ),
      },
      study.lineage,
    ),
    { name: "accès selon l’heure", counts: "personnes", open: ["sens", "heure"] },
  );
  const value = (hour: number, direction: TimedJourneys["direction"]): number =>
    numbers(released, "part").values[
      texts(released, "sens").values.findIndex(
        (sens, row) => sens === words[direction] && numbers(released, "heure").values[row] === hour,
      )
    ];
  const say = (n: number): string => (Number.isFinite(n) ? frenchNumber(n, { decimals: 1, unit: "%" }) : "aucune");
  const main = study.transport.hour;
  const hour = (n: number): string => frenchNumber(n, { unit: "h" });
  const early = Math.min(main, ...study.transport.workHours);
  return {
    table: released,
    figure: hourChart(released, {
      id: "acces-heures",
      title: `Pour commencer à ${hour(main)}, ${say(value(main, "outward"))} des ${study.words.jobs} ; à ${hour(early)}, ${say(value(early, "outward"))}`,
      subtitle: `Part des ${study.words.jobs} à ${HOURS_LIMIT} minutes au plus à pied ou en transport collectif, selon l’heure à laquelle le travail commence ou finit ; temps médian des départs de l’heure qui précède (aller) ou qui suit (retour)`,
      alt: "Deux lignes selon l’heure, pour l’aller et pour le retour : la part de postes atteints change avec le service.",
      champ: champOf(study),
      lecture: `en partant entre ${hour(early - 1)} et ${hour(early)}, ${say(value(early, "outward"))} des ${study.words.jobs} sont à ${HOURS_LIMIT} minutes au plus sans voiture.`,
      hour: "heure",
      series: "sens",
      value: "part",
      axisTitle: `Part à ${HOURS_LIMIT} minutes au plus (%)`,
      hourTitle: "Heure à laquelle le travail commence (aller) ou finit (retour)",
      parameters: { jour: study.transport.day, seuil_min: HOURS_LIMIT },
    }),
  };
}

/** Mean over seekers of the share of their matching posts within a limit. */
export function meanShare(study: AccessStudy, minutes: CostMatrix, limit: number): number {
  const relevance = relevantOffers(study, "near");
  const counts = seekerCounts(study);
  let [sum, weight] = [0, 0];
  study.places.forEach(({ homes }, place) => {
    const column = relevance[place];
    if (!column) return;
    let [reached, total] = [0, 0];
    for (let j = 0; j < column.length; j++) {
      const posts = column[j] * study.offers.posts[j];
      if (posts === 0) continue;
      total += posts;
      for (let i = 0; i < homes.rows.length; i++)
        if (minutes.values[homes.rows[i] * minutes.columns + study.offers.workplace[j]] <= limit)
          reached += posts * homes.shares[i];
    }
    sum += counts[place] * (reached / total);
    weight += counts[place];
  });
  return sum / weight;
}

/** Posts whose hours are staggered, and the share of them that can be reached both ways without a car. */
export interface StaggeredPosts {
  readonly posts: number;
  /** Posts whose hours are told at all. */
  readonly told: number;
  /** Seeker-weighted share of the matching ones, both ways within the limit; NaN where no offer is staggered. */
  readonly share: number;
  /** The same by car. */
  readonly carShare: number;
}

/** An offer with several shifts is reached only by whoever can come to and go from each of them. */
export function staggeredPosts(study: AccessStudy, travel: StudyTravel): StaggeredPosts {
  const { offers } = study;
  const staggered = offers.hours.map((hours) => hasStaggeredShift(hours));
  const journeysAt = (hour: number, direction: TimedJourneys["direction"]): CostMatrix | undefined =>
    travel.byHour.find((one) => one.hour === hour && one.direction === direction)?.minutes;
  const relevance = relevantOffers(study, "near");
  const counts = seekerCounts(study);
  let [sum, carSum, weight] = [0, 0, 0];
  study.places.forEach(({ homes }, place) => {
    const column = relevance[place];
    let [reached, byCar, total] = [0, 0, 0];
    for (let j = 0; column && j < column.length; j++) {
      if (column[j] === 0 || staggered[j] !== true) continue;
      // A shift at hours that the timetable was not asked about says nothing either way.
      const asked = (offers.hours[j]?.shifts ?? []).filter(
        ({ startHour, endHour }) => journeysAt(startHour, "outward") && journeysAt(endHour, "return"),
      );
      if (asked.length === 0) continue;
      const trips = asked.flatMap(({ startHour, endHour }) => [
        journeysAt(startHour, "outward"),
        journeysAt(endHour, "return"),
      ]);
      total += offers.posts[j];
      homes.rows.forEach((home, i) => {
        const within = (minutes: CostMatrix | undefined): boolean =>
          minutes !== undefined && minutes.values[home * minutes.columns + offers.workplace[j]] <= HOURS_LIMIT;
        if (trips.every(within)) reached += offers.posts[j] * homes.shares[i];
        if (within(travel.minutes.car)) byCar += offers.posts[j] * homes.shares[i];
      });
    }
    if (total === 0) return;
    sum += counts[place] * (reached / total);
    carSum += counts[place] * (byCar / total);
    weight += counts[place];
  });
  const postsWhere = (keep: (state: boolean | null) => boolean): number =>
    staggered.reduce((all, state, j) => all + (keep(state) ? offers.posts[j] : 0), 0);
  return {
    posts: postsWhere((state) => state === true),
    told: postsWhere((state) => state !== null),
    share: weight > 0 ? sum / weight : Number.NaN,
    carShare: weight > 0 ? carSum / weight : Number.NaN,
  };
}
