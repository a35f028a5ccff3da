import type { Cell } from "../relations.ts";
import type { Solver } from "../solver/program.ts";
import { attackPart } from "./attack-part.ts";
import type { CellAttack } from "./cell-attack.ts";
import { chainOf } from "./chain.ts";
import { contradictions } from "./contradictions.ts";
import type { Guarantee } from "./guarantee.ts";
import { partsOf } from "./part.ts";
import type { Published, PublishedLine } from "./published.ts";

export type PublishedAttack =
  | { readonly status: "attacked"; readonly cells: readonly CellAttack[] }
  /** What is published cannot be true: lines that contradict each other, none of which can be left out. */
  | { readonly status: "contradiction"; readonly lines: readonly PublishedLine[] };

/**
 * Attacks what is about to be published as its readers would, from the visible cells, the lines between cells, the rounding, and what is known from
 * elsewhere; never from a hidden value. Each connected part is solved alone: rank, linear programming, whole numbers, then each contributor in turn.
 * Hidden cells that no line touches are not attacked.
 * Cost: a few linear programs a cell, fewer where a solution found for another cell already witnesses; then, for each broken cell, the search of its chain.
 * @param promiseOf what is promised of a hidden cell; its `outside` is read from `published.outside`
 * @param explained how many broken cells get their chain, 50 by default
 * Sources: Fischetti and Salazar (2001); Junker (2004) for the chains.
 */
export function attackPublished(
  published: Published,
  promiseOf: (cell: Cell) => Guarantee,
  solver: Solver,
  { explained = 50 }: { readonly explained?: number } = {},
): PublishedAttack {
  const { parts, broken } = partsOf(published);
  if (broken[0]) return { status: "contradiction", lines: [broken[0]] };
  const cells: CellAttack[] = [];
  let left = explained;
  for (const part of parts) {
    const lines = contradictions(part, solver);
    if (lines.length > 0) return { status: "contradiction", lines };
    const promises = part.unknowns.map(
      ({ cell, hidden, outside }): Guarantee => ({ ...(hidden ? promiseOf(cell) : visible), outside }),
    );
    for (const found of attackPart(part, promises, published.insiders ?? [], solver)) {
      const { cell, verdict, means, insider } = found;
      const explains = means !== null && verdict !== "not proven" && left-- > 0;
      cells.push({ cell, verdict, means, insider, chain: explains ? chainOf(part, found) : [] });
    }
  }
  return { status: "attacked", cells };
}

/** A rounded number is seen: nothing is promised of it. */
const visible: Guarantee = { kind: "free", least: 0, reach: 0 };
