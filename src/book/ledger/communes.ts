import { texts } from "../../codes/table.ts";
import { loadShapes } from "../../sources/load.ts";
import { locateSource } from "../../sources/locate.ts";
import { qpvPerimetresContract } from "../../sources/qpv-perimetres.ts";
import type { Territory } from "../../sources/territory.ts";

/** The commune of each neighbourhood, by code, as the file of perimeters says it; none where the territory has no such file. */
export async function communesOfNeighbourhoods(territory: Territory): Promise<ReadonlyMap<string, string>> {
  if (!locateSource(territory, qpvPerimetresContract)) return new Map();
  const { table } = await loadShapes(territory, qpvPerimetresContract);
  const communes = texts(table, "code_commune").values;
  return new Map(texts(table, "code_qp").values.map((code, row) => [code, communes[row] ?? ""]));
}
