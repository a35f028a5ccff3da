import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../engine/hash.ts";
import { type Ledger, readLedger } from "../../protection/ledger/ledger.ts";

/** Folder of the ledger, in the reports. */
export const LEDGER_FOLDER = "registre";
const LINES = "publications.jsonl";
const HEAD = "tete.txt";

/**
 * The ledger of a folder of reports, empty when there is none. The last hash stands in a file of its own: lines cut from the end are seen.
 * @throws QuartiersError naming the damaged line
 */
export function loadLedger(reports: string): Ledger {
  const lines = join(reports, LEDGER_FOLDER, LINES);
  const head = join(reports, LEDGER_FOLDER, HEAD);
  if (!existsSync(lines) && !existsSync(head)) return readLedger("", sha256);
  const text = existsSync(lines) ? readFileSync(lines, "utf8") : "";
  return readLedger(text, sha256, existsSync(head) ? readFileSync(head, "utf8").trim() : "");
}

/** Writes the ledger into a folder that is not yet published. */
export function writeLedger(folder: string, { text, head }: Ledger): void {
  const target = join(folder, LEDGER_FOLDER);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, LINES), text);
  writeFileSync(join(target, HEAD), `${head}\n`);
}
