import { distance, MIDDLE, type Point } from "./geometry.ts";

/** A node of the road network: a place of local kilometres, and the degrees that are written. */
export interface RoadNode {
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface RoadWay {
  readonly id: number;
  /** Ids of its nodes, in order. */
  readonly nodes: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}

export interface RoadNetwork {
  readonly nodes: readonly RoadNode[];
  readonly ways: readonly RoadWay[];
}

export const FIRST_NODE = 1_000_001;
const FIRST_WAY = 2_000_001;
const KM_PER_DEGREE_LAT = 111.195;
const KM_PER_DEGREE_LON = KM_PER_DEGREE_LAT * Math.cos((46 * Math.PI) / 180);

/** From local kilometres to degrees with seven decimals: the grain of OpenStreetMap, about a centimetre. */
export const toFineDegrees = ([x, y]: Point): Point => [
  Math.round((MIDDLE[0] + x / KM_PER_DEGREE_LON) * 1e7) / 1e7,
  Math.round((MIDDLE[1] + y / KM_PER_DEGREE_LAT) * 1e7) / 1e7,
];

/** A network under construction. Nodes are found again by place, through square cells of 500 m. */
export class RoadBuilder {
  readonly places: Point[] = [];
  readonly ways: { nodes: number[]; tags: Record<string, string> }[] = [];
  readonly nodeTags: Map<number, Record<string, string>> = new Map();
  readonly #cells = new Map<string, number[]>();

  /** Adds a node and gives its rank. A hidden one is not offered to `nearest`. */
  node(place: Point, hidden = false): number {
    this.places.push(place);
    const rank = this.places.length - 1;
    if (!hidden) {
      const key = this.#key(place[0], place[1]);
      const cell = this.#cells.get(key);
      if (cell) cell.push(rank);
      else this.#cells.set(key, [rank]);
    }
    return rank;
  }

  way(nodes: readonly number[], tags: Readonly<Record<string, string>>): void {
    if (nodes.length > 1) this.ways.push({ nodes: [...nodes], tags: { ...tags } });
  }

  /** The nearest node that a test accepts, looking ring of cells after ring of cells; -1 when none within 12 km. */
  nearest(place: Point, accepts: (rank: number) => boolean = () => true): number {
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    const [ci, cj] = [Math.floor(place[0] * 2), Math.floor(place[1] * 2)];
    for (let ring = 0; ring < 24; ring++) {
      if (best >= 0 && least <= (ring - 1) / 2) break;
      for (let i = -ring; i <= ring; i++) {
        for (let j = -ring; j <= ring; j++) {
          if (Math.max(Math.abs(i), Math.abs(j)) !== ring) continue;
          for (const rank of this.#cells.get(`${ci + i} ${cj + j}`) ?? []) {
            const away = distance(this.places[rank], place);
            if (away < least && accepts(rank)) [best, least] = [rank, away];
          }
        }
      }
    }
    return best;
  }

  /** Ranks of the nodes that lie in a box. */
  within([x0, y0]: Point, [x1, y1]: Point): number[] {
    const found: number[] = [];
    for (let i = Math.floor(x0 * 2); i <= Math.floor(x1 * 2); i++) {
      for (let j = Math.floor(y0 * 2); j <= Math.floor(y1 * 2); j++) {
        for (const rank of this.#cells.get(`${i} ${j}`) ?? []) {
          const [x, y] = this.places[rank];
          if (x >= x0 && x <= x1 && y >= y0 && y <= y1) found.push(rank);
        }
      }
    }
    return found;
  }

  /** Drops the roads that chance cut off from the rest: those that do not touch the largest piece. Rivers stay. */
  keepLargestPiece(): void {
    const root = this.places.map((_, i) => i);
    const find = (i: number): number => {
      let at = i;
      while (root[at] !== at) {
        root[at] = root[root[at]];
        at = root[at];
      }
      return at;
    };
    for (const { nodes } of this.ways) for (const rank of nodes) root[find(rank)] = find(nodes[0]);
    const sizes = new Map<number, number>();
    for (const { nodes } of this.ways) sizes.set(find(nodes[0]), (sizes.get(find(nodes[0])) ?? 0) + nodes.length);
    const [[largest]] = [...sizes].sort((a, b) => b[1] - a[1]);
    const kept = this.ways.filter(({ nodes, tags }) => find(nodes[0]) === largest || "waterway" in tags);
    this.ways.splice(0, this.ways.length, ...kept);
  }

  /** The network as it is written: only the nodes that a way uses, ids in the order of the nodes. */
  finish(): { network: RoadNetwork; idOf: (rank: number) => number } {
    const used = new Set(this.ways.flatMap(({ nodes }) => nodes));
    const ids = new Map<number, number>();
    const nodes: RoadNode[] = [];
    for (const [rank, place] of this.places.entries()) {
      if (!used.has(rank)) continue;
      const id = FIRST_NODE + nodes.length;
      ids.set(rank, id);
      const [lon, lat] = toFineDegrees(place);
      const tags = this.nodeTags.get(rank);
      nodes.push(tags ? { id, lon, lat, tags } : { id, lon, lat });
    }
    const idOf = (rank: number): number => ids.get(rank) ?? -1;
    const ways = this.ways.map(
      ({ nodes: ranks, tags }, i): RoadWay => ({
        id: FIRST_WAY + i,
        nodes: ranks.map(idOf),
        tags: { ...tags, source: "synthétique" },
      }),
    );
    return { network: { nodes, ways }, idOf };
  }

  #key(x: number, y: number): string {
    return `${Math.floor(x * 2)} ${Math.floor(y * 2)}`;
  }
}
