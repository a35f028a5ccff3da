/** Nodes by increasing rank, whose ranks rise and fall: an indexed binary heap. Equal ranks leave by increasing number. */
export class RankQueue {
  readonly #ranks: Float64Array;
  readonly #heap: Int32Array;
  readonly #places: Int32Array;
  #size = 0;

  constructor(nodes: number) {
    this.#ranks = new Float64Array(nodes);
    this.#heap = new Int32Array(nodes);
    this.#places = new Int32Array(nodes).fill(-1);
  }

  /** Gives a node its rank, new or changed. O(log n). */
  set(node: number, rank: number): void {
    this.#ranks[node] = rank;
    if (this.#places[node] === -1) {
      this.#places[node] = this.#size;
      this.#heap[this.#size++] = node;
    }
    this.#settle(node);
  }

  /** The node of least rank (there must be one). */
  first(): number {
    return this.#heap[0];
  }

  /** Removes the node of least rank (there must be one) and gives its number. O(log n). */
  take(): number {
    const least = this.#heap[0];
    const last = this.#heap[--this.#size];
    this.#places[least] = -1;
    if (last !== least) {
      this.#heap[0] = last;
      this.#places[last] = 0;
      this.#settle(last);
    }
    return least;
  }

  /** Moves a node up or down to where its rank belongs. */
  #settle(node: number): void {
    const heap = this.#heap;
    const places = this.#places;
    let place = places[node];
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const other = heap[parent];
      if (!this.#before(node, other)) break;
      heap[place] = other;
      places[other] = place;
      place = parent;
    }
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#before(heap[child + 1], heap[child])) child++;
      const other = heap[child];
      if (!this.#before(other, node)) break;
      heap[place] = other;
      places[other] = place;
      place = child;
    }
    heap[place] = node;
    places[node] = place;
  }

  #before(a: number, b: number): boolean {
    const difference = this.#ranks[a] - this.#ranks[b];
    return difference < 0 || (difference === 0 && a < b);
  }
}
