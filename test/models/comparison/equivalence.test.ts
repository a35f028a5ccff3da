import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { equivalence, smallestDetectableGap } from "../../../src/models/comparison/equivalence.ts";
import { equivalences } from "../../../src/models/comparison/equivalences.ts";
import { surveyDesign } from "../../../src/models/survey/design.ts";
import { proportionGap } from "../../../src/models/survey/proportion.ts";
import { expectNear } from "../../reference/reference.ts";

describe("by hand", () => {
  test("four verdicts, from where the two intervals fall", () => {
    const of = (gap: number, standardError: number) =>
      equivalence({ gap, standardError, degreesOfFreedom: Number.POSITIVE_INFINITY }, 0.05);
    expect(of(0.01, 0.01).verdict).toBe("équivalent");
    expect(of(0.03, 0.01).verdict).toBe("différent mais négligeable");
    expect(of(0.09, 0.02).verdict).toBe("différent");
    expect(of(0.03, 0.04).verdict).toBe("indécis");
    expect(of(-0.09, 0.02).verdict).toBe("différent");
  });

  test("intervals, p-values and the smallest detectable gap, with Student's law of 10 degrees", () => {
    const found = equivalence({ gap: 0.02, standardError: 0.01, degreesOfFreedom: 10 }, 0.05);
    expectNear(found.interval90[1], 0.02 + 1.8124611228107335 * 0.01, 1e-12);
    expectNear(found.interval95[0], 0.02 - 2.228138851986274 * 0.01, 1e-12);
    // R: 2 * pt(-2, 10), pt(-7, 10), pt(-3, 10)
    expectNear(found.pDifference, 0.0733880347707404, 1e-12);
    expectNear(found.pBelow, 1.85779614084285e-5, 1e-12);
    expectNear(found.pAbove, 0.00667182751128479, 1e-12);
    expect(found.pEquivalence).toBe(found.pAbove);
    expectNear(found.smallestDetectable, 0.01 * (1.959963984540054 + 0.8416212335729143), 1e-12);
    expectNear(smallestDetectableGap(1), 2.801585218112968, 1e-12);
  });

  test("no standard error, no conclusion; a gap without error is what it is", () => {
    expect(equivalence({ gap: 0, standardError: Number.NaN, degreesOfFreedom: 4 }, 0.05).verdict).toBe("indécis");
    expect(equivalence({ gap: 0, standardError: 0.001, degreesOfFreedom: 0 }, 0.05).verdict).toBe("indécis");
    expect(equivalence({ gap: 0, standardError: 0, degreesOfFreedom: 4 }, 0.05).verdict).toBe("équivalent");
    expect(equivalence({ gap: 0.05, standardError: 0, degreesOfFreedom: 4 }, 0.05).verdict).toBe("différent");
  });

  test("a margin that is not one, and a negative error, are refused", () => {
    for (const margin of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => equivalence({ gap: 0, standardError: 1, degreesOfFreedom: 4 }, margin)).toThrow(/Marge/);
    expect(() => equivalence({ gap: 0, standardError: -1, degreesOfFreedom: 4 }, 1)).toThrow(/négative/);
  });
});

describe("laws", () => {
  const measured = fc.record({
    gap: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
    standardError: fc.double({ min: 1e-4, max: 0.2, noNaN: true }),
    degreesOfFreedom: fc.constantFrom(3, 30, 3000, Number.POSITIVE_INFINITY),
  });
  test("the verdict is the place of the intervals, and is symmetric", () => {
    fc.assert(
      fc.property(measured, (one) => {
        const found = equivalence(one, 0.05);
        const within = found.interval90[0] > -0.05 && found.interval90[1] < 0.05;
        const apart = found.interval95[0] > 0 || found.interval95[1] < 0;
        const words = apart ? (within ? "différent mais négligeable" : "différent") : within ? "équivalent" : "indécis";
        expect(found.verdict).toBe(words);
        expect(equivalence({ ...one, gap: -one.gap }, 0.05).verdict).toBe(words);
      }),
    );
  });

  test("a wider margin never takes an equivalence back", () => {
    fc.assert(
      fc.property(measured, (one) => {
        expect(equivalence(one, 0.08).pEquivalence).toBeLessThanOrEqual(equivalence(one, 0.05).pEquivalence);
      }),
    );
  });
});

describe("a family of practices", () => {
  const gaps = [
    { name: "cinéma", gap: 0.03, standardError: 0.014, degreesOfFreedom: 400 },
    { name: "musée", gap: 0.01, standardError: 0.012, degreesOfFreedom: 400 },
    { name: "concert", gap: 0, standardError: Number.NaN, degreesOfFreedom: 400 },
  ];
  test("both directions are adjusted apart, the method is named, a gap that cannot be tested does not count", () => {
    const found = equivalences(gaps, { margin: 0.05, adjustment: "holm" });
    expect(found).toMatchObject({ adjustment: "holm", margin: 0.05, tests: 2 });
    const [cinema, museum, concert] = found.gaps;
    expectNear(cinema?.adjustedDifference as number, 2 * (cinema?.pDifference as number), 1e-15);
    expectNear(museum?.adjustedEquivalence as number, 2 * (museum?.pEquivalence as number), 1e-15);
    expect([cinema?.verdict, cinema?.adjustedVerdict]).toEqual(["différent", "indécis"]);
    expect(museum?.adjustedVerdict).toBe("équivalent");
    expect(concert?.adjustedVerdict).toBe("indécis");
  });
  test("without adjustment the verdicts are those of each", () => {
    for (const { verdict, adjustedVerdict } of equivalences(gaps, { margin: 0.05, adjustment: "none" }).gaps)
      expect(adjustedVerdict).toBe(verdict);
  });
});

describe("simulation, seeded", () => {
  const random = seededRandom(20261124);
  /** Two groups of a survey with clusters, equal weights; the second has `gap` more. */
  const draw = (clusters: number, perCluster: number, gap: number) => {
    const n = 2 * clusters * perCluster;
    const answers = new Float64Array(n);
    const domains: string[] = [];
    const units: string[] = [];
    for (let unit = 0; unit < 2 * clusters; unit++) {
      const taste = 0.4 + 0.04 * normal(random) + (unit % 2 === 1 ? gap : 0);
      for (let k = 0; k < perCluster; k++) {
        answers[units.length] = Number(random() < taste);
        units.push(`${unit}`);
        domains.push(unit % 2 === 1 ? "QPV" : "ailleurs");
      }
    }
    const design = surveyDesign({ weights: new Float64Array(n).fill(1), clusters: units });
    const found = proportionGap(design, answers, { domains, first: "QPV", second: "ailleurs" });
    return equivalence({ ...found, gap: found.estimate }, 0.05);
  };

  test("a planted null is concluded « équivalent » when there are enough people, « indécis » when there are not", () => {
    const verdicts = (clusters: number, perCluster: number): readonly string[] =>
      Array.from({ length: 60 }, () => draw(clusters, perCluster, 0).verdict);
    const large = verdicts(120, 30);
    expect(large.filter((verdict) => verdict.startsWith("équivalent")).length).toBeGreaterThanOrEqual(51);
    expect(large.filter((verdict) => verdict === "différent")).toHaveLength(0);
    const small = verdicts(10, 5);
    expect(small.filter((verdict) => verdict === "indécis").length).toBeGreaterThanOrEqual(51);
    expect(small.filter((verdict) => verdict === "équivalent")).toHaveLength(0);
  });

  test("at the margin, equivalence is wrongly concluded one time in twenty at most: surveys by clusters", () => {
    const trials = 500;
    let wrong = 0;
    let outside = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { pEquivalence, interval95 } = draw(60, 20, 0.05);
      if (pEquivalence < 0.05) wrong++;
      if (interval95[0] > 0.05 || interval95[1] < 0.05) outside++;
    }
    const monteCarlo = 3 * Math.sqrt((0.05 * 0.95) / trials);
    expect(wrong / trials).toBeLessThan(0.05 + monteCarlo);
    expect(wrong / trials).toBeGreaterThan(0.02);
    expect(Math.abs(outside / trials - 0.05)).toBeLessThan(monteCarlo);
  });

  test("at the margin, with Student's law: never over one time in twenty, which is reached when the gap is well measured", () => {
    const trials = 8000;
    const monteCarlo = 3 * Math.sqrt((0.05 * 0.95) / trials);
    for (const [deviation, reached] of [
      [0.01, true],
      [0.02, true],
      [0.06, false],
    ] as const) {
      let wrong = 0;
      for (let trial = 0; trial < trials; trial++) {
        let squares = 0;
        for (let k = 0; k < 12; k++) squares += normal(random) ** 2;
        const gap = 0.05 + deviation * normal(random);
        const standardError = deviation * Math.sqrt(squares / 12);
        if (equivalence({ gap, standardError, degreesOfFreedom: 12 }, 0.05).pEquivalence < 0.05) wrong++;
      }
      expect(wrong / trials).toBeLessThan(0.05 + monteCarlo);
      if (reached) expect(wrong / trials).toBeGreaterThan(0.05 - monteCarlo);
      else expect(wrong / trials).toBeLessThan(0.01);
    }
  });

  test("under a true null, different is wrongly concluded one time in twenty; a gap of the smallest detectable size is found four times in five", () => {
    const trials = 1500;
    let wrong = 0;
    let found = 0;
    for (let trial = 0; trial < trials; trial++) {
      const standardError = 0.02;
      const at = (gap: number) =>
        equivalence(
          { gap: gap + standardError * normal(random), standardError, degreesOfFreedom: Number.POSITIVE_INFINITY },
          0.05,
        );
      if (at(0).pDifference < 0.05) wrong++;
      if (at(smallestDetectableGap(standardError)).pDifference < 0.05) found++;
    }
    expect(Math.abs(wrong / trials - 0.05)).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / trials));
    expect(Math.abs(found / trials - 0.8)).toBeLessThan(3 * Math.sqrt((0.8 * 0.2) / trials));
  });
});
