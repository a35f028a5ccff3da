import { frenchNumber } from "../../codes/french.ts";
import type { CategoricalVariable } from "../../models/factors/categorical-variable.ts";
import { mca } from "../../models/factors/mca.ts";
import type { Mca } from "../../models/factors/mca-result.ts";
import type { Practice, PracticeSurvey } from "./practice-survey.ts";

/** The map of practices: who does what goes with what, in the space of the answers; social position is projected, it makes no axis. */
export interface PracticeMap {
  readonly survey: PracticeSurvey;
  readonly analysis: Mca;
  readonly active: readonly CategoricalVariable[];
  readonly supplementary: readonly CategoricalVariable[];
}

/** Axes kept: FactoMineR's default. */
const keptAxes = 5;

/** A category of fewer weighted people than this share makes no axis: specific analysis. */
const rareShare = 0.05;

/** Share of the practices whose "yes" is on the positive side of the first axis: near 1, the axis is that of adding practices up. */
export function cumulation({ analysis: { categories, axes } }: PracticeMap): number {
  const yes = [...categories.levels.keys()].filter(
    (k) => categories.levels[k] === "oui" && categories.passive[k] === 0,
  );
  return yes.filter((k) => categories.coordinates[k * axes.kept] > 0).length / yes.length;
}

/** « ; 9 200 personnes, dont 3 023 ont au moins une réponse manquante », for the field of what is made of the map; nothing when all answered all. */
export function incompleteWords({ active, survey }: Pick<PracticeMap, "active" | "survey">): string {
  let missing = 0;
  for (let row = 0; row < survey.people; row++) if (active.some(({ codes }) => codes[row] < 0)) missing++;
  if (missing === 0) return "";
  // A few are not counted aloud.
  const told = missing < 11 ? "quelques-unes" : frenchNumber(missing);
  return ` ; ${frenchNumber(survey.people)} personnes, dont ${told} ont au moins une réponse manquante`;
}

/** From this share on, the chapter calls the first axis that of adding up. */
export const cumulationShare = 0.8;

/** A practice as a question of two answers. */
export const asQuestion = ({ label, answers }: Practice): CategoricalVariable => ({
  name: label,
  levels: ["non", "oui"],
  codes: Int32Array.from(answers, (answer) => (Number.isNaN(answer) ? -1 : answer)),
});

/**
 * Multiple correspondence analysis of the practices, weighted as the survey is. Missing answers and rare ones are passive; age, diploma, occupation
 * and place are supplementary. The v-tests count people, never the sum of weights.
 */
export function practiceMap(survey: PracticeSurvey): PracticeMap {
  const { age, diploma, occupation } = survey.social;
  const active = survey.practices.map(asQuestion);
  const inside: CategoricalVariable | null = survey.homes && {
    name: "lieu",
    levels: ["hors quartier", "en quartier prioritaire"],
    codes: Int32Array.from(survey.homes.inside),
  };
  const supplementary = [age, diploma, occupation, inside].filter((variable): variable is CategoricalVariable =>
    Boolean(variable),
  );
  const analysis = mca(active, {
    axes: keptAxes,
    weights: survey.design.weights,
    testedPeople: survey.known === "none" ? "rows" : "effective",
    missing: "passive",
    rare: { below: rareShare, rule: "passive" },
    supplementary,
    supplementaryMissing: "set-aside",
  });
  return { survey, analysis, active, supplementary };
}
