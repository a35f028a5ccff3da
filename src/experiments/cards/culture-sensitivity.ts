import { frenchNumber } from "../../codes/french.ts";
import { chooseClasses } from "../../models/clustering/choose-classes.ts";
import { consolidate } from "../../models/clustering/consolidate.ts";
import { cutTree } from "../../models/clustering/cut-tree.ts";
import { wardTree } from "../../models/clustering/ward-tree.ts";
import { equivalences } from "../../models/comparison/equivalences.ts";
import { mca } from "../../models/factors/mca.ts";
import { areaRates } from "../culture/area-rates.ts";
import type { NeighbourhoodRates } from "../culture/neighbourhood-rates.ts";
import type { PracticeClasses } from "../culture/practice-classes.ts";
import { equivalenceMargin, type PracticeGaps } from "../culture/practice-gaps.ts";
import { type PlacedSupply, residentsWithin, supplyThresholds } from "../culture/supply.ts";
import type { Sensitivity } from "./sensitivity-table.ts";

export interface CultureRun {
  readonly classes: PracticeClasses;
  readonly gaps: PracticeGaps;
  /** Rates of neighbourhoods, and the supply around them; null where the territory has none. */
  readonly local: NeighbourhoodRates | null;
  readonly supply: PlacedSupply | null;
  readonly seed: number;
  readonly draws: number;
  readonly resamples: number;
}

/** How the chapter's results move with each setting: map and classes made again, gaps judged again, rates of neighbourhoods drawn again. */
export function cultureSensitivity(run: CultureRun): readonly Sensitivity[] {
  return [...mapRows(run), ...classRows(run), ...marginRow(run), ...areaRows(run), ...supplyRow(run)];
}

const whole = (value: number): string => frenchNumber(value);

/** The rare answers set aside, and the size of the ellipses of confidence. */
function mapRows({ classes: { map } }: CultureRun): readonly Sensitivity[] {
  const { survey, active } = map;
  const firstAxis = (below: number): number =>
    mca(active, {
      axes: 2,
      weights: survey.design.weights,
      missing: "passive",
      rare: { below, rule: "passive" },
    }).axes.benzecri[0];
  // Radius of an ellipse of level p in standard deviations: the square root of the chi-square of two degrees.
  const radius = (level: number): number => Math.sqrt(-2 * Math.log(1 - level));
  return [
    {
      parameter: "rares",
      measured: "part de l’information que porte le premier axe",
      unit: "%",
      decimals: 1,
      low: { setting: "sous 2\u00a0%", result: firstAxis(0.02) },
      base: firstAxis(0.05),
      high: { setting: "sous 10\u00a0%", result: firstAxis(0.1) },
    },
    {
      parameter: "niveauEllipses",
      measured: "rayon d’une ellipse, en écarts-types",
      unit: "",
      decimals: 2,
      low: { setting: "90\u00a0%", result: radius(0.9) },
      base: radius(0.95),
      high: { setting: "99\u00a0%", result: radius(0.99) },
    },
  ];
}

/** The axes and the number of classes, by how much of the differences between people the classes hold; the threshold of the traits; the stability. */
function classRows({ classes, resamples }: CultureRun): readonly Sensitivity[] {
  const { map, axes, chosen, practices, stability } = classes;
  const { rows, axes: found } = map.analysis;
  const classed = (dimensions: number, count: number | null): number => {
    const coordinates = Float64Array.from(
      { length: rows.count * dimensions },
      (_, i) => rows.coordinates[Math.floor(i / dimensions) * found.kept + (i % dimensions)],
    );
    const tree = wardTree(coordinates, dimensions, rows.masses);
    const picked = count ?? chooseClasses(tree, { min: 3, max: 6 }).classes;
    const { classOf } = consolidate({ coordinates, dimensions, masses: rows.masses }, cutTree(tree, picked));
    const people = new Float64Array(picked);
    for (const label of classOf) people[label]++;
    return (100 * Math.max(...people)) / rows.count;
  };
  const largest = { measured: "part des personnes dans la plus grande classe", unit: "%", decimals: 0 };
  const base = classed(axes, chosen.classes);
  const [fewAxes, moreAxes] = [Math.max(1, axes - 1), Math.min(found.kept, axes + 2)];
  const [fewer, more] = [Math.max(2, chosen.classes - 1), chosen.classes + 1];
  const traits = (threshold: number): number =>
    practices.classes.reduce(
      (sum, { categories }) =>
        sum + categories.filter(({ level, vTest }) => level === "oui" && Math.abs(vTest) >= threshold).length,
      0,
    );
  const agreement = stability.adjustedRand;
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const half = Math.floor(agreement.length / 2);
  const stable = {
    measured: "ressemblance des classes refaites (1 : les mêmes)",
    unit: "",
    decimals: 2,
    base: mean(agreement),
  };
  return [
    {
      parameter: "axes",
      ...largest,
      low: { setting: whole(fewAxes), result: classed(fewAxes, null) },
      base,
      high: { setting: whole(moreAxes), result: classed(moreAxes, null) },
    },
    {
      parameter: "classes",
      ...largest,
      low: { setting: whole(fewer), result: classed(axes, fewer) },
      base,
      high: { setting: whole(more), result: classed(axes, more) },
    },
    {
      parameter: "seuilVTest",
      measured: "réponses qui distinguent une classe",
      unit: "",
      decimals: 0,
      low: { setting: "1,64", result: traits(1.645) },
      base: traits(1.96),
      high: { setting: "2,58", result: traits(2.576) },
    },
    {
      parameter: "reprises",
      ...stable,
      low: { setting: `les ${whole(half)} premières`, result: mean(agreement.subarray(0, half)) },
      high: {
        setting: `les ${whole(Math.min(resamples, agreement.length) - half)} autres`,
        result: mean(agreement.subarray(half)),
      },
    },
  ];
}

/** Gaps judged again against a narrower and a wider margin. */
function marginRow({ gaps: { gaps } }: CultureRun): readonly Sensitivity[] {
  const equal = (margin: number): number =>
    equivalences(
      gaps.map(({ practice, measured: { standardised, degreesOfFreedom } }) => ({
        name: practice.name,
        gap: standardised.estimate,
        standardError: standardised.standardError,
        degreesOfFreedom,
      })),
      { margin, adjustment: "holm" },
    ).gaps.filter(({ adjustedVerdict }) => adjustedVerdict === "équivalent").length;
  return [
    {
      parameter: "margePoints",
      measured: `pratiques dites équivalentes, sur ${whole(gaps.length)}`,
      unit: "",
      decimals: 0,
      low: { setting: "3\u00a0points", result: equal(0.03) },
      base: equal(equivalenceMargin),
      high: { setting: "8\u00a0points", result: equal(0.08) },
    },
  ];
}

/** The seed and the draws of the rates of neighbourhoods, and what the model adds to each one's own answers. */
function areaRows({ local, classes: { map }, seed, draws }: CultureRun): readonly Sensitivity[] {
  if (!local) return [];
  const { strata, drawn } = local;
  const width = (drawnSeed: number, count: number): number => {
    const { model } = areaRates(map.survey, strata, drawn.outing.practice.answers, null, {
      seed: drawnSeed,
      draws: count,
    });
    return (100 * model.low.reduce((sum, low, area) => sum + model.high[area] - low, 0)) / model.low.length;
  };
  const mean = {
    measured: `largeur moyenne de l’intervalle d’un quartier (${drawn.outing.practice.label.toLowerCase()})`,
    unit: "points",
    decimals: 1,
    base: width(seed, draws),
  };
  const other = (value: number): Sensitivity["low"] => ({ setting: String(value), result: width(value, draws) });
  const half = Math.max(2, Math.round(draws / 2));
  return [
    { parameter: "graine", ...mean, low: other(seed + 1), high: other(seed + 2) },
    {
      parameter: "tirages",
      ...mean,
      low: { setting: whole(half), result: width(seed, half) },
      high: { setting: whole(2 * draws), result: width(seed, 2 * draws) },
    },
  ];
}

/** Residents with a library on foot within each duration. */
function supplyRow({ supply }: CultureRun): readonly Sensitivity[] {
  const kind = supply?.kinds[0];
  if (!supply || !kind) return [];
  const within = (index: number): Sensitivity["low"] => ({
    setting: frenchNumber(supplyThresholds[index] ?? Number.NaN, { unit: "min" }),
    result: 100 * residentsWithin(supply.residents, kind.near.walk, index),
  });
  return [
    {
      parameter: "minutes",
      measured: `habitants des quartiers à portée de marche (${kind.label.toLowerCase()})`,
      unit: "%",
      decimals: 0,
      low: within(0),
      base: within(1).result,
      high: within(2),
    },
  ];
}
