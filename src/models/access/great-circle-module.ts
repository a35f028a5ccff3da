import {
  type Code,
  code,
  f64,
  f64x2,
  i32,
  local,
  repeatWhile,
  unsigned,
  wasmModule,
} from "../matching/wasm-assembler.ts";

const vector = (operation: number): Code => [0xfd, ...unsigned(operation)];
/** f64x2.sqrt, and pmax(a, b): b when a < b, else a. */
const [root, most] = [vector(0xef), vector(0xf7)];

let compiled: WebAssembly.Module | null | undefined;

/** The module of a row of distances, compiled once; null where the machine has no vector instructions. */
export function greatCircleModule(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const bytes = wasmModule([row()]) as Uint8Array & BufferSource;
    compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return compiled;
}

/** Terms of the series, places of their coefficients among the scalars, after the three of the origin. */
export const SERIES_TERMS = 8;
/** Place of the two lanes of the largest squared chord. */
export const LARGEST_CHORD = 12;

/**
 * Distances from one point to all, four destinations at a time:
 *
 *     chord² = (x - x0)² + (y - y0)² + (z - z0)²
 *     km = sqrt(chord²) × (c0 + chord² × (c1 + chord² × (…)))
 *
 * Scalars, by place: 0-2 the origin, 3-10 the coefficients, 12-13 the two lanes of the largest chord².
 */
function row() {
  const [xs, ys, zs, out, scalars, bytes] = [0, 1, 2, 3, 4, 5];
  const end = 6;
  const [x, y, z, largest, squared, other, value, otherValue] = [7, 8, 9, 10, 11, 12, 13, 14];
  const coefficient = (term: number): number => 15 + term;
  const splat = (place: number, into: number): Code =>
    code(local.get(scalars), f64.load(8 * place), f64x2.splat, local.set(into));
  const square = (column: number, own: number, offset: number, into: number): Code =>
    code(
      ...[local.get(column), f64x2.load(offset), local.get(own), f64x2.subtract, local.tee(into)],
      ...[local.get(into), f64x2.multiply],
    );
  const chord = (offset: number, into: number, scratch: number): Code =>
    code(
      ...[square(xs, x, offset, scratch), square(ys, y, offset, scratch), f64x2.add],
      ...[square(zs, z, offset, scratch), f64x2.add, local.set(into)],
      ...[local.get(largest), local.get(into), most, local.set(largest)],
    );
  /** Both series advance together: one waits for its product while the other multiplies. */
  const series = code(
    ...[local.get(coefficient(SERIES_TERMS - 1)), local.set(value)],
    ...[local.get(coefficient(SERIES_TERMS - 1)), local.set(otherValue)],
    ...Array.from({ length: SERIES_TERMS - 1 }, (_, k) => SERIES_TERMS - 2 - k).map((term) =>
      code(
        ...[local.get(value), local.get(squared), f64x2.multiply, local.get(coefficient(term)), f64x2.add],
        ...[local.set(value), local.get(otherValue), local.get(other), f64x2.multiply],
        ...[local.get(coefficient(term)), f64x2.add, local.set(otherValue)],
      ),
    ),
  );
  const store = (offset: number, chordSquared: number, sum: number): Code =>
    code(local.get(out), local.get(chordSquared), root, local.get(sum), f64x2.multiply, f64x2.store(offset));
  const move = (index: number): Code => code(local.get(index), i32.constant(32), i32.add, local.set(index));
  return {
    name: "row",
    parameters: 6,
    integers: 1,
    vectors: 8 + SERIES_TERMS,
    body: code(
      ...[splat(0, x), splat(1, y), splat(2, z)],
      ...Array.from({ length: SERIES_TERMS }, (_, term) => splat(3 + term, coefficient(term))),
      ...[f64x2.zero, local.set(largest), local.get(xs), local.get(bytes), i32.add, local.set(end)],
      repeatWhile(
        code(
          ...[chord(0, squared, value), chord(16, other, value), series],
          ...[store(0, squared, value), store(16, other, otherValue), ...[xs, ys, zs, out].map(move)],
        ),
        code(local.get(xs), local.get(end), i32.lessThan),
      ),
      ...[local.get(scalars), local.get(largest), f64x2.store(8 * LARGEST_CHORD)],
    ),
  };
}
