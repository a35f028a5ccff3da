import type { Cell } from "../relations.ts";
import type { PublishedLine } from "./published.ts";

/**
 * A chain of published lines in words, one sentence a line, for a reader to follow; the numbers are named and never written.
 * @param nameOf words for a cell, from the labels of its row and column
 * @example
 * ```ts
 * const sum = (row, coefficient) => ({ cell: { column: "n", row }, coefficient })
 * const line = { terms: [sum(2, 1), sum(0, -1), sum(1, -1)], low: 0, high: 0, from: [] }
 * chainSentences([line], ({ row }) => ["femmes", "hommes", "ensemble"][row]) // ["« ensemble » est la somme de « femmes » et « hommes »."]
 * ```
 */
export function chainSentences(chain: readonly PublishedLine[], nameOf: (cell: Cell) => string): readonly string[] {
  return chain.map(({ terms, low, high, from }) => {
    const [first, ...others] = terms;
    const name = ({ cell }: { readonly cell: Cell }): string => `« ${nameOf(cell)} »`;
    const additive =
      low === 0 && high === 0 && first?.coefficient === 1 && others.every((term) => term.coefficient === -1);
    if (first && additive && others.length > 0) return `${name(first)} est la somme de ${listed(others.map(name))}.`;
    const named = [...terms.map(name), ...from.map((cell) => name({ cell }))];
    return named.length === 1 ? `${listed(named)} est borné par ailleurs.` : `${listed(named)} se bornent entre eux.`;
  });
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} et ${last}` : last;
}
