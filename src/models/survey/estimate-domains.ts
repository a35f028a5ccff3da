import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";

/** The domain of each respondent: its name ("" for none), or a coded question, whose levels that nobody holds are domains as well. */
export type Domains = readonly string[] | CategoricalVariable;

/** Respondents of a domain who count: their weight is not 0 and every variable has a value. */
export interface DomainRows {
  readonly name: string;
  readonly rows: Int32Array;
  /** Respondents of the domain left out because a value is missing (NaN). */
  readonly missing: number;
}

/**
 * Sorts the respondents by domain, in the order of first row or of the levels; one domain («\u202fEnsemble\u202f») when none is given. `columns` are the variables of the
 * estimate. O(n x columns).
 * @example
 * ```ts
 * domainRows(Float64Array.of(1, 1, 1), [Float64Array.of(5, NaN, 7)], ["a", "a", "b"]).map(({ rows, missing }) => [...rows, missing]) // [ [ 0, 1 ], [ 2, 0 ] ]
 * ```
 */
export function domainRows(
  weights: Float64Array,
  columns: readonly Float64Array[],
  domains?: Domains,
): readonly DomainRows[] {
  const n = weights.length;
  checkColumns(n, columns, domains);
  const names: string[] = [];
  const codes = new Int32Array(n);
  if (domains && "codes" in domains) {
    names.push(...domains.levels);
    codes.set(domains.codes);
  } else if (domains) {
    const known = new Map<string, number>([["", -1]]);
    for (let i = 0; i < n; i++) {
      let code = known.get(domains[i]);
      if (code === undefined) {
        code = names.length;
        known.set(domains[i], code);
        names.push(domains[i]);
      }
      codes[i] = code;
    }
  } else names.push("Ensemble");
  const rows: number[][] = names.map(() => []);
  const missing = new Int32Array(names.length);
  for (let i = 0; i < n; i++) {
    if (codes[i] < 0 || weights[i] === 0) continue;
    if (columns.some((column) => Number.isNaN(column[i]))) missing[codes[i]]++;
    else rows[codes[i]].push(i);
  }
  return names.map((name, code) => ({ name, rows: Int32Array.from(rows[code]), missing: missing[code] }));
}

function checkColumns(n: number, columns: readonly Float64Array[], domains: Domains | undefined): void {
  const groups = domains && ("codes" in domains ? domains.codes : domains);
  const lengths = [...columns.map((column) => column.length), ...(groups ? [groups.length] : [])];
  if (lengths.some((length) => length !== n))
    throw new QuartiersError({
      what: "Variables, domaines et poids de longueurs différentes",
      value: lengths.join(", "),
      expected: `${n} lignes`,
    });
  for (const column of columns) {
    const odd = column.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
    if (odd >= 0)
      throw new QuartiersError({
        what: `Valeur infinie à la ligne ${odd + 1}`,
        value: String(column[odd]),
        expected: "un nombre fini, ou NaN pour une valeur manquante",
      });
  }
}
