/** Items by what they share, groups and members in the order of their first sight. */
export function grouped<Item>(
  items: Iterable<Item>,
  shared: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = shared(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
