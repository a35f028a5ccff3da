import { greatCircle, type Point } from "./geometry.ts";
import type { RoadNetwork, RoadWay } from "./road-network.ts";

/** How one goes: by car (one-ways count) or on foot (they do not). */
export type RoadMode = "voiture" | "pied";

const byCar = new Set("trunk primary secondary tertiary unclassified residential living_street service".split(" "));
const onFoot = new Set([...byCar, "footway", "path", "steps", "pedestrian"].filter((kind) => kind !== "trunk"));

/** Which ways each mode takes, in words, for the truth file. */
export const modeRules: Readonly<Record<RoadMode, string>> = {
  voiture:
    "highway trunk, primary, secondary, tertiary, unclassified, residential, living_street, service ; route=ferry sauf motor_vehicle=no ; sens unique par oneway=yes ou junction=roundabout ; access=private exclu",
  pied: "les mêmes sauf trunk, et footway, path, steps, pedestrian ; route=ferry sauf foot=no ; aucun sens unique ; access=private exclu",
};

/** 0 when the way is not for this mode, 1 when only in its direction, 2 both ways. */
export function usable({ tags }: RoadWay, mode: RoadMode): 0 | 1 | 2 {
  if (tags["access"] === "private") return 0;
  if (tags["route"] === "ferry") return tags[mode === "voiture" ? "motor_vehicle" : "foot"] === "no" ? 0 : 2;
  const kind = tags["highway"] ?? "";
  if (!(mode === "voiture" ? byCar : onFoot).has(kind)) return 0;
  return mode === "voiture" && (tags["oneway"] === "yes" || tags["junction"] === "roundabout") ? 1 : 2;
}

interface Arc {
  readonly to: number;
  readonly km: number;
}

/** The arcs that leave each node, lengths as great circles between the written coordinates. */
export class RoadGraph {
  readonly #arcs = new Map<number, Arc[]>();

  constructor({ nodes, ways }: RoadNetwork, mode: RoadMode) {
    const places = new Map(nodes.map(({ id, lon, lat }) => [id, [lon, lat] as Point]));
    const add = (from: number, to: number, km: number): void => {
      const list = this.#arcs.get(from);
      if (list) list.push({ to, km });
      else this.#arcs.set(from, [{ to, km }]);
    };
    for (const way of ways) {
      const directions = usable(way, mode);
      if (directions === 0) continue;
      for (let i = 0; i + 1 < way.nodes.length; i++) {
        const [a, b] = [way.nodes[i], way.nodes[i + 1]];
        const km = greatCircle(places.get(a) as Point, places.get(b) as Point);
        add(a, b, km);
        if (directions === 2) add(b, a, km);
      }
    }
  }

  /** Shortest distances from a node, in kilometres (Dijkstra 1959, binary heap), and the node before each; stops at `to` when given. */
  from(start: number, to?: number): { km: Map<number, number>; before: Map<number, number> } {
    const km = new Map<number, number>([[start, 0]]);
    const before = new Map<number, number>();
    const done = new Set<number>();
    const heap: { at: number; key: number }[] = [{ at: start, key: 0 }];
    while (heap.length > 0) {
      const { at, key } = heap[0];
      const last = heap.pop() as { at: number; key: number };
      if (heap.length > 0) sink(heap, last);
      if (done.has(at)) continue;
      done.add(at);
      if (at === to) break;
      for (const arc of this.#arcs.get(at) ?? []) {
        const length = key + arc.km;
        if (length < (km.get(arc.to) ?? Number.POSITIVE_INFINITY)) {
          km.set(arc.to, length);
          before.set(arc.to, at);
          rise(heap, { at: arc.to, key: length });
        }
      }
    }
    return { km, before };
  }

  /** The nodes of a shortest path, both ends included; empty when there is none. */
  path(start: number, to: number): number[] {
    const { before } = this.from(start, to);
    if (start !== to && !before.has(to)) return [];
    const path = [to];
    for (let at = to; at !== start; path.push(at)) at = before.get(at) as number;
    return path.reverse();
  }
}

function sink(heap: { at: number; key: number }[], item: { at: number; key: number }): void {
  let i = 0;
  for (let child = 1; child < heap.length; child = 2 * i + 1) {
    if (child + 1 < heap.length && heap[child + 1].key < heap[child].key) child++;
    if (heap[child].key >= item.key) break;
    heap[i] = heap[child];
    i = child;
  }
  heap[i] = item;
}

function rise(heap: { at: number; key: number }[], item: { at: number; key: number }): void {
  let i = heap.length;
  heap.push(item);
  while (i > 0 && heap[(i - 1) >> 1].key > item.key) {
    heap[i] = heap[(i - 1) >> 1];
    i = (i - 1) >> 1;
  }
  heap[i] = item;
}
