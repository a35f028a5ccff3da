import type { SourceRef } from "../../codes/lineage.ts";

/** Places to travel between: degrees of WGS 84, columns of equal length. */
export interface TravelPoints {
  readonly ids: readonly string[];
  readonly lon: Float64Array;
  readonly lat: Float64Array;
}

/** A place that no street of the mode comes near: its times are Infinity, never 0. */
export interface UnattachedPoint {
  readonly id: string;
  readonly reason: string;
}

/** Door-to-door times of one mode, dense and row-major: origins x destinations. */
export interface TravelTimes {
  readonly originIds: readonly string[];
  readonly destinationIds: readonly string[];
  /** Minutes; Infinity where the trip cannot be made. */
  readonly minutes: Float64Array;
  readonly unattached: {
    readonly origins: readonly UnattachedPoint[];
    readonly destinations: readonly UnattachedPoint[];
  };
  readonly lineage: readonly SourceRef[];
}
