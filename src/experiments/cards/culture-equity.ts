import { texts } from "../../codes/table.ts";
import { type CategoricalVariable, categoricalVariable } from "../../models/factors/categorical-variable.ts";
import { mixedLogit } from "../../models/multilevel/mixed-logit.ts";
import { poststratify } from "../../models/multilevel/poststratify.ts";
import { modelMatrix } from "../../models/regression/model-matrix.ts";
import type { PlantedPractices } from "../../sources/planted-practices.ts";
import type { Neighbourhoods } from "../../tables/neighbourhoods.ts";
import type { NeighbourhoodRates } from "../culture/neighbourhood-rates.ts";
import type { PracticeSurvey } from "../culture/practice-survey.ts";
import { errorsOf, type GroupError } from "./equity-table.ts";

/** The chapter's model and the survey's own answers compared for women, men and each age, over the outings, among residents of the neighbourhoods. */
export function personErrors(survey: PracticeSurvey, local: NeighbourhoodRates, seed: number): readonly GroupError[] {
  const { homes, social } = survey;
  if (!homes) return [];
  const variables = [social.sex, social.age];
  const gaps = variables.map(({ levels }) => levels.map((): number[] => []));
  for (const { outing } of local.study) {
    const { answers } = outing.practice;
    const predicted = modelledRates(survey, local, answers, seed);
    variables.forEach((variable, v) => {
      variable.levels.forEach((_, level) => {
        const observed = weightedShare(
          survey,
          answers,
          (row) => homes.inside[row] === 1 && variable.codes[row] === level,
        );
        gaps[v]?.[level]?.push(100 * ((predicted[v]?.[level] ?? Number.NaN) - observed));
      });
    });
  }
  return variables.flatMap((variable, v) =>
    variable.levels.map((group, level) => ({
      group: group.charAt(0).toUpperCase() + group.slice(1),
      against: "réponses de l’enquête",
      ...errorsOf(gaps[v]?.[level] ?? []),
      people: variable.codes.reduce((sum, code, row) => sum + (code === level && homes.inside[row] === 1 ? 1 : 0), 0),
    })),
  );
}

/** Rates of each sex and of each age by the model of the chapter, without the walk, carried to the residents of the neighbourhoods. */
function modelledRates(
  { homes, social }: PracticeSurvey,
  { strata }: NeighbourhoodRates,
  answers: Float64Array,
  seed: number,
): readonly Float64Array[] {
  if (!homes || !social.diploma) return [];
  const { diploma, age, sex } = social;
  const area = categoricalVariable("quartier", homes.neighbourhood, { levels: strata.codes });
  const where = Uint8Array.from(answers, (answer, row) =>
    Number(!Number.isNaN(answer) && area.codes[row] >= 0 && diploma.codes[row] >= 0),
  );
  const fit = mixedLogit({
    successes: answers,
    fixed: modelMatrix([sex], { where, missing: "drop" }),
    groups: [age, diploma, area],
  });
  const cells = (of: CategoricalVariable, codes: Int32Array): CategoricalVariable => ({
    name: of.name,
    levels: of.levels,
    codes,
  });
  const [bySex, byAge] = [cells(sex, strata.sex), cells(age, strata.age)];
  const { by } = poststratify(
    fit,
    {
      persons: strata.persons,
      fixed: [bySex],
      groups: [byAge, cells(diploma, strata.diploma), { name: "quartier", levels: strata.codes, codes: strata.area }],
    },
    { by: [bySex, byAge], unseen: "drawn", seed, draws: 50, confidence: 0.9 },
  );
  return by.map(({ rates }) => rates);
}

function weightedShare({ design }: PracticeSurvey, answers: Float64Array, inside: (row: number) => boolean): number {
  let [yes, all] = [0, 0];
  answers.forEach((answer, row) => {
    if (Number.isNaN(answer) || !inside(row)) return;
    yes += design.weights[row] * answer;
    all += design.weights[row];
  });
  return yes / all;
}

/** Rates of neighbourhoods by the chapter's model against the planted ones, over the outings, by size of the town. */
export function placeErrors(
  { strata, study }: NeighbourhoodRates,
  { table }: Neighbourhoods,
  planted: PlantedPractices,
): readonly GroupError[] {
  const sizeOf = new Map(texts(table, "code_qp").values.map((code, row) => [code, texts(table, "taille").values[row]]));
  const sizes = [...new Set(sizeOf.values())].sort();
  return sizes.map((size) => {
    const areas = [...strata.codes.keys()].filter((area) => sizeOf.get(strata.codes[area] ?? "") === size);
    const gaps = study.flatMap(({ outing, practice }) =>
      areas.map((area) => {
        const truth = planted.neighbourhoods.get(strata.codes[area] ?? "")?.rates[outing.practice.name];
        return truth === undefined ? Number.NaN : 100 * (practice.model.rates[area] - truth);
      }),
    );
    return {
      group: `Communes de ${size}`,
      against: "vérité inventée",
      ...errorsOf(gaps),
      people: areas.reduce((sum, area) => sum + strata.residents[area], 0),
    };
  });
}
