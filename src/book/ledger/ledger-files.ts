import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../engine/hash.ts";
import { type Ledger, readLedger } from "../../protection/ledger/ledger.ts";

/** Folder of the ledgers, in the reports: one folder a territory, since two territories may name their zones alike. */
export const LEDGER_FOLDER = "registre";
const LINES = "publications.jsonl";
const HEAD = "tete.txt";

/** The territories that have a ledger in a folder of reports. */
export function ledgerTerritories(reports: string): readonly string[] {
  const folder = join(reports, LEDGER_FOLDER);
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/**
 * The ledger of a territory in a folder of reports, empty when there is none. The last hash stands in a file of its own: lines cut from the end are seen.
 * @throws QuartiersError naming the damaged line
 */
export function loadLedger(reports: string, territory: string): Ledger {
  const lines = join(reports, LEDGER_FOLDER, territory, LINES);
  const head = join(reports, LEDGER_FOLDER, territory, HEAD);
  if (!existsSync(lines) && !existsSync(head)) return readLedger("", sha256);
  const text = existsSync(lines) ? readFileSync(lines, "utf8") : "";
  return readLedger(text, sha256, existsSync(head) ? readFileSync(head, "utf8").trim() : "");
}

/** Writes a territory's ledger into a folder that is not yet published, beside those of the other territories. */
export function writeLedger(
  { from, into, territory }: { readonly from: string; readonly into: string; readonly territory: string },
  { text, head }: Ledger,
): void {
  const earlier = join(from, LEDGER_FOLDER);
  if (existsSync(earlier)) cpSync(earlier, join(into, LEDGER_FOLDER), { recursive: true });
  const target = join(into, LEDGER_FOLDER, territory);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, LINES), text);
  writeFileSync(join(target, HEAD), `${head}\n`);
}
