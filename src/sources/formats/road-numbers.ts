import { type RoadTag, roadTags } from "./road-tags.ts";

/** Ways as read, their nodes by identifier. */
export interface ReadWays {
  readonly ids: number[];
  readonly offsets: number[];
  readonly nodes: number[];
  readonly tags: Readonly<Record<RoadTag, string[]>>;
}

/** Moves the distinct values of a sorted list to its head, and counts them. */
export function uniqued(sorted: Float64Array): number {
  let count = 0;
  for (const value of sorted) if (count === 0 || value !== sorted[count - 1]) sorted[count++] = value;
  return count;
}

/** Place of an identifier in a sorted list, or -1. */
export function placeOf(sorted: Float64Array, id: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] === id) return middle;
    if (sorted[middle] < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Ways by numbers of nodes. */
export interface NumberedWays {
  readonly wayId: Float64Array;
  readonly wayOffsets: Uint32Array;
  readonly wayNodes: Uint32Array;
  readonly tags: Readonly<Record<RoadTag, readonly string[]>>;
}

/** Ways by numbers of nodes, cut where a node is missing; a piece of fewer than two nodes is no line. */
export function numbered(
  { ids, offsets, nodes, tags }: ReadWays,
  nodeId: Float64Array,
  lon: Float64Array,
): NumberedWays {
  const wayId: number[] = [];
  const wayOffsets = [0];
  const wayNodes: number[] = [];
  const from: number[] = [];
  for (let way = 0; way < ids.length; way++) {
    let start = wayNodes.length;
    for (let n = offsets[way]; n <= offsets[way + 1]; n++) {
      const place = n < offsets[way + 1] ? placeOf(nodeId, nodes[n]) : -1;
      if (place >= 0 && !Number.isNaN(lon[place])) {
        wayNodes.push(place);
        continue;
      }
      if (wayNodes.length - start < 2) wayNodes.length = start;
      else {
        wayId.push(ids[way]);
        wayOffsets.push(wayNodes.length);
        from.push(way);
      }
      start = wayNodes.length;
    }
  }
  const isWhole = from.length === ids.length && from.every((way, i) => way === i);
  const kept = isWhole
    ? tags
    : Object.fromEntries(roadTags.map((tag) => [tag, from.map((way) => tags[tag][way] ?? "")]));
  return {
    wayId: Float64Array.from(wayId),
    wayOffsets: Uint32Array.from(wayOffsets),
    wayNodes: Uint32Array.from(wayNodes),
    tags: kept as Record<RoadTag, string[]>,
  };
}

/** Leaves out the nodes that no line uses; `numbers` gives what remains of each, -1 for none. */
export function compacted(
  ids: Float64Array,
  lon: Float64Array,
  lat: Float64Array,
  ways: NumberedWays,
): { roads: NumberedWays & Readonly<Record<"nodeId" | "lon" | "lat", Float64Array>>; numbers: Int32Array } {
  const number = new Int32Array(ids.length).fill(-1);
  for (let i = 0; i < ways.wayNodes.length; i++) number[ways.wayNodes[i]] = 0;
  const used = new Uint32Array(ids.length);
  let count = 0;
  for (let node = 0; node < ids.length; node++) {
    if (number[node] < 0) continue;
    used[count] = node;
    number[node] = count++;
  }
  const taken = (column: Float64Array): Float64Array => {
    const kept = new Float64Array(count);
    for (let i = 0; i < count; i++) kept[i] = column[used[i]];
    return kept;
  };
  const wayNodes = ways.wayNodes.map((node) => number[node]);
  return {
    roads: { ...ways, nodeId: taken(ids), lon: taken(lon), lat: taken(lat), wayNodes },
    numbers: number,
  };
}
