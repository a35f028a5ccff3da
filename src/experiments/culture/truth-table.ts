import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { NOT_AVAILABLE, numberColumn, numbers, PRESENT, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import type { FamilyGap } from "../../models/comparison/equivalences.ts";
import type { PoststratifiedRates } from "../../models/multilevel/poststratify.ts";
import type { MarginalEffect } from "../../models/regression/average-marginal-effect.ts";
import { release } from "../../protection/release.ts";
import type { PlantedPractice, PlantedPractices } from "../../sources/planted-practices.ts";
import type { OutingAreas } from "./area-study.ts";
import type { DistanceEffect } from "./distance-effect.ts";
import type { PostStrata } from "./post-strata.ts";
import type { PracticeGap, PracticeGaps } from "./practice-gaps.ts";
import type { Practice, PracticeSurvey } from "./practice-survey.ts";

/** What the chapter found beside what was planted, on the invented territory. */
export interface TruthCheck {
  readonly gapTable: Figure;
  readonly outingTable: Figure;
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
  const rows = found.gaps.gaps.flatMap(({ practice, tests, counts }): TruthRow[] => {
    const truth = planted.practices.get(practice.name);
    if (!truth) return [];
    const effect = found.effects.find((one) => one.practice.name === practice.name)?.heldEqual;
    const area = found.areas.find(({ outing }) => outing.practice.name === practice.name);
    return [{ practice, tests, truth, effect, errors: area ? areaErrors(area, planted, found.strata) : null, counts }];
  });
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
  const gapTable = gapsTable(survey, rows, gapsHeld);
  const outingTable = outingsTable(survey, rows, found.strata);
  return {
    gapsHeld,
    gaps: rows.length,
    effectsHeld,
    effects: effects.length,
    directError: 100 * mean(({ direct }) => direct),
    modelError: 100 * mean(({ model }) => model),
    areasHeld,
    gapTable,
    outingTable,
  };
}

/** A practice with its truth. */
interface TruthRow {
  readonly practice: Practice;
  readonly tests: FamilyGap;
  readonly truth: PlantedPractice;
  readonly effect: MarginalEffect | undefined;
  readonly errors: AreaErrors | null;
  readonly counts: PracticeGap["counts"];
}

const points = (rows: readonly TruthRow[], pick: (row: TruthRow) => number, label: string) => {
  const values = rows.map((row) => Math.round(1_000 * pick(row)) / 10);
  return numberColumn(values, {
    label,
    unit: "points",
    missing: Uint8Array.from(values, (value) => (Number.isNaN(value) ? NOT_AVAILABLE : PRESENT)),
  });
};

const names = (rows: readonly TruthRow[]) =>
  textColumn(
    rows.map(({ practice }) => practice.label),
    { label: "Pratique" },
  );

const smallest = (rows: readonly TruthRow[]) =>
  numberColumn(
    rows.map(({ counts }) => Math.min(...counts.yes, ...counts.no)),
    { label: "Plus petit effectif", unit: "personnes", summable: true },
  );

function gapsTable(survey: PracticeSurvey, rows: readonly TruthRow[], held: number): Figure {
  const data = release(
    table(
      {
        pratique: names(rows),
        vrai: points(rows, ({ truth }) => truth.standardisedGap, "Écart vrai"),
        ecart: points(rows, ({ tests }) => tests.gap, "Écart trouvé"),
        bas: points(rows, ({ tests }) => tests.interval95[0], "Borne basse à 95 %"),
        haut: points(rows, ({ tests }) => tests.interval95[1], "Borne haute à 95 %"),
        conclusion: textColumn(
          rows.map(({ tests }) => tests.adjustedVerdict),
          { label: "Conclusion" },
        ),
        effectif: smallest(rows),
      },
      survey.lineage,
    ),
    { name: "écarts plantés et trouvés", counts: "effectif", open: ["pratique", "vrai"] },
  );
  const first = numbers(data, "ecart").values[0];
  return dataTable(data, {
    id: "culture-verite",
    title: `Ce qui était planté, ce qui est trouvé : ${frenchNumber(held)} ${held < 2 ? "écart" : "écarts"} sur ${frenchNumber(rows.length)} dans leur intervalle à 95 %`,
    subtitle:
      "Écart entre les habitants des quartiers et les autres, à âge, diplôme et profession égaux ; la vérité est celle de toute la population inventée ; conclusion corrigée pour le nombre de pratiques (Holm) : elle demande une preuve plus forte que l’intervalle montré",
    alt: "Tableau : pour chaque pratique, l’écart vrai, l’écart trouvé avec son intervalle, et la conclusion.",
    champ: survey.field,
    lecture: `${rows[0]?.practice.label ?? ""} : l’écart vrai est de ${frenchNumber(100 * (rows[0]?.truth.standardisedGap ?? Number.NaN), { decimals: 1, unit: "points" })}, l’écart trouvé de ${frenchNumber(first, { decimals: 1, unit: "points" })}.`,
    columns: ["pratique", "vrai", "ecart", "bas", "haut", "conclusion"],
  });
}

/** The outings, for which distance and neighbourhoods are estimated too. */
function outingsTable(survey: PracticeSurvey, all: readonly TruthRow[], strata: PostStrata): Figure {
  const rows = all.filter(({ effect, errors }) => effect || errors);
  const data = release(
    table(
      {
        pratique: names(rows),
        vrai: points(rows, ({ truth, effect }) => (effect ? truth.tenMinutes : Number.NaN), "Effet vrai de 10 min"),
        effet: points(rows, ({ effect }) => effect?.estimate ?? Number.NaN, "Effet trouvé"),
        bas: points(rows, ({ effect }) => effect?.lower ?? Number.NaN, "Borne basse à 95 %"),
        haut: points(rows, ({ effect }) => effect?.upper ?? Number.NaN, "Borne haute à 95 %"),
        direct: points(rows, ({ errors }) => errors?.direct ?? Number.NaN, "Erreur par quartier, directe"),
        modele: points(rows, ({ errors }) => errors?.model ?? Number.NaN, "Erreur par quartier, modèle"),
        partout: points(rows, ({ errors }) => errors?.everywhere ?? Number.NaN, "Modèle, tous les quartiers"),
        effectif: smallest(rows),
      },
      mergeLineages(survey.lineage, strata.lineage),
    ),
    { name: "effets plantés et trouvés", counts: "effectif", open: ["pratique", "vrai"] },
  );
  const at = (name: string): number => numbers(data, name).values[0];
  const measured = rows.flatMap(({ errors }) => (errors ? [errors] : []));
  const nearer = measured.filter(({ direct, model }) => model < direct).length;
  const one = (value: number): string => frenchNumber(value, { decimals: 1, unit: "points" });
  return dataTable(data, {
    id: "culture-verite-sorties",
    title: `Par quartier, le modèle est plus près de la vérité que l’estimation directe pour ${frenchNumber(nearer)} ${nearer < 2 ? "sortie" : "sorties"} sur ${frenchNumber(measured.length)}`,
    subtitle:
      "Effet de dix minutes de marche de plus, le reste tenu égal (« nd » : l’enquête ne mesure pas la marche de cette sortie au domicile ; le modèle par quartier a celle du quartier) ; erreur par quartier : écart quadratique moyen du taux, aux quartiers enquêtés, même de deux personnes, puis à tous pour le modèle",
    alt: "Tableau : pour chaque sortie, l’effet vrai et l’effet trouvé de dix minutes de marche avec son intervalle, puis l’erreur des taux par quartier de l’estimation directe et du modèle, aux mêmes quartiers, et celle du modèle partout.",
    champ: survey.field,
    lecture: `${rows[0]?.practice.label ?? ""} : dix minutes de plus vont avec ${one(at("effet"))} (vrai : ${one(at("vrai"))}) ; l’erreur par quartier est de ${one(at("direct"))} en direct et de ${one(at("modele"))} par le modèle.`,
    columns: ["pratique", "vrai", "effet", "bas", "haut", "direct", "modele", "partout"],
  });
}

interface AreaErrors {
  readonly direct: number;
  readonly model: number;
  /** Of the model, over all neighbourhoods, with those never surveyed. */
  readonly everywhere: number;
  readonly held: number;
}

function areaErrors({ outing, practice }: OutingAreas, planted: PlantedPractices, { codes }: PostStrata): AreaErrors {
  const { model, direct } = practice;
  const rows = codes.flatMap((code, area) => {
    const truth = planted.neighbourhoods.get(code)?.rates[outing.practice.name];
    return truth === undefined ? [] : [{ area, truth }];
  });
  const estimated = rows.filter(({ area }) => Number.isFinite(direct[area]?.estimate));
  const error = (over: typeof rows, rateOf: (area: number) => number): number =>
    Math.sqrt(over.reduce((sum, { area, truth }) => sum + (rateOf(area) - truth) ** 2, 0) / over.length);
  const byModel = (area: number): number => model.rates[area];
  return {
    direct: error(estimated, (area) => direct[area]?.estimate ?? Number.NaN),
    model: error(estimated, byModel),
    everywhere: error(rows, byModel),
    held: holding(model, rows) / rows.length,
  };
}

const holding = (
  { low, high }: PoststratifiedRates,
  rows: readonly { readonly area: number; readonly truth: number }[],
): number => rows.filter(({ area, truth }) => low[area] <= truth && truth <= high[area]).length;
