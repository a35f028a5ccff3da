import { QuartiersError } from "../../codes/errors.ts";
import { type Column, column, PRESENT, type Table } from "../../codes/table.ts";

/** Values of a column as whole numbers: two rows have the same code when nobody could tell them apart on that column. */
export interface CodedColumn {
  readonly codes: Int32Array;
  /** Codes go from 0 to count - 1. */
  readonly count: number;
}

/** Records that share all their quasi-identifiers. */
export interface EquivalenceClasses {
  /** The class of each row, from 0 to sizes.length - 1, in the order of first appearance. */
  readonly classOf: Int32Array;
  /** How many rows each class has. */
  readonly sizes: Int32Array;
}

/**
 * Values as codes, in the order of first appearance. A missing value is a value of its own, one for each reason (s, ns, nd), since the reader of the file
 * sees it: sdcMicro lets it match everything and pyCANON drops the row, which both may report a greater k. Time O(rows).
 */
export function codedColumn({ type, values, missing }: Column): CodedColumn {
  const codes = new Int32Array(values.length);
  const known = new Map<string | number, number>();
  const absent = [-1, -1, -1, -1];
  let count = 0;
  for (let row = 0; row < codes.length; row++) {
    const reason = missing?.[row] ?? PRESENT;
    if (reason !== PRESENT) {
      if (absent[reason] === -1) absent[reason] = count++;
      codes[row] = absent[reason];
      continue;
    }
    const value = type === "number" ? (values as Float64Array)[row] : (values as readonly string[])[row];
    let code = known.get(value);
    if (code === undefined) {
      code = count++;
      known.set(value, code);
    }
    codes[row] = code;
  }
  return { codes, count };
}

/** Splits classes by one more column. One pass; a dense table where the product of classes and values is small, a hash elsewhere. */
export function refineClasses(classes: EquivalenceClasses, { codes, count }: CodedColumn): EquivalenceClasses {
  const rows = codes.length;
  const classOf = new Int32Array(rows);
  const sizes = new Int32Array(rows);
  const product = classes.sizes.length * count;
  let next = 0;
  if (product <= Math.max(1 << 16, 8 * rows)) {
    const seen = new Int32Array(product);
    for (let row = 0; row < rows; row++) {
      const key = classes.classOf[row] * count + codes[row];
      if (seen[key] === 0) seen[key] = ++next;
      const own = seen[key] - 1;
      classOf[row] = own;
      sizes[own]++;
    }
  } else {
    const seen = new Map<number, number>();
    for (let row = 0; row < rows; row++) {
      const key = classes.classOf[row] * count + codes[row];
      let own = seen.get(key);
      if (own === undefined) {
        own = next++;
        seen.set(key, own);
      }
      classOf[row] = own;
      sizes[own]++;
    }
  }
  return { classOf, sizes: sizes.slice(0, next) };
}

/** All rows in one class. */
export function oneClass(rows: number): EquivalenceClasses {
  return { classOf: new Int32Array(rows), sizes: rows === 0 ? new Int32Array(0) : Int32Array.of(rows) };
}

/**
 * Equivalence classes of a table on its quasi-identifiers: the columns that an outsider may know of a person. A missing value is a value of its own
 * (see `codedColumn`). Time O(rows x columns).
 * @throws when no column is named
 * @example
 * ```ts
 * const t = table({ age: numberColumn([18, 18, 40], { label: "Âge", unit: "ans" }), sexe: textColumn(["F", "F", "F"], { label: "Sexe" }) });
 * equivalenceClasses(t, ["age", "sexe"]).sizes // Int32Array(2) [ 2, 1 ]
 * ```
 */
export function equivalenceClasses(t: Table, quasiIdentifiers: readonly string[]): EquivalenceClasses {
  if (quasiIdentifiers.length === 0) {
    throw new QuartiersError({
      what: "Aucun quasi-identifiant n'est nommé",
      expected: "les colonnes qu'un tiers peut connaître d'une personne : âge, sexe, quartier, métier…",
    });
  }
  return quasiIdentifiers.reduce(
    (classes, name) => refineClasses(classes, codedColumn(column(t, name))),
    oneClass(t.numRows),
  );
}

/**
 * k-anonymity: the size of the smallest class (Samarati & Sweeney 1998). 0 for an empty table.
 * @example
 * ```ts
 * kAnonymity({ classOf: Int32Array.of(0, 0, 1), sizes: Int32Array.of(2, 1) }) // 1
 * ```
 */
export function kAnonymity({ sizes }: EquivalenceClasses): number {
  return sizes.length === 0 ? 0 : sizes.reduce((least, size) => Math.min(least, size));
}

/** How many rows are alone in their class. */
export function sampleUniques({ sizes }: EquivalenceClasses): number {
  return sizes.reduce((count, size) => count + (size === 1 ? 1 : 0), 0);
}
