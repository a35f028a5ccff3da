import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import type { Figure } from "../../figures/figure.ts";
import { profileCurve } from "../../figures/profile-curve.ts";
import type { CostMatrix } from "../../models/matching/cost-matrix.ts";
import { release } from "../../protection/release.ts";
import type { HomePoints } from "../../tables/home-points.ts";
import type { AccessStudy } from "./access-study.ts";
import { HEADLINE_LIMIT } from "./match-profiles.ts";
import { relevantOffers } from "./relevant-offers.ts";
import { seekerCounts } from "./study-columns.ts";
import type { StudyTravel } from "./study-travel.ts";
import { capital, champOf } from "./study-words.ts";

const step = 5;
const last = 90;

/** Share of the same offers reached within so many minutes: from the places, from their towns, from the whole territory, and from the places by car. */
export function timeCurves(study: AccessStudy, travel: StudyTravel): Figure {
  const relevance = relevantOffers(study, "near");
  const counts = seekerCounts(study);
  const { transit, car } = travel.minutes;
  const hasTowns = study.places.some(({ townHomes }) => townHomes !== null);
  const series: readonly (readonly [
    string,
    CostMatrix,
    (place: AccessStudy["places"][number]) => HomePoints | null,
  ])[] = [
    [`${capital(study.words.many)}, à pied ou en transport`, transit, ({ homes }) => homes],
    ...(hasTowns
      ? ([
          [
            "Leurs communes, à pied ou en transport",
            transit,
            (place: AccessStudy["places"][number]) => place.townHomes,
          ],
        ] as const)
      : []),
    ["Ensemble du territoire, à pied ou en transport", transit, () => study.everybody],
    [`${capital(study.words.many)}, en voiture`, car, ({ homes }) => homes],
  ];
  const times = Array.from({ length: last / step }, (_, k) => (k + 1) * step);
  const rows = series.flatMap(([name, minutes, homesOf]) => {
    const curve = new Float64Array(times.length);
    let weight = 0;
    study.places.forEach((place, row) => {
      const [homes, column] = [homesOf(place), relevance[row]];
      if (!homes || !column) return;
      const shares = sharesWithin(study, minutes, homes, column);
      for (let k = 0; k < curve.length; k++) curve[k] += counts[row] * shares[k];
      weight += counts[row];
    });
    return times.map((time, k) => ({ name, time, share: (100 * curve[k]) / weight, weight }));
  });
  const released = release(
    table(
      {
        serie: textColumn(
          rows.map(({ name }) => name),
          { label: "Depuis" },
        ),
        minutes: numberColumn(
          rows.map(({ time }) => time),
          { label: "Minutes", unit: "min" },
        ),
        part: numberColumn(
          rows.map(({ share }) => Math.round(10 * share) / 10),
          {
            label: `Part des ${study.words.jobs} atteints`,
            unit: "%",
          },
        ),
        personnes: numberColumn(
          rows.map(({ weight: people }) => people),
          { label: "Personnes prises en compte", unit: "personnes" },
        ),
      },
      study.lineage,
    ),
    { name: "courbes de temps d’accès", counts: "personnes", open: ["serie", "minutes"] },
  );
  const at = (name: string, time: number): number =>
    numbers(released, "part").values[
      texts(released, "serie").values.findIndex(
        (own, row) => own === name && numbers(released, "minutes").values[row] === time,
      )
    ];
  const [own, whole, byCar] = [series[0]?.[0] ?? "", series.at(-2)?.[0] ?? "", series.at(-1)?.[0] ?? ""];
  return profileCurve(released, {
    id: "acces-temps",
    title: `En ${HEADLINE_LIMIT} minutes, ${frenchNumber(at(own, HEADLINE_LIMIT), { unit: "%" })} des ${study.words.jobs} sans voiture, ${frenchNumber(at(byCar, HEADLINE_LIMIT), { unit: "%" })} avec`,
    subtitle: `Part des mêmes ${study.words.jobs} atteints en un temps donné, moyenne des ${study.words.many} pondérée par leurs ${study.words.seekers}`,
    alt: `Courbes croissantes de la part de postes atteints selon les minutes : celle de la voiture monte bien plus tôt que celles du transport collectif.`,
    champ: champOf(study),
    lecture: `en ${HEADLINE_LIMIT} minutes à pied ou en transport collectif, on atteint ${frenchNumber(at(own, HEADLINE_LIMIT), { decimals: 1, unit: "%" })} des ${study.words.jobs} depuis les ${study.words.many} et ${frenchNumber(at(whole, HEADLINE_LIMIT), { decimals: 1, unit: "%" })} depuis l’ensemble du territoire.`,
    series: "serie",
    minutes: "minutes",
    value: "part",
    axisTitle: `Part des ${study.words.jobs} atteints (%)`,
    interpolate: "line",
    decimals: 0,
    parameters: { jour: study.transport.day, heure: study.transport.hour },
  });

  function sharesWithin(
    { offers }: AccessStudy,
    { columns, values }: CostMatrix,
    { rows: homes, shares }: HomePoints,
    column: Float64Array,
  ): Float64Array {
    const within = new Float64Array(times.length);
    let total = 0;
    for (let j = 0; j < column.length; j++) total += column[j] * offers.posts[j];
    homes.forEach((home, i) => {
      for (let j = 0; j < column.length; j++) {
        const first = Math.max(0, Math.ceil(values[home * columns + offers.workplace[j]] / step) - 1);
        if (first < within.length) within[first] += (shares[i] * column[j] * offers.posts[j]) / total;
      }
    });
    for (let k = 1; k < within.length; k++) within[k] += within[k - 1];
    return within;
  }
}
