import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import {
  type Column,
  NOT_AVAILABLE,
  NOT_SIGNIFICANT,
  numberColumn,
  numbers,
  PRESENT,
  SECRET,
  table,
  textColumn,
} from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import { directAgainstModel } from "../../figures/direct-against-model.ts";
import type { Figure } from "../../figures/figure.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { modelColumns, percentOf } from "./area-columns.ts";
import type { AreaRates } from "./area-rates.ts";
import type { OutingAreas } from "./area-study.ts";
import { triangleFigure } from "./area-triangle.ts";
import type { PostStrata } from "./post-strata.ts";

export interface AreaFigures {
  readonly direct: Figure;
  readonly check: Figure;
  readonly triangle: Figure | null;
  readonly released: Released;
}

/** A direct estimate needs clusters to see its own variance: under so many degrees of freedom it is not significant, whatever its respondents. */
const leastFreedom = 3;

/** Respondents who go, and who do not, behind a direct estimate that is shown; the gate may ask for more. */
const leastOnEachSide = 11;

/** What the figures of neighbourhoods share. */
export interface AreaWords {
  /** Names of the neighbourhoods, in the order of the strata. */
  readonly names: readonly string[];
  /** « quartiers prioritaires (génération 2015) d’Armorelle ». */
  readonly field: string;
  readonly lineage: readonly SourceRef[];
}

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
  const champ = `habitants de 15 ans ou plus des ${words.field} ; un quartier de moins de 11 enquêtés est estimé sans eux`;
  return {
    released,
    direct: directAgainstModel(released, {
      id: "culture-quartiers",
      title: `${outing.practice.label} : de ${share(values[least])} à ${share(values[most])} selon le quartier, d’après le modèle ; l’estimation directe n’est diffusée que dans ${frenchNumber(shown)} d’entre eux`,
      subtitle: `Part qui y est allée dans l’année ; intervalles à 90 % ; l’estimation directe n’est diffusée que là où au moins 11 enquêtés y vont et 11 n’y vont pas, dans assez de grappes pour en voir l’erreur`,
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
    triangle: chosen.supply ? triangleFigure(strata, chosen, words.names, lineage, champ) : null,
  };
}

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
  const missing = directReasons(practice);
  const directOf = (pick: "estimate" | "low" | "high", label: string) =>
    numberColumn(
      practice.direct.map((rate) => percentOf(rate?.[pick] ?? Number.NaN)),
      { label, unit: "%", missing },
    );
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

/**
 * Why the direct estimate of a neighbourhood is not shown: one reason for its three cells. A bound absent beside an estimate that is hidden, or an estimate of 0 or 100 %,
 * would tell that all its respondents answered alike: nobody on one side is as secret as a few.
 */
function directReasons({ direct, yes, no }: AreaRates): Uint8Array {
  return Uint8Array.from(direct, (rate, area) => {
    if (!rate) return NOT_AVAILABLE;
    if (Math.min(yes[area], no[area]) < leastOnEachSide) return SECRET;
    const told = [rate.estimate, rate.low, rate.high].every(Number.isFinite);
    return told && rate.degreesOfFreedom >= leastFreedom ? PRESENT : NOT_SIGNIFICANT;
  });
}

/** How much neighbourhoods differ, outing by outing: the answer may be that they do not. */
function spreadTable(study: readonly OutingAreas[], champ: string, lineage: readonly SourceRef[]): Figure {
  const column = (pick: (one: OutingAreas) => number, label: string, unit: string, step = 0.1) =>
    numberColumn(
      study.map((one) => Math.round(pick(one) / step) / Math.round(1 / step)),
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
        ? `${flat.join(", ")} : aucune différence propre aux quartiers n’est décelée (écart-type estimé à 0), ce qui n’est pas une preuve d’égalité`
        : "Ce qui reste de différence entre quartiers, sortie par sortie",
    subtitle:
      "Modèle à plusieurs niveaux : âge, diplôme, sexe, marche jusqu’au lieu le plus proche, et un effet propre à chaque quartier, dont l’écart-type est donné ; intervalles à 90 % ; sans poids, porté sur la population recensée : l’estimation directe pondérée est dans la figure par sortie",
    alt: "Tableau : pour chaque sortie, le taux des quartiers et son intervalle, le quartier le plus bas et le plus haut d’après le modèle, l’écart-type entre quartiers, la part de ceux qui veulent et n’y vont pas.",
    champ,
    lecture: `${study[0]?.outing.practice.label ?? ""} : ${share(numbers(data, "taux").values[0])} des habitants des quartiers y sont allés, de ${share(numbers(data, "minimum").values[0])} à ${share(numbers(data, "maximum").values[0])} selon le quartier.`,
  });
}
