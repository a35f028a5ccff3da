import { QuartiersError } from "../codes/errors.ts";
import { frenchNumber } from "../codes/french.ts";
import { geographyLabel } from "../codes/geography.ts";
import { mergeLineages } from "../codes/lineage.ts";
import {
  type Column,
  column,
  NOT_AVAILABLE,
  type NumberColumn,
  numberColumn,
  PRESENT,
  reasonAt,
  type Table,
  type TextColumn,
  table,
  takeRows,
  textColumn,
  texts,
  withColumns,
} from "../codes/table.ts";
import { groupRows } from "./grouping.ts";
import { type Passage, SHARE_TOLERANCE, sourceCounts, weighPassage } from "./passage.ts";
import { addTo, compensatedSums, dominantReason, totalsOf } from "./sums.ts";

/** What a conversion did to each row: rowsIn = unchanged + recoded + merged + split + withoutKey + unknown. */
export interface ConversionReport {
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** Rows alone in a new unit that has the same code, or another. */
  readonly unchanged: number;
  readonly recoded: number;
  /** Rows whose new unit is made of several old ones. */
  readonly merged: number;
  /** Rows shared between several new units. */
  readonly split: number;
  /** Rows lost: no key, or a code that the old list does not have. */
  readonly withoutKey: number;
  readonly unknown: number;
  /** A few codes that the old list does not have. */
  readonly unknownKeys: readonly string[];
  /** New rows whose amounts are `nd` because an old unit has no row, or because the old list covers too little of their ground. */
  readonly incomplete: number;
  readonly uncovered: number;
  /** The same in French. */
  readonly sentence: string;
}

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

/**
 * A table on a new list of units. Amounts (summable columns) are summed with the shares of the passage. A column that is not summable, or a text that differs
 * between the merged rows, is refused unless it is named in `drop` or `blank`. Absence: a sum with a secret part is secret, and its known part is
 * not shown; then `ns`, then `nd` (s > ns > nd). A new unit of which an old one has no row is `nd`, unless `absent` is "zero".
 * Rows come in the order of first appearance. O(rows × columns + pairs).
 * @throws QuartiersError when the key belongs to another list than the passage's, when an amount must be shared without weight, when a column cannot follow
 */
export function convert(
  from: Table,
  key: string,
  unweighted: Passage,
  options: ConversionOptions = {},
): { readonly table: Table; readonly report: ConversionReport } {
  const { weights, by = [], drop = [], blank = [] } = options;
  for (const name of [...by, ...drop, ...blank]) column(from, name);
  checkList(texts(from, key), key, unweighted);
  const passage = weights ? weighPassage(unweighted, weights) : unweighted;
  const plan = planOf(from, key, passage, by, options);
  const columns = Object.entries(from.columns).filter(([name]) => !drop.includes(name));
  refuseColumns(columns, plan, { key, by, blank });
  const converted = columns.map(([name, c]): readonly [string, Column] => {
    if (name === key) return [name, { ...textColumn(plan.codes, { label: c.label }), geography: passage.to }];
    if (by.includes(name)) return [name, atRows(c, plan.firstRow)];
    if (c.type === "number" && c.summable) return [name, summed(c, name, plan)];
    return [name, kept(c, plan)];
  });
  const lineage = mergeLineages(from.lineage, passage.lineage);
  const result = table(Object.fromEntries(converted), lineage);
  return { table: result, report: reportOf(from, key, passage, plan) };
}

/**
 * The same rows with the code of the new list: for rows that are not units themselves (offers, persons, facilities). Refuses a code that was divided, which
 * would put a row in two places. A code that the old list does not have becomes `nd`. O(rows + pairs).
 */
export function recode(from: Table, key: string, passage: Passage): Table {
  const old = texts(from, key);
  checkList(old, key, passage);
  const targets = linksOf(passage);
  const divided = new Set<string>();
  const missing = new Uint8Array(from.numRows);
  const values = old.values.map((code, row) => {
    const links = reasonAt(old, row) ? undefined : targets.get(code);
    if (links && links.length > 1) divided.add(code);
    missing[row] = links ? PRESENT : old.missing?.[row] || NOT_AVAILABLE;
    return links ? passage.toCodes[links[0]] : "";
  });
  if (divided.size > 0)
    throw new QuartiersError({
      what: `${divided.size} codes ont été partagés\u00a0: une ligne serait en deux lieux`,
      value: [...divided].slice(0, 5).join(", "),
      expected: "des codes fusionnés ou renommés seulement",
      remedy: "agréger la table par code, puis la convertir avec des poids (convert)",
    });
  return withColumns(
    from,
    {
      [key]: textColumn(values, {
        label: old.label,
        missing: missing.some(Boolean) ? missing : null,
        geography: passage.to,
      }),
    },
    { columns: {}, numRows: 0, lineage: passage.lineage },
  );
}

/** Which rows make which new row, and with which share. */
interface Plan {
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

type Fate = "unchanged" | "recoded" | "merged" | "split" | "withoutKey" | "unknown";

function linksOf({ fromCodes }: Passage): ReadonlyMap<string, readonly number[]> {
  const links = new Map<string, number[]>();
  fromCodes.forEach((code, i) => {
    const list = links.get(code);
    if (list) list.push(i);
    else links.set(code, [i]);
  });
  return links;
}

function planOf(from: Table, key: string, passage: Passage, by: readonly string[], options: ConversionOptions): Plan {
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

/** The old list of a key and the first list of a passage must be one and the same. */
function checkList(key: TextColumn, name: string, { from }: Passage): void {
  const { geography } = key;
  if (geography && (geography.kind !== from.kind || geography.vintage !== from.vintage))
    throw new QuartiersError({
      what: `La colonne ${name} n'est pas sur la liste de départ du passage`,
      value: geographyLabel(geography),
      expected: geographyLabel(from),
      remedy: `prendre le passage qui part de ${geographyLabel(geography)}`,
    });
}

function atRows(c: Column, rows: ArrayLike<number>): Column {
  return takeRows({ columns: { c }, numRows: c.values.length, lineage: [] }, rows).columns.c as Column;
}

/** Refuses, all at once, the columns that cannot follow the mergers and are not named in `drop` or `blank`. */
function refuseColumns(
  columns: readonly (readonly [string, Column])[],
  plan: Plan,
  { key, by, blank }: { readonly key: string; readonly by: readonly string[]; readonly blank: readonly string[] },
): void {
  const stuck = columns.filter(([name, c]) => {
    if (name === key || by.includes(name) || blank.includes(name) || (c.type === "number" && c.summable)) return false;
    return c.type === "number" ? plan.same.includes(0) : differing(c, plan).includes(1);
  });
  if (stuck.length === 0) return;
  const examples = plan.codes.filter((_, group) => plan.same[group] === 0).slice(0, 5);
  throw new QuartiersError({
    what: `Ces colonnes ne se somment pas et ne peuvent pas suivre les fusions et les partages (${plan.same.filter((same) => same === 0).length} unités nouvelles, dont ${examples.join(", ")})`,
    value: stuck.map(([name]) => name).join(", "),
    expected: "des effectifs ou des montants, déclarés sommables par leur contrat",
    remedy:
      "les laisser (drop), ou les garder là où l'unité n'a pas changé et les dire non disponibles ailleurs (blank)",
  });
}

/** 1 where the rows of a new unit do not all hold the same text. */
function differing(c: TextColumn, { rows, groupOf, firstRow }: Plan): Uint8Array {
  const differs = new Uint8Array(firstRow.length);
  rows.forEach((row, i) => {
    const first = firstRow[groupOf[i]];
    if (c.values[row] !== c.values[first] || (c.missing?.[row] ?? 0) !== (c.missing?.[first] ?? 0))
      differs[groupOf[i]] = 1;
  });
  return differs;
}

function summed(c: NumberColumn, name: string, plan: Plan): NumberColumn {
  const { rows, shares, groupOf, codes, incomplete, uncovered } = plan;
  const sums = compensatedSums(codes.length);
  const missing = Uint8Array.from(codes, (_, group) =>
    incomplete[group] || uncovered[group] ? NOT_AVAILABLE : PRESENT,
  );
  rows.forEach((row, i) => {
    const group = groupOf[i];
    const reason = c.missing?.[row] ?? PRESENT;
    if (reason !== PRESENT) missing[group] = dominantReason(missing[group], reason);
    else if (Number.isNaN(shares[i]))
      throw new QuartiersError({
        what: `La colonne ${name} doit être partagée entre les unités issues d'une division, et aucun poids n'est donné`,
        value: codes[group],
        expected: "une population de chaque unité nouvelle",
        remedy: "donner des poids (weights), ou laisser la colonne (drop)",
      });
    else addTo(sums, group, c.values[row] * shares[i]);
  });
  return numberColumn(totalsOf(sums), { ...c, missing: missing.some(Boolean) ? missing : null });
}

/** Kept where the unit is the same (or the text common to all its rows), absent elsewhere. */
function kept(c: Column, plan: Plan): Column {
  const differs = c.type === "text" ? differing(c, plan) : null;
  const missing = Uint8Array.from(plan.codes, (_, group) =>
    (differs ? differs[group] === 0 : plan.same[group] === 1) ? PRESENT : NOT_AVAILABLE,
  );
  plan.rows.forEach((row, i) => {
    const group = plan.groupOf[i];
    missing[group] = dominantReason(missing[group], c.missing?.[row] ?? PRESENT);
  });
  const mask = missing.some(Boolean) ? missing : null;
  if (c.type === "number")
    return numberColumn(
      Float64Array.from(plan.firstRow, (row) => c.values[row]),
      { ...c, missing: mask },
    );
  const values = Array.from(plan.firstRow, (row, group) => (missing[group] === PRESENT ? c.values[row] : ""));
  return { ...c, values, missing: mask };
}

function reportOf(from: Table, key: string, passage: Passage, plan: Plan): ConversionReport {
  const count = (fate: Fate): number => plan.fates.filter((other) => other === fate).length;
  const sum = (flags: Uint8Array): number => flags.reduce((total, flag) => total + flag, 0);
  const unknownKeys = [...new Set(texts(from, key).values.filter((_, row) => plan.fates[row] === "unknown"))];
  const counts = {
    rowsIn: from.numRows,
    rowsOut: plan.codes.length,
    unchanged: count("unchanged"),
    recoded: count("recoded"),
    merged: count("merged"),
    split: count("split"),
    withoutKey: count("withoutKey"),
    unknown: count("unknown"),
    incomplete: sum(plan.incomplete),
    uncovered: sum(plan.uncovered),
  };
  return { ...counts, unknownKeys: unknownKeys.slice(0, 5), sentence: sentenceOf(counts, unknownKeys, passage) };
}

function sentenceOf(
  counts: Omit<ConversionReport, "sentence" | "unknownKeys">,
  unknownKeys: readonly string[],
  { from, to, dated, coverage }: Passage,
): string {
  const n = frenchNumber;
  const parts = [
    `De ${geographyLabel(from)} à ${geographyLabel(to)}\u00a0: ${n(counts.rowsIn)} lignes deviennent ${n(counts.rowsOut)}\u00a0; ${n(counts.unchanged)} inchangées, ${n(counts.recoded)} changées de code, ${n(counts.merged)} fusionnées, ${n(counts.split)} partagées\u00a0; ${n(counts.unknown + counts.withoutKey)} perdues (${n(counts.withoutKey)} sans code, ${n(counts.unknown)} de code inconnu${unknownKeys.length > 0 ? `, comme ${unknownKeys.slice(0, 3).join(", ")}` : ""}).`,
  ];
  if (unknownKeys.some((code) => /^(751|132|693)\d\d$/.test(code)))
    parts.push(
      "Des codes inconnus sont des arrondissements de Paris, Lyon ou Marseille, qui ne sont pas des communes.",
    );
  if (counts.incomplete > 0)
    parts.push(
      `${n(counts.incomplete)} unités nouvelles sont non disponibles, faute d'une ligne pour chacune des anciennes.`,
    );
  if (counts.uncovered > 0)
    parts.push(
      `${n(counts.uncovered)} unités nouvelles sont non disponibles, car trop peu couvertes par les anciennes.`,
    );
  if (coverage) parts.push("Ce qui se trouve hors des unités nouvelles n'est pas compté.");
  if (!dated)
    parts.push(
      "Passage non daté\u00a0: la présence de toutes les anciennes unités n'a pas été vérifiée, et les divisions ne sont pas connues.",
    );
  return parts.join(" ");
}
