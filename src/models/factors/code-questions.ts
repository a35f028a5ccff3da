import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "./categorical-variable.ts";
import { joinRareLevels } from "./join-rare-levels.ts";
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

/** A level before it becomes a category: its name, and where the original levels (missing last) go. */
interface DraftQuestion {
  readonly name: string;
  readonly levels: readonly string[];
  /** Draft level of each original level, the missing answer last. */
  readonly target: Int32Array;
  /** Draft level of the missing answers, -1 when the question has none. */
  readonly missing: number;
}

/**
 * Applies the rules of an MCA to its active questions, in this order: missing answers become a level, levels that no active row has are dropped, rare levels are joined or become passive, named
 * categories become passive, questions of one category, or without an active one, are set aside. What was done is in the report. Refuses an analysis without a question left. O(n Q).
 */
export function codeQuestions(
  variables: readonly CategoricalVariable[],
  rows: RowStatus,
  options: McaOptions,
): CodedQuestions {
  const { missing: missingRule = "own-level", missingName = "sans réponse", rare, passive: named = [] } = options;
  checkNamed(variables, named, missingName);
  if (rare && !(["passive", "merge"].includes(rare.rule) && rare.below >= 0 && rare.below < 1))
    throw new QuartiersError({
      what: "Règle des modalités rares inconnue",
      value: JSON.stringify(rare),
      expected: '{ below: une part entre 0 et 1, rule: "passive" } ou { below, rule: "merge", into: une modalité }',
    });
  const report = {
    missing: [] as McaReport["missing"][number][],
    emptyLevels: [] as McaReport["emptyLevels"][number][],
    questionsAside: [] as McaReport["questionsAside"][number][],
    passive: [] as McaReport["passive"][number][],
    merged: [] as McaReport["merged"][number][],
  };
  const kept: { coding: QuestionCoding; levels: string[]; passive: number[]; answers: Int32Array }[] = [];
  let categories = 0;
  for (const variable of variables) {
    const people = missingRows(variable, rows);
    if (people > 0) report.missing.push({ question: variable.name, rows: people });
    let draft = withMissingLevel(variable, people > 0, missingName);
    if (rare?.rule === "merge") {
      const joined = joinRareLevels(
        draft.levels,
        levelShares(draft, variable, rows.referenceMasses),
        rare,
        draft.missing,
      );
      draft = { ...draft, levels: joined.levels, target: draft.target.map((to) => (to < 0 ? -1 : joined.target[to])) };
      report.merged.push(...joined.merged.map((merge) => ({ question: variable.name, ...merge })));
      draft = { ...draft, missing: draft.target[variable.levels.length] };
    }
    const shares = levelShares(draft, variable, rows.masses);
    const reference = levelShares(draft, variable, rows.referenceMasses);
    const reasons = draft.levels.map((level, at) => {
      if (at === draft.missing && missingRule === "passive") return "missing" as const;
      if (named.some((one) => one.question === variable.name && one.level === level)) return "named" as const;
      return rare?.rule === "passive" && reference[at] < rare.below ? ("rare" as const) : null;
    });
    const present = [...shares.keys()].filter((at) => shares[at] > 0);
    draft.levels.forEach((level, at) => {
      if (!(shares[at] > 0)) report.emptyLevels.push({ question: variable.name, level });
    });
    if (present.length === 1 || present.every((at) => reasons[at])) {
      const why = present.length === 1 ? ("constant" as const) : ("no-active-category" as const);
      report.questionsAside.push({ question: variable.name, why });
      continue;
    }
    for (const at of present) {
      const why = reasons[at];
      if (why) report.passive.push({ question: variable.name, level: draft.levels[at] ?? "", why });
    }
    const categoryOf = new Int32Array(draft.levels.length).fill(-1);
    present.forEach((at, rank) => {
      categoryOf[at] = categories + rank;
    });
    const ofOriginal = draft.target.map((to) => (to < 0 ? -1 : categoryOf[to]));
    const original = variable.levels.length;
    kept.push({
      coding: {
        name: variable.name,
        levels: variable.levels,
        category: ofOriginal.subarray(0, original),
        missingCategory: ofOriginal[original],
      },
      levels: present.map((at) => draft.levels[at] ?? ""),
      passive: present.map((at) => (reasons[at] ? 1 : 0)),
      answers: variable.codes.map((code) => ofOriginal[code < 0 ? original : code]),
    });
    categories += present.length;
  }
  if (kept.length === 0)
    throw new QuartiersError({
      what: "Aucune question ne sépare les personnes",
      value: report.questionsAside
        .map(({ question, why }) => `${question} (${why === "constant" ? "constante" : "sans modalité active"})`)
        .join(", "),
      expected: "au moins une question à deux modalités, dont une active",
    });
  return {
    names: kept.map(({ coding }) => coding.name),
    question: Int32Array.from(kept.flatMap(({ levels }, at) => levels.map(() => at))),
    levels: kept.flatMap(({ levels }) => levels),
    passive: Uint8Array.from(kept.flatMap(({ passive }) => passive)),
    answers: kept.map(({ answers }) => answers),
    coding: kept.map(({ coding }) => coding),
    report,
  };
}

function missingRows({ codes }: CategoricalVariable, { status }: RowStatus): number {
  let people = 0;
  for (let row = 0; row < codes.length; row++) if (codes[row] < 0 && status[row] === 1) people++;
  return people;
}

function withMissingLevel({ name, levels }: CategoricalVariable, some: boolean, missingName: string): DraftQuestion {
  if (some && levels.includes(missingName))
    throw new QuartiersError({
      what: `La question « ${name} » a déjà une modalité du nom donné aux non-réponses`,
      value: missingName,
      remedy: "choisir un autre missingName",
    });
  const target = Int32Array.from({ length: levels.length + 1 }, (_, at) => at);
  if (!some) target[levels.length] = -1;
  return { name, levels: some ? [...levels, missingName] : levels, target, missing: some ? levels.length : -1 };
}

function levelShares(
  { levels, target }: DraftQuestion,
  { codes, levels: original }: CategoricalVariable,
  masses: Float64Array,
): Float64Array {
  const shares = new Float64Array(levels.length);
  for (let row = 0; row < codes.length; row++) {
    const to = target[codes[row] < 0 ? original.length : codes[row]];
    if (to >= 0) shares[to] += masses[row];
  }
  return shares;
}

function checkNamed(
  variables: readonly CategoricalVariable[],
  named: readonly { question: string; level: string }[],
  missingName: string,
): void {
  for (const { question, level } of named) {
    const variable = variables.find(({ name }) => name === question);
    if (variable?.levels.includes(level) || (variable && level === missingName)) continue;
    throw new QuartiersError({
      what: variable ? `Modalité inconnue de « ${question} »` : "Question inconnue parmi les actives",
      value: variable ? level : question,
      expected: (variable?.levels ?? variables.map(({ name }) => name)).join(", "),
    });
  }
}
