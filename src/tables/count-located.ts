import { type Column, NOT_AVAILABLE, numberColumn, PRESENT, type Table, table, textColumn } from "../codes/table.ts";
import type { Contract } from "../sources/contract.ts";
import { type StreamOptions, streamSource } from "../sources/stream.ts";
import type { Territory } from "../sources/territory.ts";
import { locateInto, type PointIndex } from "./point-in-polygon.ts";

export interface CountLocatedOptions extends Omit<StreamOptions, "columns"> {
  /** Columns of the coordinates, in the unit of the index. */
  readonly x: string;
  readonly y: string;
  /** A column of codes: points are counted for each of its values too. */
  readonly by?: string;
}

/** Where the points of a source fall. */
export interface LocatedCounts {
  /** One row a code of `by` (one row in all without it) and shape that holds points of it: `code`, `forme` (its place, from 0; -1 outside all), `points`. */
  readonly table: Table;
  readonly points: number;
  readonly inside: number;
  /** Points without coordinates: nowhere, and not among those outside. */
  readonly unplaced: number;
}

/**
 * Counts the points of a file larger than memory in shapes, as it streams: establishments, equipments, households. Memory follows the number of
 * (code, shape) pairs. O(points).
 * @throws QuartiersError as `streamSource` does
 */
export async function countLocated(
  territory: Territory,
  contract: Contract,
  index: PointIndex,
  { x, y, by, ...options }: CountLocatedOptions,
): Promise<LocatedCounts> {
  const counts = new Map<string, Float64Array>();
  let out = new Int32Array(0);
  let [inside, unplaced] = [0, 0];
  const { rows, lineage } = await streamSource(
    territory,
    contract,
    { ...options, columns: by === undefined ? [x, y] : [x, y, by] },
    ({ rowCount, numbers, texts }) => {
      if (out.length < rowCount) out = new Int32Array(rowCount);
      const [px, py] = [numbers(x), numbers(y)];
      locateInto(index, px, py, out, 0, rowCount);
      const codes = by === undefined ? null : texts(by);
      for (let i = 0; i < rowCount; i++) {
        if (Number.isNaN(px[i] + py[i])) {
          unplaced++;
          continue;
        }
        const code = codes?.[i] ?? "";
        let own = counts.get(code);
        if (own === undefined) {
          own = new Float64Array(index.shapes + 1);
          counts.set(code, own);
        }
        own[out[i] + 1]++;
        if (out[i] >= 0) inside++;
      }
    },
  );
  const found = [...counts.keys()].sort().flatMap((code) => {
    const own = counts.get(code) ?? new Float64Array();
    return Array.from(own.entries()).flatMap(([place, points]) =>
      points > 0 ? [{ code, shape: place - 1, points }] : [],
    );
  });
  /** Points without a code are counted apart, under an absent one. */
  const missing = Uint8Array.from(found, ({ code }) => (by !== undefined && code === "" ? NOT_AVAILABLE : PRESENT));
  const columns: Record<string, Column> = {
    code: textColumn(
      found.map(({ code }) => code),
      { label: "Code", missing: missing.some((reason) => reason !== PRESENT) ? missing : null },
    ),
    forme: numberColumn(
      found.map(({ shape }) => shape),
      { label: "Place de la forme, -1 hors de toutes", unit: "" },
    ),
    points: numberColumn(
      found.map(({ points }) => points),
      { label: "Points", unit: "points", summable: true },
    ),
  };
  return { table: table(columns, [lineage]), points: rows, inside, unplaced };
}
