import type { Solver } from "../solver/program.ts";
import { minimalSubset } from "./minimal-subset.ts";
import type { Part, UnknownLine } from "./part.ts";
import type { PublishedLine } from "./published.ts";
import { Reader } from "./reader.ts";

/**
 * Lines of a part that no numbers satisfy together, none of which can be left out; none when some numbers satisfy all. Numbers are not negative, counts
 * are whole, and what is known from elsewhere is left out: a contradiction is of the publication with itself.
 */
export function contradictions(part: Part, solver: Solver): readonly PublishedLine[] {
  const consistent = (lines: readonly UnknownLine[]): boolean =>
    new Reader({ ...part, lines }, { least: () => 0, whole: true, outside: false }, solver).consistent();
  if (consistent(part.lines)) return [];
  return minimalSubset(part.lines, (some) => !consistent(some)).map(({ published }) => published);
}
