import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  effectiveSampleSize,
  kishEffect,
  type LonelyUnitRule,
  surveyDesign,
} from "../../../src/models/survey/design.ts";
import { jackknifeReplicates } from "../../../src/models/survey/jackknife-replicates.ts";
import {
  clopperPearsonInterval,
  type ProportionMethod,
  proportionGap,
  proportions,
  wilsonInterval,
} from "../../../src/models/survey/proportion.ts";
import { expectNear, reference } from "../../reference/reference.ts";

interface Reference {
  rows: {
    stratum: string[];
    weight: number[];
    domain: string[];
    cluster: string[];
    common: number[];
    rare: number[];
    unseen: (number | null)[];
  };
  cases: {
    design: string;
    answer: "common" | "rare" | "unseen";
    domain: string;
    method: ProportionMethod;
    estimate: number;
    standardError: number;
    low: number;
    high: number;
    df: number;
  }[];
  gaps: { design: string; estimate: number; standardError: number }[];
  lonely: {
    rows: { stratum: string[]; cluster: string[]; weight: number[]; answer: number[] };
    standardError: Record<Exclude<LonelyUnitRule, "fail">, number>;
  };
}
const { rows, cases, gaps, lonely } = reference<Reference>("survey");
const weights = Float64Array.from(rows.weight);
const designs = {
  weights: surveyDesign({ weights }),
  strata: surveyDesign({ weights, strata: rows.stratum }),
  clusters: surveyDesign({ weights, strata: rows.stratum, clusters: rows.cluster }),
};
const designOf = (name: string) => designs[name as keyof typeof designs];
const answersOf = (name: "common" | "rare" | "unseen") =>
  Float64Array.from(rows[name], (answer) => answer ?? Number.NaN);

describe("equal R survey's svyciprop, svyby and svycontrast to 1e-9", () => {
  test.each(cases.map((c) => [`${c.design} ${c.answer} ${c.domain} ${c.method}`, c] as const))("%s", (_, c) => {
    const domains = c.domain === "Ensemble" ? {} : { domains: rows.domain };
    const found = proportions(designOf(c.design), answersOf(c.answer), { ...domains, method: c.method }).find(
      ({ domain }) => domain === c.domain,
    );
    expect(found?.method).toBe(c.method);
    expect(found?.degreesOfFreedom).toBe(c.df);
    for (const key of ["estimate", "standardError", "low", "high"] as const)
      expectNear(found?.[key] as number, c[key], 1e-9, key);
  });

  test.each(gaps.map((gap) => [gap.design, gap] as const))("gap between two domains, %s", (name, gap) => {
    const found = proportionGap(designOf(name), answersOf("common"), {
      domains: rows.domain,
      first: "supérieur",
      second: "sans diplôme",
    });
    expectNear(found.estimate, gap.estimate, 1e-9);
    expectNear(found.standardError, gap.standardError, 1e-9);
    expect(found.low).toBeLessThan(found.estimate);
    expectNear(found.high - found.estimate, found.estimate - found.low, 1e-12);
  });

  test("a gap from replicates is close to the linearised one, and says how it was made", () => {
    const ask = { domains: rows.domain, first: "supérieur", second: "sans diplôme" };
    const linear = proportionGap(designOf("clusters"), answersOf("unseen"), ask);
    const jackknife = proportionGap(jackknifeReplicates(designOf("clusters")), answersOf("unseen"), ask);
    expectNear(jackknife.estimate, linear.estimate, 1e-12);
    expect(Math.abs(jackknife.standardError / linear.standardError - 1)).toBeLessThan(0.1);
    expect([linear.variance, jackknife.variance]).toEqual(["ultimate-cluster", "jkn"]);
    expect(() => proportionGap(designOf("clusters"), answersOf("common"), { ...ask, second: "supérieur" })).toThrow(
      /distincts/,
    );
  });

  test("a stratum with one unit: three rules, and a refusal that names it", () => {
    const input = {
      weights: Float64Array.from(lonely.rows.weight),
      strata: lonely.rows.stratum,
      clusters: lonely.rows.cluster,
      nest: true,
    };
    for (const rule of ["certainty", "centred", "average"] as const) {
      const design = surveyDesign({ ...input, lonelyUnit: rule });
      expect(design.lonelyStrata).toBe(1);
      expectNear(
        proportions(design, Float64Array.from(lonely.rows.answer))[0]?.standardError as number,
        lonely.standardError[rule],
        1e-12,
        rule,
      );
    }
    expect(() => surveyDesign(input)).toThrow(/une seule unité primaire.*«.c.»/u);
  });
});

describe("laws", () => {
  const sample = fc.array(
    fc.record({
      weight: fc.double({ min: 0.1, max: 1000, noNaN: true }),
      answer: fc.constantFrom(0, 1, Number.NaN),
      domain: fc.constantFrom("a", "b", ""),
    }),
    { minLength: 1, maxLength: 60 },
  );
  const columns = (list: readonly { weight: number; answer: number; domain: string }[]) => ({
    design: surveyDesign({ weights: Float64Array.from(list, ({ weight }) => weight), lonelyUnit: "certainty" }),
    answers: Float64Array.from(list, ({ answer }) => answer),
    domains: list.map(({ domain }) => domain),
  });

  test("the whole is the weighted mean of its domains, and doubling every weight changes no estimate", () => {
    fc.assert(
      fc.property(sample, (list) => {
        const { design, answers, domains } = columns(list.map((row) => ({ ...row, domain: row.domain || "c" })));
        const whole = proportions(design, answers)[0];
        const parts = proportions(design, answers, { domains }).filter(({ respondents }) => respondents > 0);
        if (!whole || whole.respondents === 0) return;
        expectNear(
          parts.reduce((sum, part) => sum + part.estimate * part.weightSum, 0) / whole.weightSum,
          whole.estimate,
          1e-12,
        );
        expect(parts.reduce((sum, { respondents }) => sum + respondents, 0)).toBe(whole.respondents);
        const doubled = proportions(
          surveyDesign({ weights: design.weights.map((w) => 2 * w), lonelyUnit: "certainty" }),
          answers,
        )[0];
        expectNear(doubled?.estimate as number, whole.estimate, 1e-12);
        expectNear(doubled?.standardError as number, whole.standardError, 1e-9);
      }),
    );
  });

  test("logit and beta intervals stay within 0 and 1 and hold the estimate; a domain is not a filter of rows", () => {
    fc.assert(
      fc.property(
        sample,
        fc.constantFrom("logit", "beta", "wilson") as fc.Arbitrary<ProportionMethod>,
        (list, method) => {
          const { design, answers, domains } = columns(list);
          for (const { estimate, low, high, respondents, degreesOfFreedom } of proportions(design, answers, {
            domains,
            method,
          })) {
            if (respondents === 0 || (degreesOfFreedom < 1 && Number.isNaN(low))) continue;
            expect(low).toBeGreaterThanOrEqual(0);
            expect(high).toBeLessThanOrEqual(1);
            expect(low).toBeLessThanOrEqual(estimate + 1e-12);
            expect(high).toBeGreaterThanOrEqual(estimate - 1e-12);
          }
        },
      ),
    );
  });

  test("Kish: equal weights cost nothing, unequal ones always something", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (list) => {
          const column = Float64Array.from(list);
          expect(kishEffect(column)).toBeGreaterThanOrEqual(1 - 1e-12);
          expect(effectiveSampleSize(column)).toBeLessThanOrEqual(list.length * (1 + 1e-12));
        },
      ),
    );
    expect(kishEffect(new Float64Array(9).fill(4))).toBe(1);
  });
});

describe("edge cases", () => {
  const design = surveyDesign({ weights: Float64Array.of(2, 2, 2, 2, 2, 2, 2, 2, 2, 2) });
  test("nobody says yes: Clopper and Pearson on the effective size, and said", () => {
    const [none] = proportions(design, new Float64Array(10));
    expect(none).toMatchObject({ estimate: 0, standardError: 0, low: 0, method: "clopper-pearson", effectiveSize: 10 });
    expectNear(none?.high as number, 1 - 0.025 ** (1 / 10), 1e-12);
    const [all] = proportions(design, new Float64Array(10).fill(1));
    expectNear(all?.low as number, 0.025 ** (1 / 10), 1e-12);
    expect(all?.high).toBe(1);
  });
  test("nobody answers: no number", () => {
    expect(proportions(design, new Float64Array(10).fill(Number.NaN))[0]).toMatchObject({
      estimate: Number.NaN,
      low: Number.NaN,
      respondents: 0,
      effectiveSize: 0,
    });
  });
  test("one respondent has no interval but its own bounds", () => {
    const one = surveyDesign({ weights: Float64Array.of(5), lonelyUnit: "certainty" });
    expect(proportions(one, Float64Array.of(1))[0]).toMatchObject({
      estimate: 1,
      high: 1,
      low: expect.closeTo(0.025, 14),
      degreesOfFreedom: 0,
    });
  });
  test("refusals name the row and the value", () => {
    expect(() => surveyDesign({ weights: Float64Array.of(1, 0) })).toThrow(/ligne 2/);
    expect(() => surveyDesign({ weights: Float64Array.of(1, Number.NaN) })).toThrow(/ligne 2/);
    expect(() => surveyDesign({ weights: Float64Array.of(1, 2), strata: ["a"] })).toThrow(/strates/);
    expect(() => proportions(design, new Float64Array(10).fill(2))).toThrow(/ligne 1.*«.2.»/u);
    expect(() => proportions(design, new Float64Array(3))).toThrow(/longueurs/);
  });
  test("known intervals of ten answers", () => {
    const [low, high] = clopperPearsonInterval(1, 10);
    expectNear(low, 0.002528579, 1e-8);
    expectNear(high, 0.4450161, 1e-7);
    expect(wilsonInterval(0, 10)[0]).toBe(0);
    expect(wilsonInterval(10, 10)[1]).toBe(1);
    expect(wilsonInterval(0, 0)).toEqual([Number.NaN, Number.NaN]);
  });
  test("inputs are left as they were", () => {
    const answers = Float64Array.of(1, 0, 1, Number.NaN, 0, 1, 0, 0, 1, 1);
    const before = answers.slice();
    proportions(design, answers, { domains: Object.freeze(["a", "a", "b", "b", "a", "b", "a", "b", "a", "b"]) });
    expect(answers).toEqual(before);
  });
});
