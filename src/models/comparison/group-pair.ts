import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";

/** The respondents of two groups, as far as a comparison can use them. */
export interface GroupPair {
  /** 0 for the first group, 1 for the second, -1 for a row that the comparison does not count. */
  readonly sideOf: Int8Array;
  /** The rows that count. */
  readonly rows: Int32Array;
  /** Respondents of the two groups left out because an answer is missing. */
  readonly missing: number;
}

/**
 * The rows of two groups that answered everything. `answers` are numbers, NaN when missing; `covariates` coded questions. A row of weight 0 does not count.
 * Refuses an unknown group, and a group that nobody is left in. O(rows x questions).
 * @example
 * ```ts
 * const groups = { name: "lieu", levels: ["QPV", "hors QPV"], codes: Int32Array.of(0, 1, 0) };
 * groupPair(Float64Array.of(1, 1, 1), Float64Array.of(0, 1, NaN), { groups, first: "QPV", second: "hors QPV" }, []).missing // 1
 * ```
 */
export function groupPair(
  weights: Float64Array,
  answers: Float64Array,
  { groups, first, second }: { readonly groups: CategoricalVariable; readonly first: string; readonly second: string },
  covariates: readonly CategoricalVariable[],
): GroupPair {
  const n = weights.length;
  const lengths = [answers.length, groups.codes.length, ...covariates.map(({ codes }) => codes.length)];
  if (lengths.some((length) => length !== n))
    throw new QuartiersError({
      what: "Réponses, groupes, questions et poids de longueurs différentes",
      value: lengths.join(", "),
      expected: `${n} lignes`,
    });
  const codes = [first, second].map((name) => groups.levels.indexOf(name));
  if (codes.includes(-1) || first === second)
    throw new QuartiersError({
      what: `Deux groupes de « ${groups.name} » à comparer`,
      value: `${first}, ${second}`,
      expected: `deux noms distincts parmi ${groups.levels.join(", ")}`,
    });
  const sideOf = new Int8Array(n).fill(-1);
  const sizes = [0, 0];
  const rows: number[] = [];
  let missing = 0;
  for (let row = 0; row < n; row++) {
    const side = codes.indexOf(groups.codes[row]);
    if (side < 0 || weights[row] === 0) continue;
    if (Number.isNaN(answers[row]) || covariates.some((question) => question.codes[row] < 0)) {
      missing++;
      continue;
    }
    sideOf[row] = side;
    sizes[side]++;
    rows.push(row);
  }
  sizes.forEach((size, side) => {
    if (size === 0)
      throw new QuartiersError({
        what: "Groupe sans enquêté qui ait tout répondu",
        value: side === 0 ? first : second,
        expected: "au moins un enquêté dans chaque groupe",
      });
  });
  return { sideOf, rows: Int32Array.from(rows), missing };
}
