import { QuartiersError } from "../codes/errors.ts";
import { frenchNumber } from "../codes/french.ts";
import {
  type Column,
  NOT_AVAILABLE,
  numberColumn,
  PRESENT,
  reasonAt,
  type Table,
  type TextColumn,
  takeRows,
  textColumn,
  texts,
  withColumns,
} from "../codes/table.ts";
import type { ConversionOptions } from "./conversion-plan.ts";
import type { ConversionReport } from "./conversion-report.ts";
import { onOneList, refuseMixedGenerations, refuseTwoLists, type Sides } from "./join-lists.ts";
import { checkJoinRights, syntheticMeeting } from "./join-rights.ts";
import { type NearKeys, nearKeys } from "./near-keys.ts";
import type { Passage } from "./passage.ts";

/** What a join kept and what it lost, row by row accounted for: leftRows = matched + leftOnly + leftWithoutKey. */
export interface JoinReport {
  readonly leftRows: number;
  readonly rightRows: number;
  /** Rows of the left table that found their row on the right. */
  readonly matched: number;
  /** Rows of the left table whose key is not on the right. */
  readonly leftOnly: number;
  /** Rows of the left table without a key. */
  readonly leftWithoutKey: number;
  /** Rows of the right table that no left row asked for. */
  readonly rightOnly: number;
  readonly rightWithoutKey: number;
  /** A few keys on each side, to look for the cause. */
  readonly leftOnlyKeys: readonly string[];
  readonly rightOnlyKeys: readonly string[];
  /** Left keys that differ from a right key only by the way of writing: told, not joined. */
  readonly nearKeys: NearKeys;
  /** What the passage did to the side that it converted. */
  readonly conversion?: ConversionReport & { readonly side: "left" | "right" };
  /** What else the reader must know: invented data that meet real ones. */
  readonly notes: readonly string[];
  /** The same in French. */
  readonly sentence: string;
}

export interface JoinOptions {
  /** Text column of the key in both tables, or its name in each. */
  readonly on: string | { readonly left: string; readonly right: string };
  /** "left" keeps every row of the left table, with `nd` where nothing was found; "inner" keeps the matched rows. */
  readonly kind?: "left" | "inner";
  /** Columns to bring from the right; all but the key when absent. */
  readonly columns?: readonly string[];
  /**
   * When the two keys are codes of two years: the passage from the list of one side to that of the other, or the table of
   * the overlaps of neighbourhoods (see `qpvPassage`). The side on the first list is converted, then joined.
   */
  readonly passage?: Passage | Table;
  readonly conversion?: ConversionOptions;
}

/**
 * Brings the columns of the right table beside the left one, by key. A key stands once at most on the right. Refuses a repeated key, a column name
 * already taken, datasets whose contracts do not allow each other, and codes of two lists without a passage: communes of two years, neighbourhoods of two
 * generations (QP..., 2015; QN..., 2024). Keys that differ by a lost zero or a blank are told, not joined. Missing reasons and lineage follow.
 * O(rows of both).
 * @example
 * ```ts
 * const left = table({ code: textColumn(["a", "b", "b"], { label: "Code" }) });
 * const right = table({ code: textColumn(["b"], { label: "Code" }), km: numberColumn([4], { label: "Distance", unit: "km" }) });
 * joinTables(left, right, { on: "code" }).table.columns.km.values // Float64Array(3) [ NaN, 4, 4 ]
 * ```
 */
export function joinTables(
  leftTable: Table,
  rightTable: Table,
  options: JoinOptions,
): { readonly table: Table; readonly report: JoinReport } {
  const { on, kind = "left", columns } = options;
  const keys = typeof on === "string" ? { left: on, right: on } : on;
  checkJoinRights(leftTable.lineage, rightTable.lineage);
  const { left, right, conversion } = onOneList(leftTable, rightTable, keys, options);
  const leftKey = texts(left, keys.left);
  const rightKey = texts(right, keys.right);
  refuseMixedGenerations(leftKey, rightKey);
  refuseTwoLists(leftKey, rightKey);
  const rowOf = indexKeys(rightKey, keys.right);
  const brought = columns ?? Object.keys(right.columns).filter((name) => name !== keys.right);
  const taken = brought.filter((name) => name in left.columns);
  if (taken.length > 0) {
    throw new QuartiersError({
      what: "Ces colonnes existent déjà dans la table de gauche",
      value: taken.join(", "),
      expected: "des noms de colonnes différents",
      remedy: "choisir les colonnes à apporter (columns), ou en renommer",
    });
  }
  const found = Int32Array.from(leftKey.values, (key, row) =>
    reasonAt(leftKey, row) || key === "" ? -1 : (rowOf.get(key) ?? -1),
  );
  const meeting = syntheticMeeting(leftTable.lineage, rightTable.lineage);
  const report = reportOf(leftKey, rightKey, found, meeting ? [meeting] : [], conversion);
  const keptRows = Int32Array.from(found.keys()).filter((row) => kind === "left" || found[row] >= 0);
  const kept = takeRows(left, keptRows);
  const rows = Int32Array.from(keptRows, (row) => found[row]);
  const joined = Object.fromEntries(brought.map((name) => [name, takeOrMissing(right, name, rows)]));
  return { table: withColumns(kept, joined, right), report };
}

function indexKeys(key: TextColumn, name: string): ReadonlyMap<string, number> {
  const rowOf = new Map<string, number>();
  const repeated = new Set<string>();
  key.values.forEach((code, row) => {
    if (reasonAt(key, row) || code === "") return;
    if (rowOf.has(code)) repeated.add(code);
    else rowOf.set(code, row);
  });
  if (repeated.size > 0) {
    throw new QuartiersError({
      what: `Clé répétée dans la table de droite, colonne ${name} (${repeated.size} clés)`,
      value: [...repeated].slice(0, 5).join(", "),
      expected: "une ligne au plus par clé",
      remedy: "agréger la table de droite, ou échanger les deux tables",
    });
  }
  return rowOf;
}

function reportOf(
  leftKey: TextColumn,
  rightKey: TextColumn,
  found: Int32Array,
  notes: readonly string[],
  conversion: Sides["conversion"],
): JoinReport {
  const hasKey = (key: TextColumn, row: number): boolean => !reasonAt(key, row) && key.values[row] !== "";
  const asked = new Set(found);
  const matched = found.filter((row) => row >= 0).length;
  const leftOnlyRows = leftKey.values.flatMap((key, row) => (hasKey(leftKey, row) && found[row] < 0 ? [key] : []));
  const rightOnlyRows = rightKey.values.flatMap((key, row) => (hasKey(rightKey, row) && !asked.has(row) ? [key] : []));
  const rightWithoutKey = rightKey.values.filter((_, row) => !hasKey(rightKey, row)).length;
  const leftRows = leftKey.values.length;
  const leftWithoutKey = leftRows - matched - leftOnlyRows.length;
  const examples = (list: readonly string[]): readonly string[] => [...new Set(list)].slice(0, 5);
  const near = nearKeys(leftOnlyRows, rightOnlyRows);
  const counts = `${frenchNumber(matched)} lignes sur ${frenchNumber(leftRows)} ont trouvé leur clé\u00a0; ${frenchNumber(leftOnlyRows.length)} ont une clé absente à droite, ${frenchNumber(leftWithoutKey)} n'ont pas de clé\u00a0; ${frenchNumber(rightOnlyRows.length)} lignes de droite ne servent pas, ${frenchNumber(rightWithoutKey)} n'ont pas de clé.`;
  return {
    leftRows,
    rightRows: rightKey.values.length,
    matched,
    leftOnly: leftOnlyRows.length,
    leftWithoutKey,
    rightOnly: rightOnlyRows.length,
    rightWithoutKey,
    leftOnlyKeys: examples(leftOnlyRows),
    rightOnlyKeys: examples(rightOnlyRows),
    nearKeys: near,
    notes,
    ...(conversion ? { conversion } : {}),
    sentence: [conversion?.sentence, counts, near.sentence, ...notes].filter(Boolean).join(" "),
  };
}

/** A column at the given rows; -1 is not available. */
function takeOrMissing(from: Table, name: string, rows: Int32Array): Column {
  const column = from.columns[name];
  if (!column)
    throw new QuartiersError({
      what: "Colonne absente de la table de droite",
      value: name,
      expected: `une colonne parmi ${Object.keys(from.columns).join(", ")}`,
    });
  const codes = Uint8Array.from(rows, (row) => (row < 0 ? NOT_AVAILABLE : (column.missing?.[row] ?? PRESENT)));
  const missing = codes.some((reason) => reason !== PRESENT) ? codes : null;
  return column.type === "number"
    ? numberColumn(
        Float64Array.from(rows, (row) => (row < 0 ? Number.NaN : column.values[row])),
        { ...column, missing },
      )
    : textColumn(
        Array.from(rows, (row) => column.values[row] ?? ""),
        { label: column.label, missing, ...(column.geography ? { geography: column.geography } : {}) },
      );
}
