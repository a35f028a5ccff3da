import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { NOT_AVAILABLE, numberColumn, numbers, PRESENT, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import type { PoststratifiedRates } from "../../models/multilevel/poststratify.ts";
import { release } from "../../protection/release.ts";
import type { PlantedPractices } from "../../sources/planted-practices.ts";
import type { OutingAreas } from "./area-study.ts";
import type { DistanceEffect } from "./distance-effect.ts";
import type { PostStrata } from "./post-strata.ts";
import type { PracticeGaps } from "./practice-gaps.ts";
import type { PracticeSurvey } from "./practice-survey.ts";

/** What the chapter found beside what was planted, on the invented territory. */
export interface TruthCheck {
  readonly figure: Figure;
  /** Gaps at equal composition whose interval of 95 % holds the truth, and all of them. */
  readonly gapsHeld: number;
  readonly gaps: number;
  readonly effectsHeld: number;
  readonly effects: number;
  /** Root mean square error of the rates of neighbourhoods over the outings, in points: direct where there is one, and model at the same places. */
  readonly directError: number;
  readonly modelError: number;
  /** Share of neighbourhoods and outings whose interval of 90 % holds the truth. */
  readonly areasHeld: number;
}

/** One line a practice: the planted gap and effect beside the estimates, and the errors of the rates of neighbourhoods. */
export function truthCheck(
  survey: PracticeSurvey,
  planted: PlantedPractices,
  found: {
    readonly gaps: PracticeGaps;
    readonly effects: readonly DistanceEffect[];
    readonly areas: readonly OutingAreas[];
    readonly strata: PostStrata;
  },
): TruthCheck {
  const rows = found.gaps.gaps.flatMap(({ practice, tests, counts }) => {
    const truth = planted.practices.get(practice.name);
    if (!truth) return [];
    const effect = found.effects.find((one) => one.practice.name === practice.name)?.heldEqual;
    const area = found.areas.find(({ outing }) => outing.practice.name === practice.name);
    return [{ practice, tests, truth, effect, errors: area ? areaErrors(area, planted, found.strata) : null, counts }];
  });
  const points = (pick: (row: (typeof rows)[number]) => number, label: string) => {
    const values = rows.map((row) => Math.round(1_000 * pick(row)) / 10);
    return numberColumn(values, {
      label,
      unit: "points",
      missing: Uint8Array.from(values, (value) => (Number.isNaN(value) ? NOT_AVAILABLE : PRESENT)),
    });
  };
  const data = release(
    table(
      {
        pratique: textColumn(
          rows.map(({ practice }) => practice.label),
          { label: "Pratique" },
        ),
        ecart_vrai: points(({ truth }) => truth.standardisedGap, "Écart planté"),
        ecart: points(({ tests }) => tests.gap, "Écart trouvé"),
        effet_vrai: points(({ truth, effect }) => (effect ? truth.tenMinutes : Number.NaN), "Effet planté de 10 min"),
        effet: points(({ effect }) => effect?.estimate ?? Number.NaN, "Effet trouvé"),
        direct: points(({ errors }) => errors?.direct ?? Number.NaN, "Erreur par quartier, directe"),
        modele: points(({ errors }) => errors?.model ?? Number.NaN, "Erreur par quartier, modèle"),
        effectif: numberColumn(
          rows.map(({ counts }) => Math.min(...counts.yes, ...counts.no)),
          { label: "Plus petit effectif", unit: "personnes", summable: true },
        ),
      },
      mergeLineages(survey.lineage, found.strata.lineage),
    ),
    { name: "vérité plantée et résultats", counts: "effectif", open: ["pratique", "ecart_vrai", "effet_vrai"] },
  );
  const gapsHeld = rows.filter(
    ({ tests: { interval95 }, truth }) =>
      interval95[0] <= truth.standardisedGap && truth.standardisedGap <= interval95[1],
  ).length;
  const effects = rows.flatMap(({ effect, truth }) => (effect ? [{ effect, truth: truth.tenMinutes }] : []));
  const effectsHeld = effects.filter(({ effect, truth }) => effect.lower <= truth && truth <= effect.upper).length;
  const errors = rows.flatMap((row) => (row.errors ? [row.errors] : []));
  const mean = (pick: (one: AreaErrors) => number): number =>
    Math.sqrt(errors.reduce((sum, one) => sum + pick(one) ** 2, 0) / errors.length);
  const areasHeld = errors.reduce((sum, { held }) => sum + held, 0) / errors.length;
  const first = numbers(data, "ecart").values[0];
  return {
    gapsHeld,
    gaps: rows.length,
    effectsHeld,
    effects: effects.length,
    directError: 100 * mean(({ direct }) => direct),
    modelError: 100 * mean(({ model }) => model),
    areasHeld,
    figure: dataTable(data, {
      id: "culture-verite",
      title: `Ce qui était planté, ce qui est trouvé : ${frenchNumber(gapsHeld)} écarts sur ${frenchNumber(rows.length)} et ${frenchNumber(effectsHeld)} effets sur ${frenchNumber(effects.length)} sont dans leur intervalle à 95 %`,
      subtitle:
        "Territoire inventé : la vérité est celle de toute sa population. Erreur par quartier : écart quadratique moyen du taux, là où une estimation directe existe",
      alt: "Tableau : pour chaque pratique, l’écart planté et l’écart trouvé, l’effet planté et l’effet trouvé de dix minutes de marche, l’erreur des taux par quartier de l’estimation directe et du modèle.",
      champ: survey.field,
      lecture: `${rows[0]?.practice.label ?? ""} : l’écart planté à composition égale est de ${frenchNumber(100 * (rows[0]?.truth.standardisedGap ?? Number.NaN), { decimals: 1, unit: "points" })}, l’écart trouvé de ${frenchNumber(first, { decimals: 1, unit: "points" })}.`,
      columns: ["pratique", "ecart_vrai", "ecart", "effet_vrai", "effet", "direct", "modele"],
    }),
  };
}

interface AreaErrors {
  readonly direct: number;
  readonly model: number;
  readonly held: number;
}

function areaErrors({ outing, practice }: OutingAreas, planted: PlantedPractices, { codes }: PostStrata): AreaErrors {
  const { model, direct } = practice;
  const rows = codes.flatMap((code, area) => {
    const truth = planted.neighbourhoods.get(code)?.rates[outing.practice.name];
    return truth === undefined ? [] : [{ area, truth }];
  });
  const estimated = rows.filter(({ area }) => Number.isFinite(direct[area]?.estimate));
  const error = (rateOf: (area: number) => number): number =>
    Math.sqrt(estimated.reduce((sum, { area, truth }) => sum + (rateOf(area) - truth) ** 2, 0) / estimated.length);
  return {
    direct: error((area) => direct[area]?.estimate ?? Number.NaN),
    model: error((area) => model.rates[area]),
    held: holding(model, rows) / rows.length,
  };
}

const holding = (
  { low, high }: PoststratifiedRates,
  rows: readonly { readonly area: number; readonly truth: number }[],
): number => rows.filter(({ area, truth }) => low[area] <= truth && truth <= high[area]).length;
