import { type Connections, sortConnections } from "./connections.ts";
import { type Footpaths, reverseFootpaths } from "./transfers.ts";

/** What a search reads of a timetable. */
export interface Network {
  readonly connections: Connections;
  readonly footpaths: Footpaths;
  readonly runCount: number;
}

/**
 * The same network with time running backwards: every ride goes from its end to its start, at the opposite times; boarding and alighting change places.
 * Arriving as early as possible there is leaving as late as possible here. O(connections log connections).
 */
export function reverseNetwork({ connections, footpaths, runCount }: Network): Network {
  const count = connections.from.length;
  const backwards = (values: Int32Array): Int32Array => Int32Array.from(values, (_, i) => values[count - 1 - i]);
  const opposite = (values: Int32Array): Int32Array => backwards(values).map((time) => -time);
  return {
    connections: sortConnections({
      from: backwards(connections.to),
      to: backwards(connections.from),
      departure: opposite(connections.arrival),
      arrival: opposite(connections.departure),
      run: backwards(connections.run),
      flags: Uint8Array.from(connections.flags, (_, i) => {
        const flags = connections.flags[count - 1 - i];
        return ((flags & 1) << 1) | (flags >> 1);
      }),
    }),
    footpaths: reverseFootpaths(footpaths),
    runCount,
  };
}
