import { scalingModule } from "./scaling-module.ts";

/** Numbers taken together in the dense loops: rows are padded to a multiple of it with zeros. */
export const LANES = 8;

/**
 * A dense matrix K and the vectors of one Sinkhorn iteration, in one memory. `pass` does both dense products in a single sweep: for each row,
 * u_i = a_i / (K v)_i, then t += u_i K_i while the row is still in the cache, so that t ends as the transpose of K times u.
 */
export interface ScalingKernel {
  readonly rows: number;
  readonly columns: number;
  /** Length of a padded row. */
  readonly stride: number;
  /** K, row-major with the stride; the padding must stay 0. */
  readonly matrix: Float64Array;
  readonly rowMargins: Float64Array;
  readonly rowScale: Float64Array;
  readonly columnScale: Float64Array;
  readonly columnSums: Float64Array;
  readonly engine: "simd" | "plain";
  pass(): void;
  /** Keeps the present factors u and v for `transposeTimes`. */
  weighRows(): void;
  /** P' diag(1/a) P x, P the plan diag(u) K diag(v) of the factors kept, in one sweep too. The answer is written over at the next call. */
  transposeTimes(x: Float64Array): Float64Array;
}

/**
 * Room for a kernel, with WebAssembly vectors (f64x2, one thread) where the machine has them, or the plain twin. Both add in the same order (eight partial sums
 * a row, then pairs), so their results are equal to the last bit. Memory: 8 bytes an entry.
 */
export function scalingKernel(
  rows: number,
  columns: number,
  engine: "simd" | "plain" | "best" = "best",
): ScalingKernel {
  const stride = Math.ceil(columns / LANES) * LANES;
  const sizes = [rows * stride, rows, rows, stride, stride, rows, rows, stride, stride] as const;
  const offsets: number[] = [];
  let bytes = 0;
  for (const size of sizes) {
    offsets.push(bytes);
    bytes += Math.ceil((size * 8) / 64) * 64;
  }
  const compiled = engine === "plain" ? null : scalingModule();
  const memory = compiled ? new WebAssembly.Memory({ initial: Math.ceil(bytes / 65_536) }) : null;
  const buffer = memory?.buffer ?? new ArrayBuffer(bytes);
  const views = sizes.map((size, k) => new Float64Array(buffer, offsets[k], size));
  const [matrix, rowMargins, rowScale, columnScale, columnSums, rowWeights, rowImage, factor, image] = views as [
    ...[Float64Array, Float64Array, Float64Array, Float64Array, Float64Array],
    ...[Float64Array, Float64Array, Float64Array, Float64Array],
  ];
  const sweep = compiled && memory ? vectorSweep(compiled, memory, rows, stride) : plainSweep(rows, stride);
  const kept = new Float64Array(columns);
  return {
    ...{ rows, columns, stride, matrix, rowMargins, rowScale, columnScale, columnSums },
    engine: compiled ? "simd" : "plain",
    pass: () => sweep("divide", matrix, rowMargins, rowScale, columnScale, columnSums),
    weighRows: () => {
      for (let i = 0; i < rows; i++) rowWeights[i] = (rowScale[i] * rowScale[i]) / rowMargins[i];
      kept.set(columnScale.subarray(0, columns));
    },
    transposeTimes: (x) => {
      for (let j = 0; j < columns; j++) factor[j] = kept[j] * x[j];
      sweep("multiply", matrix, rowWeights, rowImage, factor, image);
      for (let j = 0; j < columns; j++) image[j] *= kept[j];
      return image.subarray(0, columns);
    },
  };
}

/**
 * One sweep over the rows: w_i = m_i / (K x)_i or m_i (K x)_i, and t = K' w. All arrays lie in the memory of the kernel.
 */
type Sweep = (
  operation: "divide" | "multiply",
  matrix: Float64Array,
  margins: Float64Array,
  rowScale: Float64Array,
  columnScale: Float64Array,
  sums: Float64Array,
) => void;

function vectorSweep(compiled: WebAssembly.Module, memory: WebAssembly.Memory, rows: number, stride: number): Sweep {
  const functions = new WebAssembly.Instance(compiled, { env: { memory } }).exports as Record<
    "divideFour" | "divideOne" | "multiplyFour" | "multiplyOne",
    (...values: number[]) => void
  >;
  const blocks = Math.floor(rows / 4);
  const done = blocks * 4;
  const rowBytes = stride * 8;
  return (operation, matrix, margins, rowScale, columnScale, sums) => {
    sums.fill(0);
    const [at, atMargins, atScale] = [matrix.byteOffset, margins.byteOffset, rowScale.byteOffset];
    const [four, one] = [functions[`${operation}Four`], functions[`${operation}One`]];
    if (blocks > 0) four(at, atMargins, atScale, columnScale.byteOffset, sums.byteOffset, rowBytes, blocks);
    if (done === rows) return;
    const rest = [at + done * rowBytes, atMargins + done * 8, atScale + done * 8] as const;
    one(...rest, columnScale.byteOffset, sums.byteOffset, rowBytes, rows - done);
  };
}

/** The same sums in the same order, without vectors: what the module does, to be read. */
const plainSweep =
  (rows: number, stride: number): Sweep =>
  (operation, matrix, margins, rowScale, columnScale, sums) => {
    sums.fill(0);
    for (let row = 0, base = 0; row < rows; row++, base += stride) {
      let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let j = 0, at = base; j < stride; j += LANES, at += LANES) {
        s0 += matrix[at] * columnScale[j];
        s1 += matrix[at + 1] * columnScale[j + 1];
        s2 += matrix[at + 2] * columnScale[j + 2];
        s3 += matrix[at + 3] * columnScale[j + 3];
        s4 += matrix[at + 4] * columnScale[j + 4];
        s5 += matrix[at + 5] * columnScale[j + 5];
        s6 += matrix[at + 6] * columnScale[j + 6];
        s7 += matrix[at + 7] * columnScale[j + 7];
      }
      const sum = s0 + s2 + (s4 + s6) + (s1 + s3 + (s5 + s7));
      const scale = operation === "divide" ? margins[row] / sum : margins[row] * sum;
      rowScale[row] = scale;
      for (let j = 0, at = base; j < stride; j++, at++) sums[j] += scale * matrix[at];
    }
  };
