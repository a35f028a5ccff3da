import { QuartiersError } from "../../codes/errors.ts";
import { checkNumberOfClasses, cutTree } from "./cut-tree.ts";
import type { WardTree } from "./ward-tree.ts";

/** A group that the drawing does not open. */
export interface DendrogramLeaf {
  /** From 0, left to right. */
  readonly x: number;
  readonly people: number;
  /** Share of the mass. */
  readonly share: number;
  /** Class of the cut, from 0; -1 when the group holds several. */
  readonly label: number;
  /** Loss of inertia at which the group was made: 0 for a row. */
  readonly height: number;
}

/** A merge drawn as an arch: two uprights and a bar. */
export interface DendrogramJoin {
  readonly leftX: number;
  readonly rightX: number;
  /** Where the uprights start: height of what is joined; 0 under a leaf. */
  readonly leftHeight: number;
  readonly rightHeight: number;
  /** Loss of inertia of the merge. */
  readonly height: number;
  readonly people: number;
  /** Class of the cut, or -1 above it. */
  readonly label: number;
}

export interface DendrogramShape {
  readonly leaves: readonly DendrogramLeaf[];
  /** The lowest first. */
  readonly joins: readonly DendrogramJoin[];
  readonly classes: number;
  /** Half-way between the last merge under the cut and the first above. */
  readonly cutHeight: number;
  /** Groups left whole because a part would hold fewer than `minimum` people. */
  readonly whole: number;
}

/**
 * The top of a tree, ready to be drawn: the highest merges are opened until there are `leaves` groups, the rest stays merged. A merge of which a part holds fewer than `minimum` people (11)
 * is not opened: no leaf shows so few. Of two groups, the one of lower mean on the first axis is on the left. O(n).
 * @example
 * ```ts
 * const cloud = { coordinates: Float64Array.of(7, 0, 8, 1), dimensions: 1, masses: Float64Array.of(1, 1, 1, 1) };
 * const tree = { cloud, size: 4, distinct: 4, left: Int32Array.of(0, 1, 4), right: Int32Array.of(2, 3, 5), losses: Float64Array.of(0.1, 0.1, 12) };
 * const { leaves, cutHeight } = dendrogramShape(tree, { classes: 2, leaves: 2, minimum: 1 });
 * [leaves.map(({ people, label }) => [people, label]), cutHeight] // [ [ [ 2, 0 ], [ 2, 1 ] ], 6.05 ]
 * ```
 */
export function dendrogramShape(
  tree: Omit<WardTree, "totalInertia" | "ties">,
  {
    classes,
    leaves: most = 30,
    minimum = 11,
  }: { readonly classes: number; readonly leaves?: number; readonly minimum?: number },
): DendrogramShape {
  checkNumberOfClasses(tree, classes);
  if (!Number.isInteger(most) || most < classes || !Number.isInteger(minimum) || minimum < 1)
    throw new QuartiersError({
      what: "Ce dendrogramme ne se dessine pas",
      value: `${most} feuilles d'au moins ${minimum} personnes, ${classes} classes`,
      expected: "des entiers, et au moins une feuille par classe",
    });
  const { size, losses, left, right, cloud } = tree;
  const nodes = sumNodes(tree);
  const classOf = cutTree(tree, classes);
  const total = cloud.masses.reduce((sum, mass) => sum + mass, 0);
  const opened = new Set<number>();
  const root = 2 * size - 2;
  let whole = 0;
  for (let node = root, shown = 1; node >= size && shown < most; node--) {
    if (node !== root && !opened.has(nodes.parent[node])) continue;
    const parts = [left[node - size], right[node - size]];
    if (parts.some((part) => nodes.people[part] < minimum)) {
      whole++;
      continue;
    }
    opened.add(node);
    shown++;
  }
  const leaves: DendrogramLeaf[] = [];
  const joins: DendrogramJoin[] = [];
  const heightOf = (node: number): number => (node < size ? 0 : losses[node - size]);
  const labelOf = (node: number): number => (node < size + (size - classes) ? classOf[nodes.firstRow[node]] : -1);
  // Depth first, left before right; an opened node has few above it.
  const draw = (node: number): number => {
    const people = nodes.people[node];
    if (!opened.has(node)) {
      const x = leaves.length;
      leaves.push({ x, people, share: nodes.mass[node] / total, label: labelOf(node), height: heightOf(node) });
      return x;
    }
    const [one, other] = [left[node - size], right[node - size]];
    const mean = (part: number): number => nodes.firstAxis[part] / nodes.mass[part];
    const [before, after] = mean(one) <= mean(other) ? [one, other] : [other, one];
    const [leftX, rightX] = [draw(before), draw(after)];
    const foot = (part: number): number => (opened.has(part) ? heightOf(part) : 0);
    joins.push({
      ...{ leftX, rightX, leftHeight: foot(before), rightHeight: foot(after) },
      ...{ height: heightOf(node), people, label: labelOf(node) },
    });
    return (leftX + rightX) / 2;
  };
  draw(root);
  const above = classes > 1 ? losses[size - classes] : (losses.at(-1) ?? 0) * 1.1;
  const below = classes < size ? losses[size - classes - 1] : 0;
  return { leaves, joins: joins.sort((a, b) => a.height - b.height), classes, cutHeight: (above + below) / 2, whole };
}

/** People, mass, Σ mass x first coordinate, a row and the parent of every node. */
function sumNodes({ size, left, right, cloud }: Pick<WardTree, "size" | "left" | "right" | "cloud">) {
  const count = 2 * size - 1;
  const [people, mass, firstAxis] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const [firstRow, parent] = [new Int32Array(count), new Int32Array(count).fill(-1)];
  for (let row = 0; row < size; row++) {
    people[row] = 1;
    mass[row] = cloud.masses[row];
    firstAxis[row] = mass[row] * cloud.coordinates[row * cloud.dimensions];
    firstRow[row] = row;
  }
  for (let step = 0; step < size - 1; step++) {
    const node = size + step;
    for (const part of [left[step], right[step]]) {
      people[node] += people[part];
      mass[node] += mass[part];
      firstAxis[node] += firstAxis[part];
      parent[part] = node;
    }
    firstRow[node] = firstRow[left[step]];
  }
  return { people, mass, firstAxis, firstRow, parent };
}
