import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "./categorical-variable.ts";
import { joinRareLevels } from "./join-rare-levels.ts";
import type { McaOptions } from "./mca-options.ts";
import type { RowStatus } from "./row-status.ts";

/** One question under the rules of an MCA: its categories are the levels that some active row has. */
export interface CodedQuestion {
  readonly categories: readonly { readonly level: string; readonly passive: "named" | "missing" | "rare" | null }[];
  /** Category, from 0 within the question, of each level of the variable; last, of a missing answer. -1 for none. */
  readonly categoryOf: Int32Array;
  /** Rows without an answer, supplementary ones aside. */
  readonly missingRows: number;
  readonly emptyLevels: readonly string[];
  readonly merged: readonly { readonly level: string; readonly into: string }[];
  /** Why the question cannot be in the analysis, or null. */
  readonly aside: "constant" | "no-answer" | "no-active-category" | null;
}

/** Levels on their way to categories. */
interface Draft {
  readonly levels: readonly string[];
  /** Draft level of each level of the variable; last, of a missing answer. -1 for none. */
  readonly target: Int32Array;
}

/**
 * Applies the rules of an MCA to one question, in this order: missing answers become a level, rare levels are joined, levels that no active row has are dropped, categories become passive (missing, named,
 * rare). Rare is said of the shares of reference. O(n).
 * @example
 * ```ts
 * const sport = { name: "sport", levels: ["jamais", "parfois", "souvent"], codes: Int32Array.of(2, -1, 0) };
 * const masses = new Float64Array(3).fill(1 / 3);
 * codeQuestion(sport, { status: Uint8Array.of(1, 1, 1), masses, referenceMasses: masses }, {}).categoryOf // Int32Array(4) [ 0, -1, 1, 2 ]
 * ```
 */
export function codeQuestion(variable: CategoricalVariable, rows: RowStatus, options: McaOptions): CodedQuestion {
  const { missing: missingRule = "own-level", missingName = "sans réponse", rare, passive: named = [] } = options;
  const { name, codes } = variable;
  const last = variable.levels.length;
  const withoutAnswer = (kind: number): number =>
    codes.reduce((sum, code, row) => sum + (code < 0 && rows.status[row] === kind ? 1 : 0), 0);
  const missingActive = withoutAnswer(1);
  const whole = withMissingLevel(variable, missingActive > 0, missingName);
  const joined =
    rare?.rule === "merge"
      ? joinRareLevels(whole.levels, draftShares(whole, codes, rows.referenceMasses), rare, whole.target[last])
      : null;
  const draft: Draft = joined
    ? { levels: joined.levels, target: whole.target.map((to) => (to < 0 ? -1 : joined.target[to])) }
    : whole;
  const shares = draftShares(draft, codes, rows.masses);
  const reference = draftShares(draft, codes, rows.referenceMasses);
  const present = [...draft.levels.keys()].filter((at) => shares[at] > 0);
  const categories = present.map((at) => {
    const level = draft.levels[at] ?? "";
    if (at === draft.target[last] && missingRule === "passive") return { level, passive: "missing" as const };
    if (named.some((one) => one.question === name && one.level === level)) return { level, passive: "named" as const };
    const isRare = rare?.rule === "passive" && reference[at] < rare.below;
    return { level, passive: isRare ? ("rare" as const) : null };
  });
  const constant = present[0] === draft.target[last] ? "no-answer" : "constant";
  return {
    categories,
    categoryOf: draft.target.map((to) => present.indexOf(to)),
    missingRows: missingActive + withoutAnswer(0),
    emptyLevels: draft.levels.filter((_, at) => !(shares[at] > 0)),
    merged: joined?.merged ?? [],
    aside: present.length === 1 ? constant : categories.every(({ passive }) => passive) ? "no-active-category" : null,
  };
}

function withMissingLevel({ name, levels }: CategoricalVariable, some: boolean, missingName: string): Draft {
  if (some && levels.includes(missingName))
    throw new QuartiersError({
      what: `La question « ${name} » a déjà une modalité du nom donné aux non-réponses`,
      value: missingName,
      remedy: "choisir un autre missingName",
    });
  const target = Int32Array.from({ length: levels.length + 1 }, (_, at) => at);
  if (!some) target[levels.length] = -1;
  return { levels: some ? [...levels, missingName] : levels, target };
}

function draftShares({ levels, target }: Draft, codes: Int32Array, masses: Float64Array): Float64Array {
  const shares = new Float64Array(levels.length);
  const last = target.length - 1;
  for (let row = 0; row < codes.length; row++) {
    const to = target[codes[row] < 0 ? last : codes[row]];
    if (to >= 0) shares[to] += masses[row];
  }
  return shares;
}
