import type { Attacked } from "./attack-part.ts";
import { minimalSubset } from "./minimal-subset.ts";
import type { Part, UnknownLine } from "./part.ts";
import type { PublishedLine } from "./published.ts";

/** Lines that suffice to break the promise made of one cell, none of which can be left out; those nearest to the cell are tried first. */
export function chainOf(part: Part, { unknown, again }: Attacked): readonly PublishedLine[] {
  const breaks = (lines: readonly UnknownLine[]): boolean => !["safe", "not proven"].includes(again(lines));
  return minimalSubset(byDistance(part, unknown), breaks).map(({ published }) => published);
}

/** Lines in the order in which they are met, from the cell outwards. */
function byDistance({ lines }: Part, unknown: number): readonly UnknownLine[] {
  const of = new Map<number, UnknownLine[]>();
  for (const line of lines) {
    for (const at of line.coefficients.keys()) {
      const list = of.get(at);
      if (list) list.push(line);
      else of.set(at, [line]);
    }
  }
  const met = new Set<UnknownLine>();
  const cells = new Set([unknown]);
  for (const at of cells) {
    for (const line of of.get(at) ?? []) {
      met.add(line);
      for (const next of line.coefficients.keys()) cells.add(next);
    }
  }
  return [...met];
}
