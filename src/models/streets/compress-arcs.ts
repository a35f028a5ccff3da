/** Directed arcs in any order, as columns of equal length. */
export interface ArcColumns {
  readonly tails: Int32Array;
  readonly heads: Int32Array;
  readonly seconds: Float64Array;
  readonly metres: Float64Array;
  /** 1 where no point may be attached (ferries, motorways). */
  readonly noStop: Uint8Array;
}

/** Arcs in compressed rows: those that leave node n are `starts[n]` to `starts[n + 1]` (excluded). */
export interface CompressedArcs {
  readonly starts: Int32Array;
  readonly heads: Int32Array;
  readonly seconds: Float64Array;
  readonly metres: Float64Array;
  readonly noStop: Uint8Array;
}

/** Arcs `0` to `count` sorted by their tail, in their order (counting sort): `order[starts[n]]`… are the arcs that leave n. O(arcs + nodes). */
export function arcsByTail(
  nodeCount: number,
  tails: Int32Array,
  count: number,
): { starts: Int32Array; order: Int32Array } {
  const starts = new Int32Array(nodeCount + 1);
  for (let arc = 0; arc < count; arc++) starts[tails[arc] + 1]++;
  for (let node = 0; node < nodeCount; node++) starts[node + 1] += starts[node];
  const next = starts.slice();
  const order = new Int32Array(count);
  for (let arc = 0; arc < count; arc++) order[next[tails[arc]]++] = arc;
  return { starts, order };
}

/**
 * The first `count` arcs in compressed rows. Of parallel arcs the quickest is kept, of two as quick the shorter. O(arcs + nodes).
 */
export function compressArcs(nodeCount: number, arcs: ArcColumns, count: number): CompressedArcs {
  const { starts: allStarts, order } = arcsByTail(nodeCount, arcs.tails, count);
  const starts = new Int32Array(nodeCount + 1);
  const kept = new Int32Array(count);
  const placeOfHead = new Int32Array(nodeCount).fill(-1);
  let size = 0;
  for (let node = 0; node < nodeCount; node++) {
    starts[node] = size;
    for (let i = allStarts[node]; i < allStarts[node + 1]; i++) {
      const arc = order[i];
      const head = arcs.heads[arc];
      const place = placeOfHead[head];
      if (place < starts[node]) {
        placeOfHead[head] = size;
        kept[size++] = arc;
      } else if (isBetter(arcs, arc, kept[place])) kept[place] = arc;
    }
  }
  starts[nodeCount] = size;
  const heads = new Int32Array(size);
  const seconds = new Float64Array(size);
  const metres = new Float64Array(size);
  const noStop = new Uint8Array(size);
  for (let i = 0; i < size; i++) {
    const arc = kept[i];
    heads[i] = arcs.heads[arc];
    seconds[i] = arcs.seconds[arc];
    metres[i] = arcs.metres[arc];
    noStop[i] = arcs.noStop[arc];
  }
  return { starts, heads, seconds, metres, noStop };
}

function isBetter({ seconds, metres }: ArcColumns, arc: number, than: number): boolean {
  return seconds[arc] < seconds[than] || (seconds[arc] === seconds[than] && metres[arc] < metres[than]);
}
