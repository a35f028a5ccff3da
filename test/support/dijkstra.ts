import type { StreetGraph } from "../../src/models/streets/street-graph.ts";

/**
 * Shortest costs from some nodes to every node, Infinity where no path leads: Dijkstra (1959) as textbooks write it, with a list kept sorted as a binary heap. It shares no
 * line with the searches of src, which are tested against it.
 */
export function dijkstra(
  graph: Pick<StreetGraph, "starts" | "heads"> & { readonly cost: Float64Array },
  ...origins: readonly number[]
): Float64Array {
  const best = new Float64Array(graph.starts.length - 1).fill(Number.POSITIVE_INFINITY);
  const heap: (readonly [cost: number, node: number])[] = [];
  const push = (cost: number, node: number): void => {
    best[node] = cost;
    let i = heap.push([cost, node]) - 1;
    for (let above = (i - 1) >> 1; i > 0 && heap[above][0] > heap[i][0]; i = above, above = (i - 1) >> 1)
      [heap[i], heap[above]] = [heap[above], heap[i]];
  };
  const pop = (): readonly [number, number] => {
    const first = heap[0];
    const last = heap.pop() as readonly [number, number];
    if (heap.length > 0) heap[0] = last;
    for (let i = 0; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < heap.length && heap[child][0] < heap[least][0]) least = child;
      if (least === i) return first;
      [heap[i], heap[least]] = [heap[least], heap[i]];
      i = least;
    }
  };
  for (const origin of origins) push(0, origin);
  while (heap.length > 0) {
    const [cost, node] = pop();
    if (cost > best[node]) continue;
    for (let arc = graph.starts[node]; arc < graph.starts[node + 1]; arc++) {
      const total = cost + graph.cost[arc];
      if (total < best[graph.heads[arc]]) push(total, graph.heads[arc]);
    }
  }
  return best;
}
