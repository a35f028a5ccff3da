import { type Database, sqlName } from "../../engine/database.ts";
import { brokenPromises, makeCells, refuseDuplicates, rulesOf } from "../../sources/cells.ts";
import { numberSql, reasonSql } from "../../sources/column-rules.ts";
import { type ColumnContract, isNumeric } from "../../sources/contract.ts";
import type { OpenSource } from "../../sources/open-source.ts";
import type { Distribution } from "./distribution.ts";
import { placeKind } from "./places.ts";
import type { ColumnSummary, TableSummary } from "./summary.ts";
import { FORMS, FREQUENT, type TextCount, type TextProfile } from "./text-profile.ts";

/** Numbers of a streamed file are counted in this many equal steps between the least and the greatest: quantiles are right to within one step. */
const STEPS = 100_000;

/**
 * Counts a source too large for memory: the engine reads the file again for each column and gives back counts only. Numbers are
 * rounded down to one of 100 000 steps of their range unless they have fewer different values. Memory follows the number of different codes of places.
 */
export async function summariseStreamed(database: Database, source: OpenSource): Promise<TableSummary> {
  const { contract, decimal } = source;
  await makeCells(database, source, contract.columns);
  const counts = contract.columns.flatMap((column, i) => [
    ...[1, 2, 3].map(
      (code) => `count(*) FILTER (WHERE (${reasonSql(column, decimal)}) = ${code})::DOUBLE AS m${i}_${code}`,
    ),
    ...(isNumeric(column)
      ? [
          `min(${presentNumber(column, decimal)}) AS low${i}`,
          `max(${presentNumber(column, decimal)}) AS high${i}`,
          `count(*) FILTER (WHERE ${presentNumber(column, decimal)} <> floor(${presentNumber(column, decimal)}))::DOUBLE AS f${i}`,
          `count(*) FILTER (WHERE ${column.suspiciousZero ? `${numberSql(column, decimal)} = 0` : "false"})::DOUBLE AS z${i}`,
        ]
      : []),
  ]);
  const rules = rulesOf(source, contract.columns);
  const checks = rules.map(({ broken }, i) => `count(*) FILTER (WHERE ${broken})::DOUBLE AS r${i}`);
  const answer = await database
    .query(`SELECT count(*)::DOUBLE AS n, ${[...counts, ...checks].join(", ")} FROM cells`)
    .catch(() => Promise.reject(source.explain()));
  const at = (name: string): number => Number(answer[name]?.[0] ?? 0);
  await source.inspect();
  const broken = rules.map((rule, i) => ({ rule, count: at(`r${i}`) })).filter(({ count }) => count > 0);
  if (broken.length > 0) throw await brokenPromises(database, source, broken);
  await refuseDuplicates(database, source);
  const rows = at("n");
  const columns: ColumnSummary[] = [];
  for (const [i, column] of contract.columns.entries()) {
    const [s, ns, nd] = [at(`m${i}_1`), at(`m${i}_2`), at(`m${i}_3`)];
    const base = { name: column.name, present: rows - s - ns - nd, s, ns, nd };
    if (isNumeric(column)) {
      const range = { low: at(`low${i}`), high: at(`high${i}`), isWhole: at(`f${i}`) === 0 };
      const numbers = await streamedNumbers(database, column, decimal, range);
      columns.push({ ...base, suspiciousZeros: at(`z${i}`), numbers, texts: null, counts: null });
    } else
      columns.push({ ...base, suspiciousZeros: 0, numbers: null, ...(await streamedTexts(database, column, source)) });
  }
  return { rows, columns, duplicates: null };
}

const presentNumber = (column: ColumnContract, decimal: "." | ","): string =>
  `CASE WHEN (${reasonSql(column, decimal)}) = 0 THEN ${numberSql(column, decimal)} END`;

async function streamedNumbers(
  database: Database,
  column: ColumnContract,
  decimal: "." | ",",
  { low, high, isWhole }: { readonly low: number; readonly high: number; readonly isWhole: boolean },
): Promise<Distribution> {
  const step = isWhole && high - low < STEPS ? 1 : (high - low) / STEPS || 1;
  const value = presentNumber(column, decimal);
  const grouped = await database.query(
    `SELECT v, count(*)::DOUBLE AS n FROM (SELECT floor((${value} - ${low}::DOUBLE) / ${step}::DOUBLE) AS v FROM cells WHERE ${value} IS NOT NULL) GROUP BY v ORDER BY v`,
  );
  const counts = Float64Array.from((grouped.n ?? []).map(Number));
  const values = Float64Array.from((grouped.v ?? []).map((v) => low + Number(v) * step));
  if (values.length > 0) values[values.length - 1] = high;
  return { values, counts, total: counts.reduce((sum, n) => sum + n, 0) };
}

/** One reading of the file for each column: rows of each text, then of each form, the rest is counted on those. */
async function streamedTexts(
  database: Database,
  column: ColumnContract,
  { contract, decimal }: OpenSource,
): Promise<Pick<ColumnSummary, "texts" | "counts">> {
  const present = `SELECT ${sqlName(column.name)} AS v FROM cells WHERE (${reasonSql(column, decimal)}) = 0`;
  const form = "regexp_replace(regexp_replace(v, '\\p{L}', 'A', 'g'), '[0-9]', '9', 'g')";
  const isAloneKey = contract.key.length === 1 && contract.key[0] === column.name;
  const isPlace = placeKind(column) !== null;
  // A key alone has as many texts as rows: only their forms are grouped.
  const groups = isAloneKey && !isPlace ? formGroups(present, form) : textGroups(present, form, isPlace);
  const answer = await database.query(groups);
  const lines = (answer.kind ?? []).map((kind, i) => ({
    kind: String(kind),
    text: String(answer.v?.[i] ?? ""),
    rows: Number(answer.n?.[i] ?? 0),
  }));
  const listed = (kind: string): readonly TextCount[] =>
    lines
      .filter((line) => line.kind === kind)
      .map(({ text, rows }) => ({ text, rows }))
      .sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1));
  const total = (kind: string): number => lines.find((line) => line.kind === kind)?.rows ?? 0;
  const forms = listed("forme");
  const texts: TextProfile = {
    distinct: total("distincts"),
    frequent: listed("frequent"),
    forms,
    otherForms: total("lignes") - forms.reduce((sum, { rows }) => sum + rows, 0),
    edgeBlanks: total("blancs"),
    lengths: total("lignes") === 0 ? null : [total("court"), total("long")],
  };
  return { texts, counts: isPlace ? new Map(listed("code").map(({ text, rows }) => [text, rows])) : null };
}

/** Lines (kind, v, n) of a column whose texts repeat. */
function textGroups(present: string, form: string, isPlace: boolean): string {
  const largest = (from: string, limit: number): string =>
    `(SELECT v, n FROM ${from} ORDER BY n DESC, v LIMIT ${limit})`;
  return `WITH g AS MATERIALIZED (SELECT v, count(*)::DOUBLE AS n FROM (${present}) GROUP BY v),
    f AS MATERIALIZED (SELECT ${form} AS v, sum(n) AS n FROM g GROUP BY ALL)
    SELECT 'forme' AS kind, v, n FROM ${largest("f", FORMS)}
    UNION ALL SELECT 'frequent', v, n FROM ${largest("g", FREQUENT)}
    ${totals("g", "count(*)", "sum(n)", "length(v)")}
    ${isPlace ? "UNION ALL SELECT 'code', v, n FROM g" : ""}`;
}

/** The same for a column whose texts are all different. */
function formGroups(present: string, form: string): string {
  return `WITH f AS MATERIALIZED (SELECT ${form} AS v, count(*)::DOUBLE AS n FROM (${present}) GROUP BY ALL)
    SELECT 'forme' AS kind, v, n FROM (SELECT v, n FROM f ORDER BY n DESC, v LIMIT ${FORMS})
    ${totals("f", "sum(n)", "sum(n)", "length(v)")}`;
}

const totals = (from: string, distinct: string, rows: string, length: string): string =>
  [
    ["distincts", distinct],
    ["lignes", rows],
    ["court", `min(${length})`],
    ["long", `max(${length})`],
    ["blancs", `coalesce(sum(n) FILTER (WHERE regexp_matches(v, '^[ \\t\\r\\n]|[ \\t\\r\\n]$')), 0)`],
  ]
    .map(([kind, value]) => `UNION ALL SELECT '${kind}', '', (${value})::DOUBLE FROM ${from}`)
    .join("\n    ");
