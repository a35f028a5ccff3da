import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { calibrate } from "../../../src/models/calibration/calibrate.ts";
import type { CalibrationOptions } from "../../../src/models/calibration/calibration-options.ts";
import type { CalibrationDistance } from "../../../src/models/calibration/distance.ts";
import { linearDistance } from "../../../src/models/calibration/linear-distance.ts";
import { logitDistance } from "../../../src/models/calibration/logit-distance.ts";
import { rakingDistance } from "../../../src/models/calibration/raking-distance.ts";
import { truncatedDistance } from "../../../src/models/calibration/truncated-distance.ts";
import { expectNear } from "../../reference/reference.ts";
import { invented, totalsOf } from "./territory.ts";

const distances: readonly CalibrationDistance[] = [
  rakingDistance,
  linearDistance,
  truncatedDistance([0.4, 2.5]),
  logitDistance([0.4, 2.5]),
];

/** Ratio, slope and integral at one predictor. */
function at({ apply }: CalibrationDistance, u: number): readonly [ratio: number, slope: number, integral: number] {
  const [ratios, slopes] = [new Float64Array(1), new Float64Array(1)];
  const integral = apply(Float64Array.of(u), Float64Array.of(1), ratios, slopes);
  return [ratios[0], slopes[0], integral];
}

describe.each(distances.map((distance) => [distance.name, distance] as const))("the distance %s", (_, distance) => {
  test("leaves a weight alone at 0, where it rises by 1", () => {
    const [ratio, slope, integral] = at(distance, 0);
    expectNear(ratio, 1, 1e-14);
    expectNear(slope, 1, 1e-14);
    expectNear(integral, 0, 1e-14);
  });

  test("its slope and its integral are those of its ratio", () => {
    const step = 1e-5;
    for (let u = -3.05; u < 3; u += 0.1) {
      const [before, here, after] = [at(distance, u - step), at(distance, u), at(distance, u + step)];
      expectNear(here[1], (after[0] - before[0]) / (2 * step), 1e-8, `pente en ${u}`);
      expectNear(here[0], (after[2] - before[2]) / (2 * step), 1e-8, `intégrale en ${u}`);
    }
  });

  test("its ratios grow, stay in their bounds, and are never NaN", () => {
    let last = Number.NEGATIVE_INFINITY;
    for (const u of [-1e4, -800, -40, -1, 0, 1, 40, 600]) {
      const [ratio, slope] = at(distance, u);
      expect(ratio).toBeGreaterThanOrEqual(last);
      expect(ratio).toBeGreaterThanOrEqual(distance.low);
      expect(ratio).toBeLessThanOrEqual(distance.high);
      expect(slope).toBeGreaterThanOrEqual(0);
      last = ratio;
    }
  });
});

test("truncation that leaves no curvature in some margins: most ratios stand at a bound", () => {
  let atBounds = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const { columns, weights } = invented(seed, 12 + (seed % 40));
    const random = seededRandom(seed);
    const draw = (x: number): number => (x < 0.45 ? 0.501 : x < 0.9 ? 1.999 : 1);
    const behind = weights.map((weight) => weight * draw(random()));
    const targets = Float64Array.from(totalsOf(columns, behind));
    const { report } = calibrate(columns, { weights, targets, method: "linear", bounds: [0.5, 2] });
    expect(report.largestGap).toBeLessThan(1e-9);
    atBounds += report.ratios.atLow + report.ratios.atHigh;
  }
  expect(atBounds).toBeGreaterThan(100);
});

describe("hard cases end in few steps", () => {
  const spread = 4;
  const bounds = [Math.exp(-spread), Math.exp(spread)] as const;
  const cases: readonly (readonly [string, CalibrationOptions, number])[] = [
    ["raking", {}, 1],
    ["raking, 100 000 times more households", {}, 1e5],
    ["raking, 100 000 times fewer", {}, 1e-5],
    ["truncated, near its bounds", { method: "linear", bounds }, 1],
    ["logit, near its bounds", { method: "logit", bounds }, 1],
  ];
  test.each(cases)("%s", (_, options, times) => {
    for (let seed = 1; seed <= 40; seed++) {
      const { columns, weights, targets } = invented(seed, 15 + seed, spread);
      const scaled = targets.map((target) => times * target);
      const found = calibrate(columns, { weights, targets: scaled, ...options });
      expect(found.iterations).toBeLessThan(16);
      totalsOf(columns, found.weights).forEach((total, k) => {
        expect(Math.abs(total / scaled[k] - 1)).toBeLessThan(1e-9);
      });
    }
  });
});
