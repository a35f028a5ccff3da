import { QuartiersError } from "../codes/errors.ts";
import {
  type Column,
  column,
  missingReasons,
  NOT_AVAILABLE,
  type NumberColumn,
  numberColumn,
  numbers,
  PRESENT,
  type Table,
  table,
  takeRows,
  texts,
} from "../codes/table.ts";
import { mediansOf } from "./group-medians.ts";
import { type Grouping, groupRows } from "./grouping.ts";
import { checkMeasure, type Measure } from "./measures.ts";
import { addTo, compensatedSums, dominantReason, totalsOf } from "./sums.ts";

export interface GroupOptions {
  /** All the values of some text keys: groups without a row are added, with a count of 0. */
  readonly levels?: Readonly<Record<string, readonly string[]>>;
}

/**
 * One row a group, in the order of first appearance, with one column a measure. A member whose value is absent makes the group absent, for the
 * strongest reason (s > ns > nd); with `missing: "partial"` the known members are kept, and three columns `<name>_absents_s`, `_ns`, `_nd` count the others.
 * A group without a row counts 0 and sums to 0; its other measures are `nd`. Lineage follows. O(rows × (keys + measures)), medians O(rows log rows).
 * @throws QuartiersError when a measure is not allowed (see `checkMeasure`)
 * @example
 * ```ts
 * const towns = table({
 *   dep: textColumn(["35", "35", "22"], { label: "Département" }),
 *   pop: numberColumn([10, Number.NaN, 4], { label: "Habitants", unit: "personnes", summable: true, missing: Uint8Array.of(0, 1, 0) }),
 * });
 * rowAt(groupBy(towns, ["dep"], { pop: { kind: "sum", column: "pop", missing: "dominant" } }), 0) // { dep: '35', pop: 's' }
 * ```
 */
export function groupBy(
  from: Table,
  keys: string | readonly string[],
  measures: Readonly<Record<string, Measure>>,
  { levels = {} }: GroupOptions = {},
): Table {
  const names = typeof keys === "string" ? [keys] : keys;
  const taken = Object.keys(measures).filter((name) => names.includes(name));
  if (taken.length > 0)
    throw new QuartiersError({
      what: "Une mesure porte le nom d'une clé",
      value: taken.join(", "),
      expected: "des noms différents",
    });
  for (const measure of Object.values(measures)) checkMeasure(from, measure);
  const found = groupRows(
    names.map((name) => column(from, name)),
    from.numRows,
  );
  const seen = takeRows({ columns: pick(from, names), numRows: from.numRows, lineage: from.lineage }, found.firstRow);
  const added = found.count === 0 && names.length === 0 ? [[]] : missingGroups(seen, names, levels);
  const grouping = { ...found, count: found.count + added.length };
  const keyColumns = names.map((name, i) => [name, withAdded(column(seen, name), added, i)] as const);
  const measured = Object.entries(measures).flatMap(([name, measure]) => measureColumns(from, grouping, name, measure));
  return table(Object.fromEntries([...keyColumns, ...measured]), from.lineage);
}

const pick = (from: Table, names: readonly string[]): Readonly<Record<string, Column>> =>
  Object.fromEntries(names.map((name) => [name, column(from, name)]));

/** The combinations of the levels that no row has. */
function missingGroups(
  seen: Table,
  names: readonly string[],
  levels: Readonly<Record<string, readonly string[]>>,
): readonly (readonly string[])[] {
  const listed = Object.keys(levels);
  if (listed.length === 0) return [];
  const unlisted = names.filter((name) => !listed.includes(name));
  const unknown = listed.filter((name) => !names.includes(name));
  if (unlisted.length + unknown.length > 0)
    throw new QuartiersError({
      what: "Les valeurs attendues (levels) doivent être données pour toutes les clés, et pour elles seules",
      value: [...unlisted, ...unknown].join(", "),
      expected: names.join(", "),
    });
  const columns = names.map((name) => texts(seen, name).values);
  const existing = new Set(Array.from({ length: seen.numRows }, (_, row) => columns.map((c) => c[row]).join("\u0000")));
  let all: readonly (readonly string[])[] = [[]];
  for (const name of names) all = all.flatMap((head) => (levels[name] ?? []).map((level) => [...head, level]));
  return all.filter((group) => !existing.has(group.join("\u0000")));
}

function withAdded(c: Column, added: readonly (readonly string[])[], key: number): Column {
  if (c.type === "number" || added.length === 0) return c;
  const missing = c.missing
    ? Uint8Array.from({ length: c.values.length + added.length }, (_, i) => c.missing?.[i] ?? PRESENT)
    : null;
  return { ...c, values: [...c.values, ...added.map((group) => group[key] ?? "")], missing };
}

/** The columns of one measure: its values, and the counts of absent members when it is partial. */
function measureColumns(from: Table, grouping: Grouping, name: string, measure: Measure): [string, Column][] {
  if (measure.kind === "count") return [[name, counts(grouping, "Nombre de lignes")]];
  const c = numbers(from, measure.column);
  const other = "of" in measure ? measure.of : "weight" in measure ? measure.weight : undefined;
  const second = other === undefined ? null : numbers(from, other);
  const absent = absences(c, second, measure.kind !== "share");
  const tally = tallyOf(absent, grouping);
  const partial = measure.missing === "partial";
  const values = valuesOf(measure, c, second, absent, grouping);
  const missing = Uint8Array.from({ length: grouping.count }, (_, group) => {
    const reason = partial && tally.known[group] > 0 ? PRESENT : tally.reason[group];
    return reason === PRESENT && Number.isNaN(values[group]) ? NOT_AVAILABLE : reason;
  });
  const options = {
    label: labelOf(measure, c, second),
    unit: measure.kind === "share" ? "part" : c.unit,
    summable: measure.kind === "sum",
    missing: missing.some(Boolean) ? missing : null,
  };
  const result: [string, Column] = [name, numberColumn(values, options)];
  if (!partial) return [result];
  const counted = missingReasons.map((reason, i): [string, Column] => [
    `${name}_absents_${reason}`,
    numberColumn(tally.absents[i], {
      label: `${c.label}, membres absents (${reason})`,
      unit: "lignes",
      summable: true,
    }),
  ]);
  return [result, ...counted];
}

function labelOf({ kind }: Measure, c: NumberColumn, second: NumberColumn | null): string {
  if (kind === "sum") return c.label;
  if (kind === "share") return `${c.label}, part de\u00a0: ${second?.label ?? ""}`;
  const word = { mean: "moyenne", median: "médiane", min: "minimum", max: "maximum", count: "" }[kind];
  return `${c.label}, ${word}${second ? ` pondérée par\u00a0: ${second.label}` : ""}`;
}

function counts({ groupOf, count }: Grouping, label: string): NumberColumn {
  const totals = new Float64Array(count);
  for (let row = 0; row < groupOf.length; row++) totals[groupOf[row]]++;
  return numberColumn(totals, { label, unit: "lignes", summable: true });
}

/** Why a row has no value for a measure; null when all have one. A row of weight 0 weighs nothing, whatever it lacks. */
function absences(c: NumberColumn, second: NumberColumn | null, isWeight: boolean): Uint8Array | null {
  if (!c.missing && !second?.missing) return null;
  return Uint8Array.from(c.values, (_, row) =>
    second && isWeight && second.values[row] === 0
      ? PRESENT
      : dominantReason(c.missing?.[row] ?? PRESENT, second?.missing?.[row] ?? PRESENT),
  );
}

interface Tally {
  readonly reason: Uint8Array;
  readonly known: Float64Array;
  /** Members absent for s, ns, nd. */
  readonly absents: readonly Float64Array[];
}

function tallyOf(absent: Uint8Array | null, { groupOf, count }: Grouping): Tally {
  const reason = new Uint8Array(count);
  const known = new Float64Array(count);
  const absents = missingReasons.map(() => new Float64Array(count));
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row];
    const code = absent ? absent[row] : PRESENT;
    if (code === PRESENT) known[group]++;
    else {
      reason[group] = dominantReason(reason[group], code);
      absents[code - 1][group]++;
    }
  }
  return { reason, known, absents };
}

/** The measure of the known members of each group; NaN where there is none to measure. */
function valuesOf(
  measure: Exclude<Measure, { kind: "count" }>,
  c: NumberColumn,
  second: NumberColumn | null,
  absent: Uint8Array | null,
  grouping: Grouping,
): Float64Array {
  const { kind } = measure;
  if (kind === "sum") return sumsOf(c.values, null, absent, grouping);
  if (kind === "share")
    return ratio(sumsOf(c.values, null, absent, grouping), sumsOf(second?.values ?? c.values, null, absent, grouping));
  if (kind === "median") return mediansOf(c.values, second?.values ?? null, absent, grouping);
  if (kind === "min" || kind === "max") return extremesOf(c.values, kind === "min" ? 1 : -1, absent, grouping);
  const weights = second?.values ?? new Float64Array(c.values.length).fill(1);
  return ratio(sumsOf(c.values, weights, absent, grouping), sumsOf(weights, null, absent, grouping));
}

const ratio = (a: Float64Array, b: Float64Array): Float64Array =>
  Float64Array.from(a, (value, i) => (b[i] === 0 ? Number.NaN : value / b[i]));

function sumsOf(
  values: Float64Array,
  weights: Float64Array | null,
  absent: Uint8Array | null,
  { groupOf, count }: Grouping,
): Float64Array {
  const sums = compensatedSums(count);
  for (let row = 0; row < groupOf.length; row++) {
    if (absent && absent[row] !== PRESENT) continue;
    const weight = weights ? weights[row] : 1;
    if (weight !== 0) addTo(sums, groupOf[row], weights ? values[row] * weight : values[row]);
  }
  return totalsOf(sums);
}

function extremesOf(
  values: Float64Array,
  sign: 1 | -1,
  absent: Uint8Array | null,
  { groupOf, count }: Grouping,
): Float64Array {
  const best = new Float64Array(count).fill(Number.NaN);
  for (let row = 0; row < groupOf.length; row++) {
    if (absent && absent[row] !== PRESENT) continue;
    const group = groupOf[row];
    if (!(sign * best[group] <= sign * values[row])) best[group] = values[row];
  }
  return best;
}
