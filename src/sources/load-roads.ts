import type { SourceRef } from "../codes/lineage.ts";
import type { Contract } from "./contract.ts";
import { type RoadOptions, type Roads, readRoads } from "./formats/roads.ts";
import { loadTable } from "./load.ts";
import { requireSource } from "./locate.ts";
import type { Territory } from "./territory.ts";
import { unpack } from "./unpack.ts";

/** The roads of a source, node by node, and the file that they come from. */
export interface LoadedRoads extends Roads {
  readonly lineage: readonly SourceRef[];
}

/**
 * Loads the lines of an OpenStreetMap source: nodes, ways and their tags, as a graph is built from. The contract is checked as by `loadTable`, which gives
 * the ways alone. Two readings of the file; memory follows the nodes of the kept ways.
 * @throws QuartiersError as `loadTable` does
 */
export async function loadRoads(
  territory: Territory,
  contract: Contract,
  options: Omit<RoadOptions, "file"> = {},
): Promise<LoadedRoads> {
  const { lineage } = await loadTable(territory, contract);
  const located = requireSource(territory, contract);
  const { path } = await unpack(located);
  return { ...readRoads(path, { ...options, file: located.file }), lineage };
}
