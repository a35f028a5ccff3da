const widths: readonly (readonly [RegExp, number])[] = [
  [/[ \u00a0ijlIfrt.,;:!'’()|[\]]/, 0.29],
  [/\u202f/, 0.15],
  [/[mwMW%@œŒæÆ]/, 0.8],
  [/[A-ZÀ-ÖØ-Ý]/, 0.6],
];

/**
 * The room a text takes in the charts' family, in pixels, within about a tenth: figures are pure and measure no font. The renderer measures exactly; this
 * only decides where a line is broken and which labels would touch.
 * @example
 * ```ts
 * Math.round(roughWidth("Maurepas", 12)) // 50
 * ```
 */
export function roughWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) ems += widths.find(([letters]) => letters.test(letter))?.[1] ?? 0.51;
  return ems * size;
}

/**
 * Cuts a text into lines at its spaces (hard ones hold) so that each fits a width; a word longer than the width keeps a line of its own.
 * @example
 * ```ts
 * wrapWords("Les Moulins du Bas-Pays", 70, 12) // ["Les Moulins", "du Bas-Pays"]
 * ```
 */
export function wrapWords(text: string, width: number, size: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && roughWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
