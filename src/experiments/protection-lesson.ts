import type { Figure } from "../figures/figure.ts";
import type { KeyNumbers } from "../figures/key-numbers.ts";
import { c2sInseeContract } from "../sources/c2s-insee.ts";
import { qpvIndicateursContract } from "../sources/qpv-indicateurs.ts";
import { forPurpose, type Territory } from "../sources/territory.ts";
import type { DataUse } from "./experiment.ts";
import { attackListTable } from "./protection/attack-list-table.ts";
import { boxPlotCase } from "./protection/box-plot-case.ts";
import { diversityCase } from "./protection/diversity-case.ts";
import { handPickedCase } from "./protection/hand-picked-case.ts";
import { hashCase } from "./protection/hash-case.ts";
import { lessonNumbers } from "./protection/lesson-numbers.ts";
import { type MarginsCase, marginsCase } from "./protection/margins-case.ts";
import { methodCostsCase } from "./protection/method-costs-case.ts";
import { noiseCase } from "./protection/noise-case.ts";
import { type PerimeterCase, perimeterCase } from "./protection/perimeter-case.ts";
import { publishedHoles } from "./protection/published-holes.ts";
import { rateCase } from "./protection/rate-case.ts";
import { scatterCase } from "./protection/scatter-case.ts";
import { type ThreeChartsCase, threeChartsCase } from "./protection/three-charts-case.ts";

/** What this chapter reads, and what for. */
export const protectionLessonUse: DataUse = {
  purpose: "protection",
  title: "protection : attaquer pour protéger",
  sources: [qpvIndicateursContract, c2sInseeContract],
};

export interface ProtectionLessonOptions {
  readonly seed?: number;
}

export interface ProtectionLesson {
  readonly numbers: KeyNumbers;
  /** What the producers' own tables leave to find, on this territory. */
  readonly holes: Figure;
  readonly margins: MarginsCase;
  readonly threeCharts: ThreeChartsCase;
  readonly perimeters: PerimeterCase;
  readonly rates: Figure;
  readonly boxPlot: Figure;
  readonly scatter: Figure;
  readonly noise: Figure;
  /** What each protection costs, and what it leaves to learn. */
  readonly costs: Readonly<Record<"figure" | "learned", Figure>>;
  /** A table to protect, and patterns chosen by hand beside the proven minimum. */
  readonly handPicked: Readonly<Record<"whole" | "patterns", Figure>>;
  readonly hashes: Figure;
  readonly diversity: Figure;
  readonly attacks: Figure;
}

/**
 * The chapter « Protection : attaquer pour protéger »: the reader plays the attacker on small invented tables, sees what each protection leaves and costs, and how many of the
 * holes of the territory's published tables hold. Only published tables are read; of them, only counts of cells are told.
 */
export async function protectionLesson(
  opened: Territory,
  { seed = 20260301 }: ProtectionLessonOptions = {},
): Promise<ProtectionLesson> {
  const territory = forPurpose(opened, protectionLessonUse.purpose);
  const holes = await publishedHoles(territory);
  const scatter = scatterCase(seed);
  const noise = noiseCase(seed);
  const hash = await hashCase();
  const costs = await methodCostsCase(seed);
  const picked = await handPickedCase();
  return {
    numbers: lessonNumbers({ scatter, noise, hash, holes, picked }),
    holes: holes.figure,
    margins: await marginsCase(),
    threeCharts: await threeChartsCase(),
    perimeters: await perimeterCase(),
    rates: rateCase(),
    boxPlot: boxPlotCase(),
    scatter: scatter.figure,
    noise: noise.figure,
    costs: { figure: costs.figure, learned: costs.learned },
    handPicked: { whole: picked.whole, patterns: picked.figure },
    hashes: hash.figure,
    diversity: diversityCase().figure,
    attacks: attackListTable(),
  };
}
