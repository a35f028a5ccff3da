import { expect, test } from "vitest";
import { nestedFinding } from "../../../src/protection/rules/nested-counts.ts";
import { summaryFindings } from "../../../src/protection/rules/summaries.ts";
import { wholeClassFindings } from "../../../src/protection/rules/whole-classes.ts";

const codes = (summary: Parameters<typeof summaryFindings>[0], t = 11) =>
  summaryFindings(summary, t).map(({ code }) => code);

test("attack 18: mean, n, min and max of three give the third, and are refused together", () => {
  const incomes = [9000, 14000, 31000];
  const mean = incomes.reduce((a, b) => a + b, 0) / 3;
  expect(3 * mean - 9000 - 31000).toBe(14000);
  expect(codes({ n: 3, mean: true, minHolders: 1, maxHolders: 1 })).toEqual([
    "frequency",
    "extreme",
    "mean-with-extremes",
  ]);
});

test("attack 18: two units are read from a mean and a standard deviation", () => {
  expect([20 - 5, 20 + 5]).toEqual([15, 25]);
  expect(codes({ n: 2, mean: true, standardDeviation: true })).toEqual(["frequency", "spread"]);
});

test("mean at exactly t", () => {
  expect(codes({ n: 10, mean: true })).toEqual(["frequency"]);
  expect(codes({ n: 11, mean: true })).toEqual([]);
  expect(codes({ n: 0, mean: true })).toEqual([]);
});

test("ends shared by t units stay, unless fewer than t are left between them", () => {
  expect(codes({ n: 33, mean: true, minHolders: 11, maxHolders: 11 })).toEqual([]);
  expect(codes({ n: 32, mean: true, minHolders: 11, maxHolders: 11 })).toEqual(["mean-with-extremes"]);
  expect(codes({ n: 32, minHolders: 11, maxHolders: 10 })).toEqual(["extreme"]);
});

test("quantiles leave t whole units on each side, exactly", () => {
  expect(codes({ n: 22, quantiles: [0.5] })).toEqual([]);
  expect(codes({ n: 21, quantiles: [0.5] })).toEqual(["quantile"]);
  // Deciles: n·(0.3 - 0.2) is 11 at n = 110 though 0.3 - 0.2 is under 0.1 in binary.
  const deciles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
  expect(codes({ n: 110, quantiles: deciles })).toEqual([]);
  expect(codes({ n: 109, quantiles: deciles })).toEqual(["quantile"]);
  expect(() => codes({ n: 50, quantiles: [1] })).toThrow(/quantile/);
});

test("a spread of 0 tells everybody's value", () => {
  expect(codes({ n: 50, mean: true, standardDeviation: true, constant: true })).toEqual(["spread"]);
  expect(codes({ n: 50, quantiles: [0.5], constant: true })).toEqual(["whole-class"]);
});

test("mean 14 210 (n = 31) then 14 030 (n = 30): refused, one household at 19 610", () => {
  expect(14210 * 31 - 14030 * 30).toBe(19610);
  const finding = nestedFinding(30, 31, 11);
  expect(finding?.code).toBe("difference");
  expect(JSON.stringify(finding)).not.toMatch(/19.?610|14.?210|14.?030/);
});

test("nested zones, t = 11: 432 then 437 refused; 432 then 443 and 432 then 432 accepted; commune 1 498 inside QPV 1 490 refused", () => {
  expect(nestedFinding(432, 437, 11)?.code).toBe("difference");
  expect(nestedFinding(432, 443, 11)).toBeNull();
  expect(nestedFinding(432, 432, 11)).toBeNull();
  expect(nestedFinding(1490, 1498, 11)?.code).toBe("difference");
  expect(() => nestedFinding(5, 4, 11)).toThrow(/contenu/);
});

test("classes of 0 % and 100 % are found in the same words", () => {
  const none = wholeClassFindings([0, 5], [40, 40])[0];
  const all = wholeClassFindings([40, 5], [40, 40])[0];
  expect(none).toEqual(all);
  expect(wholeClassFindings([0], [0])).toEqual([]);
  expect(wholeClassFindings([1, 39], [40, 40])).toEqual([]);
  expect(() => wholeClassFindings([41], [40])).toThrow(/base/);
});
