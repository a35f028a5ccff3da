import { type Column, column, reasonAt, type Table, takeRows, textColumn, texts } from "../codes/table.ts";
import { groupRows } from "./grouping.ts";
import { type Passage, SHARE_TOLERANCE, sourceCounts } from "./passage.ts";

export interface ConversionOptions {
  /** Weights of the new units (population), to share the amounts of the old units that were divided. */
  readonly weights?: ReadonlyMap<string, number>;
  /** Other columns that tell rows of one unit apart (year, kind of facility): they stay apart. */
  readonly by?: readonly string[];
  /** Columns to leave out. */
  readonly drop?: readonly string[];
  /** Columns that cannot follow a merger (medians, names): kept where the unit is the same, `nd` elsewhere. */
  readonly blank?: readonly string[];
  /** What the absence of a row of an old unit means: not available (default), or a true zero, for counts that list only what exists. */
  readonly absent?: "nd" | "zero";
  /** Least part of a new unit that the old list must cover for its amounts to be given; 0.95 by default. */
  readonly minCoverage?: number;
}

/** Which rows make which new row, and with which share. */
export interface Plan {
  readonly rows: Int32Array;
  readonly shares: Float64Array;
  readonly groupOf: Int32Array;
  /** Code, and first old row, of each new row. */
  readonly codes: readonly string[];
  readonly firstRow: Int32Array;
  /** 1 where a new row is one whole old row, and the units are the same. */
  readonly same: Uint8Array;
  readonly incomplete: Uint8Array;
  readonly uncovered: Uint8Array;
  /** What became of each old row. */
  readonly fates: readonly Fate[];
}

export type Fate = "unchanged" | "recoded" | "merged" | "split" | "withoutKey" | "unknown";

/** The pairs of each old code, by position. */
export function linksOf({ fromCodes }: Passage): ReadonlyMap<string, readonly number[]> {
  const links = new Map<string, number[]>();
  fromCodes.forEach((code, i) => {
    const list = links.get(code);
    if (list) list.push(i);
    else links.set(code, [i]);
  });
  return links;
}

/** Says where each row goes, before any column is computed. O(rows + pairs). */
export function planOf(
  from: Table,
  key: string,
  passage: Passage,
  by: readonly string[],
  options: ConversionOptions,
): Plan {
  const { absent = "nd", minCoverage = 0.95 } = options;
  const keys = texts(from, key);
  const links = linksOf(passage);
  const rows: number[] = [];
  const used: number[] = [];
  keys.values.forEach((code, row) => {
    for (const link of (reasonAt(keys, row) ? undefined : links.get(code)) ?? []) {
      rows.push(row);
      used.push(link);
    }
  });
  const newCodes = used.map((link) => passage.toCodes[link]);
  const groups = groupRows(
    [textColumn(newCodes, { label: key }), ...by.map((name) => atRows(column(from, name), rows))],
    rows.length,
  );
  const codes = Array.from(groups.firstRow, (i) => newCodes[i]);
  const present = codes.map(() => new Set<string>());
  const members = new Int32Array(groups.count);
  const shares = Float64Array.from(used, (link) => passage.shares[link]);
  const whole = new Uint8Array(groups.count).fill(1);
  rows.forEach((row, i) => {
    const group = groups.groupOf[i];
    members[group]++;
    present[group].add(keys.values[row]);
    if (!(Math.abs(shares[i] - 1) <= SHARE_TOLERANCE)) whole[group] = 0;
  });
  const sources = sourceCounts(passage);
  const lacks = (group: number): boolean => present[group].size < (sources.get(codes[group]) ?? 0);
  const covered = (group: number, least: number): boolean => (passage.coverage?.get(codes[group]) ?? 1) >= least;
  const flags = (test: (group: number) => boolean): Uint8Array =>
    Uint8Array.from(codes, (_, group) => (test(group) ? 1 : 0));
  const same = flags(
    (group) => members[group] === 1 && whole[group] === 1 && !lacks(group) && covered(group, 1 - SHARE_TOLERANCE),
  );
  const fates: Fate[] = keys.values.map((code, row) =>
    reasonAt(keys, row) || code === "" ? "withoutKey" : links.has(code) ? "split" : "unknown",
  );
  rows.forEach((row, i) => {
    const code = keys.values[row];
    if (links.get(code)?.length !== 1) return;
    const group = groups.groupOf[i];
    fates[row] =
      (sources.get(codes[group]) ?? 1) > 1 && !(present[group].size === 1 && !passage.dated)
        ? "merged"
        : codes[group] === code
          ? "unchanged"
          : "recoded";
  });
  return {
    rows: Int32Array.from(rows),
    shares,
    groupOf: groups.groupOf,
    codes,
    firstRow: Int32Array.from(groups.firstRow, (i) => rows[i]),
    same,
    incomplete: flags((group) => passage.dated && absent === "nd" && lacks(group)),
    uncovered: flags((group) => !covered(group, minCoverage)),
    fates,
  };
}

/** A column at the given rows. */
export function atRows(c: Column, rows: ArrayLike<number>): Column {
  return takeRows({ columns: { c }, numRows: c.values.length, lineage: [] }, rows).columns.c as Column;
}
