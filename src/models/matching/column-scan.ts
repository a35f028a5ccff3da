import { columnScanModule } from "./column-scan-module.ts";

/**
 * What the search of a shortest augmenting path keeps for each column, and the scan that it spends its time in. A column that is done has a price of
 * -Infinity and a distance of Infinity: it costs too much to be reached again, and is no longer the least.
 */
export interface ColumnScan {
  readonly prices: Float64Array;
  readonly distances: Float64Array;
  /** Row through which each column was reached last. */
  readonly rowBefore: Float64Array;
  readonly engine: "simd" | "plain";
  /** Sets whether a column is free. */
  setFree(column: number, free: boolean): void;
  /** Distances through a row, `costs` from `base`: cost - price + shift. Returns the least distance of all. */
  relax(costs: Float64Array, base: number, row: number, shift: number): number;
  /** The first column at the least distance found last, a free one if there is one. */
  nearest(): number;
}

/** Room for a scan of `columns` columns: WebAssembly vectors where the machine has them, or the plain twin. The same answers to the last bit. */
export function columnScan(columns: number, engine: "simd" | "plain" | "best" = "best"): ColumnScan {
  const compiled = engine === "plain" ? null : columnScanModule();
  return compiled ? vectorScan(columns, compiled) : plainScan(columns);
}

function plainScan(columns: number): ColumnScan {
  const prices = new Float64Array(columns);
  const distances = new Float64Array(columns);
  const rowBefore = new Float64Array(columns);
  const isFree = new Uint8Array(columns).fill(1);
  let nearest = 0;
  return {
    ...{ prices, distances, rowBefore, engine: "plain" },
    setFree: (column, free) => {
      isFree[column] = free ? 1 : 0;
    },
    relax: (costs, base, row, shift) => {
      let least = Number.POSITIVE_INFINITY;
      let freeFound = false;
      nearest = 0;
      for (let column = 0; column < columns; column++) {
        const through = costs[base + column] - prices[column] + shift;
        if (through < distances[column]) {
          distances[column] = through;
          rowBefore[column] = row;
        }
        const distance = distances[column];
        if (distance < least || (distance === least && !freeFound && isFree[column] === 1)) {
          least = distance;
          nearest = column;
          freeFound = isFree[column] === 1;
        }
      }
      return least;
    },
    nearest: () => nearest,
  };
}

function vectorScan(columns: number, compiled: WebAssembly.Module): ColumnScan {
  const stride = Math.ceil(columns / 4) * 4;
  const bytes = stride * 8;
  const [atCosts, atPrices, atDistances, atBefore, atFree, atAny, atScalars] = [0, 1, 2, 3, 4, 5, 6].map(
    (k) => k * bytes,
  ) as [...[number, number, number, number, number, number, number]];
  const memory = new WebAssembly.Memory({ initial: Math.ceil((7 * bytes + 64) / 65_536) });
  const view = (at: number, length: number): Float64Array => new Float64Array(memory.buffer, at, length);
  const rowCosts = view(atCosts, columns);
  // Columns of the padding are done from the start.
  view(atCosts, stride).fill(Number.POSITIVE_INFINITY);
  view(atPrices, stride).fill(Number.NEGATIVE_INFINITY);
  view(atDistances, stride).fill(Number.POSITIVE_INFINITY);
  const prices = view(atPrices, columns).fill(0);
  const distances = view(atDistances, columns);
  const freeMasks = new Int32Array(memory.buffer, atFree, 2 * stride);
  freeMasks.fill(-1, 0, 2 * columns);
  new Int32Array(memory.buffer, atAny, 2 * columns).fill(-1);
  const scalars = view(atScalars, 8);
  scalars[6] = Number.POSITIVE_INFINITY;
  const { relax, find } = new WebAssembly.Instance(compiled, { env: { memory } }).exports as {
    relax(...addresses: number[]): void;
    find(...addresses: number[]): number;
  };
  return {
    ...{ prices, distances, rowBefore: view(atBefore, columns), engine: "simd" },
    setFree: (column, free) => {
      freeMasks.fill(free ? -1 : 0, 2 * column, 2 * column + 2);
    },
    relax: (costs, base, row, shift) => {
      rowCosts.set(costs.subarray(base, base + columns));
      scalars[0] = shift;
      scalars[1] = row;
      relax(atCosts, atPrices, atDistances, atBefore, atFree, atScalars, bytes);
      return Math.min(scalars[2], scalars[3]);
    },
    nearest: () => {
      const least = Math.min(scalars[2], scalars[3]);
      const amongFree = Math.min(scalars[4], scalars[5]) === least;
      scalars[0] = least;
      const address = find(atDistances, amongFree ? atFree : atAny, atScalars, atDistances + bytes);
      const column = (address - atDistances) / 8;
      const first = distances[column] === least && (!amongFree || freeMasks[2 * column] !== 0);
      return first ? column : column + 1;
    },
  };
}
