import { frenchNumber, frenchOf } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { NOT_AVAILABLE, numberColumn, numbers, PRESENT, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import type { Interval } from "../../models/areas/non-take-up.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { dreesNonTakeUpRef } from "../published-facts.ts";
import { finiteRows } from "../rows.ts";
import { areaDraws, intervalOf, type Right } from "./eligible-areas.ts";
import { nationalRate, RATES_YEAR } from "./expected-figure.ts";
import { type C2sStudy, champOf, placeNames, quartier, releaseNeighbourhoods, roundTo } from "./study.ts";
import type { TakeUp } from "./take-up.ts";

export interface TakeUpFigures {
  /** Smoothed non-take-up by neighbourhood, in percent, with what each estimate rests on. */
  readonly table: Released;
  readonly observed: Figure;
  readonly byRight: Figure;
  /** Free, with participation, all: the rates of the table, and the neighbourhoods they rest on. */
  readonly rates: { readonly known: readonly number[]; readonly values: readonly Interval[] };
  /** Neighbourhoods where beneficiaries exceed the eligible: the model fails there, and says so. */
  readonly failures: number;
  /** Neighbourhoods whose beneficiaries are hidden or absent. */
  readonly hidden: number;
}

/** Non-take-up where the beneficiaries are known, by neighbourhood and by right. */
export function takeUpFigures(study: C2sStudy, takeUp: TakeUp): TakeUpFigures {
  const lineage = mergeLineages(study.lineage, takeUp.beneficiaries.lineage, [dreesNonTakeUpRef]);
  const failures = takeUp.direct.filter(({ status }) => status === "impossible-rate").length;
  const place = new Map(Array.from(takeUp.areas, (area, i) => [area, i]));
  const missing = study.codes.map((_, row) =>
    place.has(row) ? PRESENT : takeUp.beneficiaries.missing[row] || NOT_AVAILABLE,
  );
  const percent = (pick: (row: number) => number, label: string) =>
    numberColumn(
      study.codes.map((_, row) => (place.has(row) ? roundTo(100 * pick(row), 0.1) : Number.NaN)),
      { label, unit: "%", missing: Uint8Array.from(missing) },
    );
  const smoothed = (row: number): Interval =>
    takeUp.smoothed[place.get(row) ?? -1] ?? { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const data = releaseNeighbourhoods(
    study,
    "non-recours par quartier",
    {
      nom: placeNames(study),
      non_recours: percent((row) => smoothed(row).value, "Non-recours lissé"),
      bas: percent((row) => smoothed(row).low, "Borne basse"),
      haut: percent((row) => smoothed(row).high, "Borne haute"),
      direct: percent((row) => takeUp.direct[row]?.value ?? Number.NaN, "Non-recours sans lissage"),
    },
    { lineage },
  );
  const national = 100 * nationalRate("all").value;
  const shown = finiteRows(data, "non_recours");
  const at = (name: string, row: number): number => numbers(data, name).values[row];
  const sides = {
    below: shown.filter((row) => at("haut", row) < national).length,
    above: shown.filter((row) => at("bas", row) > national).length,
    all: shown.length,
  };
  const first = shown[0] ?? 0;
  const observed = dotPlot(data, {
    id: "c2s-non-recours-observe",
    title: nationalTitle(sides),
    subtitle: `Non-recours estimé : 1 moins les bénéficiaires ${schemeWords(takeUp)} sur les personnes éligibles du même régime, lissé entre quartiers (Fay et Herriot) ; le trait est un intervalle à 90 %. Le taux national est de tous les régimes, d’un autre modèle, et d’un autre partage entre C2S gratuite et avec participation : un repère, pas une cible`,
    alt: "Un point et un intervalle par quartier, rangés du plus grand non-recours au plus petit, et un trait vertical au taux national, à droite de la plupart des points.",
    champ: `habitants des quartiers prioritaires ${frenchOf(study.territory.label)}${shown.length < study.codes.length ? " ; les quartiers dont le compte est secret ou absent n’ont pas de valeur" : ""}`,
    lecture: `dans le ${quartier(study, first)}, le non-recours est estimé à ${frenchNumber(at("non_recours", first), { decimals: 0, unit: "%" })}, entre ${frenchNumber(at("bas", first), { decimals: 0 })} et ${frenchNumber(at("haut", first), { decimals: 0, unit: "%" })}.`,
    row: "nom",
    value: "non_recours",
    low: "bas",
    high: "haut",
    order: "value",
    axisTitle: "Non-recours estimé (%)",
    format: ",.0f",
    reference: { value: national, label: `France, ${RATES_YEAR} : ${frenchNumber(national, { unit: "%" })}` },
    parameters: study.parameters,
  });
  return {
    table: data,
    observed,
    ...byRightTable(study, takeUp, lineage),
    failures,
    hidden: study.codes.length - shown.length,
  };
}

const schemeWords = ({ beneficiaries }: TakeUp): string =>
  beneficiaries.scheme === "general" ? "du régime général" : "de tous les régimes";

/** Where neighbourhoods stand against the national rate, the largest number first. */
function nationalTitle({
  below,
  above,
  all,
}: {
  readonly below: number;
  readonly above: number;
  readonly all: number;
}): string {
  const parts = [
    { count: below, words: (n: string) => `sous le taux national dans ${n} quartiers sur ${frenchNumber(all)}` },
    { count: above, words: (n: string) => `au-dessus dans ${n}` },
    { count: all - below - above, words: (n: string) => `dans ${n}, l’intervalle le contient` },
  ].filter(({ count }) => count > 0);
  return `Non-recours : ${parts.map(({ count, words }) => words(frenchNumber(count))).join(" ; ")}`;
}

/** Non-take-up of all the neighbourhoods whose two counts are known, by right, beside the national rate. */
function byRightTable(
  study: C2sStudy,
  { beneficiaries, eligible: inScheme, schemeErrors }: TakeUp,
  lineage: C2sStudy["lineage"],
): Pick<TakeUpFigures, "byRight" | "rates"> {
  const { eligible } = study;
  const known = study.codes.flatMap((_, area) =>
    Number.isFinite(beneficiaries.free[area] + beneficiaries.participation[area] + inScheme[area]) ? [area] : [],
  );
  const covered = known.map((area) => inScheme[area] / eligible.value.participation[area]);
  const persons = (right: Right): { readonly value: number; readonly draws: Float64Array } => ({
    value: known.reduce((sum, area, i) => sum + eligible.value[right][area] * covered[i], 0),
    draws: known
      .map((area, i) =>
        areaDraws(eligible, right, [area]).map((count, draw) => count * covered[i] * schemeErrors[draw]),
      )
      .reduce((sum, own) => sum.map((count, draw) => count + own[draw]), new Float64Array(eligible.draws)),
  });
  const [free, all] = [persons("free"), persons("participation")];
  const paying = { value: all.value - free.value, draws: all.draws.map((count, draw) => count - free.draws[draw]) };
  const sum = (counts: Float64Array): number => known.reduce((total, area) => total + counts[area], 0);
  const rows = [
    { label: "C2S gratuite", persons: free, count: sum(beneficiaries.free), national: nationalRate("free") },
    {
      label: "C2S avec participation",
      persons: paying,
      count: sum(beneficiaries.participation),
      national: nationalRate("participation"),
    },
    {
      label: "Ensemble",
      persons: all,
      count: sum(beneficiaries.free) + sum(beneficiaries.participation),
      national: nationalRate("all"),
    },
  ].map(({ label, persons: { value, draws }, count, national }) => ({
    label,
    value,
    count,
    national: national.value,
    rate: intervalOf(
      1 - count / value,
      draws.map((eligibles) => 1 - count / eligibles),
    ),
  }));
  const percent = (pick: (row: (typeof rows)[number]) => number, label: string) =>
    numberColumn(
      rows.map((row) => roundTo(100 * pick(row), 0.1)),
      { label, unit: "%" },
    );
  const data = release(
    table(
      {
        droit: textColumn(
          rows.map(({ label }) => label),
          { label: "Droit" },
        ),
        non_recours: percent(({ rate }) => rate.value, "Non-recours"),
        bas: percent(({ rate }) => rate.low, "Borne basse"),
        haut: percent(({ rate }) => rate.high, "Borne haute"),
        national: percent(({ national }) => national, `France, ${RATES_YEAR}`),
        beneficiaires: numberColumn(
          rows.map(({ count }) => count),
          { label: "Bénéficiaires", unit: "personnes", summable: false },
        ),
      },
      lineage,
    ),
    {
      name: "non-recours par droit",
      counts: "beneficiaires",
      open: ["droit"],
      margins: [{ column: "beneficiaires", total: 2, parts: [0, 1] }],
      statement: {
        population: "bénéficiaires de la C2S des quartiers dont les deux comptes sont diffusés",
        unit: "personne",
        zone: null,
        by: [{ column: "droit", dimension: "droit", total: "Ensemble" }],
        numbers: [{ column: "beneficiaires", kind: "count", measure: "beneficiaires-c2s" }],
      },
    },
  );
  const byRight = dataTable(data, {
    id: "c2s-non-recours-par-droit",
    title: "Le non-recours à la C2S avec participation et à la C2S gratuite",
    subtitle:
      "Ensemble des quartiers dont les deux comptes sont diffusés ; intervalle à 90 % ; l’intervalle ne couvre pas toute l’erreur du partage entre les deux droits ; taux nationaux de la Drees, tous régimes, que rien n’oblige les quartiers à suivre",
    alt: "Tableau de trois lignes : C2S gratuite, C2S avec participation, ensemble ; non-recours estimé avec ses bornes, et taux national.",
    champ: `${champOf(study)}, ${frenchNumber(known.length)} quartiers dont les deux comptes sont diffusés`,
    lecture: `le non-recours à la C2S avec participation est estimé à ${frenchNumber(100 * (rows[1]?.rate.value ?? Number.NaN), { decimals: 0, unit: "%" })}.`,
    columns: ["droit", "non_recours", "bas", "haut", "national"],
    parameters: study.parameters,
  });
  return { byRight, rates: { known, values: rows.map(({ rate }) => rate) } };
}
