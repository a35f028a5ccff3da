import { describe, expect, test } from "vitest";
import { dominates, pPercentFails } from "../../../src/protection/rules/concentration.ts";
import { mulberry } from "./random.ts";

const insee = { n: 1, k: 85 };

describe("dominance (1, 85 %)", () => {
  test("850 of 1 000 accepted; 850.1 of 1 000.1 refused", () => {
    expect(dominates([850, 100, 50], insee)).toBe(false);
    expect(dominates([850.1, 100, 50], insee)).toBe(true);
  });

  test("exactly 85 % is not more, at any scale and where floats would be wrong", () => {
    expect(dominates([0.85, 0.15], insee)).toBe(false);
    expect(dominates([85e-9, 15e-9], insee)).toBe(false);
    expect(dominates([8.5, 0.1, 1.4], insee)).toBe(false);
    expect(dominates([85e12, 15e12], insee)).toBe(false);
    expect(dominates([85e12 + 1, 15e12], insee)).toBe(true);
  });

  test("one contributor is always dominant, a total of 0 never", () => {
    expect(dominates([5], { n: 1, k: 100 })).toBe(true);
    expect(dominates([5, 0, 0], { n: 2, k: 100 })).toBe(true);
    expect(dominates([0, 0], insee)).toBe(false);
    expect(dominates([], insee)).toBe(false);
  });

  test("NK(2, 90) is found at exactly 90 %, as ACRO does", () => {
    expect(dominates([60, 30, 10], { n: 2, k: 90 })).toBe(true);
    expect(dominates([60, 29, 11], { n: 2, k: 90 })).toBe(false);
    expect(dominates([45, 45, 5, 5], { n: 2, k: 90 })).toBe(true);
    expect(dominates([43.75, 43.75, 12.5], { n: 2, k: 87.5 })).toBe(true);
    expect(dominates([43.75, 43.74, 12.51], { n: 2, k: 87.5 })).toBe(false);
  });

  test("negative contributions are refused without their value, or taken by absolute value when asked", () => {
    expect(() => dominates([10, -731], insee)).toThrow(/négative/);
    try {
      dominates([10, -731], insee);
    } catch (error) {
      expect(String(error)).not.toMatch(/731|10/);
    }
    expect(dominates([10, -731], insee, "absolute")).toBe(true);
    expect(dominates([50, -50], insee, "absolute")).toBe(false);
  });

  test("a rule that cannot be used is refused", () => {
    for (const rule of [
      { n: 0, k: 85 },
      { n: 1.5, k: 85 },
      { n: 1, k: 0 },
      { n: 1, k: 101 },
      { n: 1, k: Number.NaN },
    ])
      expect(() => dominates([1, 2], rule)).toThrow(/dominance/);
    expect(() => pPercentFails([1, 2], -1)).toThrow(/p %/);
    expect(() => dominates([1, Number.NaN], insee)).toThrow(/manquante/);
  });
});

describe("p = 10 %", () => {
  test("[50, 45, 2, 1, 1, 1] (ratio 0.1) accepted; [100, 50, 9.99] (0.0999) refused", () => {
    expect(pPercentFails([50, 45, 2, 1, 1, 1], 10)).toBe(false);
    expect(pPercentFails([100, 50, 9.99], 10)).toBe(true);
  });

  test("two always fail, one too, a total of 0 is not judged", () => {
    expect(pPercentFails([50, 50], 0)).toBe(true);
    expect(pPercentFails([50], 10)).toBe(true);
    expect(pPercentFails([50, 50, 0], 0)).toBe(true);
    expect(pPercentFails([0, 0, 0], 10)).toBe(false);
  });

  test("ties at the top are told in any order", () => {
    expect(pPercentFails([5, 50, 50], 10)).toBe(false);
    expect(pPercentFails([50, 4.99, 50], 10)).toBe(true);
  });
});

// The oracle works on whole numbers alone, and by searching: no sort, no shared code.
test("random cells agree with an oracle of whole numbers", () => {
  const next = mulberry(7);
  let dominated = 0;
  for (let round = 0; round < 3000; round++) {
    const hundredths = Array.from({ length: 1 + Math.floor(next() * 6) }, () => Math.floor(10 ** (next() * 5)) - 1);
    const k = 50 + Math.floor(next() * 51);
    const n = 1 + Math.floor(next() * 3);
    const p = Math.floor(next() * 30);
    const exact = hundredths.map(BigInt);
    const total = exact.reduce((sum, value) => sum + value, 0n);
    let best = 0n;
    for (let mask = 0; mask < 1 << exact.length; mask++) {
      const chosen = exact.filter((_, i) => (mask >> i) & 1);
      const sum = chosen.reduce((a, b) => a + b, 0n);
      if (chosen.length <= n && sum > best) best = sum;
    }
    const positive = exact.filter((value) => value > 0n).length;
    const share = n === 1 ? best * 100n > BigInt(k) * total : best * 100n >= BigInt(k) * total;
    const expected = total > 0n && (positive === 1 || share);
    const cell = hundredths.map((value) => value / 100);
    expect(dominates(cell, { n, k })).toBe(expected);
    if (expected) dominated++;
    // p %: somebody other than the largest, knowing his own value, bounds the largest by total - own; the closest bound is under p % above.
    const largest = [...exact].sort((a, b) => (a < b ? 1 : -1))[0] ?? 0n;
    const at = exact.indexOf(largest);
    const close = exact.some((own, i) => i !== at && 100n * (total - own - largest) < BigInt(p) * largest);
    expect(pPercentFails(cell, p)).toBe(total > 0n && (positive <= 2 || close));
  }
  expect(dominated).toBeGreaterThan(300);
  expect(dominated).toBeLessThan(2700);
});
