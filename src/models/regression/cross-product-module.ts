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
} from "../matching/wasm-assembler.ts";

/** Rows taken together: a block of columns stays in the cache while all its pairs are multiplied. */
export const BLOCK_ROWS = 256;
/** Columns in a tile; rooms are padded to a multiple of it with zero columns. */
export const TILE = 3;

let compiled: WebAssembly.Module | null | undefined;

/** The module of the cross products, compiled once; null where the machine has no vector instructions. */
export function crossProductModule(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const bytes = wasmModule([tile(BLOCK_ROWS, TILE)]) as Uint8Array & BufferSource;
    compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return compiled;
}

/**
 * The products of `side` columns with `side` others over a block of rows, nine sums of two lanes kept in registers:
 *
 *     for k by 2: sums[a][b][lane] += left[a][k + lane] * right[b][k + lane]
 *     out[a][b] += sums[a][b][0] + sums[a][b][1]
 */
function tile(blockRows: number, side: number): WasmFunction {
  // Parameters: addresses of the first column on the left, on the right, of the sums. Then the locals.
  const [left, right, out, end] = [0, 1, 2, 3];
  const sum = (a: number, b: number): number => 4 + a * side + b;
  const onRight = (b: number): number => 4 + side * side + b;
  const onLeft = 4 + side * side + side;
  const column = blockRows * 8;
  const sides = Array.from({ length: side }, (_, index) => index);
  const pairs = sides.flatMap((a) => sides.map((b) => [a, b] as const));
  const move = (index: number, bytes: number): Code =>
    code(local.get(index), i32.constant(bytes), i32.add, local.set(index));

  const step = code(
    ...sides.map((b) => code(local.get(right), f64x2.load(b * column), local.set(onRight(b)))),
    ...sides.map((a) =>
      code(
        ...[local.get(left), f64x2.load(a * column), local.set(onLeft)],
        ...sides.map((b) =>
          code(
            ...[local.get(sum(a, b)), local.get(onLeft), local.get(onRight(b)), f64x2.multiply, f64x2.add],
            local.set(sum(a, b)),
          ),
        ),
      ),
    ),
    move(left, 16),
    move(right, 16),
  );
  const addSums = pairs.map(([a, b]) => {
    const at = (a * side + b) * 8;
    const lanes = code(local.get(sum(a, b)), f64x2.lane(0), local.get(sum(a, b)), f64x2.lane(1), f64.add);
    return code(local.get(out), local.get(out), f64.load(at), lanes, f64.add, f64.store(at));
  });
  return {
    name: "tile",
    parameters: 3,
    integers: 1,
    vectors: side * side + side + 1,
    body: code(
      ...[local.get(left), i32.constant(column), i32.add, local.set(end)],
      repeatWhile(step, code(local.get(left), local.get(end), i32.lessThan)),
      ...addSums,
    ),
  };
}
