import { buildTree, leafSize, positionOf, refit, take } from "./cluster-boxes.ts";

/** Clusters in space, each a centroid with a mass, that can be merged and asked for their nearest. */
export interface ClusterSpace {
  /** Merges b into a: the union has the centroid of both, and keeps the number a. */
  merge(a: number, b: number): void;
  /** Loss of inertia of merging a and b: m_a m_b / (m_a + m_b) times their squared distance. */
  loss(a: number, b: number): number;
  /**
   * The cluster whose merge with `own` loses least; of losses equal to one part in 10^9, the cluster of least number. `hint` and `guess` are other clusters that may be near, or -1: the
   * answer does not depend on them.
   */
  nearest(own: number, hint: number, guess: number): number;
  /** Whether the last `nearest` had a rival whose loss was the same to one part in 10^9. */
  tied(): boolean;
}

/** Losses as near as this are taken for equal: much wider than rounding, which must not choose, and no bound prunes a tie. */
const tieMargin = 1 + 1e-9;

/**
 * A k-d tree of clusters (Bentley 1975) for Ward's criterion: under a node nothing can lose less than (mass of the lightest cluster there with ours) x (distance to its box)², so that most of
 * the space is never looked at. A union takes the place of one of its two clusters, near which it lies, and the boxes above are fitted again; when half the clusters are gone the tree is
 * built again. Exact; O(n) memory; a search costs O(log n) where clusters are few dimensions apart, O(n) at worst.
 * @example
 * ```ts
 * const space = clusterSpace(Float64Array.of(0, 1, 4, 9), 1, new Float64Array(4).fill(0.25));
 * space.merge(0, 1);
 * [space.nearest(2, -1, -1), space.loss(0, 2).toFixed(6)] // [ 0, '2.041667' ]
 * ```
 */
export function clusterSpace(coordinates: Float64Array, dimensions: number, masses: Float64Array): ClusterSpace {
  const centroids = Float64Array.from(coordinates);
  const weights = Float64Array.from(masses);
  const leafOf = new Int32Array(masses.length);
  let tree = buildTree(
    centroids,
    dimensions,
    weights,
    Int32Array.from({ length: masses.length }, (_, k) => k),
    leafOf,
  );
  let alive = masses.length;
  let rival = false;
  const stack = new Int32Array(64);
  const bounds = new Float64Array(64);

  function loss(a: number, b: number): number {
    let squared = 0;
    for (let k = 0; k < dimensions; k++) {
      const gap = centroids[a * dimensions + k] - centroids[b * dimensions + k];
      squared += gap * gap;
    }
    return (squared * (weights[a] * weights[b])) / (weights[a] + weights[b]);
  }

  function nearest(own: number, hint: number, guess: number): number {
    const { low, high, lightest, points, mass, cluster, start, count, leaves } = tree;
    const ownMass = weights[own];
    const from = own * dimensions;
    let best = hint;
    let second = Number.POSITIVE_INFINITY;
    let least = hint < 0 ? Number.POSITIVE_INFINITY : loss(own, hint);
    const guessed = guess < 0 ? Number.POSITIVE_INFINITY : loss(own, guess);
    if (guess >= 0 && (guessed * tieMargin < least || (guessed <= least * tieMargin && guess < best))) best = guess;
    least = Math.min(least, guessed);
    let limit = least * tieMargin;
    let top = 0;
    stack[0] = 1;
    bounds[0] = 0;
    while (top >= 0) {
      const node = stack[top];
      if (bounds[top--] > limit) continue;
      if (node < leaves) {
        // Both children, the nearer on top of the stack.
        let left = 0;
        let right = 0;
        let box = 2 * node * dimensions;
        for (let k = from; k < from + dimensions; k++, box++) {
          const x = centroids[k];
          let under = low[box] - x;
          let over = x - high[box];
          // Twice the gap, 0 inside the box, without a branch.
          let twice = under + Math.abs(under) + (over + Math.abs(over));
          left += twice * twice;
          under = low[box + dimensions] - x;
          over = x - high[box + dimensions];
          twice = under + Math.abs(under) + (over + Math.abs(over));
          right += twice * twice;
        }
        const light = lightest[2 * node];
        const light2 = lightest[2 * node + 1];
        // A quarter, for `twice`.
        const leftBound = ((left * (ownMass * light)) / (ownMass + light)) * 0.25;
        const rightBound = ((right * (ownMass * light2)) / (ownMass + light2)) * 0.25;
        const leftFirst = leftBound < rightBound || (leftBound === rightBound && left < right);
        const near = leftFirst ? leftBound : rightBound;
        const far = leftFirst ? rightBound : leftBound;
        if (far <= limit) {
          stack[++top] = 2 * node + (leftFirst ? 1 : 0);
          bounds[top] = far;
        }
        if (near <= limit) {
          stack[++top] = 2 * node + (leftFirst ? 0 : 1);
          bounds[top] = near;
        }
        continue;
      }
      const end = start[node - leaves] + count[node - leaves];
      for (let at = start[node - leaves]; at < end; at++) {
        const other = cluster[at];
        if (other === own) continue;
        let squared = 0;
        for (let k = 0; k < dimensions; k++) {
          const gap = centroids[from + k] - points[at * dimensions + k];
          squared += gap * gap;
        }
        const lost = (squared * (ownMass * mass[at])) / (ownMass + mass[at]);
        if (lost > limit || other === best) continue;
        if (lost * tieMargin < least) {
          second = least;
          best = other;
        } else {
          second = Math.max(least, lost);
          if (other < best || best < 0) best = other;
        }
        least = Math.min(least, lost);
        limit = least * tieMargin;
      }
    }
    rival = second <= limit;
    return best;
  }

  function merge(a: number, b: number): void {
    const sum = weights[a] + weights[b];
    const share = weights[b] / sum;
    for (let k = 0; k < dimensions; k++)
      centroids[a * dimensions + k] += share * (centroids[b * dimensions + k] - centroids[a * dimensions + k]);
    weights[a] = sum;
    alive--;
    take(tree, dimensions, leafOf[b], b);
    if (2 * alive < tree.cluster.length && alive > leafSize) {
      leafOf[b] = -1;
      const left = Int32Array.from(leafOf.keys()).filter((cluster) => leafOf[cluster] >= 0);
      tree = buildTree(centroids, dimensions, weights, left, leafOf);
      return;
    }
    const at = positionOf(tree, leafOf[a], a);
    tree.points.set(centroids.subarray(a * dimensions, (a + 1) * dimensions), at * dimensions);
    tree.mass[at] = sum;
    refit(tree, dimensions, leafOf[a]);
    refit(tree, dimensions, leafOf[b]);
    leafOf[b] = -1;
  }

  return { merge, loss, nearest, tied: () => rival };
}
