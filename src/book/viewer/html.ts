import { frenchSpaces } from "../typography.ts";

/** Text as HTML, its spaces as they are. */
export const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Words for a reader, as HTML, with French spaces. */
export const words = (text: string): string => escapeHtml(frenchSpaces(text));

/**
 * The head of a column with the unit of its cells.
 * @example
 * ```ts
 * [withUnit("Valeur", "pour 100 habitants"), withUnit("Valeur", "")] // [ "Valeur (pour 100 habitants)", "Valeur" ]
 * ```
 */
export const withUnit = (head: string, unit: string): string => (unit === "" ? head : `${head} (${unit})`);

/**
 * A list of words as a sentence says it.
 * @example
 * ```ts
 * frenchList(["revenu", "âge", "régime"]) // "revenu, âge et régime"
 * ```
 */
export function frenchList(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} et ${items.at(-1)}`;
}
