import { QuartiersError } from "../codes/errors.ts";

/** Digits of an index, one for each resolution from 1 to 15, three bits each. */
const DIGITS = 15;
/** Mode 1 (cell) under a bit and three reserved bits that are zero: a text of 15 characters, without its leading zero. */
const shape = /^0?8[0-9a-f]{14}$/i;

/**
 * Resolution of an H3 cell, 0 (the largest) to 15, as its text says it.
 * @throws QuartiersError when the text is not an H3 cell
 * @example
 * ```ts
 * h3Resolution("89a901288cfffff") // 9
 * ```
 */
export const h3Resolution = (id: string): number => Number((bitsOf(id) >> 52n) & 0xfn);

/**
 * The cell of a coarser resolution that an H3 cell belongs to, by arithmetic on its bits alone: the resolution is rewritten and the digits
 * that are no longer used become 7. Children do not cover their parent's hexagon exactly; they belong to it by the order of the codes.
 * O(1).
 *
 * Layout of the 64 bits, from the highest (h3geo.org/docs/core-library/h3Indexing): 1 reserved, 4 of mode, 3 reserved, 4 of resolution, 7 of base
 * cell, then 15 digits of 3 bits, those beyond the resolution being 7.
 *
 * @param id cell in hexadecimal, with or without its leading zero
 * @param resolution from 0 to the resolution of the cell itself, which then comes back unchanged
 * @throws QuartiersError when the text is not an H3 cell, or the resolution is finer than its own
 * @example
 * ```ts
 * h3Parent("89a901288cfffff", 7) // "87a901288ffffff"
 * ```
 */
export function h3Parent(id: string, resolution: number): string {
  const bits = bitsOf(id);
  const own = Number((bits >> 52n) & 0xfn);
  if (!Number.isInteger(resolution) || resolution < 0 || resolution > own) {
    throw new QuartiersError({
      what: "Une cellule H3 n'a pas de cellule parente à cette résolution",
      value: String(resolution),
      expected: `un entier de 0 à ${own}, la résolution de la cellule ${id}`,
      remedy: "demander une résolution plus grossière",
    });
  }
  const unused = (1n << BigInt(3 * (DIGITS - resolution))) - 1n;
  const cleared = bits & ~(0xfn << 52n);
  return (cleared | (BigInt(resolution) << 52n) | unused).toString(16);
}

/** The bits of a cell whose mode, base cell and digits are those of a cell. */
function bitsOf(id: string): bigint {
  if (shape.test(id)) {
    const bits = BigInt(`0x${id}`);
    const resolution = Number((bits >> 52n) & 0xfn);
    const digit = (level: number): bigint => (bits >> BigInt(3 * (DIGITS - level))) & 7n;
    const digits = Array.from({ length: DIGITS }, (_, i) => digit(i + 1));
    const isCell = digits.every((value, i) => (i < resolution ? value < 7n : value === 7n));
    if (((bits >> 45n) & 0x7fn) < 122n && isCell) return bits;
  }
  throw new QuartiersError({
    what: "Ce texte n'est pas l'identifiant d'une cellule H3",
    value: id.slice(0, 20),
    expected: "quinze chiffres hexadécimaux, comme 89a901288cfffff",
    remedy: "vérifier la colonne des identifiants",
  });
}
