import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";

/** Two coded questions crossed on the rows that answered both, without the levels that nobody chose. */
export interface CrossTable {
  /** Names of the levels kept. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Cell of each row of the survey, row by row of the table; -1 outside the table. */
  readonly cellOf: Int32Array;
  /** Persons of each cell (sum of weights), and respondents. */
  readonly weights: Float64Array;
  readonly respondents: Int32Array;
  /** Levels that nobody of the domain chose: left out, to be said. */
  readonly dropped: readonly { readonly variable: string; readonly level: string }[];
  /** Rows of the domain without an answer to one of the two. */
  readonly missing: number;
}

/** Crosses two questions on the rows of the domain (null for everybody); a row of weight 0 is outside. Refuses a question with one level left. O(n). */
export function crossTable(
  weights: Float64Array,
  first: CategoricalVariable,
  second: CategoricalVariable,
  inDomain: Uint8Array | null,
): CrossTable {
  const n = weights.length;
  for (const { name, codes } of [first, second])
    if (codes.length !== n)
      throw new QuartiersError({
        what: `Réponses à « ${name} » et poids de longueurs différentes`,
        value: String(codes.length),
        expected: `${n} lignes`,
      });
  let missing = 0;
  const used = new Uint8Array(n);
  for (let row = 0; row < n; row++) {
    if ((inDomain && inDomain[row] === 0) || weights[row] === 0) continue;
    if (first.codes[row] < 0 || second.codes[row] < 0) missing++;
    else used[row] = 1;
  }
  const rows = keptLevels(first, used);
  const columns = keptLevels(second, used);
  const width = columns.names.length;
  const cells = rows.names.length * width;
  const cellWeights = new Float64Array(cells);
  const respondents = new Int32Array(cells);
  const cellOf = new Int32Array(n).fill(-1);
  for (let row = 0; row < n; row++) {
    if (used[row] === 0) continue;
    const cell = rows.place[first.codes[row]] * width + columns.place[second.codes[row]];
    cellOf[row] = cell;
    cellWeights[cell] += weights[row];
    respondents[cell]++;
  }
  return {
    rows: rows.names,
    columns: columns.names,
    cellOf,
    weights: cellWeights,
    respondents,
    dropped: [...rows.dropped, ...columns.dropped],
    missing,
  };
}

function keptLevels(
  { name, levels, codes }: CategoricalVariable,
  used: Uint8Array,
): {
  readonly names: readonly string[];
  readonly place: Int32Array;
  readonly dropped: readonly { readonly variable: string; readonly level: string }[];
} {
  const chosen = new Uint8Array(levels.length);
  for (let row = 0; row < codes.length; row++) if (used[row] === 1) chosen[codes[row]] = 1;
  const place = new Int32Array(levels.length).fill(-1);
  const names: string[] = [];
  levels.forEach((level, code) => {
    if (chosen[code] === 0) return;
    place[code] = names.length;
    names.push(level);
  });
  if (names.length < 2)
    throw new QuartiersError({
      what: `Tout le monde répond de même à « ${name} »\u00a0: l'indépendance ne se teste pas`,
      value: names[0] ?? "aucune réponse",
      expected: "au moins deux réponses choisies",
      remedy: "dire la réponse unique, ou changer de domaine",
    });
  return {
    names,
    place,
    dropped: levels.filter((_, code) => chosen[code] === 0).map((level) => ({ variable: name, level })),
  };
}
