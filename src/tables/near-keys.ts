import { frenchNumber } from "../codes/french.ts";

/** Keys that found nothing although a key of the other table differs from them only by the way of writing. */
export interface NearKeys {
  /** Rows of the left table concerned. */
  readonly rows: number;
  /** What differs, most frequent first, with a few pairs [left, right]. */
  readonly causes: readonly {
    readonly cause: NearCause;
    readonly rows: number;
    readonly examples: readonly (readonly [string, string])[];
  }[];
  /** French, with the remedy; "" when there is none. */
  readonly sentence: string;
}

export type NearCause = "zéro initial" | "soulignement" | "casse" | "blancs";

const remedies: Readonly<Record<NearCause, string>> = {
  "zéro initial": "si le zéro initial était rétabli (lire la colonne comme du texte, jamais comme un nombre)",
  soulignement: "sans le soulignement (codeIris l'enlève)",
  casse: "avec la même casse (écrire les codes en capitales)",
  blancs: "sans blancs superflus (les ôter avant de joindre)",
};

const withoutBlanks = (key: string): string => key.replace(/[\s\u00a0\u202f]+/g, "");
const withoutZeros = (key: string): string => key.replace(/^0+(?=.)/, "");
const canonical = (key: string): string => withoutZeros(withoutBlanks(key).replaceAll("_", "").toUpperCase());

function causeOf(left: string, right: string): NearCause {
  const [a, b] = [withoutBlanks(left), withoutBlanks(right)];
  if (a === b) return "blancs";
  if (a.replaceAll("_", "") === b.replaceAll("_", "")) return "soulignement";
  return a.toUpperCase() === b.toUpperCase() ? "casse" : "zéro initial";
}

/**
 * Looks for keys that would match if they were written the same way: a lost leading zero ("1001" for "01001"), an underscore, a letter case, blanks.
 * They are told, never joined: a code is not guessed. O(keys).
 * @param alone keys of the left rows that found nothing, one a row
 * @example
 * ```ts
 * nearKeys(["1001", "99999"], ["01001", "01002"]).sentence
 * // "1 ligne de plus trouverait sa clé si le zéro initial était rétabli (lire la colonne comme du texte, jamais comme un nombre), comme « 1001 » pour « 01001 »."
 * ```
 */
export function nearKeys(alone: readonly string[], others: readonly string[]): NearKeys {
  if (alone.length === 0) return { rows: 0, causes: [], sentence: "" };
  const otherOf = new Map<string, string>();
  for (const key of others) if (key !== "" && !otherOf.has(canonical(key))) otherOf.set(canonical(key), key);
  const found = new Map<NearCause, { rows: number; examples: Map<string, string> }>();
  for (const key of alone) {
    const other = otherOf.get(canonical(key));
    if (other === undefined || other === key) continue;
    const cause = causeOf(key, other);
    const entry = found.get(cause) ?? { rows: 0, examples: new Map<string, string>() };
    entry.rows++;
    if (entry.examples.size < 3) entry.examples.set(key, other);
    found.set(cause, entry);
  }
  const causes = [...found]
    .map(([cause, { rows, examples }]) => ({ cause, rows, examples: [...examples] }))
    .sort((a, b) => b.rows - a.rows);
  const sentence = causes
    .map(({ cause, rows, examples }) => {
      const pairs = examples.map(([left, right]) => `«\u202f${left}\u202f» pour «\u202f${right}\u202f»`).join(", ");
      const subject =
        rows > 1 ? `${frenchNumber(rows)} lignes de plus trouveraient leur clé` : "1 ligne de plus trouverait sa clé";
      return `${subject} ${remedies[cause]}, comme ${pairs}.`;
    })
    .join(" ");
  return { rows: causes.reduce((sum, { rows }) => sum + rows, 0), causes, sentence };
}
