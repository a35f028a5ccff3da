import type { StreetCost } from "./shortest-path.ts";

/** Arcs by node, in compressed rows. In each row, the other ends stand higher in the hierarchy: their positions are smaller. */
export interface HierarchyArcs {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly costs: Float64Array;
}

/**
 * Streets contracted into a hierarchy (Geisberger et al. 2008): nodes stand in an order, the most important at position 0, and every cheapest way between two
 * nodes exists as a climb along `up` followed by a descent along `down`. Plain arrays, which threads can share.
 */
export interface StreetHierarchy {
  /** What the costs are: seconds or metres. */
  readonly cost: StreetCost;
  /** Position of each node of the graph. */
  readonly positions: Int32Array;
  /** Arcs that leave each position for a higher one. */
  readonly up: HierarchyArcs;
  /** Arcs that come to each position from a higher one. */
  readonly down: HierarchyArcs;
}
