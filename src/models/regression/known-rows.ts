import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalTerm, MissingRule, NumberTerm } from "./model-term.ts";

export interface KnownRowsInput {
  readonly rows: number;
  readonly terms: readonly (CategoricalTerm | NumberTerm)[];
  /** Other columns that must be known: NaN is missing. */
  readonly complete: Readonly<Record<string, Float64Array>>;
  /** 1 for the rows of the domain; all rows when null. */
  readonly where: Uint8Array | null;
  readonly missing: MissingRule;
}

/** Rows of a domain whose values are all known, how many are dropped, and what they miss. */
export interface KnownRows {
  readonly keptRows: Int32Array;
  readonly droppedRows: number;
  readonly missingBy: Readonly<Record<string, number>>;
}

/** Sorts the rows of a domain into known and dropped by the rule. Refuses infinite numbers, a domain without a known row, and, by rule, missing values. O(rows x terms). */
export function knownRows({ rows, terms, complete, where, missing }: KnownRowsInput): KnownRows {
  const unknown = new Uint8Array(rows);
  const missingBy: Record<string, number> = {};
  const look = (name: string, isMissing: (row: number) => boolean): void => {
    let count = 0;
    for (let row = 0; row < rows; row++) {
      if ((where && where[row] === 0) || !isMissing(row)) continue;
      unknown[row] = 1;
      count++;
    }
    if (count > 0) missingBy[name] = count;
  };
  const lookAtNumbers = (name: string, values: Float64Array): void => {
    const infinite = values.findIndex(
      (value, row) => Math.abs(value) === Number.POSITIVE_INFINITY && where?.[row] !== 0,
    );
    if (infinite >= 0)
      throw new QuartiersError({
        what: `« ${name} » a une valeur infinie`,
        where: `ligne ${infinite + 1}`,
        expected: "un nombre fini, ou manquant",
      });
    look(name, (row) => Number.isNaN(values[row]));
  };
  for (const term of terms) {
    if ("values" in term) lookAtNumbers(term.name, term.values);
    else if (missing !== "level") look(term.name, (row) => term.codes[row] < 0);
  }
  for (const [name, values] of Object.entries(complete)) lookAtNumbers(name, values);

  const kept: number[] = [];
  let droppedRows = 0;
  for (let row = 0; row < rows; row++) {
    if (where && where[row] === 0) continue;
    if (unknown[row] === 0) kept.push(row);
    else droppedRows++;
  }
  if (droppedRows > 0 && missing === "refuse")
    throw new QuartiersError({
      what: `${droppedRows} lignes du modèle ont une valeur manquante`,
      value: Object.entries(missingBy)
        .map(([name, count]) => `${name} (${count})`)
        .join(", "),
      expected: "une règle écrite",
      remedy: 'choisir missing: "drop" (lignes écartées et comptées) ou "level" (sans réponse comme modalité)',
    });
  if (kept.length === 0)
    throw new QuartiersError({
      what: "Aucune ligne connue pour le modèle",
      value: `${droppedRows} lignes écartées`,
      expected: "au moins une ligne du domaine sans valeur manquante",
    });
  return { keptRows: Int32Array.from(kept), droppedRows, missingBy };
}
