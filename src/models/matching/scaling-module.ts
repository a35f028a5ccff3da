import {
  type Code,
  code,
  f64,
  f64x2,
  i32,
  local,
  repeatWhile,
  type WasmFunction,
  wasmModule,
} from "./wasm-assembler.ts";

let compiled: WebAssembly.Module | null | undefined;

/** The module of the dense pass, compiled once; null where the machine has no vector instructions. */
export function scalingModule(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const bytes = scalingBytes() as Uint8Array & BufferSource;
    compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return compiled;
}

/** The bytes of the module: the same sweep for four rows at once and for the rows that are left, with a division or a product. */
export const scalingBytes = (): Uint8Array =>
  wasmModule([
    sweep("divideFour", 4, f64.divide),
    sweep("divideOne", 1, f64.divide),
    sweep("multiplyFour", 4, f64.multiply),
    sweep("multiplyOne", 1, f64.multiply),
  ]);

/**
 * One sweep over blocks of `height` rows:
 *
 *     for each block:
 *       for j by 8: sums[row][lane] += K[row][j + lane] * v[j + lane]
 *       u[row] = a[row] / (sum of the eight partial sums), or a[row] * (that sum)
 *       for j by 2: t[j] = t[j] + u[row 0] * K[row 0][j] + u[row 1] * K[row 1][j] + ...
 *
 * Rows of a block share the reading of v and the reading and writing of t; the order of the additions is that of one row after the other.
 */
function sweep(name: string, height: number, operation: Code): WasmFunction {
  // Parameters: addresses of K, a, u, v, t; bytes of a row; number of blocks. Then the locals.
  const [matrix, margins, rowScale, columnScale, sums, rowBytes, blocks] = [0, 1, 2, 3, 4, 5, 6];
  const [atColumn, endColumn, block] = [7, 8, 9];
  const rowAddress = (row: number): number => 10 + row;
  const partial = (row: number, pair: number): number => 10 + height + row * 4 + pair;
  const scale = (row: number): number => 10 + height + height * 4 + row;
  const sum = 10 + height + height * 5;
  const loaded = sum + 1;
  const rows = Array.from({ length: height }, (_, row) => row);
  const pairs = [0, 1, 2, 3];

  const move = (index: number, bytes: number): Code =>
    code(local.get(index), i32.constant(bytes), i32.add, local.set(index));
  const startOfRows = rows.map((row) =>
    row === 0
      ? code(local.get(matrix), local.set(rowAddress(0)))
      : code(local.get(rowAddress(row - 1)), local.get(rowBytes), i32.add, local.set(rowAddress(row))),
  );
  const overColumns = (start: number, step: number, body: Code): Code =>
    code(
      ...[local.get(start), local.tee(atColumn), local.get(rowBytes), i32.add, local.set(endColumn)],
      repeatWhile(
        code(body, move(atColumn, step), ...rows.map((row) => move(rowAddress(row), step))),
        code(local.get(atColumn), local.get(endColumn), i32.lessThan),
      ),
    );

  const products = pairs.map((pair) =>
    code(
      ...[local.get(atColumn), f64x2.load(16 * pair), local.set(loaded)],
      ...rows.map((row) =>
        code(
          ...[local.get(partial(row, pair)), local.get(rowAddress(row)), f64x2.load(16 * pair), local.get(loaded)],
          ...[f64x2.multiply, f64x2.add, local.set(partial(row, pair))],
        ),
      ),
    ),
  );
  const scales = rows.map((row) =>
    code(
      ...[local.get(partial(row, 0)), local.get(partial(row, 1)), f64x2.add],
      ...[local.get(partial(row, 2)), local.get(partial(row, 3)), f64x2.add, f64x2.add, local.set(sum)],
      ...[local.get(rowScale), local.get(margins), f64.load(8 * row)],
      ...[local.get(sum), f64x2.lane(0), local.get(sum), f64x2.lane(1), f64.add, operation, f64.store(8 * row)],
      ...[local.get(rowScale), f64.load(8 * row), f64x2.splat, local.set(scale(row))],
    ),
  );
  const accumulate = pairs.map((pair) =>
    code(
      ...[local.get(atColumn), local.get(atColumn), f64x2.load(16 * pair)],
      ...rows.map((row) =>
        code(local.get(scale(row)), local.get(rowAddress(row)), f64x2.load(16 * pair), f64x2.multiply, f64x2.add),
      ),
      f64x2.store(16 * pair),
    ),
  );

  const oneBlock = code(
    ...rows.flatMap((row) => pairs.map((pair) => code(f64x2.zero, local.set(partial(row, pair))))),
    ...startOfRows,
    overColumns(columnScale, 64, code(...products)),
    ...scales,
    ...startOfRows,
    overColumns(sums, 64, code(...accumulate)),
    ...[local.get(matrix), local.get(rowBytes), i32.constant(height), i32.multiply, i32.add, local.set(matrix)],
    ...[move(margins, 8 * height), move(rowScale, 8 * height), move(block, 1)],
  );
  return {
    name,
    parameters: 7,
    integers: 3 + height,
    vectors: height * 5 + 2,
    body: repeatWhile(oneBlock, code(local.get(block), local.get(blocks), i32.lessThan)),
  };
}
