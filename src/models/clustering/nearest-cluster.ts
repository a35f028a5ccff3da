/** Clusters in space, each a centroid with a mass, that can be merged and asked for their nearest. */
export interface ClusterSpace {
  /** Merges b into a: the union has the centroid of both, and keeps the number a. */
  merge(a: number, b: number): void;
  /** Loss of inertia of merging a and b: m_a m_b / (m_a + m_b) times their squared distance. */
  loss(a: number, b: number): number;
  /** The cluster whose merge with `own` loses least: `first` wins its ties, `guess` is looked at early; both are other clusters, or -1. */
  nearest(own: number, first: number, guess: number): number;
  /** Whether the last `nearest` had a rival whose loss was the same to one part in 10^9. */
  tied(): boolean;
}

const leafSize = 12;
/** Losses as near as this are taken for equal; wider than rounding, so that no bound prunes a tie. */
const tieMargin = 1 + 1e-9;

/**
 * A k-d tree of clusters (Bentley 1975) for Ward's criterion: under a node nothing can lose less than (mass of the lightest cluster there with ours) x (distance to its box)², so that most of
 * the space is never looked at. A union takes the place of one of its two clusters, near which it lies, and the boxes above are fitted again; when half the clusters are gone the tree is
 * built again. Exact; O(n) memory; a search costs O(log n) where clusters are few dimensions apart, O(n) at worst.
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

  function nearest(own: number, first: number, guess: number): number {
    const { low, high, lightest, points, mass, cluster, start, count, leaves } = tree;
    const ownMass = weights[own];
    const from = own * dimensions;
    let best = first;
    let second = Number.POSITIVE_INFINITY;
    let least = first < 0 ? Number.POSITIVE_INFINITY : loss(own, first);
    const guessed = guess < 0 ? Number.POSITIVE_INFINITY : loss(own, guess);
    if (guessed < least) {
      best = guess;
      least = guessed;
    }
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
        if (lost < least) {
          second = least;
          least = lost;
          limit = lost * tieMargin;
          best = other;
        } else if (lost < second) second = lost;
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

/** Nodes are numbered as in a heap: 1 at the top, 2k and 2k + 1 under k, leaves last. */
interface SpaceTree {
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

function buildTree(
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

function positionOf({ start, cluster }: SpaceTree, leaf: number, own: number): number {
  let at = start[leaf];
  while (cluster[at] !== own) at++;
  return at;
}

/** Takes a cluster out of its leaf: the last one there takes its position. */
function take(tree: SpaceTree, dimensions: number, leaf: number, own: number): void {
  const { start, count, points, mass, cluster } = tree;
  const at = positionOf(tree, leaf, own);
  const last = start[leaf] + --count[leaf];
  cluster[at] = cluster[last];
  mass[at] = mass[last];
  points.copyWithin(at * dimensions, last * dimensions, (last + 1) * dimensions);
}

/** Fits the boxes again from a leaf up, as long as they change. */
function refit(tree: SpaceTree, dimensions: number, leaf: number): void {
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
