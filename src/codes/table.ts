import { QuartiersError } from "./errors.ts";
import type { Geography } from "./geography.ts";
import { mergeLineages, type SourceRef } from "./lineage.ts";

/** Why a value is absent: `s` secret, `ns` not significant, `nd` not available. None of them is zero. */
export type MissingReason = "s" | "ns" | "nd";

/** The reasons in the order of their codes: a mask holds 0 (present), 1 (s), 2 (ns) or 3 (nd). */
export const missingReasons: readonly MissingReason[] = ["s", "ns", "nd"];
export const PRESENT = 0;
export const SECRET = 1;
export const NOT_SIGNIFICANT = 2;
export const NOT_AVAILABLE = 3;

interface ColumnBase {
  /** What the column means, in French, for captions and dictionaries. */
  readonly label: string;
  /** One code a row (see `missingReasons`), or null when nothing is missing. */
  readonly missing: Uint8Array | null;
}

/** A column of numbers. A missing row holds NaN, so that an unguarded sum shows it. */
export interface NumberColumn extends ColumnBase {
  readonly type: "number";
  readonly values: Float64Array;
  /** "personnes", "EUR/an", "%", "km", "part" (0 to 1)... */
  readonly unit: string;
  /** False for medians, deciles and rates, which INSEE calls « non sommables »: they are neither summed nor averaged unweighted. */
  readonly summable: boolean;
}

/** A column of text or codes. A missing row holds "". */
export interface TextColumn extends ColumnBase {
  readonly type: "text";
  readonly values: readonly string[];
  /** For codes of places: which list they belong to, and its year. A join of two years is refused. */
  readonly geography?: Geography;
}

export type Column = NumberColumn | TextColumn;

/** Named columns of equal length, with the files they come from. */
export interface Table {
  readonly columns: Readonly<Record<string, Column>>;
  readonly numRows: number;
  readonly lineage: readonly SourceRef[];
}

export interface NumberColumnOptions {
  readonly label: string;
  readonly unit: string;
  readonly summable?: boolean;
  readonly missing?: Uint8Array | null;
}

/**
 * Makes a number column. Rows marked missing are set to NaN; a NaN without a reason is `nd`.
 * @example
 * ```ts
 * reasonAt(numberColumn([4, Number.NaN], { label: "Habitants", unit: "personnes" }), 1) // "nd"
 * ```
 */
export function numberColumn(values: ArrayLike<number>, options: NumberColumnOptions): NumberColumn {
  const { label, unit, summable = false } = options;
  const copy = Float64Array.from(values);
  let missing = options.missing ? Uint8Array.from(options.missing) : null;
  for (let i = 0; i < copy.length; i++) {
    if (missing && missing[i] !== PRESENT) copy[i] = Number.NaN;
    else if (Number.isNaN(copy[i])) {
      missing ??= new Uint8Array(copy.length);
      missing[i] = NOT_AVAILABLE;
    }
  }
  return { type: "number", values: copy, unit, label, summable, missing };
}

/** Makes a text column. */
export function textColumn(
  values: readonly string[],
  options: { readonly label: string; readonly missing?: Uint8Array | null; readonly geography?: Geography },
): TextColumn {
  const { label, missing = null, geography } = options;
  return { type: "text", values, label, missing, ...(geography ? { geography } : {}) };
}

/**
 * Makes a table, and refuses columns of different lengths.
 * @example
 * ```ts
 * table({ km: numberColumn([1, 2], { label: "Distance", unit: "km" }) }).numRows // 2
 * ```
 */
export function table(columns: Readonly<Record<string, Column>>, lineage: readonly SourceRef[] = []): Table {
  const lengths = Object.entries(columns).map(([name, column]) => [name, column.values.length] as const);
  const numRows = lengths[0]?.[1] ?? 0;
  const odd = lengths.find(([, length]) => length !== numRows);
  if (odd) {
    throw new QuartiersError({
      what: `Colonnes de longueurs différentes, à partir de la colonne ${odd[0]}`,
      value: `${odd[1]} lignes`,
      expected: `${numRows} lignes, comme la colonne ${lengths[0]?.[0]}`,
    });
  }
  for (const [name, { missing }] of Object.entries(columns)) {
    if (missing && missing.length !== numRows) {
      throw new QuartiersError({
        what: `Masque des manquants trop court ou trop long dans ${name}`,
        value: String(missing.length),
        expected: String(numRows),
      });
    }
  }
  return { columns, numRows, lineage };
}

/** The column of that name, or an error that lists the names. */
export function column(t: Table, name: string): Column {
  const found = t.columns[name];
  if (!found) {
    throw new QuartiersError({
      what: "Colonne absente de la table",
      value: name,
      expected: `une colonne parmi ${Object.keys(t.columns).join(", ")}`,
    });
  }
  return found;
}

/** The number column of that name. */
export function numbers(t: Table, name: string): NumberColumn {
  const found = column(t, name);
  if (found.type !== "number")
    throw new QuartiersError({ what: "Cette colonne est du texte", value: name, expected: "une colonne de nombres" });
  return found;
}

/** The text column of that name. */
export function texts(t: Table, name: string): TextColumn {
  const found = column(t, name);
  if (found.type !== "text")
    throw new QuartiersError({
      what: "Cette colonne est faite de nombres",
      value: name,
      expected: "une colonne de texte",
    });
  return found;
}

/** The reason why a row is missing, or null when it holds a value. */
export function reasonAt({ missing }: Column, row: number): MissingReason | null {
  const code = missing?.[row] ?? PRESENT;
  return code === PRESENT ? null : (missingReasons[code - 1] ?? null);
}

/** The rows of those indices, in that order. Lineage follows. */
export function takeRows(t: Table, rows: ArrayLike<number>): Table {
  const take = (c: Column): Column => {
    const missing = c.missing ? Uint8Array.from(rows, (row) => c.missing?.[row] ?? PRESENT) : null;
    return c.type === "number"
      ? { ...c, values: Float64Array.from(rows, (row) => c.values[row]), missing }
      : { ...c, values: Array.from(rows, (row) => c.values[row]), missing };
  };
  return table(Object.fromEntries(Object.entries(t.columns).map(([name, c]) => [name, take(c)])), t.lineage);
}

/**
 * The rows of those indices, as the universe that a predicate names: the gate and the ledger of publications then know that they are a part only.
 * Lineage follows, with the predicate.
 * @example
 * ```ts
 * const ages = table({ age: numberColumn([17, 25, 40], { label: "Âge", unit: "ans" }) });
 * restrict(ages, [1], "18-29 ans").numRows // 1
 * ```
 */
export function restrict(t: Table, rows: ArrayLike<number>, predicate: string): Table {
  const lineage = t.lineage.map((ref) => ({ ...ref, universe: [...(ref.universe ?? []), predicate] }));
  return takeRows({ ...t, lineage }, rows);
}

/** The same table with columns added or replaced, and the lineage of what they come from. */
export function withColumns(t: Table, columns: Readonly<Record<string, Column>>, ...from: readonly Table[]): Table {
  return table({ ...t.columns, ...columns }, mergeLineages(t.lineage, ...from.map(({ lineage }) => lineage)));
}

/** Only the named columns. */
export function selectColumns(t: Table, names: readonly string[]): Table {
  return table(Object.fromEntries(names.map((name) => [name, column(t, name)])), t.lineage);
}

/** One row as plain values; a missing value is its reason. For display and messages, not for computing. */
export function rowAt(t: Table, row: number): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(t.columns).map(([name, c]) => [name, reasonAt(c, row) ?? c.values[row] ?? ""]),
  );
}
