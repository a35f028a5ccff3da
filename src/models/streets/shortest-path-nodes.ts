import { QuartiersError } from "../../codes/errors.ts";

/**
 * Refuses numbers that are not nodes. -1 stands for a place that no street comes near, and passes.
 * @throws QuartiersError naming the first number out of bounds
 */
export function checkNodes(nodes: ArrayLike<number>, count: number, where: string): void {
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (Number.isInteger(node) && node >= -1 && node < count) continue;
    throw new QuartiersError({
      what: "Ce numéro n'est pas un nœud du graphe des rues",
      value: String(node),
      where: `${where}, rang ${i}`,
      expected: `un entier de 0 à ${count - 1}, ou -1 pour un lieu sans rue`,
    });
  }
}
