/** What no written file may hold, whatever its format. `own` are texts of this machine: its folders, its user, secrets of its environment. */
export type Trace = "chemin-de-machine" | "identifiant";

const paths =
  /(?:^|[\s"'(=>:[])(?:\/(?:home|Users|root|tmp|var|mnt|opt|srv|private|work)\/[\w.-]|[A-Za-z]:\\[\w.-]|file:\/\/)/;
const address = /[\w.+-]+@[\w-]+\.(?:[\w-]+\.)*[a-z]{2,}/i;
const phone = /(?<![\w.+-])(?:\+33[ .]?|0)[1-9](?:[ .-]?\d{2}){4}(?![\w-]|\.\d)/;
const social =
  /(?<![\w.-])[12378]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}\s?\d{2}(?![\w-]|\.\d)/g;
const establishment = /(?<![\w.-])\d{3}\s?\d{3}\s?\d{3}\s?\d{5}(?![\w-]|\.\d)/g;

/**
 * Traces of a machine or of a person in a text: absolute paths and the given words of this machine; mail addresses, telephone numbers, social
 * security numbers (NIR, with their key), establishments (SIRET, with the sum of Luhn). Empty for a clean text. O(length).
 * @param contacts addresses and numbers that the book prints on purpose; a printed line may cut them
 * @example
 * ```ts
 * traces("appeler le 06 12 34 56 78", []) // [ "identifiant" ]
 * ```
 */
export function traces(text: string, own: readonly string[], contacts: readonly string[] = []): readonly Trace[] {
  const found: Trace[] = [];
  if (paths.test(text) || own.some((word) => text.includes(word))) found.push("chemin-de-machine");
  if (
    reachable(text).some((word) => !contacts.some((contact) => contact.includes(word))) ||
    (text.match(social) ?? []).some(hasKey) ||
    (text.match(establishment) ?? []).some(hasLuhnSum)
  )
    found.push("identifiant");
  return found;
}

/** Mail addresses and telephone numbers of a text: those of a contact that the book prints on purpose. */
export const reachable = (text: string): readonly string[] =>
  [address, phone].flatMap((pattern) =>
    [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map(([word]) => word),
  );

/** The key of a social security number: 97 less the rest of the thirteen first signs by 97; Corsica counts as 19 and 18. */
function hasKey(text: string): boolean {
  const signs = text.replace(/\s/g, "").replace("2A", "19").replace("2B", "18");
  return 97 - Number(BigInt(signs.slice(0, 13)) % 97n) === Number(signs.slice(13));
}

/** The sum of Luhn of a SIRET. Zeros only are no establishment. */
function hasLuhnSum(text: string): boolean {
  const digits = [...text.replace(/\s/g, "")].map(Number);
  const sum = digits.reduce((total, digit, i) => {
    const doubled = (digits.length - i) % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum > 0 && sum % 10 === 0;
}
