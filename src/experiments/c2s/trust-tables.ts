import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import { NOT_AVAILABLE, numberColumn, numbers, PRESENT, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { release } from "../../protection/release.ts";
import type { PlantedTakeUp } from "../../sources/planted-take-up.ts";
import { type EligibleAreas, eligibleInterval } from "./eligible-areas.ts";
import type { SensitivityRow } from "./sensitivity.ts";
import { type C2sStudy, champOf, roundTo } from "./study.ts";
import type { TakeUp } from "./take-up.ts";

/** What a step brings and what an assumption decides; beside the planted truth where the territory is invented. */
export function sensitivityTable(
  study: C2sStudy,
  rows: readonly SensitivityRow[],
  { planted, takeUp }: { readonly planted: ReadonlyMap<string, PlantedTakeUp> | null; readonly takeUp: TakeUp | null },
): Figure {
  // Shares are of the inhabitants of the neighbourhoods that have an answer, as everywhere in the chapter.
  const personsOf = ({ byArea }: SensitivityRow): number =>
    study.persons.reduce((sum, count, area) => (Number.isFinite(byArea[area]) ? sum + count : sum), 0);
  const base = rows[0];
  const errorOf = (byArea: Float64Array, of: (truth: PlantedTakeUp) => number): number => {
    const gaps = study.codes.flatMap((code, area) => {
      const truth = planted?.get(code);
      return truth && Number.isFinite(byArea[area]) ? [(100 * (byArea[area] - of(truth))) / study.persons[area]] : [];
    });
    return gaps.length === 0 ? Number.NaN : Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length);
  };
  const rate = ({ byArea, scheme }: SensitivityRow): number => {
    if (!takeUp) return Number.NaN;
    const { beneficiaries } = takeUp;
    let [takers, eligible] = [0, 0];
    for (const area of takeUp.areas) {
      const covered = beneficiaries.insured ? beneficiaries.insured[area] / study.persons[area] : 1;
      takers += beneficiaries.all[area];
      eligible += scheme * covered * byArea[area];
    }
    return 100 * (1 - takers / eligible);
  };
  const column = (pick: (row: SensitivityRow) => number, label: string, unit: string, step: number) => {
    const values = rows.map((row) => roundTo(pick(row), step));
    return numberColumn(values, {
      label,
      unit,
      missing: Uint8Array.from(values, (value) => (Number.isNaN(value) ? NOT_AVAILABLE : PRESENT)),
    });
  };
  const data = release(
    table(
      {
        variante: textColumn(
          rows.map(({ label }) => label),
          { label: "Variante" },
        ),
        part: column((row) => (100 * row.eligible) / personsOf(row), "Éligibles", "%", 0.1),
        gratuite: column((row) => (100 * row.free) / personsOf(row), "Dont gratuite", "%", 0.1),
        ecart: column(({ shift }) => shift, "Écart moyen", "points", 0.1),
        ...(takeUp ? { non_recours: column(rate, "Non-recours", "%", 0.1) } : {}),
        ...(planted
          ? {
              erreur: column((row) => errorOf(row.byArea, ({ all }) => all), "Erreur", "points", 0.1),
              erreur_gratuite: column(
                (row) => errorOf(row.freeByArea, ({ free }) => free),
                "Erreur, gratuite",
                "points",
                0.1,
              ),
            }
          : {}),
        habitants: numberColumn(rows.map(personsOf), { label: "Habitants", unit: "personnes" }),
      },
      takeUp ? mergeLineages(study.lineage, takeUp.beneficiaries.lineage) : study.lineage,
    ),
    { name: "sensibilité de la chaîne", open: ["variante"], counts: "habitants" },
  );
  const worst = rows
    .filter(({ kind }) => kind === "étape")
    .reduce<SensitivityRow | undefined>((a, b) => (a && a.shift >= b.shift ? a : b), undefined);
  const lecture = worst
    ? `${worst.label.charAt(0).toLowerCase()}${worst.label.slice(1)}, la part des éligibles d’un quartier change en moyenne de ${frenchNumber(worst.shift, { decimals: 1, unit: "points" })}.`
    : `la chaîne complète donne ${frenchNumber(base ? (100 * base.eligible) / personsOf(base) : Number.NaN, { decimals: 1, unit: "%" })} d’éligibles.`;
  return dataTable(data, {
    id: "c2s-sensibilite-tableau",
    title: "Ce que chaque étape apporte, et ce que chaque hypothèse décide",
    subtitle: `Part des personnes éligibles dans l’ensemble des quartiers selon la variante ; écart : moyenne, sur les quartiers, de l’écart absolu à la chaîne complète${planted ? " ; erreur : racine du carré moyen des écarts à la vérité, connue d’avance dans le territoire inventé" : ""}`,
    alt: "Tableau des variantes de la chaîne : part des éligibles, dont C2S gratuite, écart moyen à la chaîne complète, et non-recours qui en découle.",
    champ: champOf(study),
    lecture,
    columns: [
      "variante",
      "part",
      "gratuite",
      "ecart",
      ...(takeUp ? ["non_recours"] : []),
      ...(planted ? ["erreur", "erreur_gratuite"] : []),
    ],
    parameters: study.parameters,
  });
}

/** How well the planted numbers are found again: bias, error and how often the interval holds the truth. */
export interface Recovery {
  readonly bias: number;
  readonly error: number;
  /** Share (0 to 1) of the neighbourhoods whose 90 % interval holds the truth. */
  readonly coverage: number;
  readonly areas: number;
}

/** Compares estimates and intervals with the truth, in the unit of the values. */
export function recovery(
  rows: readonly { readonly value: number; readonly low: number; readonly high: number; readonly truth: number }[],
): Recovery {
  const known = rows.filter(({ value, truth }) => Number.isFinite(value + truth));
  const mean = (of: (row: (typeof known)[number]) => number): number =>
    known.reduce((sum, row) => sum + of(row), 0) / known.length;
  return {
    bias: mean(({ value, truth }) => value - truth),
    error: Math.sqrt(mean(({ value, truth }) => (value - truth) ** 2)),
    coverage: mean(({ low, high, truth }) => Number(low <= truth && truth <= high)),
    areas: known.length,
  };
}

/** Recovery of the eligible by right, and of non-take-up alone and smoothed, on the invented territory. */
export function truthTable(
  study: C2sStudy,
  planted: ReadonlyMap<string, PlantedTakeUp>,
  takeUp: TakeUp | null,
  lineage: readonly SourceRef[],
): Figure {
  const share = (right: keyof EligibleAreas["value"], of: (truth: PlantedTakeUp) => number): Recovery =>
    recovery(
      study.codes.map((code, area) => {
        const { value, low, high } = eligibleInterval(study.eligible, right, [area]);
        const scale = 100 / study.persons[area];
        const truth = planted.get(code);
        return {
          value: scale * value,
          low: scale * low,
          high: scale * high,
          truth: truth ? scale * of(truth) : Number.NaN,
        };
      }),
    );
  const rateOf = (code: string): number => {
    const truth = planted.get(code);
    return truth ? 100 * (1 - truth.generalCovered / truth.general) : Number.NaN;
  };
  const rates = takeUp
    ? [
        {
          label: "Non-recours, quartier par quartier",
          found: recovery(
            study.codes.map((code, area) => ({ ...percents(takeUp.replicated[area]), truth: rateOf(code) })),
          ),
        },
        {
          label: "Non-recours, lissé entre quartiers",
          found: recovery(
            Array.from(takeUp.areas, (area, i) => ({
              ...percents(takeUp.smoothed[i]),
              truth: rateOf(study.codes[area] ?? ""),
            })),
          ),
        },
      ]
    : [];
  const rows = [
    { label: "Part qui a droit au RSA", found: share("rsa", ({ rsa }) => rsa) },
    { label: "Part qui a droit à la C2S gratuite", found: share("free", ({ free }) => free) },
    { label: "Part qui a droit à la C2S", found: share("participation", ({ all }) => all) },
    ...rates,
  ];
  const column = (pick: (found: Recovery) => number, label: string, unit: string, step: number) =>
    numberColumn(
      rows.map(({ found }) => roundTo(pick(found), step)),
      { label, unit },
    );
  const persons = study.persons.reduce((sum, count) => sum + count, 0);
  const data = release(
    table(
      {
        grandeur: textColumn(
          rows.map(({ label }) => label),
          { label: "Grandeur" },
        ),
        biais: column(({ bias }) => bias, "Biais", "points", 0.1),
        erreur: column(({ error }) => error, "Erreur", "points", 0.1),
        couverture: column(({ coverage }) => 100 * coverage, "Intervalles qui contiennent la vérité", "%", 1),
        quartiers: column(({ areas }) => areas, "Quartiers", "", 1),
        habitants: numberColumn(
          rows.map(() => persons),
          { label: "Habitants", unit: "personnes" },
        ),
      },
      lineage,
    ),
    { name: "vérité retrouvée", open: ["grandeur"], counts: "habitants" },
  );
  return dataTable(data, {
    id: "c2s-verite-tableau",
    title: "Ce que la chaîne retrouve de la vérité, connue d’avance dans le territoire inventé",
    subtitle:
      "Écart moyen (biais) et racine du carré moyen des écarts (erreur) entre quartiers, en points ; part des intervalles à 90 % qui contiennent la vérité. La règle du territoire est écrite à part, avec un barème plus simple que celui de la chaîne",
    alt: "Tableau de la part des éligibles par droit et du non-recours : biais, erreur, et part des intervalles à 90 % qui contiennent la valeur plantée.",
    champ: champOf(study),
    lecture: `la part des personnes qui ont droit à la C2S est retrouvée avec un biais de ${frenchNumber(numbers(data, "biais").values[2], { decimals: 1, unit: "point" })} et ${frenchNumber(numbers(data, "couverture").values[2], { unit: "%" })} des intervalles contiennent la vérité.`,
    columns: ["grandeur", "biais", "erreur", "couverture", "quartiers"],
    parameters: study.parameters,
  });
}

const percents = (interval: { readonly value: number; readonly low: number; readonly high: number } | undefined) => ({
  value: 100 * (interval?.value ?? Number.NaN),
  low: 100 * (interval?.low ?? Number.NaN),
  high: 100 * (interval?.high ?? Number.NaN),
});
