import { basename } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import type { OsmBlock } from "./osm-block.ts";
import { readOsmBlocks } from "./osm-pbf.ts";
import type { RawTable } from "./raw-table.ts";
import { BarrierCollector, type RoadBarriers } from "./road-barriers.ts";
import { compacted, numbered, placeOf, uniqued, type ReadWays as Ways } from "./road-numbers.ts";
import { RestrictionCollector, type RestrictionsLeft, type RoadRestrictions } from "./road-restrictions.ts";
import { type RoadTag, roadTags, tableTags } from "./road-tags.ts";

/** Kinds of road that people or vehicles use; what is planned, abandoned or of another nature (a race track, a bus stop) is not among them. */
export const roadKinds: readonly string[] = [
  ...["motorway", "trunk", "primary", "secondary", "tertiary"].flatMap((kind) => [kind, `${kind}_link`]),
  ...["unclassified", "residential", "living_street", "service", "road", "track", "busway"],
  ...["path", "footway", "cycleway", "pedestrian", "steps", "bridleway"],
];

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
  /** What stands across the roads, and the turns that are forbidden or imposed. */
  readonly barriers: RoadBarriers;
  readonly restrictions: RoadRestrictions;
  /** Restrictions of turns that are not given. */
  readonly restrictionsLeft: Readonly<RestrictionsLeft>;
}

export interface RoadOptions {
  /** Values of the tag « highway » to keep; `roadKinds` by default. */
  readonly highways?: readonly string[];
  /** Whether lines of ferries are kept too; true by default. */
  readonly ferries?: boolean;
  /** The file's name in messages; its base name by default. */
  readonly file?: string;
}

/**
 * Reads the roads of an OpenStreetMap extract in two passes: ways and restrictions of turns, then the nodes that they use and their barriers. Memory grows
 * with the roads that are kept, not with the extract. O(n log n).
 * @throws QuartiersError when the extract is truncated or damaged, or has no road
 */
export function readRoads(path: string, options: RoadOptions = {}): Roads {
  const file = options.file ?? basename(path);
  const turns = new RestrictionCollector();
  const barriers = new BarrierCollector();
  const ways = readWays(path, { ...options, file }, turns);
  const nodeId = Float64Array.from(ways.nodes).sort();
  const unique = nodeId.subarray(0, uniqued(nodeId));
  const { lon, lat, missing } = readPlaces(path, unique, file, barriers);
  const { roads, numbers } = compacted(unique, lon, lat, numbered(ways, unique, lon));
  return {
    ...roads,
    missingNodes: missing,
    barriers: barriers.columns((place) => numbers[place]),
    restrictions: turns.columns(roads.wayId, (id) => placeOf(roads.nodeId, id)),
    restrictionsLeft: turns.left,
  };
}

/** The roads of an extract as a table of ways, for the loader: identifier and tags, ferries left out. */
export function readRoadTable(path: string, options: RoadOptions = {}): RawTable {
  const ways = readWays(path, { ferries: false, ...options, file: options.file ?? basename(path) });
  const names = ["id", ...tableTags];
  const columns = [
    ways.ids.map(String),
    ...tableTags.map((tag) => ways.tags[tag].map((text) => (text === "" ? null : text))),
  ];
  return { names, columns, count: ways.ids.length, where: (record) => `chemin ${ways.ids[record] ?? "?"}` };
}

function readWays(
  path: string,
  { highways = roadKinds, ferries = true, file }: RoadOptions & { readonly file: string },
  turns: RestrictionCollector | null = null,
): Ways {
  const kept = new Set(highways);
  const tags = Object.fromEntries(roadTags.map((tag) => [tag, [] as string[]])) as Record<RoadTag, string[]>;
  const ways: Ways = { ids: [], offsets: [0], nodes: [], tags };
  const isKept = (found: Map<RoadTag, string>): boolean =>
    kept.has(found.get("highway") ?? "") || (ferries && found.get("route") === "ferry");
  const visit = (block: OsmBlock): void => {
    collectWays(block, isKept, ways);
    turns?.visit(block);
  };
  readOsmBlocks(path, visit, { nodes: false, relations: turns !== null, file });
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
  if (ways.ids.length === 0) return;
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

function readPlaces(
  path: string,
  ids: Float64Array,
  file: string,
  barriers: BarrierCollector,
): { lon: Float64Array; lat: Float64Array; missing: number } {
  const lon = new Float64Array(ids.length).fill(Number.NaN);
  const lat = new Float64Array(ids.length).fill(Number.NaN);
  // Nodes come by rising identifier in nearly every extract: the place of one is most often just after the last.
  let next = 0;
  const visit = (block: OsmBlock): void => {
    const { nodes } = block;
    const take = nodes.ids.length === 0 ? () => undefined : barriers.taker(block);
    for (let i = 0; i < nodes.ids.length; i++) {
      const id = nodes.ids[i];
      if (next > 0 && ids[next - 1] < id && (next === ids.length || id < ids[next])) continue;
      const place = ids[next] === id ? next : placeOf(ids, id);
      if (place < 0) continue;
      next = place + 1;
      lon[place] = nodes.lon[i];
      lat[place] = nodes.lat[i];
      if (nodes.tagOffsets[i + 1] > nodes.tagOffsets[i]) take(i, place);
    }
  };
  readOsmBlocks(path, visit, { ways: false, relations: false, file });
  return { lon, lat, missing: lon.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0) };
}
