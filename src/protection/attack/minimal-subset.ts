/**
 * A subset on which `holds` is true and of which no item can be left out; items that stand first are kept first. `holds` must be true of
 * all the items together, and stay true when items are added. About k·log2(n / k) questions for k items kept among n.
 * Source: Junker (2004), QuickXplain.
 * @example
 * ```ts
 * minimalSubset([1, 2, 3, 4], (some) => some.includes(2) && some.includes(3)) // [2, 3]
 * ```
 */
export function minimalSubset<Item>(
  items: readonly Item[],
  holds: (some: readonly Item[]) => boolean,
): readonly Item[] {
  const explain = (fixed: readonly Item[], added: boolean, open: readonly Item[]): readonly Item[] => {
    if (added && holds(fixed)) return [];
    if (open.length === 1) return open;
    const half = Math.ceil(open.length / 2);
    const first = open.slice(0, half);
    const last = open.slice(half);
    const ofLast = explain([...fixed, ...first], first.length > 0, last);
    const ofFirst = explain([...fixed, ...ofLast], ofLast.length > 0, first);
    return [...ofFirst, ...ofLast];
  };
  if (items.length === 0 || holds([])) return [];
  return explain([], false, items);
}
