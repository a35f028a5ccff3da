/** An arc that carries `least` units, or one more where it has room. */
export interface UnitArc {
  readonly from: number;
  readonly to: number;
  readonly least: number;
  readonly room: 0 | 1;
  /** Cost of the one more unit, which may be negative. */
  readonly cost: number;
}

/**
 * The cheapest circulation (at each node, as much comes in as goes out) on arcs with room for one unit, or null when none exists.
 * Arcs of negative cost are filled first; what each node then lacks is brought by successive shortest paths (Ahuja, Magnanti and Orlin 1993, 9.7),
 * found by a queue (Bellman-Ford). Whole numbers only. Units of each arc are returned in order.
 */
export function cheapestRepair(arcs: readonly UnitArc[], nodes: number): Float64Array | null {
  const extra = Uint8Array.from(arcs, ({ room, cost }) => (room === 1 && cost < 0 ? 1 : 0));
  const excess = new Float64Array(nodes);
  const touching: number[][] = Array.from({ length: nodes }, () => []);
  arcs.forEach(({ from, to, least, room }, index) => {
    excess[from] -= least + extra[index];
    excess[to] += least + extra[index];
    if (room === 0) return;
    touching[from]?.push(index);
    touching[to]?.push(index);
  });
  while (excess.some((units) => units > 0)) {
    const path = shortestPath(arcs, touching, extra, excess);
    if (path === null) return null;
    for (const index of path.arcs) extra[index] = 1 - extra[index];
    excess[path.from]--;
    excess[path.to]++;
  }
  return Float64Array.from(arcs, ({ least }, index) => least + extra[index]);
}

/** From the nodes that have too much to the nearest that lacks some, along arcs with room and back along filled ones. */
function shortestPath(
  arcs: readonly UnitArc[],
  touching: readonly (readonly number[])[],
  extra: Uint8Array,
  excess: Float64Array,
): { readonly arcs: readonly number[]; readonly from: number; readonly to: number } | null {
  const distance = new Float64Array(excess.length).fill(Number.POSITIVE_INFINITY);
  const arrival = new Int32Array(excess.length).fill(-1);
  const waiting = new Uint8Array(excess.length);
  const queue: number[] = [];
  excess.forEach((units, node) => {
    if (units <= 0) return;
    distance[node] = 0;
    waiting[node] = 1;
    queue.push(node);
  });
  for (const node of queue) {
    waiting[node] = 0;
    for (const index of touching[node] ?? []) {
      const { from, to, cost } = arcs[index] as UnitArc;
      const forward = extra[index] === 0;
      if ((forward ? from : to) !== node) continue;
      const next = forward ? to : from;
      const reached = distance[node] + (forward ? cost : -cost);
      if (reached >= distance[next]) continue;
      distance[next] = reached;
      arrival[next] = index;
      if (waiting[next] === 0) queue.push(next);
      waiting[next] = 1;
    }
  }
  let nearest = -1;
  excess.forEach((units, node) => {
    if (units < 0 && distance[node] < (nearest < 0 ? Number.POSITIVE_INFINITY : distance[nearest])) nearest = node;
  });
  if (nearest < 0) return null;
  const path: number[] = [];
  let node = nearest;
  while (arrival[node] >= 0) {
    const index = arrival[node];
    const { from, to } = arcs[index] as UnitArc;
    path.push(index);
    node = extra[index] === 0 ? from : to;
  }
  return { arcs: path, from: node, to: nearest };
}
