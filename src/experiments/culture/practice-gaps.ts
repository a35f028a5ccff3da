import { crossCells } from "../../models/comparison/cross-cells.ts";
import { equivalences, type FamilyGap } from "../../models/comparison/equivalences.ts";
import { type StandardisedGap, standardisedGap } from "../../models/comparison/standardised-gap.ts";
import type { CategoricalVariable } from "../../models/factors/categorical-variable.ts";
import { proportionGap } from "../../models/survey/proportion.ts";
import type { Practice, PracticeSurvey } from "./practice-survey.ts";

/** A gap under so many points of share changes nothing that a town would do: fixed before looking at any data, never tuned afterwards. */
export const equivalenceMargin = 0.05;

/** Who is compared with whom. */
export interface Contrast {
  /** "place": residents of the neighbourhoods and the others; "sex" where the survey does not know the place. */
  readonly kind: "place" | "sex";
  readonly groups: CategoricalVariable;
  readonly first: string;
  readonly second: string;
  /** What is held equal, in words: « âge, diplôme et profession ». */
  readonly heldEqual: string;
  readonly cells: CategoricalVariable;
}

/** Gap of one practice: raw, and standardised with its tests. */
export interface PracticeGap {
  readonly practice: Practice;
  /** Its `raw` is the gap of everybody who answered, also of those without a cell, who are not in the others. */
  readonly measured: StandardisedGap;
  readonly tests: FamilyGap;
  /** Respondents of each group who practise and who do not, for the gate. */
  readonly counts: { readonly yes: readonly [number, number]; readonly no: readonly [number, number] };
}

export interface PracticeGaps {
  readonly contrast: Contrast;
  readonly gaps: readonly PracticeGap[];
  readonly margin: number;
  /** Respondents of the two groups who have no cell, for want of an answer: they are in the raw gaps only. */
  readonly withoutCell: number;
}

/** The contrast that a survey allows: the place where it is known, otherwise women and men, on which the same method can be seen at work. */
export function contrastOf(survey: PracticeSurvey): Contrast {
  const { age, sex, diploma, occupation } = survey.social;
  const held = [age, ...(diploma ? [diploma] : []), occupation];
  const heldEqual = diploma ? "âge, diplôme et profession" : "âge et profession";
  if (!survey.homes)
    return { kind: "sex", groups: sex, first: "femme", second: "homme", heldEqual, cells: crossCells(held) };
  return {
    kind: "place",
    groups: {
      name: "lieu",
      levels: ["hors quartier", "en quartier prioritaire"],
      codes: Int32Array.from(survey.homes.inside),
    },
    first: "en quartier prioritaire",
    second: "hors quartier",
    heldEqual,
    cells: crossCells(held),
  };
}

/**
 * Gap of every practice between two groups, raw (everybody who answered) and at equal composition (that of the first group, those who have a cell), with tests of
 * difference and of equivalence adjusted over all practices, each family apart (Holm 1979).
 */
export function practiceGaps(survey: PracticeSurvey): PracticeGaps {
  const contrast = contrastOf(survey);
  const measured = survey.practices.map((practice) => ({
    practice,
    measured: {
      ...standardisedGap(survey.design, practice.answers, { ...contrast, standard: "first" }),
      raw: rawGap(survey, practice, contrast),
    },
  }));
  const { gaps } = equivalences(
    measured.map(({ practice, measured: { standardised, degreesOfFreedom } }) => ({
      name: practice.name,
      gap: standardised.estimate,
      standardError: standardised.standardError,
      degreesOfFreedom,
    })),
    { margin: equivalenceMargin, adjustment: "holm" },
  );
  return {
    contrast,
    margin: equivalenceMargin,
    withoutCell: contrast.cells.codes.reduce(
      (sum, cell, row) => sum + (cell < 0 && sideOf(contrast, row) >= 0 ? 1 : 0),
      0,
    ),
    gaps: measured.map((one, i) => ({
      ...one,
      tests: gaps[i] as FamilyGap,
      counts: countsOf(one.practice, contrast),
    })),
  };
}

/** The gap as it is: whoever answered the practice counts, whether or not the rest is known. */
function rawGap(
  { design }: PracticeSurvey,
  { answers }: Practice,
  { groups, first, second }: Contrast,
): StandardisedGap["raw"] {
  const domains = Array.from(groups.codes, (code) => groups.levels[code] ?? "");
  const { estimate, standardError, low, high } = proportionGap(design, answers, { domains, first, second });
  return { estimate, standardError, low, high };
}

/** 0 for the first group, 1 for the second, -1 for neither. */
const sideOf = ({ groups, first, second }: Contrast, row: number): number =>
  [first, second].indexOf(groups.levels[groups.codes[row]] ?? "");

function countsOf({ answers }: Practice, { groups, first, second }: Contrast): PracticeGap["counts"] {
  const count = (group: string, answer: number): number => {
    const code = groups.levels.indexOf(group);
    return answers.reduce((sum, given, row) => sum + (given === answer && groups.codes[row] === code ? 1 : 0), 0);
  };
  return { yes: [count(first, 1), count(second, 1)], no: [count(first, 0), count(second, 0)] };
}
