import { expect, test } from "vitest";
import { laplaceBound, laplaceVariance } from "../../../src/protection/perturbation/discrete-laplace.ts";
import { laplaceCounts } from "../../../src/protection/perturbation/laplace-counts.ts";
import { openAccount, spentOf } from "../../../src/protection/perturbation/privacy-account.ts";

const key = "0f0e0d0c0b0a09080706050403020100";
const names = Array.from({ length: 4000 }, (_, i) => `essai 2024, cellule ${i}`);
const account = openAccount(1000);
const label = "essai";

test("unbiased (4 standard errors over 4 000 cells), within the bound 95 times in 100 (± 1.5 points), the same at every build", () => {
  const counts = names.map((_, i) => i % 50);
  const options = { key, names, label, milliEpsilon: 200 };
  const { published } = laplaceCounts(counts, account, options);
  expect(laplaceCounts(counts, account, options).published).toEqual(published);
  const errors = published.map((value, i) => value - (counts[i] ?? 0));
  const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  expect(Math.abs(bias)).toBeLessThan(4 * Math.sqrt(laplaceVariance(options) / errors.length));
  const inside = errors.filter((error) => Math.abs(error) <= laplaceBound(options, 0.95)).length / errors.length;
  expect(Math.abs(inside - 0.955)).toBeLessThan(0.015);
  expect(published.some((value) => value < 0)).toBe(true);
});

test("the noise of a cell hangs on its name, not on its place or its table's other cells", () => {
  const options = { key, label, milliEpsilon: 100 };
  const alone = laplaceCounts([12], account, { ...options, names: ["carte 2024, Empalot"] });
  const beside = laplaceCounts([3, 12], account, {
    ...options,
    names: ["carte 2024, Bagatelle", "carte 2024, Empalot"],
  });
  expect(beside.published[1]).toBe(alone.published[0]);
});

test("no noise without its price: margins cost as many times, and a budget that does not suffice publishes nothing", () => {
  const options = { key, label: "croisement", names: ["a", "b"], milliEpsilon: 300 };
  const once = laplaceCounts([5, 6], account, options).account;
  expect(spentOf(once)).toBe(300);
  expect(spentOf(laplaceCounts([5, 6], account, { ...options, cellsPerUnit: 3 }).account)).toBe(900);
  expect(() => laplaceCounts([5, 6], once, { ...options, cellsPerUnit: 3 })).toThrow(/« croisement ».*700 millièmes/);
  expect(() => laplaceCounts([5, 6], account, { ...options, cellsPerUnit: 0 })).toThrow(/comptable/);
});

test("missing stays missing; repeated or missing names are refused", () => {
  const options = { key, label, milliEpsilon: 100 };
  expect(laplaceCounts([Number.NaN], account, { ...options, names: ["a"] }).published[0]).toBeNaN();
  expect(() => laplaceCounts([1, 2], account, { ...options, names: ["a", "a"] })).toThrow(/nom propre/);
  expect(() => laplaceCounts([1, 2], account, { ...options, names: ["a"] })).toThrow(/nom propre/);
  expect(() => laplaceCounts([1.5], account, { ...options, names: ["a"] })).toThrow(/effectif/);
});
