import { readFile } from "node:fs/promises";
import { QuartiersError } from "../codes/errors.ts";
import { type Database, sqlName } from "../engine/database.ts";
import { type ColumnRule, cellSql, columnRules } from "./column-rules.ts";
import { communesContract } from "./communes.ts";
import { type ColumnContract, type Contract, fileNameOf, isNumeric } from "./contract.ts";
import { parseJson, recordsOf } from "./json-records.ts";
import { requireSource } from "./locate.ts";
import type { OpenSource } from "./open-source.ts";
import { printable } from "./printable.ts";
import type { Territory } from "./territory.ts";

/**
 * Makes the view `cells` of a source: the asked columns, each cell spelled in one way; and `numbered`, the same with the number of each record.
 * A small file is read once into memory, a large one each time it is asked.
 */
export async function makeCells(
  database: Database,
  { contract, rawColumns, isStreamed, explain, territory }: OpenSource,
  columns: readonly ColumnContract[],
): Promise<void> {
  const cells = columns
    .map((column) => `${cellSql(column, rawColumns.get(column.name) ?? "")} AS ${sqlName(column.name)}`)
    .join(", ");
  await database
    .query(`CREATE ${isStreamed ? "VIEW" : "TABLE"} cells AS SELECT ${cells} FROM raw`)
    .catch((error: unknown) => Promise.reject(error instanceof QuartiersError ? error : explain()));
  await database.query("CREATE VIEW numbered AS SELECT (row_number() OVER () - 1)::INTEGER AS record, * FROM cells");
  if (contract.columns.some(({ knownTo }) => knownTo === "communes"))
    await database.createTextTable("known_communes", { code: await knownCommunes(territory) });
}

/** The rules that some columns of a source must hold. */
export function rulesOf({ contract, decimal }: OpenSource, columns: readonly ColumnContract[]): readonly ColumnRule[] {
  return columns.flatMap((column) =>
    columnRules(column, { decimal, minUnits: contract.secrecy.minUnits, isPartner: contract.access === "partner" }),
  );
}

/** A rule that is broken, and how many times. */
export interface Broken {
  readonly rule: ColumnRule;
  readonly count: number;
}

/** Which rules are broken, in one reading of all the cells. */
export async function countBroken(database: Database, rules: readonly ColumnRule[]): Promise<readonly Broken[]> {
  if (rules.length === 0) return [];
  const counts = rules.map(({ broken }, i) => `count(*) FILTER (WHERE ${broken}) AS r${i}`);
  const answer = await database.query(`SELECT ${counts.join(", ")} FROM cells`);
  return rules.map((rule, i) => ({ rule, count: Number(answer[`r${i}`]?.[0] ?? 0) })).filter(({ count }) => count > 0);
}

/** How many violations a message names; all are counted. */
const NAMED = 3;

/** The error that names the first places where promises are broken. */
export async function brokenPromises(
  database: Database,
  { contract, file, places }: OpenSource,
  broken: readonly Broken[],
): Promise<QuartiersError> {
  const found = await Promise.all(
    broken.map(async ({ rule }) => {
      const answer = await database.query(
        `SELECT record, ${sqlName(rule.column.name)} AS cell FROM numbered WHERE ${rule.broken} ORDER BY record LIMIT ${NAMED}`,
      );
      return (answer.record ?? []).map((record, i) => ({
        rule,
        record: Number(record),
        cell: String(answer.cell?.[i] ?? ""),
      }));
    }),
  );
  const all = found.flat().sort((a, b) => a.record - b.record);
  const total = broken.reduce((sum, { count }) => sum + count, 0);
  const named = all.slice(0, NAMED);
  const [first, ...others] = named;
  if (!first)
    return new QuartiersError({
      what: "Le contrat de la source n'est pas respecté",
      where: file,
      expected: "un fichier qui ne change pas pendant sa lecture",
      remedy: "relancer la lecture",
    });
  const where = places(named.map(({ record }) => record));
  /** A number of a file that is not a publication may be a protected one, be it in the column of a code: it is never printed. */
  const shown = ({ rule, cell }: { readonly rule: ColumnRule; readonly cell: string }): string | null =>
    !rule.secret &&
    !mayNamePerson(contract, rule.column) &&
    (contract.published || !(isNumeric(rule.column) || /^[\s=+@-]*\d{1,3}\s*$/.test(cell)))
      ? printable(cell)
      : null;
  const place = ({ rule, record }: { readonly rule: ColumnRule; readonly record: number }): string =>
    `${where.get(record) ?? `enregistrement ${record + 1}`}, colonne ${fileNameOf(rule.column)}`;
  const next = others
    .map((violation) => `${place(violation)}${shown(violation) === null ? "" : ` (« ${shown(violation)} »)`}`)
    .join(" ; ");
  const value = shown(first);
  return new QuartiersError({
    what: first.rule.what,
    ...(value === null ? {} : { value }),
    where: `${file}, ${place(first)}${total > 1 ? ` ; ${total} valeurs refusées en tout${next ? `, dont ${next}` : ""}` : ""}`,
    expected: first.rule.expected,
    remedy: first.rule.remedy,
  });
}

/** Whether a cell may be the name or the number of a person: a free key, or a column said to single out, of a file that is not a publication. */
function mayNamePerson(
  { published, key, quasiIdentifiers = [] }: Contract,
  { name, type, values }: ColumnContract,
): boolean {
  const isFree = ["text", "number", "integer", "date"].includes(type) && !values;
  return !published && isFree && (key.includes(name) || quasiIdentifiers.includes(name));
}

/** Refuses repeated keys, naming the lines of the first ones. A key that is not among the columns of `cells` is not checked. */
export async function refuseDuplicates(database: Database, source: OpenSource): Promise<void> {
  const { contract, file, places } = source;
  if (contract.key.length === 0) return;
  const key = contract.key.map(sqlName).join(", ");
  const counted = await database.query(
    `SELECT coalesce(sum(n - 1), 0)::DOUBLE AS duplicates FROM (SELECT count(*) AS n FROM cells GROUP BY ${key} HAVING count(*) > 1)`,
  );
  const count = Number(counted.duplicates?.[0] ?? 0);
  if (count === 0) return;
  const answer = await database.query(
    `SELECT min(record) AS first, max(record) AS last, concat_ws(' ', ${key}) AS code FROM numbered GROUP BY ${key} HAVING count(*) > 1 ORDER BY first LIMIT ${NAMED}`,
  );
  const [first = [], last = [], codes = []] = [answer.first, answer.last, answer.code];
  const where = places([...first, ...last].map(Number));
  const isHidden = contract.columns.some(
    (column) => contract.key.includes(column.name) && mayNamePerson(contract, column),
  );
  const told = codes.map((code, i) => {
    const lines = `${where.get(Number(first[i]))} et ${where.get(Number(last[i]))}`;
    return isHidden ? lines : `« ${printable(String(code))} » ${lines}`;
  });
  throw new QuartiersError({
    what: `Des clés sont en double (${count} ligne${count > 1 ? "s" : ""} en trop)`,
    ...(isHidden ? {} : { value: printable(String(codes[0])) }),
    where: `${file}, ${told.join(" ; ")}`,
    expected: `une seule ligne par ${contract.key.join(" × ")}`,
    remedy: "supprimer les doublons chez le producteur\u00a0: choisir une ligne ici serait inventer",
  });
}

const communesByTerritory = new Map<string, Promise<string[]>>();

/** Codes of the communes of a territory's file, current, associated or merged since: the codes that an older file may use. */
function knownCommunes(territory: Territory): Promise<string[]> {
  const { path, file } = requireSource(territory, communesContract);
  const known = communesByTerritory.get(path) ?? readKnownCommunes(path, file);
  communesByTerritory.set(path, known);
  known.catch(() => communesByTerritory.delete(path));
  return known;
}

async function readKnownCommunes(path: string, file: string): Promise<string[]> {
  const document = parseJson(await readFile(path, "utf8"), file);
  const records = recordsOf(document, { ...communesContract, json: {} }, file);
  const codes = records.flatMap(({ code, anciensCodes }) => [
    code,
    ...(Array.isArray(anciensCodes) ? anciensCodes : []),
  ]);
  return [...new Set(codes.map(String))];
}
