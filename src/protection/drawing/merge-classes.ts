/** Classes of a map: what each row bears, "" where it bears none. */
export type ClassLabels = readonly string[];

const number = String.raw`-?\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?`;
const closedClass = new RegExp(`^(${number}) (?:à|-|–) (${number})(.*)$`);

/**
 * Classes of at least two zones: a class of one zone is joined to the next one, or to the one before. The first and the last class lose their outer ends
 * ("3,2 à 5" becomes "moins de 5"), which would be the values of the extreme zones.
 * @param order the classes from the least to the greatest
 * @example
 * ```ts
 * mergeClasses(["a", "a", "b", "c", "c"], ["a", "b", "c"]) // ["a", "a", "b ou c", "b ou c", "b ou c"]
 * ```
 */
export function mergeClasses(labels: ClassLabels, order: readonly string[]): ClassLabels {
  const present = order.filter((label) => labels.includes(label));
  let groups: (readonly string[])[] = present.map((label) => [label]);
  const size = (group: readonly string[]): number => labels.filter((label) => group.includes(label)).length;
  for (let lone = groups.findIndex((group) => size(group) === 1); lone >= 0 && groups.length > 1; ) {
    const first = lone === groups.length - 1 ? lone - 1 : lone;
    groups = [
      ...groups.slice(0, first),
      [...(groups[first] ?? []), ...(groups[first + 1] ?? [])],
      ...groups.slice(first + 2),
    ];
    lone = groups.findIndex((group) => size(group) === 1);
  }
  const renamed = new Map<string, string>();
  groups.forEach((group) => {
    const open = group.map((label) => openEnd(label, label === present[0], label === present.at(-1)));
    const name = open.join(" ou ");
    for (const label of group) renamed.set(label, name);
  });
  return labels.map((label) => renamed.get(label) ?? label);
}

function openEnd(label: string, isFirst: boolean, isLast: boolean): string {
  const [, low = "", high = "", after = ""] = closedClass.exec(label) ?? [];
  if (low === "") return label;
  if (isFirst && isLast) return label;
  return isFirst ? `moins de ${high}${after}` : isLast ? `${low}${after} et plus` : label;
}
