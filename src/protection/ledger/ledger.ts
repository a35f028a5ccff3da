import { QuartiersError } from "../../codes/errors.ts";
import { admit } from "./admit.ts";
import { checkPublication, type Publication } from "./publication.ts";

/** SHA-256 in hexadecimal, given by the caller: this room is pure. */
export type Hash = (text: string) => string;

/** The ledger is whole, or its first damaged line (from 1). */
export type LedgerState =
  | { readonly whole: true; readonly publications: readonly Publication[]; readonly head: string }
  | { readonly whole: false; readonly line: number; readonly reason: string };

/**
 * Reads the ledger, one JSON line a publication, each holding the hash of the previous one and its own.
 * Lines removed from the end leave a shorter ledger that is whole: `head`, the last hash kept elsewhere, tells it apart.
 * Complexity: one hash a line.
 */
export function verifyLedger(text: string, hash: Hash, head?: string): LedgerState {
  const lines = text.split("\n");
  const last = lines.pop();
  const publications: Publication[] = [];
  let previous = "";
  const damaged = (line: number, reason: string): LedgerState => ({ whole: false, line, reason });
  for (const [i, line] of lines.entries()) {
    const publication = publicationOf(line);
    if (publication === null) return damaged(i + 1, "la ligne n'est pas lisible");
    const expected = lineOf(i + 1, previous, publication, hash);
    if (line !== expected.line) return damaged(i + 1, "la ligne ne suit pas la précédente ou a été modifiée");
    publications.push(publication);
    previous = expected.own;
  }
  if (last !== "") return damaged(lines.length + 1, "la ligne est coupée");
  if (head !== undefined && head !== previous) {
    return damaged(lines.length + 1, "la dernière empreinte n'est pas celle attendue");
  }
  return { whole: true, publications, head: previous };
}

/**
 * The ledger with one more publication, after it was attacked together with all earlier ones: a new text, never half of one.
 * Throws a `Refusal` (unreadable publication, contradiction, exposure) or an error naming the damaged line; the text given is untouched.
 */
export function appendToLedger(
  text: string,
  publication: Publication,
  { hash, threshold, head }: { readonly hash: Hash; readonly threshold: number; readonly head?: string },
): string {
  const state = verifyLedger(text, hash, head);
  if (!state.whole) {
    throw new QuartiersError({
      what: "Le registre des publications est endommagé",
      where: `ligne ${state.line}`,
      expected: state.reason === "" ? "une chaîne intacte" : `une chaîne intacte (${state.reason})`,
      remedy: "rétablir le registre depuis sa dernière version vérifiée",
    });
  }
  checkPublication(publication, state.publications);
  admit(publication, state.publications, threshold);
  return `${text}${lineOf(state.publications.length + 1, state.head, publication, hash).line}\n`;
}

function publicationOf(line: string): Publication | null {
  try {
    const { publication } = JSON.parse(line) as { readonly publication?: Publication };
    return publication ?? null;
  } catch {
    return null;
  }
}

function lineOf(number: number, previous: string, publication: Publication, hash: Hash): { line: string; own: string } {
  const body = { number, previous, publication: sorted(publication) };
  const own = hash(JSON.stringify(body));
  return { line: JSON.stringify({ ...body, hash: own }), own };
}

/** The same value with the keys of its records in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
