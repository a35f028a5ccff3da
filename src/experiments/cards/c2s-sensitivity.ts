import { frenchDate, frenchNumber } from "../../codes/french.ts";
import { rankAreas } from "../../models/areas/rank-intervals.ts";
import { replicateInterval, standardDeviation } from "../../models/uncertainty/replicate-interval.ts";
import { answered, areaDraws, CONFIDENCE } from "../c2s/eligible-areas.ts";
import { nationalRate } from "../c2s/expected-figure.ts";
import type { OutreachAssumptions, OutreachChapter } from "../c2s/outreach.ts";
import type { SensitivityRow } from "../c2s/sensitivity.ts";
import type { C2sStudy } from "../c2s/study.ts";
import { SCHEME_SD, type TakeUp } from "../c2s/take-up.ts";
import { planRows } from "./outreach-sensitivity.ts";
import type { Sensitivity } from "./sensitivity-table.ts";

export interface C2sRun {
  readonly study: C2sStudy;
  readonly takeUp: TakeUp | null;
  /** The chain with each step taken out and each assumption changed, as the chapter has them. */
  readonly variants: readonly SensitivityRow[];
  readonly plan: OutreachChapter;
  readonly outreach: OutreachAssumptions;
  readonly seed: number;
  /** Year of the incomes of the communes, as figures print it; null where none are known. */
  readonly incomeYear: string | null;
}

/** How the chapter's results move with each setting: the chapter's own variants, its replicates cut in parts, its plan made again. */
export function c2sSensitivity(run: C2sRun): readonly Sensitivity[] {
  return [
    ...variantRows(run),
    ...replicateRows(run),
    ...rateRows(run),
    ...takeUpRows(run),
    ...planRows(run),
    ...incomeRow(run),
  ];
}

const percent = { unit: "%", decimals: 1 } as const;

/** Persons of the neighbourhoods that have an answer. */
const personsOf = ({ study }: C2sRun): number =>
  answered(study.eligible).reduce((sum, area) => sum + study.persons[area], 0);

/** Rows of the chapter's table of sensitivity, two a setting. */
function variantRows(run: C2sRun): readonly Sensitivity[] {
  const shareOf = (label: string): number =>
    (100 * (run.variants.find((row) => row.label === label)?.eligible ?? Number.NaN)) / personsOf(run);
  const base = shareOf("Chaîne complète");
  const row = (parameter: string, low: readonly [string, string], high: readonly [string, string]): Sensitivity => ({
    parameter,
    measured: "part des habitants qui ont droit à la C2S",
    ...percent,
    low: { setting: low[0], result: shareOf(low[1]) },
    base,
    high: { setting: high[0], result: shareOf(high[1]) },
  });
  const complete = "Chaîne complète";
  return [
    row("date_de_la_loi", ["avril 2019", "Loi d’avril 2019"], ["avril 2021", "Loi d’avril 2021"]),
    row(
      "prime_activite",
      ["70\u00a0% des foyers", "Prime d’activité demandée par 70 % des foyers"],
      ["tous", complete],
    ),
    row(
      "aide_logement",
      ["85\u00a0% des locataires", "Aide au logement reçue par 85 % des locataires"],
      ["tous", complete],
    ),
    row(
      "revenus_tres_bas",
      ["aucun plus bas", "Aucun revenu plus bas que le premier décile"],
      ["tous à zéro", "Tous à zéro sous le premier décile"],
    ),
    row(
      "partage_revenu",
      ["par unité de consommation", "Revenu partagé par unité de consommation"],
      ["par adulte", complete],
    ),
    row(
      "calage",
      ["sans calage", "Sans calage sur les marges"],
      ["autres ménages de départ", "Autres ménages de départ, rééchantillonnés"],
    ),
    row(
      "placement",
      ["sans placement", "Sans placement des groupes"],
      ["sans passage aux ressources", "Sans passage aux ressources"],
    ),
  ];
}

/** The seed and the number of replicates, from parts of the replicates of the run: each is drawn apart from the others. Then the confidence of the intervals. */
function replicateRows(run: C2sRun): readonly Sensitivity[] {
  const { eligible } = run.study;
  const persons = personsOf(run);
  const areas = answered(eligible);
  const draws = areaDraws(eligible, "participation", areas);
  const value = areas.reduce((sum, area) => sum + eligible.value.participation[area], 0);
  const bounds = (kept: Float64Array, confidence = CONFIDENCE): { readonly low: number; readonly high: number } => {
    const found = replicateInterval(value, kept, confidence).percentile;
    return { low: (100 * (found?.low ?? Number.NaN)) / persons, high: (100 * (found?.high ?? Number.NaN)) / persons };
  };
  const half = Math.floor(draws.length / 2);
  const upper = { measured: "borne haute de la part qui a droit à la C2S", ...percent, base: bounds(draws).high };
  const width = (confidence: number): number => bounds(draws, confidence).high - bounds(draws, confidence).low;
  return [
    {
      parameter: "graine",
      ...upper,
      low: { setting: "première moitié des tirages", result: bounds(draws.subarray(0, half)).high },
      high: { setting: "seconde moitié", result: bounds(draws.subarray(half)).high },
    },
    {
      parameter: "tirages",
      ...upper,
      low: {
        setting: `les ${Math.floor(half / 2)} premiers`,
        result: bounds(draws.subarray(0, Math.floor(half / 2))).high,
      },
      high: { setting: `les ${half} premiers`, result: bounds(draws.subarray(0, half)).high },
    },
    {
      parameter: "confiance",
      measured: "largeur de l’intervalle de cette part",
      unit: "points",
      decimals: 1,
      low: { setting: "80\u00a0%", result: width(0.8) },
      base: width(CONFIDENCE),
      high: { setting: "95\u00a0%", result: width(0.95) },
    },
  ];
}

/** The national rates of non-take-up, five points lower and higher. */
function rateRows(run: C2sRun): readonly Sensitivity[] {
  const { eligible } = run.study;
  const sum = (right: "free" | "participation"): number =>
    answered(eligible).reduce((all, area) => all + eligible.value[right][area], 0);
  const [free, paying] = [sum("free"), sum("participation") - sum("free")];
  const rates = { free: nationalRate("free").value, paying: nationalRate("participation").value };
  const expected = (of: typeof rates): number => (100 * (free * of.free + paying * of.paying)) / personsOf(run);
  const row = (parameter: string, which: keyof typeof rates): Sensitivity => {
    const at = (step: number): Sensitivity["low"] => ({
      setting: frenchNumber(100 * (rates[which] + step), { unit: "%" }),
      result: expected({ ...rates, [which]: rates[which] + step }),
    });
    return {
      parameter,
      measured: "part des habitants en non-recours attendu",
      ...percent,
      low: at(-0.05),
      base: expected(rates),
      high: at(0.05),
    };
  };
  return [row("taux_gratuite", "free"), row("taux_participation", "paying")];
}

/** Where beneficiaries are counted: the scheme's share, the smoothing, and how many neighbourhoods are called first. */
function takeUpRows({ study, takeUp }: C2sRun): readonly Sensitivity[] {
  if (!takeUp) return [];
  const { areas, beneficiaries, eligible, fit } = takeUp;
  const people = Array.from(areas).reduce((sum, area) => sum + study.persons[area], 0);
  const rate = (factor: number): number => {
    let [takers, right] = [0, 0];
    for (const area of areas) {
      takers += beneficiaries.all[area];
      right += factor * eligible[area];
    }
    return 100 * (1 - takers / right);
  };
  const spread = (logs: ArrayLike<number>): number =>
    100 * standardDeviation(Float64Array.from(logs, (log) => 1 - Math.exp(log)));
  const first = (share: number): number => {
    const { probabilityHighest } = rankAreas(takeUp.rates, { share, confidence: CONFIDENCE });
    return (100 * probabilityHighest.filter((p) => p >= 0.5).length) / areas.length;
  };
  return [
    {
      parameter: "regime_general",
      measured: "non-recours de l’ensemble",
      ...percent,
      units: people,
      low: { setting: "part plus faible de 2\u00a0%", result: rate(1 - SCHEME_SD) },
      base: rate(1),
      high: { setting: "plus forte de 2\u00a0%", result: rate(1 + SCHEME_SD) },
    },
    {
      parameter: "lissage",
      measured: "écart-type du non-recours entre quartiers",
      unit: "points",
      decimals: 1,
      units: people,
      low: { setting: "aucun lissage", result: spread(fit.input.direct) },
      base: spread(fit.estimates),
      high: { setting: "modèle seul", result: spread(fit.synthetic) },
    },
    {
      parameter: "highest",
      measured: "part des quartiers qui ont au moins une chance sur deux d’être en tête",
      ...percent,
      units: people,
      low: { setting: "5\u00a0% en tête", result: first(0.05) },
      base: first(0.1),
      high: { setting: "20\u00a0% en tête", result: first(0.2) },
    },
  ];
}

/** The incomes of the communes have one year: the row says so. */
function incomeRow({ incomeYear }: C2sRun): readonly Sensitivity[] {
  if (incomeYear === null) return [];
  const none = { setting: incomeYear, result: Number.NaN };
  return [
    {
      parameter: "revenus_des_communes",
      measured: "part qui a droit à la C2S dans le reste des communes",
      ...percent,
      low: none,
      base: Number.NaN,
      high: none,
      why: "ce territoire n’a les revenus des communes que pour une année",
    },
  ];
}

/** Day of the law as a card prints it. */
export const lawDay = ({ study }: C2sRun): string => frenchDate(study.lawDate);
