import { describe, expect, test } from "vitest";
import { numbers, reasonAt, texts } from "../../../src/codes/table.ts";
import type { OutingAreas } from "../../../src/experiments/culture/area-study.ts";
import type { DistanceEffect } from "../../../src/experiments/culture/distance-effect.ts";
import type { PostStrata } from "../../../src/experiments/culture/post-strata.ts";
import { practiceGaps } from "../../../src/experiments/culture/practice-gaps.ts";
import type { Practice } from "../../../src/experiments/culture/practice-survey.ts";
import { type TruthCheck, truthCheck } from "../../../src/experiments/culture/truth-table.ts";
import type { PlantedPractices } from "../../../src/sources/planted-practices.ts";
import { inventedSurvey, times } from "./invented-survey.ts";

/** Sixty in a hundred go inside, half of them outside; the same again as another practice. */
const survey = inventedSurvey(
  [
    ...times(60, { neighbourhood: "QP1", cinema: 1 }),
    ...times(40, { neighbourhood: "QP1", cinema: 0 }),
    ...times(100, { cinema: 1 }),
    ...times(100, { cinema: 0 }),
  ],
  { place: true },
);
const cinema = survey.practices[0] as Practice;
const practices = [cinema, { ...cinema, name: "musee", label: "Musée" }, { ...cinema, name: "danse", label: "Danse" }];
const gaps = practiceGaps({ ...survey, practices });
const gap = gaps.gaps[0]?.tests;
const [low, high] = gap?.interval95 ?? [Number.NaN, Number.NaN];

const strata = { codes: ["QP1", "QP2", "QP3"], lineage: survey.lineage } as unknown as PostStrata;

/** Effect of ten minutes found for the cinema: -2 points, from -3 to -1. */
const effect = { practice: cinema, heldEqual: { estimate: -0.02, lower: -0.03, upper: -0.01 } } as DistanceEffect;

/** Rates found: 0.5 and 0.3 directly, nothing in the third; 0.44, 0.36 and 0.4 by the model, ± 0.1. */
const areas = {
  outing: { practice: cinema },
  practice: {
    direct: [{ estimate: 0.5 }, { estimate: 0.3 }, null],
    model: {
      rates: Float64Array.of(0.44, 0.36, 0.4),
      low: Float64Array.of(0.34, 0.26, 0.3),
      high: Float64Array.of(0.54, 0.46, 0.5),
    },
  },
} as unknown as OutingAreas;

const truthOf = (standardisedGap: number, tenMinutes: number) => ({
  inside: 0.6,
  outside: 0.5,
  rawGap: 0.1,
  standardisedGap,
  tenMinutes,
});
const rate = (cinemas: number) => ({ rates: { cinema: cinemas }, unmet: {} });

/** The check against a truth: gaps of cinema and musee, effect of ten minutes, rates of three neighbourhoods. */
function checked(cinemaGap: number, museumGap: number, tenMinutes: number, rates: readonly number[]): TruthCheck {
  const planted: PlantedPractices = {
    practices: new Map([
      ["cinema", truthOf(cinemaGap, tenMinutes)],
      ["musee", truthOf(museumGap, 0)],
    ]),
    neighbourhoods: new Map(rates.map((value, area) => [`QP${area + 1}`, rate(value)])),
  };
  return truthCheck({ ...survey, practices }, planted, { gaps, effects: [effect], areas: [areas], strata });
}

describe("what was found beside what was planted", () => {
  test("a gap is held when the interval of 95 % has it, bounds included; a practice without a truth is not counted", () => {
    expect(checked(low, high, 0, [0.4, 0.4, 0.4])).toMatchObject({ gaps: 2, gapsHeld: 2 });
    expect(checked(low - 1e-9, high, 0, [0.4, 0.4, 0.4]).gapsHeld).toBe(1);
    expect(checked(low - 1e-9, high + 1e-9, 0, [0.4, 0.4, 0.4]).gapsHeld).toBe(0);
  });

  test("so is an effect", () => {
    expect(checked(0.1, 0.1, -0.03, [0.4, 0.4, 0.4])).toMatchObject({ effects: 1, effectsHeld: 1 });
    expect(checked(0.1, 0.1, -0.031, [0.4, 0.4, 0.4]).effectsHeld).toBe(0);
    expect(checked(0.1, 0.1, 0, [0.4, 0.4, 0.4]).effectsHeld).toBe(0);
  });

  test("errors of neighbourhoods are taken where there is a direct rate, the same places for both; intervals everywhere", () => {
    const found = checked(0.1, 0.1, 0, [0.4, 0.4, 0.9]);
    expect(found.directError).toBeCloseTo(10, 12);
    expect(found.modelError).toBeCloseTo(4, 12);
    expect(found.areasHeld).toBeCloseTo(2 / 3, 12);
    expect(checked(0.1, 0.1, 0, [0.44, 0.3, 0.4]).modelError).toBeCloseTo(100 * Math.sqrt((0 + 0.06 ** 2) / 2), 12);
  });

  test("the tables say the planted and the found numbers, in points, and how many are held", () => {
    const { gapTable, outingTable } = checked(high + 0.01, 0.1, -0.025, [0.4, 0.4, 0.4]);
    expect([...texts(gapTable.data, "pratique").values]).toEqual(["Cinéma", "Musée"]);
    expect(numbers(gapTable.data, "ecart").values[0]).toBeCloseTo(10, 9);
    expect(numbers(gapTable.data, "vrai").values[1]).toBe(10);
    expect(gapTable.title).toMatch(/1 écarts? sur 2/);
    expect([...texts(outingTable.data, "pratique").values]).toEqual(["Cinéma"]);
    expect(["vrai", "effet", "bas", "haut"].map((name) => numbers(outingTable.data, name).values[0])).toEqual([
      -2.5, -2, -3, -1,
    ]);
    expect(numbers(outingTable.data, "modele").values[0]).toBe(4);
  });

  test("an outing without a walk has no effect: not available, not 0", () => {
    const planted: PlantedPractices = {
      practices: new Map([["cinema", truthOf(0.1, 0)]]),
      neighbourhoods: new Map([["QP1", rate(0.4)]]),
    };
    const { outingTable, effects } = truthCheck(survey, planted, { gaps, effects: [], areas: [areas], strata });
    expect(effects).toBe(0);
    expect(reasonAt(numbers(outingTable.data, "vrai"), 0)).toBe("nd");
    expect(reasonAt(numbers(outingTable.data, "effet"), 0)).toBe("nd");
  });
});
