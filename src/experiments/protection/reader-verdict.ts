/** What a reader knows of a hidden cell, from the worst to the best. */
export type ReaderVerdict = "found" | "small" | "narrow" | "large" | "safe";

export const verdictWords: Readonly<Record<ReaderVerdict, string>> = {
  found: "retrouvée",
  small: "petite à coup sûr",
  narrow: "resserrée",
  large: "grande à coup sûr",
  safe: "protégée",
};

/**
 * A hidden count is safe when it may still be anything from 0 to the threshold. One value: it is found. All values under the threshold: somebody small is there. No value under
 * it: the cell only protects others. Otherwise some of the values from 0 to the threshold are ruled out.
 * @example
 * ```ts
 * [[4, 4], [1, 9], [3, 40], [26, 45], [0, 19]].map(([least = 0, greatest = 0]) => readerVerdict({ least, greatest }, 11)) // ["found", "small", "narrow", "large", "safe"]
 * ```
 */
export function readerVerdict(
  { least, greatest }: { readonly least: number; readonly greatest: number },
  threshold: number,
): ReaderVerdict {
  if (least === greatest) return "found";
  if (greatest < threshold) return "small";
  if (least >= threshold) return "large";
  return least > 0 ? "narrow" : "safe";
}
