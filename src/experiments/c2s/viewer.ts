import { frenchOf } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { NOT_AVAILABLE, numberColumn, numbers, PRESENT, textColumn } from "../../codes/table.ts";
import { type AreaViewer, areaViewer, type ViewerMeasure } from "../../figures/area-viewer.ts";
import { rankAreas } from "../../models/areas/rank-intervals.ts";
import { placedShapes } from "../../tables/neighbourhoods.ts";
import { type Contributions, contributionColumns } from "./contributions.ts";
import { areaDraws, CONFIDENCE, intervalOf } from "./eligible-areas.ts";
import { typicalHalfWidth } from "./eligible-figures.ts";
import type { SensitivityRow } from "./sensitivity.ts";
import { type C2sStudy, champOf, releaseNeighbourhoods, roundTo } from "./study.ts";
import type { TakeUp } from "./take-up.ts";

/** One line of the viewer's table: a hypothesis, a neighbourhood, a value with its interval and rank. */
interface Line {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly rankLow: number;
  readonly rankHigh: number;
  readonly probability: number;
}

const none: Line = {
  value: Number.NaN,
  low: Number.NaN,
  high: Number.NaN,
  rankLow: Number.NaN,
  rankHigh: Number.NaN,
  probability: Number.NaN,
};

/**
 * The page where neighbourhoods are looked at one by one: share of eligible persons, and non-take-up where it is known, under each hypothesis; what makes each differ from
 * all; the household calculator. Under another hypothesis than the reference the value is computed anew, and the relative error of the reference is carried over.
 */
export function c2sViewer(
  study: C2sStudy,
  rows: readonly SensitivityRow[],
  takeUp: TakeUp | null,
  parts: Contributions,
): AreaViewer {
  const lineage = takeUp ? mergeLineages(study.lineage, takeUp.beneficiaries.lineage) : study.lineage;
  const lines = rows.map((row) => ({
    eligible: eligibleLines(study, row),
    takeUp: takeUp ? takeUpLines(study, takeUp, row) : null,
  }));
  const all = rows.flatMap((_, h) => study.codes.map((_code, area) => ({ h, area })));
  const column = (
    of: (line: Line) => number,
    which: "eligible" | "takeUp",
    label: string,
    unit: string,
    step: number,
  ) => {
    const values = all.map(({ h, area }) => roundTo(of(lines[h]?.[which]?.[area] ?? none), step));
    const missing = Uint8Array.from(values, (value, i) =>
      Number.isFinite(value)
        ? PRESENT
        : (which === "takeUp" && takeUp?.beneficiaries.missing[all[i]?.area ?? 0]) || NOT_AVAILABLE,
    );
    return numberColumn(values, { label, unit, missing });
  };
  const measure = (which: "eligible" | "takeUp", id: string, label: string) => ({
    [id]: column(({ value }) => value, which, label, "%", 0.1),
    [`${id}_bas`]: column(({ low }) => low, which, "Borne basse", "%", 0.1),
    [`${id}_haut`]: column(({ high }) => high, which, "Borne haute", "%", 0.1),
    [`${id}_rang_bas`]: column(({ rankLow }) => rankLow, which, "Rang le plus haut possible", "", 1),
    [`${id}_rang_haut`]: column(({ rankHigh }) => rankHigh, which, "Rang le plus bas possible", "", 1),
    [`${id}_probabilite`]: column(
      ({ probability }) => probability,
      which,
      "Probabilité d’être parmi les plus hauts",
      "part",
      0.01,
    ),
  });
  const eligibleLabel = "Part des habitants qui ont droit à la C2S";
  const takeUpLabel = "Non-recours estimé des personnes éligibles";
  const estimates = releaseNeighbourhoods(
    study,
    "estimations de la visionneuse",
    {
      hypothese: textColumn(
        all.map(({ h }) => idOf(h)),
        { label: "Hypothèse" },
      ),
      ...measure("eligible", "part", eligibleLabel),
      ...(takeUp ? measure("takeUp", "non_recours", takeUpLabel) : {}),
    },
    { rows: all.map(({ area }) => area), lineage },
  );
  const explained = contributionColumns(parts);
  const explanation = releaseNeighbourhoods(study, "contributions de la visionneuse", explained.columns, {
    rows: explained.rows,
    lineage,
  });
  const halfWidth = (id: string): number => {
    const bounds = [`${id}_bas`, `${id}_haut`].map((name) =>
      numbers(estimates, name).values.slice(0, study.codes.length),
    );
    return typicalHalfWidth(bounds[0] ?? [], bounds[1] ?? []);
  };
  const viewerMeasure = (id: string, label: string, absence?: string): ViewerMeasure => ({
    id,
    label,
    value: id,
    low: `${id}_bas`,
    high: `${id}_haut`,
    rank: { low: `${id}_rang_bas`, high: `${id}_rang_haut`, probability: `${id}_probabilite` },
    decimals: 0,
    leastWidth: halfWidth(id),
    ...(absence ? { absence } : {}),
  });
  return areaViewer({
    id: "c2s-visionneuse",
    title: "La C2S dans les quartiers : qui y a droit, qui ne l’a pas, et pourquoi ici plus que là",
    subtitle:
      "Estimations expérimentales, par quartier prioritaire ; aucun taux local officiel n’existe. Sous une autre hypothèse que la chaîne complète, l’erreur relative de celle-ci est reportée",
    champ: champOf(study),
    lecture:
      "chaque quartier a une valeur, un intervalle à 90 % et un intervalle de rang ; on ne conclut pas de la place dans la liste : lire l’intervalle du rang.",
    areas: releaseNeighbourhoods(study, "quartiers de la visionneuse", {}, { lineage }),
    estimates,
    hypothesis: "hypothese",
    code: "code_qp",
    name: "nom_qp",
    town: "nom_commune",
    measures: [
      viewerMeasure("part", eligibleLabel),
      ...(takeUp
        ? [
            viewerMeasure(
              "non_recours",
              takeUpLabel,
              "Le nombre de bénéficiaires de ce quartier est secret ou n’est pas diffusé, ou ses éligibles ne sont pas estimés.",
            ),
          ]
        : []),
    ],
    hypotheses: rows.map(({ label }, h) => ({ id: idOf(h), label })),
    hypothesisTitle: "Hypothèse ou date de la loi",
    interval: "à 90 %",
    perimeters: placedShapes(study.places),
    explanation: {
      data: explanation,
      code: "code_qp",
      factor: "facteur",
      contribution: "part",
      base: "depart",
      level: "arrivee",
      label:
        parts.measure === "non-takers"
          ? "Personnes du régime général qui ont droit à la C2S et ne l’ont pas, pour 100 habitants"
          : "Personnes éligibles, pour 100 habitants",
      reference: `ensemble des quartiers ${frenchOf(study.territory.label)}`,
      decimals: 1,
    },
    calculator: true,
    parameters: study.parameters,
  });
}

const idOf = (h: number): string => `h${h}`;

/** Lines of a measure whose draws are given by area; areas without draws have none. */
function linesOf(
  areas: number,
  known: readonly { readonly area: number; readonly value: number; readonly draws: Float64Array }[],
): readonly Line[] {
  const draws = known[0]?.draws.length ?? 0;
  const lines: Line[] = Array.from({ length: areas }, () => none);
  if (known.length < 2 || draws === 0) return lines;
  const values = new Float64Array(known.length * draws);
  known.forEach((one, i) => {
    for (let draw = 0; draw < draws; draw++) values[draw * known.length + i] = one.draws[draw];
  });
  const ranks = rankAreas({ areas: known.length, draws, values }, { share: 0.1, confidence: CONFIDENCE });
  known.forEach(({ area, value, draws: own }, i) => {
    lines[area] = {
      ...intervalOf(value, own),
      rankLow: ranks.rankLow[i],
      rankHigh: ranks.rankHigh[i],
      probability: ranks.probabilityHighest[i],
    };
  });
  return lines;
}

function eligibleLines({ eligible, persons, codes }: C2sStudy, { byArea }: SensitivityRow): readonly Line[] {
  const known = codes.flatMap((_, area) => {
    const base = eligible.value.participation[area];
    if (!Number.isFinite(byArea[area] + base)) return [];
    const scale = (100 * byArea[area]) / base / persons[area];
    const draws = areaDraws(eligible, "participation", [area]).map((count) => count * scale);
    return [{ area, value: (100 * byArea[area]) / persons[area], draws }];
  });
  return linesOf(codes.length, known);
}

function takeUpLines({ eligible, codes }: C2sStudy, takeUp: TakeUp, { byArea }: SensitivityRow): readonly Line[] {
  const { areas, rates, smoothed } = takeUp;
  const known = Array.from(areas).flatMap((area, i) => {
    const ratio = eligible.value.participation[area] / byArea[area];
    if (!Number.isFinite(ratio)) return [];
    const moved = (rate: number): number => 100 * (1 - (1 - rate) * ratio);
    const draws = Float64Array.from({ length: rates.draws }, (_, draw) => moved(rates.values[draw * rates.areas + i]));
    return [{ area, value: moved(smoothed[i]?.value ?? Number.NaN), draws }];
  });
  return linesOf(codes.length, known);
}
