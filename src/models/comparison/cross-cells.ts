import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";

/**
 * Several questions as one: its levels are the combinations that somebody holds ("18-29 ans × bac × employé"), in the order of the questions' levels. A row that misses one
 * answer is missing. O(rows x questions + combinations log combinations).
 * @example
 * ```ts
 * const age = { name: "âge", levels: ["jeune", "âgé"], codes: Int32Array.of(1, 0, 1) };
 * const diploma = { name: "diplôme", levels: ["bac", "aucun"], codes: Int32Array.of(0, 1, -1) };
 * crossCells([age, diploma]) // { name: 'âge × diplôme', levels: [ 'jeune × aucun', 'âgé × bac' ], codes: Int32Array(3) [ 1, 0, -1 ] }
 * ```
 */
export function crossCells(variables: readonly CategoricalVariable[]): CategoricalVariable {
  const [first] = variables;
  if (!first) throw new QuartiersError({ what: "Aucune question à croiser", expected: "au moins une question codée" });
  const n = first.codes.length;
  const short = variables.find(({ codes }) => codes.length !== n);
  if (short)
    throw new QuartiersError({
      what: "Questions de longueurs différentes",
      value: `${first.name}\u00a0: ${n}, ${short.name}\u00a0: ${short.codes.length}`,
      expected: "une réponse par enquêté à chacune",
    });
  const keys = new Float64Array(n);
  for (let row = 0; row < n; row++) {
    for (const { codes, levels } of variables)
      keys[row] = codes[row] < 0 ? Number.NaN : keys[row] * levels.length + codes[row];
  }
  const held = [...new Set(keys)].filter((key) => !Number.isNaN(key)).sort((a, b) => a - b);
  const codeOf = new Map(held.map((key, code) => [key, code]));
  return {
    name: variables.map(({ name }) => name).join(" × "),
    levels: held.map((key) => cellName(key, variables)),
    codes: Int32Array.from(keys, (key) => codeOf.get(key) ?? -1),
  };
}

function cellName(key: number, variables: readonly CategoricalVariable[]): string {
  const names: string[] = [];
  let rest = key;
  for (const { levels } of variables.toReversed()) {
    names.unshift(levels[rest % levels.length] ?? "");
    rest = Math.floor(rest / levels.length);
  }
  return names.join(" × ");
}
