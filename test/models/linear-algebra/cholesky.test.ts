import { expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import {
  cholesky,
  choleskyInverse,
  choleskyLogDeterminant,
  choleskySolve,
  quadraticForm,
} from "../../../src/models/linear-algebra/cholesky.ts";
import { expectNear } from "../../reference/reference.ts";

test("a random positive matrix: factor, solution, inverse, determinant and form agree", () => {
  const random = seededRandom(2);
  for (const n of [1, 2, 5, 12]) {
    const root = Float64Array.from({ length: n * n }, () => random() - 0.5);
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) matrix[i * n + j] += root[i * n + k] * root[j * n + k];
        if (i === j) matrix[i * n + j] += 0.3;
      }
    const factor = cholesky(matrix, n);
    if (!factor) throw new Error("cette matrice est définie positive");
    const times = (x: Float64Array): Float64Array =>
      x.map((_, i) => x.reduce((sum, value, j) => sum + matrix[i * n + j] * value, 0));
    const x = Float64Array.from({ length: n }, () => random());
    choleskySolve(factor, times(x)).forEach((value, i) => {
      expectNear(value, x[i], 1e-12);
    });
    const inverse = choleskyInverse(factor, n);
    expectNear(quadraticForm(inverse, times(x), 0, n), quadraticForm(matrix, x, 0, n), 1e-11);
    let product = 1;
    for (let i = 0; i < n; i++) product *= factor[i * n + i] ** 2;
    expectNear(choleskyLogDeterminant(factor, n), Math.log(product), 1e-12);
  }
});

test("a matrix that is not positive definite has no factor", () => {
  expect(cholesky(Float64Array.of(1, 1, 1, 1), 2)).toBeNull();
  expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeNull();
  expect(cholesky(Float64Array.of(0), 1)).toBeNull();
  expect(cholesky(Float64Array.of(Number.NaN), 1)).toBeNull();
});
