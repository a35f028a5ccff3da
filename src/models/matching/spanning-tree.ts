/** The tree of a network simplex: parent, arc to the parent and children of each node, and a price for each such that every arc of the tree is tight. */
export class SpanningTree {
  /** Price of each node: cost + potential(source) - potential(target) = 0 on the arcs of the tree. */
  readonly potential: Float64Array;
  private readonly parent: Int32Array;
  private readonly arc: Int32Array;
  /** 1 when the arc goes from the node to its parent. */
  private readonly upward: Uint8Array;
  private readonly depth: Int32Array;
  private readonly firstChild: Int32Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;

  constructor(nodes: number, root: number) {
    this.potential = new Float64Array(nodes);
    this.parent = new Int32Array(nodes).fill(-1);
    this.arc = new Int32Array(nodes).fill(-1);
    this.upward = new Uint8Array(nodes);
    this.depth = new Int32Array(nodes);
    this.firstChild = new Int32Array(nodes).fill(-1);
    this.next = new Int32Array(nodes).fill(-1);
    this.previous = new Int32Array(nodes).fill(-1);
    this.depth[root] = 0;
  }

  /** Hangs a node with no parent under another. */
  hang(node: number, parent: number, arc: number, upward: 0 | 1): void {
    this.parent[node] = parent;
    this.arc[node] = arc;
    this.upward[node] = upward;
    const sibling = this.firstChild[parent];
    this.next[node] = sibling;
    this.previous[node] = -1;
    if (sibling >= 0) this.previous[sibling] = node;
    this.firstChild[parent] = node;
  }

  private unhang(node: number): void {
    const before = this.previous[node];
    const after = this.next[node];
    if (before >= 0) this.next[before] = after;
    else this.firstChild[this.parent[node]] = after;
    if (after >= 0) this.previous[after] = before;
  }

  /**
   * Sends as much as possible around the cycle that the entering arc closes, then swaps it for the last blocking arc of the cycle, counted from its
   * apex in the direction of the flow: this keeps the tree strongly feasible. Returns the top of the part of the tree that moved, to be repriced.
   */
  pivot(entering: number, from: number, to: number, flow: Float64Array): number {
    const { parent, depth, upward, arc } = this;
    let a = from;
    let b = to;
    while (a !== b) {
      if (depth[a] >= depth[b]) a = parent[a];
      else b = parent[b];
    }
    const apex = a;
    let most = Number.POSITIVE_INFINITY;
    let cut = -1;
    let cutIsOnFromSide = true;
    for (let node = from; node !== apex; node = parent[node]) {
      if (upward[node] === 1 && flow[arc[node]] < most) {
        most = flow[arc[node]];
        cut = node;
      }
    }
    for (let node = to; node !== apex; node = parent[node]) {
      if (upward[node] === 0 && flow[arc[node]] <= most) {
        most = flow[arc[node]];
        cut = node;
        cutIsOnFromSide = false;
      }
    }
    if (most > 0) {
      flow[entering] += most;
      for (let node = from; node !== apex; node = parent[node]) flow[arc[node]] += upward[node] === 1 ? -most : most;
      for (let node = to; node !== apex; node = parent[node]) flow[arc[node]] += upward[node] === 1 ? most : -most;
    }
    const top = cutIsOnFromSide ? from : to;
    let [newParent, newArc, newUpward]: [number, number, 0 | 1] = cutIsOnFromSide
      ? [to, entering, 1]
      : [from, entering, 0];
    for (let node = top; ; ) {
      const above = parent[node];
      const oldArc = arc[node];
      const reversed = upward[node] === 1 ? 0 : 1;
      this.unhang(node);
      this.hang(node, newParent, newArc, newUpward);
      if (node === cut) break;
      newParent = node;
      newArc = oldArc;
      newUpward = reversed;
      node = above;
    }
    return top;
  }

  /** Prices and depths of everything under a node, from its parent's. Each is computed anew along its path, so that rounding does not pile up. */
  reprice(top: number, cost: Float64Array): void {
    const { potential, parent, arc, upward, depth, firstChild, next } = this;
    let node = top;
    for (;;) {
      const above = parent[node];
      if (above >= 0) {
        potential[node] = upward[node] === 1 ? potential[above] - cost[arc[node]] : potential[above] + cost[arc[node]];
        depth[node] = depth[above] + 1;
      }
      if (firstChild[node] >= 0) {
        node = firstChild[node];
        continue;
      }
      while (node !== top && next[node] < 0) node = parent[node];
      if (node === top) return;
      node = next[node];
    }
  }
}
