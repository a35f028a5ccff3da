import { describe, expect, test } from "vitest";
import { ofPeople, type Person } from "./people.ts";
import { type Json, list, minUnits, objectsWith, rewritten } from "./played.ts";
import { type Rendered, render, spoken } from "./rendered.ts";

// Attacks of the list on drawings: each is played on one that was really compiled and drawn, then on what the gate makes of it.

describe("attack 8: outliers and ends of a box plot", () => {
  const spec = {
    data: { values: list },
    mark: { type: "boxplot", extent: 1.5 },
    encoding: { x: { field: "sexe", type: "nominal" }, y: { field: "revenu", type: "quantitative" } },
  };
  const numbersSaid = ({ svg }: Rendered): ReadonlySet<number> =>
    new Set(spoken(svg).flatMap((label) => [...label.matchAll(/\d+(?:\.\d+)?/g)].map(([text]) => Number(text))));
  const exposed = (drawing: Rendered, sex: string): readonly Person[] => {
    const said = numbersSaid(drawing);
    return list.filter(({ sexe, revenu }) => sexe === sex && said.has(revenu));
  };

  test("the labels read aloud give the richest person's income to the unit", async () => {
    const open = await render(spec);
    const richest = list.reduce((best, person) => (person.revenu > best.revenu ? person : best));
    expect(exposed(open, richest.sexe)).toContain(richest);
    const ends = await render({ ...spec, mark: { type: "boxplot", extent: "min-max" } });
    expect(numbersSaid(ends)).toContain(Math.min(...list.map(({ revenu }) => revenu)));
  });

  test("what the gate lets through gives rounded quantiles that leave 11 people in each slice, and nobody's income", async () => {
    const safe = await rewritten(spec, ofPeople(), "extremes");
    const ends = [Math.max(...list.map(({ revenu }) => revenu)), Math.min(...list.map(({ revenu }) => revenu))];
    for (const end of ends) expect(safe.spec + safe.compiled + safe.svg).not.toContain(String(end));
    for (const { sexe, n, ...quantiles } of objectsWith(safe.spec, "mediane")) {
      const incomes = list.filter((person) => person.sexe === sexe).map(({ revenu }) => revenu);
      expect(incomes.length).toBe(n);
      const cuts = Object.values(quantiles).filter((value): value is number => typeof value === "number");
      for (const cut of cuts) {
        expect(incomes.filter((income) => income <= cut).length).toBeGreaterThanOrEqual(minUnits);
        expect(incomes.filter((income) => income >= cut).length).toBeGreaterThanOrEqual(minUnits);
      }
    }
  });
});

describe("attack 9: a fine histogram", () => {
  const sixty = list.slice(0, 60);
  const spec = (rows: readonly Person[]): Json => ({
    data: { values: rows },
    mark: "bar",
    encoding: {
      x: { field: "age", type: "quantitative", bin: { maxbins: 40 } },
      y: { aggregate: "count", type: "quantitative" },
    },
  });
  const counts = ({ svg }: Rendered, word: RegExp): readonly number[] =>
    spoken(svg).flatMap((label) => (word.exec(label) ? [Number(word.exec(label)?.[1])] : []));

  test("nearly every bar of 40 counts fewer than 11 people, and says how many", async () => {
    const heights = counts(await render(spec(sixty)), /Count of Records: (\d+)/);
    expect(heights.reduce((sum, n) => sum + n, 0)).toBe(60);
    expect(heights.filter((n) => n > 0 && n < minUnits).length).toBeGreaterThan(10);
  });

  test("what the gate lets through counts 11 people at least in each bar, with open ends", async () => {
    const safe = await rewritten(spec(list), ofPeople(), "histogramme-fin");
    const heights = objectsWith(safe.compiled, "n").map(({ n }) => Number(n));
    expect(heights.length).toBeGreaterThan(2);
    expect(heights.reduce((sum, n) => sum + n, 0)).toBe(list.length);
    expect(heights.every((n) => n === 0 || n >= minUnits)).toBe(true);
    const classes = objectsWith(safe.spec, "n").map(({ classe }) => String(classe));
    expect(classes[0]).toMatch(/^moins de/);
    expect(classes.at(-1)).toMatch(/et plus$/);
  });
});
