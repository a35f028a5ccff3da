import { QuartiersError } from "../../codes/errors.ts";

/** A question with a closed list of answers, one answer a row, coded once. */
export interface CategoricalVariable {
  readonly name: string;
  /** Names of the answers, in the order in which they are drawn. */
  readonly levels: readonly string[];
  /** Index in `levels` of each row's answer; -1 when it is missing. */
  readonly codes: Int32Array;
}

/**
 * Codes a column of answers. Levels are those given, in that order, or the answers sorted by French collation when none are given; `missing` names the
 * answers that are no answer (code -1). An answer out of the given levels is refused, never silently missing. O(n).
 * @example
 * ```ts
 * categoricalVariable("cinéma", ["oui", "non", ""], { levels: ["non", "oui"] }).codes // Int32Array(3) [ 1, 0, -1 ]
 * ```
 */
export function categoricalVariable(
  name: string,
  answers: readonly string[],
  {
    levels,
    missing = [""],
  }: {
    readonly levels?: readonly string[];
    readonly missing?: readonly string[];
  } = {},
): CategoricalVariable {
  const absent = new Set(missing);
  const names =
    levels ?? [...new Set(answers)].filter((answer) => !absent.has(answer)).sort((a, b) => a.localeCompare(b, "fr"));
  const codeOf = new Map(names.map((level, index) => [level, index]));
  if (codeOf.size !== names.length)
    throw new QuartiersError({
      what: `Deux modalités de « ${name} » portent le même nom`,
      value: names.join(", "),
      expected: "des noms tous différents",
    });
  const codes = Int32Array.from(answers, (answer, row) => {
    if (absent.has(answer)) return -1;
    const code = codeOf.get(answer);
    if (code === undefined)
      throw new QuartiersError({
        what: `Réponse inconnue à « ${name} », ligne ${row + 1}`,
        value: answer,
        expected: names.join(", "),
        remedy: "ajouter la modalité à la liste, ou la déclarer manquante",
      });
    return code;
  });
  return { name, levels: names, codes };
}
