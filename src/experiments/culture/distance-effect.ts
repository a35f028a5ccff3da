import { averageMarginalEffect, type MarginalEffect } from "../../models/regression/average-marginal-effect.ts";
import { modelMatrix } from "../../models/regression/model-matrix.ts";
import { surveyGlm } from "../../models/regression/survey-glm.ts";
import type { Practice, PracticeSurvey, SurveyHomes } from "./practice-survey.ts";

/** Outings whose place is known, with the walk that leads to it. */
const walkOf: Readonly<Record<string, keyof SurveyHomes["minutes"]>> = {
  biblio: "library",
  cinema: "cinema",
  theatre: "stage",
  concert: "stage",
};

/** Minutes of walk by which the effect is told. */
export const effectMinutes = 10;

/** The effect of ten more minutes on one practice: alone, and once the rest is held equal. */
export interface DistanceEffect {
  readonly practice: Practice;
  /** « la bibliothèque la plus proche ». */
  readonly place: string;
  readonly alone: MarginalEffect;
  readonly heldEqual: MarginalEffect;
  /** Effect of a higher diploma than none, in the same model: the size of what distance is compared with. */
  readonly diploma: MarginalEffect;
  /** Respondents of the model, and those left out for a missing answer. */
  readonly people: number;
  readonly missing: number;
  readonly yes: number;
}

const placeWords: Readonly<Record<keyof SurveyHomes["minutes"], string>> = {
  library: "la bibliothèque la plus proche",
  cinema: "le cinéma le plus proche",
  stage: "la salle de spectacle la plus proche",
};

/**
 * Average marginal effect of ten more minutes on foot to the nearest place, by a design-based logit: alone, then at equal age, sex, diploma, occupation, kind of
 * town and neighbourhood. Variance of the design, people drawn included. Null where the survey does not know the walk.
 */
export function distanceEffects(survey: PracticeSurvey): readonly DistanceEffect[] | null {
  const { homes, social } = survey;
  const { diploma } = social;
  if (!homes || !diploma) return null;
  return survey.practices.flatMap((practice) => {
    const walk = walkOf[practice.name];
    if (!walk) return [];
    const minutes = { name: "minutes à pied", values: homes.minutes[walk] };
    const inside = {
      name: "quartier prioritaire",
      levels: ["non", "oui"],
      codes: Int32Array.from(homes.inside),
    };
    const modelWith = (rest: readonly Parameters<typeof modelMatrix>[0][number][]) =>
      surveyGlm(
        survey.design,
        modelMatrix([minutes, ...rest], { missing: "drop", complete: { réponse: practice.answers } }),
        { family: "quasibinomial", outcome: practice.answers },
      );
    const whole = modelWith([social.age, social.sex, diploma, social.occupation, homes.town, inside]);
    const change = { variable: minutes.name, by: effectMinutes };
    const sampled = { covariates: "sampled" } as const;
    const [alone] = averageMarginalEffect(modelWith([]), change, sampled);
    const [heldEqual] = averageMarginalEffect(whole, change, sampled);
    const byDiploma = averageMarginalEffect(whole, { variable: diploma.name }, sampled);
    const highest = byDiploma.find(({ level }) => level === diploma.levels.at(-1));
    return alone && heldEqual && highest
      ? [
          {
            practice,
            place: placeWords[walk],
            alone,
            heldEqual,
            diploma: highest,
            people: whole.matrix.rows,
            missing: whole.matrix.droppedRows,
            yes: whole.matrix.keptRows.reduce((sum, row) => sum + practice.answers[row], 0),
          },
        ]
      : [];
  });
}
