import type { HierarchyArcs, StreetHierarchy } from "./hierarchy.ts";
import { checkNodes } from "./shortest-path-nodes.ts";
import { NodeQueue } from "./shortest-path-queue.ts";

/** Origins whose costs descend together: an arc is read once for all of them. */
const LANES = 8;

/** The part of a hierarchy from which a set of destinations is reached, ready for any number of origins. Plain arrays, which threads can share. */
export interface StreetTargets {
  /** Place, in this part, of each position of the hierarchy; -1 elsewhere. */
  readonly places: Int32Array;
  /** Arcs that come to each place, from places before it. */
  readonly down: HierarchyArcs;
  /** Place of each destination; -1 for one without a street. */
  readonly targets: Int32Array;
}

/**
 * Costs from each origin to each destination, row-major, in the unit of the hierarchy: Infinity when there is no way, or when either end is -1 (a place that no
 * street comes near). RPHAST (Delling, Goldberg, Nowatzyk and Werneck 2011): one small climb from each origin, then one sweep over the arcs above the
 * destinations, eight origins at a time. Origins at the same node are computed once. Equal to Dijkstra but for the rounding of sums.
 * @throws QuartiersError for a number that is not a node
 */
export function streetMatrix(hierarchy: StreetHierarchy, from: Int32Array, to: Int32Array): Float64Array {
  const costs = new Float64Array(from.length * to.length);
  eachStreetRow(hierarchy, streetTargets(hierarchy, to), from, (origin, row) => costs.set(row, origin * to.length));
  return costs;
}

/**
 * Gathers what lies above the destinations. O(size of what is gathered).
 * @throws QuartiersError for a number that is not a node
 */
export function streetTargets({ positions, down }: StreetHierarchy, to: Int32Array): StreetTargets {
  checkNodes(to, positions.length, "arrivées");
  const places = new Int32Array(positions.length).fill(-1);
  const gathered = new Int32Array(positions.length);
  const count = gather(
    down,
    Int32Array.from(to, (node) => (node === -1 ? -1 : positions[node])),
    places,
    gathered,
  );
  const starts = new Int32Array(count + 1);
  for (let place = 0; place < count; place++)
    starts[place + 1] = starts[place] + down.starts[gathered[place] + 1] - down.starts[gathered[place]];
  const ends = new Int32Array(starts[count]);
  const costs = new Float64Array(starts[count]);
  for (let place = 0, next = 0; place < count; place++)
    for (let arc = down.starts[gathered[place]]; arc < down.starts[gathered[place] + 1]; arc++) {
      ends[next] = places[down.ends[arc]];
      costs[next++] = down.costs[arc];
    }
  return {
    places,
    down: { starts, ends, costs },
    targets: Int32Array.from(to, (node) => (node === -1 ? -1 : places[positions[node]])),
  };
}

/** Lists the positions above the targets, each after all those above it (depth first: neighbours in the city stay neighbours in memory). */
function gather({ starts, ends }: HierarchyArcs, targets: Int32Array, places: Int32Array, list: Int32Array): number {
  const open = -2;
  const stack: number[] = [];
  let count = 0;
  for (const target of targets) {
    if (target === -1 || places[target] >= 0) continue;
    stack.push(target);
    while (stack.length > 0) {
      const position = stack[stack.length - 1];
      if (places[position] !== -1) {
        stack.pop();
        if (places[position] !== open) continue;
        places[position] = count;
        list[count++] = position;
        continue;
      }
      places[position] = open;
      for (let arc = starts[position]; arc < starts[position + 1]; arc++)
        if (places[ends[arc]] === -1) stack.push(ends[arc]);
    }
  }
  return count;
}

/**
 * Visits the rows of the matrix without holding it: memory follows the number of destinations, not of origins. Origins come in order, except those at a node
 * already met, which come with the first at that node. The row is reused: copy what must last.
 * @throws QuartiersError for a number that is not a node
 */
export function eachStreetRow(
  { positions, up }: StreetHierarchy,
  targets: StreetTargets,
  from: ArrayLike<number>,
  visit: (origin: number, row: Float64Array) => void,
): void {
  checkNodes(from, positions.length, "départs");
  const origins = new Map<number, number[]>();
  for (let i = 0; i < from.length; i++) {
    const others = origins.get(from[i]);
    if (others) others.push(i);
    else origins.set(from[i], [i]);
  }
  const nodes = [...origins.keys()];
  const queue = new NodeQueue(positions.length);
  const lanes = new Float64Array((targets.down.starts.length - 1) * LANES);
  const row = new Float64Array(targets.targets.length);
  for (let first = 0; first < nodes.length; first += LANES) {
    const block = nodes.slice(first, first + LANES);
    lanes.fill(Infinity);
    block.forEach((node, lane) => {
      if (node !== -1) climb(up, positions[node], queue, targets.places, lanes, lane);
    });
    descend(targets.down, lanes);
    block.forEach((node, lane) => {
      for (let j = 0; j < row.length; j++) {
        const place = targets.targets[j];
        row[j] = place === -1 ? Infinity : lanes[place * LANES + lane];
      }
      for (const origin of origins.get(node) ?? []) visit(origin, row);
    });
  }
}

/** Costs of the climb from one origin, written in its lane where they are of use. */
function climb(
  { starts, ends, costs }: HierarchyArcs,
  from: number,
  queue: NodeQueue,
  places: Int32Array,
  lanes: Float64Array,
  lane: number,
): void {
  queue.offer(from, 0);
  while (queue.size > 0) {
    const position = queue.take();
    const base = queue.costs[position];
    if (places[position] >= 0) lanes[places[position] * LANES + lane] = base;
    for (let arc = starts[position]; arc < starts[position + 1]; arc++) queue.offer(ends[arc], base + costs[arc]);
  }
  queue.clear();
}

/** Sweeps down: each place takes its costs, one a lane, through the best of the places above it. Lanes stand in variables, which the processor keeps at hand. */
function descend({ starts, ends, costs }: HierarchyArcs, lanes: Float64Array): void {
  for (let place = 0; place < starts.length - 1; place++) {
    const here = place * LANES;
    let a = lanes[here];
    let b = lanes[here + 1];
    let c = lanes[here + 2];
    let d = lanes[here + 3];
    let e = lanes[here + 4];
    let f = lanes[here + 5];
    let g = lanes[here + 6];
    let h = lanes[here + 7];
    for (let arc = starts[place]; arc < starts[place + 1]; arc++) {
      const there = ends[arc] * LANES;
      const cost = costs[arc];
      const a2 = lanes[there] + cost;
      const b2 = lanes[there + 1] + cost;
      const c2 = lanes[there + 2] + cost;
      const d2 = lanes[there + 3] + cost;
      const e2 = lanes[there + 4] + cost;
      const f2 = lanes[there + 5] + cost;
      const g2 = lanes[there + 6] + cost;
      const h2 = lanes[there + 7] + cost;
      if (a2 < a) a = a2;
      if (b2 < b) b = b2;
      if (c2 < c) c = c2;
      if (d2 < d) d = d2;
      if (e2 < e) e = e2;
      if (f2 < f) f = f2;
      if (g2 < g) g = g2;
      if (h2 < h) h = h2;
    }
    lanes[here] = a;
    lanes[here + 1] = b;
    lanes[here + 2] = c;
    lanes[here + 3] = d;
    lanes[here + 4] = e;
    lanes[here + 5] = f;
    lanes[here + 6] = g;
    lanes[here + 7] = h;
  }
}
