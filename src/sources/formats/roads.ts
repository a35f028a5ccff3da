import { basename } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import type { OsmBlock } from "./osm-block.ts";
import { readOsmBlocks } from "./osm-pbf.ts";
import type { RawTable } from "./raw-table.ts";

/** Kinds of road that people or vehicles use; what is planned, abandoned or of another nature (a race track, a bus stop) is not among them. */
export const roadKinds: readonly string[] = [
  ...["motorway", "trunk", "primary", "secondary", "tertiary"].flatMap((kind) => [kind, `${kind}_link`]),
  ...["unclassified", "residential", "living_street", "service", "road", "track", "busway"],
  ...["path", "footway", "cycleway", "pedestrian", "steps", "bridleway"],
];

/** Tags of a way that are kept, each a column of text; "" where the way has none. */
export const roadTags = [
  "highway",
  "name",
  "oneway",
  "maxspeed",
  "foot",
  "bicycle",
  "access",
  "junction",
  "surface",
  "route",
  "motor_vehicle",
  "duration",
] as const;
export type RoadTag = (typeof roadTags)[number];

/** Lines of roads as columns, nodes numbered from 0. */
export interface Roads {
  readonly nodeId: Float64Array;
  /** WGS 84 degrees of each node. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly wayId: Float64Array;
  /** The nodes of way i are `wayNodes[wayOffsets[i]]` to `wayNodes[wayOffsets[i + 1] - 1]`. */
  readonly wayOffsets: Uint32Array;
  /** Numbers of nodes. */
  readonly wayNodes: Uint32Array;
  readonly tags: Readonly<Record<RoadTag, readonly string[]>>;
  /** Nodes that ways name and the extract does not hold: a way is cut there, and its pieces keep its identifier. */
  readonly missingNodes: number;
}

export interface RoadOptions {
  /** Values of the tag « highway » to keep; `roadKinds` by default. */
  readonly highways?: readonly string[];
  /** Whether lines of ferries are kept too; true by default. */
  readonly ferries?: boolean;
  /** The file's name in messages; its base name by default. */
  readonly file?: string;
}

interface Ways {
  readonly ids: number[];
  readonly offsets: number[];
  readonly nodes: number[];
  readonly tags: Readonly<Record<RoadTag, string[]>>;
}

/**
 * Reads the roads of an OpenStreetMap extract in two passes: ways, then the nodes that they use. Memory grows with the roads that are kept, not with the
 * extract. O(n log n).
 * @throws QuartiersError when the extract is truncated or damaged, or has no road
 */
export function readRoads(path: string, options: RoadOptions = {}): Roads {
  const file = options.file ?? basename(path);
  const ways = readWays(path, { ...options, file });
  const nodeId = Float64Array.from(ways.nodes).sort();
  const unique = nodeId.subarray(0, uniqued(nodeId));
  const { lon, lat, missing } = readPlaces(path, unique, file);
  const roads = numbered(ways, unique, lon);
  return { ...compacted(unique, lon, lat, roads), missingNodes: missing };
}

/** The roads of an extract as a table of ways, for the loader: identifier and tags, ferries left out. */
export function readRoadTable(path: string, options: RoadOptions = {}): RawTable {
  const ways = readWays(path, { ferries: false, ...options, file: options.file ?? basename(path) });
  const names = ["id", ...roadTags];
  const columns = [
    ways.ids.map(String),
    ...roadTags.map((tag) => ways.tags[tag].map((text) => (text === "" ? null : text))),
  ];
  return { names, columns, count: ways.ids.length, where: (record) => `chemin ${ways.ids[record] ?? "?"}` };
}

function readWays(
  path: string,
  { highways = roadKinds, ferries = true, file }: RoadOptions & { readonly file: string },
): Ways {
  const kept = new Set(highways);
  const tags = Object.fromEntries(roadTags.map((tag) => [tag, [] as string[]])) as Record<RoadTag, string[]>;
  const ways: Ways = { ids: [], offsets: [0], nodes: [], tags };
  const isKept = (found: Map<RoadTag, string>): boolean =>
    kept.has(found.get("highway") ?? "") || (ferries && found.get("route") === "ferry");
  readOsmBlocks(path, (block) => collectWays(block, isKept, ways), { nodes: false, relations: false, file });
  if (ways.ids.length === 0)
    throw new QuartiersError({
      what: "L'extrait OpenStreetMap n'a aucune route",
      where: file,
      expected: `des chemins dont « highway » vaut ${highways.slice(0, 8).join(", ")}${highways.length > 8 ? "…" : ""}`,
      remedy: "prendre un extrait qui contient les routes du territoire",
    });
  return ways;
}

function collectWays(block: OsmBlock, isKept: (found: Map<RoadTag, string>) => boolean, to: Ways): void {
  const { ways, text } = block;
  const numbers = new Map(roadTags.map((tag) => [block.numberOf(tag), tag] as const).filter(([number]) => number >= 0));
  if (numbers.size === 0) return;
  const found = new Map<RoadTag, string>();
  for (let i = 0; i < ways.ids.length; i++) {
    found.clear();
    for (let t = ways.tagOffsets[i]; t < ways.tagOffsets[i + 1]; t++) {
      const tag = numbers.get(ways.tagKeys[t]);
      if (tag !== undefined) found.set(tag, text(ways.tagValues[t]));
    }
    if (found.size === 0 || !isKept(found)) continue;
    to.ids.push(ways.ids[i]);
    for (let n = ways.nodeOffsets[i]; n < ways.nodeOffsets[i + 1]; n++) to.nodes.push(ways.nodes[n]);
    to.offsets.push(to.nodes.length);
    for (const tag of roadTags) to.tags[tag].push(found.get(tag) ?? "");
  }
}

/** Moves the distinct values of a sorted list to its head, and counts them. */
function uniqued(sorted: Float64Array): number {
  let count = 0;
  for (const value of sorted) if (count === 0 || value !== sorted[count - 1]) sorted[count++] = value;
  return count;
}

/** Place of an identifier in a sorted list, or -1. */
function placeOf(sorted: Float64Array, id: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] === id) return middle;
    if (sorted[middle] < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function readPlaces(
  path: string,
  ids: Float64Array,
  file: string,
): { lon: Float64Array; lat: Float64Array; missing: number } {
  const lon = new Float64Array(ids.length).fill(Number.NaN);
  const lat = new Float64Array(ids.length).fill(Number.NaN);
  // Nodes come by rising identifier in nearly every extract: the place of one is most often just after the last.
  let next = 0;
  const visit = ({ nodes }: OsmBlock): void => {
    for (let i = 0; i < nodes.ids.length; i++) {
      const id = nodes.ids[i];
      if (next > 0 && ids[next - 1] < id && (next === ids.length || id < ids[next])) continue;
      const place = ids[next] === id ? next : placeOf(ids, id);
      if (place < 0) continue;
      next = place + 1;
      lon[place] = nodes.lon[i];
      lat[place] = nodes.lat[i];
    }
  };
  readOsmBlocks(path, visit, { ways: false, relations: false, file });
  return { lon, lat, missing: lon.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0) };
}

type NumberedWays = Pick<Roads, "wayId" | "wayOffsets" | "wayNodes" | "tags">;

/** Ways by numbers of nodes, cut where a node is missing; a piece of fewer than two nodes is no line. */
function numbered({ ids, offsets, nodes, tags }: Ways, nodeId: Float64Array, lon: Float64Array): NumberedWays {
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
  const kept = Object.fromEntries(roadTags.map((tag) => [tag, from.map((way) => tags[tag][way] ?? "")]));
  return {
    wayId: Float64Array.from(wayId),
    wayOffsets: Uint32Array.from(wayOffsets),
    wayNodes: Uint32Array.from(wayNodes),
    tags: kept as Record<RoadTag, string[]>,
  };
}

/** Leaves out the nodes that no line uses. */
function compacted(
  ids: Float64Array,
  lon: Float64Array,
  lat: Float64Array,
  ways: NumberedWays,
): Omit<Roads, "missingNodes"> {
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
  return {
    ...ways,
    nodeId: taken(ids),
    lon: taken(lon),
    lat: taken(lat),
    wayNodes: ways.wayNodes.map((node) => number[node]),
  };
}
