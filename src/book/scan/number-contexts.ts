/** Characters kept on each side of a number: enough for a small number to belong to its sentence, few enough to survive the end of a line. */
export const REACH = 6;

/**
 * Letters and digits of a text, in lower case, with the mark of decimals, and "|" between two numbers that touch: what remains the same in a page, a
 * drawing and a PDF, whatever their spaces, quotes and dashes. Numbers of figures and tables of the book go: each format gives them by itself.
 * @example
 * ```ts
 * bareText("Val-de-Craie : 12\u202f500 habitants (6,8 % ; 3)") // "valdecraie12500habitants6,8|3"
 * ```
 */
export function bareText(text: string): string {
  return text
    .replace(/(\d)(?:[\u00a0\u202f]| \u2060| (?=\d{3}(?!\d)))(?=\d)/g, "$1")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/@(?:fig|tab):[a-z0-9-]+|(?:figures?|tableaux?)\s+\d+/g, "")
    .replace(/(\d)[.,](?=\d)/g, "$1\ue000")
    .replace(/(\d)[^\p{L}\p{Nd}\ue000]+(?=\d)/gu, "$1\ue001")
    .replace(/[^\p{L}\p{Nd}\ue000\ue001]+/gu, "")
    .replaceAll("\ue000", ",")
    .replaceAll("\ue001", "|");
}

/** A number met in a bare text, with what touches it on each side; "^" and "$" are the ends of the text. */
export interface NumberInContext {
  readonly number: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The numbers of a text, each with its neighbourhood.
 * @example
 * ```ts
 * numbersInContext("Craie : 6 km")[0] // { number: "6", before: "^craie", after: "km$" }
 * ```
 */
export function numbersInContext(text: string): readonly NumberInContext[] {
  const bare = `^${bareText(text)}$`;
  return [...bare.matchAll(/\d+(?:,\d+)*/g)].map(({ 0: number, index }) => ({
    number,
    before: bare.slice(Math.max(0, index - REACH), index),
    after: bare.slice(index + number.length, index + number.length + REACH),
  }));
}

/** Every number that was released or that an author wrote, with its neighbourhood. A small number alone proves nothing; in its sentence it does. */
export class NumberContexts {
  readonly #before = new Set<string>();
  readonly #after = new Set<string>();
  /** Numbers inside a word (C2S, E2SFCA) with the letter on each side. */
  readonly #inside = new Set<string>();

  constructor(units: readonly string[]) {
    for (const unit of units)
      for (const { number, before, after } of numbersInContext(unit)) {
        this.#before.add(`${before}${number}`);
        this.#after.add(`${number}${after}`);
      }
    for (const unit of units)
      for (const [found] of unit.toLowerCase().matchAll(/\p{L}\d+\p{L}/gu)) this.#inside.add(found);
  }

  /** True when a number stands between the same neighbours in a released text. */
  has({ number, before, after }: NumberInContext): boolean {
    return this.#before.has(`${before}${number}`) && this.#after.has(`${number}${after}`);
  }

  /** True when one side at least is known: for formats that cut and join lines by themselves. */
  touches({ number, before, after }: NumberInContext): boolean {
    return (
      this.#before.has(`${before}${number}`) ||
      this.#after.has(`${number}${after}`) ||
      this.#inside.has(`${before.slice(-1)}${number}${after[0]}`)
    );
  }

  /** True for a number and nothing else, as a hidden value would be written where only a name is expected. */
  isLoneNumber(text: string): boolean {
    return /^\d+(?:,\d+)?$/.test(bareText(text));
  }

  /** How many numbers of a text stand in no released text. */
  strangers(text: string): number {
    return numbersInContext(text).filter((met) => !this.has(met)).length;
  }
}
