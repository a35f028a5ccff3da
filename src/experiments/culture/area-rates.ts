import { type CategoricalVariable, categoricalVariable } from "../../models/factors/categorical-variable.ts";
import { mixedLogit } from "../../models/multilevel/mixed-logit.ts";
import { type Poststratified, type PoststratifiedRates, poststratify } from "../../models/multilevel/poststratify.ts";
import { modelMatrix } from "../../models/regression/model-matrix.ts";
import { type Proportion, proportions } from "../../models/survey/proportion.ts";
import type { PostStrata } from "./post-strata.ts";
import type { PracticeSurvey } from "./practice-survey.ts";

export interface AreaRatesOptions {
  readonly seed: number;
  readonly draws: number;
}

/** Rates of one yes/no answer in each neighbourhood: from its own respondents, and by the model. */
export interface AreaRates {
  /** In the order of the strata's codes. Null for a neighbourhood without a respondent. */
  readonly direct: readonly (Proportion | null)[];
  /** Respondents of each neighbourhood who answered yes, and no. */
  readonly yes: Float64Array;
  readonly no: Float64Array;
  readonly model: PoststratifiedRates;
  readonly overall: PoststratifiedRates;
  /** Spread of the effects of neighbourhoods, on the logit; 0 is a legitimate answer. */
  readonly spread: number;
  /** Neighbourhoods never surveyed, or of fewer than eleven respondents: their effect is drawn from the law of the others. */
  readonly unseen: number;
}

/** A neighbourhood with fewer respondents is estimated without them, as if never surveyed: its own effect would tell of their answers. */
const leastRespondents = 11;

/** Minutes that a model reads: the mean walk of a neighbourhood, and for each respondent that of the own neighbourhood. */
export interface AreaWalk {
  readonly ofRespondents: Float64Array;
  readonly ofAreas: Float64Array;
}

/**
 * Multilevel regression with poststratification (Gelman and Little 1997) on the residents of neighbourhoods: age, diploma and neighbourhood as crossed random
 * intercepts, sex and the walk as fixed effects, carried to the cells of each neighbourhood. Unweighted: age, sex, diploma and place are in the model, on which
 * the weights depend. Intervals of 90 %.
 */
export function areaRates(
  survey: PracticeSurvey,
  strata: PostStrata,
  answers: Float64Array,
  walk: AreaWalk | null,
  { seed, draws }: AreaRatesOptions,
): AreaRates {
  const { homes, social } = survey;
  if (!homes || !social.diploma) throw new Error("Rates of neighbourhoods need a survey that knows them.");
  const area = categoricalVariable("quartier", homes.neighbourhood, { levels: strata.codes });
  const answered = Uint8Array.from(answers, (answer, row) =>
    Number(!Number.isNaN(answer) && area.codes[row] >= 0 && (social.diploma?.codes[row] ?? -1) >= 0),
  );
  const respondents = new Float64Array(strata.codes.length);
  answered.forEach((is, row) => {
    if (is === 1) respondents[area.codes[row]]++;
  });
  const where = answered.map((is, row) => (is === 1 && respondents[area.codes[row]] >= leastRespondents ? 1 : 0));
  const fixed = modelMatrix([social.sex, ...(walk ? [{ name: "minutes à pied", values: walk.ofRespondents }] : [])], {
    where,
    missing: "drop",
  });
  const fit = mixedLogit({
    successes: answers,
    fixed,
    groups: [social.age, social.diploma, area],
  });
  const byArea: CategoricalVariable = { name: "quartier", levels: strata.codes, codes: strata.area };
  const result: Poststratified = poststratify(
    fit,
    {
      persons: strata.persons,
      fixed: [
        { name: social.sex.name, levels: social.sex.levels, codes: strata.sex },
        ...(walk ? [{ name: "minutes à pied", values: Float64Array.from(strata.area, (a) => walk.ofAreas[a]) }] : []),
      ],
      groups: [
        { name: social.age.name, levels: social.age.levels, codes: strata.age },
        { name: social.diploma.name, levels: social.diploma.levels, codes: strata.diploma },
        byArea,
      ],
    },
    { by: [byArea], unseen: "drawn", seed, draws, confidence: 0.9 },
  );
  const counts = (answer: number): Float64Array => {
    const sums = new Float64Array(strata.codes.length);
    answers.forEach((given, row) => {
      if (given === answer && area.codes[row] >= 0) sums[area.codes[row]]++;
    });
    return sums;
  };
  const found = new Map(
    proportions(survey.design, answers, { domains: homes.neighbourhood, confidence: 0.9 }).map((rate) => [
      rate.domain,
      rate,
    ]),
  );
  return {
    direct: strata.codes.map((code) => found.get(code) ?? null),
    yes: counts(1),
    no: counts(0),
    model: result.by[0] as PoststratifiedRates,
    overall: result.overall,
    spread: fit.groups.find(({ name }) => name === "quartier")?.deviation ?? Number.NaN,
    unseen: result.unseen.length,
  };
}
