import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { forbiddenUses } from "../../../src/models/outreach/forbidden-uses.ts";
import { binomialQuantile } from "../../../src/models/outreach/opened-rights.ts";
import type { OutreachArea } from "../../../src/models/outreach/outreach-areas.ts";
import { outreachByBudget } from "../../../src/models/outreach/outreach-by-budget.ts";
import { outreachTrials } from "../../../src/models/outreach/outreach-trials.ts";
import { outreachYield } from "../../../src/models/outreach/outreach-yield.ts";
import { planOutreach } from "../../../src/models/outreach/plan-outreach.ts";
import { incompleteBeta } from "../../../src/models/uncertainty/incomplete-beta.ts";
import { expectNear } from "../../reference/reference.ts";

const yields = outreachYield(outreachTrials["lille-2009"], { draws: 400, seed: 3 });
const costs = { fixedEurArea: 1500, eurPerContact: 3 };
const area = (code: string, nonTakers: number, persons: number): OutreachArea => ({
  code,
  nonTakers: { value: nonTakers, low: nonTakers * 0.7, high: nonTakers * 1.4 },
  persons,
});
const random = seededRandom(8);
const areas = Array.from({ length: 12 }, (_, i) =>
  area(`QN0${i}`, Math.round(200 + 900 * random()), Math.round(2500 + 6000 * random())),
);
const options = { areas, budgetEur: 30_000, costs, yields, seed: 5 };

describe("published yields", () => {
  test("Lille: 17 % apply, 55 % of them are granted, 9.4 % in all; the interval of 90 % is about what the counts say", () => {
    const lille = outreachYield(outreachTrials["lille-2009"], { draws: 20_000, seed: 1 });
    expectNear(lille.applied, 0.17, 5e-4);
    expectNear(lille.granted, 0.55, 1e-3);
    expectNear(lille.value, 0.0936, 5e-4);
    // Binomial alone: 1.645 sqrt(0.0936 x 0.9064 / 4209) = 0.0074 on each side; rounding adds a little.
    expect(lille.value - lille.low).toBeGreaterThan(0.0074);
    expect(lille.high - lille.value).toBeLessThan(0.0115);
    const whole = outreachYield(outreachTrials["lille-2009"], { draws: 2000, seed: 1, refusals: "not-counted" });
    expectNear(whole.value, 0.17, 5e-4);
  });
  test("Gironde: a quarter, with the quantiles of Beta(36.5, 108.5) or, uniform prior, Beta(37, 109)", () => {
    for (const [prior, a] of [
      ["jeffreys", 0.5],
      ["uniform", 1],
    ] as const) {
      const { low, high, value } = outreachYield(outreachTrials["gironde-2017"], { draws: 40_000, seed: 2, prior });
      expectNear(value, (36 + a) / (144 + 2 * a), 1e-12);
      expectNear(incompleteBeta(low, 36 + a, 108 + a), 0.05, 0.005);
      expectNear(incompleteBeta(high, 36 + a, 108 + a), 0.95, 0.005);
    }
  });
  test("refuses a trial of nobody, and more successes than trials", () => {
    for (const step of [
      { successes: 0, trials: 0, rounding: 0 },
      { successes: 3, trials: 2, rounding: 0 },
    ])
      expect(() => outreachYield({ applied: step, granted: null }, { draws: 10, seed: 1 })).toThrow(/Rendement/);
  });
});

describe("the plan", () => {
  const plan = planOutreach(options);
  test("the areas add up to the whole, each cost is its fixed part and its contacts, claims are granted or refused", () => {
    expectNear(
      plan.areas.reduce((sum, { opened }) => sum + opened.value, 0),
      plan.best.opened.value,
      1e-9,
    );
    expectNear(
      plan.areas.reduce((sum, { eur }) => sum + eur, 0),
      plan.best.spentEur,
      1e-9,
    );
    for (const own of plan.areas) {
      expect(own.eur).toBe(own.contacts > 0 ? 1500 + 3 * own.contacts : 0);
      expectNear(own.applications - own.refused, own.opened.value, 1e-9);
      if (own.contacts > 0) expectNear(own.refused / own.applications, 0.45, 2e-3);
      expect(own.eurPerOpened === null).toBe(own.contacts === 0);
    }
    expect(plan.best.spentEur).toBeLessThanOrEqual(30_000);
    expect(plan.best.gap).toBe(0);
  });
  test("opens at least as much as the two splits, in expectation and in their own worlds", () => {
    for (const other of [plan.equalSplit, plan.byPopulation]) {
      expect(plan.best.opened.value).toBeGreaterThanOrEqual(other.opened.value);
      expect(other.spentEur).toBeLessThanOrEqual(30_000 + 1e-6);
    }
    expect(plan.best.opened.low).toBeLessThan(plan.best.opened.value);
    expect(plan.best.opened.high).toBeGreaterThan(plan.best.opened.value);
  });
  test("twice the same; another seed moves intervals only", () => {
    expect(planOutreach(options)).toEqual(plan);
    const other = planOutreach({ ...options, seed: 6 });
    expect(other.best.contacts).toEqual(plan.best.contacts);
    expect(other.best.opened.value).toBe(plan.best.opened.value);
  });
  test("the interval holds 90 % of what happens, and is wider than the chance of contacts alone", () => {
    // Truth drawn from the same intervals, opened by chance, 300 times.
    const truth = seededRandom(12);
    const many = outreachYield(outreachTrials["lille-2009"], { draws: 300, seed: 77 });
    const again = planOutreach({ ...options, yields: many, seed: 99 }).best.opened;
    let inside = 0;
    for (let i = 0; i < 300; i++) {
      const opened = plan.areas.reduce((sum, { contacts, code }) => {
        const own = areas.find((candidate) => candidate.code === code) as OutreachArea;
        const { value, low, high } = own.nonTakers as { value: number; low: number; high: number };
        const z = Math.sqrt(-2 * Math.log(1 - truth())) * Math.cos(2 * Math.PI * truth());
        const nonTakers = value + (z / 1.6449) * (z > 0 ? high - value : value - low);
        return sum + binomialQuantile(truth(), contacts, (nonTakers / own.persons) * (many.draws[i] ?? 0));
      }, 0);
      if (opened >= again.low && opened <= again.high) inside++;
    }
    expect(inside / 300).toBeGreaterThan(0.85);
    expect(inside / 300).toBeLessThan(0.95);
  });
  test("joint draws are used as they are: areas that move together have a wider total", () => {
    const common = Float64Array.from({ length: 400 }, (_, d) => 300 + d);
    const shuffled = Float64Array.from({ length: 400 }, (_, d) => 300 + ((d * 157) % 400));
    const two = (second: Float64Array): OutreachArea[] => [
      { code: "A", nonTakers: common, persons: 2000 },
      { code: "B", nonTakers: second, persons: 2000 },
    ];
    const spread = (second: Float64Array): number => {
      const { low, high } = planOutreach({ ...options, areas: two(second), budgetEur: 50_000 }).best.opened;
      return high - low;
    };
    expect(spread(common)).toBeGreaterThan(spread(shuffled));
  });
});

describe("by budget", () => {
  const budgetsEur = [0, 1000, 2000, 5000, 10_000, 20_000, 40_000, 80_000, 1_000_000];
  const points = outreachByBudget({ ...options, budgetsEur });
  test("gains and both ends of their intervals never fall, and stay under the envelope", () => {
    expect(points.map((point) => point.budgetEur)).toEqual(budgetsEur);
    for (const [i, { best, envelope, equalSplit, byPopulation }] of points.entries()) {
      const before = points[i - 1]?.best.opened ?? { value: 0, low: 0, high: 0 };
      expect(best.opened.value).toBeGreaterThanOrEqual(before.value - 1e-12);
      expect(best.opened.value).toBeLessThanOrEqual(envelope + 1e-9);
      expect(best.opened.value).toBeGreaterThanOrEqual(
        Math.max(equalSplit.opened.value, byPopulation.opened.value) - 1e-9,
      );
    }
    expect(points[0]?.best.opened).toEqual({ value: 0, low: 0, high: 0 });
  });
  test("one point of the curve is the plan of its budget", () => {
    const [point] = outreachByBudget({ ...options, budgetsEur: [30_000] });
    const { best, equalSplit, byPopulation } = planOutreach(options);
    expect(point?.best).toEqual({
      contacts: best.contacts,
      spentEur: best.spentEur,
      opened: best.opened,
      eurPerOpened: best.eurPerOpened,
    });
    expect(point?.equalSplit).toEqual(equalSplit);
    expect(point?.byPopulation).toEqual(byPopulation);
  });
  test("with enough for all, the three ways meet", () => {
    const last = points.at(-1);
    expectNear(last?.equalSplit.opened.value ?? 0, last?.best.opened.value ?? 1, 1e-9);
    expectNear(last?.byPopulation.opened.value ?? 0, last?.best.opened.value ?? 1, 1e-9);
  });
});

describe("what is missing, and what is refused", () => {
  test("an area without its numbers is left out with a reason, and counts for nothing", () => {
    const gap = Float64Array.from({ length: 400 }, (_, d) => (d === 9 ? Number.NaN : 100));
    const {
      leftOut,
      areas: kept,
      best,
    } = planOutreach({
      ...options,
      areas: [
        ...areas,
        { code: "manque", nonTakers: gap, persons: 3000 },
        { code: "sans-population", nonTakers: { value: 10, low: 5, high: 20 }, persons: Number.NaN },
        { code: "sans-borne", nonTakers: { value: 10, low: Number.NEGATIVE_INFINITY, high: 20 }, persons: 3000 },
        { code: "negatif", nonTakers: { value: -10, low: -50, high: 20 }, persons: 3000 },
        { code: "trop", nonTakers: { value: 4000, low: 3500, high: 4500 }, persons: 3000 },
        { code: "escalier", nonTakers: { value: 3, low: 1, high: 5 }, persons: 12 },
      ],
    });
    expect(leftOut.map(({ code }) => code)).toEqual([
      "manque",
      "sans-population",
      "sans-borne",
      "negatif",
      "trop",
      "escalier",
    ]);
    expect(leftOut[0]?.reason).toBe("non-recours sans valeur dans 1 tirage sur 400");
    expect(leftOut[5]?.reason).toContain("ce n’est pas un territoire");
    expect(kept.map(({ code }) => code)).toEqual(areas.map(({ code }) => code));
    expect(best.opened).toEqual(planOutreach(options).best.opened);
  });
  test("draws where the model fails are counted, not hidden", () => {
    const draws = Float64Array.from({ length: 400 }, (_, d) => d - 20);
    const { areas: kept } = planOutreach({ ...options, areas: [{ code: "A", nonTakers: draws, persons: 3000 }] });
    expect(kept[0]?.impossibleDraws).toBe(20);
  });
  test("a list of persons is no input: entries of one person are all left out, and nothing is planned", () => {
    const persons = Array.from({ length: 30 }, (_, i) => area(`personne ${i}`, 1, 1));
    expect(() => planOutreach({ ...options, areas: persons })).toThrow(/Aucun territoire/);
  });
  test("mistakes of the caller", () => {
    const [first] = areas as [OutreachArea];
    expect(() => planOutreach({ ...options, areas: [first, first] })).toThrow(/deux fois/);
    expect(() => planOutreach({ ...options, areas: [{ ...first, nonTakers: { value: 5, low: 6, high: 7 } }] })).toThrow(
      /Intervalle impossible/,
    );
    expect(() => planOutreach({ ...options, areas: [{ ...first, reachablePersons: 1e9 }] })).toThrow(/joignables/);
    expect(() =>
      planOutreach({
        ...options,
        areas: [
          { ...first, nonTakers: new Float64Array(10).fill(5) },
          { ...first, code: "B", nonTakers: new Float64Array(11).fill(5) },
        ],
      }),
    ).toThrow(/communs à tous/);
  });
  test("no output holds more than areas: the only words are codes, reasons and methods", () => {
    const texts: string[] = [];
    const visit = (value: unknown): void => {
      if (typeof value === "string") texts.push(value);
      else if (Array.isArray(value)) value.forEach(visit);
      else if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value))
        Object.values(value).forEach(visit);
    };
    visit(planOutreach(options));
    const codes = areas.map(({ code }) => code);
    expect(texts.filter((text) => !codes.includes(text))).toEqual(["exact"]);
    expect(forbiddenUses.join(" ")).toMatch(/Contrôler.*fraude.*liste de personnes/s);
  });
});

describe("the count of successes", () => {
  test("its quantile agrees with the binomial distribution, and never falls with n, p or u", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (n, p, u) => {
          const count = binomialQuantile(u, n, p);
          const upTo = (k: number): number => (k < 0 ? 0 : k >= n ? 1 : incompleteBeta(1 - p, n - k, k + 1));
          expect(upTo(count)).toBeGreaterThanOrEqual(u - 1e-9);
          expect(upTo(count - 1)).toBeLessThan(u + 1e-9);
          expect(binomialQuantile(u, n + 1, p)).toBeGreaterThanOrEqual(count);
          expect(binomialQuantile(Math.min(0.999, u + 0.01), n, p)).toBeGreaterThanOrEqual(count);
        },
      ),
    );
  });
  test("none, all, many", () => {
    expect([binomialQuantile(0.5, 0, 0.3), binomialQuantile(0.5, 10, 0), binomialQuantile(0.2, 10, 1)]).toEqual([
      0, 0, 10,
    ]);
    // Beyond 400 expected, the approximation is within one count of the exact quantile, and does not fall where it takes over.
    for (const u of [0.001, 0.05, 0.5, 0.95, 0.999])
      for (const [n, p] of [
        [100_000, 0.3],
        [9000, 0.05],
        [4200, 0.1],
      ] as const) {
        const count = binomialQuantile(u, n, p);
        const upTo = (k: number): number => incompleteBeta(1 - p, n - k, k + 1);
        expect(upTo(count + 1)).toBeGreaterThanOrEqual(u);
        expect(upTo(count - 2)).toBeLessThan(u);
      }
    for (let n = 3980; n < 4020; n++)
      expect(binomialQuantile(0.95, n + 1, 0.1)).toBeGreaterThanOrEqual(binomialQuantile(0.95, n, 0.1));
  });
});
