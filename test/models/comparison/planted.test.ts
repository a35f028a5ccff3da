import { describe, expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { compositionGap } from "../../../src/models/comparison/composition-gap.ts";
import { equivalence } from "../../../src/models/comparison/equivalence.ts";
import { standardisedGap } from "../../../src/models/comparison/standardised-gap.ts";
import { surveyDesign } from "../../../src/models/survey/design.ts";
import type { PartEstimate } from "../../../src/models/survey/statistic-variance.ts";

const random = seededRandom(1973);

/**
 * A survey by clusters with unequal weights. Half as many people of the neighbourhoods hold the bac; 60 % of those who hold it go, 30 % of the others: wherever they live,
 * `effect` aside. The raw gap is then 0.3 x (0.3 - 0.6) + effect.
 */
function drawSurvey(clusters: number, perCluster: number, effect: number) {
  const n = 2 * clusters * perCluster;
  const weights = Float64Array.from({ length: n }, () => 1 + 3 * random());
  const place = new Int32Array(n);
  const diploma = new Int32Array(n);
  const answers = new Float64Array(n);
  const units: string[] = [];
  for (let unit = 0; unit < 2 * clusters; unit++) {
    const taste = 0.04 * normal(random);
    for (let k = 0; k < perCluster; k++) {
      const row = units.length;
      place[row] = unit % 2;
      diploma[row] = Number(random() < (unit % 2 === 0 ? 0.3 : 0.6));
      const rate = (diploma[row] === 1 ? 0.6 : 0.3) + taste + (unit % 2 === 0 ? effect : 0);
      answers[row] = Number(random() < rate);
      units.push(`${unit}`);
    }
  }
  const groups = { name: "lieu", levels: ["QPV", "ailleurs"], codes: place };
  const cells = { name: "diplôme", levels: ["aucun", "bac"], codes: diploma };
  const survey = surveyDesign({ weights, clusters: units });
  const ask = { groups, first: "QPV", second: "ailleurs" };
  return {
    standardised: standardisedGap(survey, answers, { ...ask, cells }),
    composition: compositionGap(survey, answers, { ...ask, variables: [cells] }),
  };
}

const holds = ({ low, high }: PartEstimate, truth: number): number => Number(low <= truth && truth <= high);

describe("planted gaps, seeded", () => {
  test("a gap of composition alone: different as it is, equivalent once standardised", () => {
    const verdicts = Array.from({ length: 40 }, () => {
      const { standardised } = drawSurvey(100, 40, 0);
      const { degreesOfFreedom } = standardised;
      return [standardised.raw, standardised.standardised].map(
        ({ estimate, standardError }) => equivalence({ gap: estimate, standardError, degreesOfFreedom }, 0.05).verdict,
      );
    });
    expect(verdicts.filter(([raw]) => raw === "différent").length).toBeGreaterThanOrEqual(36);
    expect(
      verdicts.filter(([, gap]) => gap === "équivalent" || gap === "différent mais négligeable").length,
    ).toBeGreaterThanOrEqual(36);
    // One in twenty is expected.
    expect(verdicts.filter(([, gap]) => gap === "différent").length).toBeLessThanOrEqual(5);
  });

  test.each([0, 0.1])("intervals at the level of 0.95 hold the truth 95 times in a hundred, effect %s", (effect) => {
    const trials = 250;
    const held = { raw: 0, standardised: 0, composition: 0, remaining: 0 };
    for (let trial = 0; trial < trials; trial++) {
      const { standardised, composition } = drawSurvey(40, 20, effect);
      held.raw += holds(standardised.raw, effect - 0.09);
      held.standardised += holds(standardised.standardised, effect);
      held.composition += holds(composition.composition, -0.09);
      held.remaining += holds(composition.remaining, effect);
    }
    const monteCarlo = 3 * Math.sqrt((0.05 * 0.95) / trials);
    for (const [part, count] of Object.entries(held))
      expect(Math.abs(count / trials - 0.95), part).toBeLessThan(monteCarlo + 0.005);
  });
});
