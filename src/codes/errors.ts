/** What an error must say so that its reader can act: what happened, on which value, what was expected, what to do next. */
export interface ErrorParts {
  /** What happened, as a French sentence without its final stop. */
  readonly what: string;
  /** The value met, printed as it was read. Never a protected value. */
  readonly value?: string;
  /** What was expected instead. */
  readonly expected?: string;
  /** What the reader can do next. */
  readonly remedy?: string;
  /** Where: file, line, column, notebook, cell. */
  readonly where?: string;
  readonly cause?: unknown;
}

/**
 * An error that teaches. Its message is French, because it is read by authors and officials as well as by developers.
 *
 * @example
 * ```ts
 * new QuartiersError({ what: "Commune inconnue", value: "99999", expected: "un code du COG 2026" }).message
 * // "Commune inconnue : « 99999 ». Attendu : un code du COG 2026."
 * ```
 */
export class QuartiersError extends Error {
  override readonly name: string = "QuartiersError";
  readonly parts: ErrorParts;

  constructor(parts: ErrorParts) {
    const { what, value, expected, remedy, where } = parts;
    const sentences = [value === undefined ? `${what}.` : `${what}\u00a0: «\u202f${value}\u202f».`];
    if (where) sentences.push(`Lieu\u00a0: ${where}.`);
    if (expected) sentences.push(`Attendu\u00a0: ${expected}.`);
    if (remedy) sentences.push(`À faire\u00a0: ${remedy}.`);
    super(sentences.join(" "), parts.cause === undefined ? undefined : { cause: parts.cause });
    this.parts = parts;
  }
}
