import { QuartiersError } from "../../codes/errors.ts";
import { PRESENT, type TextColumn } from "../../codes/table.ts";

/** Fewest bytes of a key: those of the SHA-256 digest. */
const KEY_BYTES = 32;

/**
 * Pseudonyms of identifiers: the first 128 bits of HMAC-SHA256 (RFC 2104) of the context and the identifier, in hexadecimal. Without the key nobody can
 * compute them; two contexts (two partners, two deliveries) give pseudonyms that cannot be joined. A plain hash does not do: 1 500 neighbourhoods and 100
 * ages are 150 000 trials, hashed in a second and compared, and a salt written beside the file changes nothing. Missing rows stay missing.
 * Pseudonyms are still personal data (RGPD art. 4.5): whoever holds the key can come back.
 * @param key 32 random bytes at least, kept outside the repository and given by the caller
 * @param context whom the file is for
 * @throws when the key is empty, short or made of one repeated byte; the message never holds it
 */
export async function keyedPseudonyms(identifiers: TextColumn, key: Uint8Array, context: string): Promise<TextColumn> {
  if (key.length < KEY_BYTES || key.every((byte) => byte === key[0])) {
    throw new QuartiersError({
      what: "La clé des pseudonymes est absente, trop courte ou faite d'un seul octet répété",
      expected: `au moins ${KEY_BYTES} octets tirés au hasard`,
      remedy:
        "tirer une clé au hasard, la garder hors du dépôt, la passer en argument ; sans clé secrète, une empreinte de quartier et d'âge se retrouve en essayant toutes les combinaisons",
    });
  }
  const secret = await crypto.subtle.importKey("raw", Uint8Array.from(key), { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
  ]);
  const encoder = new TextEncoder();
  const known = new Map<string, string>();
  const values: string[] = [];
  for (let row = 0; row < identifiers.values.length; row++) {
    const identifier = identifiers.values[row];
    if ((identifiers.missing?.[row] ?? PRESENT) !== PRESENT) {
      values.push("");
      continue;
    }
    let pseudonym = known.get(identifier);
    if (pseudonym === undefined) {
      // The length of the context keeps ("a", "bc") apart from ("ab", "c").
      const digest = await crypto.subtle.sign(
        "HMAC",
        secret,
        encoder.encode(`${context.length}:${context}${identifier}`),
      );
      pseudonym = Array.from(new Uint8Array(digest, 0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
      known.set(identifier, pseudonym);
    }
    values.push(pseudonym);
  }
  return { type: "text", values, label: `Pseudonyme (${identifiers.label})`, missing: identifiers.missing };
}
