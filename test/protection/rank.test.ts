import { expect, test } from "vitest";
import { determinedUnknowns } from "../../src/protection/rank.ts";

test("x + y = a, y + z = b, z = c: all three are determined; without the last, none", () => {
  const chain = [
    new Map([
      [0, 1],
      [1, 1],
    ]),
    new Map([
      [1, 1],
      [2, 1],
    ]),
    new Map([[2, 1]]),
  ];
  expect(determinedUnknowns(chain, 3)).toEqual([true, true, true]);
  expect(determinedUnknowns(chain.slice(0, 2), 3)).toEqual([false, false, false]);
});

test("the two moduli are primes under 2^26", () => {
  for (const modulus of [67_108_859, 67_108_837]) {
    expect(modulus).toBeLessThan(2 ** 26);
    for (let divisor = 2; divisor * divisor <= modulus; divisor++) expect(modulus % divisor === 0).toBe(false);
  }
});
