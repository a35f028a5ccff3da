import { codeIds, type IdColumn } from "./id-column.ts";
import {
  mapColumns,
  type TravelMatrix,
  type TravelMatrixOptions,
  type TravelRows,
  travelMatrix,
} from "./travel-matrix.ts";

/** One matrix of a table that holds several: `group` says which (mode, departure, centile). */
export interface TravelGroup {
  readonly group: Readonly<Record<string, string>>;
  readonly matrix: TravelMatrix;
}

/**
 * Splits rows that repeat each pair once a group (mode, hour of departure, centile of travel time) into one matrix a group, in order of first
 * appearance. All share the same origins and destinations, in the same order, so that their measures can be compared row by row. O(rows).
 */
export function travelMatrices(
  rows: TravelRows,
  groupBy: Readonly<Record<string, readonly string[]>>,
  options: TravelMatrixOptions,
): TravelGroup[] {
  const [fromIds, toIds] =
    options.direction === "outward"
      ? (["originIds", "destinationIds"] as const)
      : (["destinationIds", "originIds"] as const);
  const from = codeIds(rows.from_id, "from_id", options[fromIds]);
  const to = codeIds(rows.to_id, "to_id", options[toIds]);
  const names = Object.keys(groupBy);
  const rowsOfGroup = new Map<string, number[]>();
  for (let row = 0; row < from.codes.length; row++) {
    const key = JSON.stringify(names.map((name) => groupBy[name]?.[row]));
    const list = rowsOfGroup.get(key);
    if (list) list.push(row);
    else rowsOfGroup.set(key, [row]);
  }
  return [...rowsOfGroup].map(([key, members]) => {
    const values = JSON.parse(key) as readonly string[];
    const pick = (codes: Int32Array): Int32Array => Int32Array.from(members, (row) => codes[row]);
    const part: { from_id: IdColumn; to_id: IdColumn } = {
      from_id: { codes: pick(from.codes), ids: from.ids },
      to_id: { codes: pick(to.codes), ids: to.ids },
    };
    return {
      group: Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""])),
      matrix: travelMatrix(
        {
          ...part,
          costs: mapColumns(rows.costs, (column) => Float64Array.from(members, (row) => column[row])),
          rowNumbers: Int32Array.from(members, (row) => rows.rowNumbers?.[row] ?? row + 1),
        },
        options,
      ),
    };
  });
}
