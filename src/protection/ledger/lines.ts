import type { Publication } from "./publication.ts";

/** SHA-256 in hexadecimal, given by the caller: this room is pure. */
export type Hash = (text: string) => string;

/** The ledger is whole, or its first damaged line (from 1). */
export type LedgerState =
  | { readonly whole: true; readonly publications: readonly Publication[]; readonly head: string }
  | { readonly whole: false; readonly line: number; readonly reason: string };

/**
 * Reads the ledger, one JSON line a publication, each holding its number, the hash of the previous line, and its own.
 * Lines removed from the end leave a shorter ledger that is whole: `head`, the last hash kept elsewhere, tells it apart.
 * Complexity: one hash a line.
 * @example
 * ```ts
 * verifyLedger("abc", (text) => text) // { whole: false, line: 1, reason: "la ligne est coupée" }
 * ```
 */
export function verifyLedger(text: string, hash: Hash, head?: string): LedgerState {
  const lines = text.split("\n");
  const last = lines.pop();
  const publications: Publication[] = [];
  let previous = "";
  const damaged = (line: number, reason: string): LedgerState => ({ whole: false, line, reason });
  for (const [i, line] of lines.entries()) {
    const publication = publicationOn(line);
    if (publication === null) return damaged(i + 1, "la ligne n'est pas lisible");
    const expected = writeLine(i + 1, previous, publication, hash);
    if (line !== expected.line) return damaged(i + 1, "la ligne ne suit pas la précédente ou a été modifiée");
    publications.push(expected.written);
    previous = expected.own;
  }
  if (last !== "") return damaged(lines.length + 1, "la ligne est coupée");
  if (head !== undefined && head !== previous) {
    return damaged(lines.length + 1, "la dernière empreinte n'est pas celle attendue");
  }
  return { whole: true, publications, head: previous };
}

/** The line of a publication, its hash, and the publication as the line tells it: keys in order, and nothing on why a cell is hidden. */
export function writeLine(
  number: number,
  previous: string,
  publication: Publication,
  hash: Hash,
): { readonly line: string; readonly own: string; readonly written: Publication } {
  const numbers = publication.numbers.map(({ secondary, ...told }) => told);
  const written = inOrder({ ...publication, numbers }) as Publication;
  const body = { number, previous, publication: written };
  const own = hash(JSON.stringify(body));
  return { line: JSON.stringify({ ...body, hash: own }), own, written };
}

function publicationOn(line: string): Publication | null {
  try {
    const { publication } = JSON.parse(line) as { readonly publication?: Publication };
    return Array.isArray(publication?.numbers) ? (publication ?? null) : null;
  } catch {
    return null;
  }
}

/** The same value with the keys of its records in one order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, inOrder(item)]));
}
