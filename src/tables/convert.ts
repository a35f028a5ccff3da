import { QuartiersError } from "../codes/errors.ts";
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
  textColumn,
  texts,
  withColumns,
} from "../codes/table.ts";
import { atRows, type ConversionOptions, linksOf, type Plan, planOf } from "./conversion-plan.ts";
import { type ConversionReport, reportOf } from "./conversion-report.ts";
import { type Passage, weighPassage } from "./passage.ts";
import { addTo, compensatedSums, dominantReason, totalsOf } from "./sums.ts";

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
