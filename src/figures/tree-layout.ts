import { QuartiersError } from "../codes/errors.ts";

/** A node of a binary (or wider) tree, as rows of a table give it. */
export interface TreeNode {
  readonly name: string;
  /** Name of the node above; "" for the root. */
  readonly parent: string;
  /** Height at which its branches meet; leaves are drawn at 0. */
  readonly height: number;
  /** Class of a leaf. */
  readonly group: string;
}

/** Where each node stands. */
export interface LaidTree {
  /** Rows of the leaves, from left to right. */
  readonly leaves: readonly number[];
  /** For each row: middle of its leaves in leaves (0.5 is the middle of the first). */
  readonly across: readonly number[];
  readonly children: readonly (readonly number[])[];
  /** The class all leaves of the node share, null where they differ. */
  readonly group: readonly (string | null)[];
  /** A height between the last branches that meet within a class and the first that join two; null with one class. */
  readonly cut: number | null;
}

/**
 * Lays out the top of a tree: leaves in the order of their rows under each node, nodes above the middle of their branches.
 * @throws QuartiersError when there is not one root, when a parent is unknown, when a node has a single branch, is under its branches or leads to no root, or when the classes are not those
 * of one height of the tree
 * @example
 * ```ts
 * const node = (name, parent, height, group) => ({ name, parent, height, group });
 * layTree([node("r", "", 2, ""), node("a", "r", 0, "A"), node("b", "r", 0, "B")], "arbre").cut // 1
 * ```
 */
export function layTree(nodes: readonly TreeNode[], id: string): LaidTree {
  const refuse = (what: string, value: string, expected: string): never => {
    throw new QuartiersError({ what: `La figure « ${id} » ${what}`, value, expected });
  };
  const rowOf = new Map(nodes.map(({ name }, i) => [name, i]));
  const children: number[][] = nodes.map(() => []);
  const roots: number[] = [];
  for (const [i, { name, parent }] of nodes.entries()) {
    if (parent === "") roots.push(i);
    else children[rowOf.get(parent) ?? refuse("a une branche sans nœud", name, "un nœud parent de la table")].push(i);
  }
  if (roots.length !== 1) refuse("n'a pas une seule racine", `${roots.length} racines`, "un seul nœud sans parent");
  const leaves: number[] = [];
  const across: number[] = nodes.map(() => Number.NaN);
  const group: (string | null)[] = nodes.map(() => null);
  // Depth first, without recursion: a node is placed once its branches are.
  const stack: { readonly row: number; readonly open: boolean }[] = [{ row: roots[0], open: true }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { row, open } = top;
    const own = children[row];
    if (own.length === 1) refuse("a un nœud d'une seule branche", nodes[row].name, "deux branches ou plus");
    if (own.length === 0) {
      leaves.push(row);
      across[row] = leaves.length - 0.5;
      group[row] = nodes[row].group;
    } else if (open) {
      stack.push({ row, open: false });
      for (const child of own.toReversed()) stack.push({ row: child, open: true });
    } else {
      across[row] = own.reduce((sum, child) => sum + across[child], 0) / own.length;
      const groups = new Set(own.map((child) => group[child]));
      group[row] = groups.size === 1 ? group[own[0]] : null;
      if (own.some((child) => children[child].length > 0 && nodes[child].height > nodes[row].height))
        refuse("a un nœud plus bas que ses branches", nodes[row].name, "des hauteurs qui montent vers la racine");
    }
  }
  const adrift = across.findIndex(Number.isNaN);
  if (adrift >= 0) refuse("a un nœud hors de l'arbre", nodes[adrift].name, "des nœuds qui mènent tous à la racine");
  return { leaves, across, children, group, cut: cutOf(nodes, { children, group }, refuse) };
}

function cutOf(
  nodes: readonly TreeNode[],
  { children, group }: Pick<LaidTree, "children" | "group">,
  refuse: (what: string, value: string, expected: string) => never,
): number | null {
  const merges = nodes.map((_, i) => i).filter((i) => children[i].length > 0);
  const heightsOf = (isWithin: boolean): readonly number[] =>
    merges.filter((i) => (group[i] !== null) === isWithin).map((i) => nodes[i].height);
  const [within, between] = [Math.max(0, ...heightsOf(true)), Math.min(...heightsOf(false))];
  if (!Number.isFinite(between)) return null;
  if (within > between)
    refuse(
      "a des classes qui ne sont pas une coupure de l'arbre",
      "une classe plus haute que l'écart entre deux autres",
      "les classes de l'arbre coupé à une hauteur, avant leur consolidation",
    );
  return (within + between) / 2;
}
