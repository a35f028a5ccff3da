import { type Column, type MissingReason, missingReasons, type Table } from "../../codes/table.ts";
import { HIDDEN, type Shown, shownParts } from "./shown-counts.ts";

/** What changed from an older edition of a source to a newer one. */
export interface Difference {
  readonly columnsAdded: readonly string[];
  readonly columnsRemoved: readonly string[];
  readonly rowsBefore: number;
  readonly rowsAfter: number;
  /** Null when the source has no key: rows cannot be followed. */
  readonly rows: { readonly added: Shown; readonly removed: Shown; readonly common: Shown } | null;
  /** A few keys of each side; empty unless the key is made of codes of places or the source is a publication. */
  readonly addedKeys: readonly string[];
  readonly removedKeys: readonly string[];
  readonly columns: readonly ColumnDifference[];
}

export interface ColumnDifference {
  readonly name: string;
  /** Common rows whose value is there on both sides. */
  readonly compared: Shown;
  readonly changed: Shown;
  /** Median of (after - before) / |before| over the compared rows whose older value is not zero; null for a text, or when too few rows stand behind. */
  readonly medianChange: number | null;
  readonly largest: readonly { readonly key: string; readonly before: number; readonly after: number }[];
  /** Rows absent for each reason, before and after, over the whole files. */
  readonly missing: readonly { readonly reason: MissingReason; readonly before: Shown; readonly after: Shown }[];
}

export interface DifferenceOptions {
  readonly key: readonly string[];
  /** Rows under which a count is hidden; 1 for a publication. */
  readonly threshold: number;
  /** True when keys may be printed. */
  readonly namesKeys: boolean;
}

const LARGEST = 5;

/**
 * Compares two editions of a table, row by row by their key. Without a key, only columns and absent values are compared. O(rows × columns).
 * @param before the older edition
 */
export function compareEditions(
  before: Table,
  after: Table,
  { key, threshold, namesKeys }: DifferenceOptions,
): Difference {
  const [old, recent] = [Object.keys(before.columns), Object.keys(after.columns)];
  const hasKey = key.length > 0 && key.every((name) => name in before.columns && name in after.columns);
  const pairs = hasKey ? pairRows(before, after, key) : null;
  const rows = pairs ? rowCounts(pairs, threshold) : null;
  const examples = (keys: readonly string[]): readonly string[] => (namesKeys ? keys.slice(0, LARGEST) : []);
  return {
    columnsAdded: recent.filter((name) => !old.includes(name)),
    columnsRemoved: old.filter((name) => !recent.includes(name)),
    rowsBefore: before.numRows,
    rowsAfter: after.numRows,
    rows,
    addedKeys: examples(pairs?.added ?? []),
    removedKeys: examples(pairs?.removed ?? []),
    columns: recent
      .filter((name) => old.includes(name) && !key.includes(name))
      .map((name) =>
        compareColumn(name, before.columns[name] as Column, after.columns[name] as Column, pairs, threshold),
      ),
  };
}

/** The rows of both files are known, so that one of these counts gives the two others: one small count hides all three. */
function rowCounts({ rows, added, removed }: Pairs, threshold: number): NonNullable<Difference["rows"]> {
  const counts = [rows.length, added.length, removed.length];
  if (counts.some((count) => count > 0 && count < threshold)) return { common: HIDDEN, added: HIDDEN, removed: HIDDEN };
  return { common: rows.length, added: added.length, removed: removed.length };
}

interface Pairs {
  readonly rows: readonly { readonly key: string; readonly before: number; readonly after: number }[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

function pairRows(before: Table, after: Table, key: readonly string[]): Pairs {
  const keysOf = (t: Table): readonly string[] => {
    const columns = key.map((name) => t.columns[name]);
    return Array.from({ length: t.numRows }, (_, row) =>
      columns.map((column) => String(column?.values[row])).join(" · "),
    );
  };
  const [oldKeys, newKeys] = [keysOf(before), keysOf(after)];
  const rowOf = new Map(oldKeys.map((name, row) => [name, row]));
  const kept = new Set(newKeys);
  return {
    rows: newKeys.flatMap((name, row) => {
      const own = rowOf.get(name);
      return own === undefined ? [] : [{ key: name, before: own, after: row }];
    }),
    added: newKeys.filter((name) => !rowOf.has(name)),
    removed: oldKeys.filter((name) => !kept.has(name)),
  };
}

function compareColumn(
  name: string,
  before: Column,
  after: Column,
  pairs: Pairs | null,
  threshold: number,
): ColumnDifference {
  const isNumber = before.type === "number" && after.type === "number";
  const both = (pairs?.rows ?? []).filter((pair) => !before.missing?.[pair.before] && !after.missing?.[pair.after]);
  const changed = both.filter((pair) => before.values[pair.before] !== after.values[pair.after]);
  const [shownChanged = 0, shownSame = 0] = shownParts([changed.length, both.length - changed.length], threshold);
  const isHidden = typeof shownChanged === "string" || typeof shownSame === "string";
  const relative = isNumber ? relativeChanges(both, before.values, after.values) : [];
  const median = relative.length === 0 ? Number.NaN : (relative[Math.floor((relative.length - 1) / 2)] ?? Number.NaN);
  const isSupported = threshold <= 1 ? relative.length > 0 : relative.length >= 2 * threshold;
  const digits = threshold <= 1 ? 6 : 2;
  return {
    name,
    compared: isHidden && both.length > 0 ? HIDDEN : both.length,
    changed: shownChanged,
    medianChange: isSupported && Number.isFinite(median) ? Number(median.toFixed(digits)) : null,
    largest:
      isNumber && threshold <= 1
        ? changed
            .map((pair) => ({ key: pair.key, before: before.values[pair.before], after: after.values[pair.after] }))
            .sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.key < b.key ? -1 : 1))
            .slice(0, LARGEST)
        : [],
    missing: missingChanges(before, after, threshold),
  };
}

/** Relative changes, sorted; rows whose older value is zero have none. */
function relativeChanges(pairs: Pairs["rows"], before: Float64Array, after: Float64Array): readonly number[] {
  return pairs
    .flatMap((pair) => {
      const [old, recent] = [before[pair.before], after[pair.after]];
      return old === 0 ? [] : [(recent - old) / Math.abs(old)];
    })
    .sort((a, b) => a - b);
}

function missingChanges(before: Column, after: Column, threshold: number): ColumnDifference["missing"] {
  const counts = ({ missing, values }: Column): readonly Shown[] => {
    const reasons = [0, 0, 0, 0];
    for (const code of missing ?? []) reasons[code]++;
    reasons[0] = values.length - (reasons[1] ?? 0) - (reasons[2] ?? 0) - (reasons[3] ?? 0);
    return shownParts(reasons, threshold);
  };
  const [old, recent] = [counts(before), counts(after)];
  return missingReasons.map((reason, i) => ({ reason, before: old[i + 1] ?? 0, after: recent[i + 1] ?? 0 }));
}
