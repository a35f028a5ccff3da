import type { BookContent } from "../print.ts";
import { type GuardedValues, holdsGuarded } from "./guarded-values.ts";
import { reachable, traces } from "./identifiers.ts";
import { bareText, NumberContexts } from "./number-contexts.ts";
import { PlacesInPrint } from "./places-in-print.ts";
import { bookSayings, printedTitles } from "./sayings.ts";
import type { ScanCode } from "./scan-finding.ts";

/** What a scan knows beside the released book. */
export interface ScanOptions {
  /** Words of this machine that no file may hold: its folders, the name of its user, secrets of its environment. Shorter than five signs, they are left out. */
  readonly own?: readonly string[];
  /** Contacts that whoever answers for the book chose to print: their addresses and numbers are no leak. */
  readonly contacts?: readonly string[];
  /** First lines of the ledger that earlier editions wrote: the chain of hashes holds them, and they tell of tables that may have changed since. */
  readonly heldLines?: number;
  /** Rare values of guarded sources, as digests. */
  readonly guarded?: GuardedValues;
}

/** All that the readers of a scan ask: what the book may say, once and for all files. */
export interface ScanContext {
  readonly book: BookContent;
  readonly heldLines: number;
  readonly contexts: NumberContexts;
  /** Whole texts, bare: alternatives and titles must be one of them. */
  readonly whole: ReadonlySet<string>;
  /** Titles of chapters, sections and figures, which a printed book gives with a page. */
  readonly places: PlacesInPrint;
  /** Values that `data-…` attributes may have: figures, viewers, areas, states. */
  readonly ownWords: ReadonlySet<string>;
  /** What no text may hold: the word of each trace that it has. */
  readonly everywhere: (text: string) => readonly ScanCode[];
}

/** Reads the released book once. O(length of its texts). */
export function scanContext(
  book: BookContent,
  { own = [], contacts = [], heldLines = 0, guarded }: ScanOptions = {},
): ScanContext {
  const sayings = bookSayings(book);
  const printed = contacts.flatMap(reachable);
  const words = own.filter(({ length }) => length >= 5);
  return {
    book,
    heldLines,
    contexts: new NumberContexts(sayings),
    whole: new Set(sayings.map(bareText)),
    places: new PlacesInPrint(printedTitles(book), sayings),
    ownWords: new Set([
      ...["drawn", "csv", "svg", ...book.figures.keys(), ...book.viewers.keys()],
      ...[...book.viewers.values()].flatMap(({ viewer }) =>
        (viewer.areas.columns[viewer.columns.code]?.values ?? []).map(String),
      ),
    ]),
    everywhere: (text) => [
      ...traces(text, words, printed),
      ...(guarded && holdsGuarded(text, guarded) ? (["valeur-gardee"] as const) : []),
    ],
  };
}
