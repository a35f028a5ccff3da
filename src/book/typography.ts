/** What keeps its own spaces: addresses, times, references of ours. */
const untouched = /(https?:\/\/\S+|@(?:fig|tab):[\w-]+|\b\d{1,2}:\d{2}\b)/;

/**
 * French spaces and apostrophes in a run of text (Lexique des règles typographiques en usage à l'Imprimerie nationale): U+202F before `; ! ? %`,
 * inside « » and between thousands; U+00A0 before the colon and before units; ’ for the apostrophe. Idempotent.
 * @example
 * ```ts
 * frenchSpaces("Vrai ?") // "Vrai\u202f?"
 * ```
 */
export function frenchSpaces(text: string): string {
  return text
    .split(untouched)
    .map((part, index) => (index % 2 === 1 ? part : spaces(part)))
    .join("");
}

const spaces = (text: string): string =>
  text
    .replace(/(\p{L})'(?=[\p{L}\d«])/gu, "$1’")
    .replace(/«[ \u00a0\u202f]?(?=\S)/g, "«\u202f")
    .replace(/(?<=\S)[ \u00a0\u202f]?»/g, "\u202f»")
    .replace(
      /(?<=^|\S)[ \u00a0]([;!?%€‰](?![\w=]))/g,
      (_, sign: string) => `${sign === "€" ? "\u00a0" : "\u202f"}${sign}`,
    )
    .replace(/([\p{L}»)])([;!?])(?=\s|$)/gu, "$1\u202f$2")
    .replace(/(?<=^|\S)[ \u202f]:(?=\s|$)/g, "\u00a0:")
    .replace(/(\d)[ \u00a0](?=\d{3}(?!\d))/g, "$1\u202f")
    .replace(
      /(\d)[ ](?=(?:km|m|mètres|kilomètres|min|minutes|ans|mois|euros|habitants|quartiers|personnes|ménages|EUR|Mo)\b)/g,
      "$1\u00a0",
    )
    .replace(/\b([Ff]igure|[Tt]ableau|[Cc]hapitre|[Aa]rticle|page|art\.|n°) (?=[\dLR@])/g, "$1\u00a0");

/** What a reader of French print would mark in the margin: each breach with the words around it. Empty when the text is clean. */
export function typographyFaults(text: string): readonly string[] {
  const faults = [/\S ?[ ][;!?%»](?!\w)/g, /\S :(?=\s|$)/g, /« /g, /\p{L}'\p{L}/gu, /\d \d{3}(?!\d)/g];
  const bare = text.split(untouched).filter((_, index) => index % 2 === 0);
  return bare.flatMap((part) =>
    faults.flatMap((fault) =>
      [...part.matchAll(fault)].map(({ index, 0: found }) =>
        part.slice(Math.max(0, index - 15), index + found.length + 10),
      ),
    ),
  );
}
