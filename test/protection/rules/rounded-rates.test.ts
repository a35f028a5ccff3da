import { expect, test } from "vitest";
import { countsBehindRate, type RoundingMode, rateFinding } from "../../../src/protection/rules/rounded-rates.ts";

const halfUp = (rate: number, base: number, decimals: number) =>
  ({ rate, base, decimals, rounding: "half-up" }) as const;

test("3.1 % of 97; 25 % of 40; 33.3 % on a base of 6: refused", () => {
  expect(countsBehindRate(halfUp(3.1, 97, 1))).toEqual({ least: 3, greatest: 3 });
  expect(countsBehindRate(halfUp(25, 40, 0))).toEqual({ least: 10, greatest: 10 });
  for (const rate of [halfUp(3.1, 97, 1), halfUp(25, 40, 0), halfUp(33.3, 6, 1)])
    expect(rateFinding(rate, { minUnits: 11 })?.code).toBe("rate-to-count");
});

test("0.2 % of 5 000: counts {8..12}, not unique; the contract decides", () => {
  const rate = halfUp(0.2, 5000, 1);
  // 7.5 and 12.5 are no counts: both modes agree.
  expect(countsBehindRate(rate)).toEqual({ least: 8, greatest: 12 });
  expect(rateFinding(rate, { minUnits: 11 })).toBeNull();
  expect(rateFinding(rate, { minUnits: 11, guarantee: "unique" })).toBeNull();
  expect(rateFinding(rate, { minUnits: 11, guarantee: "interval" })?.code).toBe("rate-to-count");
});

test("a unique count over the threshold is refused by the contract that wants two", () => {
  expect(rateFinding(halfUp(50, 80, 1), { minUnits: 11 })).toBeNull();
  expect(rateFinding(halfUp(50, 80, 1), { minUnits: 11, guarantee: "unique" })?.code).toBe("rate-to-count");
});

test("the others are counted too: 97 % of 100 leaves 3", () => {
  expect(rateFinding(halfUp(97, 100, 0), { minUnits: 11 })?.code).toBe("rate-to-count");
});

test("the rounding mode moves the set at an exact half", () => {
  // 1 of 200 is 0.5 %: half-up prints 1, half-even prints 0.
  expect(countsBehindRate({ rate: 0, base: 200, decimals: 0, rounding: "half-up" })).toEqual({ least: 0, greatest: 0 });
  expect(countsBehindRate({ rate: 0, base: 200, decimals: 0, rounding: "half-even" })).toEqual({
    least: 0,
    greatest: 1,
  });
});

test("a rate that fits no count, or has more decimals than announced, is refused", () => {
  expect(countsBehindRate(halfUp(50, 3, 0))).toBeNull();
  expect(countsBehindRate(halfUp(12.34, 1000, 1))).toBeNull();
  expect(countsBehindRate(halfUp(101, 1000, 0))).toBeNull();
  expect(rateFinding(halfUp(50, 33, 1), { minUnits: 11 })?.code).toBe("rate-to-count");
  expect(() => countsBehindRate(halfUp(50, 0, 0))).toThrow(/base entière/);
});

/** Rounds a fraction by long division: the definition, one count at a time. */
function rounded(numerator: bigint, denominator: bigint, mode: RoundingMode): bigint {
  const floor = numerator / denominator;
  const twice = 2n * (numerator - floor * denominator);
  if (twice !== denominator) return twice > denominator ? floor + 1n : floor;
  return mode === "half-up" || floor % 2n === 1n ? floor + 1n : floor;
}

test("every rate of every small base stands for the counts that round to it, no more, no fewer", () => {
  for (const rounding of ["half-up", "half-even"] as const)
    for (const decimals of [0, 1])
      for (let base = 1; base <= 250; base += decimals === 0 ? 1 : 13) {
        const sets = new Map<bigint, number[]>();
        for (let k = 0; k <= base; k++) {
          const steps = rounded(100n * 10n ** BigInt(decimals) * BigInt(k), BigInt(base), rounding);
          sets.set(steps, [...(sets.get(steps) ?? []), k]);
        }
        for (let steps = 0; steps <= 100 * 10 ** decimals; steps++) {
          const counts = sets.get(BigInt(steps));
          const rate = steps / 10 ** decimals;
          expect(countsBehindRate({ rate, base, decimals, rounding })).toEqual(
            counts ? { least: counts[0], greatest: counts.at(-1) } : null,
          );
        }
      }
});
