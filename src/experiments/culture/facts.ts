import type { KeyNumbers } from "../../figures/key-numbers.ts";
import { keyNumberList } from "../../figures/key-numbers.ts";
import { effectiveSampleSize } from "../../models/survey/design.ts";
import { means } from "../../models/survey/estimates.ts";
import { type KeyNumber, keyNumbers } from "../../protection/key-numbers.ts";
import type { OutingAreas } from "./area-study.ts";
import type { CommuneExpected } from "./commune-expected.ts";
import type { DistanceEffect } from "./distance-effect.ts";
import { countVerdicts, type GapFigures } from "./gap-figures.ts";
import type { PracticeClasses } from "./practice-classes.ts";
import type { PracticeGaps } from "./practice-gaps.ts";
import type { PracticeSurvey } from "./practice-survey.ts";
import type { RateFigures } from "./rate-figures.ts";
import type { CommuneSupply, PlacedSupply } from "./supply.ts";
import type { TruthCheck } from "./truth-table.ts";

/** All that the chapter has computed, for its numbers and its sentences. */
export interface CultureFacts {
  /** The survey of rates, and that of the map and of the gaps: the same where one knows everything. */
  readonly rates: PracticeSurvey;
  readonly mapped: PracticeSurvey;
  readonly rateFigures: RateFigures;
  readonly classes: PracticeClasses;
  readonly gaps: PracticeGaps;
  readonly gapFigures: GapFigures;
  readonly effects: readonly DistanceEffect[] | null;
  readonly areas: readonly OutingAreas[];
  /** The outing drawn neighbourhood by neighbourhood. */
  readonly drawn: OutingAreas | null;
  readonly communes: CommuneExpected | null;
  readonly supply: PlacedSupply | null;
  readonly communeSupply: CommuneSupply | null;
  readonly neighbourhoods: number;
  readonly truth: TruthCheck | null;
}

/** Numbers that the prose quotes. */
export function cultureNumbers(facts: CultureFacts): KeyNumbers {
  const { rates, mapped, classes, gaps, gapFigures, truth, supply } = facts;
  const verdicts = countVerdicts(gapFigures.released);
  const n = rates.people;
  const number = (
    key: string,
    label: string,
    value: number | string,
    unit = "",
    decimals = 0,
    people: number = n,
  ): KeyNumber => ({ key: `culture.${key}`, label, value, unit, decimals, n: people });
  const { axes, report } = classes.map.analysis;
  const list: KeyNumber[] = [
    number("enquetes", "Personnes interrogées", n),
    number(
      "n_effectif",
      "Taille équivalente d’un sondage simple",
      Math.round(effectiveSampleSize(rates.design.weights)),
    ),
    ...usefulSizes(rates).map(([key, label, value]) => number(key, label, value)),
    number("annee", "Année de l’enquête", rates.year),
    number("carte_personnes", "Personnes de la carte", report.activeRows, "", 0, report.activeRows),
    number("carte_annee", "Année de l’enquête de la carte", mapped.year),
    number("axe1_brut", "Axe 1, taux brut", axes.percentages[0], "%", 1, report.activeRows),
    number("axe1_benzecri", "Axe 1, taux de Benzécri", axes.benzecri[0], "%", 1, report.activeRows),
    number("axe1_greenacre", "Axe 1, taux de Greenacre", axes.greenacre[0], "%", 1, report.activeRows),
    number("classes", "Classes de pratiques", classes.chosen.classes, "", 0, report.activeRows),
    number("stabilite", "Indice de Rand ajusté moyen", classes.stability.meanAdjustedRand, "", 2, report.activeRows),
    number("marge", "Marge d’équivalence", 100 * gaps.margin, "points"),
    number("pratiques", "Pratiques comparées", gaps.gaps.length, "", 0, mapped.people),
    ...(["différent", "équivalent", "indécis"] as const).map((verdict) =>
      number(verdictKey[verdict], `Pratiques : ${verdict}`, verdictCount(verdicts, verdict), "", 0, mapped.people),
    ),
    number("quartiers", "Quartiers prioritaires", facts.neighbourhoods, "", 0, 0),
  ];
  if (facts.drawn) {
    const { practice, outing } = facts.drawn;
    const people = practice.yes.reduce((sum, count) => sum + count, 0);
    list.push(
      number("quartiers_sortie", "Sortie montrée par quartier", outing.practice.label),
      number("quartiers_enquetes", "Enquêtés des quartiers", people + practice.no.reduce((s, c) => s + c, 0)),
      number("quartiers_taux", "Taux des quartiers", 100 * practice.overall.rates[0], "%", 0, people),
      number("quartiers_bas", "Quartier le plus bas", 100 * Math.min(...practice.model.rates), "%", 0, people),
      number("quartiers_haut", "Quartier le plus haut", 100 * Math.max(...practice.model.rates), "%", 0, people),
    );
  }
  if (supply) {
    list.push(
      number("sans_km", "Quartiers sans lieu à 1 km", supply.noneWithinKm, "", 0, 0),
      number("part_lieux", "Part des lieux dans les quartiers", 100 * supply.insideShare.facilities, "%", 1, 0),
      number("part_habitants", "Part des habitants dans les quartiers", 100 * supply.insideShare.residents, "%", 1, 0),
    );
  }
  if (truth) {
    list.push(
      number("erreur_directe", "Erreur par quartier, directe", truth.directError, "points", 1),
      number("erreur_modele", "Erreur par quartier, modèle", truth.modelError, "points", 1),
      number("areas_tenues", "Intervalles par quartier qui tiennent la vérité", 100 * truth.areasHeld, "%"),
    );
  }
  return keyNumberList(keyNumbers(list, [facts.rateFigures.released.all, gapFigures.released]));
}

/** Simple random samples as precise as the survey, for the practices on which its design weighs most and least; nothing without a design. */
function usefulSizes(survey: PracticeSurvey): readonly (readonly [key: string, label: string, value: number])[] {
  if (survey.known !== "design") return [];
  const sizes = survey.practices.map(({ answers }) => means(survey.design, answers)[0]?.equivalentSize ?? Number.NaN);
  const rounded = (value: number): number => 100 * Math.round(value / 100);
  return [
    ["n_utile_bas", "Taille utile, la plus petite", rounded(Math.min(...sizes))],
    ["n_utile_haut", "Taille utile, la plus grande", rounded(Math.max(...sizes))],
  ];
}

const verdictKey = { différent: "differents", équivalent: "equivalents", indécis: "indecis" } as const;

/** "différent mais négligeable" is different too. */
const verdictCount = (counts: ReadonlyMap<string, number>, verdict: keyof typeof verdictKey): number =>
  (counts.get(verdict) ?? 0) + (verdict === "différent" ? (counts.get("différent mais négligeable") ?? 0) : 0);
