import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { symmetricEigen } from "../../../src/models/linear-algebra/symmetric-eigen.ts";

/** Q diag(values) Q', with Q a product of random reflections: a matrix whose eigenvalues are known. */
function withEigenvalues(values: readonly number[], seed: number): Float64Array {
  const n = values.length;
  const random = seededRandom(seed);
  const matrix = new Float64Array(n * n);
  values.forEach((value, i) => {
    matrix[i * n + i] = value;
  });
  for (let turn = 0; turn < 3; turn++) {
    const u = Float64Array.from({ length: n }, () => random() - 0.5);
    const length = Math.hypot(...u);
    for (let i = 0; i < n; i++) u[i] /= length;
    // H M H with H = I - 2uu'.
    for (const transposed of [false, true])
      for (let j = 0; j < n; j++) {
        const at = (i: number): number => (transposed ? j * n + i : i * n + j);
        let along = 0;
        for (let i = 0; i < n; i++) along += u[i] * matrix[at(i)];
        for (let i = 0; i < n; i++) matrix[at(i)] -= 2 * along * u[i];
      }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i];
  return matrix;
}

function expectEigen(matrix: Float64Array, n: number): void {
  const { values, vectors } = symmetricEigen(matrix, n);
  const scale = Math.max(...values.map(Math.abs), 1e-300);
  let [residual, angle] = [0, 0];
  for (let s = 0; s < n; s++) {
    for (let i = 0; i < n; i++) {
      let product = -values[s] * vectors[s * n + i];
      for (let j = 0; j < n; j++) product += matrix[i * n + j] * vectors[s * n + j];
      residual = Math.max(residual, Math.abs(product) / scale);
    }
    for (let t = 0; t <= s; t++) {
      let dot = s === t ? -1 : 0;
      for (let i = 0; i < n; i++) dot += vectors[s * n + i] * vectors[t * n + i];
      angle = Math.max(angle, Math.abs(dot));
    }
    if (s > 0) expect(values[s]).toBeLessThanOrEqual(values[s - 1]);
  }
  expect(residual).toBeLessThan(1e-13);
  expect(angle).toBeLessThan(1e-13);
}

describe("eigenvalues and eigenvectors of a symmetric matrix", () => {
  test.each([
    ["spread over twelve decades", Array.from({ length: 40 }, (_, i) => 10 ** (-i * 0.3))],
    ["equal three by three, with zeros and negatives", Array.from({ length: 30 }, (_, i) => Math.floor(i / 3) - 4)],
    ["of rank one", [5, ...new Array<number>(19).fill(0)]],
    ["150 of them", Array.from({ length: 150 }, (_, i) => Math.cos(i))],
  ])("known ones, %s", (_, values) => {
    const n = values.length;
    const matrix = withEigenvalues(values, 7);
    expectEigen(matrix, n);
    const found = symmetricEigen(matrix, n).values;
    const largest = Math.max(...values.map(Math.abs));
    [...values]
      .sort((a, b) => b - a)
      .forEach((value, s) => {
        expect(Math.abs(found[s] - value) / largest).toBeLessThan(1e-14 * n);
      });
  });

  test("small and already simple matrices", () => {
    expectEigen(new Float64Array(9), 3);
    expectEigen(Float64Array.of(3), 1);
    expectEigen(Float64Array.of(0, 1, 1, 0), 2);
    expectEigen(Float64Array.of(1, 0, 0, 0, 3, 0, 0, 0, 2), 3);
    expectEigen(Float64Array.of(1e-160, 2e-160, 2e-160, -1e-160), 2);
    expect(symmetricEigen(new Float64Array(0), 0).values.length).toBe(0);
  });

  test("the second difference matrix: 2 - 2 cos(kπ/(n+1))", () => {
    const n = 25;
    const matrix = Float64Array.from({ length: n * n }, (_, at) => {
      const apart = Math.abs(Math.floor(at / n) - (at % n));
      return apart === 0 ? 2 : apart === 1 ? -1 : 0;
    });
    symmetricEigen(matrix, n).values.forEach((value, s) => {
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((n - s) * Math.PI) / (n + 1)), 13);
    });
  });

  test("the matrix is left as it was, and what is missing is refused", () => {
    const matrix = Object.freeze([2, 1, 1, 2]);
    const given = Float64Array.from(matrix);
    symmetricEigen(given, 2);
    expect([...given]).toEqual(matrix);
    expect(() => symmetricEigen(Float64Array.of(1, Number.NaN, Number.NaN, 1), 2)).toThrow(/NaN/);
    expect(() => symmetricEigen(Float64Array.of(1, 2, 3), 2)).toThrow(/2 x 2 nombres finis/);
  });
});
