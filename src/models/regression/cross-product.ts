import { BLOCK_ROWS, crossProductModule, TILE } from "./cross-product-module.ts";

/** Room for a block of rows of a matrix B, column after column, and the sums of B'B over the blocks. */
export interface CrossProduct {
  /** Column k stands at k x BLOCK_ROWS; rows that are not filled must be 0. */
  readonly block: Float64Array;
  readonly engine: "simd" | "plain";
  /** Adds the block's products to the sums. */
  readonly add: () => void;
  /** B'B, row by row, and back to zero. */
  readonly take: () => Float64Array;
}

/**
 * Cross products of tall matrices by blocks of rows, each pair of columns in two partial sums (even and odd rows): by WebAssembly vectors where the machine has
 * them, or the plain twin, equal to the last bit since both add in the same order. A block costs BLOCK_ROWS x columns^2 / 2.
 */
export function crossProduct(columns: number, engine: "simd" | "plain" | "best" = "best"): CrossProduct {
  const tiles = Math.ceil(columns / TILE);
  const padded = tiles * TILE;
  const blockLength = padded * BLOCK_ROWS;
  const sumsLength = tiles * tiles * TILE * TILE;
  const compiled = engine === "plain" ? null : crossProductModule();
  const memory = compiled
    ? new WebAssembly.Memory({ initial: Math.ceil(((blockLength + sumsLength) * 8) / 65_536) })
    : null;
  const buffer = memory?.buffer ?? new ArrayBuffer((blockLength + sumsLength) * 8);
  const block = new Float64Array(buffer, 0, blockLength);
  const sums = new Float64Array(buffer, blockLength * 8, sumsLength);
  const addTile = compiled && memory ? vectorTile(compiled, memory) : plainTile(block, sums);
  return {
    block,
    engine: compiled ? "simd" : "plain",
    add: () => {
      for (let a = 0; a < tiles; a++)
        for (let b = 0; b <= a; b++)
          addTile(
            a * TILE * BLOCK_ROWS * 8,
            b * TILE * BLOCK_ROWS * 8,
            (blockLength + (a * tiles + b) * TILE * TILE) * 8,
          );
    },
    take: () => {
      const whole = new Float64Array(columns * columns);
      for (let row = 0; row < columns; row++)
        for (let column = 0; column <= row; column++) {
          const tile = Math.floor(row / TILE) * tiles + Math.floor(column / TILE);
          const value = sums[tile * TILE * TILE + (row % TILE) * TILE + (column % TILE)];
          whole[row * columns + column] = value;
          whole[column * columns + row] = value;
        }
      sums.fill(0);
      return whole;
    },
  };
}

/** Adds the products of the columns of a tile with those of another; the three are addresses in bytes. */
type Tile = (left: number, right: number, sums: number) => void;

const vectorTile = (compiled: WebAssembly.Module, memory: WebAssembly.Memory): Tile =>
  new WebAssembly.Instance(compiled, { env: { memory } }).exports["tile"] as Tile;

/** The same sums in the same order, without vectors: what the module does, to be read. */
const plainTile =
  (block: Float64Array, sums: Float64Array): Tile =>
  (leftBytes, rightBytes, sumsBytes) => {
    const right = rightBytes / 8;
    const at = sumsBytes / 8 - block.length;
    for (let row = 0; row < TILE; row++) {
      const left = leftBytes / 8 + row * BLOCK_ROWS;
      let [even0, even1, even2, odd0, odd1, odd2] = [0, 0, 0, 0, 0, 0];
      for (let k = 0; k < BLOCK_ROWS; k += 2) {
        const [even, odd] = [block[left + k], block[left + k + 1]];
        even0 += even * block[right + k];
        odd0 += odd * block[right + k + 1];
        even1 += even * block[right + BLOCK_ROWS + k];
        odd1 += odd * block[right + BLOCK_ROWS + k + 1];
        even2 += even * block[right + 2 * BLOCK_ROWS + k];
        odd2 += odd * block[right + 2 * BLOCK_ROWS + k + 1];
      }
      sums[at + row * TILE] += even0 + odd0;
      sums[at + row * TILE + 1] += even1 + odd1;
      sums[at + row * TILE + 2] += even2 + odd2;
    }
  };
