import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers } from "../../codes/table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import { neighbourhoodMap } from "../../figures/neighbourhood-map.ts";
import { weightedQuantiles } from "../../models/access/weighted-quantile.ts";
import type { Interval } from "../../models/areas/non-take-up.ts";
import type { Released } from "../../protection/released.ts";
import { placedShapes } from "../../tables/neighbourhoods.ts";
import { finiteRows } from "../rows.ts";
import { eligibleInterval, type Right } from "./eligible-areas.ts";
import { type C2sStudy, champOf, placeNames, quartier, releaseNeighbourhoods, roundTo } from "./study.ts";

export interface EligibleFigures {
  /** Shares of eligible persons of every neighbourhood, in percent. */
  readonly shares: Released;
  readonly map: Figure;
  readonly ranked: Figure;
  /** The row whose share is the median. */
  readonly median: number;
}

/** Share of the inhabitants in a foyer that has a right to the C2S, neighbourhood by neighbourhood. */
export function eligibleFigures(study: C2sStudy): EligibleFigures {
  const { eligible } = study;
  const intervals = (right: Right): readonly Interval[] =>
    study.codes.map((_, area) => eligibleInterval(eligible, right, [area]));
  const percent = (list: readonly Interval[], pick: (interval: Interval) => number, label: string) =>
    numberColumn(
      list.map((interval, area) => roundTo((100 * pick(interval)) / study.persons[area], 0.1)),
      { label, unit: "%" },
    );
  const all = intervals("participation");
  const shares = releaseNeighbourhoods(study, "part des éligibles par quartier", {
    nom: placeNames(study),
    part: percent(all, ({ value }) => value, "Ont droit à la C2S"),
    part_basse: percent(all, ({ low }) => low, "Borne basse"),
    part_haute: percent(all, ({ high }) => high, "Borne haute"),
    part_gratuite: percent(intervals("free"), ({ value }) => value, "Dont C2S gratuite"),
    part_rsa: percent(intervals("rsa"), ({ value }) => value, "Dont foyers qui ont droit au RSA"),
  });
  const { values } = numbers(shares, "part");
  const median = middleRow(values);
  const at = (name: string, row: number): number => numbers(shares, name).values[row];
  const shown = finiteRows(shares, "part");
  const highest = shown.reduce((best, row) => (values[row] > values[best] ? row : best), shown[0] ?? 0);
  const lecture = (row: number): string =>
    `dans le ${quartier(study, row)}, environ ${frenchNumber(at("part", row), { decimals: 0, unit: "%" })} des personnes ont droit à la C2S, entre ${frenchNumber(at("part_basse", row), { decimals: 0 })} et ${frenchNumber(at("part_haute", row), { decimals: 0, unit: "%" })}.`;
  const map = neighbourhoodMap(shares, {
    id: "c2s-part-carte",
    title: `Dans la moitié des quartiers, plus de ${frenchNumber(at("part", median), { decimals: 0, unit: "%" })} des habitants ont droit à la C2S`,
    subtitle:
      "Part estimée des personnes dont le foyer a droit à la C2S, gratuite ou avec participation ; tous les quartiers à la même échelle",
    alt: `Carte des ${shares.numRows} quartiers, ville par ville à la même échelle : plus la couleur est foncée, plus la part des personnes qui ont droit à la C2S est grande.`,
    champ: champOf(study),
    lecture: lecture(median),
    code: "code_qp",
    name: "nom_qp",
    value: "part",
    unit: "%",
    leastWidth: typicalHalfWidth(numbers(shares, "part_basse").values, numbers(shares, "part_haute").values),
    legend: "Part des personnes éligibles",
    perimeters: placedShapes(study.places),
    parameters: study.parameters,
  });
  const ranked = dotPlot(shares, {
    id: "c2s-part-classee",
    title: `Selon le quartier, ${range(shown.map((row) => values[row]))} des habitants ont droit à la C2S`,
    subtitle:
      "Part estimée des personnes éligibles ; le trait est un intervalle à 90 %, toute la chaîne étant rejouée. L’ordre des lignes est celui des estimations : ce n’est pas un classement",
    alt: "Un point et un intervalle par quartier, rangés de la plus grande part de personnes éligibles à la plus petite ; la plupart des intervalles voisins se recouvrent.",
    champ: champOf(study),
    lecture: lecture(highest),
    row: "nom",
    value: "part",
    low: "part_basse",
    high: "part_haute",
    order: "value",
    axisTitle: "Personnes éligibles (%)",
    format: ",.0f",
    parameters: study.parameters,
  });
  return { shares, map, ranked, median };
}

/** Half the width of the median interval: classes of a map are never narrower, or they would part what the intervals do not. */
export function typicalHalfWidth(low: ArrayLike<number>, high: ArrayLike<number>): number {
  const widths = Array.from(low, (bound, i) => (high[i] - bound) / 2).filter(Number.isFinite);
  const [median = 0] = weightedQuantiles(Float64Array.from(widths), null, [0.5]);
  return roundTo(median, 0.1);
}

const range = (values: readonly number[]): string =>
  `de ${frenchNumber(Math.min(...values), { decimals: 0 })} à ${frenchNumber(Math.max(...values), { decimals: 0, unit: "%" })}`;

/** The row whose value is the nearest to the median. */
function middleRow(values: Float64Array): number {
  const [median = Number.NaN] = weightedQuantiles(values, null, [0.5]);
  let best = 0;
  for (let row = 1; row < values.length; row++)
    if (Math.abs(values[row] - median) < Math.abs(values[best] - median) || Number.isNaN(values[best])) best = row;
  return best;
}
