import { QuartiersError } from "../../codes/errors.ts";

/** Nodes and the logarithms of their weights, so that the integral of f(t) exp(-t^2) is near the sum of exp(logWeight) x f(node). */
export interface GaussHermite {
  readonly nodes: Float64Array;
  readonly logWeights: Float64Array;
}

/**
 * Gauss-Hermite quadrature of 1 to 50 nodes, in increasing order: roots of the Hermite polynomial, found one after the other by Newton's steps with
 * the roots already found divided out. Exact for polynomials up to degree 2 n - 1. O(n^2).
 * @example
 * ```ts
 * gaussHermite(3).nodes.map((node) => Math.round(node * 1e6) / 1e6) // Float64Array(3) [ -1.224745, 0, 1.224745 ]
 * ```
 */
export function gaussHermite(count: number): GaussHermite {
  if (!Number.isInteger(count) || count < 1 || count > 50)
    throw new QuartiersError({
      what: "Nombre de nœuds d'intégration impossible",
      value: String(count),
      expected: "un entier de 1 (Laplace) à 50",
    });
  const nodes = new Float64Array(count);
  const logWeights = new Float64Array(count);
  for (let index = 0; index < count >> 1; index++) {
    // From the outermost root inwards; all lie under the square root of 2 n + 1.
    let node = index === 0 ? Math.sqrt(2 * count + 1) : nodes[count - index] - 1e-3;
    for (let step = 0; step < 500; step++) {
      const { value, slope } = hermite(count, node);
      let deflation = 0;
      for (let found = 0; found < index; found++) {
        const root = nodes[count - 1 - found];
        deflation += 1 / (node - root) + 1 / (node + root);
      }
      const move = value / (slope - value * deflation);
      node -= move;
      if (Math.abs(move) < 1e-15 * Math.abs(node)) break;
    }
    nodes[count - 1 - index] = node;
    nodes[index] = -node;
  }
  for (let index = 0; index < count; index++)
    logWeights[index] = Math.log(2) - 2 * Math.log(Math.abs(hermite(count, nodes[index]).slope));
  return { nodes, logWeights };
}

/** The orthonormal Hermite polynomial and its derivative. */
function hermite(count: number, at: number): { readonly value: number; readonly slope: number } {
  let [before, value] = [0, Math.PI ** -0.25];
  for (let k = 1; k <= count; k++) {
    const next = at * Math.sqrt(2 / k) * value - Math.sqrt((k - 1) / k) * before;
    before = value;
    value = next;
  }
  return { value, slope: Math.sqrt(2 * count) * before };
}
