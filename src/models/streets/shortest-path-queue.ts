/** Children of each place of the heap: four make it shallow, and they stand side by side in memory. */
const WIDTH = 4;

/**
 * Nodes by increasing cost: an indexed 4-ary heap (Johnson 1975). It is made once for a number of nodes and serves any number of searches, since `clear`
 * takes time in the nodes met alone. Nodes of equal costs leave in an order that depends on the calls only, so that a search repeats itself.
 */
export class NodeQueue {
  /** Smallest cost offered for each node, Infinity for a node that was not met; final once the node was taken. */
  readonly costs: Float64Array;
  /** Nodes met since the last `clear`, the first `metCount` entries. */
  readonly met: Int32Array;
  metCount = 0;
  /** Nodes that wait. */
  size = 0;
  readonly #heap: Int32Array;
  readonly #places: Int32Array;

  constructor(nodes: number) {
    this.costs = new Float64Array(nodes).fill(Infinity);
    this.met = new Int32Array(nodes);
    this.#heap = new Int32Array(nodes);
    this.#places = new Int32Array(nodes);
  }

  /** Notes a way of this cost to a node; true when it is shorter than all those known. O(log n). */
  offer(node: number, cost: number): boolean {
    const known = this.costs[node];
    if (!(cost < known)) return false;
    let place: number;
    if (known === Infinity) {
      this.met[this.metCount++] = node;
      place = this.size++;
    } else place = this.#places[node];
    this.costs[node] = cost;
    const heap = this.#heap;
    const places = this.#places;
    const costs = this.costs;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      const other = heap[parent];
      if (costs[other] <= cost) break;
      heap[place] = other;
      places[other] = place;
      place = parent;
    }
    heap[place] = node;
    places[node] = place;
    return true;
  }

  /** Cost of the nearest node that waits; Infinity when none does. */
  nearestCost(): number {
    return this.size > 0 ? this.costs[this.#heap[0]] : Infinity;
  }

  /** Removes the nearest node that waits (there must be one) and gives its number. O(log n). */
  take(): number {
    const heap = this.#heap;
    const places = this.#places;
    const costs = this.costs;
    const nearest = heap[0];
    const size = --this.size;
    if (size === 0) return nearest;
    const last = heap[size];
    const cost = costs[last];
    let place = 0;
    for (;;) {
      const first = place * WIDTH + 1;
      if (first >= size) break;
      const end = Math.min(first + WIDTH, size);
      let least = first;
      let leastCost = costs[heap[first]];
      for (let child = first + 1; child < end; child++) {
        const childCost = costs[heap[child]];
        if (childCost < leastCost) {
          least = child;
          leastCost = childCost;
        }
      }
      if (leastCost >= cost) break;
      const moved = heap[least];
      heap[place] = moved;
      places[moved] = place;
      place = least;
    }
    heap[place] = last;
    places[last] = place;
    return nearest;
  }

  /** Forgets every node that was met. */
  clear(): void {
    for (let i = 0; i < this.metCount; i++) this.costs[this.met[i]] = Infinity;
    this.metCount = 0;
    this.size = 0;
  }
}
