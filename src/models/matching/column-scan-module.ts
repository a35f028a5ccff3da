import {
  code,
  f64,
  f64x2,
  i32,
  local,
  repeatWhile,
  returnIf,
  type WasmFunction,
  wasmModule,
} from "./wasm-assembler.ts";

let compiled: WebAssembly.Module | null | undefined;

/** The module of the scan of columns, compiled once; null where the machine has no vector instructions. */
export function columnScanModule(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const bytes = wasmModule([relax(), find()]) as Uint8Array & BufferSource;
    compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return compiled;
}

/**
 * Distances through one row, two columns at a time:
 *
 *     through = cost - price + shift
 *     if through < distance: distance = through, before = row
 *     least = min(least, distance); least free = min(least free, distance where the column is free)
 *
 * Scalars, by place: 0 the shift, 1 the row, 2-3 the two lanes of the least distance, 4-5 those of the least free one, 6 infinity.
 */
function relax(): WasmFunction {
  const [costs, prices, distances, before, free, scalars, bytes] = [0, 1, 2, 3, 4, 5, 6];
  const end = 7;
  const [shift, row, least, leastFree, infinity, through, distance, mask] = [8, 9, 10, 11, 12, 13, 14, 15];
  const splat = (place: number, into: number) =>
    code(local.get(scalars), f64.load(8 * place), f64x2.splat, local.set(into));
  const move = (index: number) => code(local.get(index), i32.constant(32), i32.add, local.set(index));
  const twoColumns = (offset: number) =>
    code(
      ...[local.get(costs), f64x2.load(offset), local.get(prices), f64x2.load(offset), f64x2.subtract],
      ...[local.get(shift), f64x2.add, local.set(through)],
      ...[local.get(distances), f64x2.load(offset), local.set(distance)],
      ...[local.get(through), local.get(distance), f64x2.lessThan, local.set(mask)],
      ...[
        local.get(distances),
        local.get(distance),
        local.get(through),
        f64x2.least,
        local.tee(distance),
        f64x2.store(offset),
      ],
      ...[local.get(before), local.get(row), local.get(before), f64x2.load(offset), local.get(mask), f64x2.select],
      f64x2.store(offset),
      ...[local.get(least), local.get(distance), f64x2.least, local.set(least)],
      ...[
        local.get(leastFree),
        local.get(distance),
        local.get(infinity),
        local.get(free),
        f64x2.load(offset),
        f64x2.select,
      ],
      ...[f64x2.least, local.set(leastFree)],
    );
  return {
    name: "relax",
    parameters: 7,
    integers: 1,
    vectors: 8,
    body: code(
      ...[splat(0, shift), splat(1, row), splat(6, infinity), splat(6, least), splat(6, leastFree)],
      ...[local.get(costs), local.get(bytes), i32.add, local.set(end)],
      repeatWhile(
        code(twoColumns(0), twoColumns(16), ...[costs, prices, distances, before, free].map(move)),
        code(local.get(costs), local.get(end), i32.lessThan),
      ),
      ...[local.get(scalars), local.get(least), f64x2.store(16)],
      ...[local.get(scalars), local.get(leastFree), f64x2.store(32)],
    ),
  };
}

/** Address of the first pair of columns with a distance equal to the scalar 0 under a mask, or `end`. */
function find(): WasmFunction {
  const [distances, masks, scalars, end] = [0, 1, 2, 3];
  const wanted = 4;
  const move = (index: number) => code(local.get(index), i32.constant(16), i32.add, local.set(index));
  return {
    name: "find",
    parameters: 4,
    integers: 0,
    vectors: 1,
    returns: true,
    body: code(
      ...[local.get(scalars), f64.load(0), f64x2.splat, local.set(wanted)],
      repeatWhile(
        code(
          returnIf(
            code(
              ...[local.get(distances), f64x2.load(0), local.get(wanted), f64x2.equal],
              ...[local.get(masks), f64x2.load(0), f64x2.and, f64x2.any],
            ),
            local.get(distances),
          ),
          ...[move(distances), move(masks)],
        ),
        code(local.get(distances), local.get(end), i32.lessThan),
      ),
      local.get(end),
    ),
  };
}
