/** How people move along streets. */
export type StreetMode = "walk" | "bike" | "car";

/** Streets as a directed graph in compressed rows: the arcs that leave node n are `starts[n]` to `starts[n + 1]` (excluded). */
export interface StreetGraph {
  readonly mode: StreetMode;
  /** Degrees (WGS 84) of each node. Two nodes may stand at one place: a turn restriction makes a copy of its crossing. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly starts: Int32Array;
  /** Node where each arc leads. */
  readonly heads: Int32Array;
  /** Time and length of each arc, finite and positive or zero. */
  readonly seconds: Float64Array;
  readonly metres: Float64Array;
}
