import { frenchDate } from "../../codes/french.ts";
import { numbers } from "../../codes/table.ts";
import { type KeyNumbers, keyNumberList } from "../../figures/key-numbers.ts";
import type { Interval } from "../../models/areas/non-take-up.ts";
import { keyNumbers } from "../../protection/key-numbers.ts";
import type { PlantedTakeUp } from "../../sources/planted-take-up.ts";
import { answered, eligibleInterval, intervalOf, type Right } from "./eligible-areas.ts";
import type { EligibleFigures } from "./eligible-figures.ts";
import { benchmarkedNonTakers, type ExpectedFigure, expectedNonTakers, nationalRate } from "./expected-figure.ts";
import { type HeldOut, heldOut } from "./held-out.ts";
import type { InsideOutside } from "./inside-outside.ts";
import type { LoadedStudy } from "./load-study.ts";
import type { OutreachChapter } from "./outreach.ts";
import type { NationalCheck, NationalHypotheses } from "./outside-checks.ts";
import type { RankFigures } from "./rank-figures.ts";
import type { SensitivityRow } from "./sensitivity.ts";
import { type C2sStudy, roundTo } from "./study.ts";
import { nonTakerDraws, type TakeUp } from "./take-up.ts";
import type { TakeUpFigures } from "./take-up-figures.ts";
import type { WeightsReport } from "./weights-table.ts";

/** All that the chapter has computed, for its numbers and its sentences. */
export interface C2sFacts {
  readonly loaded: LoadedStudy;
  readonly takeUp: TakeUp | null;
  readonly sides: InsideOutside | null;
  readonly eligible: EligibleFigures;
  readonly expected: ExpectedFigure;
  readonly observed: TakeUpFigures | null;
  readonly ranks: RankFigures | null;
  readonly weights: WeightsReport;
  readonly plan: OutreachChapter;
  readonly planted: ReadonlyMap<string, PlantedTakeUp> | null;
  readonly national: NationalCheck | null;
  readonly hypotheses: NationalHypotheses | null;
  readonly variants: readonly SensitivityRow[];
}

/** Persons who have a right and do not use it where beneficiaries are counted, every scheme; null elsewhere. */
export function measuredNonTakers(study: C2sStudy, takeUp: TakeUp | null): Interval | null {
  if (!takeUp) return null;
  const draws = new Float64Array(takeUp.rates.draws);
  let value = 0;
  takeUp.areas.forEach((area, i) => {
    const persons = study.persons[area];
    const share = takeUp.beneficiaries.insured ? takeUp.beneficiaries.insured[area] / persons : 1;
    const rate = takeUp.smoothed[i]?.value ?? Number.NaN;
    value += (takeUp.beneficiaries.all[area] * rate) / (1 - rate) / share;
    nonTakerDraws(takeUp, area, persons)?.forEach((count, draw) => {
      draws[draw] += count;
    });
  });
  return intervalOf(value, draws);
}

/** Beneficiaries predicted in neighbourhoods set aside; null where none are counted. */
export function heldOutOf(study: C2sStudy, takeUp: TakeUp | null): HeldOut | null {
  if (!takeUp) return null;
  const { beneficiaries } = takeUp;
  const poverty = numbers(study.places.table, "tp60").values;
  const poor = poverty.map((rate, area) => (rate / 100) * (beneficiaries.insured?.[area] ?? study.persons[area]));
  return heldOut({ beneficiaries: beneficiaries.all, eligible: takeUp.eligible, poor }, { seed: 20 });
}

/** The numbers that the prose quotes. */
export function c2sKeyNumbers(study: C2sStudy, facts: C2sFacts): KeyNumbers {
  const all = answered(study.eligible);
  const persons = all.reduce((sum, area) => sum + study.persons[area], 0);
  const n = Math.round(persons);
  const share = (right: Right): Interval => {
    const { value, low, high } = eligibleInterval(study.eligible, right, all);
    return { value: (100 * value) / persons, low: (100 * low) / persons, high: (100 * high) / persons };
  };
  const percent = (key: string, label: string, value: number, decimals = 0) => ({
    ...{ key: `c2s.${key}`, label, value, unit: "%", decimals, n },
  });
  const whole = (key: string, label: string, value: number, step = 1) => ({
    ...{ key: `c2s.${key}`, label, value: roundTo(value, step), unit: "", decimals: 0, n },
  });
  const word = (key: string, label: string, value: string) => ({
    ...{ key: `c2s.${key}`, label, value, unit: "", decimals: 0 },
  });
  const between = (key: string, label: string, { value, low, high }: Interval) => [
    percent(key, label, value),
    percent(`${key}_bas`, `${label}, borne basse`, low),
    percent(`${key}_haut`, `${label}, borne haute`, high),
  ];
  const median = (name: string): number => numbers(facts.eligible.shares, name).values[facts.eligible.median];
  const non = expectedNonTakers(study, all);
  const aside = heldOutOf(study, facts.takeUp);
  const { sides, observed, ranks, national } = facts;
  const measured = measuredNonTakers(study, facts.takeUp);
  const counts = (key: string, label: string, { value, low, high }: Interval) => [
    whole(key, label, value, 100),
    whole(`${key}_bas`, `${label}, borne basse`, low, 100),
    whole(`${key}_haut`, `${label}, borne haute`, high, 100),
  ];
  return keyNumberList(
    keyNumbers(
      [
        percent("taux_national", "Non-recours national en 2021 (Drees)", 100 * nationalRate("all").value),
        percent("taux_gratuite", "Non-recours national, C2S gratuite", 100 * nationalRate("free").value),
        percent(
          "taux_participation",
          "Non-recours national, avec participation",
          100 * nationalRate("participation").value,
        ),
        whole("quartiers", "Quartiers", study.codes.length),
        whole("estimes", "Quartiers estimés", all.length),
        whole("tirages", "Tirages de toute la chaîne", study.eligible.draws),
        word("date", "Date de la loi", frenchDate(study.lawDate)),
        word("annee_revenus", "Année des revenus", "2019"),
        word("annee_population", "Année de la population", "2015"),
        percent("part_mediane", "Part des éligibles, quartier médian", median("part")),
        percent("part_basse", "Borne basse", median("part_basse")),
        percent("part_haute", "Borne haute", median("part_haute")),
        ...between("part", "Part des éligibles", share("participation")),
        ...between("part_gratuite", "Part des éligibles à la C2S gratuite", share("free")),
        whole("eligibles", "Personnes éligibles", eligibleInterval(study.eligible, "participation", all).value, 100),
        whole("non_recours", "Personnes qui ont droit à la C2S et ne l’ont pas, attendues", non.value, 100),
        whole("non_recours_bas", "Borne basse", non.low, 100),
        whole("non_recours_haut", "Borne haute", non.high, 100),
        percent(
          "taux_attendu",
          "Non-recours attendu aux taux nationaux de chaque droit",
          (100 * non.value) / eligibleInterval(study.eligible, "participation", all).value,
        ),
        ...(measured ? counts("mesures", "Personnes qui ont droit à la C2S et ne l’ont pas, estimées", measured) : []),
        ...(national
          ? [
              percent(
                "ecart_national",
                "Écart de la chaîne au total national, avec participation",
                100 * (1 / national.kappa.participation - 1),
              ),
              whole(
                "non_recours_cale",
                "Personnes attendues, ramenées au total national",
                benchmarkedNonTakers(study, all, national.kappa),
                100,
              ),
            ]
          : []),
        whole("effectif_efficace", "Ménages efficaces, quartier médian", facts.weights.effective),
        ...(sides
          ? [
              ...between("dedans", "Part des éligibles dans les quartiers", sides.inside.share),
              ...between("dehors", "Part des éligibles hors des quartiers", sides.outside.share),
              ...(Number.isFinite(sides.outside.nonTakeUp.value)
                ? [
                    ...between("nr_dedans", "Non-recours dans les quartiers", sides.inside.nonTakeUp),
                    ...between("nr_dehors", "Non-recours hors des quartiers", sides.outside.nonTakeUp),
                    whole(
                      "nt_dedans",
                      "Non-recourants du régime général dans les quartiers",
                      sides.inside.nonTakers.value,
                      100,
                    ),
                    whole(
                      "nt_dehors",
                      "Non-recourants du régime général hors des quartiers",
                      sides.outside.nonTakers.value,
                      100,
                    ),
                  ]
                : []),
            ]
          : []),
        ...(observed
          ? [
              whole("echecs", "Quartiers où le modèle échoue", observed.failures),
              whole("caches", "Quartiers non diffusés", observed.hidden),
            ]
          : []),
        ...(ranks
          ? [
              percent("paires", "Paires de quartiers dont l’ordre est connu", 100 * ranks.orderedPairs),
              whole("surs", "Quartiers presque sûrement parmi les plus hauts", ranks.sure),
            ]
          : []),
        ...(aside
          ? [
              percent("ecart_chaine", "Erreur relative des bénéficiaires prédits par la chaîne", 100 * aside.chain, 1),
              percent("ecart_pauvrete", "La même par le taux de pauvreté", 100 * aside.poverty, 1),
            ]
          : []),
      ],
      [facts.eligible.shares, facts.expected.table],
    ),
  );
}
