import { type Cloud, checkCloud } from "./cloud.ts";
import { distinctRows } from "./distinct-rows.ts";
import { clusterSpace } from "./nearest-cluster.ts";

/** A tree of n rows: merge k joins the nodes `left[k]` and `right[k]` into node n + k; nodes under n are rows. */
export interface WardTree {
  readonly cloud: Cloud;
  /** Rows. */
  readonly size: number;
  /** Rows that differ: the most classes that the tree can give. */
  readonly distinct: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Inertia that each merge takes from between the groups, never decreasing; identical rows are merged first, at 0. They add up to the total inertia. */
  readonly losses: Float64Array;
  /** Merges that had a rival as near, to one part in 10^9, when they were found: over 0, the tree is one among several, and the order of the rows chose (answers to closed questions make some; other software may print another). */
  readonly ties: number;
  /** Σ m ‖x - mean‖² / Σ m, from the coordinates. */
  readonly totalInertia: number;
}

/**
 * Ward's hierarchical clustering (1963) of rows with masses, as FactoMineR's HCPC does on factor axes: each merge joins the two groups whose union loses least inertia between groups,
 * m_a m_b / (m_a + m_b) ‖a - b‖² / Σ m. Identical rows are put together first. By chains of nearest neighbours (Benzécri and Juan 1982; Murtagh 1983) on centroids, the nearest found in a tree of
 * boxes: the exact tree, no draw, no matrix of distances. Losses equal to one part in 10^9 go to the earlier rows, so that rounding does not choose the tree. O(n) memory; time near n log n on few axes, n² beyond some fifteen, where boxes part little. Refuses a coordinate that is missing or
 * infinite and a mass that is not positive; one row gives a tree without merges. R's ward.D2 writes heights √(2 Σm loss) for equal masses.
 * @example
 * ```ts
 * const { losses } = wardTree(Float64Array.of(0, 1, 5), 1, Float64Array.of(1, 1, 1));
 * [...losses].map((loss) => loss.toFixed(6)) // [ '0.166667', '4.500000' ]
 * ```
 */
export function wardTree(
  coordinates: Float64Array,
  dimensions: number,
  masses: Float64Array = new Float64Array(coordinates.length / dimensions).fill(1),
): WardTree {
  const cloud = { coordinates, dimensions, masses };
  const size = checkCloud(cloud);
  const points = distinctRows(coordinates, dimensions, masses);
  const distinct = points.masses.length;
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const shares = points.masses.map((mass) => mass / total);
  const merges = nearestNeighbourChain(points.coordinates, dimensions, shares);
  const left = new Int32Array(size - 1);
  const right = new Int32Array(size - 1);
  const losses = new Float64Array(size - 1);
  // Node of the rows put together so far at each point, then of each cluster.
  const nodeOf = Int32Array.from(points.firstRow);
  let step = 0;
  const join = (one: number, other: number, loss: number): void => {
    left[step] = Math.min(nodeOf[one], other);
    right[step] = Math.max(nodeOf[one], other);
    losses[step] = loss;
    nodeOf[one] = size + step++;
  };
  points.pointOf.forEach((point, row) => {
    if (row !== points.firstRow[point]) join(point, row, 0);
  });
  const order = Int32Array.from(merges.losses.keys()).sort((x, y) => merges.losses[x] - merges.losses[y] || x - y);
  for (const at of order) join(merges.into[at], nodeOf[merges.from[at]], merges.losses[at]);
  const totalInertia = inertia(points.coordinates, dimensions, shares);
  return { cloud, size, distinct, left, right, losses, ties: merges.ties, totalInertia };
}

interface Merges {
  /** Points: the cluster of `from` joins that of `into`. */
  readonly into: Int32Array;
  readonly from: Int32Array;
  readonly losses: Float64Array;
  readonly ties: number;
}

/** Merges in the order in which the chains find them. */
function nearestNeighbourChain(coordinates: Float64Array, dimensions: number, shares: Float64Array): Merges {
  const size = shares.length;
  const space = clusterSpace(coordinates, dimensions, shares);
  const merges = {
    into: new Int32Array(size - 1),
    from: new Int32Array(size - 1),
    losses: new Float64Array(size - 1),
  };
  const gone = new Uint8Array(size);
  const onChain = new Uint8Array(size);
  const chain = new Int32Array(size);
  const tied = new Uint8Array(size);
  const made = new Float64Array(size);
  let ties = 0;
  let [length, start, union] = [0, size - 1, -1];
  for (let step = 0; step < size - 1; ) {
    if (length === 0) {
      // From the last: unions keep their first number, so that the last are light, and what is near a light cluster is found sooner.
      while (gone[start] === 1) start--;
      chain[length++] = start;
      onChain[start] = 1;
    }
    const top = chain[length - 1];
    const before = length > 1 ? chain[length - 2] : -1;
    const nearest = space.nearest(top, before, union === top ? -1 : union);
    union = -1;
    tied[length - 1] = space.tied() ? 1 : 0;
    // Equal losses could lead back into the chain: the one before is then as near.
    if (nearest !== before && onChain[nearest] === 0) {
      chain[length++] = nearest;
      onChain[nearest] = 1;
      continue;
    }
    const [a, b] = top < before ? [top, before] : [before, top];
    merges.into[step] = a;
    merges.from[step] = b;
    // Never under what it joins: equal losses, rounded, must not turn the tree over.
    made[a] = Math.max(space.loss(a, b), made[a], made[b]);
    merges.losses[step++] = made[a];
    if (tied[length - 1] === 1 || tied[length - 2] === 1) ties++;
    space.merge(a, b);
    gone[b] = 1;
    onChain[a] = 0;
    onChain[b] = 0;
    length -= 2;
    // The end of the chain pointed to one of the two: their union is a good first guess.
    union = a;
  }
  return { ...merges, ties };
}

function inertia(coordinates: Float64Array, dimensions: number, shares: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < dimensions; k++) {
    let mean = 0;
    for (let row = 0; row < shares.length; row++) mean += shares[row] * coordinates[row * dimensions + k];
    for (let row = 0; row < shares.length; row++) sum += shares[row] * (coordinates[row * dimensions + k] - mean) ** 2;
  }
  return sum;
}
