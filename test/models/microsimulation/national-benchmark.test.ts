import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { nationalBenchmark } from "../../../src/models/microsimulation/national-benchmark.ts";
import { nonTakeUpOfDraws } from "../../../src/models/microsimulation/non-take-up-draws.ts";
import { eligibleInScheme } from "../../../src/models/microsimulation/scheme-share.ts";

describe("benchmark to the national eligible", () => {
  test("areas add up to the published totals of 2021, group by group, to 1e-9", () => {
    const random = seededRandom(6);
    const column = (mean: number): Float64Array => Float64Array.from({ length: 3000 }, () => mean * random() ** 2);
    const targets = { free: 8_260_000, participationOnly: 7_100_000 / 0.56 - 8_260_000 };
    const found = nationalBenchmark({ eligible: { free: column(5000), participationOnly: column(4000) }, targets });
    let whole = 0;
    for (const group of ["free", "participationOnly"] as const) {
      const sum = found.eligible[group].reduce((total, count) => total + count, 0);
      expect(Math.abs(sum - targets[group])).toBeLessThan(1e-9 * targets[group]);
      whole += sum;
    }
    expect(1 - 7_100_000 / whole).toBeCloseTo(0.44, 9);
  });

  test("a ratio is the same for all areas, and an area of 0 stays at 0", () => {
    const { eligible, kappa } = nationalBenchmark({ eligible: { free: Float64Array.of(0, 4) }, targets: { free: 2 } });
    expect([...eligible.free, kappa.free]).toEqual([0, 2, 0.5]);
  });

  test("zero sums, missing groups, missing or negative areas are refused", () => {
    const free = Float64Array.of(1, 2);
    expect(() => nationalBenchmark({ eligible: { free: new Float64Array(2) }, targets: { free: 10 } })).toThrow(
      "Calage national impossible",
    );
    expect(() => nationalBenchmark({ eligible: { free }, targets: { free: 0 } })).toThrow("Calage national impossible");
    expect(() => nationalBenchmark({ eligible: { free }, targets: { free: Number.NaN } })).toThrow("impossible");
    expect(() => nationalBenchmark({ eligible: { free }, targets: { free: 1, other: 2 } })).toThrow("other");
    for (const odd of [Number.NaN, -1])
      expect(() => nationalBenchmark({ eligible: { free: Float64Array.of(1, odd) }, targets: { free: 1 } })).toThrow(
        "absent ou négatif",
      );
  });
});

describe("non-take-up from the draws of the chain", () => {
  const random = seededRandom(2);
  const draws = Float64Array.from({ length: 400 }, () => 1000 * (0.8 + 0.4 * random()));

  test("quantiles of draws and Fieller agree when the eligible are well known", () => {
    const found = nonTakeUpOfDraws({ beneficiaries: 560, eligible: 1000, draws });
    expect(found.status).toBe("ok");
    expect(found.value).toBeCloseTo(0.44, 12);
    expect(found.low).toBeGreaterThan(0.28);
    expect(found.high).toBeLessThan(0.54);
    expect(found.fieller.low).toBeCloseTo(found.low, 1);
    expect(found.fieller.high).toBeCloseTo(found.high, 1);
  });

  test("more beneficiaries than eligible is a failure of the model, said and not clipped", () => {
    const found = nonTakeUpOfDraws({ beneficiaries: 1300, eligible: 1000, draws });
    expect(found.status).toBe("impossible-rate");
    expect(found.value).toBeCloseTo(-0.3, 12);
    expect(found.high).toBeLessThan(0);
    expect(found.warning).toContain("modèle des éligibles est en défaut");
  });

  test("missing beneficiaries, failed draws, nobody eligible", () => {
    expect(nonTakeUpOfDraws({ beneficiaries: Number.NaN, eligible: 1000, draws }).status).toBe("missing");
    const failing = draws.map((count, r) => (r % 4 === 0 ? Number.NaN : count));
    expect(nonTakeUpOfDraws({ beneficiaries: 560, eligible: 1000, draws: failing }).failed).toBe(100);
    const none = nonTakeUpOfDraws({ beneficiaries: 560, eligible: 1000, draws: draws.map(() => Number.NaN) });
    expect([none.status, none.value, none.failed]).toEqual(["missing", Number.NaN, 400]);
    expect(nonTakeUpOfDraws({ beneficiaries: 0, eligible: 0, draws }).status).toBe("no-eligible");
    expect(() => nonTakeUpOfDraws({ beneficiaries: -1, eligible: 1000, draws })).toThrow("négatif");
  });

  test("eligible of one scheme: fewer eligible, less non-take-up, a wider interval when the share is uncertain", () => {
    const scheme = { value: 0.9, se: 0, source: "essai" };
    expect([...eligibleInScheme(Float64Array.of(1000), scheme)]).toEqual([900]);
    const sure = nonTakeUpOfDraws({ beneficiaries: 560, eligible: 1000, draws, scheme });
    expect(sure.value).toBeCloseTo(1 - 560 / 900, 12);
    const unsure = nonTakeUpOfDraws({ beneficiaries: 560, eligible: 1000, draws, scheme: { ...scheme, se: 0.05 } });
    expect(unsure.seEligible).toBeGreaterThan(1.02 * sure.seEligible);
    expect(() => eligibleInScheme(draws, { ...scheme, value: 0 })).toThrow("Part de régime impossible");
    expect(() => eligibleInScheme(draws, { ...scheme, value: 93 })).toThrow("Part de régime impossible");
  });
});
