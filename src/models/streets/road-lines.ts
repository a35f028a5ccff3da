/** Tags of a way that the profiles read. */
export type StreetTag =
  | "highway"
  | "route"
  | "junction"
  | "service"
  | "access"
  | "vehicle"
  | "motor_vehicle"
  | "motorcar"
  | "bicycle"
  | "foot"
  | "motorroad"
  | "oneway"
  | "oneway:bicycle"
  | "cycleway"
  | "cycleway:left"
  | "cycleway:right"
  | "cycleway:both"
  | "maxspeed"
  | "maxspeed:forward"
  | "maxspeed:backward"
  | "duration";

/** Columns of text, one value a line, "" where it has none; a column may be absent. */
export type TagColumns = Readonly<Partial<Record<StreetTag, readonly string[]>>>;

/** Nodes of the lines where something stands across the way (tag « barrier »), with what their tags say of passage. */
export interface RoadBarriers {
  /** Numbers of nodes, each once. */
  readonly nodes: Uint32Array;
  readonly tags: Readonly<Partial<Record<StreetTag | "barrier", readonly string[]>>>;
}

/** Turns that are forbidden or imposed, a row for each pair of a way and another (wiki.openstreetmap.org/wiki/Relation:restriction). */
export interface TurnRestrictions {
  readonly relationId: Float64Array;
  /** no_left_turn, only_straight_on… */
  readonly kind: readonly string[];
  /** Identifiers of ways, as in `RoadLines.wayId`. */
  readonly fromWay: Float64Array;
  readonly toWay: Float64Array;
  /** Number of the node where one turns; -1 when one turns through ways. */
  readonly viaNode: Int32Array;
  /** The ways between, in order: `viaWays[viaOffsets[i]]` to `viaWays[viaOffsets[i + 1] - 1]`, by identifier; none when there is a node. */
  readonly viaOffsets: Uint32Array;
  readonly viaWays: Float64Array;
  /** Vehicles that the restriction spares, as written: "bicycle;psv". */
  readonly except: readonly string[];
}

/** Lines of roads as a reader of OpenStreetMap gives them; nodes are numbered from 0. */
export interface RoadLines {
  /** WGS 84 degrees of each node. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** A way that the extract cuts gives several lines of one identifier. */
  readonly wayId: Float64Array;
  /** The nodes of line i are `wayNodes[wayOffsets[i]]` to `wayNodes[wayOffsets[i + 1] - 1]`. */
  readonly wayOffsets: Uint32Array;
  readonly wayNodes: Uint32Array;
  readonly tags: TagColumns;
  readonly barriers?: RoadBarriers;
  readonly restrictions?: TurnRestrictions;
}
