import { QuartiersError } from "../../codes/errors.ts";
import type { Solver } from "../solver/program.ts";
import { admit } from "./admit.ts";
import type { Exposure } from "./attack-newcomer.ts";
import { checkPublication } from "./check-publication.ts";
import { type Hash, verifyLedger, writeLine } from "./lines.ts";
import type { Publication } from "./publication.ts";

/** A whole ledger: its text, what it holds, and the hash of its last line, to be kept apart. */
export interface Ledger {
  readonly text: string;
  readonly publications: readonly Publication[];
  /** Hash of the last line; "" for an empty ledger. */
  readonly head: string;
}

export interface Appended {
  readonly ledger: Ledger;
  /** "skipped": the ledger already holds this very publication. "new version": it holds one of the same name with other numbers. */
  readonly status: "added" | "new version" | "skipped";
  /** The line to write at the end of the file, with its end of line; "" when skipped. */
  readonly line: string;
  /** What was found and let through: empty rings, exposures by public totals, exposures signed for. */
  readonly notes: readonly Exposure[];
}

/**
 * Reads a ledger, and refuses a damaged one by naming its first damaged line. An empty text is an empty ledger.
 * @param head hash of the last line as kept elsewhere; without it, lines removed from the end cannot be missed
 * @example
 * ```ts
 * readLedger("", (text) => text).publications.length // 0
 * ```
 */
export function readLedger(text: string, hash: Hash, head?: string): Ledger {
  const state = verifyLedger(text, hash, head);
  if (state.whole) return { text, publications: state.publications, head: state.head };
  throw new QuartiersError({
    what: "Le registre des publications est endommagé",
    where: `ligne ${state.line}`,
    expected: `une chaîne intacte (${state.reason})`,
    remedy: "rétablir le registre depuis sa dernière version vérifiée",
  });
}

/**
 * The ledger with one more publication, after it was attacked together with all earlier ones: a new value, never half of one.
 * Throws a `Refusal` (unreadable publication, contradiction, exposure); the ledger given is untouched.
 * @example
 * ```ts
 * const zone = { name: "QP001", members: ["QP001"] };
 * const number = { id: "n", kind: "count", population: "ménages, 2024", measure: "ménages", universe: "QP001", value: 40 };
 * const publication = { id: "bilan", date: "2024-12-31", origin: "release", secrecy: { unit: "ménage", minUnits: 11 }, universes: [zone], numbers: [number], totals: [] };
 * appendToLedger(readLedger("", String), publication, { hash: String, solver: () => ({ status: "undecided" }) }).status // "added"
 * ```
 */
export function appendToLedger(
  ledger: Ledger,
  publication: Publication,
  { hash, solver }: { readonly hash: Hash; readonly solver: Solver },
): Appended {
  checkPublication(publication, ledger.publications);
  const { line, own, written } = writeLine(ledger.publications.length + 1, ledger.head, publication, hash);
  const same = JSON.stringify(written);
  if (ledger.publications.some((one) => one.id === written.id && JSON.stringify(one) === same)) {
    return { ledger, status: "skipped", line: "", notes: [] };
  }
  const notes = admit(publication, ledger.publications, solver);
  const status = ledger.publications.some(({ id }) => id === publication.id) ? "new version" : "added";
  const next = { text: `${ledger.text}${line}\n`, publications: [...ledger.publications, written], head: own };
  return { ledger: next, status, line: `${line}\n`, notes };
}
