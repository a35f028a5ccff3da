import { QuartiersError } from "../codes/errors.ts";
import {
  type Column,
  NOT_AVAILABLE,
  NOT_SIGNIFICANT,
  numberColumn,
  PRESENT,
  SECRET,
  type Table,
  table,
  textColumn,
} from "../codes/table.ts";
import { type QueryColumns, sqlName, sqlText } from "../engine/database.ts";
import { brokenPromises, countBroken, makeCells, refuseDuplicates, rulesOf } from "./cells.ts";
import { missingSigns, numberSql, reasonSql } from "./column-rules.ts";
import { type ColumnContract, type Contract, isNumeric } from "./contract.ts";
import { noRows } from "./csv-scan.ts";
import { askedColumns, geographyOf, together, withKey } from "./load.ts";
import { type OpenOptions, withSource } from "./open-source.ts";
import type { Territory } from "./territory.ts";

/** What to compute in each group: the sum of a summable column, or the number of rows. */
export type Measure = "count" | { readonly sum: string; readonly label?: string };

export interface AggregateOptions extends OpenOptions {
  /** Columns of text whose values make the groups. */
  readonly by: readonly string[];
  /** Name of each column of the answer, and what it holds. */
  readonly measures: Readonly<Record<string, Measure>>;
  /** Only the rows whose column holds one of these values. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  /**
   * What a group with an absent value gives. "reason" (the default): its strongest reason (s, then ns, then nd). "known": the sum of the known
   * values, and a column `<measure>_absents` that counts the others.
   */
  readonly missing?: "reason" | "known";
  /** False leaves out the check that keys are found once only, which costs a second reading. */
  readonly checkKey?: boolean;
}

/**
 * Sums a source by groups without holding its rows: the file is read once, by the engine, on all cores, checked and summed in the same pass; memory
 * follows the number of groups. Sums are made of integers (fixed point, scaled by a power of two that the contract's range sets), so that they are exact and
 * the same to the last digit whatever the number of threads. The columns
 * that are read (and only they, keys apart) are held to the contract.
 * @returns one row a group, sorted; groups of an absent code have an absent code
 * @throws QuartiersError on a column that may not be summed (median, rate), without a range (its exact sum needs one), and as `loadTable` does
 */
export async function aggregateSource(
  territory: Territory,
  contract: Contract,
  options: AggregateOptions,
): Promise<Table> {
  const { by, measures, where = {}, missing = "reason", checkKey = true } = options;
  return withSource(territory, contract, options, async (database, source) => {
    const effective = source.contract;
    refuseSameNames(by, Object.keys(measures), missing);
    const keys = askedColumns(effective, by);
    const summed = Object.entries(measures).map(([name, measure]) => ({ name, ...summand(effective, measure) }));
    const filters = askedColumns(effective, Object.keys(where));
    const used = new Set([...keys, ...filters, ...summed.flatMap(({ column }) => (column ? [column] : []))]);
    const hasKey = checkKey && effective.key.length > 0;
    await makeCells(database, source, hasKey ? withKey(effective, [...used]) : [...used]);

    const sums = summed.filter((s): s is typeof s & { column: ColumnContract } => s.column !== null);
    const keyRules = rulesOf(source, keys);
    const otherFilters = filters.filter((column) => !keys.includes(column));
    const rowRules = rulesOf(source, [...otherFilters, ...sums.map(({ column }) => column)]);
    /** One condition for all that a row can break, on numbers rather than on patterns; which rule it is, is asked only when it is met. */
    const anyBroken = [
      ...rulesOf(source, otherFilters).map(({ broken }) => `(${broken})`),
      ...sums.map(({ column }, i) => brokenSum(column, i, { ...effective.secrecy, decimal: source.decimal })),
    ].join(" OR ");
    const condition = Object.entries(where)
      .map(([name, values]) =>
        values.length === 0 ? "false" : `${sqlName(name)} IN (${values.map(sqlText).join(", ")})`,
      )
      .join(" AND ");
    const canMiss = sums.map(({ column }) => reasonSql(column, source.decimal) !== "0");
    const typed = sums.map(
      ({ column }, i) =>
        `${canMiss[i] ? `(${reasonSql(column, source.decimal)})::UTINYINT` : "0"} AS m${i}, ${numberSql(column, source.decimal)} AS d${i}`,
    );
    const names = [...used].map((column) => (keys.includes(column) ? oneSignSql(column) : sqlName(column.name)));
    const groupBy = keys.map(({ name }) => sqlName(name)).join(", ");
    const grouped = [
      groupBy,
      "count(*)::DOUBLE AS n",
      ...sums.flatMap(({ scale }, i) => [
        `sum(TRY_CAST(d${i} * ${scale} AS BIGINT))${canMiss[i] ? ` FILTER (WHERE m${i} = 0)` : ""}::DOUBLE / ${scale} AS s${i}`,
        ...(canMiss[i] ? [SECRET, NOT_SIGNIFICANT, NOT_AVAILABLE] : []).map(
          (code) => `count(*) FILTER (WHERE m${i} = ${code})::DOUBLE AS a${i}_${code}`,
        ),
      ]),
      ...(anyBroken ? [`count(*) FILTER (WHERE ${anyBroken})::DOUBLE AS r`] : []),
    ].filter(Boolean);
    const answer = database.query(
      `SELECT *${keyRules.map(({ broken }, i) => `, CASE WHEN ${broken} THEN n ELSE 0 END AS k${i}`).join("")} FROM (` +
        `SELECT ${grouped.join(", ")} FROM (SELECT ${[...names, ...typed].join(", ")} FROM cells${condition ? ` WHERE ${condition}` : ""})` +
        `${groupBy ? ` GROUP BY ${groupBy}` : ""})${groupBy ? ` ORDER BY ${groupBy}` : ""}`,
    );
    const [inspection, groups] = await together(source, answer);
    if ((groups.n ?? []).reduce((sum: number, n) => sum + Number(n), 0) === 0 && condition === "")
      throw noRows(source.file);
    const total = (name: string): number => (groups[name] ?? []).reduce((sum: number, n) => sum + Number(n), 0);
    const brokenKeys = keyRules.map((rule, i) => ({ rule, count: total(`k${i}`) })).filter(({ count }) => count > 0);
    if (brokenKeys.length > 0 || total("r") > 0)
      throw await brokenPromises(database, source, [...brokenKeys, ...(await countBroken(database, rowRules))]);
    if (hasKey) await refuseDuplicates(database, source);
    const columns: Record<string, Column> = {};
    for (const column of keys) columns[column.name] = keyColumn(column, groups, effective);
    let next = 0;
    for (const { name, column, label } of summed) {
      if (column === null) {
        columns[name] = numberColumn((groups.n ?? []).map(Number), { label, unit: "lignes", summable: true });
        continue;
      }
      const { sum, absent } = sumColumn(groups, next, { column, label, missing });
      columns[name] = sum;
      if (missing === "known") columns[`${name}_absents`] = absent;
      next++;
    }
    return table(columns, [source.reference(inspection)]);
  });
}

/** Two columns of the answer cannot have one name. */
function refuseSameNames(by: readonly string[], measures: readonly string[], missing: "reason" | "known"): void {
  const names = [...by, ...measures, ...(missing === "known" ? measures.map((name) => `${name}_absents`) : [])];
  const twice = names.filter((name, i) => names.indexOf(name) !== i);
  if (twice.length === 0) return;
  throw new QuartiersError({
    what: "Deux colonnes du résultat auraient le même nom",
    value: [...new Set(twice)].join(", "),
    expected: "des noms différents pour les clés (by) et pour les mesures",
  });
}

/** A key whose signs of one reason are spelled in one way: they make one group. */
function oneSignSql(column: ColumnContract): string {
  const cell = sqlName(column.name);
  const signs = missingSigns(column);
  const reasonOf = (sign: string): string => column.missing?.[sign] ?? "nd";
  const cases = signs.flatMap((sign, i) => {
    const first = signs.find((other) => reasonOf(other) === reasonOf(sign)) ?? sign;
    return signs.indexOf(first) === i ? [] : [`WHEN ${sqlText(sign)} THEN ${sqlText(first)}`];
  });
  return cases.length === 0 ? cell : `CASE ${cell} ${cases.join(" ")} ELSE ${cell} END AS ${cell}`;
}

interface Summand {
  /** Null to count rows. */
  readonly column: ColumnContract | null;
  readonly label: string;
  /** A power of two: numbers are summed as whole multiples of its inverse. */
  readonly scale: number;
}

function summand(contract: Contract, measure: Measure): Summand {
  if (measure === "count") return { column: null, label: "Nombre de lignes", scale: 1 };
  const column = askedColumns(contract, [measure.sum])[0] as ColumnContract;
  const refuse = (what: string, expected: string, remedy: string): never => {
    throw new QuartiersError({ what, value: column.name, where: `source ${contract.id}`, expected, remedy });
  };
  if (!isNumeric(column)) refuse("On ne somme pas du texte", "une colonne de nombres", "choisir une autre colonne");
  if (column.summable !== true)
    refuse(
      "Cette colonne n'est pas sommable\u00a0: médiane, décile, taux ou indice",
      "un effectif ou un montant",
      "sommer le numérateur et le dénominateur, ou prendre la valeur publiée pour la zone voulue",
    );
  if (!column.range)
    refuse(
      "Une somme exacte demande les bornes de la colonne",
      "range: [minimum, maximum] dans le contrat",
      "lire les bornes dans la documentation du producteur et les écrire au contrat",
    );
  const largest = Math.max(1, ...(column.range ?? []).map(Math.abs));
  const scale = column.type === "integer" ? 1 : 2 ** (61 - Math.ceil(Math.log2(largest + 1)));
  return { column, label: measure.label ?? column.label, scale };
}

/**
 * True where a summed cell breaks its contract, said on its number rather than on its text, several times as fast. What is neither a number nor an absence
 * has no number. The engine also takes « 1_000 », « +5 », « 5 » between blanks or ended by a point, a point for a comma, and « 1e2 » for a whole number; the
 * contract does not. A number starts by a sign less, a separator or a digit, which follow one another in the order of characters; a whole one has neither point nor exponent.
 */
function brokenSum(
  column: ColumnContract,
  i: number,
  { minUnits, decimal }: { readonly minUnits: number; readonly decimal: "." | "," },
): string {
  const cell = sqlName(column.name);
  const [low, high] = column.range ?? [];
  const unwanted = ["_", ...(column.type === "integer" ? [".", "e", "E"] : []), ...(decimal === "," ? [".", ","] : [])];
  const allowed: readonly string[] = column.type === "integer" ? [] : [decimal];
  const conditions = [
    `d${i} IS NULL`,
    `d${i} NOT BETWEEN ${low} AND ${high}`,
    `${cell} NOT BETWEEN '${allowed.includes(",") ? "," : "-"}' AND ':'`,
    ...[...new Set(unwanted)]
      .filter((sign) => !allowed.includes(sign))
      .map((sign) => `contains(${cell}, ${sqlText(sign)})`),
    ...[" ", "\t", "\n", "\v", "\f", "\r", ...allowed].map((end) => `suffix(${cell}, ${sqlText(end)})`),
  ];
  if (column.masked) conditions.push(`(d${i} > 0 AND d${i} < ${minUnits})`);
  return `(m${i} = 0 AND (${conditions.join(" OR ")}))`;
}

function keyColumn(column: ColumnContract, groups: QueryColumns, contract: Contract): Column {
  const values = (groups[column.name] ?? []).map(String);
  const signs = new Map(Object.entries(column.missing ?? {}));
  const codes = { s: SECRET, ns: NOT_SIGNIFICANT, nd: NOT_AVAILABLE } as const;
  const missing = Uint8Array.from(values, (value) => {
    const reason = signs.get(value);
    return reason ? codes[reason] : value === "" && column.required !== true ? NOT_AVAILABLE : PRESENT;
  });
  const geography = geographyOf(column, contract);
  return textColumn(
    values.map((value, row) => (missing[row] === PRESENT ? value : "")),
    {
      label: column.label,
      missing: missing.some((code) => code !== PRESENT) ? missing : null,
      ...(geography ? { geography } : {}),
    },
  );
}

interface SumOptions {
  readonly column: ColumnContract;
  readonly label: string;
  readonly missing: "reason" | "known";
}

function sumColumn(
  groups: QueryColumns,
  position: number,
  { column, label, missing }: SumOptions,
): { readonly sum: Column; readonly absent: Column } {
  const rows = (groups.n ?? []).length;
  const at = (name: string, row: number): number => Number(groups[name]?.[row] ?? 0);
  const sums = Float64Array.from({ length: rows }, (_, row) => at(`s${position}`, row));
  const absent = Float64Array.from({ length: rows }, (_, row) =>
    [SECRET, NOT_SIGNIFICANT, NOT_AVAILABLE].reduce((sum, code) => sum + at(`a${position}_${code}`, row), 0),
  );
  const reasons = Uint8Array.from({ length: rows }, (_, row) => {
    const found = [SECRET, NOT_SIGNIFICANT, NOT_AVAILABLE].find((code) => at(`a${position}_${code}`, row) > 0);
    const isAllAbsent = absent[row] > 0 && absent[row] === at("n", row);
    return found !== undefined && (missing === "reason" || isAllAbsent) ? found : PRESENT;
  });
  const { unit = "" } = column;
  return {
    sum: numberColumn(sums, {
      label,
      unit,
      summable: true,
      missing: reasons.some((code) => code !== PRESENT) ? reasons : null,
    }),
    absent: numberColumn(absent, { label: `${label}\u00a0: lignes sans valeur`, unit: "lignes", summable: true }),
  };
}
