import { QuartiersError } from "../../codes/errors.ts";
import { constantName } from "../areas/design-matrix.ts";
import { keptLevels } from "./kept-levels.ts";
import { knownRows } from "./known-rows.ts";
import {
  type CategoricalTerm,
  type MissingRule,
  type ModelMatrix,
  type ModelTerm,
  type ModelVariable,
  type NumberTerm,
  type ProductTerm,
  unknownVariable,
} from "./model-term.ts";

export interface ModelMatrixOptions {
  /** Rule for missing values; "refuse" by default, so that dropping is a choice. */
  readonly missing?: MissingRule;
  /** 1 for the rows of a domain, 0 for those left out of the model. */
  readonly where?: Uint8Array;
  /** Other columns that must be known in the rows kept, by name (outcome, weights): NaN is missing. */
  readonly complete?: Readonly<Record<string, Float64Array>>;
  /** Rows of the table, for a model of the constant alone. */
  readonly rows?: number;
}

/** A column as it is built: its name and the columns of single variables it multiplies. */
interface Column {
  readonly name: string;
  readonly factors: readonly number[];
  readonly values: Float64Array;
}

/**
 * The columns of a regression: the constant, one column of 0 and 1 for each level but the reference, numbers as they are, products of two variables. Levels
 * that nobody has among the rows kept get no column and are reported; a variable with one level left is refused. Rows with a missing value follow the rule.
 * O(rows x columns).
 * @example
 * ```ts
 * const diploma = { name: "diplôme", levels: ["aucun", "supérieur"], codes: Int32Array.of(0, 1, 1) };
 * modelMatrix([diploma, { name: "minutes", values: Float64Array.of(5, 20, 10) }]).names // [ "(constante)", "diplôme : supérieur", "minutes" ]
 * ```
 */
export function modelMatrix(
  terms: readonly ModelTerm[],
  { missing = "refuse", where, complete = {}, rows }: ModelMatrixOptions = {},
): ModelMatrix {
  const singles = terms.filter((term): term is CategoricalTerm | NumberTerm => !("product" in term));
  const products = terms.filter((term): term is ProductTerm => "product" in term);
  const sourceRows = rowsOf(singles, complete, where, rows);
  refuseSameNames(singles);
  const known = knownRows({ rows: sourceRows, terms: singles, complete, where: where ?? null, missing });
  const kept = known.keptRows;
  const emptyLevels: { variable: string; level: string }[] = [];

  const columns: Column[] = [{ name: constantName, factors: [], values: new Float64Array(kept.length).fill(1) }];
  const variables = singles.map((term): ModelVariable => {
    const start = columns.length;
    if ("values" in term) {
      columns.push({ name: term.name, factors: [start], values: Float64Array.from(kept, (row) => term.values[row]) });
      return { name: term.name, kind: "number", levels: [], reference: null, codes: null, columns: [start] };
    }
    const { levels, codes, reference, empty } = keptLevels(term, kept);
    for (const level of empty) emptyLevels.push({ variable: term.name, level });
    levels.forEach((level, index) => {
      if (level === reference) return;
      const values = Float64Array.from(codes, (code) => (code === index ? 1 : 0));
      columns.push({ name: `${term.name} : ${level}`, factors: [columns.length], values });
    });
    const own = columns.slice(start).map((_, index) => start + index);
    return { name: term.name, kind: "categories", levels, reference, codes, columns: own };
  });

  for (const { product } of products) {
    const [first, second] = product.map((name) => {
      const variable = variables.find((one) => one.name === name);
      if (!variable) throw unknownVariable(name, variables);
      return variable;
    });
    if (first === second && first.kind === "categories")
      throw new QuartiersError({
        what: "Une question ne se croise pas avec elle-même",
        value: first.name,
        expected: "deux variables, ou un nombre et lui-même pour son carré",
      });
    for (const a of first.columns)
      for (const b of second.columns) {
        const name = a === b ? `${columns[a].name}²` : `${columns[a].name} × ${columns[b].name}`;
        const [left, right] = [columns[a].values, columns[b].values];
        const values = left.map((value, row) => value * right[row]);
        if (values.some((value) => value !== 0)) columns.push({ name, factors: [a, b], values });
        else emptyLevels.push({ variable: product.join(" × "), level: name });
      }
  }

  const values = new Float64Array(kept.length * columns.length);
  columns.forEach((column, index) => {
    values.set(column.values, index * kept.length);
  });
  return {
    ...{ names: columns.map(({ name }) => name), rows: kept.length, columns: columns.length, values },
    ...{ variables, products: products.map(({ product }) => product), factors: columns.map(({ factors }) => factors) },
    ...{ sourceRows, ...known, emptyLevels },
  };
}

function rowsOf(
  terms: readonly (CategoricalTerm | NumberTerm)[],
  complete: Readonly<Record<string, Float64Array>>,
  where: Uint8Array | undefined,
  rows: number | undefined,
): number {
  const lengths: [string, number][] = terms.map((term) => [
    term.name,
    "values" in term ? term.values.length : term.codes.length,
  ]);
  for (const [name, column] of Object.entries(complete)) lengths.push([name, column.length]);
  if (where) lengths.push(["where", where.length]);
  const expected = rows ?? lengths[0]?.[1] ?? 0;
  const odd = lengths.find(([, length]) => length !== expected);
  if (odd)
    throw new QuartiersError({
      what: `La colonne « ${odd[0]} » n'a pas une valeur par ligne`,
      value: String(odd[1]),
      expected: `${expected} lignes`,
    });
  return expected;
}

function refuseSameNames(terms: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of terms) {
    if (seen.has(name))
      throw new QuartiersError({
        what: "Deux variables du modèle portent le même nom",
        value: name,
        expected: "des noms tous différents",
      });
    seen.add(name);
  }
}
