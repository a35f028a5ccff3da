import { describe, expect, test } from "vitest";
import {
  bernoulliExp,
  discreteLaplace,
  laplaceBound,
  laplaceProbability,
  laplaceSentence,
  laplaceVariance,
} from "../../../src/protection/perturbation/discrete-laplace.ts";
import { keyedWords } from "../../../src/protection/perturbation/keyed-words.ts";
import {
  checkAccount,
  openAccount,
  parseMilliEpsilon,
  spend,
  spentOf,
} from "../../../src/protection/perturbation/privacy-account.ts";

const key = "5d41402abc4b2a76b9719d911017c592";

describe("discrete Laplace", () => {
  test("the numbers of the note", () => {
    expect(laplaceProbability(0, { milliEpsilon: 1000 })).toBeCloseTo(0.46211716, 8);
    expect(laplaceProbability(0, { milliEpsilon: 100 })).toBeCloseTo(0.04995837, 8);
    expect(laplaceVariance({ milliEpsilon: 1000 })).toBeCloseTo(1.84134719, 8);
    expect(laplaceVariance({ milliEpsilon: 100 })).toBeCloseTo(199.833417, 6);
    expect(laplaceBound({ milliEpsilon: 1000 })).toBe(3);
    expect(laplaceBound({ milliEpsilon: 100 })).toBe(30);
    expect(laplaceSentence({ milliEpsilon: 1000 }, "personnes")).toMatch(
      /epsilon de 1, .* 3\u00a0personnes 95 fois sur 100/,
    );
  });

  test("the bound is the least, for many budgets", () => {
    for (const milliEpsilon of [1, 7, 50, 333, 999, 2000, 20_000]) {
      for (const probability of [0.5, 0.9, 0.95, 0.999]) {
        const options = { milliEpsilon, sensitivity: 2 };
        let inside = laplaceProbability(0, options);
        let k = 0;
        while (inside < probability - 1e-12) inside += 2 * laplaceProbability(++k, options);
        expect(laplaceBound(options, probability)).toBe(k);
      }
    }
  });

  test("trials have probability exp(-n/d): 40 000 keyed trials each, within 4 standard errors", () => {
    const words = keyedWords(key, "bernoulli");
    for (const [n, d] of [
      [0, 1],
      [1, 1],
      [1, 2],
      [3, 1000],
      [999, 1000],
    ] as const) {
      let successes = 0;
      for (let i = 0; i < 40_000; i++) if (bernoulliExp(words, n, d)) successes++;
      const p = Math.exp(-n / d);
      expect(Math.abs(successes / 40_000 - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / 40_000));
    }
  });

  test.each([
    [1000, 1],
    [100, 1],
    [300, 2],
    [2500, 1],
  ])(
    "milli-epsilon %i, sensitivity %i: chi-square of 60 000 keyed draws under its 0.999 quantile, moments near",
    (milliEpsilon, sensitivity) => {
      const options = { milliEpsilon, sensitivity };
      const words = keyedWords(key, `laplace ${milliEpsilon} ${sensitivity}`);
      const draws = Array.from({ length: 60_000 }, () => discreteLaplace(words, options));
      const end = Math.max(1, laplaceBound(options, 0.99));
      const expected = new Map<number, number>();
      for (let k = -end; k <= end; k++) expected.set(k, 60_000 * laplaceProbability(k, options));
      const seen = new Map<number, number>();
      let tail = 0;
      for (const k of draws) {
        if (Math.abs(k) > end) tail++;
        else seen.set(k, (seen.get(k) ?? 0) + 1);
      }
      const inside = [...expected.values()].reduce((a, b) => a + b, 0);
      let chi2 = (tail - (60_000 - inside)) ** 2 / (60_000 - inside);
      for (const [k, n] of expected) chi2 += ((seen.get(k) ?? 0) - n) ** 2 / n;
      const freedom = expected.size;
      // Wilson and Hilferty's approximation of the 99.9 % point.
      const limit = freedom * (1 - 2 / (9 * freedom) + 3.0902 * Math.sqrt(2 / (9 * freedom))) ** 3;
      expect(chi2).toBeLessThan(limit);
      const variance = laplaceVariance(options);
      const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
      expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / draws.length));
      expect(Math.abs(draws.reduce((a, b) => a + b * b, 0) / draws.length / variance - 1)).toBeLessThan(0.05);
    },
  );

  test("the same cell has the same noise at every build, so that re-runs do not average", () => {
    const draw = (name: string): number => discreteLaplace(keyedWords(key, name), { milliEpsilon: 100 });
    expect(new Set(Array.from({ length: 10 }, () => draw("table 1, cellule 4"))).size).toBe(1);
    expect(new Set(Array.from({ length: 10 }, (_, i) => draw(`table 1, cellule ${i}`))).size).toBeGreaterThan(3);
  });

  test("a budget that is not a whole number of thousandths is refused", () => {
    const words = keyedWords(key, "refus");
    expect(() => discreteLaplace(words, { milliEpsilon: 0.5 })).toThrow(/millièmes/);
    expect(() => discreteLaplace(words, { milliEpsilon: 0 })).toThrow(/millièmes/);
    expect(() => discreteLaplace(words, { milliEpsilon: 1, sensitivity: 0 })).toThrow(/sensibilité/);
  });
});

describe("privacy account", () => {
  const spent = (...epsilons: readonly string[]) =>
    epsilons.reduce((account, epsilon) => spend(account, parseMilliEpsilon(epsilon), "essai"), openAccount(1000));

  test("0.5 + 0.3 + 0.1: a legal 0.1 is allowed, 0.11 refused, where binary fractions fail", () => {
    expect(1 - (0.5 + 0.3 + 0.1) >= 0.1).toBe(false);
    const account = spent("0.5", "0.3", "0.1");
    expect(spentOf(account)).toBe(900);
    expect(spentOf(spend(account, parseMilliEpsilon("0.1"), "essai"))).toBe(1000);
    expect(() => spend(account, parseMilliEpsilon("0.11"), "essai")).toThrow(/100 millièmes au plus/);
    expect(() => spend(spent("1"), 1, "essai")).toThrow(/ne suffit pas/);
  });

  test("append-only: the past account stays, and cannot be written", () => {
    const first = spent("0.5");
    const second = spend(first, 300, "carte");
    expect(spentOf(first)).toBe(500);
    expect(second.spendings).toEqual([
      { label: "essai", milliEpsilon: 500, spent: 500 },
      { label: "carte", milliEpsilon: 300, spent: 800 },
    ]);
    expect(() => (second.spendings as unknown as unknown[]).pop()).toThrow(TypeError);
    expect(() => Object.assign(second.spendings[0] as object, { milliEpsilon: 1 })).toThrow(TypeError);
  });

  test("a line changed or removed is seen, and nothing more is spent from such an account", () => {
    const { limit, spendings } = spent("0.5", "0.3", "0.1");
    expect(() => checkAccount({ limit, spendings })).not.toThrow();
    expect(() => spend({ limit, spendings: spendings.slice(1) }, 1, "essai")).toThrow(/ligne 1/);
    const altered = spendings.map((line, i) => (i === 1 ? { ...line, milliEpsilon: 1 } : line));
    expect(() => checkAccount({ limit, spendings: altered })).toThrow(/ligne 2/);
    expect(() => checkAccount({ limit: 800, spendings })).toThrow(/ligne 3/);
  });

  test("epsilon is read from text, or refused", () => {
    expect(["0.1", "0,001", "12", " 1.25 "].map(parseMilliEpsilon)).toEqual([100, 1, 12_000, 1250]);
    for (const text of ["", "0", "-1", "0.0001", "1e-1", "abc", ".5"])
      expect(() => parseMilliEpsilon(text)).toThrow(/epsilon/);
    expect(() => openAccount(0.5)).toThrow(/entier/);
    expect(() => spend(openAccount(1000), -10, "essai")).toThrow(/entier/);
  });
});
