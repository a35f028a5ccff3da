import { frenchNumber, frenchOf } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numberColumn, numbers, textColumn } from "../../codes/table.ts";
import type { Figure } from "../../figures/figure.ts";
import { rankChart } from "../../figures/interval-rank.ts";
import { normalPlot } from "../../figures/normal-plot.ts";
import { normalScores } from "../../models/areas/normal-scores.ts";
import { type C2sStudy, placeName, quartier, releaseNeighbourhoods, roundTo } from "./study.ts";
import type { TakeUp } from "./take-up.ts";

export interface RankFigures {
  readonly ranks: Figure;
  readonly diagnostics: Figure;
  /** Share (0 to 1) of the pairs of neighbourhoods whose order is known. */
  readonly orderedPairs: number;
  /** Neighbourhoods whose probability to be among the highest is 90 % or more. */
  readonly sure: number;
}

/** Ranks of non-take-up with their intervals, ordered by probability, and the normal plot of the model behind them. */
export function rankFigures(study: C2sStudy, takeUp: TakeUp): RankFigures {
  const { ranks, fit } = takeUp;
  const rows = [...takeUp.areas];
  const lineage = mergeLineages(study.lineage, takeUp.beneficiaries.lineage);
  const champ = `quartiers prioritaires ${frenchOf(study.territory.label)} dont le nombre de bénéficiaires est diffusé (${frenchNumber(rows.length)})`;
  const whole = (values: ArrayLike<number>, label: string) => numberColumn(values, { label, unit: "" });
  const names = textColumn(
    rows.map((row) => placeName(study, row)),
    { label: "Quartier et commune" },
  );
  const ranked = releaseNeighbourhoods(
    study,
    "rangs du non-recours",
    {
      nom: names,
      rang_bas: whole(ranks.rankLow, "Rang le plus haut possible"),
      rang_haut: whole(ranks.rankHigh, "Rang le plus bas possible"),
      rang_moyen: whole(
        Array.from(ranks.meanRank, (rank) => roundTo(rank, 0.1)),
        "Rang moyen",
      ),
      probabilite: numberColumn(
        Array.from(ranks.probabilityHighest, (share) => roundTo(share, 0.01)),
        { label: `Probabilité d’être parmi les ${ranks.highest} plus hauts`, unit: "part" },
      ),
    },
    { rows, lineage },
  );
  const sure = numbers(ranked, "probabilite").values.filter((share) => share >= 0.9).length;
  const first = ranks.order[0] ?? 0;
  const meanWidth = rows.reduce((sum, _, i) => sum + ranks.rankHigh[i] - ranks.rankLow[i], 0) / rows.length;
  const figure = rankChart(ranked, {
    id: "c2s-rangs",
    title:
      sure === 0
        ? `Aucun quartier n’a 90 % de chances d’être parmi les ${ranks.highest} où le non-recours est le plus fort`
        : `Parmi les ${ranks.highest} où le non-recours est le plus fort : ${frenchNumber(sure)} quartier${sure > 1 ? "s" : ""} avec 90 % de chances ou plus`,
    subtitle: `Intervalle à 90 % du rang de chaque quartier, et probabilité d’être parmi les ${ranks.highest} plus hauts ; l’ordre est connu pour ${frenchNumber(100 * ranks.shareOfPairsOrdered, { decimals: 0, unit: "%" })} des paires de quartiers`,
    alt: `Une barre par quartier va du rang le plus haut au rang le plus bas possibles ; elles couvrent en moyenne ${frenchNumber(meanWidth, { decimals: 0 })} rangs sur ${rows.length}.`,
    champ,
    lecture: `le ${quartier(study, rows[first] ?? 0)} a un rang compris entre ${ranks.rankLow[first]} et ${ranks.rankHigh[first]} sur ${rows.length} (1 : le non-recours le plus fort).`,
    row: "nom",
    low: "rang_bas",
    high: "rang_haut",
    probability: "probabilite",
    middle: "rang_moyen",
    highest: ranks.highest,
    axisTitle: "Rang (1 : le plus fort)",
    parameters: study.parameters,
  });
  const residuals = fit.diagnostics.standardisedResiduals;
  const scores = normalScores(residuals);
  const decimals = (values: Float64Array, label: string) =>
    whole(
      Array.from(values, (value) => roundTo(value, 0.01)),
      label,
    );
  const checked = releaseNeighbourhoods(
    study,
    "résidus du modèle de zones",
    {
      nom: names,
      residu: decimals(residuals, "Résidu standardisé"),
      attendu: decimals(scores.expected, "Attendu sous la loi normale"),
      bas: decimals(scores.low, "Borne basse"),
      haut: decimals(scores.high, "Borne haute"),
    },
    { rows, lineage },
  );
  const diagnostics = normalPlot(checked, {
    id: "c2s-residus",
    title: "Le modèle de lissage suit-il ses hypothèses ?",
    subtitle: `Résidus du modèle de Fay et Herriot sur le logarithme du recours ; écart-type entre quartiers ${frenchNumber(Math.sqrt(fit.areaVariance), { decimals: 2 })} ; dans un échantillon normal, un point sur dix sort de la bande`,
    alt: "Nuage des résidus rangés, un point par quartier, comparé à la droite attendue sous une loi normale et à sa bande.",
    champ,
    lecture: `le résidu du ${quartier(study, rows[0] ?? 0)} vaut ${frenchNumber(numbers(checked, "residu").values[0], { decimals: 2 })} écart-type.`,
    name: "nom",
    observed: "residu",
    expected: "attendu",
    low: "bas",
    high: "haut",
    observedTitle: "Résidu standardisé",
    parameters: study.parameters,
  });
  return { ranks: figure, diagnostics, orderedPairs: ranks.shareOfPairsOrdered, sure };
}
