import type { Source, System } from "./system.ts";

/**
 * The numbers that suffice to show something, none of which can be left out, in the order of the ledger: drops them by halves, then one by one.
 * @param from lines that show it together
 * @param shows whether some lines still show it
 */
export function shortestChain(
  system: System,
  from: Iterable<number>,
  shows: (lines: readonly number[]) => boolean,
): readonly Source[] {
  const given = new Set(from);
  const sources = new Map<string, Source>();
  for (const index of given) {
    const source = system.lines[index]?.source;
    if (source) sources.set(keyOf(source), source);
  }
  const linesOf = (names: ReadonlySet<string>): readonly number[] =>
    system.lines.flatMap(({ source }, index) =>
      (source === null ? given.has(index) : names.has(keyOf(source))) ? [index] : [],
    );
  let kept = [...sources.keys()];
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = kept.length - 1; start >= 0; start -= size) {
      const fewer = kept.filter((_, k) => k <= start - size || k > start);
      if (fewer.length < kept.length && shows(linesOf(new Set(fewer)))) kept = fewer;
    }
  }
  return kept
    .flatMap((name) => sources.get(name) ?? [])
    .sort((a, b) => a.line - b.line || (a.number < b.number ? -1 : 1));
}

const keyOf = ({ line, number }: Source): string => JSON.stringify([line, number]);
