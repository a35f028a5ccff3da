import { type Database, sqlName } from "../../engine/database.ts";
import { brokenPromises, countBroken, makeCells, refuseDuplicates, rulesOf } from "../../sources/cells.ts";
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
  const answer = await database
    .query(`SELECT count(*)::DOUBLE AS n, ${counts.join(", ")} FROM cells`)
    .catch(() => Promise.reject(source.explain()));
  await source.inspect();
  const broken = await countBroken(database, rulesOf(source, contract.columns));
  if (broken.length > 0) throw await brokenPromises(database, source, broken);
  await refuseDuplicates(database, source);
  const at = (name: string): number => Number(answer[name]?.[0] ?? 0);
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

async function streamedTexts(
  database: Database,
  column: ColumnContract,
  { contract, decimal }: OpenSource,
): Promise<Pick<ColumnSummary, "texts" | "counts">> {
  const cell = sqlName(column.name);
  const present = `FROM cells WHERE (${reasonSql(column, decimal)}) = 0`;
  const list = async (sql: string): Promise<readonly TextCount[]> => {
    const answer = await database.query(sql);
    return (answer.v ?? []).map((text, i) => ({ text: String(text), rows: Number(answer.n?.[i] ?? 0) }));
  };
  const form = `regexp_replace(regexp_replace(${cell}, '\\p{L}', 'A', 'g'), '[0-9]', '9', 'g')`;
  const forms = await list(
    `SELECT ${form} AS v, count(*)::DOUBLE AS n ${present} GROUP BY v ORDER BY n DESC, v LIMIT ${FORMS}`,
  );
  const isAloneKey = contract.key.length === 1 && contract.key[0] === column.name;
  const frequent = isAloneKey
    ? []
    : await list(
        `SELECT ${cell} AS v, count(*)::DOUBLE AS n ${present} GROUP BY v ORDER BY n DESC, v LIMIT ${FREQUENT}`,
      );
  const whole = await database.query(
    `SELECT count(*)::DOUBLE AS n, ${isAloneKey ? "count(*)" : `count(DISTINCT ${cell})`}::DOUBLE AS d, min(length(${cell}))::DOUBLE AS a, max(length(${cell}))::DOUBLE AS b ${present}`,
  );
  const [n = 0, d = 0, a, b] = ["n", "d", "a", "b"].map((name) => whole[name]?.[0]);
  const texts: TextProfile = {
    distinct: Number(d),
    frequent,
    forms,
    otherForms: Number(n) - forms.reduce((sum, { rows }) => sum + rows, 0),
    lengths: a == null ? null : [Number(a), Number(b)],
  };
  if (placeKind(column) === null) return { texts, counts: null };
  const all = await list(`SELECT ${cell} AS v, count(*)::DOUBLE AS n ${present} GROUP BY v ORDER BY v`);
  return { texts, counts: new Map(all.map(({ text, rows }) => [text, rows])) };
}
