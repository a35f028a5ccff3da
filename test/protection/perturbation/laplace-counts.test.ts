import { expect, test } from "vitest";
import { laplaceBound, laplaceVariance } from "../../../src/protection/perturbation/discrete-laplace.ts";
import { laplaceCounts } from "../../../src/protection/perturbation/laplace-counts.ts";

const key = "0f0e0d0c0b0a09080706050403020100";
const names = Array.from({ length: 4000 }, (_, i) => `essai 2024, cellule ${i}`);

test("unbiased (4 standard errors over 4 000 cells), within the bound 95 times in 100 (± 1.5 points), the same at every build", () => {
  const counts = names.map((_, i) => i % 50);
  const options = { key, names, milliEpsilon: 200 };
  const shown = laplaceCounts(counts, options);
  expect(laplaceCounts(counts, options)).toEqual(shown);
  const errors = shown.map((value, i) => value - (counts[i] ?? 0));
  const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  expect(Math.abs(bias)).toBeLessThan(4 * Math.sqrt(laplaceVariance(options) / errors.length));
  const inside = errors.filter((error) => Math.abs(error) <= laplaceBound(options, 0.95)).length / errors.length;
  expect(Math.abs(inside - 0.955)).toBeLessThan(0.015);
  expect(shown.some((value) => value < 0)).toBe(true);
});

test("the noise of a cell hangs on its name, not on its place or its table's other cells", () => {
  const alone = laplaceCounts([12], { key, names: ["carte 2024, Empalot"], milliEpsilon: 100 });
  const beside = laplaceCounts([3, 12], {
    key,
    names: ["carte 2024, Bagatelle", "carte 2024, Empalot"],
    milliEpsilon: 100,
  });
  expect(beside[1]).toBe(alone[0]);
});

test("missing stays missing; repeated or missing names are refused", () => {
  expect(laplaceCounts([Number.NaN], { key, names: ["a"], milliEpsilon: 100 })[0]).toBeNaN();
  expect(() => laplaceCounts([1, 2], { key, names: ["a", "a"], milliEpsilon: 100 })).toThrow(/nom propre/);
  expect(() => laplaceCounts([1, 2], { key, names: ["a"], milliEpsilon: 100 })).toThrow(/nom propre/);
  expect(() => laplaceCounts([1.5], { key, names: ["a"], milliEpsilon: 100 })).toThrow(/effectif/);
});
