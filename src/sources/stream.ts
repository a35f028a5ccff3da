import { QuartiersError } from "../codes/errors.ts";
import type { SourceRef } from "../codes/lineage.ts";
import { sqlName } from "../engine/database.ts";
import { brokenPromises, countBroken, makeCells, refuseDuplicates, rulesOf } from "./cells.ts";
import { isMissingSql, numberSql, reasonSql } from "./column-rules.ts";
import { type Contract, isNumeric } from "./contract.ts";
import { noRows } from "./csv-scan.ts";
import { askedColumns, together, withKey } from "./load.ts";
import { type OpenOptions, withSource } from "./open-source.ts";
import type { Territory } from "./territory.ts";

export interface StreamOptions extends OpenOptions {
  readonly columns: readonly string[];
  /** False leaves out the check that keys are found once only, which costs a second reading. */
  readonly checkKey?: boolean;
}

/** Some rows of a source, in the order of the file. Valid during the call only. */
export interface SourceBatch {
  readonly rowCount: number;
  /** A column of numbers, NaN where it has no value. */
  readonly numbers: (name: string) => Float64Array;
  /** A column of text, "" where it has no value. */
  readonly texts: (name: string) => readonly string[];
}

/**
 * Hands over a source by batches without holding it: for files larger than memory whose rows each matter (establishments and their coordinates).
 * Each batch is checked as it passes; a broken promise makes the call fail at the end of the file: use nothing of what was visited before it returns.
 * @returns what the rows come from, and their number
 */
export async function streamSource(
  territory: Territory,
  contract: Contract,
  options: StreamOptions,
  visit: (batch: SourceBatch) => void,
): Promise<{ readonly rows: number; readonly lineage: SourceRef }> {
  return withSource(territory, contract, options, async (database, source) => {
    const asked = askedColumns(source.contract, options.columns);
    const hasKey = options.checkKey !== false && source.contract.key.length > 0;
    await makeCells(database, source, hasKey ? withKey(source.contract, asked) : asked);
    const rules = rulesOf(source, asked);
    const selected = asked.map((column) =>
      isNumeric(column)
        ? `CASE WHEN (${reasonSql(column, source.decimal)}) = 0 THEN coalesce(${numberSql(column, source.decimal)}, 'nan'::DOUBLE) ELSE 'nan'::DOUBLE END`
        : `CASE WHEN ${isMissingSql(column)} THEN '' ELSE ${sqlName(column.name)} END`,
    );
    const anyBroken = rules.length === 0 ? "0" : `(${rules.map(({ broken }) => `(${broken})`).join(" OR ")})`;
    const position = new Map(asked.map(({ name }, i) => [name, i]));
    const at = (name: string): number => {
      const found = position.get(name);
      if (found !== undefined) return found;
      throw new QuartiersError({
        what: "Cette colonne n'a pas été demandée",
        value: name,
        expected: options.columns.join(", "),
      });
    };
    let [rows, broken] = [0, 0];
    const failures: unknown[] = [];
    const streamed = database.stream(
      `SELECT ${[...selected, `${anyBroken}::UTINYINT`].map((sql, i) => `${sql} AS v${i}`).join(", ")} FROM cells`,
      (batch) => {
        for (const flag of batch.bytes(asked.length)) broken += flag;
        rows += batch.rowCount;
        if (broken > 0) return;
        try {
          visit({
            rowCount: batch.rowCount,
            numbers: (name) => batch.numbers(at(name)),
            texts: (name) => batch.texts(at(name)),
          });
        } catch (error) {
          failures.push(error);
          throw error;
        }
      },
    );
    // What the visitor throws is its own: it says nothing of the file.
    const [inspection] = await together(source, streamed).catch((error: unknown) =>
      Promise.reject(failures[0] ?? error),
    );
    if (broken > 0) {
      throw await brokenPromises(database, source, await countBroken(database, rules));
    }
    if (rows === 0) throw noRows(source.file);
    if (hasKey) await refuseDuplicates(database, source);
    return { rows, lineage: source.reference(inspection) };
  });
}
