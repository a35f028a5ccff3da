import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "./categorical-variable.ts";
import { codeQuestion } from "./code-question.ts";
import type { McaOptions } from "./mca-options.ts";
import type { McaReport, QuestionCoding } from "./mca-result.ts";
import type { RowStatus } from "./row-status.ts";

/** The active questions as categories: each row's answer is an index among the categories of all questions. */
export interface CodedQuestions {
  readonly names: readonly string[];
  readonly question: Int32Array;
  readonly levels: readonly string[];
  readonly passive: Uint8Array;
  /** Per question, the category of each row; -1 for an answer that no active row gave. */
  readonly answers: readonly Int32Array[];
  readonly coding: readonly QuestionCoding[];
  readonly report: Pick<McaReport, "missing" | "emptyLevels" | "questionsAside" | "passive" | "merged">;
}

const whyAside = {
  constant: "constante",
  "no-answer": "sans réponse",
  "no-active-category": "sans modalité active",
} as const;

/**
 * Codes the active questions under the rules of `codeQuestion`; questions of one category, or without an active one, are set aside. What was done is in the report. Refuses an analysis without a question left,
 * and rules that name what does not exist. O(n Q).
 * @example
 * ```ts
 * const question = (name, codes) => ({ name, levels: ["non", "oui"], codes: Int32Array.from(codes) });
 * const masses = Float64Array.of(0.5, 0.5);
 * const rows = { status: Uint8Array.of(1, 1), masses, referenceMasses: masses };
 * codeQuestions([question("cinéma", [0, 1]), question("musée", [1, 1]), question("sport", [1, 0])], rows, {}).answers // [ Int32Array(2) [ 0, 1 ], Int32Array(2) [ 3, 2 ] ]
 * ```
 */
export function codeQuestions(
  variables: readonly CategoricalVariable[],
  rows: RowStatus,
  options: McaOptions,
): CodedQuestions {
  checkRules(variables, options);
  const all = variables.map((variable) => ({ variable, coded: codeQuestion(variable, rows, options) }));
  const kept = all.filter(({ coded }) => coded.aside === null);
  const questionsAside = all.flatMap(({ variable, coded }) =>
    coded.aside ? [{ question: variable.name, why: coded.aside }] : [],
  );
  if (kept.length === 0)
    throw new QuartiersError({
      what: "Aucune question ne sépare les personnes",
      value: questionsAside.map(({ question, why }) => `${question} (${whyAside[why]})`).join(", "),
      expected: "au moins une question à deux modalités, dont une active",
    });
  const coding: QuestionCoding[] = [];
  const answers: Int32Array[] = [];
  let start = 0;
  for (const { variable, coded } of kept) {
    const last = variable.levels.length;
    const category = coded.categoryOf.map((own) => (own < 0 ? -1 : start + own));
    coding.push({
      name: variable.name,
      levels: variable.levels,
      category: category.subarray(0, last),
      missingCategory: category[last],
    });
    answers.push(variable.codes.map((code) => category[code < 0 ? last : code]));
    start += coded.categories.length;
  }
  const categories = kept.flatMap(({ coded }, question) => coded.categories.map((one) => ({ ...one, question })));
  return {
    names: kept.map(({ variable }) => variable.name),
    question: Int32Array.from(categories, ({ question }) => question),
    levels: categories.map(({ level }) => level),
    passive: Uint8Array.from(categories, ({ passive }) => (passive ? 1 : 0)),
    answers,
    coding,
    report: {
      missing: all.flatMap(({ variable, coded }) =>
        coded.missingRows > 0 ? [{ question: variable.name, rows: coded.missingRows }] : [],
      ),
      emptyLevels: all.flatMap(({ variable, coded }) =>
        coded.emptyLevels.map((level) => ({ question: variable.name, level })),
      ),
      questionsAside,
      passive: categories.flatMap(({ level, passive, question }) =>
        passive ? [{ question: kept[question]?.variable.name ?? "", level, why: passive }] : [],
      ),
      merged: all.flatMap(({ variable, coded }) =>
        coded.merged.map((merge) => ({ question: variable.name, ...merge })),
      ),
    },
  };
}

function checkRules(variables: readonly CategoricalVariable[], options: McaOptions): void {
  const { rare, passive = [], missingName = "sans réponse" } = options;
  if (rare && !(["passive", "merge"].includes(rare.rule) && rare.below >= 0 && rare.below < 1))
    throw new QuartiersError({
      what: "Règle des modalités rares inconnue",
      value: JSON.stringify(rare),
      expected: '{ below: une part entre 0 et 1, rule: "passive" } ou { below, rule: "merge", into: une modalité }',
    });
  for (const { question, level } of passive) {
    const variable = variables.find(({ name }) => name === question);
    if (variable && [...variable.levels, missingName].includes(level)) continue;
    throw new QuartiersError({
      what: variable ? `Modalité inconnue de « ${question} »` : "Question inconnue parmi les actives",
      value: variable ? level : question,
      expected: (variable?.levels ?? variables.map(({ name }) => name)).join(", "),
    });
  }
}
