/** Most clusters in a leaf. */
export const leafSize = 8;

/** Nodes are numbered as in a heap: 1 at the top, 2k and 2k + 1 under k, leaves last. */
export interface SpaceTree {
  readonly leaves: number;
  /** First position of each leaf, and how many clusters it still holds from there. */
  readonly start: Int32Array;
  readonly count: Int32Array;
  /** Boxes of the nodes; an empty one lies infinitely far. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Least mass under each node. */
  readonly lightest: Float64Array;
  /** Centroid, mass and number of the cluster at each position. */
  readonly points: Float64Array;
  readonly mass: Float64Array;
  readonly cluster: Int32Array;
}

/** A balanced tree of clusters, halved along its widest axis; writes the leaf of each cluster in `leafOf`, and orders `cluster` by leaves. O(n log n). */
export function buildTree(
  centroids: Float64Array,
  dimensions: number,
  weights: Float64Array,
  cluster: Int32Array,
  leafOf: Int32Array,
): SpaceTree {
  const size = cluster.length;
  const depth = Math.max(0, Math.ceil(Math.log2(size / leafSize)));
  const leaves = 2 ** depth;
  for (let level = 0; level < depth; level++)
    for (let j = 0; j < 2 ** level; j++) {
      const start = Math.floor((size * j) / 2 ** level);
      const end = Math.floor((size * (j + 1)) / 2 ** level);
      const middle = Math.floor((size * (2 * j + 1)) / 2 ** (level + 1));
      const axis = widestAxis(centroids, dimensions, cluster, start, end);
      select(centroids, dimensions, axis, cluster, start, end - 1, middle);
    }
  const points = new Float64Array(size * dimensions);
  const mass = new Float64Array(size);
  const start = Int32Array.from({ length: leaves }, (_, leaf) => Math.floor((size * leaf) / leaves));
  const count = start.map((from, leaf) => (leaf + 1 < leaves ? start[leaf + 1] : size) - from);
  for (let leaf = 0; leaf < leaves; leaf++)
    for (let at = start[leaf]; at < start[leaf] + count[leaf]; at++) {
      const own = cluster[at];
      points.set(centroids.subarray(own * dimensions, (own + 1) * dimensions), at * dimensions);
      mass[at] = weights[own];
      leafOf[own] = leaf;
    }
  const boxes = 2 * leaves * dimensions;
  const [low, high] = [new Float64Array(boxes), new Float64Array(boxes)];
  const tree = { leaves, start, count, low, high, lightest: new Float64Array(2 * leaves), points, mass, cluster };
  for (let node = 2 * leaves - 1; node >= 1; node--) fitNode(tree, dimensions, node);
  return tree;
}

/** Where a cluster stands in its leaf. */
export function positionOf({ start, cluster }: SpaceTree, leaf: number, own: number): number {
  let at = start[leaf];
  while (cluster[at] !== own) at++;
  return at;
}

/** Takes a cluster out of its leaf: the last one there takes its position. */
export function take(tree: SpaceTree, dimensions: number, leaf: number, own: number): void {
  const { start, count, points, mass, cluster } = tree;
  const at = positionOf(tree, leaf, own);
  const last = start[leaf] + --count[leaf];
  cluster[at] = cluster[last];
  mass[at] = mass[last];
  points.copyWithin(at * dimensions, last * dimensions, (last + 1) * dimensions);
}

/** Fits the boxes again from a leaf up, as long as they change. */
export function refit(tree: SpaceTree, dimensions: number, leaf: number): void {
  let node = leaf + tree.leaves;
  while (node >= 1 && fitNode(tree, dimensions, node)) node >>= 1;
}

/** Box and lightest mass of a node from its clusters or its children. False when nothing changed. */
function fitNode(tree: SpaceTree, dimensions: number, node: number): boolean {
  const { leaves, start, count, low, high, lightest, points, mass } = tree;
  if (node < leaves) return fitBox(tree, dimensions, node, low, high, lightest, 2 * node, 2 * node + 2);
  const from = start[node - leaves];
  return fitBox(tree, dimensions, node, points, points, mass, from, from + count[node - leaves]);
}

/** Fits a box around boxes or points. What is empty lies infinitely far: low = Infinity, high = -Infinity. */
function fitBox(
  { low, high, lightest }: SpaceTree,
  dimensions: number,
  node: number,
  lows: Float64Array,
  highs: Float64Array,
  masses: Float64Array,
  start: number,
  end: number,
): boolean {
  let changed = false;
  for (let k = 0; k < dimensions; k++) {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let at = start * dimensions + k; at < end * dimensions; at += dimensions) {
      least = Math.min(least, lows[at]);
      most = Math.max(most, highs[at]);
    }
    const box = node * dimensions + k;
    changed ||= low[box] !== least || high[box] !== most;
    low[box] = least;
    high[box] = most;
  }
  let light = Number.MAX_VALUE;
  for (let at = start; at < end; at++) light = Math.min(light, masses[at]);
  changed ||= lightest[node] !== light;
  lightest[node] = light;
  return changed;
}

function widestAxis(
  centroids: Float64Array,
  dimensions: number,
  cluster: Int32Array,
  start: number,
  end: number,
): number {
  let [axis, widest] = [0, -1];
  for (let k = 0; k < dimensions; k++) {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = start; at < end; at++) {
      const x = centroids[cluster[at] * dimensions + k];
      if (x < least) least = x;
      if (x > most) most = x;
    }
    if (most - least > widest) {
      widest = most - least;
      axis = k;
    }
  }
  return axis;
}

/** Puts at `middle` the cluster that a sort along the axis would put there, smaller ones before (Hoare 1961). */
function select(
  centroids: Float64Array,
  dimensions: number,
  axis: number,
  cluster: Int32Array,
  start: number,
  end: number,
  middle: number,
): void {
  let [left, right] = [start, end];
  while (left < right) {
    const pivot = centroids[cluster[(left + right) >> 1] * dimensions + axis];
    let [i, j] = [left, right];
    while (i <= j) {
      while (centroids[cluster[i] * dimensions + axis] < pivot) i++;
      while (centroids[cluster[j] * dimensions + axis] > pivot) j--;
      if (i > j) break;
      const swapped = cluster[i];
      cluster[i++] = cluster[j];
      cluster[j--] = swapped;
    }
    if (middle <= j) right = j;
    else if (middle >= i) left = i;
    else return;
  }
}
