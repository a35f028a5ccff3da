import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import {
  type Column,
  NOT_AVAILABLE,
  numberColumn,
  numbers,
  PRESENT,
  type Table,
  table,
  textColumn,
  texts,
} from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import { directAgainstModel } from "../../figures/direct-against-model.ts";
import type { Figure } from "../../figures/figure.ts";
import { supplyPracticeWish } from "../../figures/supply-practice-wish.ts";
import { rankCorrelation } from "../../models/comparison/rank-correlation.ts";
import type { PoststratifiedRates } from "../../models/multilevel/poststratify.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import type { OutingAreas } from "./area-study.ts";
import type { PostStrata } from "./post-strata.ts";
import { catchmentLimits } from "./supply.ts";

export interface AreaFigures {
  readonly direct: Figure;
  readonly check: Figure;
  readonly triangle: Figure | null;
  readonly released: Released;
}

/** What the figures of neighbourhoods share. */
export interface AreaWords {
  /** Names of the neighbourhoods, in the order of the strata. */
  readonly names: readonly string[];
  /** « quartiers prioritaires (génération 2015) d’Armorelle ». */
  readonly field: string;
  readonly lineage: readonly SourceRef[];
}

const percentOf = (value: number): number => Math.round(1_000 * value) / 10;
const share = (value: number): string => frenchNumber(value, { decimals: 0, unit: "%" });

/** One outing, neighbourhood by neighbourhood: direct and model estimates, then supply, practice and unmet wish on the same lines. */
export function areaFigures(
  strata: PostStrata,
  study: readonly OutingAreas[],
  chosen: OutingAreas,
  words: AreaWords,
): AreaFigures {
  const lineage = mergeLineages(words.lineage, strata.lineage);
  const released = releaseAreas(strata, chosen, words.names, lineage);
  const { practice, outing } = chosen;
  const overall = percentOf(practice.overall.rates[0]);
  const values = numbers(released, "modele").values;
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const [least, most] = [order[0] ?? 0, order.at(-1) ?? 0];
  const at = (name: string, row: number): number => numbers(released, name).values[row];
  const shown = numbers(released, "direct").values.filter(Number.isFinite).length;
  const champ = `habitants de 15 ans ou plus des ${words.field}`;
  return {
    released,
    direct: directAgainstModel(released, {
      id: "culture-quartiers",
      title: `${outing.practice.label} : de ${share(values[least])} à ${share(values[most])} selon le quartier, là où l’estimation directe ne peut rien dire`,
      subtitle: `Part qui y est allée dans l’année ; intervalles à 90 % ; l’estimation directe n’est diffusée que dans ${frenchNumber(shown)} quartiers sur ${frenchNumber(values.length)}, où au moins 11 enquêtés y vont et 11 n’y vont pas`,
      alt: "Une ligne par quartier, rangée par l’estimation du modèle : en clair et large l’estimation directe quand elle est diffusée, en foncé et étroit celle du modèle, et un trait vertical pour l’ensemble des quartiers.",
      champ,
      lecture: `${words.names[most]} : d’après le modèle, ${share(values[most])} des habitants y sont allés, entre ${frenchNumber(at("modele_bas", most), { decimals: 0 })} et ${share(at("modele_haut", most))}.`,
      row: "nom",
      direct: "direct",
      directLow: "direct_bas",
      directHigh: "direct_haut",
      model: "modele",
      modelLow: "modele_bas",
      modelHigh: "modele_haut",
      axisTitle: "Part (%)",
      overall: { value: overall, label: `ensemble des quartiers : ${share(overall)}` },
      gapWords: { notAvailable: "non enquêté" },
    }),
    check: spreadTable(study, champ, lineage),
    triangle: chosen.supply ? triangleFigure(strata, chosen, words, lineage, champ) : null,
  };
}

const modelColumns = (rates: PoststratifiedRates, name: string, label: string): Record<string, Column> => {
  const percent = (values: Float64Array, words: string) =>
    numberColumn(Float64Array.from(values, percentOf), { label: words, unit: "%" });
  return {
    [name]: percent(rates.rates, label),
    [`${name}_bas`]: percent(rates.low, `${label}, borne basse`),
    [`${name}_haut`]: percent(rates.high, `${label}, borne haute`),
  };
};

/**
 * Two judgements in one table: the direct estimate of a neighbourhood is judged on its respondents who went and who did not, and hidden under the threshold; the model's,
 * which borrows from all, on the residents that it is about.
 */
function releaseAreas(
  strata: PostStrata,
  { practice, outing }: OutingAreas,
  names: readonly string[],
  lineage: readonly SourceRef[],
): Released {
  const number = (pick: (area: number) => number, label: string, unit: string) => {
    const values = Float64Array.from(strata.codes, (_, area) => pick(area));
    return numberColumn(values, {
      label,
      unit,
      missing: Uint8Array.from(values, (value) => (Number.isNaN(value) ? NOT_AVAILABLE : PRESENT)),
    });
  };
  const directOf = (pick: "estimate" | "low" | "high", label: string) =>
    number((area) => percentOf(practice.direct[area]?.[pick] ?? Number.NaN), label, "%");
  const direct = release(
    table(
      {
        code_qp: textColumn(strata.codes, { label: "Code du quartier" }),
        direct: directOf("estimate", `${outing.practice.label}, estimation directe`),
        direct_bas: directOf("low", "Estimation directe, borne basse"),
        direct_haut: directOf("high", "Estimation directe, borne haute"),
        oui: number((area) => practice.yes[area], "Enquêtés qui y vont", "personnes"),
        non: number((area) => practice.no[area], "Enquêtés qui n’y vont pas", "personnes"),
      },
      lineage,
    ),
    { name: "estimations directes par quartier", counts: ["oui", "non"], open: ["code_qp"] },
  );
  const kept = Object.fromEntries(
    ["direct", "direct_bas", "direct_haut"].map((name) => [name, direct.columns[name] as Column]),
  );
  return release(
    table(
      {
        code_qp: textColumn(strata.codes, { label: "Code du quartier" }),
        nom: textColumn(names, { label: "Quartier" }),
        ...kept,
        ...modelColumns(practice.model, "modele", `${outing.practice.label}, modèle`),
        habitants: numberColumn(strata.residents, {
          label: "Habitants de 15 ans ou plus",
          unit: "personnes",
          summable: true,
        }),
      },
      lineage,
    ),
    { name: "taux par quartier", counts: "habitants", open: ["code_qp", "nom"] },
  );
}

/** How much neighbourhoods differ, outing by outing: the answer may be that they do not. */
function spreadTable(study: readonly OutingAreas[], champ: string, lineage: readonly SourceRef[]): Figure {
  const column = (pick: (one: OutingAreas) => number, label: string, unit: string, step = 0.1) =>
    numberColumn(
      study.map((one) => Math.round(pick(one) / step) * step),
      { label, unit },
    );
  const data = release(
    table(
      {
        sortie: textColumn(
          study.map(({ outing }) => outing.practice.label),
          { label: "Sortie" },
        ),
        taux: column(({ practice }) => 100 * practice.overall.rates[0], "Y sont allés", "%"),
        bas: column(({ practice }) => 100 * practice.overall.low[0], "Borne basse", "%"),
        haut: column(({ practice }) => 100 * practice.overall.high[0], "Borne haute", "%"),
        minimum: column(({ practice }) => 100 * Math.min(...practice.model.rates), "Quartier le plus bas", "%"),
        maximum: column(({ practice }) => 100 * Math.max(...practice.model.rates), "Quartier le plus haut", "%"),
        ecart_type: column(({ practice }) => practice.spread, "Écart-type entre quartiers (logit)", "", 0.01),
        attente: column(({ unmet }) => 100 * unmet.overall.rates[0], "Veulent et n’y vont pas", "%"),
        personnes: numberColumn(
          study.map(({ practice }) => practice.yes.reduce((sum, count) => sum + count, 0)),
          { label: "Enquêtés des quartiers qui y vont", unit: "personnes", summable: true },
        ),
      },
      lineage,
    ),
    { name: "dispersion entre quartiers", counts: "personnes", open: ["sortie"] },
  );
  const flat = study.filter(({ practice }) => practice.spread === 0).map(({ outing }) => outing.practice.label);
  return dataTable(data, {
    id: "culture-quartiers-table",
    title:
      flat.length > 0
        ? `${flat.join(", ")} : les quartiers ne diffèrent pas plus que leur composition et la marche ne le font`
        : "Ce qui reste de différence entre quartiers, sortie par sortie",
    subtitle:
      "Modèle à plusieurs niveaux : âge, diplôme, sexe, marche jusqu’au lieu le plus proche, et un effet propre à chaque quartier, dont l’écart-type est donné ; intervalles à 90 %",
    alt: "Tableau : pour chaque sortie, le taux des quartiers et son intervalle, le quartier le plus bas et le plus haut d’après le modèle, l’écart-type entre quartiers, la part de ceux qui veulent et n’y vont pas.",
    champ,
    lecture: `${study[0]?.outing.practice.label ?? ""} : ${share(numbers(data, "taux").values[0])} des habitants des quartiers y sont allés, de ${share(numbers(data, "minimum").values[0])} à ${share(numbers(data, "maximum").values[0])} selon le quartier.`,
  });
}

/** Whether neighbourhoods with more supply wish for more, or for less, in words: under 0.3 in size, the ranks say nothing. */
function togetherWords(correlation: number): string {
  const told = `corrélation des rangs : ${frenchNumber(correlation, { decimals: 2 })}`;
  if (!(Math.abs(correlation) >= 0.3)) return `l’offre et l’attente d’un quartier ne vont pas ensemble (${told})`;
  return correlation < 0
    ? `là où l’offre est plus forte, l’attente l’est moins (${told})`
    : `là où l’offre est plus forte, l’attente l’est aussi (${told})`;
}

/** Supply, practice and unmet wish of one outing, on the same line for each neighbourhood. */
function triangleFigure(
  strata: PostStrata,
  { outing, practice, unmet, supply }: OutingAreas,
  { names }: AreaWords,
  lineage: readonly SourceRef[],
  champ: string,
): Figure {
  const limit = catchmentLimits.at(-1) ?? 30;
  const data = release(
    table(
      {
        nom: textColumn(names, { label: "Quartier" }),
        offre: numberColumn(
          Float64Array.from(supply?.catchments.at(-1)?.perThousand ?? [], (value) => Math.round(100 * value) / 100),
          { label: "Lieux pour 1 000 habitants", unit: "lieux" },
        ),
        ...modelColumns(practice.model, "pratique", "Y sont allés"),
        ...modelColumns(unmet.model, "attente", "Veulent et n’y vont pas"),
        habitants: numberColumn(strata.residents, {
          label: "Habitants de 15 ans ou plus",
          unit: "personnes",
          summable: true,
        }),
      },
      lineage,
    ) as Table,
    { name: "offre, pratique et attente par quartier", counts: "habitants", open: ["nom", "offre"] },
  );
  const wishes = numbers(data, "attente").values;
  const most = wishes.indexOf(Math.max(...wishes));
  return supplyPracticeWish(data, {
    id: "culture-triangle-quartiers",
    title: `${outing.practice.label} : ${togetherWords(rankCorrelation(numbers(data, "offre").values as Float64Array, wishes as Float64Array))}`,
    subtitle: `Lieux pour 1 000 habitants à ${limit} minutes à pied, partagés avec les voisins ; part qui y est allée ; part qui aurait voulu y aller et n’y est pas allée ; intervalles à 90 %, par le modèle`,
    alt: "Une ligne par quartier, trois colonnes côte à côte : l’offre en barres, la pratique et l’attente non satisfaite en points avec leur intervalle. Aucun score ne les mélange.",
    champ,
    lecture: `${texts(data, "nom").values[most]} : ${frenchNumber(numbers(data, "offre").values[most], { decimals: 2 })} lieu pour 1 000 habitants, ${share(numbers(data, "pratique").values[most])} y sont allés, ${share(wishes[most])} auraient voulu et n’y sont pas allés.`,
    row: "nom",
    supply: { value: "offre", axisTitle: "Lieux pour 1 000 hab.", decimals: 1 },
    practice: { value: "pratique", low: "pratique_bas", high: "pratique_haut", axisTitle: "Part (%)" },
    wish: { value: "attente", low: "attente_bas", high: "attente_haut", axisTitle: "Part (%)" },
    order: "supply",
  });
}
