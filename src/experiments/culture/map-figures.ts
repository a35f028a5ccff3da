import { frenchNumber } from "../../codes/french.ts";
import { NOT_AVAILABLE, numberColumn, numbers, PRESENT, table, textColumn, texts } from "../../codes/table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import { factorMap } from "../../figures/factor-map.ts";
import type { Figure } from "../../figures/figure.ts";
import type { FactorAxis } from "../../figures/plane-frame.ts";
import { categoryEllipses } from "../../models/factors/category-ellipses.ts";
import type { CategoryCloud, Mca } from "../../models/factors/mca-result.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { cumulation, cumulationShare, incompleteWords, type PracticeMap } from "./practice-map.ts";

export interface MapFigures {
  readonly map: Figure;
  readonly contributions: Figure;
  readonly released: Released;
}

/** Confidence level of the ellipses around the mean points of supplementary categories. */
const ellipseLevel = 0.95;

const blocks = { yes: "pratique : oui", no: "pratique : non", place: "lieu" } as const;

/** One category as it is drawn. */
interface Drawn {
  readonly name: string;
  readonly variable: string;
  readonly block: string;
  readonly role: "active" | "supplémentaire";
  readonly x: number;
  readonly y: number;
  readonly contribution: readonly [number, number];
  readonly people: number;
  readonly ellipse: { readonly major: number; readonly minor: number; readonly angle: number } | null;
}

/** The plane of the first two axes: practices that make it, social position projected with confidence ellipses, and what makes each axis. */
export function mapFigures(map: PracticeMap): MapFigures {
  const { analysis, survey } = map;
  const drawn = [...activeCategories(analysis), ...supplementaryCategories(map)];
  const released = releaseMap(drawn, survey.lineage);
  const champ = `${survey.field}${incompleteWords(map)}${survey.known === "none" ? "" : " ; réponses pondérées"} ; modalités de moins de 11 personnes non diffusées`;
  const axisAt = (axis: number): FactorAxis => ({
    number: axis + 1,
    share: analysis.axes.benzecri[axis] / 100,
    rate: "Benzécri",
  });
  const far = extremes(released, "axe_1");
  const factor = factorMap(released, {
    id: "culture-carte-pratiques",
    title: `Le premier axe ${cumulation(map) >= cumulationShare ? "est celui du cumul" : "oppose des pratiques"} : ${far.high} d’un côté, ${far.low} de l’autre`,
    subtitle: `Analyse des correspondances multiples, spécifique : non-réponses et réponses de moins de 5 % ne font pas les axes ; ${socialWords(map)} sont placés après coup`,
    alt: "Plan à deux axes. Les pratiques sont des points, d’autant plus gros qu’elles contribuent aux axes ; les réponses « oui » sont à droite, les réponses « non » à gauche. Les positions sociales sont des losanges, avec une ellipse de confiance ; les âges et les études sont joints par un trait.",
    champ,
    lecture: `deux pratiques proches sont plus souvent le fait de personnes qui se ressemblent par leurs pratiques ; ${far.high} est la réponse la plus à droite.`,
    name: "modalite",
    variable: "variable",
    block: "famille",
    role: "role",
    x: "axe_1",
    y: "axe_2",
    size: "contribution",
    axes: [axisAt(0), axisAt(1)],
    ellipse: { major: "demi_grand", minor: "demi_petit", angle: "angle", level: ellipseLevel },
    joined: [survey.social.age.name, ...(survey.social.diploma ? [survey.social.diploma.name] : [])],
    unnamed: drawn
      .filter(({ block, contribution: [a, b] }) => block === blocks.no && a + b < 2 * meanOf(drawn))
      .map(({ name }) => name),
    linked: true,
  });
  return { map: factor, contributions: contributionFigure(map, released, champ), released };
}

/** « âge, diplôme, profession et lieu »: what is projected. */
const socialWords = ({ supplementary }: PracticeMap): string => {
  const names = supplementary.map(({ name }) => name);
  return `${names.slice(0, -1).join(", ")} et ${names.at(-1)}`;
};

function activeCategories({ categories, axes }: Mca): Drawn[] {
  const { kept } = axes;
  return categories.levels.flatMap((level, k): Drawn[] => {
    if (categories.passive[k] === 1) return [];
    const question = categories.questionNames[categories.question[k]] ?? "";
    return [
      {
        name: level === "oui" ? question : `${question} : ${level}`,
        variable: question,
        block: level === "oui" ? blocks.yes : blocks.no,
        role: "active",
        x: categories.coordinates[k * kept],
        y: categories.coordinates[k * kept + 1],
        contribution: [categories.contributions[k * kept], categories.contributions[k * kept + 1]],
        people: categories.people[k],
        ellipse: null,
      },
    ];
  });
}

function supplementaryCategories({ analysis, supplementary, survey }: PracticeMap): Drawn[] {
  const cloud: CategoryCloud | null = analysis.supplementary;
  if (!cloud) return [];
  const { kept } = analysis.axes;
  const ellipses = categoryEllipses(analysis, supplementary, { level: ellipseLevel });
  const own = new Set([survey.social.age.name, survey.social.diploma?.name, survey.social.occupation.name]);
  return cloud.levels.map((level, k): Drawn => {
    const variable = cloud.questionNames[cloud.question[k]] ?? "";
    return {
      name: level,
      variable,
      block: own.has(variable) ? variable : blocks.place,
      role: "supplémentaire",
      x: cloud.coordinates[k * kept],
      y: cloud.coordinates[k * kept + 1],
      contribution: [0, 0],
      people: cloud.people[k],
      ellipse: ellipses[k] ?? null,
    };
  });
}

function releaseMap(drawn: readonly Drawn[], lineage: PracticeMap["survey"]["lineage"]): Released {
  const number = (pick: (category: Drawn) => number, label: string, unit: string, step: number) => {
    const values = drawn.map((category) => Math.round(pick(category) / step) * step);
    return numberColumn(values, {
      label,
      unit,
      missing: Uint8Array.from(values, (value) => (Number.isNaN(value) ? NOT_AVAILABLE : PRESENT)),
    });
  };
  const text = (pick: (category: Drawn) => string, label: string) => textColumn(drawn.map(pick), { label });
  return release(
    table(
      {
        modalite: text(({ name }) => name, "Modalité"),
        variable: text(({ variable }) => variable, "Question"),
        famille: text(({ block }) => block, "Famille"),
        role: text(({ role }) => role, "Rôle"),
        axe_1: number(({ x }) => x, "Axe 1", "", 0.001),
        axe_2: number(({ y }) => y, "Axe 2", "", 0.001),
        contribution: number(({ contribution: [a, b] }) => (a + b) / 2, "Contribution aux deux axes", "%", 0.01),
        contribution_1: number(({ contribution: [a] }) => a, "Contribution à l’axe 1", "%", 0.01),
        contribution_2: number(({ contribution: [, b] }) => b, "Contribution à l’axe 2", "%", 0.01),
        demi_grand: number(({ ellipse }) => ellipse?.major ?? Number.NaN, "Demi-grand axe de l’ellipse", "", 0.001),
        demi_petit: number(({ ellipse }) => ellipse?.minor ?? Number.NaN, "Demi-petit axe de l’ellipse", "", 0.001),
        angle: number(({ ellipse }) => ellipse?.angle ?? Number.NaN, "Angle de l’ellipse", "radians", 0.001),
        personnes: numberColumn(
          drawn.map(({ people }) => people),
          { label: "Personnes interrogées", unit: "personnes", summable: true },
        ),
      },
      lineage,
    ),
    { name: "carte des pratiques", counts: "personnes", open: ["modalite", "variable", "famille", "role"] },
  );
}

/** Mean contribution of an active category to an axis, in percent. */
const meanOf = (drawn: readonly Drawn[]): number => 100 / drawn.filter(({ role }) => role === "active").length;

/** The answers that stand farthest to each side of an axis. */
function extremes(data: Released, axis: "axe_1" | "axe_2"): { readonly low: string; readonly high: string } {
  const values = numbers(data, axis).values;
  const rows = Array.from(values.keys()).filter(
    (row) => texts(data, "role").values[row] === "active" && Number.isFinite(values[row]),
  );
  const sorted = rows.sort((a, b) => values[a] - values[b]);
  const nameAt = (row: number | undefined): string => `« ${texts(data, "modalite").values[row ?? -1] ?? ""} »`;
  return { low: nameAt(sorted[0]), high: nameAt(sorted.at(-1)) };
}

/** What makes each axis: the answers that contribute more than their share. */
function contributionFigure({ analysis, survey }: PracticeMap, released: Released, champ: string): Figure {
  const names = texts(released, "modalite").values;
  const active = Array.from(names.keys()).filter((row) => texts(released, "role").values[row] === "active");
  const mean = 100 / active.length;
  const rows = [1, 2].flatMap((axis) => {
    const values = numbers(released, `contribution_${axis}`).values;
    return active
      .filter((row) => values[row] > mean)
      .sort((a, b) => values[b] - values[a])
      .map((row) => ({ axis, row, value: values[row] }));
  });
  const data = release(
    table(
      {
        axe: textColumn(
          rows.map(({ axis }) => `Axe ${axis}`),
          { label: "Axe" },
        ),
        modalite: textColumn(
          rows.map(({ axis, row }) => `${names[row]} (${sideOf(released, axis, row)})`),
          { label: "Réponse" },
        ),
        contribution: numberColumn(
          rows.map(({ value }) => Math.round(10 * value) / 10),
          { label: "Contribution", unit: "%" },
        ),
        personnes: numberColumn(
          rows.map(({ row }) => numbers(released, "personnes").values[row]),
          { label: "Personnes interrogées", unit: "personnes", summable: true },
        ),
      },
      survey.lineage,
    ),
    { name: "contributions aux axes", counts: "personnes", open: ["axe", "modalite"] },
  );
  const first = rows[0];
  const greenacre = [0, 1].map((axis) => frenchNumber(analysis.axes.greenacre[axis], { decimals: 1, unit: "%" }));
  return dotPlot(data, {
    id: "culture-contributions",
    title: `Ce qui fait les axes : « ${first ? names[first.row] : ""} » d’abord`,
    subtitle: `Réponses qui contribuent plus que la moyenne (${frenchNumber(mean, { decimals: 1, unit: "%" })}), et le côté de l’axe où elles sont ; part d’inertie au taux de Greenacre : ${greenacre.join(" et ")}`,
    alt: "Deux blocs, un par axe : un point par réponse, de la plus forte contribution à la plus faible.",
    champ,
    lecture: `la réponse « ${first ? names[first.row] : ""} » fait ${frenchNumber(first?.value ?? Number.NaN, { decimals: 1, unit: "%" })} du premier axe.`,
    row: "modalite",
    value: "contribution",
    facet: "axe",
    axisTitle: "Contribution à l’axe (%)",
    format: ",.0f",
    domain: [0, 1 + Math.ceil(Math.max(...numbers(data, "contribution").values.filter(Number.isFinite)))],
  });
}

const sideOf = (data: Released, axis: number, row: number): string =>
  numbers(data, axis === 1 ? "axe_1" : "axe_2").values[row] > 0
    ? axis === 1
      ? "à droite"
      : "en haut"
    : axis === 1
      ? "à gauche"
      : "en bas";
