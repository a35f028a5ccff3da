import { describe, expect, test } from "vitest";
import { chainSteps } from "./planted-chain.ts";
import { errorWith, heldOut, scoresOf, scoreWorld } from "./planted-scores.ts";
import { plantedWorld } from "./planted-worlds.ts";

const worlds = Array.from({ length: 8 }, (_, w) => plantedWorld(w, 40, 800));

describe("a truth planted in invented regions, whose incomes do not have the form that the chain supposes", () => {
  test("the intervals of 90 % hold the true non-take-up of 85 to 95 % of the areas, with little bias", {
    timeout: 300_000,
  }, () => {
    const scored = worlds.flatMap((world, w) => scoreWorld(world, 60, 300 + w));
    const { coverage, bias, rmse, areas } = scoresOf(scored);
    expect(areas).toBe(320);
    expect(coverage).toBeGreaterThan(0.85);
    expect(coverage).toBeLessThan(0.95);
    expect(Math.abs(bias)).toBeLessThan(3);
    expect(rmse).toBeLessThan(5);
    expect(scored.every(({ status }) => status === "ok")).toBe(true);
  });

  test("every step is worth its place: without it the error is larger", () => {
    const whole = errorWith(worlds, {}).rmse;
    for (const without of chainSteps) expect(errorWith(worlds, { without }).rmse, without).toBeGreaterThan(whole);
  });

  test("beneficiaries of areas held out are predicted twice as well as by a poverty rate", () => {
    const { chain, ratio } = heldOut(worlds);
    expect(ratio).toBeLessThan(0.5);
    expect(chain).toBeLessThan(0.2);
  });
});
