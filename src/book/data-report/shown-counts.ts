/** A count as a page may show it: exact, or the words that stand in its place (« < 11 », « masqué »). */
export type Shown = number | string;

export const HIDDEN = "masqué";

/**
 * The parts of a known total, as they may be shown. A part from 1 to threshold - 1 is « < threshold »; as soon as there is one, the largest part is hidden
 * too, so that the total less the others gives nothing back. When what is hidden is too little for every small part to be any number from 1 to
 * threshold - 1, all the parts that are not zero are hidden. The choice depends on what is known to the reader only: knowing the rule gives nothing away.
 * @param threshold 1 shows all
 * @param force hides the largest part even when no part is small: for the parts of a number that is itself hidden
 * @example
 * ```ts
 * shownParts([97, 3, 0], 11) // [ "masqué", "< 11", 0 ]
 * ```
 */
export function shownParts(parts: readonly number[], threshold: number, force = false): readonly Shown[] {
  const isSmall = (part: number): boolean => part > 0 && part < threshold;
  const small = parts.filter(isSmall);
  if (threshold <= 1 || (!force && small.length === 0)) return parts;
  const largest = parts.indexOf(Math.max(...parts));
  const others = parts.filter((part, i) => i !== largest && !isSmall(part));
  const hidden = small.reduce((sum, part) => sum + part, isSmall(parts[largest] ?? 0) ? 0 : (parts[largest] ?? 0));
  if (hidden - small.length * (threshold - 1) < Math.max(threshold, ...others))
    return parts.map((part) => (part === 0 ? 0 : HIDDEN));
  return parts.map((part, i) => (i === largest ? HIDDEN : isSmall(part) ? `< ${threshold}` : part));
}

/**
 * One count that belongs to no shown total.
 * @example
 * ```ts
 * shownCount(4, 11) // "< 11"
 * ```
 */
export function shownCount(count: number, threshold: number): Shown {
  return count > 0 && count < threshold ? `< ${threshold}` : count;
}
