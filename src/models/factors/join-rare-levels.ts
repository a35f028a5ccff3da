/** Levels after the rare ones were joined. */
export interface JoinedLevels {
  readonly levels: readonly string[];
  /** New level of each old one. */
  readonly target: Int32Array;
  readonly merged: readonly { readonly level: string; readonly into: string }[];
}

/**
 * Joins the levels of share under `below` into the level `into`, which is made at the end of the list when the question does not have it. Levels of share 0 and the level of missing answers (`missing`, -1
 * for none) stay as they are: nobody is in the first, and the second is no answer. No draw: the same levels are joined each time.
 * @example
 * ```ts
 * joinRareLevels(["a", "b", "c"], Float64Array.of(0.9, 0.06, 0.04), { below: 0.1, into: "autres" }, -1).levels // [ 'a', 'autres' ]
 * ```
 */
export function joinRareLevels(
  levels: readonly string[],
  shares: Float64Array,
  { below, into }: { readonly below: number; readonly into: string },
  missing: number,
): JoinedLevels {
  const rare = levels.map((level, at) => shares[at] > 0 && shares[at] < below && at !== missing && level !== into);
  if (!rare.includes(true)) return { levels, target: Int32Array.from(levels.keys()), merged: [] };
  const kept = levels.filter((_, at) => !rare[at]);
  if (!kept.includes(into)) kept.push(into);
  const home = kept.indexOf(into);
  return {
    levels: kept,
    target: Int32Array.from(levels, (level, at) => (rare[at] ? home : kept.indexOf(level))),
    merged: levels.filter((_, at) => rare[at]).map((level) => ({ level, into })),
  };
}
