/** Characters that command a terminal or turn the direction of a text: they could make a message say something else than what it says. */
const commands = /[\p{Cc}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu;

/**
 * A value of a file as a message may print it: short, and without characters that act on what displays it.
 * @example
 * ```ts
 * printable("QP\u0007044\u202e004") // "QP�044�004"
 * ```
 */
export function printable(text: string, length = 60): string {
  const shown = text.replace(commands, "\ufffd");
  return shown.length > length ? `${shown.slice(0, length).replace(/[\ud800-\udbff]$/, "")}…` : shown;
}
