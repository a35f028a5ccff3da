import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import type { Interval } from "../../models/areas/non-take-up.ts";
import { type NonTakeUpRate, nonTakeUpRates } from "../../models/benefits/non-take-up-rates.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { dreesNonTakeUpRef } from "../published-facts.ts";
import { areaDraws, eligibleInterval, intervalOf } from "./eligible-areas.ts";
import { type C2sStudy, champOf, roundTo } from "./study.ts";

/** Year of the national rates: the last that the Drees published by right. */
export const RATES_YEAR = 2021;

/** The rate of a right, with the extremes of those published since 2018. */
export function nationalRate(group: NonTakeUpRate["group"]): Interval {
  const all = nonTakeUpRates.filter((row) => row.group === group);
  const chosen = all.find(({ year }) => year === RATES_YEAR);
  return {
    value: chosen?.rate ?? Number.NaN,
    low: Math.min(...all.map(({ low }) => low)),
    high: Math.max(...all.map(({ high }) => high)),
  };
}

/** Persons without take-up that areas would count if each right were taken up as in the country. */
export function expectedNonTakers({ eligible }: C2sStudy, areas: readonly number[]): Interval {
  const [free, paying] = [nationalRate("free"), nationalRate("participation")];
  const of = (freePersons: number, allPersons: number, side: keyof Interval): number =>
    freePersons * free[side] + (allPersons - freePersons) * paying[side];
  const freeDraws = areaDraws(eligible, "free", areas);
  const allDraws = areaDraws(eligible, "participation", areas);
  const value = of(
    eligibleInterval(eligible, "free", areas).value,
    eligibleInterval(eligible, "participation", areas).value,
    "value",
  );
  const low = intervalOf(
    value,
    freeDraws.map((persons, draw) => of(persons, allDraws[draw], "low")),
  ).low;
  const high = intervalOf(
    value,
    freeDraws.map((persons, draw) => of(persons, allDraws[draw], "high")),
  ).high;
  return { value, low, high };
}

/** The same number if the eligible of each right were brought to the national totals. */
export function benchmarkedNonTakers(
  { eligible }: C2sStudy,
  areas: readonly number[],
  kappa: { readonly free: number; readonly participation: number },
): number {
  const free = eligibleInterval(eligible, "free", areas).value;
  const paying = eligibleInterval(eligible, "participation", areas).value - free;
  return (
    kappa.free * free * nationalRate("free").value + kappa.participation * paying * nationalRate("participation").value
  );
}

/** The same by replicate, each right at its national rate of the year: what areas without counted beneficiaries may expect. */
export function expectedDraws({ eligible }: C2sStudy, areas: readonly number[]): Float64Array {
  const [free, paying] = [nationalRate("free").value, nationalRate("participation").value];
  const freeDraws = areaDraws(eligible, "free", areas);
  return areaDraws(eligible, "participation", areas).map(
    (all, draw) => freeDraws[draw] * free + (all - freeDraws[draw]) * paying,
  );
}

export interface ExpectedFigure {
  readonly figure: Figure;
  readonly table: Released;
}

/** Expected non-takers by town, the largest first, rounded to 10 persons: finer would claim what the method does not know. */
export function expectedFigure(study: C2sStudy): ExpectedFigure {
  const towns = new Map<string, number[]>();
  study.towns.forEach((name, row) => {
    if (study.eligible.failures[row] === null) towns.set(name, [...(towns.get(name) ?? []), row]);
  });
  const rows = [...towns]
    .map(([name, members]) => ({ name, members, expected: expectedNonTakers(study, members) }))
    .sort((a, b) => b.expected.value - a.expected.value || (a.name < b.name ? -1 : 1));
  const persons = (pick: (interval: Interval) => number, label: string) =>
    numberColumn(
      rows.map(({ expected }) => roundTo(pick(expected), 10)),
      { label, unit: "personnes", summable: true },
    );
  const { households } = study;
  const released = release(
    table(
      {
        nom_commune: textColumn(
          rows.map(({ name }) => name),
          { label: "Commune" },
        ),
        attendu: persons(({ value }) => value, "Personnes attendues"),
        bas: persons(({ low }) => low, "Borne basse"),
        haut: persons(({ high }) => high, "Borne haute"),
        ...(households
          ? {
              menages: numberColumn(
                rows.map(({ members }) => members.reduce((sum, row) => sum + households[row], 0)),
                { label: "Ménages", unit: "ménages", summable: true },
              ),
            }
          : {}),
      },
      mergeLineages(study.lineage, [dreesNonTakeUpRef]),
    ),
    { name: "non-recours attendu par ville", open: ["nom_commune"], ...(households ? { counts: "menages" } : {}) },
  );
  const values = numbers(released, "attendu").values.filter(Number.isFinite);
  const total = values.reduce((sum, n) => sum + n, 0);
  const five = values.slice(0, 5).reduce((sum, n) => sum + n, 0);
  const figure = dotPlot(released, {
    id: "c2s-non-recours-attendu",
    title: `Cinq villes réunissent ${frenchNumber((100 * five) / total, { unit: "%" })} du non-recours attendu`,
    subtitle:
      "Nombre attendu de personnes qui ont droit à la C2S et ne l’ont pas, par ville, si chaque droit était demandé comme dans le pays ; le trait réunit l’intervalle à 90 % des éligibles et les taux nationaux publiés depuis 2018. L’effectif suit d’abord la population des quartiers : il ne classe pas le recours",
    alt: "Points rangés du plus grand au plus petit, une ligne par ville, avec un trait pour l’encadrement : quelques villes dominent, la plupart comptent moins d’un millier de personnes.",
    champ: `${champOf(study)}, regroupés par ville`,
    lecture: `à ${texts(released, "nom_commune").values[0]}, on attend ${frenchNumber(numbers(released, "attendu").values[0])} personnes qui ont droit à la C2S et ne l’ont pas, entre ${frenchNumber(numbers(released, "bas").values[0])} et ${frenchNumber(numbers(released, "haut").values[0])}.`,
    row: "nom_commune",
    columns: 1,
    value: "attendu",
    low: "bas",
    high: "haut",
    axisTitle: "Personnes",
    format: ",.0f",
    parameters: {
      ...study.parameters,
      taux_gratuite: nationalRate("free").value,
      taux_participation: nationalRate("participation").value,
    },
  });
  return { figure, table: released };
}
