import { describe, expect, test } from "vitest";
import { scalingKernel } from "../../../src/models/matching/scaling-kernel.ts";
import { scalingBytes, scalingModule } from "../../../src/models/matching/scaling-module.ts";
import { signed, unsigned } from "../../../src/models/matching/wasm-assembler.ts";
import { costInstance } from "./instances.ts";

function filled(rows: number, columns: number, engine: "simd" | "plain") {
  const kernel = scalingKernel(rows, columns, engine);
  const costs = costInstance("random", rows, columns, 4);
  for (let i = 0; i < rows; i++) {
    kernel.rowMargins[i] = (i + 1) / rows;
    for (let j = 0; j < columns; j++) kernel.matrix[i * kernel.stride + j] = Math.exp(-costs[i * columns + j] / 20);
  }
  for (let j = 0; j < columns; j++) kernel.columnScale[j] = 1 / (j + 3);
  return kernel;
}

describe("the dense pass", () => {
  test.each([
    [1, 1],
    [3, 7],
    [4, 8],
    [5, 9],
    [8, 16],
    [13, 33],
    [64, 100],
  ])("%i x %i: the module, its plain twin and the formula", (rows, columns) => {
    const [simd, plain] = [filled(rows, columns, "simd"), filled(rows, columns, "plain")];
    expect([simd.engine, plain.engine]).toEqual(["simd", "plain"]);
    for (const kernel of [simd, plain]) for (let pass = 0; pass < 3; pass++) kernel.pass();
    expect(simd.rowScale).toEqual(plain.rowScale);
    expect(simd.columnSums).toEqual(plain.columnSums);
    for (let i = 0; i < rows; i++) {
      let dot = 0;
      for (let j = 0; j < columns; j++) dot += plain.matrix[i * plain.stride + j] * plain.columnScale[j];
      expect(Math.abs(simd.rowScale[i] / (plain.rowMargins[i] / dot) - 1)).toBeLessThan(1e-13);
    }
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += plain.rowScale[i] * plain.matrix[i * plain.stride + j];
      expect(Math.abs(simd.columnSums[j] / sum - 1)).toBeLessThan(1e-13);
    }
    expect([...simd.columnSums.subarray(columns)].every((value) => value === 0)).toBe(true);
  });
  test.each([
    [1, 1],
    [5, 9],
    [13, 33],
  ])("%i x %i: P' diag(1/a) P x of the factors kept", (rows, columns) => {
    const x = Float64Array.from({ length: columns }, (_, j) => Math.sin(j + 1));
    const answers = (["simd", "plain"] as const).map((engine) => {
      const kernel = filled(rows, columns, engine);
      const factors = kernel.columnScale.slice();
      kernel.pass();
      kernel.weighRows();
      const { rowScale, matrix, stride, rowMargins } = kernel;
      const plan = Array.from({ length: rows }, (_, i) =>
        Float64Array.from({ length: columns }, (_, j) => rowScale[i] * matrix[i * stride + j] * factors[j]),
      );
      kernel.columnScale.fill(7, 0, columns);
      const answer = kernel.transposeTimes(x).slice();
      const image = plan.map((row, i) => row.reduce((sum, amount, j) => sum + amount * x[j], 0) / rowMargins[i]);
      for (let j = 0; j < columns; j++) {
        const expected = plan.reduce((sum, row, i) => sum + row[j] * (image[i] ?? 0), 0);
        expect(Math.abs(answer[j] - expected)).toBeLessThan(1e-12 * Math.max(1, Math.abs(expected)));
      }
      return answer;
    });
    expect(answers[0]).toEqual(answers[1]);
  });
  test("a machine with vectors takes the module by default", () => {
    expect(scalingKernel(2, 2).engine).toBe("simd");
    expect(scalingModule()).toBe(scalingModule());
  });
});

describe("the assembler", () => {
  test("the module is valid, small, and exports the sweeps", () => {
    const bytes = scalingBytes();
    expect(bytes.length).toBeLessThan(4096);
    expect(bytes).toEqual(scalingBytes());
    const compiled = scalingModule();
    expect(compiled && WebAssembly.Module.exports(compiled).map(({ name }) => name)).toEqual([
      "divideFour",
      "divideOne",
      "multiplyFour",
      "multiplyOne",
    ]);
    expect(compiled && WebAssembly.Module.imports(compiled)).toEqual([
      { module: "env", name: "memory", kind: "memory" },
    ]);
  });
  test("numbers of variable length, as in the specification", () => {
    expect(unsigned(624_485)).toEqual([0xe5, 0x8e, 0x26]);
    expect(signed(-123_456)).toEqual([0xc0, 0xbb, 0x78]);
    expect([unsigned(0), unsigned(127), unsigned(128)]).toEqual([[0], [0x7f], [0x80, 1]]);
    expect([signed(63), signed(64), signed(-64), signed(-65)]).toEqual([[0x3f], [0xc0, 0], [0x40], [0xbf, 0x7f]]);
  });
});
