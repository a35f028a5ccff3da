import { bareText, type NumberInContext, REACH } from "./number-contexts.ts";
import { NOTE_CALL } from "./tree-units.ts";

/** The highest number of a section, of an item of a list or of a note. */
const HIGHEST_RANK = 99;

/** Numbers that a printed book gives by itself: sections, items and notes before their text, pages after a title or at the foot. */
export class PlacesInPrint {
  readonly #ends = new Set<string>();
  readonly #starts = new Set<string>();
  readonly #calls = new Set<string>();
  /** How many notes the book has. */
  readonly notes: number;

  constructor(titles: readonly string[], texts: readonly string[]) {
    for (const title of titles) {
      const bare = bareText(title);
      this.#ends.add(bare.slice(-REACH)).add(`${bare.slice(1 - REACH)}|`);
    }
    const calls = texts.flatMap((text) =>
      text.split(NOTE_CALL).flatMap((_, at, parts) => (at > 0 ? [parts.slice(0, at).join("")] : [])),
    );
    this.notes = calls.length;
    for (const before of calls) this.#calls.add(bareText(before).slice(-REACH));
    for (const text of [...titles, ...texts]) {
      const start = bareText(text.slice(0, 4 * REACH));
      this.#starts.add(start.slice(0, REACH));
      // "7.2 1. Retrouver": a title that starts with a number of its own.
      if (/^\d/.test(start)) this.#starts.add(`|${start.slice(0, REACH - 1)}`);
    }
  }

  /** True for a page after a title, a note where it is called, and for a rank before a text. */
  has({ number, before, after }: NumberInContext, pages: number): boolean {
    if (/^\d+$/.test(number) && Number(number) <= pages && this.#ends.has(before)) return true;
    if (Number(number) <= this.notes && this.#calls.has(before)) return true;
    if (number.split(",").some((part) => Number(part) > HIGHEST_RANK)) return false;
    // A text shorter than the reach starts what follows the number.
    for (let length = REACH; length > 2; length--) if (this.#starts.has(after.slice(0, length))) return true;
    return false;
  }
}
